//! Putting right what was wrongly read: words of an article, links between documents.

use kernel::{Error, Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert};

use super::{Text, Tie};
use crate::laws::model::{Link, slug_of};

/// Words of an article that were wrongly read, and what they were mended to.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Mend {
    pub id: Uuid,
    pub law_id: Uuid,
    pub number: String,
    pub from_on: i64,
    pub old_mark: String,
    pub old_heading: String,
    pub old_body: String,
    pub mark: String,
    pub heading: String,
    pub body: String,
    pub reason: String,
    pub by_name: String,
    pub at: i64,
}

/// Mends of these documents in their order.
pub(crate) async fn mends(c: &impl ConnectionTrait, laws: &[Uuid]) -> Result<Vec<Mend>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT id, law_id, number, from_on, old_mark, old_heading, old_body, mark, heading, body, reason, by_name, at FROM law_mends \
         WHERE law_id IN ({}) ORDER BY law_id, at, id",
        params.list(laws.iter().copied())
    );
    all(c, &sql, params.values()).await
}

pub(crate) async fn put_mend(c: &impl ConnectionTrait, mend: &Mend) -> Result<()> {
    let columns = [
        "id",
        "law_id",
        "number",
        "from_on",
        "old_mark",
        "old_heading",
        "old_body",
        "mark",
        "heading",
        "body",
        "reason",
        "by_name",
        "at",
    ];
    insert("law_mends", &columns)
        .row([
            mend.id.into(),
            mend.law_id.into(),
            mend.number.as_str().into(),
            mend.from_on.into(),
            mend.old_mark.as_str().into(),
            mend.old_heading.as_str().into(),
            mend.old_body.as_str().into(),
            mend.mark.as_str().into(),
            mend.heading.as_str().into(),
            mend.body.as_str().into(),
            mend.reason.as_str().into(),
            mend.by_name.as_str().into(),
            mend.at.into(),
        ])
        .run(c)
        .await
}

/// Changes the words of one version, which said what `mark` tells; what it names is taken away, for the new to be written.
pub(crate) async fn mend_text(c: &impl ConnectionTrait, text: &Text, mark: &str) -> Result<()> {
    let sql = "UPDATE law_texts SET heading = $1, body = $2, mark = $3 WHERE id = $4 AND mark = $5";
    let values = vec![
        text.heading.as_str().into(),
        text.body.as_str().into(),
        text.mark.as_str().into(),
        text.id.into(),
        mark.into(),
    ];
    if exec(c, sql, values).await? != 1 {
        return Err(Error::Conflict(
            "Người khác vừa sửa điều này. Lời bạn đã gõ còn ở dưới: hãy so với lời hiện có rồi lưu lại.".into(),
        ));
    }
    exec(c, "DELETE FROM law_citations WHERE text_id = $1", vec![text.id.into()]).await?;
    Ok(())
}

/// Cards that were compared with words keep being so when only the spelling of the same words changes.
pub(crate) async fn carry_cards(
    c: &impl ConnectionTrait,
    (slug, article): (&str, &str),
    (old, new): (&str, &str),
) -> Result<()> {
    let sql = "UPDATE law_cards SET mark = $1 WHERE law_slug = $2 AND article = $3 AND mark = $4";
    exec(c, sql, vec![new.into(), slug.into(), article.into(), old.into()]).await?;
    Ok(())
}

/// Notes that readers see something else of the documents at these addresses.
pub(crate) async fn touch_laws(c: &impl ConnectionTrait, slugs: &[&str], now: Timestamp) -> Result<()> {
    let mut params = Params::new();
    let at = params.mark(now.0);
    let sql = format!("UPDATE laws SET changed_at = {at} WHERE slug IN ({})", params.list(slugs.iter().copied()));
    exec(c, &sql, params.values()).await?;
    Ok(())
}

/// Takes a link away, as it was seen; no file brings it back.
pub(crate) async fn remove_link(c: &impl ConnectionTrait, tie: &Tie) -> Result<()> {
    let sql = "UPDATE law_links SET origin = 'removed' WHERE from_slug = $1 AND relation = $2 AND to_slug = $3 AND from_on = $4 \
               AND origin <> 'removed'";
    let values = vec![
        tie.from_slug.as_str().into(),
        tie.relation.as_str().into(),
        tie.to_slug.as_str().into(),
        tie.from_on.into(),
    ];
    match exec(c, sql, values).await? {
        1 => Ok(()),
        _ => Err(Error::Conflict(
            "Người khác vừa sửa hoặc bỏ liên kết này. Điều bạn đã điền còn ở dưới; hãy xem lại danh sách liên kết trước khi lưu."
                .into(),
        )),
    }
}

/// Writes a link by hand.
pub(crate) async fn add_link(c: &impl ConnectionTrait, link: &Link) -> Result<()> {
    let sql = "INSERT INTO law_links (from_slug, relation, to_slug, from_number, to_number, from_on, origin) \
               VALUES ($1, $2, $3, $4, $5, $6, 'hand') \
               ON CONFLICT (from_slug, relation, to_slug) DO UPDATE SET from_on = excluded.from_on, origin = excluded.origin \
               WHERE law_links.origin = 'removed'";
    let values = vec![
        slug_of(&link.from).into(),
        link.relation.into(),
        slug_of(&link.to).into(),
        link.from.as_str().into(),
        link.to.as_str().into(),
        link.on.into(),
    ];
    match exec(c, sql, values).await? {
        1 => Ok(()),
        _ => Err(Error::Conflict("Liên kết này đã có; hãy sửa liên kết ấy nếu cần.".into())),
    }
}
