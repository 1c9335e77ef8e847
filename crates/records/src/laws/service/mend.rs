//! Putting right what was wrongly read of a document that is on the shelf: words of an article, links to other documents. The law did not change, so an
//! article's versions keep their days.

use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Permit, Result, new_id, time};
use platform::{App, revision};
use serde_json::json;

use super::{
    note,
    shelve::{citations, mark_of},
};
use crate::laws::{
    model::{Held, Link, article_of, slug_of},
    policy::EditLaws,
    store::{self, Law, Mend, Text, Tie},
};

/// What of a document can be mended.
pub(crate) struct Through {
    pub law: Law,
    /// Every version of every article.
    pub texts: Vec<Text>,
    /// What it does to others and others to it.
    pub ties: Vec<Tie>,
    /// What was mended, the last first.
    pub mends: Vec<Mend>,
}

/// A document to be looked through.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn looked_through(app: &App, _: &Permit<EditLaws>, slug: &str) -> Result<Through> {
    let c = app.db.read();
    let law = store::law_at(c, slug).await?.ok_or(Error::NotFound)?;
    let (ids, slugs) = ([law.id], [law.slug.clone()]);
    let (texts, mut ties, to, mut mends) = tokio::try_join!(
        store::texts_of(c, &ids),
        store::ties_from(c, slug),
        store::ties_to(c, &slugs),
        store::mends(c, &ids)
    )?;
    ties.extend(to);
    mends.reverse();
    Ok(Through { law, texts, ties, mends })
}

/// An article's words that may have been wrongly read.
pub(crate) struct Mending {
    pub law: Law,
    pub text: Text,
}

/// The version of an article (the last part of its address) that begins on a day, yyyymmdd.
///
/// # Errors
/// [`Error::NotFound`], also when its words are not at hand.
pub(crate) async fn mending(
    app: &App,
    _: &Permit<EditLaws>,
    (slug, article, from): (&str, &str, &str),
) -> Result<Mending> {
    let c = app.db.read();
    let number = article_of(article).ok_or(Error::NotFound)?;
    let from: i64 = from.parse().map_err(|_| Error::NotFound)?;
    let law = store::law_at(c, slug).await?.ok_or(Error::NotFound)?;
    let versions = store::versions(c, law.id, &number).await?;
    let text = versions.into_iter().find(|text| text.from_on == from && text.held() == Held::Text);
    Ok(Mending { text: text.ok_or(Error::NotFound)?, law })
}

/// Words as somebody mends them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MendDraft {
    pub heading: String,
    /// Paragraphs, one a line.
    pub body: String,
    pub reason: String,
    /// Mark of the words that were mended.
    pub mark: String,
}

impl MendDraft {
    /// What is wrong with it, given the words as they stand.
    pub(crate) fn check(&self, text: &Text, errors: &mut FieldErrors) {
        if self.mark == text.mark && self.heading == text.heading && self.body == text.body {
            errors.add("noi_dung", "Lời chưa khác gì với lời đang có. Hãy sửa chỗ đọc sai.");
        }
    }
}

/// Mends the words of a version, which keeps its days. Cards and quotes are flagged only when words changed, not when they were laid out otherwise.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn mend(
    app: &App,
    permit: &Permit<EditLaws>,
    Mending { law, text: old }: &Mending,
    draft: &MendDraft,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    draft.check(old, &mut errors);
    errors.into_result(())?;
    let mut text = Text { heading: draft.heading.clone(), body: draft.body.clone(), ..old.clone() };
    text.mark = mark_of(&text.version().words);
    let said = |one: &Text| format!("{}\n{}", one.heading, one.body);
    let (before, after) = (said(old), said(&text));
    let same = before.split_whitespace().eq(after.split_whitespace());
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::mend_text(&*tx, &text, &draft.mark).await?;
    store::put_citations(&*tx, &citations(std::slice::from_ref(&text), &law.slug)).await?;
    if same {
        store::carry_cards(&*tx, (&law.slug, &text.number), (&old.mark, &text.mark)).await?;
    }
    let mend = Mend {
        id: new_id(),
        law_id: law.id,
        number: text.number.clone(),
        from_on: text.from_on,
        old_mark: old.mark.clone(),
        old_heading: old.heading.clone(),
        old_body: old.body.clone(),
        mark: text.mark,
        heading: text.heading,
        body: text.body,
        reason: draft.reason.clone(),
        by_name: permit.actor().name.clone(),
        at: now.0,
    };
    store::put_mend(&*tx, &mend).await?;
    store::touch_laws(&*tx, &[&law.slug], now).await?;
    let detail = json!({ "number": law.number, "article": mend.number, "from": mend.from_on, "reason": mend.reason });
    note(app, &tx, permit.actor(), ("laws.mend", "law", &[law.id]), detail).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// A link as somebody fills it in, seen from one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LinkDraft {
    /// The link as it was seen; nothing: a new one.
    pub old: Option<Tie>,
    /// It is only taken away.
    pub removed: bool,
    /// The document acts, in place of being acted upon.
    pub acts: bool,
    pub relation: String,
    /// Number of the other document.
    pub number: String,
    pub on: Option<NaiveDate>,
    pub reason: String,
}

/// Relations: key, as the one that acts, as the one acted upon.
pub(crate) const RELATIONS: [(&str, &str, &str); 3] = [
    ("amends", "Sửa đổi, bổ sung", "Được sửa đổi, bổ sung bởi"),
    ("replaces", "Thay thế", "Bị thay thế bởi"),
    ("repeals", "Bãi bỏ", "Bị bãi bỏ bởi"),
];

impl LinkDraft {
    fn link(&self, law: &Law, errors: &mut FieldErrors) -> Option<Link> {
        let relation = RELATIONS.iter().find(|(key, ..)| *key == self.relation).map(|(key, ..)| *key);
        if relation.is_none() {
            errors.add("quan_he", "Hãy chọn quan hệ giữa hai văn bản.");
        }
        let other = slug_of(&self.number);
        if other.is_empty() || other == law.slug {
            errors.add("so_hieu", "Hãy điền số hiệu của văn bản kia, ví dụ 14/2012/QH13.");
        }
        let on = self.on.map_or(0, time::date_to_int);
        let (mine, its) = (law.number.clone(), self.number.clone());
        let (from, to) = if self.acts { (mine, its) } else { (its, mine) };
        Some(Link { from, relation: relation?, to, on })
    }
}

/// Adds, corrects or takes away a link of a document.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`]; [`Error::Conflict`] when it changed meanwhile, or exists.
pub(crate) async fn change_link(app: &App, permit: &Permit<EditLaws>, slug: &str, draft: &LinkDraft) -> Result<()> {
    let law = store::law_at(app.db.read(), slug).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let link = if draft.removed { None } else { draft.link(&law, &mut errors) };
    errors.into_result(())?;
    let strange = |tie: &Tie| tie.from_slug != law.slug && tie.to_slug != law.slug;
    if draft.old.as_ref().is_some_and(strange) || draft.old.is_none() && draft.removed {
        return Err(Error::NotFound);
    }
    let mut touched = vec![law.slug.clone()];
    let told = |from: &str, relation: &str, to: &str, on: i64| json!({ "from": from, "relation": relation, "to": to, "on": on });
    let tx = app.db.begin().await?;
    let (mut before, mut after) = (None, None);
    if let Some(tie) = &draft.old {
        store::remove_link(&*tx, tie).await?;
        touched.extend([tie.from_slug.clone(), tie.to_slug.clone()]);
        before = Some(told(&tie.from_slug, &tie.relation, &tie.to_slug, tie.from_on));
    }
    if let Some(link) = &link {
        store::add_link(&*tx, link).await?;
        touched.extend([slug_of(&link.from), slug_of(&link.to)]);
        after = Some(told(&link.from, link.relation, &link.to, link.on));
    }
    let touched: Vec<&str> = touched.iter().map(String::as_str).collect();
    store::touch_laws(&*tx, &touched, app.clock.now()).await?;
    let detail = json!({ "number": law.number, "before": before, "after": after, "reason": draft.reason });
    note(app, &tx, permit.actor(), ("laws.link", "law", &[law.id]), detail).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}
