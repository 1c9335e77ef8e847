//! Packages for broadcasters.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use axum_extra::extract::Form;
use kernel::{FieldErrors, Permit, Timestamp, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};

use super::files::give;
use crate::library::{
    forms::PackageForm,
    policy::{KeepLibrary, ReadLibrary},
    service,
    store::{self, Line, Named, Package},
    views::weight,
};

#[derive(Template)]
#[template(path = "library/templates/packages.html")]
struct PackagesPage {
    p: Chrome,
    packages: Vec<Package>,
    /// What came back with faults: the chosen items are still there.
    form: PackageForm,
    chosen: Vec<Line>,
    owners: Vec<Named>,
    errors: FieldErrors,
}

impl PackagesPage {
    fn made(&self, package: &Package) -> String {
        Timestamp(package.made_at).display()
    }

    fn weight(&self, package: &Package) -> String {
        weight(package.size)
    }
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadLibrary>,
    (form, errors): (PackageForm, FieldErrors),
) -> kernel::Result<PackagesPage> {
    let c = app.db.read();
    let owners = match Permit::<KeepLibrary>::of(permit.actor()) {
        Some(keep) => store::agencies(c, keep.roots()).await?,
        None => Vec::new(),
    };
    let ids: Vec<Uuid> = form.tu_lieu.iter().filter_map(|id| Uuid::parse_str(id).ok()).collect();
    let chosen = service::seen(app, permit, &ids).await?;
    Ok(PackagesPage { packages: service::packages(app, permit).await?, chosen, p, form, owners, errors })
}

/// `GET /tu-lieu/goi`
pub(in crate::library) async fn list(State(app): State<App>, p: Chrome, permit: Permit<ReadLibrary>) -> Result {
    show(&view(&app, p, &permit, (PackageForm::default(), FieldErrors::default())).await?)
}

/// `POST /tu-lieu/goi`
pub(in crate::library) async fn ask(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepLibrary>,
    Form(form): Form<PackageForm>,
) -> Result {
    let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(kernel::Error::Denied)?;
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::ask_package(&app, &permit, draft).await,
        Err(error) => Err(error),
    };
    let done = |_| see_other("/tu-lieu/goi", Flash::ok("Đang lập gói; tải lại trang sau ít phút để lấy tệp."));
    answer(outcome, done, |errors| view(&app, p, &read, (form, errors))).await
}

/// `GET /tu-lieu/goi/{id}/tep`
pub(in crate::library) async fn file(
    State(app): State<App>,
    permit: Permit<ReadLibrary>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result {
    give(&app, &service::open_package(&app, &permit, id).await?, &headers).await
}
