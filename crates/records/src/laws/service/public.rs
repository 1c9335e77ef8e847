//! What readers and the newsroom see of the shelf.

use std::collections::{HashMap, HashSet};

use kernel::{Error, Page, Paging, Result, time};
use platform::App;

use crate::laws::{
    model::{Facts, Held, Status, article_slug, name_of, slug_of, status},
    store::{self, Begins, Card, Citing, Law, Text, Tie, Wanted},
};

/// A document with its effect on a day.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The document.
    pub law: Law,
    /// Its effect on the day.
    pub status: Status,
    /// What is known of it.
    pub facts: Facts,
}

impl Standing {
    /// How it is called.
    pub fn name(&self) -> String {
        name_of(&self.law.kind, &self.law.number, &self.law.title)
    }
}

/// What is known of a document from itself and from what others do to it.
fn known(law: &Law, ties: &[Tie]) -> Facts {
    let mut facts = Facts {
        effect_from: law.effect_from,
        ended_on: law.ended_on,
        ends_sometime: false,
        changed_on: law.changed_on,
        checked_on: law.checked_on,
    };
    let earlier = |known: i64, day: i64| if known == 0 || day < known { day } else { known };
    for tie in ties.iter().filter(|tie| tie.to_slug == law.slug) {
        match (tie.relation.as_str(), tie.from_on) {
            ("amends", 0) => {}
            ("amends", day) => facts.changed_on = earlier(facts.changed_on, day),
            (_, 0) => facts.ends_sometime = facts.ended_on == 0,
            (_, day) => facts.ended_on = earlier(facts.ended_on, day),
        }
    }
    if facts.ended_on > 0 {
        facts.ends_sometime = false;
    }
    facts
}

/// Effect of documents on a day, in one statement.
///
/// # Errors
/// When the database refuses.
pub async fn standing(app: &App, laws: Vec<Law>, day: i64) -> Result<Vec<Standing>> {
    let slugs: Vec<String> = laws.iter().map(|law| law.slug.clone()).collect();
    let ties = store::ties_to(app.db.read(), &slugs).await?;
    let stands = |law: Law| {
        let facts = known(&law, &ties);
        Standing { status: status(&facts, day), facts, law }
    };
    Ok(laws.into_iter().map(stands).collect())
}

fn today(app: &App) -> i64 {
    time::date_to_int(app.clock.today())
}

/// A page of the shelf.
pub struct ListPage {
    /// Documents with their effect today.
    pub page: Page<Standing>,
    /// Key of each kind that occurs, and how many of it there are.
    pub kinds: Vec<(String, i64)>,
}

/// Documents of a kind (empty: all) with these words, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(app: &App, kind: &str, words: &str, paging: Paging) -> Result<ListPage> {
    let c = app.db.read();
    let wanted = Wanted { kind: kind.to_owned(), words: words.to_owned() };
    let (rows, total, kinds) =
        tokio::try_join!(store::laws(c, &wanted, paging), store::law_count(c, &wanted), store::kinds(c))?;
    let rows = standing(app, rows, today(app)).await?;
    let page = Page { rows, total: u64::try_from(total).unwrap_or(0), paging };
    Ok(ListPage { page, kinds: kinds.into_iter().map(|kind| (kind.kind, kind.n)).collect() })
}

/// The last documents that came onto the shelf.
///
/// # Errors
/// When the database refuses.
pub async fn newest(app: &App) -> Result<Vec<Law>> {
    store::newest(app.db.read(), 30).await
}

/// Addresses of documents and cards with their last change, milliseconds.
///
/// # Errors
/// When the database refuses.
pub async fn address_map(app: &App) -> Result<Vec<(String, i64)>> {
    let c = app.db.read();
    let laws = store::all_addresses(c).await?.into_iter().map(|law| (format!("/luat/{}", law.slug), law.changed_at));
    let cards = store::cards(c, today(app), true).await?.into_iter();
    Ok(laws.chain(cards.map(|card| (format!("/luat-cho-toi/{}", card.slug), card.changed_at))).collect())
}

/// Something on the shelf that was read.
pub struct ReadThing {
    /// What it is, in Vietnamese.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// How often it was read.
    pub views: i64,
}

/// What of the shelf was read most from a day to a day (yyyymmdd, both included).
///
/// # Errors
/// When the database refuses.
pub async fn most_read(app: &App, span: (i64, i64), most: i64) -> Result<Vec<ReadThing>> {
    let thing = |one: store::Read| {
        let (kind, title, path) = match one.kind.as_str() {
            "law" => ("Văn bản pháp luật", one.title, format!("/luat/{}", one.slug)),
            "card" => ("Luật cho tôi", one.title, format!("/luat-cho-toi/{}", one.slug)),
            _ => {
                let path = format!("/luat/{}/{}", one.slug, article_slug(&one.number));
                ("Điều luật", format!("Điều {}, {}", one.number, one.title), path)
            }
        };
        ReadThing { kind, title, path, views: one.views }
    };
    Ok(store::most_read(app.db.read(), span, most).await?.into_iter().map(thing).collect())
}

/// A document on a day.
pub struct Whole {
    /// The document and its effect.
    pub standing: Standing,
    /// The day.
    pub day: i64,
    /// Its articles as they stand on the day.
    pub texts: Vec<Text>,
    /// First days of its versions, how many articles begin with each, and what brought them.
    pub versions: Vec<(i64, i64, String)>,
    /// What others do to it.
    pub to: Vec<Tie>,
    /// What it does to others.
    pub from: Vec<Tie>,
    /// Articles that name it as a whole.
    pub citing: Vec<Citing>,
}

/// A document on a day (yyyymmdd; 0: today).
///
/// # Errors
/// [`Error::NotFound`].
pub async fn document_page(app: &App, slug: &str, day: i64) -> Result<Whole> {
    let c = app.db.read();
    let law = store::law_at(c, slug).await?.ok_or(Error::NotFound)?;
    let day = if day == 0 { today(app) } else { day };
    let (slugs, ids) = ([law.slug.clone()], [law.id]);
    let (to, from, texts, versions, citing) = tokio::try_join!(
        store::ties_to(c, &slugs),
        store::ties_from(c, slug),
        store::texts_on(c, &ids, day),
        store::begins(c, law.id),
        store::citing(c, slug, "", day)
    )?;
    let facts = known(&law, &to);
    let versions = versions.into_iter().map(|Begins { from_on, n, cause }| (from_on, n, cause)).collect();
    Ok(Whole { standing: Standing { status: status(&facts, day), facts, law }, day, texts, versions, to, from, citing })
}

/// An article on a day.
pub struct ArticlePage {
    /// Its document and the document's effect.
    pub standing: Standing,
    /// The day.
    pub day: i64,
    /// Every version, the earliest first.
    pub versions: Vec<Text>,
    /// Place of the one that holds on the day.
    pub at: Option<usize>,
    /// Number of the article before it.
    pub before: Option<String>,
    /// Number of the article after it.
    pub after: Option<String>,
    /// Articles that name it.
    pub citing: Vec<Citing>,
    /// Cards about it.
    pub cards: Vec<Card>,
}

/// An article on a day (yyyymmdd; 0: today).
///
/// # Errors
/// [`Error::NotFound`].
pub async fn article_page(app: &App, slug: &str, article: &str, day: i64) -> Result<ArticlePage> {
    let c = app.db.read();
    let law = store::law_at(c, slug).await?.ok_or(Error::NotFound)?;
    let on = if day == 0 { today(app) } else { day };
    let slugs = [law.slug.clone()];
    let (versions, ties, numbers, citing, cards) = tokio::try_join!(
        store::versions(c, law.id, article),
        store::ties_to(c, &slugs),
        store::articles_at(c, &slugs),
        store::citing(c, slug, article, on),
        store::cards_about(c, today(app), slug, article)
    )?;
    if versions.is_empty() {
        return Err(Error::NotFound);
    }
    let facts = known(&law, &ties);
    let place = numbers.iter().position(|one| one.number == article);
    let number = |at: Option<usize>| at.and_then(|at| numbers.get(at)).map(|one| one.number.clone());
    Ok(ArticlePage {
        at: versions.iter().position(|text| text.version().holds(on)),
        before: number(place.and_then(|at| at.checked_sub(1))),
        after: number(place.map(|at| at + 1)),
        standing: Standing { status: status(&facts, on), facts, law },
        day: on,
        versions,
        citing,
        cards,
    })
}

/// An article of the document with this number as its words stand on a day: its address and what it says. Nothing when the shelf has no words of it for that
/// day.
///
/// # Errors
/// When the database refuses.
pub async fn article_on(
    app: &App,
    number: &str,
    article: &str,
    day: chrono::NaiveDate,
) -> Result<Option<(String, Text)>> {
    let (c, slug, day) = (app.db.read(), slug_of(number), time::date_to_int(day));
    let Some(law) = store::law_at(c, &slug).await? else { return Ok(None) };
    let versions = store::versions(c, law.id, article).await?;
    let found = versions.into_iter().find(|text| text.version().holds(day) && text.held() == Held::Text);
    Ok(found.map(|text| (format!("/luat/{slug}/{}", article_slug(article)), text)))
}

/// Which of these documents and articles are on the shelf: (address, "") and (address, article).
///
/// # Errors
/// When the database refuses.
pub async fn known_addresses(app: &App, slugs: &[String]) -> Result<HashSet<(String, String)>> {
    if slugs.is_empty() {
        return Ok(HashSet::new());
    }
    let mut found = HashSet::new();
    for one in store::articles_at(app.db.read(), slugs).await? {
        found.insert((one.slug.clone(), String::new()));
        found.insert((one.slug, one.number));
    }
    Ok(found)
}

/// An article (or a whole document) that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stood {
    /// Where it can be read as it stood on the day.
    pub path: String,
    /// What it said on the day; nothing when the shelf does not have its words.
    pub words: Option<String>,
}

/// Those of these documents (address, "") and articles (address, number) that are on the shelf, as they stood on a day. At most two statements.
///
/// # Errors
/// When the database refuses.
pub async fn articles_on(
    app: &App,
    named: &[(String, String)],
    day: chrono::NaiveDate,
) -> Result<HashMap<(String, String), Stood>> {
    let each = |of: fn(&(String, String)) -> &String| {
        let mut all: Vec<String> = named.iter().map(of).filter(|one| !one.is_empty()).cloned().collect();
        all.sort();
        all.dedup();
        all
    };
    let (slugs, numbers) = (each(|one| &one.0), each(|one| &one.1));
    let there = known_addresses(app, &slugs).await?;
    let (then, now) = (time::date_to_int(day), today(app));
    let texts = match (there.is_empty(), numbers.is_empty()) {
        (false, false) => store::stands(app.db.read(), &slugs, &numbers, (then, now)).await?,
        _ => Vec::new(),
    };
    let stood = |one: &(String, String)| {
        let (slug, number) = one;
        let on = |day: i64| {
            let mine = texts.iter().filter(|text| text.slug == *slug && text.number == *number);
            mine.into_iter().find(|text| text.from_on <= day && day < text.to_on)
        };
        let mut path = format!("/luat/{slug}");
        if !number.is_empty() {
            path += &format!("/{}", article_slug(number));
        }
        let text = on(then);
        if text.is_some_and(|text| on(now).is_none_or(|other| other.mark != text.mark)) {
            path += &format!("?ngay={}", day.format("%Y-%m-%d"));
        }
        let words = text.filter(|text| Held::from_key(&text.state) == Held::Text);
        Stood { path, words: words.map(|text| format!("{}\n{}", text.heading, text.body)) }
    };
    Ok(named.iter().filter(|one| there.contains(*one)).map(|one| (one.clone(), stood(one))).collect())
}
