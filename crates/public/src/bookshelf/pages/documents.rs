//! Documents and their articles.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{
    Error, Page, Paging,
    difference::{Piece as Change, difference},
};
use platform::{
    App,
    web::{Chrome, Result},
};
use records::laws::{
    Card, Citing,
    model::{article_of, article_slug},
    service::{self as laws, Standing},
};

use super::Chosen;
use crate::{
    bookshelf::views::{Bond, Shown, ahead, articles, bonds, called, iso, kind as kind_of, shown, span},
    portal::{
        service::{Asked, HTML, answer, fresh, read, site, words},
        views::Site,
    },
};

/// Documents on a page of the list.
const SIZE: u32 = 50;

#[derive(Template)]
#[template(path = "bookshelf/templates/list.html")]
struct ListPage {
    site: Site,
    p: Chrome,
    title: &'static str,
    /// Key, name, number of documents and whether it is shown.
    kinds: Vec<(String, &'static str, i64, bool)>,
    list: Page<Standing>,
}

impl ListPage {
    fn day(&self, stored: &i64) -> String {
        shown(*stored)
    }
}

async fn show_list(app: &App, asked: &Asked, kind: &str, chosen: &Chosen) -> Result {
    let make = async || {
        if !kind.is_empty() && kind_of(kind).is_empty() {
            return Err(Error::NotFound);
        }
        let paging = Paging { size: SIZE, ..Paging::new(chosen.trang) };
        let listed = laws::list(app, kind, "", paging).await?;
        if listed.page.rows.is_empty() && paging.number > 1 {
            return Err(Error::NotFound);
        }
        let site = site(app, asked).await?;
        let kinds = listed.kinds.into_iter().map(|(key, n)| {
            let (name, current) = (kind_of(&key), key == kind);
            (key, name, n, current)
        });
        let title = if kind.is_empty() { "Tủ sách pháp luật" } else { kind_of(kind) };
        words(HTML, &ListPage { p: site.p.clone(), site, title, kinds: kinds.collect(), list: listed.page })
    };
    Ok(answer(app, asked, make).await?)
}

/// `GET /luat`
pub(in crate::bookshelf) async fn list(State(app): State<App>, asked: Asked, Query(chosen): Query<Chosen>) -> Result {
    show_list(&app, &asked, "", &chosen).await
}

/// `GET /luat/loai/{kind}`
pub(in crate::bookshelf) async fn kind(
    State(app): State<App>,
    asked: Asked,
    Path(kind): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result {
    show_list(&app, &asked, &kind, &chosen).await
}

#[derive(Template)]
#[template(path = "bookshelf/templates/document.html")]
struct DocumentPage {
    site: Site,
    p: Chrome,
    standing: Standing,
    /// Is all of its text shown?
    full: bool,
    /// The day as shown, and as addresses have it (empty: today).
    day: String,
    chosen: String,
    articles: Vec<Shown>,
    /// When the next version begins, as addresses and people have it.
    ahead: Option<(String, String)>,
    /// First day as addresses and people have it, number of articles, cause.
    versions: Vec<(String, String, i64, String)>,
    bonds: Vec<Bond>,
    citing: Vec<Citing>,
}

impl DocumentPage {
    fn path(&self) -> String {
        format!("/luat/{}", self.standing.law.slug)
    }

    fn shown(&self, stored: &i64) -> String {
        shown(*stored)
    }

    fn called(&self, one: &Citing) -> String {
        called(&one.kind, &one.law_number, &one.title)
    }

    fn address(&self, one: &Citing) -> String {
        format!("/luat/{}/{}", one.slug, article_slug(&one.number))
    }

    /// "?ngay=…" for links to the same day.
    fn on(&self) -> String {
        if self.chosen.is_empty() { String::new() } else { format!("?ngay={}", self.chosen) }
    }
}

async fn show_document(app: &App, asked: &Asked, slug: &str, chosen: &Chosen, full: bool) -> Result {
    let day = chosen.day()?;
    let make = async || {
        let page = laws::document_page(app, slug, day).await?;
        let articles = articles(app, slug, &page.texts).await?;
        let site = site(app, asked).await?;
        let mut bound = bonds(&page.to, true);
        bound.extend(bonds(&page.from, false));
        read(
            "law",
            page.standing.law.id,
            &DocumentPage {
                p: site.p.clone(),
                site,
                full,
                day: shown(page.day),
                chosen: iso(day),
                articles,
                ahead: ahead(page.day, page.versions.iter().map(|(from, ..)| *from)),
                versions: page
                    .versions
                    .into_iter()
                    .map(|(from, n, cause)| (iso(from), shown(from), n, cause))
                    .collect(),
                bonds: bound,
                citing: page.citing,
                standing: page.standing,
            },
        )
    };
    Ok(if day == 0 { answer(app, asked, make).await? } else { fresh(asked, make).await? })
}

/// `GET /luat/{slug}`
pub(in crate::bookshelf) async fn document(
    State(app): State<App>,
    asked: Asked,
    Path(slug): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result {
    show_document(&app, &asked, &slug, &chosen, false).await
}

/// `GET /luat/{slug}/toan-van`: all of its text, for reading and print.
pub(in crate::bookshelf) async fn whole(
    State(app): State<App>,
    asked: Asked,
    Path(slug): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result {
    show_document(&app, &asked, &slug, &chosen, true).await
}

#[derive(Template)]
#[template(path = "bookshelf/templates/article.html")]
struct ArticlePage {
    site: Site,
    p: Chrome,
    standing: Standing,
    number: String,
    day: String,
    chosen: String,
    /// As it stands on the day, if it does.
    shown: Option<Shown>,
    /// When the next version begins, as addresses and people have it.
    ahead: Option<(String, String)>,
    parts: Vec<String>,
    /// First day as addresses have it, first and last day as shown, cause, and whether it is shown.
    versions: Vec<(String, String, String, String, bool)>,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
    citing: Vec<Citing>,
    cards: Vec<Card>,
}

impl ArticlePage {
    fn called(&self, one: &Citing) -> String {
        called(&one.kind, &one.law_number, &one.title)
    }

    fn address(&self, one: &Citing) -> String {
        format!("/luat/{}/{}", one.slug, article_slug(&one.number))
    }

    fn on(&self) -> String {
        if self.chosen.is_empty() { String::new() } else { format!("?ngay={}", self.chosen) }
    }
}

/// `GET /luat/{slug}/{article}`
pub(in crate::bookshelf) async fn article(
    State(app): State<App>,
    asked: Asked,
    Path((slug, article)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Result {
    let day = chosen.day()?;
    let make = async || {
        let number = article_of(&article).ok_or(Error::NotFound)?;
        let page = laws::article_page(&app, &slug, &number, day).await?;
        let holds = page.at.and_then(|at| page.versions.get(at));
        let text = articles(&app, &slug, holds.map(std::slice::from_ref).unwrap_or_default()).await?;
        let site = site(&app, &asked).await?;
        let versions = page.versions.iter().enumerate().map(|(at, text)| {
            let (first, last) = span(text.from_on, text.to_on);
            (iso(text.from_on), first, last, text.cause.clone(), page.at == Some(at))
        });
        let neighbour = |number: Option<String>| number.map(|number| (article_slug(&number), number));
        let id = page.versions.first().map_or(page.standing.law.id, |text| text.article_id);
        read(
            "law_article",
            id,
            &ArticlePage {
                p: site.p.clone(),
                site,
                day: shown(page.day),
                chosen: iso(day),
                parts: holds.map(|text| text.part.lines().map(str::to_owned).collect()).unwrap_or_default(),
                shown: text.into_iter().next(),
                ahead: ahead(page.day, page.versions.iter().map(|text| text.from_on)),
                versions: versions.collect(),
                before: neighbour(page.before),
                after: neighbour(page.after),
                number,
                standing: page.standing,
                citing: page.citing,
                cards: page.cards,
            },
        )
    };
    Ok(if day == 0 { answer(&app, &asked, make).await? } else { fresh(&asked, make).await? })
}

#[derive(Template)]
#[template(path = "bookshelf/templates/changes.html")]
struct ChangesPage {
    site: Site,
    p: Chrome,
    standing: Standing,
    number: String,
    slug: String,
    /// First day, cause, and what it says otherwise than before; `None` when either text is not at hand.
    changes: Vec<(String, String, Option<Vec<Change>>)>,
}

/// `GET /luat/{slug}/{article}/thay-doi`: each version beside the one before it.
pub(in crate::bookshelf) async fn changes(
    State(app): State<App>,
    asked: Asked,
    Path((slug, article)): Path<(String, String)>,
) -> Result {
    let make = async || {
        let number = article_of(&article).ok_or(Error::NotFound)?;
        let page = laws::article_page(&app, &slug, &number, 0).await?;
        let said = |text: &records::laws::Text| match text.state.as_str() {
            "text" => Some(format!("{}\n{}", text.name(), text.body)),
            "repealed" => Some(String::new()),
            _ => None,
        };
        let changes = page.versions.windows(2).filter_map(|pair| {
            let [before, after] = pair else { return None };
            let pieces = said(before).zip(said(after)).map(|(old, new)| difference(&old, &new));
            Some((shown(after.from_on), after.cause.clone(), pieces))
        });
        let changes = changes.collect();
        let site = site(&app, &asked).await?;
        words(
            HTML,
            &ChangesPage { p: site.p.clone(), site, number, slug: article.clone(), changes, standing: page.standing },
        )
    };
    Ok(answer(&app, &asked, make).await?)
}
