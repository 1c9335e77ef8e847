//! The library of a demonstration, by the same rules as real people.

use std::collections::HashMap;

use chrono::Days;
use kernel::{Action, Actor, Error, Holding, Permit, Result, Role, Uuid};
use platform::{App, jobs};

use super::{create, create_practice, save_collection, show, show_practice, take, upload::Source};
use crate::{
    agencies,
    library::{
        model::{Draft, PracticeDraft},
        policy::{KeepLibrary, ShowLibrary},
        samples::{Item, PAPER, Practice, clip, library, paper, picture},
        store::{self, CollectionDraft, Named},
    },
};

fn permit<A: Action>(actor: &Actor) -> Result<Permit<A>> {
    Permit::of(actor).ok_or(Error::Denied)
}

/// Somebody who adds things for an agency.
fn keeper(agency: &Named) -> Actor {
    let holding = Holding { role: Role::Contributor, agency: agency.id, agency_name: agency.name.clone() };
    Actor { user: Uuid::nil(), name: "Cộng tác viên (trình diễn)".into(), holdings: vec![holding] }
}

/// What a demonstration's library was filled with.
#[derive(Debug)]
pub struct Filled {
    /// Items.
    pub items: usize,
    /// Entries of the catalogue.
    pub practices: usize,
    /// Drawn pictures by name, with what they show.
    pub pictures: HashMap<String, (Uuid, String)>,
}

/// Fills the library for the department of an editor, with a commune. Without ffmpeg there are pictures and tapes alone.
///
/// # Errors
/// When the database refuses, or a rule does: then the demonstration contradicts the program.
pub async fn generate(app: &App, editor: &Actor, commune: Uuid) -> Result<Filled> {
    let samples = library().map_err(Error::internal)?;
    let home = editor.holdings.first().map(|holding| holding.agency).ok_or(Error::NotFound)?;
    let showing: Permit<ShowLibrary> = permit(editor)?;
    let mut collections = Vec::new();
    for one in &samples.collection {
        let draft = CollectionDraft { agency: home, title: one.title.clone(), about: one.about.clone(), shown: true };
        collections.push((one.key.as_str(), save_collection(app, &showing, None, draft).await?));
    }
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let drawn = platform::media::missing(app).is_none();
    let mut items: Vec<(&Item, Uuid)> = Vec::new();
    for one in samples.item.iter().filter(|one| drawn || one.clip.is_empty()) {
        let Some(agency) = agency(app, home, commune, &one.agency).await? else { continue };
        let collection = collections.iter().filter(|(key, _)| *key == one.collection).map(|(_, id)| *id);
        let draft = draft_of(app, one, &agency, collection.collect());
        let file = match picture(&one.picture, folder.path()).await? {
            None if drawn && one.clip == PAPER => Some(paper(app, one, &agency.name, folder.path()).await?),
            None if drawn => clip(app, &one.clip, &one.title, folder.path()).await?,
            picture => picture,
        };
        let taken = match file {
            Some(path) => {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                Some(take(app, Source::File(name, path)).await?)
            }
            None => None,
        };
        let keep: Permit<KeepLibrary> = permit(&keeper(&agency))?;
        items.push((one, create(app, &keep, &draft, (None, taken), true).await?));
    }
    while jobs::run_due(app).await? > 0 {}
    for (_, id) in items.iter().filter(|(one, _)| one.public && (drawn || !one.picture.is_empty())) {
        show(app, &showing, *id).await?;
    }
    let mut practices = 0;
    for one in &samples.practice {
        let Some(agency) = agency(app, home, commune, &one.agency).await? else { continue };
        let media = items.iter().find(|(item, _)| !one.clip.is_empty() && item.clip == one.clip).map(|(_, id)| *id);
        let keep: Permit<KeepLibrary> = permit(&keeper(&agency))?;
        // What the entry shows may belong to another agency of the province; it is public.
        let id = create_practice(app, &keep, &practice_of(one, &agency, media), true).await?;
        show_practice(app, &showing, id).await?;
        practices += 1;
    }
    let pictures = items.iter().filter(|(one, _)| !one.picture.is_empty());
    let pictures = pictures.map(|(one, id)| (one.picture.clone(), (*id, one.alt.clone()))).collect();
    Ok(Filled { items: items.len(), practices, pictures })
}

/// The agency with a role at the place of the department, or the commune.
async fn agency(app: &App, home: Uuid, commune: Uuid, role: &str) -> Result<Option<Named>> {
    let c = app.db.read();
    if role == "xa" {
        return Ok(store::agencies(c, &[commune]).await?.into_iter().next());
    }
    agencies::beside(c, home, role).await
}

fn named(text: &str, agency: &Named) -> String {
    text.replace("{xa}", agency.name.strip_prefix("Ủy ban nhân dân ").unwrap_or(&agency.name))
}

fn draft_of(app: &App, one: &Item, agency: &Named, collections: Vec<Uuid>) -> Draft {
    Draft {
        agency: agency.id,
        kind: one.kind.clone(),
        title: named(&one.title, agency),
        about: one.about.clone(),
        alt: one.alt.clone(),
        author: named(&one.author, agency),
        rights: one.rights.clone(),
        rights_note: one.rights_note.clone(),
        people: one.people,
        consent: one.consent,
        minors: one.minors,
        taken: app.clock.today().checked_sub_days(Days::new(one.ago)),
        place: agency.name.clone(),
        lang: "vi".into(),
        carrier: one.carrier.clone(),
        focus: (50, 50),
        fields: vec![one.field.clone()],
        groups: Some(one.group.clone()).filter(|key| !key.is_empty()).into_iter().collect(),
        collections,
    }
}

fn practice_of(one: &Practice, agency: &Named, media: Option<Uuid>) -> PracticeDraft {
    PracticeDraft {
        agency: agency.id,
        kind: one.kind.clone(),
        title: one.title.clone(),
        summary: one.summary.clone(),
        body: one.body.trim().to_owned(),
        results: one.results.trim().to_owned(),
        cost: one.cost.clone(),
        contact: one.contact.clone(),
        replicated: one.replicated.join("\n"),
        since: one.since,
        media,
        fields: vec![one.field.clone()],
        groups: Some(one.group.clone()).filter(|key| !key.is_empty()).into_iter().collect(),
    }
}
