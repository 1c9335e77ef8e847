//! One document: its line of papers, text, tasks and versions; its file.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect},
};
use kernel::{Error, Permit, Timestamp, Uuid, text, time};
use platform::{
    App, Session,
    web::{Chrome, Result, guard, page},
};
use serde::Deserialize;

use crate::documents::{
    model::{self, Change, Mode, State as Standing, highlight::Block},
    policy::{Confirm, Prepare, Read},
    service::{self, Opened},
    store::{Document, Heir, Trace},
    views::{
        lineage::LineageView,
        review::{Asked, Material, ReviewView, cited},
        upload::UploadView,
    },
};

/// Which part is shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::documents) struct Wanted {
    muc: String,
}

/// The text, as the included template takes it.
struct TextView {
    blocks: Vec<Block>,
}

/// A version.
struct VersionView {
    href: String,
    label: &'static str,
    pill: &'static str,
    when: String,
    who: String,
    here: bool,
}

/// A line of the history.
struct TraceView {
    when: String,
    who: String,
    what: &'static str,
}

/// Pairs of a name and a value.
type Pairs = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "documents/templates/document.html")]
pub(in crate::documents) struct DocumentPage {
    p: Chrome,
    part: String,
    id: Uuid,
    label: String,
    title: String,
    state: Standing,
    mode: Option<Mode>,
    audience: &'static str,
    may_correct: bool,
    facts: Pairs,
    lineage: LineageView,
    v: TextView,
    review: ReviewView,
    citations: Vec<String>,
    heirs: Vec<Heir>,
    versions: Vec<VersionView>,
    amendments: Vec<(String, String, &'static str)>,
    history: Vec<TraceView>,
    /// Page of the plan that it became.
    outcome: Option<String>,
}

#[derive(Template)]
#[template(path = "documents/templates/waiting.html")]
pub(in crate::documents) struct WaitingPage {
    p: Chrome,
    u: UploadView,
}

/// `GET /van-ban/{id}`
pub(in crate::documents) async fn document(
    State(app): State<App>,
    session: Session,
    permit: Permit<Read>,
    Path(id): Path<Uuid>,
    Query(wanted): Query<Wanted>,
    p: Chrome,
) -> Result {
    let prepare = Permit::<Prepare>::of(&session.actor);
    let opened = match service::open(&app, &permit, prepare.as_ref(), id).await {
        Ok(opened) => opened,
        Err(Error::NotFound) => return unconfirmed(&app, prepare, id, p).await,
        Err(error) => return Err(error.into()),
    };
    let may_correct = opened.owned && Permit::<Confirm>::of(&session.actor).is_some();
    let mut shown = DocumentPage::of(p, &wanted.muc, opened, may_correct);
    shown.outcome = service::outcome(&app, &session.actor, id).await?;
    page(&shown)
}

/// A document that is not confirmed yet, for those who prepare it.
async fn unconfirmed(app: &App, prepare: Option<Permit<Prepare>>, id: Uuid, p: Chrome) -> Result {
    let prepare = prepare.ok_or(Error::NotFound)?;
    let document = service::owned(app, &prepare, id).await?;
    if document.state() == Standing::Draft {
        return Ok(Redirect::to(&format!("/van-ban/{id}/ra-soat")).into_response());
    }
    page(&WaitingPage { p, u: UploadView::of_document(&document) })
}

impl DocumentPage {
    fn of(p: Chrome, part: &str, opened: Opened, may_correct: bool) -> Self {
        let Opened { sheet, lineage, heirs, versions, amendments, history, .. } = opened;
        let document = &sheet.document;
        let material =
            Material { document, tasks: &sheet.tasks, recipients: &sheet.recipients, citations: &sheet.citations };
        let mut review = ReviewView::of(&material, &Asked::default());
        review.tasks.retain(|task| task.state != "dropped");
        let version = |one: &crate::documents::store::Version| {
            let state: Standing = model::from_key(&one.state).unwrap_or(Standing::Draft);
            VersionView {
                href: format!("/van-ban/{}", one.id),
                label: state.label(),
                pill: state.pill(),
                when: time::date_from_int(one.confirmed_on).map(time::display_date).unwrap_or_default(),
                who: one.confirmed_name.clone(),
                here: one.id == document.id,
            }
        };
        Self {
            part: if part.is_empty() { "mach".into() } else { part.to_owned() },
            id: document.id,
            label: document.label(),
            title: document.title.clone(),
            state: document.state(),
            mode: document.mode(),
            audience: document.audience().label(),
            may_correct: may_correct && document.state() == Standing::Confirmed,
            facts: facts(document, &sheet.recipients.iter().map(|one| one.words.clone()).collect::<Vec<_>>()),
            lineage: LineageView::of(&lineage),
            v: TextView { blocks: std::mem::take(&mut review.blocks) },
            review,
            citations: sheet.citations.iter().map(cited).collect(),
            heirs,
            versions: versions.iter().map(version).collect(),
            amendments: amendments
                .iter()
                .map(|one| {
                    let how: Option<Change> = model::from_key(&one.amends_how);
                    let label = format!("{} {}", one.kind, one.number);
                    (format!("/van-ban/{}", one.id), label, how.map(Change::label).unwrap_or_default())
                })
                .collect(),
            history: history.iter().map(trace).collect(),
            outcome: None,
            p,
        }
    }
}

fn facts(document: &Document, recipients: &[String]) -> Pairs {
    let signer = [&document.signer_authority, &document.signer_position, &document.signer_name];
    let signer: Vec<&str> = signer.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let size = text::file_size(document.file_size);
    let confirmed = document.confirmed_at.map(|at| format!("{}, {}", document.confirmed_name, Timestamp(at).display()));
    let pairs = [
        ("Số, ký hiệu", document.number.clone()),
        ("Ngày ban hành", document.date().map(time::display_date).unwrap_or_default()),
        ("Cơ quan ban hành", document.issuer.clone()),
        ("Người ký", signer.join(", ")),
        ("Nơi nhận", recipients.join("; ")),
        ("Tệp gốc", format!("{}, {size}", document.file_name)),
        ("Mã băm SHA-256", document.file_hash.clone()),
        ("Xác nhận", confirmed.unwrap_or_default()),
    ];
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn trace(one: &Trace) -> TraceView {
    let what = match one.action.as_str() {
        "documents.upload" => "tải lên",
        "documents.retry" => "đọc lại",
        "documents.edit" => "sửa thông tin",
        "documents.confirm" => "xác nhận",
        "documents.correct" => "mở bản đính chính",
        "documents.accept_sure" => "nhận các phần chắc chắn",
        "documents.mark_task" => "nhận hoặc bỏ nhiệm vụ",
        "documents.edit_task" => "sửa nhiệm vụ",
        "documents.add_task" => "thêm nhiệm vụ",
        "documents.split_task" => "tách nhiệm vụ",
        "documents.merge_task" => "gộp nhiệm vụ",
        "documents.choose_party" => "khớp cơ quan",
        "documents.open" => "xem",
        "documents.download" => "tải tệp gốc",
        _ => "thao tác khác",
    };
    TraceView { when: Timestamp(one.at).display(), who: one.actor_name.clone(), what }
}

/// `GET /van-ban/{id}/tep`: the original file, always to be saved, never to be run in our name.
pub(in crate::documents) async fn file(
    State(app): State<App>,
    session: Session,
    permit: Permit<Read>,
    Path(id): Path<Uuid>,
) -> Result {
    let prepare = Permit::<Prepare>::of(&session.actor);
    let document = service::download(&app, &permit, prepare.as_ref(), id).await?;
    let bytes = app.blobs.get(&document.file_hash).await?;
    let plain: String = document
        .file_name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' })
        .collect();
    let disposition = format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        guard::encode(&document.file_name).replace('/', "%2F")
    );
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let media =
        HeaderValue::from_str(&document.file_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}
