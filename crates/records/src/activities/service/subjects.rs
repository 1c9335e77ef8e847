//! What activities serve, where they are counted, and the words of a form that name agencies and documents.

use std::collections::HashMap;

use ::store::ConnectionTrait;
use chrono::NaiveDate;
use kernel::{Actor, FieldErrors, Result, Uuid};
use platform::{App, Subject, Use};

use super::measures::Line;
use crate::{
    activities::{
        KIND,
        model::activity::{Disseminated, Draft, Partner, Served},
        store,
    },
    agencies::{Who, directory},
};

/// Subjects that a person may let an activity serve.
pub(crate) async fn offered(app: &App, actor: &Actor, words: &str) -> Result<Vec<Subject>> {
    let mut out = Vec::new();
    for slice in app.slices {
        for def in slice.subjects {
            out.extend((def.search)(app, actor, words).await?);
        }
    }
    Ok(out)
}

/// Where an activity is counted, as far as a person may see that.
pub(crate) async fn uses(app: &App, actor: &Actor, id: Uuid) -> Result<Vec<Use>> {
    let mut out = Vec::new();
    for def in app.slices.iter().flat_map(|slice| slice.uses).filter(|def| def.kind == KIND) {
        out.extend((def.tell)(app, actor, id).await?);
    }
    Ok(out)
}

/// The subjects chosen in a form ("kind:id"); those in `known` stay as they are.
pub(crate) async fn chosen(
    app: &App,
    actor: &Actor,
    typed: &[&str],
    known: &[Served],
    errors: &mut FieldErrors,
) -> Result<Vec<Served>> {
    let mut out: Vec<Served> = Vec::new();
    for word in typed.iter().filter(|word| !word.is_empty()).take(20) {
        let parts = word.split_once(':').and_then(|(kind, id)| Some((kind, Uuid::parse_str(id).ok()?)));
        let Some((kind, id)) = parts else {
            errors.add("phuc_vu", "Lựa chọn không hợp lệ; hãy chọn trong danh sách.");
            continue;
        };
        if out.iter().any(|one| one.kind == kind && one.id == id) {
            continue;
        }
        if let Some(one) = known.iter().find(|one| one.kind == kind && one.id == id) {
            out.push(one.clone());
            continue;
        }
        let def = app.slices.iter().flat_map(|slice| slice.subjects).find(|def| def.kind == kind);
        let found = match def {
            Some(def) => (def.find)(app, actor, id).await?,
            None => None,
        };
        match found {
            Some(Subject { within, label, .. }) => out.push(Served { kind: kind.to_owned(), id, within, label }),
            None => errors.add("phuc_vu", "Có nhiệm vụ không còn hoặc không phải của đơn vị; hãy chọn lại."),
        }
    }
    Ok(out)
}

/// What a form says in words.
pub(crate) struct Words<'a> {
    /// Lines of agencies that took part.
    pub partners: &'a str,
    /// Lines of documents.
    pub documents: &'a str,
    /// Chosen subjects.
    pub subjects: Vec<&'a str>,
    /// What the activity says already.
    pub known: &'a Draft,
}

/// Agencies, documents and subjects meant by the words of a form.
pub(crate) async fn resolve_words(
    app: &App,
    actor: &Actor,
    (owner, day): (Uuid, NaiveDate),
    words: Words<'_>,
    errors: &mut FieldErrors,
) -> Result<(Vec<Partner>, Vec<Disseminated>, Vec<Served>)> {
    let partners = partners(app, (owner, day), words.partners, &words.known.partners).await?;
    let documents = documents(app, actor, owner, words.documents).await?;
    let subjects = chosen(app, actor, &words.subjects, &words.known.subjects, errors).await?;
    Ok((partners, documents, subjects))
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines()
        .flat_map(|line| line.split(';'))
        .map(|line| line.trim().chars().take(300).collect::<String>())
        .filter(|line| !line.is_empty())
        .take(50)
}

/// Names that are in `known` keep their agency: who joined from elsewhere would not be found by its name.
async fn partners(app: &App, (owner, day): (Uuid, NaiveDate), text: &str, known: &[Partner]) -> Result<Vec<Partner>> {
    let names: Vec<String> = lines(text).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let directory = directory(app).await?;
    let mut out: Vec<Partner> = Vec::new();
    for name in names {
        let kept = known.iter().find(|one| one.agency.is_some() && one.name == name && !out.contains(one));
        if let Some(one) = kept.filter(|one| one.agency != Some(owner)) {
            out.push(one.clone());
            continue;
        }
        let agency = match directory.resolve(&name, owner, day).who {
            Who::Agency(id) => Some(id),
            _ => None,
        };
        // The owner is no partner of itself, and nobody is one twice.
        if agency == Some(owner) || agency.is_some() && out.iter().any(|one| one.agency == agency) {
            continue;
        }
        let name = agency.and_then(|id| directory.name(id, day).map(str::to_owned)).unwrap_or(name);
        out.push(Partner { agency, name });
    }
    Ok(out)
}

async fn documents(app: &App, actor: &Actor, owner: Uuid, text: &str) -> Result<Vec<Disseminated>> {
    let titles: Vec<String> = lines(text).collect();
    let key = |title: &str| title.split_whitespace().find(|word| word.contains('/')).map(papers::number_key);
    let keys: Vec<String> = titles.iter().filter_map(|title| key(title)).collect();
    if keys.is_empty() {
        return Ok(titles.into_iter().map(|title| Disseminated { document: None, title }).collect());
    }
    let mut agencies = actor.agencies();
    agencies.push(owner);
    let found = store::documents_numbered(app.db.read(), &keys, &agencies).await?;
    let of = |title: &str| {
        let key = key(title)?;
        found.iter().find(|document| document.number_key == key).map(|document| document.id)
    };
    Ok(titles.into_iter().map(|title| Disseminated { document: of(&title), title }).collect())
}

/// Activities that serve a subject and count, the latest first, at most 200.
///
/// # Errors
/// When the database refuses.
pub async fn serving(c: &impl ConnectionTrait, kind: &str, subject: Uuid) -> Result<Vec<Line>> {
    Ok(store::serving(c, kind, subject).await?.into_iter().map(Line::of).collect())
}

/// How many activities serve each of these subjects.
///
/// # Errors
/// When the database refuses.
pub async fn serving_counts(c: &impl ConnectionTrait, kind: &str, subjects: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
    store::serving_counts(c, kind, subjects).await
}
