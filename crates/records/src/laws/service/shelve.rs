//! Putting documents onto the shelf: what is new is laid over what is known, article by article, so that doing it twice changes nothing.

use std::collections::{BTreeMap, HashMap};

use kernel::{Actor, Result, Uuid, new_id, time};
use platform::{App, revision, secrets};
use serde_json::json;

use super::note;
use crate::laws::{
    model::{Document, Held, Version, Words, codified, find_within, is_codified, lay, plain, slug_of},
    store::{self, Known, Law, Mend, Text},
};

/// What putting documents onto the shelf did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shelved {
    /// Documents that were told of.
    pub documents: usize,
    /// Articles that were told of.
    pub articles: usize,
    /// Documents that are new or changed.
    pub changed: usize,
}

/// Documents in one transaction; files with thousands of articles are written in blocks of so many.
const BLOCK: usize = 40;

/// Takes in a file: a topic of the codified law, or one document. Doing it again changes nothing.
///
/// # Errors
/// When the database refuses.
pub async fn import(app: &App, actor: &Actor, text: &str) -> Result<Shelved> {
    let today = time::date_to_int(app.clock.today());
    let documents = if is_codified(text) { codified(text, today) } else { vec![plain(text, 0)] };
    let mut all = Shelved::default();
    for block in documents.chunks(BLOCK) {
        let done = shelve(app, actor, block).await?;
        all.documents += done.documents;
        all.articles += done.articles;
        all.changed += done.changed;
    }
    Ok(all)
}

/// What one document becomes.
struct Change {
    law: Law,
    new: Vec<Known>,
    texts: Vec<Text>,
    cleared: Vec<Uuid>,
}

/// Lays documents over what is known of them. Those without a number are left out.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn shelve(app: &App, actor: &Actor, documents: &[Document]) -> Result<Shelved> {
    let documents: Vec<&Document> = documents.iter().filter(|one| !slug_of(&one.number).is_empty()).collect();
    let slugs: Vec<String> = documents.iter().map(|one| slug_of(&one.number)).collect();
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let known: HashMap<String, Law> =
        store::laws_at(&*tx, &slugs).await?.into_iter().map(|law| (law.slug.clone(), law)).collect();
    let ids: Vec<Uuid> = known.values().map(|law| law.id).collect();
    let mut articles: HashMap<(Uuid, String), Uuid> = HashMap::new();
    for one in store::known_articles(&*tx, &ids).await? {
        articles.insert((one.law_id, one.number), one.id);
    }
    let mut texts: HashMap<Uuid, Vec<Version>> = HashMap::new();
    for text in store::texts_of(&*tx, &ids).await? {
        texts.entry(text.article_id).or_default().push(text.version());
    }
    let mends = store::mends(&*tx, &ids).await?;
    let mut done = Shelved { documents: documents.len(), ..Shelved::default() };
    let mut changes: BTreeMap<String, Change> = BTreeMap::new();
    let mut links = Vec::new();
    for (document, slug) in documents.iter().zip(&slugs) {
        done.articles += document.articles.len();
        links.extend(document.links.iter().cloned());
        let change = change(document, slug, known.get(slug), &articles, (&texts, &mends), now.0);
        if let Some(change) = change {
            changes.insert(slug.clone(), change);
        }
    }
    if changes.is_empty() {
        return Ok(done);
    }
    done.changed = changes.len();
    let all = || changes.values();
    store::put_laws(&*tx, &all().map(|one| one.law.clone()).collect::<Vec<_>>()).await?;
    store::put_articles(&*tx, &all().flat_map(|one| one.new.clone()).collect::<Vec<_>>()).await?;
    store::clear_texts(&*tx, &all().flat_map(|one| one.cleared.clone()).collect::<Vec<_>>()).await?;
    store::put_texts(&*tx, &all().flat_map(|one| one.texts.clone()).collect::<Vec<_>>()).await?;
    store::put_citations(&*tx, &all().flat_map(|one| citations(&one.texts, &one.law.slug)).collect::<Vec<_>>()).await?;
    links.sort_by(|one, other| (&one.from, one.relation, &one.to).cmp(&(&other.from, other.relation, &other.to)));
    links.dedup_by(|one, other| (&one.from, one.relation, &one.to) == (&other.from, other.relation, &other.to));
    store::put_links(&*tx, &links).await?;
    let ids: Vec<Uuid> = all().map(|one| one.law.id).collect();
    let detail = json!({ "number": all().map(|one| one.law.number.as_str()).collect::<Vec<_>>().join(", ") });
    note(app, &tx, actor, ("laws.shelve", "law", &ids), detail).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(done)
}

/// What a document becomes; nothing when all of it was known.
fn change(
    document: &Document,
    slug: &str,
    known: Option<&Law>,
    articles: &HashMap<(Uuid, String), Uuid>,
    (texts, mends): (&HashMap<Uuid, Vec<Version>>, &[Mend]),
    now: i64,
) -> Option<Change> {
    let mut law = match known {
        Some(law) => law.clone(),
        None => Law {
            id: new_id(),
            number: document.number.clone(),
            slug: slug.to_owned(),
            added_at: now,
            ..Law::default()
        },
    };
    merge(&mut law, document);
    let mut change = Change { law, new: Vec::new(), texts: Vec::new(), cleared: Vec::new() };
    for (number, versions) in &document.articles {
        let id = articles.get(&(change.law.id, number.clone())).copied();
        let before = id.and_then(|id| texts.get(&id)).map(Vec::as_slice).unwrap_or_default();
        let mut after = before.to_vec();
        for version in versions {
            let mut version = version.clone();
            mended(mends, change.law.id, number, &mut version.words);
            if version.words.part.is_empty()
                && let Some(known) = before.first()
            {
                version.words.part.clone_from(&known.words.part);
            }
            // That words are not known says nothing against words that are.
            if version.words.held == Held::Unknown {
                after = before.iter().fold(lay(&after, version.clone()), |all, one| {
                    if one.words.held == Held::Text && one.from < version.to { lay(&all, one.clone()) } else { all }
                });
            } else {
                after = lay(&after, version);
            }
        }
        if after == before {
            continue;
        }
        let article = id.unwrap_or_else(|| {
            let article = new_id();
            change.new.push(Known { id: article, law_id: change.law.id, number: number.clone() });
            article
        });
        change.cleared.extend(id);
        if let Some(first) =
            after.iter().skip(1).map(|version| version.from).filter(|from| *from > change.law.effect_from).min()
            && (change.law.changed_on == 0 || first < change.law.changed_on)
        {
            change.law.changed_on = first;
        }
        change.texts.extend(after.into_iter().map(|version| row(change.law.id, article, number, version)));
    }
    let same = change.texts.is_empty() && known.is_some_and(|known| *known == change.law);
    if !same {
        change.law.changed_at = now;
    }
    (!same).then_some(change)
}

/// Facts that a newer reading tells; what it does not tell stays as it was.
fn merge(law: &mut Law, told: &Document) {
    let words = [
        (&mut law.kind, &told.kind),
        (&mut law.title, &told.title),
        (&mut law.issuer, &told.issuer),
        (&mut law.source, &told.source),
    ];
    for (known, told) in words {
        // The first source that names it stays.
        if known.is_empty() || (!told.is_empty() && known.as_str() == "khac") {
            known.clone_from(told);
        }
    }
    if law.issued_on == 0 {
        law.issued_on = told.issued_on;
    }
    if told.effect_from > 0 && (law.effect_from == 0 || told.effect_from < law.effect_from) {
        law.effect_from = told.effect_from;
    }
    if told.ended_on > 0 {
        law.ended_on = told.ended_on;
    }
    law.checked_on = law.checked_on.max(told.checked_on);
    law.sample |= told.sample;
}

fn row(law: Uuid, article: Uuid, number: &str, version: Version) -> Text {
    let words = version.words;
    Text {
        id: new_id(),
        law_id: law,
        article_id: article,
        number: number.to_owned(),
        mark: mark_of(&words),
        from_on: version.from,
        to_on: version.to,
        state: words.held.key().to_owned(),
        part: words.part,
        heading: words.heading,
        body: words.body,
        cause: words.cause,
    }
}

/// Hash of what words say.
pub(super) fn mark_of(words: &Words) -> String {
    let said = format!("{}\n{}\n{}", words.held.key(), words.heading, words.body);
    secrets::sha256(said.as_bytes()).chars().take(24).collect()
}

/// Puts right what was found wrongly read before; `mends` in their order.
pub(super) fn mended(mends: &[Mend], law: Uuid, number: &str, words: &mut Words) {
    let mut mends = mends.iter().filter(|mend| mend.law_id == law && mend.number == number).peekable();
    if words.held != Held::Text || mends.peek().is_none() {
        return;
    }
    let mut mark = mark_of(words);
    for mend in mends {
        if mend.old_mark == mark {
            words.heading.clone_from(&mend.heading);
            words.body.clone_from(&mend.body);
            mark.clone_from(&mend.mark);
        }
    }
}

/// What words of the document at an address name, itself as a whole left out.
pub(super) fn citations(texts: &[Text], own: &str) -> Vec<(Uuid, String, String)> {
    let mut out = Vec::new();
    for text in texts {
        let mut found: Vec<(String, String)> = find_within(&text.body, own)
            .into_iter()
            .map(|(_, slug, article)| (slug, article))
            .filter(|(slug, article)| *slug != own || !article.is_empty() && *article != text.number)
            .collect();
        found.sort();
        found.dedup();
        out.extend(found.into_iter().map(|(slug, article)| (text.id, slug, article)));
    }
    out
}
