//! What the bookshelf's templates receive.

use std::collections::HashSet;

use kernel::{Result, time};
use platform::{App, web::day};
use records::laws::{
    Text, Tie,
    model::{FOREVER, Level, article_slug, find_within, kind_name, name_of, paragraphs},
    service::known_addresses,
};

/// A day as shown; nothing when it is not known.
pub(super) fn shown(stored: i64) -> String {
    if stored == 0 { String::new() } else { day(stored) }
}

/// A day as addresses have it: `2020-01-01`.
pub(super) fn iso(stored: i64) -> String {
    time::date_from_int(stored).map_or(String::new(), |day| day.format("%Y-%m-%d").to_string())
}

/// The first of these days after a day, as addresses and people have it.
pub(super) fn ahead(day: i64, mut begins: impl Iterator<Item = i64>) -> Option<(String, String)> {
    begins.find(|from| *from > day).map(|from| (iso(from), shown(from)))
}

/// "từ … đến hết …" of an interval: first and last day, the last empty while it lasts.
pub(super) fn span(from: i64, to: i64) -> (String, String) {
    let last = time::date_from_int(to).filter(|_| to < FOREVER).and_then(|day| day.pred_opt());
    (shown(from), last.map_or(String::new(), time::display_date))
}

/// Words, and where they lead.
pub(super) struct Piece {
    pub words: String,
    /// Empty: nowhere.
    pub href: String,
}

/// A paragraph of an article.
pub(super) struct Para {
    pub anchor: String,
    pub point: bool,
    /// "Khoản 2".
    pub label: String,
    pub pieces: Vec<Piece>,
}

/// An article as shown.
pub(super) struct Shown {
    pub slug: String,
    pub name: String,
    pub state: String,
    pub cause: String,
    /// Divisions that begin with it, by depth.
    pub parts: Vec<String>,
    pub paras: Vec<Para>,
}

/// Articles of one document, with links to what is on the shelf: one statement for all of them.
///
/// # Errors
/// When the database refuses.
pub(super) async fn articles(app: &App, own: &str, texts: &[Text]) -> Result<Vec<Shown>> {
    let mut slugs: Vec<String> =
        texts.iter().flat_map(|text| find_within(&text.body, own)).map(|(_, slug, _)| slug).collect();
    slugs.sort();
    slugs.dedup();
    let there = known_addresses(app, &slugs).await?;
    let mut open: Vec<&str> = Vec::new();
    let mut out = Vec::with_capacity(texts.len());
    for text in texts {
        let parts: Vec<&str> = text.part.lines().collect();
        let shared = open.iter().zip(&parts).take_while(|(one, other)| one == other).count();
        out.push(Shown {
            slug: article_slug(&text.number),
            name: text.name(),
            state: text.state.clone(),
            cause: text.cause.clone(),
            parts: parts.iter().skip(shared).map(|part| (*part).to_owned()).collect(),
            paras: paras(&text.body, own, &there),
        });
        open = parts;
    }
    Ok(out)
}

fn paras(body: &str, own: &str, there: &HashSet<(String, String)>) -> Vec<Para> {
    let para = |one: records::laws::model::Para<'_>| Para {
        label: match one.level {
            Level::Plain => String::new(),
            Level::Clause => format!("Khoản {}", one.number),
            Level::Point => format!("Điểm {}", one.number),
        },
        point: one.level == Level::Point,
        pieces: pieces(one.text, own, there),
        anchor: one.anchor,
    };
    paragraphs(body).into_iter().map(para).collect()
}

fn pieces(text: &str, own: &str, there: &HashSet<(String, String)>) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut from = 0;
    for (range, slug, article) in find_within(text, own) {
        if !there.contains(&(slug.clone(), article.clone())) {
            continue;
        }
        out.push(Piece { words: text.get(from..range.start).unwrap_or_default().to_owned(), href: String::new() });
        let below = if article.is_empty() { String::new() } else { format!("/{}", article_slug(&article)) };
        out.push(Piece {
            words: text.get(range.clone()).unwrap_or_default().to_owned(),
            href: format!("/luat/{slug}{below}"),
        });
        from = range.end;
    }
    out.push(Piece { words: text.get(from..).unwrap_or_default().to_owned(), href: String::new() });
    out
}

/// What one document does to another, seen from one of them.
pub(super) struct Bond {
    /// "Bị thay thế bởi".
    pub label: &'static str,
    pub name: String,
    /// Empty when it is not on the shelf.
    pub path: String,
    /// Since when.
    pub on: String,
}

/// Bonds of a document; `to`: others act on it.
pub(super) fn bonds(ties: &[Tie], to: bool) -> Vec<Bond> {
    let bond = |tie: &Tie| {
        let (slug, number) = if to { (&tie.from_slug, &tie.from_number) } else { (&tie.to_slug, &tie.to_number) };
        let named = tie.title.as_ref().zip(tie.kind.as_ref());
        Bond {
            label: match (tie.relation.as_str(), to) {
                ("amends", true) => "Được sửa đổi, bổ sung bởi",
                ("amends", false) => "Sửa đổi, bổ sung",
                ("replaces", true) => "Bị thay thế bởi",
                ("replaces", false) => "Thay thế",
                (_, true) => "Bị bãi bỏ bởi",
                (_, false) => "Bãi bỏ",
            },
            name: match named {
                Some((title, kind)) => called(kind, number, title),
                None => number.clone(),
            },
            path: if named.is_some() { format!("/luat/{slug}") } else { String::new() },
            on: shown(tie.from_on),
        }
    };
    ties.iter().map(bond).collect()
}

/// Name and number of a document.
pub(super) fn called(kind: &str, number: &str, title: &str) -> String {
    let name = name_of(kind, number, title);
    if name.contains(number) { format!("{name} ({title})") } else { format!("{name} ({number})") }
}

/// Name of a kind.
pub(super) fn kind(key: &str) -> &'static str {
    kind_name(key)
}
