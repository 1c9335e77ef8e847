//! The form in which an event is recorded: first what it would change, then recording.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{Error, FieldErrors, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, page, page_invalid, see_other},
};
use serde::Deserialize;

use super::About;
use crate::agencies::{
    forms::{EventForm, Words, words},
    model::{effects::Effect, side::Side},
    policy::ManageAgencies,
    service::{self, directory},
};

/// What the form begins with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct NewQuery {
    loai: String,
    co_quan: Option<Uuid>,
    dia_ban: Option<String>,
}

/// Effects shown at most.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "agencies/templates/record.html")]
struct RecordPage {
    p: Chrome,
    words: &'static Words,
    form: EventForm,
    agency_kinds: Vec<(String, String)>,
    label: &'static str,
    /// The event that is put right, if any.
    editing: Option<Uuid>,
    effects: Option<Vec<String>>,
    more: usize,
    errors: FieldErrors,
}

impl RecordPage {
    async fn new(app: &App, p: Chrome, side: Side, form: EventForm, errors: FieldErrors) -> kernel::Result<Self> {
        let dir = directory(app).await?;
        let kinds = &dir.inner.definitions().kinds;
        let agency_kinds = kinds.iter().map(|kind| (kind.key.clone(), kind.name.clone())).collect();
        let label = form.label(side).unwrap_or_default();
        Ok(Self { p, words: words(side), label, editing: None, form, agency_kinds, effects: None, more: 0, errors })
    }

    fn correcting(mut self, event: Option<Uuid>) -> Self {
        self.editing = event;
        self
    }

    /// Does the chosen kind of event have this field?
    fn has(&self, field: &str) -> bool {
        let agencies = self.words.base == words(Side::Agencies).base;
        let fields: &[&str] = match self.form.loai.as_str() {
            "thanh-lap" if agencies => &["ten", "ten_ngan", "nhom", "cap_tren"],
            "thanh-lap" => &["ten", "ma", "cap_tren"],
            "doi-ten" if agencies => &["co_quan", "ten", "ten_ngan"],
            "doi-ten" => &["co_quan", "ten"],
            "hop-nhat" => &["tu", "mot"],
            "chia-tach" => &["co_quan", "nhieu"],
            "chuyen" => &["co_quan", "cap_tren"],
            "giai-the" => &["co_quan", "mot"],
            _ => &[],
        };
        fields.contains(&field)
    }
}

/// `GET /co-quan/su-kien/moi`, `GET /dia-ban/su-kien/moi`
pub(in crate::agencies) async fn form<A: About>(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<ManageAgencies>,
    Query(query): Query<NewQuery>,
) -> Result {
    let dir = directory(&app).await?;
    let today = app.clock.today();
    let about = match (query.co_quan, query.dia_ban) {
        (Some(id), _) => dir.agencies().unit(dir.find(id).ok_or(Error::NotFound)?).key.clone(),
        (None, Some(key)) => dir.places().unit(dir.places().find(&key).ok_or(Error::NotFound)?).key.clone(),
        (None, None) => String::new(),
    };
    let about = EventForm::shown(&dir, A::SIDE, &about, today);
    let form = EventForm {
        tu: if query.loai == "hop-nhat" { about.clone() } else { String::new() },
        cap_tren: if query.loai == "thanh-lap" { about.clone() } else { String::new() },
        co_quan: about,
        ngay: time::display_date(today),
        loai: query.loai,
        ..EventForm::default()
    };
    page(&RecordPage::new(&app, p, A::SIDE, form, FieldErrors::default()).await?)
}

/// `GET /co-quan/su-kien/{id}/sua`, `GET /dia-ban/su-kien/{id}/sua`
pub(in crate::agencies) async fn edit<A: About>(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    Path(id): Path<Uuid>,
) -> Result {
    let old = service::correctable(&app, &permit, A::SIDE, id).await?;
    let dir = directory(&app).await?;
    let form = EventForm::of(&dir, A::SIDE, &old.recorded.event).ok_or_else(|| {
        Error::Conflict(
            "Sự kiện gồm nhiều thay đổi (nhập từ bảng) không sửa trên màn hình được; hãy thu hồi rồi ghi lại.".into(),
        )
    })?;
    page(&RecordPage::new(&app, p, A::SIDE, form, FieldErrors::default()).await?.correcting(Some(id)))
}

/// `POST /co-quan/su-kien`, `POST /dia-ban/su-kien`
pub(in crate::agencies) async fn submit<A: About>(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    Form(form): Form<EventForm>,
) -> Result {
    handle(&app, p, &permit, (A::SIDE, None), form).await
}

/// `POST /co-quan/su-kien/{id}/sua`, `POST /dia-ban/su-kien/{id}/sua`
pub(in crate::agencies) async fn correct<A: About>(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    Path(id): Path<Uuid>,
    Form(form): Form<EventForm>,
) -> Result {
    handle(&app, p, &permit, (A::SIDE, Some(id)), form).await
}

/// Shows what the event would change, or records it; in the place of an old one when there is one.
async fn handle(
    app: &App,
    p: Chrome,
    permit: &Permit<ManageAgencies>,
    (side, old): (Side, Option<Uuid>),
    form: EventForm,
) -> Result {
    let base = words(side).base;
    match consider(app, permit, (side, old), &form).await {
        Ok(Outcome::Recorded(id)) => Ok(see_other(&format!("{base}/su-kien/{id}"), Flash::ok("Đã ghi sự kiện."))),
        Ok(Outcome::Seen(effects)) => {
            let mut view = RecordPage::new(app, p, side, form, FieldErrors::default()).await?.correcting(old);
            view.more = effects.len().saturating_sub(SHOWN);
            view.effects = Some(effects.iter().take(SHOWN).map(in_words).collect());
            page(&view)
        }
        Err(Error::Invalid(errors)) => {
            page_invalid(&RecordPage::new(app, p, side, form, errors).await?.correcting(old))
        }
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
    (side, old): (Side, Option<Uuid>),
    form: &EventForm,
) -> kernel::Result<Outcome> {
    let dir = directory(app).await?;
    let known = match old {
        Some(id) => Some(service::correctable(app, permit, side, id).await?.recorded.event),
        None => None,
    };
    let mut event = form.read(&dir, side, known.as_ref().map(|known| known.date)).map_err(Error::Invalid)?;
    if let Some(known) = &known {
        event.keep_key(known);
    }
    let outcome = match (old, form.buoc == "ghi") {
        (None, false) => service::preview(app, permit, side, &event).await.map(Outcome::Seen),
        (None, true) => service::record(app, permit, side, event).await.map(Outcome::Recorded),
        (Some(id), false) => service::preview_correction(app, permit, side, id, &event).await.map(Outcome::Seen),
        (Some(id), true) => service::correct(app, permit, side, id, event).await.map(Outcome::Recorded),
    };
    outcome.map_err(|error| match error {
        // Localities are public facts: that there is such a one is no secret.
        Error::NotFound if side == Side::Localities => Error::invalid(
            "",
            "Đơn vị hành chính này nằm ngoài phạm vi bạn quản lý: chỉ ghi được thay đổi của nơi có Ủy ban nhân dân thuộc phạm vi vai trò của bạn.",
        ),
        other => other,
    })
}

/// An effect in one sentence.
fn in_words(effect: &Effect) -> String {
    let or_none = |name: &Option<String>| name.clone().unwrap_or_else(|| "(không có)".into());
    match effect {
        Effect::Created { name, parent: None } => format!("Mới: {name}"),
        Effect::Created { name, parent: Some(parent) } => format!("Mới: {name}, trực thuộc {parent}"),
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
