//! Many activities from a file: template, preview with faults by cell, confirmation.

use askama::Template;
use axum::extract::{Form, Multipart, State, multipart::MultipartRejection};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, XLSX, download, page as show, page_invalid, see_other},
};

use crate::activities::{
    forms::{ConfirmForm, read_upload},
    policy::RecordActivities,
    service::{self, IfAlike, Imported, Preview, RowOutcome, Whose},
    store,
    views::{Choice, kind, number},
};

/// Rows shown of each sort.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "activities/templates/import.html")]
struct ImportPage {
    p: Chrome,
    errors: FieldErrors,
    owners: Vec<Choice>,
    owner: String,
    preview: Option<Shown>,
}

/// A file as it would be recorded.
struct Shown {
    file: String,
    good: usize,
    alike: usize,
    /// Of them those that others recorded without naming the agency.
    others: usize,
    already: usize,
    wrong: usize,
    faults: Vec<(String, String)>,
    rows: Vec<ShownRow>,
}

struct ShownRow {
    number: usize,
    day: String,
    kind: &'static str,
    title: String,
    turns: String,
    class: &'static str,
    outcome: &'static str,
    alike: Option<Uuid>,
}

impl Shown {
    fn of(preview: Preview) -> Self {
        let count = |of: fn(&RowOutcome) -> bool| preview.count(of);
        let rows = preview.rows.iter().take(SHOWN).map(|(row, outcome)| {
            let (class, words, alike) = match outcome {
                RowOutcome::Good => ("done", "sẽ ghi", None),
                RowOutcome::Alike { id, whose: Whose::Own, .. } => ("soon", "giống hoạt động đã có", Some(*id)),
                RowOutcome::Alike { id, whose: Whose::Partner, .. } => {
                    ("soon", "đơn vị khác đã ghi, có tên đơn vị phối hợp", Some(*id))
                }
                RowOutcome::Alike { id, seen, .. } => ("soon", "đơn vị khác đã ghi", seen.then_some(*id)),
                RowOutcome::Already => ("quiet", "đã nhập trước đó", None),
                RowOutcome::Wrong => ("late", "có ô sai", None),
            };
            ShownRow {
                number: row.number,
                day: row.draft.held_on.map(kernel::time::display_date).unwrap_or_default(),
                kind: kind(&row.draft.kind).map_or("", |kind| &kind.name),
                title: row.draft.title.clone(),
                turns: number(row.draft.turns),
                class,
                outcome: words,
                alike,
            }
        });
        Self {
            good: count(|outcome| *outcome == RowOutcome::Good),
            alike: count(|outcome| matches!(outcome, RowOutcome::Alike { .. })),
            others: count(|outcome| matches!(outcome, RowOutcome::Alike { whose: Whose::Other, .. })),
            already: count(|outcome| *outcome == RowOutcome::Already),
            wrong: count(|outcome| *outcome == RowOutcome::Wrong),
            rows: rows.collect(),
            faults: preview.rows.iter().flat_map(|(row, _)| row.errors.clone()).take(SHOWN).collect(),
            file: preview.file,
        }
    }
}

async fn view(app: &App, p: Chrome, permit: &Permit<RecordActivities>) -> kernel::Result<ImportPage> {
    let owners = Choice::owners(&store::owners(app.db.read(), permit.roots()).await?);
    let owner = owners.first().map(|owner| owner.id.clone()).unwrap_or_default();
    Ok(ImportPage { p, errors: FieldErrors::default(), owners, owner, preview: None })
}

/// `GET /hoat-dong/nhap`
pub(in crate::activities) async fn page(State(app): State<App>, p: Chrome, permit: Permit<RecordActivities>) -> Result {
    show(&view(&app, p, &permit).await?)
}

/// `GET /hoat-dong/nhap/bang-mau`
pub(in crate::activities) async fn template(State(app): State<App>, _: Permit<RecordActivities>) -> Result {
    Ok(download("mau-hoat-dong.xlsx", XLSX, service::template(app.clock.today())?))
}

/// `POST /hoat-dong/nhap`: shows what the file would become.
pub(in crate::activities) async fn preview(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<RecordActivities>,
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Result {
    let mut page = view(&app, p, &permit).await?;
    let outcome = async {
        let parts = parts.map_err(|e| Error::invalid("tep", e.body_text()))?;
        let (upload, fields) = read_upload(parts).await?;
        let owner = fields.iter().find(|(name, _)| name == "co_quan").map_or("", |(_, value)| value.as_str());
        let chosen = Uuid::parse_str(owner).map_err(|_| Error::invalid("co_quan", "Hãy chọn cơ quan."))?;
        let bytes = upload.files.into_iter().next().map(|(_, _, bytes)| bytes).unwrap_or_default();
        service::preview(&app, &permit, chosen, bytes).await
    };
    match outcome.await {
        Ok(preview) => {
            page.owner = preview.owner.to_string();
            page.preview = Some(Shown::of(preview));
            Ok(show(&page)?)
        }
        Err(Error::Invalid(errors)) => {
            page.errors = errors;
            page_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /hoat-dong/nhap/ghi`: records the rows that were shown.
pub(in crate::activities) async fn confirm(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<RecordActivities>,
    Form(form): Form<ConfirmForm>,
) -> Result {
    let outcome = match Uuid::parse_str(&form.co_quan) {
        Ok(owner) => {
            let alike = IfAlike { join: form.phoi_hop == "1", record: form.giong == "1" };
            service::import(&app, &permit, owner, &form.tep, alike).await
        }
        Err(_) => Err(Error::invalid("co_quan", "Hãy chọn cơ quan.")),
    };
    match outcome {
        Ok(done) => {
            let Imported { recorded, joined, left_out } = done;
            let words = match (joined, left_out) {
                (0, 0) => format!("Đã ghi {recorded} hoạt động."),
                (_, 0) => format!("Đã ghi {recorded} hoạt động; phối hợp ở {joined} hoạt động của đơn vị khác."),
                (0, _) => format!("Đã ghi {recorded} hoạt động; bỏ qua {left_out} dòng."),
                _ => format!(
                    "Đã ghi {recorded} hoạt động; phối hợp ở {joined} hoạt động của đơn vị khác; bỏ qua {left_out} dòng."
                ),
            };
            let flash = if left_out == 0 { Flash::ok(words) } else { Flash::warn(words) };
            Ok(see_other("/hoat-dong", flash))
        }
        Err(Error::Invalid(errors)) => {
            let mut page = view(&app, p, &permit).await?;
            page.errors = errors;
            page_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}
