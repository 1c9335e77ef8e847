//! The form in which an event is recorded: first what it would change, then recording.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{Error, FieldErrors, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, page, page_invalid, see_other},
};
use serde::Deserialize;

use crate::agencies::{
    forms::{EventForm, KINDS},
    model::effects::Effect,
    policy::ManageAgencies,
    service::{self, directory},
};

/// What the form begins with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct NewQuery {
    loai: String,
    co_quan: Option<Uuid>,
}

/// Effects shown at most.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "agencies/templates/record.html")]
struct RecordPage {
    p: Chrome,
    form: EventForm,
    kinds: Vec<(&'static str, &'static str, &'static str)>,
    agency_kinds: Vec<(String, String)>,
    label: &'static str,
    /// The event that is put right, if any.
    editing: Option<Uuid>,
    effects: Option<Vec<String>>,
    more: usize,
    errors: FieldErrors,
}

impl RecordPage {
    async fn new(app: &App, p: Chrome, form: EventForm, errors: FieldErrors) -> kernel::Result<Self> {
        let dir = directory(app).await?;
        let kinds = &dir.inner.definitions().kinds;
        let agency_kinds = kinds.iter().map(|kind| (kind.key.clone(), kind.name.clone())).collect();
        let label = form.label().unwrap_or_default();
        Ok(Self { p, kinds: KINDS.to_vec(), label, editing: None, form, agency_kinds, effects: None, more: 0, errors })
    }

    fn correcting(mut self, event: Option<Uuid>) -> Self {
        self.editing = event;
        self
    }

    /// Does the chosen kind of event have this field?
    fn has(&self, field: &str) -> bool {
        let fields: &[&str] = match self.form.loai.as_str() {
            "thanh-lap" => &["ten", "ten_ngan", "nhom", "cap_tren"],
            "doi-ten" => &["co_quan", "ten", "ten_ngan"],
            "hop-nhat" => &["tu", "mot"],
            "chia-tach" => &["co_quan", "nhieu"],
            "chuyen" => &["co_quan", "cap_tren"],
            "giai-the" => &["co_quan", "mot"],
            _ => &[],
        };
        fields.contains(&field)
    }
}

/// `GET /co-quan/su-kien/moi`
pub(in crate::agencies) async fn form(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<ManageAgencies>,
    Query(query): Query<NewQuery>,
) -> Result {
    let dir = directory(&app).await?;
    let today = app.clock.today();
    let about = match query.co_quan {
        Some(id) => dir.agencies().unit(dir.find(id).ok_or(Error::NotFound)?).key.clone(),
        None => String::new(),
    };
    let form = EventForm {
        tu: if query.loai == "hop-nhat" { about.clone() } else { String::new() },
        cap_tren: if query.loai == "thanh-lap" { about.clone() } else { String::new() },
        co_quan: about,
        ngay: time::display_date(today),
        loai: query.loai,
        ..EventForm::default()
    };
    page(&RecordPage::new(&app, p, form, FieldErrors::default()).await?)
}

/// `GET /co-quan/su-kien/{id}/sua`
pub(in crate::agencies) async fn edit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    Path(id): Path<Uuid>,
) -> Result {
    let old = service::correctable(&app, &permit, id).await?;
    let dir = directory(&app).await?;
    let form = EventForm::of(&dir, &old.recorded.event).ok_or_else(|| {
        Error::Conflict(
            "Sự kiện gồm nhiều thay đổi (nhập từ bảng) không sửa trên màn hình được; hãy thu hồi rồi ghi lại.".into(),
        )
    })?;
    page(&RecordPage::new(&app, p, form, FieldErrors::default()).await?.correcting(Some(id)))
}

/// `POST /co-quan/su-kien`
pub(in crate::agencies) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    Form(form): Form<EventForm>,
) -> Result {
    handle(&app, p, &permit, None, form).await
}

/// `POST /co-quan/su-kien/{id}/sua`
pub(in crate::agencies) async fn correct(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    Path(id): Path<Uuid>,
    Form(form): Form<EventForm>,
) -> Result {
    handle(&app, p, &permit, Some(id), form).await
}

/// Shows what the event would change, or records it; in the place of an old one when there is one.
async fn handle(app: &App, p: Chrome, permit: &Permit<ManageAgencies>, old: Option<Uuid>, form: EventForm) -> Result {
    match consider(app, permit, old, &form).await {
        Ok(Outcome::Recorded(id)) => Ok(see_other(&format!("/co-quan/su-kien/{id}"), Flash::ok("Đã ghi sự kiện."))),
        Ok(Outcome::Seen(effects)) => {
            let mut view = RecordPage::new(app, p, form, FieldErrors::default()).await?.correcting(old);
            view.more = effects.len().saturating_sub(SHOWN);
            view.effects = Some(effects.iter().take(SHOWN).map(in_words).collect());
            page(&view)
        }
        Err(Error::Invalid(errors)) => page_invalid(&RecordPage::new(app, p, form, errors).await?.correcting(old)),
        Err(error) => Err(error.into()),
    }
}

enum Outcome {
    Seen(Vec<Effect>),
    Recorded(Uuid),
}

async fn consider(
    app: &App,
    permit: &Permit<ManageAgencies>,
    old: Option<Uuid>,
    form: &EventForm,
) -> kernel::Result<Outcome> {
    let dir = directory(app).await?;
    let known = match old {
        Some(id) => Some(service::correctable(app, permit, id).await?.recorded.event),
        None => None,
    };
    let mut event = form.read(&dir, known.as_ref().map(|known| known.date)).map_err(Error::Invalid)?;
    if let Some(known) = &known {
        event.keep_key(known);
    }
    Ok(match (old, form.buoc == "ghi") {
        (None, false) => Outcome::Seen(service::preview(app, permit, &event).await?),
        (None, true) => Outcome::Recorded(service::record(app, permit, event).await?),
        (Some(id), false) => Outcome::Seen(service::preview_correction(app, permit, id, &event).await?),
        (Some(id), true) => Outcome::Recorded(service::correct(app, permit, id, event).await?),
    })
}

/// An effect in one sentence.
fn in_words(effect: &Effect) -> String {
    let or_none = |name: &Option<String>| name.clone().unwrap_or_else(|| "(không có)".into());
    match effect {
        Effect::Created { name, parent } => format!("Mới: {name}, trực thuộc {}", or_none(parent)),
        Effect::Ended { name, until: None, .. } => format!("Không kết thúc nữa: {name}"),
        Effect::Ended { name, until: Some(until), heirs } => {
            let last = time::display_date(until.pred_opt().unwrap_or(*until));
            let heirs = if heirs.is_empty() {
                "không có nơi tiếp nhận".into()
            } else {
                format!("tiếp nhận: {}", heirs.join("; "))
            };
            format!("Kết thúc ngày {last}: {name}; {heirs}")
        }
        Effect::Renamed { from, to } => format!("Đổi tên: {from} → {to}"),
        Effect::Moved { name, from, to } => format!("Chuyển: {name}, từ {} về {}", or_none(from), or_none(to)),
        Effect::Divided { name, among } => {
            let part = |(name, weight): &(String, Option<u64>)| match weight {
                Some(weight) => format!("{name} ({weight})"),
                None => name.clone(),
            };
            format!("Chia: {name} cho {}", among.iter().map(part).collect::<Vec<_>>().join("; "))
        }
        Effect::Undone { name } => format!("Không còn được lập: {name}"),
    }
}
