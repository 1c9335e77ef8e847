//! Entering an activity, copying one, changing one.

use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum_extra::extract::Form;
use chrono::{Datelike, NaiveDate};
use kernel::{Error, FieldErrors, Permit, Uuid, periods::Rule, time};
use platform::{
    App, Subject,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};
use serde::Deserialize;

use crate::activities::{
    forms::{EntryForm, read_entry},
    model::{
        activity::{Draft, Served},
        definitions::{Definitions, Entry, Kind, definitions, name_in},
    },
    policy::{ReadActivities, RecordActivities},
    service::{self, Created, Kept, Whose},
    store::{self, Owner, Topic},
    views::{Choice, kinds_by_form},
};

#[derive(Template)]
#[template(path = "activities/templates/entry.html")]
struct EntryPage {
    p: Chrome,
    form: EntryForm,
    errors: FieldErrors,
    /// The activity that is changed; none for a new one.
    id: Option<Uuid>,
    copied: bool,
    owners: Vec<Choice>,
    communes: Vec<Choice>,
    kinds: Vec<(&'static Entry, Vec<&'static Kind>)>,
    lists: &'static Definitions,
    subjects: Vec<Subject>,
    topics: Vec<Topic>,
    /// Of which these are the topics.
    quarter: String,
    alike: Vec<service::Candidate>,
    /// Files that are kept until the form is right: ticket, name, size.
    kept: Vec<(String, String, String)>,
    /// Megabytes that may be sent at once.
    most: usize,
}

impl EntryPage {
    fn action(&self) -> String {
        self.id.map_or_else(|| "/hoat-dong/moi".to_owned(), |id| format!("/hoat-dong/{id}/sua"))
    }

    fn chosen(&self, subject: &Subject) -> bool {
        self.form.has("phuc_vu", &format!("{}:{}", subject.kind, subject.id))
    }

    /// Is one of the alike another agency's?
    fn others(&self) -> bool {
        self.alike.iter().any(|one| one.whose != Whose::Own)
    }

    fn field_name<'a>(&self, key: &'a str) -> &'a str {
        name_in(&definitions().fields, key)
    }
}

/// Where a new entry comes from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::activities) struct From {
    /// Copy of this activity.
    sao: String,
    /// Serves this ("nghia-vu:id").
    phuc_vu: String,
    /// The day on which it was.
    ngay: String,
}

/// What stands around the form.
struct Around {
    owners: Vec<Owner>,
    communes: Vec<Choice>,
    subjects: Vec<Subject>,
    topics: Vec<Topic>,
    quarter: String,
    most: usize,
}

/// `on` is the day that was typed: its quarter has the topics.
async fn around(
    app: &App,
    permit: &Permit<RecordActivities>,
    known: &[Served],
    on: Option<NaiveDate>,
) -> kernel::Result<Around> {
    let c = app.db.read();
    let today = app.clock.today();
    let on = on.filter(|day| (2013..2200).contains(&day.year())).unwrap_or(today);
    let owners = store::owners(c, permit.roots()).await?;
    let places: Vec<&str> = owners.iter().map(Owner::place).filter(|place| !place.is_empty()).collect();
    let provinces = store::provinces_around(c, &places).await?;
    let mut communes = Vec::new();
    for province in provinces.iter().take(3) {
        communes.extend(Choice::places(&store::communes(c, &province.code, time::date_to_int(today)).await?));
    }
    let mut subjects = service::offered(app, permit.actor(), "").await?;
    for one in known {
        if !subjects.iter().any(|subject| subject.kind == one.kind && subject.id == one.id) {
            let kinds = app.slices.iter().flat_map(|slice| slice.subjects);
            let kind = kinds.map(|def| def.kind).find(|kind| *kind == one.kind).unwrap_or_default();
            let label = one.label.clone();
            subjects.insert(
                0,
                Subject { kind, id: one.id, label, note: String::new(), within: one.within, path: String::new() },
            );
        }
    }
    let topics = service::topics_for_entry(app, &owners, on).await?;
    let quarter = Rule::CalendarQuarter.containing(on).map(|quarter| quarter.label).unwrap_or_default();
    Ok(Around { owners, communes, subjects, topics, quarter, most: app.config.server.upload_mb })
}

fn view(p: Chrome, around: Around, form: EntryForm, errors: FieldErrors, id: Option<Uuid>) -> EntryPage {
    EntryPage {
        copied: !form.get("sao").is_empty(),
        owners: Choice::owners(&around.owners),
        communes: around.communes,
        kinds: kinds_by_form(),
        lists: definitions(),
        subjects: around.subjects,
        topics: around.topics,
        quarter: around.quarter,
        alike: Vec::new(),
        kept: Vec::new(),
        most: around.most,
        p,
        form,
        errors,
        id,
    }
}

/// `GET /hoat-dong/moi`
pub(in crate::activities) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<RecordActivities>,
    Query(from): Query<From>,
) -> Result {
    let today = app.clock.today();
    let day = time::parse_date(&from.ngay);
    let around = around(&app, &permit, &[], day).await?;
    let first = around.owners.first();
    let mut form = EntryForm::fresh(first.map(|owner| owner.id), day.unwrap_or(today));
    if let Some(commune) = first.and_then(Owner::commune) {
        form.set("dia_ban", commune.to_string());
    }
    if let Ok(id) = Uuid::parse_str(&from.sao) {
        let read = Permit::<ReadActivities>::of(permit.actor()).ok_or(Error::NotFound)?;
        let source = service::sight(&app, &read, id).await?.whole.draft;
        let owner =
            if permit.roots().contains(&source.owner) { source.owner.to_string() } else { form.get("co_quan").into() };
        let key = form.get("khoa").to_owned();
        form = EntryForm::of(&source);
        form.set("co_quan", owner);
        form.set("khoa", key);
        form.set("ngay", time::display_date(day.unwrap_or(today)));
        form.set("den_ngay", "");
        form.set("sao", id.to_string());
    }
    if !from.phuc_vu.is_empty() {
        form.set("phuc_vu", from.phuc_vu);
    }
    show(&view(p, around, form, FieldErrors::default(), None))
}

/// The draft of a form with its words looked up.
pub(in crate::activities) async fn read(
    app: &App,
    permit: &Permit<RecordActivities>,
    form: &EntryForm,
    known: &Draft,
    errors: &mut FieldErrors,
) -> kernel::Result<Draft> {
    let mut draft = form.draft(errors);
    let about = (draft.owner, draft.held_on.unwrap_or_else(|| app.clock.today()));
    let words = form.words(known);
    (draft.partners, draft.documents, draft.subjects) =
        service::resolve_words(app, permit.actor(), about, words, errors).await?;
    draft.check(definitions(), app.clock.today(), errors);
    Ok(draft)
}

/// What a form asks to be recorded.
pub(in crate::activities) fn entered(form: &EntryForm, draft: Draft, files: &[Kept]) -> service::Entry {
    service::Entry {
        draft,
        once: Some(form.get("khoa").chars().take(64).collect()),
        copied: Uuid::parse_str(form.get("sao")).ok(),
        repeat: form.repeat(),
        anyway: form.has("van_luu", "1"),
        files: files.to_vec(),
        shown: form.shown(),
        generated: false,
    }
}

/// `POST /hoat-dong/moi`
pub(in crate::activities) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<RecordActivities>,
    request: Request,
) -> Result {
    let mut errors = FieldErrors::default();
    let (form, upload) = read_entry(request, app.config.server.upload_mb, &mut errors).await?;
    let files = service::keep_files(&app, permit.actor(), &form.all("tep_giu"), upload, &mut errors).await?;
    let draft = read(&app, &permit, &form, &Draft::default(), &mut errors).await?;
    let mut alike = Vec::new();
    if errors.is_empty() {
        match service::create(&app, &permit, entered(&form, draft, &files)).await {
            Ok(Created::Recorded(ids)) => {
                let first = ids.first().copied().unwrap_or_default();
                let flash = match ids.len() {
                    1 => Flash::ok("Đã ghi hoạt động."),
                    many => Flash::ok(format!("Đã ghi {many} hoạt động.")),
                };
                return Ok(see_other(&format!("/hoat-dong/{first}"), flash));
            }
            Ok(Created::Already(id)) => {
                let flash = Flash::ok("Hoạt động này đã được ghi trước đó; không ghi thêm lần nữa.");
                return Ok(see_other(&format!("/hoat-dong/{id}"), flash));
            }
            Ok(Created::Alike(found)) => alike = found,
            Err(Error::Invalid(wrong)) => errors = wrong,
            Err(error) => return Err(error.into()),
        }
    }
    let around = around(&app, &permit, &[], time::parse_date(form.get("ngay"))).await?;
    let mut page = view(p, around, form, errors, None);
    page.alike = alike;
    for file in &files {
        let ticket = service::ticket(&app, permit.actor(), file)?;
        page.kept.push((ticket, file.name.clone(), kernel::text::file_size(file.size)));
    }
    page_invalid(&page)
}

/// `GET /hoat-dong/{id}/sua`
pub(in crate::activities) async fn edit_form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<RecordActivities>,
    Path(id): Path<Uuid>,
) -> Result {
    let whole = service::may_record(&app, &permit, id).await?;
    let around = around(&app, &permit, &whole.draft.subjects, whole.draft.held_on).await?;
    let mut form = EntryForm::of(&whole.draft);
    form.set("phien_ban", whole.row.version.to_string());
    show(&view(p, around, form, FieldErrors::default(), Some(id)))
}

/// `POST /hoat-dong/{id}/sua`
pub(in crate::activities) async fn edit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<RecordActivities>,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result {
    let known = service::may_record(&app, &permit, id).await?.draft;
    let form = EntryForm(pairs);
    let mut errors = FieldErrors::default();
    let draft = read(&app, &permit, &form, &known, &mut errors).await?;
    if errors.is_empty() {
        match service::edit(&app, &permit, id, form.version(), &draft).await {
            Ok(()) => return Ok(see_other(&format!("/hoat-dong/{id}"), Flash::ok("Đã lưu thay đổi."))),
            Err(Error::Invalid(wrong)) => errors = wrong,
            Err(Error::Conflict(message)) => errors.add("", message),
            Err(error) => return Err(error.into()),
        }
    }
    let around = around(&app, &permit, &known.subjects, time::parse_date(form.get("ngay"))).await?;
    page_invalid(&view(p, around, form, errors, Some(id)))
}
