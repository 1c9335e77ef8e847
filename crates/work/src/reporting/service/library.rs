//! The library of forms: built-in and uploaded definitions, drafts, publishing.

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use chrono::NaiveDate;
use kernel::{Action, Error, Permit, Result, Uuid, new_id, time};
use platform::{App, audit};
use records::{activities::definitions, agencies};
use serde_json::json;

use crate::reporting::{
    model::form::{Change, Fault, Form, Known, Severity, Source, Status, differences, read, shipped},
    policy::{ManageReports, ReadReports},
    store::{self, FormHead, NewForm, Round},
};

/// Stored dates without an end.
pub(crate) const FOREVER: i64 = 99_991_231;

/// Forms once read: a published definition never changes, a draft that is replaced gets another id.
static READ: LazyLock<Mutex<HashMap<Uuid, Arc<Form>>>> = LazyLock::new(Mutex::default);

/// The form of a stored definition.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn form_of(app: &App, id: Uuid) -> Result<Arc<Form>> {
    if let Some(form) = READ.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return Ok(form.clone());
    }
    let source = store::form_source(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let known = Known { activities: definitions(), forms: HashMap::new(), today: app.clock.today() };
    let form = read(&source, &known).0.ok_or_else(|| Error::internal(format!("biểu {id} không đọc được")))?;
    let form = Arc::new(form);
    READ.lock().unwrap_or_else(PoisonError::into_inner).insert(id, form.clone());
    Ok(form)
}

/// Names of cells of other forms, by form and cell: name of the form, label of the cell.
pub(crate) type Names = BTreeMap<(String, String), (String, String)>;

/// What the cells of other forms are called that a form takes figures from. For a report (its agency and round) as the version says by which the figures
/// were asked for in its period, before that the version that applies to the period; for a form alone as the newest version says that applies beside it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn names_elsewhere(app: &App, form: &Form, report: Option<(Uuid, &Round)>) -> Result<Names> {
    let mut names = Names::new();
    let sources = form.cells.iter().filter_map(|cell| match &cell.source {
        Source::Below { form, cell } => Some((form.as_str(), cell.as_str())),
        _ => None,
    });
    let sources: Vec<_> = sources.collect();
    if sources.is_empty() {
        return Ok(names);
    }
    let keys: Vec<String> = sources.iter().map(|(key, _)| (*key).to_owned()).collect();
    let asked = match report {
        Some((agency, round)) => store::other_forms(app.db.read(), agency, round, &keys).await?,
        None => HashMap::new(),
    };
    let last = report.map(|(_, round)| round.date_to).or(form.valid_to.map(time::date_to_int));
    let heads = library(app).await?;
    for (key, cell) in sources {
        let mut versions = heads.iter().filter(|head| head.form_key == key && head.state == "published");
        let applies = versions.find(|head| last.is_none_or(|last| head.valid_from <= last && last < head.valid_to));
        let Some(id) = asked.get(key).copied().or(applies.map(|head| head.id)) else { continue };
        let other = form_of(app, id).await?;
        if other.cell(cell).is_some() {
            names.insert((key.to_owned(), cell.to_owned()), (other.name.clone(), other.named(cell)));
        }
    }
    Ok(names)
}

/// Every definition; built-in ones are stored when they are first asked for.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn library(app: &App) -> Result<Vec<FormHead>> {
    let rows = store::forms(app.db.read()).await?;
    let known = |form: &Form| rows.iter().any(|row| row.form_key == form.key && row.version == form.version);
    let missing: Vec<_> = shipped::forms().iter().filter(|(form, _)| !known(form)).collect();
    if missing.is_empty() {
        return Ok(rows);
    }
    let tx = app.db.begin().await?;
    for (form, source) in &missing {
        let new = stored(form, source, "published", None, Uuid::nil());
        store::put_form(&tx, app.clock.now(), new).await?;
    }
    tx.commit().await?;
    store::forms(app.db.read()).await
}

fn stored<'a>(form: &'a Form, source: &'a str, state: &'a str, owner: Option<Uuid>, by: Uuid) -> NewForm<'a> {
    let after = form.valid_to.and_then(|last| last.succ_opt());
    NewForm {
        id: new_id(),
        key: &form.key,
        version: form.version,
        name: &form.name,
        code: &form.code,
        status: if form.status == Status::Official { "official" } else { "unverified" },
        state,
        source,
        from: time::date_to_int(form.valid_from),
        to: after.map_or(FOREVER, time::date_to_int),
        owner,
        by,
    }
}

/// The library as one person sees it: what is published, and drafts of one's own agencies.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn visible_forms(app: &App, permit: &Permit<ReadReports>) -> Result<Vec<FormHead>> {
    let mine = Permit::<ManageReports>::of(permit.actor());
    let roots = mine.as_ref().map(Permit::roots).unwrap_or_default();
    let mut rows = library(app).await?;
    rows.retain(|row| row.state == "published" || row.owner_id.is_some_and(|owner| roots.contains(&owner)));
    Ok(rows)
}

/// A definition, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn visible_form(app: &App, permit: &Permit<ReadReports>, id: Uuid) -> Result<FormHead> {
    let row = store::form(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let own = Permit::<ManageReports>::of(permit.actor()).is_some_and(|manage| owns(&manage, &row));
    if row.state == "published" || own { Ok(row) } else { Err(Error::NotFound) }
}

fn owns<A: Action>(permit: &Permit<A>, row: &FormHead) -> bool {
    permit.everywhere() || row.owner_id.is_some_and(|owner| permit.roots().contains(&owner))
}

/// Only those who keep a form add versions to it: who first published it; of a built-in one the ministry of justice.
async fn keeps(app: &App, permit: &Permit<ManageReports>, key: &str) -> Result<()> {
    let all = store::forms(app.db.read()).await?;
    let Some(first) = all.iter().rfind(|row| row.form_key == key && row.state == "published") else { return Ok(()) };
    let dir = agencies::directory(app).await?;
    let today = app.clock.today();
    let (kept, keeper) = match first.owner_id {
        Some(owner) => (owns(permit, first), dir.name(owner, today).unwrap_or("cơ quan khác").to_owned()),
        None => {
            let here = permit.roots().iter();
            let ministries = here.flat_map(|root| dir.members("each:bo-tu-phap@central", *root, today));
            let kept = ministries.into_iter().any(|ministry| permit.roots().contains(&ministry));
            (permit.everywhere() || kept, "Bộ Tư pháp".to_owned())
        }
    };
    if kept {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "Biểu {key} do {keeper} quản lý, đang dùng chung cho nhiều cơ quan. Hãy đặt mã biểu riêng (key) và version = 1 trong tệp rồi tải lên lại."
    )))
}

/// Reads a text as a definition beside the others that are stored.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn examine(app: &App, text: &str) -> Result<(Option<Form>, Vec<Fault>)> {
    let mut forms: HashMap<String, Vec<String>> = HashMap::new();
    for row in library(app).await?.into_iter().filter(|row| row.state == "published") {
        // The newest version stands first.
        if let Entry::Vacant(place) = forms.entry(row.form_key) {
            let form = form_of(app, row.id).await?;
            place.insert(form.cells.iter().map(|cell| cell.key.clone()).collect());
        }
    }
    Ok(read(text, &Known { activities: definitions(), forms, today: app.clock.today() }))
}

/// What came of an upload.
pub(crate) enum Uploaded {
    /// A draft.
    Draft(Uuid),
    /// It cannot be used.
    Refused(Vec<Fault>),
}

/// Keeps a definition as a draft, when nothing is wrong with it.
///
/// # Errors
/// [`Error::Conflict`] when this version is already published.
pub(crate) async fn upload(app: &App, permit: &Permit<ManageReports>, text: &str) -> Result<Uploaded> {
    let (form, faults) = examine(app, text).await?;
    let Some(form) = form else { return Ok(Uploaded::Refused(faults)) };
    keeps(app, permit, &form.key).await?;
    if let Some(old) = store::form_named(app.db.read(), &form.key, form.version).await?
        && (old.state != "draft" || !owns(permit, &old))
    {
        return Err(Error::Conflict(format!(
            "Biểu {} bản {} đã có và không sửa được nữa; hãy tăng version trong tệp rồi tải lên lại.",
            form.key, form.version
        )));
    }
    let new = stored(&form, text, "draft", permit.roots().first().copied(), permit.actor().user);
    let id = new.id;
    let tx = app.db.begin().await?;
    store::put_form(&tx, app.clock.now(), new).await?;
    note_form(app, &tx, permit, "reporting.upload", id, &form.key, form.version).await?;
    tx.commit().await?;
    Ok(Uploaded::Draft(id))
}

async fn note_form(
    app: &App,
    tx: &::store::Tx,
    permit: &Permit<ManageReports>,
    action: &str,
    id: Uuid,
    key: &str,
    version: i64,
) -> Result<()> {
    let entry =
        audit::Entry { action, subject: "form", id: Some(id), detail: json!({ "form": key, "version": version }) };
    audit::record(&**tx, &*app.clock, permit.actor(), entry).await
}

/// The draft, when the person's agency owns it.
async fn own_draft(app: &App, permit: &Permit<ManageReports>, id: Uuid) -> Result<FormHead> {
    let row = store::form(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if !owns(permit, &row) && row.state != "published" {
        return Err(Error::NotFound);
    }
    if row.state != "draft" {
        return Err(Error::Conflict("Biểu đã ban hành thì không thay đổi được; hãy tải lên bản mới.".into()));
    }
    Ok(row)
}

/// Publishes a draft from a day on; the version before it ends on that day.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is no draft, [`Error::Invalid`] for a day outside its validity.
pub(crate) async fn publish(app: &App, permit: &Permit<ManageReports>, id: Uuid, from: NaiveDate) -> Result<()> {
    let row = own_draft(app, permit, id).await?;
    keeps(app, permit, &row.form_key).await?;
    let form = form_of(app, id).await?;
    let errors = examine(app, &store::form_source(app.db.read(), id).await?.ok_or(Error::NotFound)?).await?.1;
    if errors.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(Error::Conflict("Biểu có lỗi sau khi các biểu khác thay đổi; hãy sửa rồi tải lên lại.".into()));
    }
    if from < form.valid_from || form.valid_to.is_some_and(|last| last < from) {
        let day = time::display_date;
        let until = form.valid_to.map_or_else(String::new, |last| format!(" đến {}", day(last)));
        let message =
            format!("Ngày áp dụng phải trong thời hạn hiệu lực của biểu: từ {}{until}.", day(form.valid_from));
        return Err(Error::invalid("tu_ngay", message));
    }
    let on = time::date_to_int(from);
    let tx = app.db.begin().await?;
    if store::publish_form(&tx, id, on, permit.actor().user, app.clock.now()).await? == 0 {
        return Err(Error::Conflict("Biểu vừa được người khác ban hành.".into()));
    }
    store::end_forms(&tx, &row.form_key, id, on).await?;
    note_form(app, &tx, permit, "reporting.publish", id, &row.form_key, row.version).await?;
    tx.commit().await
}

/// Throws a draft away.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is no draft.
pub(crate) async fn drop_draft(app: &App, permit: &Permit<ManageReports>, id: Uuid) -> Result<()> {
    let row = own_draft(app, permit, id).await?;
    let tx = app.db.begin().await?;
    store::drop_form(&tx, id).await?;
    note_form(app, &tx, permit, "reporting.drop", id, &row.form_key, row.version).await?;
    tx.commit().await
}

/// What a version changes against the one before it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn changes(app: &App, row: &FormHead) -> Result<Option<(FormHead, Vec<Change>)>> {
    let all = library(app).await?;
    let before = all
        .into_iter()
        .find(|other| other.form_key == row.form_key && other.version < row.version && other.state == "published");
    let Some(before) = before else { return Ok(None) };
    let (old, new) = (form_of(app, before.id).await?, form_of(app, row.id).await?);
    Ok(Some((before, differences(&old, &new))))
}
