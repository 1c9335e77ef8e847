//! Static pages.

use askama::Template;
use axum::extract::{Form, Path, State};
use kernel::{FieldErrors, Permit, Timestamp, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};

use crate::{
    publications::model::render,
    site::{
        forms::PageForm,
        policy::ArrangeSite,
        service,
        store::{EditionRow, PageRow},
    },
};

#[derive(Template)]
#[template(path = "site/templates/page.html")]
struct FixedPage {
    p: Chrome,
    /// None while it is new.
    row: Option<PageRow>,
    editions: Vec<EditionRow>,
    /// The newest edition as readers would see it.
    html: String,
    form: PageForm,
    errors: FieldErrors,
}

impl FixedPage {
    fn at(&self, at: &i64) -> String {
        Timestamp(*at).display()
    }
}

async fn view(
    app: &App,
    p: Chrome,
    id: Option<Uuid>,
    (form, errors): (Option<PageForm>, FieldErrors),
) -> kernel::Result<FixedPage> {
    let (row, editions) = match id {
        Some(id) => (Some(service::page(app, id).await?), service::editions(app, id).await?),
        None => (None, Vec::new()),
    };
    let html = row.as_ref().map_or(String::new(), |row| render(&row.body));
    let form = form.unwrap_or_else(|| row.as_ref().map_or_else(PageForm::default, PageForm::of));
    Ok(FixedPage { p, row, editions, html, form, errors })
}

/// `GET /giao-dien-cong/trang-moi`
pub(in crate::site) async fn form(State(app): State<App>, p: Chrome, _permit: Permit<ArrangeSite>) -> Result {
    show(&view(&app, p, None, (None, FieldErrors::default())).await?)
}

/// `POST /giao-dien-cong/trang-moi`
pub(in crate::site) async fn add(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSite>,
    Form(form): Form<PageForm>,
) -> Result {
    let saved = async {
        let mut errors = FieldErrors::default();
        let draft = form.read(&mut errors);
        errors.into_result(())?;
        service::add(&app, &permit, &draft).await
    };
    let outcome = saved.await;
    let done = |id| see_other(&path(id), Flash::ok("Đã lưu bản nháp của trang; bấm Đăng để mọi người đọc được."));
    answer(outcome, done, |errors| view(&app, p, None, (Some(form), errors))).await
}

fn path(id: Uuid) -> String {
    format!("/giao-dien-cong/trang/{id}")
}

/// `GET /giao-dien-cong/trang/{id}`
pub(in crate::site) async fn page(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<ArrangeSite>,
    Path(id): Path<Uuid>,
) -> Result {
    show(&view(&app, p, Some(id), (None, FieldErrors::default())).await?)
}

/// `POST /giao-dien-cong/trang/{id}`
pub(in crate::site) async fn change(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSite>,
    Path(id): Path<Uuid>,
    Form(form): Form<PageForm>,
) -> Result {
    service::page(&app, id).await?;
    let saved = async {
        let mut errors = FieldErrors::default();
        let draft = form.read(&mut errors);
        errors.into_result(())?;
        service::change(&app, &permit, (id, form.phien_ban.parse().unwrap_or(-1)), &draft).await
    };
    let outcome = saved.await;
    let done = |()| see_other(&path(id), Flash::ok("Đã lưu bản mới của trang; bấm Đăng để thay bản đang đăng."));
    answer(outcome, done, |errors| view(&app, p, Some(id), (Some(form), errors))).await
}

/// `POST /giao-dien-cong/trang/{id}/dang`
pub(in crate::site) async fn publish(
    State(app): State<App>,
    permit: Permit<ArrangeSite>,
    Path(id): Path<Uuid>,
) -> Result {
    service::publish(&app, &permit, id).await?;
    Ok(see_other(&path(id), Flash::ok("Đã đăng.")))
}

/// `POST /giao-dien-cong/trang/{id}/go`
pub(in crate::site) async fn withdraw(
    State(app): State<App>,
    permit: Permit<ArrangeSite>,
    Path(id): Path<Uuid>,
) -> Result {
    service::withdraw(&app, &permit, id).await?;
    Ok(see_other(&path(id), Flash::ok("Đã gỡ trang.")))
}
