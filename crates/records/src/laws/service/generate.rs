//! The bookshelf of a demonstration, by the same rules as real people.

use chrono::NaiveDate;
use kernel::{Actor, Error, Permit, Result, time};
use platform::App;

use super::{CardDraft, cards::topics, save, shelve};
use crate::laws::{
    model::{Document, Link, Version, Words, plain},
    policy::EditLaws,
    samples::{Later, Sample, cards, laws},
};

/// Puts the sample documents and the cards onto the shelf; how many of each. `place`: code of the province. Cards that exist are left alone.
///
/// # Errors
/// When the database refuses, or a rule does: then the demonstration contradicts the program.
pub async fn generate(app: &App, editor: &Actor, place: &str) -> Result<(usize, usize)> {
    let edit: Permit<EditLaws> = Permit::of(editor).ok_or(Error::Denied)?;
    let today = time::date_to_int(app.clock.today());
    let samples = laws().map_err(Error::internal)?;
    let documents: Vec<Document> = samples.iter().map(|sample| document(sample, today)).collect();
    shelve(app, editor, &documents).await?;
    let cards = cards().map_err(Error::internal)?;
    let lists = topics(app).await?;
    let places = lists.into_iter().find(|(kind, _)| *kind == "place").map(|(_, list)| list).unwrap_or_default();
    // A province that was changed has the year behind its code: "p19.2025".
    let is_here = |key: &str| key.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let here = places.into_iter().find(|topic| is_here(&topic.key)).map(|topic| topic.key);
    for card in &cards {
        let groups = card.groups.iter().map(|key| ("group", key.clone()));
        let events = card.events.iter().map(|key| ("event", key.clone()));
        let here = here.iter().filter(|_| card.here).map(|key| ("place", key.clone()));
        let draft = CardDraft {
            title: card.title.clone(),
            body: card.body.trim().to_owned(),
            number: card.number.clone(),
            law_name: card.law.clone(),
            article: card.article.clone(),
            marks: groups.chain(events).chain(here).collect(),
            shown: true,
        };
        save(app, &edit, None, &draft).await?;
    }
    Ok((documents.len(), cards.len()))
}

fn document(sample: &Sample, today: i64) -> Document {
    let effect = time::date_to_int(sample.effect);
    let mut articles = plain(&sample.printed(&sample.text), effect).articles;
    for later in &sample.later {
        further(&mut articles, sample, later);
    }
    let link = |relation, to: &String| Link { from: sample.number.clone(), relation, to: to.clone(), on: effect };
    let replaces = sample.replaces.iter().map(|to| link("replaces", to));
    let amends = sample.amends.iter().map(|to| link("amends", to));
    Document {
        number: sample.number.clone(),
        kind: sample.kind.clone(),
        title: sample.title.clone(),
        issuer: sample.issuer.clone(),
        issued_on: time::date_to_int(sample.issued),
        effect_from: effect,
        ended_on: 0,
        checked_on: today,
        source: "Văn bản mẫu của chương trình".into(),
        sample: true,
        articles,
        links: replaces.chain(amends).collect(),
    }
}

fn further(articles: &mut Vec<(String, Vec<Version>)>, sample: &Sample, later: &Later) {
    let on = |day: NaiveDate| time::date_to_int(day);
    for (number, versions) in plain(&sample.printed(&later.text), on(later.effect)).articles {
        let versions = versions
            .into_iter()
            .map(|version| Version { words: Words { cause: later.cause.clone(), ..version.words }, ..version });
        match articles.iter_mut().find(|(known, _)| *known == number) {
            Some((_, known)) => known.extend(versions),
            None => articles.push((number, versions.collect())),
        }
    }
}
