//! Collections.

use askama::Template;
use axum::extract::{Path, State};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};

use crate::library::{
    forms::CollectionForm,
    policy::{ReadLibrary, ShowLibrary},
    service,
    store::{self, Collection, Named},
};

#[derive(Template)]
#[template(path = "library/templates/collections.html")]
struct CollectionsPage {
    p: Chrome,
    collections: Vec<Collection>,
    /// The one that is being changed.
    at: Option<Uuid>,
    form: CollectionForm,
    errors: FieldErrors,
    /// Empty for who may not open one.
    owners: Vec<Named>,
}

async fn view(
    app: &App,
    p: Chrome,
    permit: Option<Permit<ShowLibrary>>,
    at: Option<Uuid>,
    (form, errors): (CollectionForm, FieldErrors),
) -> kernel::Result<CollectionsPage> {
    let c = app.db.read();
    let owners = match permit {
        Some(permit) => store::agencies(c, permit.roots()).await?,
        None => Vec::new(),
    };
    Ok(CollectionsPage { collections: store::collections(c, false).await?, p, at, form, errors, owners })
}

/// `GET /tu-lieu/bo-suu-tap`
pub(in crate::library) async fn list(State(app): State<App>, p: Chrome, permit: Permit<ReadLibrary>) -> Result {
    let shows = Permit::<ShowLibrary>::of(permit.actor());
    let form = CollectionForm { hien: "1".into(), ..CollectionForm::default() };
    show(&view(&app, p, shows, None, (form, FieldErrors::default())).await?)
}

async fn saved(
    app: &App,
    permit: &Permit<ShowLibrary>,
    at: Option<(Uuid, i64)>,
    form: &CollectionForm,
) -> kernel::Result<Uuid> {
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    errors.into_result(())?;
    service::save_collection(app, permit, at, draft).await
}

/// `POST /tu-lieu/bo-suu-tap`
pub(in crate::library) async fn open(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ShowLibrary>,
    Form(form): Form<CollectionForm>,
) -> Result {
    let outcome = saved(&app, &permit, None, &form).await;
    let done = |_| see_other("/tu-lieu/bo-suu-tap", Flash::ok("Đã lập bộ sưu tập."));
    answer(outcome, done, |errors| view(&app, p, Some(permit), None, (form, errors))).await
}

/// The collection that may be changed.
async fn mine(app: &App, permit: &Permit<ShowLibrary>, id: Uuid) -> kernel::Result<Collection> {
    let one = store::collection(app.db.read(), id).await?;
    one.filter(|one| permit.everywhere() || permit.roots().contains(&one.agency_id)).ok_or(Error::NotFound)
}

/// `GET /tu-lieu/bo-suu-tap/{id}`
pub(in crate::library) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ShowLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    let one = mine(&app, &permit, id).await?;
    let form = CollectionForm {
        co_quan: one.agency_id.to_string(),
        ten: one.title,
        gioi_thieu: one.about,
        hien: if one.shown { "1".into() } else { String::new() },
        phien_ban: one.version.to_string(),
    };
    show(&view(&app, p, Some(permit), Some(id), (form, FieldErrors::default())).await?)
}

/// `POST /tu-lieu/bo-suu-tap/{id}`
pub(in crate::library) async fn change(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ShowLibrary>,
    Path(id): Path<Uuid>,
    Form(form): Form<CollectionForm>,
) -> Result {
    mine(&app, &permit, id).await?;
    let outcome = saved(&app, &permit, Some((id, form.phien_ban.parse().unwrap_or(-1))), &form).await;
    let done = |_| see_other("/tu-lieu/bo-suu-tap", Flash::ok("Đã lưu bộ sưu tập."));
    answer(outcome, done, |errors| view(&app, p, Some(permit), Some(id), (form, errors))).await
}
