//! The public catalogue of models, exemplary collectives and persons.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Error, Page, text};
use platform::{
    App,
    markdown::{picture, render},
    web::{Chrome, Result},
};
use records::library::{
    Practice,
    model::{PRACTICES, practice_name},
    service::{self as library, PracticePage as Shown},
};

use super::{Turned, paging};
use crate::portal::{
    service::{Asked, HTML, answer, site, words},
    views::Site,
};

#[derive(Template)]
#[template(path = "library/templates/practices.html")]
struct ListPage {
    site: Site,
    p: Chrome,
    title: String,
    /// Path, name and whether it is this page.
    kinds: Vec<(String, &'static str, bool)>,
    list: Page<Practice>,
}

impl ListPage {
    fn kind(&self, one: &Practice) -> &'static str {
        practice_name(&one.kind)
    }

    fn short(&self, one: &Practice) -> String {
        text::shorten(&one.summary, 240)
    }
}

async fn show_list(app: &App, asked: &Asked, kind: &str, turned: &Turned) -> Result {
    let make = async || {
        let list = library::practices_page(app, kind, "", paging(turned)).await?;
        let site = site(app, asked).await?;
        let title = PRACTICES.iter().find(|(key, ..)| *key == kind).map_or("Mô hình, điển hình", |(_, _, name)| name);
        let kinds = PRACTICES.iter().map(|(key, _, name)| (format!("/mo-hinh/loai/{key}"), *name, *key == kind));
        words(
            HTML,
            &ListPage { title: site.p.t(title).to_owned(), p: site.p.clone(), site, kinds: kinds.collect(), list },
        )
    };
    Ok(answer(app, asked, make).await?)
}

/// `GET /mo-hinh`
pub(in crate::library) async fn list(State(app): State<App>, asked: Asked, Query(turned): Query<Turned>) -> Result {
    show_list(&app, &asked, "", &turned).await
}

/// `GET /mo-hinh/loai/{kind}`
pub(in crate::library) async fn kind(
    State(app): State<App>,
    asked: Asked,
    Path(kind): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    if practice_name(&kind).is_empty() {
        return Err(Error::NotFound.into());
    }
    show_list(&app, &asked, &kind, &turned).await
}

#[derive(Template)]
#[template(path = "library/templates/practice.html")]
struct PracticePage {
    site: Site,
    p: Chrome,
    shown: Shown,
    kind: &'static str,
    /// A photo, or the still of a video.
    photo: String,
    /// The page of the video.
    video: String,
    body: String,
    results: String,
}

/// `GET /mo-hinh/{slug}`
pub(in crate::library) async fn practice(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
    let make = async || {
        let shown = library::practice_page(&app, &slug).await?;
        let site = site(&app, &asked).await?;
        let (photo, video) = match &shown.media {
            Some((item, _)) if item.kind == "photo" => {
                let address = format!("/anh/{}/{}x{}", item.id, item.width, item.height);
                (picture(&address, &item.alt, &item.title), String::new())
            }
            Some((item, _)) => (String::new(), format!("/thu-vien/{}", item.slug)),
            None => (String::new(), String::new()),
        };
        words(
            HTML,
            &PracticePage {
                p: site.p.clone(),
                site,
                kind: practice_name(&shown.practice.kind),
                photo,
                video,
                body: render(&shown.practice.body),
                results: render(&shown.practice.results),
                shown,
            },
        )
    };
    Ok(answer(&app, &asked, make).await?)
}
