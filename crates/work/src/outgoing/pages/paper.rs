//! A paper as a page where every figure leads to its source, and what is done with it.

use askama::Template;
use axum::extract::{Form, Multipart, Path, State as Ctx, multipart::MultipartRejection};
use kernel::{Error, FieldErrors, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use crate::{
    outgoing::{
        forms::{ReasonForm, SignForm, read_file},
        model::State,
        policy::{DraftPapers, ReadPapers},
        service::{self, Sight, Upload},
        store::Paper,
        views::{FileView, FindingView, PaperView, StepView, findings, state_class},
    },
    reporting::{policy::SignReports, service::round_of},
};

#[derive(Template)]
#[template(path = "outgoing/templates/paper.html")]
struct PaperPage {
    p: Chrome,
    row: Paper,
    state: State,
    class: &'static str,
    drafts: bool,
    signs: bool,
    /// Does the reader see only the own part of what is behind the figures?
    part: bool,
    pdf: bool,
    template: &'static str,
    /// What its round looks back on; empty where it is none.
    programme: String,
    paper: PaperView,
    findings: Vec<FindingView>,
    changes: Vec<(String, String, String)>,
    steps: Vec<StepView>,
    files: Vec<FileView>,
    form: SignForm,
    /// The reason as typed.
    reason: String,
    errors: FieldErrors,
}

/// What was typed into a form that comes back.
#[derive(Default)]
struct Typed {
    form: Option<SignForm>,
    reason: String,
}

async fn view(
    app: &App,
    p: Chrome,
    sight: Sight,
    Typed { form, reason }: Typed,
    errors: FieldErrors,
) -> kernel::Result<PaperPage> {
    let whole = service::whole(app, &sight).await?;
    let form = match (form, &p.actor) {
        (Some(form), _) => form,
        (None, Some(actor)) if sight.signs && sight.state == State::Waiting => SignForm {
            ngay: time::display_date(app.clock.today()),
            ..service::proposal(app, actor, &sight.row).await?.into()
        },
        (None, _) => SignForm::default(),
    };
    let programme = round_of(app, sight.row.round_id).await?.plan_name.clone();
    Ok(PaperPage {
        programme,
        class: state_class(sight.state),
        drafts: sight.drafts,
        signs: sight.signs,
        part: sight.own.is_some(),
        pdf: service::pdf_here(),
        template: &sight.template.name,
        paper: PaperView::of(&whole.composed, sight.row.fragment),
        findings: findings(&whole.findings),
        changes: whole.changes,
        steps: whole.steps.iter().map(StepView::of).collect(),
        files: whole.files.iter().enumerate().map(FileView::of).collect(),
        state: sight.state,
        row: sight.row,
        form,
        reason,
        errors,
        p,
    })
}

impl PaperPage {
    fn errors_stand(&self) -> bool {
        self.findings.iter().any(|finding| finding.error)
    }
}

/// `GET /van-ban-di/{id}`
pub(in crate::outgoing) async fn page(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<ReadPapers>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    show(&view(&app, p, sight, Typed::default(), FieldErrors::default()).await?)
}

/// The page again with what is wrong, or on to it.
async fn answer(app: &App, p: Chrome, id: Uuid, typed: Typed, (outcome, done): (kernel::Result<()>, &str)) -> Result {
    match outcome {
        Ok(()) => Ok(see_other(&format!("/van-ban-di/{id}"), Flash::ok(done))),
        Err(Error::Invalid(errors)) => {
            let read = p.actor.as_ref().and_then(Permit::<ReadPapers>::of).ok_or(Error::NotFound)?;
            let sight = service::sight(app, &read, id).await?;
            page_invalid(&view(app, p, sight, typed, errors).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /van-ban-di/{id}/trinh`
pub(in crate::outgoing) async fn hand_in(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<DraftPapers>,
    Path(id): Path<Uuid>,
) -> Result {
    let outcome = service::hand_in(&app, &permit, id).await;
    answer(&app, p, id, Typed::default(), (outcome, "Đã trình thủ trưởng.")).await
}

/// `POST /van-ban-di/{id}/tra-lai`
pub(in crate::outgoing) async fn give_back(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<SignReports>,
    Path(id): Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> Result {
    let outcome = match form.read() {
        Ok(reason) => service::give_back(&app, &permit, id, &reason).await,
        Err(error) => Err(error),
    };
    answer(&app, p, id, Typed { reason: form.ly_do, ..Typed::default() }, (outcome, "Đã trả người soạn.")).await
}

/// `POST /van-ban-di/{id}/ky`
pub(in crate::outgoing) async fn sign(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<SignReports>,
    Path(id): Path<Uuid>,
    Form(form): Form<SignForm>,
) -> Result {
    let outcome = match form.read() {
        Ok(approval) => service::sign(&app, &permit, id, &approval).await,
        Err(error) => Err(error),
    };
    answer(
        &app,
        p,
        id,
        Typed { form: Some(form), ..Typed::default() },
        (outcome, "Đã ký duyệt; lời văn và số liệu được chốt."),
    )
    .await
}

/// `POST /van-ban-di/{id}/ban-ky`: the signed file comes back; the paper is issued.
pub(in crate::outgoing) async fn keep(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<DraftPapers>,
    Path(id): Path<Uuid>,
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Result {
    let upload = match parts {
        Ok(parts) => read_file(parts).await,
        Err(_) => Ok(Upload::default()),
    };
    let mut typed = Typed::default();
    let outcome = match upload {
        Ok(upload) => {
            typed.reason.clone_from(&upload.reason);
            service::keep(&app, &permit, id, upload).await
        }
        Err(error) => Err(error),
    };
    answer(&app, p, id, typed, (outcome, "Đã lưu bản ký; văn bản đã phát hành.")).await
}
