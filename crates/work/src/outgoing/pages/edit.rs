//! Writing a paper: plain text in blocks on one side, the paper as it prints on the other.

use askama::Template;
use axum::{
    extract::{Form, Path, State as Ctx},
    response::{IntoResponse, Response},
};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use crate::outgoing::{
    forms::{Act, EditForm},
    model::{
        State,
        draft::{Draft, Kind},
    },
    policy::{DraftPapers, ReadPapers},
    service,
    store::Paper,
    views::{Choice, EditBlock, FindingView, PaperView, choices, edit_blocks, findings},
};

#[derive(Template)]
#[template(path = "outgoing/templates/edit.html")]
struct EditPage {
    p: Chrome,
    row: Paper,
    draft: Draft,
    blocks: Vec<EditBlock>,
    kinds: [Kind; 10],
    paper: PaperView,
    findings: Vec<FindingView>,
    changes: Vec<(String, String, String)>,
    choices: Vec<(String, Vec<Choice>)>,
    errors: FieldErrors,
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<DraftPapers>,
    id: Uuid,
    typed: Option<(Draft, FieldErrors)>,
) -> kernel::Result<EditPage> {
    let read = Permit::<ReadPapers>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = service::sight(app, &read, id).await?;
    if !sight.drafts {
        return Err(Error::NotFound);
    }
    if sight.state != State::Draft {
        return Err(Error::Conflict(format!("Văn bản đang ở bước “{}”, không sửa được.", sight.state.label())));
    }
    let whole = service::whole(app, &sight).await?;
    let (draft, errors) = typed.unwrap_or((whole.draft, FieldErrors::default()));
    Ok(EditPage {
        blocks: edit_blocks(&draft, &whole.findings),
        kinds: Kind::ALL,
        paper: PaperView::of(&whole.composed, sight.row.fragment),
        findings: findings(&whole.findings),
        changes: whole.changes,
        choices: whole.facts.as_ref().map(|facts| choices(&p, facts, sight.template)).unwrap_or_default(),
        row: sight.row,
        draft,
        errors,
        p,
    })
}

/// `GET /van-ban-di/{id}/soan`
pub(in crate::outgoing) async fn form(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<DraftPapers>,
    Path(id): Path<Uuid>,
) -> Result {
    match view(&app, p, &permit, id, None).await {
        Ok(page) => show(&page),
        Err(Error::Conflict(message)) => Ok(see_other(&format!("/van-ban-di/{id}"), Flash::warn(message))),
        Err(error) => Err(error.into()),
    }
}

/// `POST /van-ban-di/{id}/soan`: keeps the text; a block's button also moves, drops or adds.
pub(in crate::outgoing) async fn submit(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<DraftPapers>,
    Path(id): Path<Uuid>,
    Form(form): Form<EditForm>,
) -> Result {
    let outcome = match (form.version(), form.draft()) {
        (Ok(version), Ok(draft)) => service::save(&app, &permit, id, version, &draft).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    let place = match form.act() {
        Act::Keep => String::new(),
        Act::Up(at) => format!("#b{}", at.saturating_sub(1)),
        Act::Down(at) | Act::Add(at) => format!("#b{}", at + 1),
        Act::Drop(at) => format!("#b{}", at.saturating_sub(1)),
    };
    match outcome {
        Ok(()) => Ok(see_other(&format!("/van-ban-di/{id}/soan{place}"), Flash::ok("Đã lưu dự thảo."))),
        Err(Error::Invalid(errors)) => {
            let typed = form.draft().ok().map(|draft| (draft, errors.clone()));
            let mut page = view(&app, p, &permit, id, typed).await?;
            page.errors = errors;
            page_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "outgoing/templates/preview.html")]
struct Preview {
    p: Chrome,
    paper: PaperView,
    findings: Vec<FindingView>,
}

/// `POST /van-ban-di/{id}/xem-thu`: what the typed text would print; keeps nothing.
pub(in crate::outgoing) async fn preview(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<DraftPapers>,
    Path(id): Path<Uuid>,
    Form(form): Form<EditForm>,
) -> Result {
    let draft = form.draft()?;
    let (composed, found) = service::preview(&app, &permit, id, &draft).await?;
    show(&Preview { p, paper: PaperView::of(&composed, false), findings: findings(&found) })
}

/// `POST /van-ban-di/{id}/da-xem`
pub(in crate::outgoing) async fn looked(
    Ctx(app): Ctx<App>,
    permit: Permit<DraftPapers>,
    Path(id): Path<Uuid>,
) -> Result {
    service::looked(&app, &permit, id).await?;
    Ok(see_other(&format!("/van-ban-di/{id}/soan"), Flash::ok("Đã ghi nhận số liệu hiện tại.")))
}

/// `POST /van-ban-di/{id}/xoa`
pub(in crate::outgoing) async fn discard(
    Ctx(app): Ctx<App>,
    permit: Permit<DraftPapers>,
    Path(id): Path<Uuid>,
) -> Result<Response> {
    service::discard(&app, &permit, id).await?;
    Ok(see_other("/van-ban-di", Flash::ok("Đã bỏ dự thảo.")).into_response())
}
