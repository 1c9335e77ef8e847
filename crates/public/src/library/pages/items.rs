//! Public items and collections.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Error, Page, Timestamp};
use platform::{
    App,
    languages::language_name,
    markdown::picture,
    web::{Chrome, Result, day},
};
use records::{
    activities::{definitions, name_in},
    library::{
        Collection, Line,
        model::{KINDS, RIGHTS, name_of},
        service::{self as library, ItemPage as Shown, Wanted},
    },
};

use super::{Turned, paging};
use crate::{
    library::views::{Tile, length},
    portal::{
        service::{Asked, HTML, answer, site, words},
        views::{Site, instant},
    },
};

#[derive(Template)]
#[template(path = "library/templates/list.html")]
struct ListPage {
    site: Site,
    p: Chrome,
    title: String,
    about: String,
    /// Path, name and whether it is this page: narrower lists.
    kinds: Vec<(String, &'static str, bool)>,
    collections: Vec<Collection>,
    list: Page<Tile>,
}

fn tiles(page: &Page<Line>) -> Page<Tile> {
    Page { rows: page.rows.iter().map(Tile::of).collect(), total: page.total, paging: page.paging }
}

async fn show_list(app: &App, asked: &Asked, (title, wish): (&str, Wanted), turned: &Turned) -> Result {
    let make = async || {
        let found = library::library_page(app, &wish, paging(turned)).await?;
        let site = site(app, asked).await?;
        let kinds = KINDS.iter().map(|(key, name)| (format!("/thu-vien/loai/{key}"), *name, wish.kind == *key));
        words(
            HTML,
            &ListPage {
                title: site.p.t(title).to_owned(),
                about: String::new(),
                p: site.p.clone(),
                site,
                kinds: kinds.collect(),
                collections: found.collections,
                list: tiles(&found.page),
            },
        )
    };
    Ok(answer(app, asked, make).await?)
}

/// `GET /thu-vien`
pub(in crate::library) async fn list(State(app): State<App>, asked: Asked, Query(turned): Query<Turned>) -> Result {
    show_list(&app, &asked, ("Thư viện tài liệu", Wanted::default()), &turned).await
}

/// `GET /thu-vien/loai/{kind}`
pub(in crate::library) async fn kind(
    State(app): State<App>,
    asked: Asked,
    Path(kind): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    let name = name_of(&KINDS, &kind);
    if name.is_empty() {
        return Err(Error::NotFound.into());
    }
    show_list(&app, &asked, (name, Wanted { kind, ..Wanted::default() }), &turned).await
}

/// `GET /thu-vien/linh-vuc/{field}`
pub(in crate::library) async fn field(
    State(app): State<App>,
    asked: Asked,
    Path(field): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    let known = definitions().fields.iter().any(|one| one.key == field);
    if !known {
        return Err(Error::NotFound.into());
    }
    let name = name_in(&definitions().fields, &field).to_owned();
    show_list(&app, &asked, (&name, Wanted { field, ..Wanted::default() }), &turned).await
}

/// `GET /thu-vien/tieng/{lang}`
pub(in crate::library) async fn lang(
    State(app): State<App>,
    asked: Asked,
    Path(lang): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    let name = language_name(&lang);
    if name.is_empty() {
        return Err(Error::NotFound.into());
    }
    show_list(&app, &asked, (name, Wanted { lang, ..Wanted::default() }), &turned).await
}

/// `GET /thu-vien/bo-suu-tap/{slug}`
pub(in crate::library) async fn collection(
    State(app): State<App>,
    asked: Asked,
    Path(slug): Path<String>,
    Query(turned): Query<Turned>,
) -> Result {
    let make = async || {
        let (one, page) = library::collection_page(&app, &slug, paging(&turned)).await?;
        let site = site(&app, &asked).await?;
        words(
            HTML,
            &ListPage {
                title: one.title,
                about: one.about,
                p: site.p.clone(),
                site,
                kinds: Vec::new(),
                collections: Vec::new(),
                list: tiles(&page),
            },
        )
    };
    Ok(answer(&app, &asked, make).await?)
}

#[derive(Template)]
#[template(path = "library/templates/item.html")]
struct ItemPage {
    site: Site,
    p: Chrome,
    shown: Shown,
    kind: &'static str,
    /// The photo in all its sizes.
    photo: String,
    day: String,
    iso: String,
    taken: String,
    length: String,
    rights: &'static str,
    more: Vec<Tile>,
}

impl ItemPage {
    fn has(&self, name: &str) -> bool {
        self.shown.renditions.iter().any(|one| one == name)
    }
}

/// `GET /thu-vien/{slug}`
pub(in crate::library) async fn item(State(app): State<App>, asked: Asked, Path(slug): Path<String>) -> Result {
    let make = async || {
        let shown = library::item_page(&app, &slug).await?;
        let site = site(&app, &asked).await?;
        let item = &shown.item;
        let address = format!("/anh/{}/{}x{}", item.id, item.width, item.height);
        words(
            HTML,
            &ItemPage {
                p: site.p.clone(),
                site,
                kind: name_of(&KINDS, &item.kind),
                photo: if item.kind == "photo" { picture(&address, &item.alt, "") } else { String::new() },
                day: Timestamp(item.shown_at).display(),
                iso: instant(item.shown_at),
                taken: if item.taken_on > 0 { day(item.taken_on) } else { String::new() },
                length: length(item.duration),
                rights: name_of(&RIGHTS, &item.rights),
                more: shown.more.iter().map(Tile::of).collect(),
                shown,
            },
        )
    };
    Ok(answer(&app, &asked, make).await?)
}
