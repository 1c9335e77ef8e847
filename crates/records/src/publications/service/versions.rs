//! A publication in another language is a publication of its own, bound to its original: what it is about, when and where are the original's.

use kernel::{Error, Permit, Result, Uuid, new_id};
use platform::{
    App,
    languages::{VIETNAMESE, language_name, languages},
};

use super::{note, sight, sight::draft_of};
use crate::publications::{
    model::{Draft, State, slug},
    policy::{ReadPublications, WritePublications},
    store::{self, Edition, Publication},
};

/// The original of a version: the edition that readers see, before the first the newest.
pub(crate) struct Original {
    pub row: Publication,
    pub edition: Edition,
    pub draft: Draft,
}

/// The original of a version.
///
/// # Errors
/// [`Error::NotFound`] for what is no version.
pub(crate) async fn original(app: &App, of: Option<Uuid>) -> Result<Original> {
    let c = app.db.read();
    let id = of.ok_or(Error::NotFound)?;
    let row = store::publication(c, id).await?.ok_or(Error::NotFound)?;
    let editions = store::editions(c, id).await?;
    let live = editions.iter().find(|edition| Some(edition.id) == row.live_id);
    let kept = || editions.iter().find(|edition| edition.state() != State::Dropped);
    let edition = live.or_else(kept).or(editions.first()).cloned().ok_or(Error::NotFound)?;
    let draft = draft_of(app, &row, &edition).await?;
    Ok(Original { row, edition, draft })
}

/// A version's words with what it has from its original.
pub(super) fn bound(words: &Draft, original: &Draft) -> Draft {
    Draft {
        kind: original.kind.clone(),
        starts: original.starts,
        ends: original.ends,
        place: original.place.clone(),
        sections: Vec::new(),
        fields: Vec::new(),
        groups: Vec::new(),
        ..words.clone()
    }
}

/// Begins a version in another language, with the words of the original to be written over; one that was given up begins anew. Its id.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what is no written language; [`Error::Conflict`] when there is one already.
pub(crate) async fn translate(app: &App, permit: &Permit<WritePublications>, id: Uuid, lang: &str) -> Result<Uuid> {
    let actor = permit.actor();
    let read = Permit::<ReadPublications>::of(actor).ok_or(Error::NotFound)?;
    let row = sight(app, &read, id).await?.row;
    if row.of_id.is_some() {
        return Err(Error::Conflict("Đây đã là một bản dịch; hãy dịch từ bản gốc.".into()));
    }
    if !languages().iter().any(|one| one.code == lang && one.code != VIETNAMESE && !one.spoken) {
        return Err(Error::invalid("tieng", "Hãy chọn ngôn ngữ của bản dịch."));
    }
    let agency = permit.roots().iter().find(|root| **root == row.agency_id).or(permit.roots().first());
    let agency = *agency.ok_or(Error::NotFound)?;
    let before = store::versions(app.db.read(), id).await?.into_iter().find(|one| one.lang == lang);
    if before.as_ref().is_some_and(|one| State::from_key(&one.state) != Some(State::Dropped)) {
        return Err(Error::Conflict(format!("Bài này đã có bản dịch ({}). Hãy mở bản đó.", language_name(lang))));
    }
    let original = original(app, Some(id)).await?;
    let draft = Draft {
        agency,
        lang: lang.to_owned(),
        of: Some(id),
        base: original.edition.number,
        byline: String::new(),
        checker: String::new(),
        note: String::new(),
        audio: None,
        ..bound(&original.draft, &original.draft)
    };
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let (version, number) = match before {
        Some(before) => {
            let last = store::editions(&*tx, before.id).await?.first().map_or(0, |edition| edition.number);
            (before.id, last + 1)
        }
        None => {
            let version = new_id();
            let wanted = slug(&format!("{} {lang}", row.slug));
            let slug = ::store::free_slug(&*tx, "publications", &wanted).await?;
            store::insert_publication(&*tx, version, &draft, &slug, (now, row.generated)).await?;
            (version, 1)
        }
    };
    store::insert_edition(&*tx, (new_id(), version, number), &draft, (actor.user, &actor.name), now).await?;
    note(app, &tx, actor, (version, number), ("translate", language_name(lang))).await?;
    tx.commit().await?;
    Ok(version)
}

/// What is missing before a version can be read: its original must be public.
pub(super) async fn readable(app: &App, row: &Publication) -> Result<()> {
    if row.of_id.is_none() {
        return Ok(());
    }
    let original = original(app, row.of_id).await?.row;
    if original.live_id.is_some() && original.gone.is_empty() {
        return Ok(());
    }
    Err(Error::Conflict("Bản gốc chưa được xuất bản hoặc đã gỡ; bản dịch chỉ đăng được khi bản gốc đang đăng.".into()))
}

/// A version as its original's page tells of it.
pub(crate) struct Version {
    pub id: Uuid,
    pub lang: &'static str,
    pub agency: String,
    pub state: State,
    pub gone: bool,
    /// Translated from an edition that has been corrected since.
    pub outdated: bool,
}

/// Versions of a publication.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn versions(app: &App, original: Uuid, live: Option<i64>) -> Result<Vec<Version>> {
    let rows = store::versions(app.db.read(), original).await?;
    let told = rows.into_iter().map(|row| Version {
        id: row.id,
        lang: language_name(&row.lang),
        agency: row.agency_name,
        state: State::from_key(&row.state).unwrap_or(State::Dropped),
        gone: !row.gone.is_empty(),
        outdated: live.is_some_and(|live| row.base < live),
    });
    Ok(told.collect())
}
