//! Where to find news by topic, locality and agency.

use askama::Template;
use axum::extract::{Path, Query, State};
use platform::{
    App,
    web::{Chrome, Result},
};
use records::publications::service::{self as publications, Directory};

use super::{Turned, paging, show_list};
use crate::portal::{
    service::{Asked, HTML, answer, site, words},
    views::Site,
};

#[derive(Template)]
#[template(path = "portal/templates/directory.html")]
struct DirectoryPage {
    site: Site,
    p: Chrome,
    directory: Directory,
}

/// `GET /danh-muc`
pub(in crate::portal) async fn page(State(app): State<App>, asked: Asked) -> Result {
    let make = async || {
        let directory = publications::directory(&app).await?;
        let site = site(&app, &asked).await?;
        words(HTML, &DirectoryPage { p: site.p.clone(), site, directory })
    };
    Ok(answer(&app, &asked, make).await?)
}

/// `GET /tin-dia-phuong/{code}`
pub(in crate::portal) async fn locality(
    State(app): State<App>,
    asked: Asked,
    Path(code): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    let found = async || publications::locality_page(&app, &code, paging(&turned)).await;
    show_list(&app, &asked, "/tin.atom".into(), found).await
}
