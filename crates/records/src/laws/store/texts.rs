//! Articles, their words by version, and what names them.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

use crate::laws::model::{Held, Version, Words};

/// Words of an article from a day to a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Text {
    /// Its id.
    pub id: Uuid,
    /// Its document.
    pub law_id: Uuid,
    /// Its article.
    pub article_id: Uuid,
    /// Number of the article.
    pub number: String,
    /// First day, yyyymmdd.
    pub from_on: i64,
    /// The day after the last.
    pub to_on: i64,
    /// `text`, `unknown` or `repealed`.
    pub state: String,
    /// Chapter, section, sub-section above it, one a line.
    pub part: String,
    /// Its heading.
    pub heading: String,
    /// Paragraphs, one a line.
    pub body: String,
    /// What brought this version.
    pub cause: String,
    /// Hash of what it says.
    pub mark: String,
}

impl Text {
    /// As the rules know it.
    pub fn version(&self) -> Version {
        Version {
            from: self.from_on,
            to: self.to_on,
            words: Words {
                held: self.held(),
                part: self.part.clone(),
                heading: self.heading.clone(),
                body: self.body.clone(),
                cause: self.cause.clone(),
            },
        }
    }

    /// Whether its words are at hand.
    pub fn held(&self) -> Held {
        Held::from_key(&self.state)
    }

    /// "Điều 11. Heading".
    pub fn name(&self) -> String {
        if self.heading.is_empty() {
            format!("Điều {}", self.number)
        } else {
            format!("Điều {}. {}", self.number, self.heading)
        }
    }
}

const TEXT: &str = "SELECT t.id, t.law_id, t.article_id, a.number, t.from_on, t.to_on, t.state, t.part, t.heading, t.body, t.cause, t.mark \
                    FROM law_texts t JOIN law_articles a ON a.id = t.article_id";

/// Every article of these documents as it stands on a day, in order; those without a version on that day are left out.
pub(crate) async fn texts_on(c: &impl ConnectionTrait, laws: &[Uuid], day: i64) -> Result<Vec<Text>> {
    let mut params = Params::new();
    let list = params.list(laws.iter().copied());
    let day = params.mark(day);
    let sql = format!(
        "{TEXT} WHERE t.law_id IN ({list}) AND t.from_on <= {day} AND t.to_on > {day} ORDER BY t.law_id, a.position, a.number"
    );
    all(c, &sql, params.values()).await
}

/// What of these documents is to be found on a day: every article as it stands, and those that are not in force yet as they will begin.
pub(crate) async fn texts_to_find(c: &impl ConnectionTrait, laws: &[Uuid], day: i64) -> Result<Vec<Text>> {
    let mut params = Params::new();
    let list = params.list(laws.iter().copied());
    let day = params.mark(day);
    let sql = format!(
        "{TEXT} WHERE t.law_id IN ({list}) AND t.to_on > {day} \
         AND (t.from_on <= {day} OR t.from_on = (SELECT MIN(f.from_on) FROM law_texts f WHERE f.article_id = t.article_id)) \
         ORDER BY t.law_id, a.position, a.number"
    );
    all(c, &sql, params.values()).await
}

#[derive(FromQueryResult)]
struct Changed {
    law_id: Uuid,
}

/// Documents of which a version of an article begins or ends after a day and no later than another.
pub(crate) async fn changed_between(c: &impl ConnectionTrait, after: i64, until: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT law_id FROM law_texts WHERE from_on > $1 AND from_on <= $2 OR to_on > $1 AND to_on <= $2 ORDER BY law_id";
    let found: Vec<Changed> = all(c, sql, vec![after.into(), until.into()]).await?;
    Ok(found.into_iter().map(|one| one.law_id).collect())
}

/// Every version of every article of these documents.
pub(crate) async fn texts_of(c: &impl ConnectionTrait, laws: &[Uuid]) -> Result<Vec<Text>> {
    let mut params = Params::new();
    let sql = format!(
        "{TEXT} WHERE t.law_id IN ({}) ORDER BY t.law_id, a.position, a.number, t.from_on",
        params.list(laws.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// Every version of one article, the earliest first.
pub(crate) async fn versions(c: &impl ConnectionTrait, law: Uuid, article: &str) -> Result<Vec<Text>> {
    let sql = format!("{TEXT} WHERE t.law_id = $1 AND a.number = $2 ORDER BY t.from_on");
    all(c, &sql, vec![law.into(), article.into()]).await
}

/// A day on which a version of a document begins, how many articles begin with it, and what brought it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Begins {
    pub from_on: i64,
    pub n: i64,
    pub cause: String,
}

/// Days on which versions of a document begin.
pub(crate) async fn begins(c: &impl ConnectionTrait, law: Uuid) -> Result<Vec<Begins>> {
    let sql = "SELECT from_on, COUNT(*) AS n, MAX(cause) AS cause FROM law_texts WHERE law_id = $1 GROUP BY from_on ORDER BY from_on";
    all(c, sql, vec![law.into()]).await
}

/// Number of an article.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Numbered {
    pub slug: String,
    pub number: String,
}

/// Which articles the documents at these addresses have.
pub(crate) async fn articles_at(c: &impl ConnectionTrait, slugs: &[String]) -> Result<Vec<Numbered>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT l.slug, a.number FROM laws l JOIN law_articles a ON a.law_id = l.id WHERE l.slug IN ({}) ORDER BY l.slug, a.position, a.number",
        params.list(slugs.iter().map(String::as_str))
    );
    all(c, &sql, params.values()).await
}

/// Words of an article of the document at an address.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Stands {
    pub slug: String,
    pub number: String,
    pub from_on: i64,
    pub to_on: i64,
    pub state: String,
    pub heading: String,
    pub body: String,
    pub mark: String,
}

/// Articles with these numbers of the documents at these addresses, as they stand on either of two days.
pub(crate) async fn stands(
    c: &impl ConnectionTrait,
    slugs: &[String],
    numbers: &[String],
    (one, other): (i64, i64),
) -> Result<Vec<Stands>> {
    let mut params = Params::new();
    let slugs = params.list(slugs.iter().map(String::as_str));
    let numbers = params.list(numbers.iter().map(String::as_str));
    let (one, other) = (params.mark(one), params.mark(other));
    let sql = format!(
        "SELECT l.slug, a.number, t.from_on, t.to_on, t.state, t.heading, t.body, t.mark FROM law_texts t \
         JOIN law_articles a ON a.id = t.article_id JOIN laws l ON l.id = t.law_id WHERE l.slug IN ({slugs}) AND a.number IN ({numbers}) \
         AND ((t.from_on <= {one} AND t.to_on > {one}) OR (t.from_on <= {other} AND t.to_on > {other}))"
    );
    all(c, &sql, params.values()).await
}

/// An article that names another.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Citing {
    /// Its document.
    pub slug: String,
    /// Number of the document.
    pub law_number: String,
    /// Kind of the document.
    pub kind: String,
    /// Title of the document.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Its heading.
    pub heading: String,
}

/// Articles whose words of a day name an article (empty: the document as a whole), at most 200.
pub(crate) async fn citing(c: &impl ConnectionTrait, slug: &str, article: &str, day: i64) -> Result<Vec<Citing>> {
    let sql = "SELECT l.slug, l.number AS law_number, l.kind, l.title, a.number, t.heading FROM law_citations n JOIN law_texts t ON t.id = n.text_id \
               JOIN law_articles a ON a.id = t.article_id JOIN laws l ON l.id = t.law_id \
               WHERE n.to_slug = $1 AND n.to_article = $2 AND t.from_on <= $3 AND t.to_on > $3 ORDER BY l.issued_on DESC, l.slug, a.position, a.number LIMIT 200";
    all(c, sql, vec![slug.into(), article.into(), day.into()]).await
}
