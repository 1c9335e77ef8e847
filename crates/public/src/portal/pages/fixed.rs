//! Static pages.

use askama::Template;
use axum::extract::{Path, State};
use platform::{
    App,
    web::{Chrome, Result},
};
use records::{publications::model::render, site::service as face};

use crate::portal::{
    service::{Asked, HTML, answer, site, words},
    views::Site,
};

#[derive(Template)]
#[template(path = "portal/templates/fixed.html")]
struct FixedPage {
    site: Site,
    p: Chrome,
    title: String,
    html: String,
    public: bool,
}

/// `GET /trang/{slug}`
pub(in crate::portal) async fn page(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
    let make = async || {
        let page = face::live(&app, &slug).await?;
        let site = site(&app, &asked).await?;
        let html = render(&page.body);
        words(HTML, &FixedPage { p: site.p.clone(), site, title: page.title, html, public: page.public })
    };
    Ok(answer(&app, &asked, make).await?)
}
