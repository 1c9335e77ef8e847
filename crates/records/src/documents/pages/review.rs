//! The review screen and what is done on it to the document as a whole.

use askama::Template;
use axum::{
    extract::{Form, Path, Query, State},
    response::{IntoResponse, Redirect},
};
use kernel::{FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page, see_other},
};
use serde::Deserialize;

use crate::documents::{
    forms::FactsForm,
    policy::{Confirm, Prepare},
    service,
    views::review::{Asked, Material, ReviewView, Shown},
};

#[derive(Template)]
#[template(path = "documents/templates/review.html")]
pub(in crate::documents) struct ReviewPage {
    p: Chrome,
    v: ReviewView,
    may_confirm: bool,
    /// The registered paper with the same number, day and issuer.
    twin: Option<Twin>,
}

/// See [`ReviewPage::twin`].
struct Twin {
    id: Uuid,
    label: String,
}

/// What the address asks of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::documents) struct Wanted {
    loc: String,
    sua: String,
    tach: String,
    them: Option<String>,
}

impl Wanted {
    fn asked(&self) -> Asked {
        Asked {
            filter: self.loc.clone(),
            editing: Uuid::parse_str(&self.sua).ok(),
            splitting: Uuid::parse_str(&self.tach).ok(),
            fields: self.sua == "thong-tin",
            adding: self.them.is_some(),
        }
    }
}

/// The page of a draft with one of its parts open.
async fn screen(app: &App, permit: &Permit<Prepare>, p: Chrome, id: Uuid, asked: &Asked) -> kernel::Result<ReviewPage> {
    let sheet = service::sheet(app, permit, id).await?;
    let twin = service::twin(app, permit, &sheet.document).await?;
    let material = Material {
        document: &sheet.document,
        tasks: &sheet.tasks,
        recipients: &sheet.recipients,
        citations: &sheet.citations,
    };
    Ok(ReviewPage {
        p,
        v: ReviewView::of(&material, asked),
        may_confirm: Permit::<Confirm>::of(permit.actor()).is_some(),
        twin: twin.map(|twin| Twin { id: twin.id, label: format!("{} {}", twin.kind, twin.number) }),
    })
}

/// `GET /van-ban/{id}/ra-soat`
pub(in crate::documents) async fn review(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path(id): Path<Uuid>,
    Query(wanted): Query<Wanted>,
    p: Chrome,
) -> Result {
    let document = service::owned(&app, &permit, id).await?;
    if document.state() != crate::documents::model::State::Draft {
        return Ok(Redirect::to(&format!("/van-ban/{id}")).into_response());
    }
    page(&screen(&app, &permit, p, id, &wanted.asked()).await?)
}

/// The screen with a form that did not pass, as `typed` puts it there.
pub(super) async fn again(
    app: &App,
    permit: &Permit<Prepare>,
    p: Chrome,
    id: Uuid,
    asked: Asked,
    typed: impl FnOnce(&mut ReviewView),
    errors: FieldErrors,
) -> kernel::Result<ReviewPage> {
    let mut page = screen(app, permit, p, id, &asked).await?;
    typed(&mut page.v);
    page.v.errors = errors;
    Ok(page)
}

/// Back to the list of tasks, at one of them.
pub(super) fn back(id: Uuid, at: Option<Uuid>, flash: Flash) -> axum::response::Response {
    let hash = at.map(|task| format!("#t{}", task.simple())).unwrap_or_default();
    see_other(&format!("/van-ban/{id}/ra-soat{hash}"), flash)
}

/// `POST /van-ban/{id}/thong-tin`
pub(in crate::documents) async fn facts(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path(id): Path<Uuid>,
    p: Chrome,
    Form(form): Form<FactsForm>,
) -> Result {
    let outcome = match form.parse() {
        Ok(facts) => service::edit_facts(&app, &permit, id, facts).await,
        Err(error) => Err(error),
    };
    let done = |()| back(id, None, Flash::ok("Đã lưu thông tin văn bản."));
    let asked = Asked { fields: true, ..Asked::default() };
    answer(outcome, done, |errors| again(&app, &permit, p, id, asked, |v| v.facts = form, errors)).await
}

/// `POST /van-ban/{id}/chap-nhan-chac-chan`
pub(in crate::documents) async fn accept_sure(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path(id): Path<Uuid>,
) -> Result {
    let done = service::accept_sure(&app, &permit, id).await?;
    Ok(back(id, None, Flash::ok(format!("Đã nhận {done} nhiệm vụ chắc chắn."))))
}
