//! Cards in plain words.

use kernel::{Error, Result, Timestamp, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one};

/// A card, with its article as it stands on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Card {
    /// Its id.
    pub id: Uuid,
    /// Its address.
    pub slug: String,
    /// A question or a sentence.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Address of the document.
    pub law_slug: String,
    /// Number of the document.
    pub law_number: String,
    /// How the document is called.
    pub law_name: String,
    /// Number of the article.
    pub article: String,
    /// Mark of the article's words when the card was written or last compared; empty when they were not at hand.
    pub mark: String,
    /// When that was, yyyymmdd.
    pub checked_on: i64,
    /// Do readers see it?
    pub shown: bool,
    /// Counts changes.
    pub version: i64,
    /// Who wrote it.
    pub written_name: String,
    /// When it was last changed, milliseconds.
    pub changed_at: i64,
    /// Heading of the article on the day, when its document is on the shelf.
    pub heading: Option<String>,
    /// Mark of the article's words on the day.
    pub now_mark: Option<String>,
    /// State of the article on the day.
    pub now_state: Option<String>,
}

const CARD: &str = "SELECT d.id, d.slug, d.title, d.body, d.law_slug, d.law_number, d.law_name, d.article, d.mark, d.checked_on, d.shown, d.version, \
                    d.written_name, d.changed_at, t.heading, t.mark AS now_mark, t.state AS now_state FROM law_cards d \
                    LEFT JOIN laws l ON l.slug = d.law_slug LEFT JOIN law_articles a ON a.law_id = l.id AND a.number = d.article \
                    LEFT JOIN law_texts t ON t.article_id = a.id AND t.from_on <= $1 AND t.to_on > $1";

/// Every card in order of title; `shown`: only those that readers see.
pub(crate) async fn cards(c: &impl ConnectionTrait, day: i64, shown: bool) -> Result<Vec<Card>> {
    let only = if shown { "WHERE d.shown" } else { "" };
    all(c, &format!("{CARD} {only} ORDER BY d.title_fold, d.id LIMIT 2000"), vec![day.into()]).await
}

/// Cards of one mark (kind, key) that readers see, in order of title.
pub(crate) async fn cards_marked(c: &impl ConnectionTrait, day: i64, (kind, key): (&str, &str)) -> Result<Vec<Card>> {
    let sql = format!(
        "{CARD} WHERE d.shown AND d.id IN (SELECT card_id FROM law_card_marks WHERE kind = $2 AND key = $3) ORDER BY d.title_fold, d.id LIMIT 500"
    );
    all(c, &sql, vec![day.into(), kind.into(), key.into()]).await
}

/// Cards about an article that readers see.
pub(crate) async fn cards_about(c: &impl ConnectionTrait, day: i64, slug: &str, article: &str) -> Result<Vec<Card>> {
    let sql = format!("{CARD} WHERE d.shown AND d.law_slug = $2 AND d.article = $3 ORDER BY d.title_fold, d.id");
    all(c, &sql, vec![day.into(), slug.into(), article.into()]).await
}

pub(crate) async fn card(c: &impl ConnectionTrait, day: i64, id: Uuid) -> Result<Option<Card>> {
    one(c, &format!("{CARD} WHERE d.id = $2"), vec![day.into(), id.into()]).await
}

pub(crate) async fn card_at(c: &impl ConnectionTrait, day: i64, slug: &str) -> Result<Option<Card>> {
    one(c, &format!("{CARD} WHERE d.slug = $2"), vec![day.into(), slug.into()]).await
}

/// Cards with these ids, in no order.
pub(crate) async fn cards_of(c: &impl ConnectionTrait, day: i64, ids: &[Uuid]) -> Result<Vec<Card>> {
    let mut params = Params::new();
    params.mark(day);
    let sql = format!("{CARD} WHERE d.id IN ({})", params.list(ids.iter().copied()));
    all(c, &sql, params.values()).await
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Ids after one, in their order.
pub(crate) async fn card_ids(c: &impl ConnectionTrait, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM law_cards WHERE id > $1 ORDER BY id LIMIT $2";
    let found: Vec<Id> = all(c, sql, vec![after.unwrap_or_default().into(), limit.into()]).await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// For whom, when in life, where a card is meant.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Mark {
    pub card_id: Uuid,
    pub kind: String,
    pub key: String,
}

/// Marks of these cards.
pub(crate) async fn marks(c: &impl ConnectionTrait, cards: &[Uuid]) -> Result<Vec<Mark>> {
    let mut params = Params::new();
    let list = params.list(cards.iter().copied());
    let sql = format!("SELECT card_id, kind, key FROM law_card_marks WHERE card_id IN ({list}) ORDER BY kind, key");
    all(c, &sql, params.values()).await
}

/// How many cards that readers see have a mark.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct MarkCount {
    pub kind: String,
    pub key: String,
    pub n: i64,
}

pub(crate) async fn mark_counts(c: &impl ConnectionTrait) -> Result<Vec<MarkCount>> {
    let sql = "SELECT m.kind, m.key, COUNT(*) AS n FROM law_card_marks m JOIN law_cards d ON d.id = m.card_id WHERE d.shown GROUP BY m.kind, m.key \
               ORDER BY m.kind, m.key";
    all(c, sql, vec![]).await
}

/// A locality by its code.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Place {
    pub code: String,
    pub name: String,
}

/// Provinces of today, in order.
pub(crate) async fn places(c: &impl ConnectionTrait, day: i64) -> Result<Vec<Place>> {
    let sql = "SELECT code, name FROM units WHERE level = 'province' AND valid_from <= $1 AND valid_to > $1 ORDER BY name_fold, id";
    all(c, sql, vec![day.into()]).await
}

/// Keeps a card with its marks: a new one, or one that was read at its version.
pub(crate) async fn save_card(
    c: &impl ConnectionTrait,
    card: &Card,
    marks: &[(&str, String)],
    new: bool,
    now: Timestamp,
) -> Result<()> {
    let fold = text::fold(&card.title);
    if new {
        let columns = [
            "id",
            "slug",
            "title",
            "title_fold",
            "body",
            "law_slug",
            "law_number",
            "law_name",
            "article",
            "mark",
            "checked_on",
            "shown",
            "version",
            "written_name",
            "changed_at",
        ];
        insert("law_cards", &columns)
            .row([
                card.id.into(),
                card.slug.as_str().into(),
                card.title.as_str().into(),
                fold.into(),
                card.body.as_str().into(),
                card.law_slug.as_str().into(),
                card.law_number.as_str().into(),
                card.law_name.as_str().into(),
                card.article.as_str().into(),
                card.mark.as_str().into(),
                card.checked_on.into(),
                card.shown.into(),
                0i64.into(),
                card.written_name.as_str().into(),
                now.0.into(),
            ])
            .run(c)
            .await?;
    } else {
        let sql = "UPDATE law_cards SET title = $1, title_fold = $2, body = $3, law_slug = $4, law_number = $5, law_name = $6, article = $7, mark = $8, \
                   checked_on = $9, shown = $10, written_name = $11, changed_at = $12, version = version + 1 WHERE id = $13 AND version = $14";
        let values = vec![
            card.title.as_str().into(),
            fold.into(),
            card.body.as_str().into(),
            card.law_slug.as_str().into(),
            card.law_number.as_str().into(),
            card.law_name.as_str().into(),
            card.article.as_str().into(),
            card.mark.as_str().into(),
            card.checked_on.into(),
            card.shown.into(),
            card.written_name.as_str().into(),
            now.0.into(),
            card.id.into(),
            card.version.into(),
        ];
        if exec(c, sql, values).await? != 1 {
            return Err(Error::Conflict("Người khác vừa thay đổi thẻ này. Hãy tải lại trang và làm lại.".into()));
        }
        exec(c, "DELETE FROM law_card_marks WHERE card_id = $1", vec![card.id.into()]).await?;
    }
    let mut block = insert("law_card_marks", &["card_id", "kind", "key"]);
    for (kind, key) in marks {
        block.push::<3>([card.id.into(), (*kind).into(), key.as_str().into()]);
    }
    block.run_with(c, "ON CONFLICT (card_id, kind, key) DO NOTHING").await
}
