//! Putting documents onto the shelf, many to a statement.

use kernel::{Result, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert};

use super::{Law, Text};
use crate::laws::model::{Link, kind_name, position_of, slug_of};

/// Words by which a document is found, each after a blank: number, kind and title, folded.
pub(crate) fn folded(kind: &str, number: &str, title: &str) -> String {
    format!(" {}", text::fold(&format!("{number} {} {title}", kind_name(kind))))
}

/// Writes documents, new or known by their address.
pub(crate) async fn put_laws(c: &impl ConnectionTrait, laws: &[Law]) -> Result<()> {
    let columns = [
        "id",
        "number",
        "slug",
        "kind",
        "title",
        "title_fold",
        "issuer",
        "issued_on",
        "effect_from",
        "ended_on",
        "checked_on",
        "changed_on",
        "source",
        "sample",
        "version",
        "added_at",
        "changed_at",
    ];
    let mut block = insert("laws", &columns);
    for law in laws {
        block.push::<17>([
            law.id.into(),
            law.number.as_str().into(),
            law.slug.as_str().into(),
            law.kind.as_str().into(),
            law.title.as_str().into(),
            folded(&law.kind, &law.number, &law.title).into(),
            law.issuer.as_str().into(),
            law.issued_on.into(),
            law.effect_from.into(),
            law.ended_on.into(),
            law.checked_on.into(),
            law.changed_on.into(),
            law.source.as_str().into(),
            law.sample.into(),
            law.version.into(),
            law.added_at.into(),
            law.changed_at.into(),
        ]);
    }
    let conflict = "ON CONFLICT (slug) DO UPDATE SET kind = excluded.kind, title = excluded.title, title_fold = excluded.title_fold, \
                    issuer = excluded.issuer, issued_on = excluded.issued_on, effect_from = excluded.effect_from, ended_on = excluded.ended_on, \
                    checked_on = excluded.checked_on, changed_on = excluded.changed_on, source = excluded.source, version = laws.version + 1, \
                    changed_at = excluded.changed_at";
    block.run_with(c, conflict).await
}

/// An article as it is known.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Known {
    pub id: Uuid,
    pub law_id: Uuid,
    pub number: String,
}

/// Articles of these documents.
pub(crate) async fn known_articles(c: &impl ConnectionTrait, laws: &[Uuid]) -> Result<Vec<Known>> {
    let mut params = Params::new();
    let list = params.list(laws.iter().copied());
    all(c, &format!("SELECT id, law_id, number FROM law_articles WHERE law_id IN ({list})"), params.values()).await
}

pub(crate) async fn put_articles(c: &impl ConnectionTrait, articles: &[Known]) -> Result<()> {
    let mut block = insert("law_articles", &["id", "law_id", "number", "position"]);
    for one in articles {
        let position = position_of(&one.number);
        block.push::<4>([one.id.into(), one.law_id.into(), one.number.as_str().into(), position.into()]);
    }
    block.run(c).await
}

/// Takes every version of these articles away, for others to be written.
pub(crate) async fn clear_texts(c: &impl ConnectionTrait, articles: &[Uuid]) -> Result<()> {
    for block in articles.chunks(400) {
        let mut params = Params::new();
        let list = params.list(block.iter().copied());
        let sql = format!(
            "DELETE FROM law_citations WHERE text_id IN (SELECT id FROM law_texts WHERE article_id IN ({list}))"
        );
        exec(c, &sql, params.values()).await?;
        exec(c, &format!("DELETE FROM law_texts WHERE article_id IN ({list})"), params.values()).await?;
    }
    Ok(())
}

pub(crate) async fn put_texts(c: &impl ConnectionTrait, texts: &[Text]) -> Result<()> {
    let columns =
        ["id", "law_id", "article_id", "from_on", "to_on", "state", "part", "heading", "body", "cause", "mark"];
    let mut block = insert("law_texts", &columns);
    for one in texts {
        block.push::<11>([
            one.id.into(),
            one.law_id.into(),
            one.article_id.into(),
            one.from_on.into(),
            one.to_on.into(),
            one.state.as_str().into(),
            one.part.as_str().into(),
            one.heading.as_str().into(),
            one.body.as_str().into(),
            one.cause.as_str().into(),
            one.mark.as_str().into(),
        ]);
    }
    block.run(c).await
}

/// Writes which text names what: its id, address of the document, article.
pub(crate) async fn put_citations(c: &impl ConnectionTrait, citations: &[(Uuid, String, String)]) -> Result<()> {
    let mut block = insert("law_citations", &["text_id", "to_slug", "to_article"]);
    for (text, slug, article) in citations {
        block.push::<3>([(*text).into(), slug.as_str().into(), article.as_str().into()]);
    }
    block.run_with(c, "ON CONFLICT (text_id, to_slug, to_article) DO NOTHING").await
}

/// Writes what files tell documents do to each other; a day that was not known may become known, not the reverse. What a person said of a link stays.
pub(crate) async fn put_links(c: &impl ConnectionTrait, links: &[Link]) -> Result<()> {
    let columns = ["from_slug", "relation", "to_slug", "from_number", "to_number", "from_on", "origin"];
    let mut block = insert("law_links", &columns);
    for link in links {
        block.push::<7>([
            slug_of(&link.from).into(),
            link.relation.into(),
            slug_of(&link.to).into(),
            link.from.as_str().into(),
            link.to.as_str().into(),
            link.on.into(),
            "read".into(),
        ]);
    }
    let conflict = "ON CONFLICT (from_slug, relation, to_slug) DO UPDATE SET from_on = CASE WHEN excluded.from_on = 0 OR law_links.origin <> 'read' \
                    THEN law_links.from_on ELSE excluded.from_on END";
    block.run_with(c, conflict).await
}
