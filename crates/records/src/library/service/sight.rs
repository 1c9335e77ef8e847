//! Which items a person may see or change, and what is given out of them.

use kernel::{Action, Actor, Error, Permit, Result, Uuid, time};
use platform::{App, Use};

use crate::library::{
    model::Draft,
    policy::{KeepLibrary, ReadLibrary, ShowLibrary},
    store::{self, Item, Rendition},
};

pub(super) use crate::activities::service::{above, at};

/// An item as one person sees it.
pub(crate) struct Sight {
    pub item: Item,
    pub renditions: Vec<Rendition>,
    pub marks: Vec<store::Mark>,
    /// May change it.
    pub keeps: bool,
    /// May make it public.
    pub shows: bool,
    /// What shows it.
    pub uses: Vec<Use>,
    /// Entries of the catalogue that show it: heading and page.
    pub practices: Vec<(String, String)>,
}

/// Has the person an action above this agency, by any role?
pub(super) async fn holds<A: Action>(app: &App, actor: &Actor, agency: Uuid) -> Result<bool> {
    match Permit::<A>::of(actor) {
        Some(permit) => above(app, &permit, agency).await,
        None => Ok(false),
    }
}

/// The item, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn sight(app: &App, permit: &Permit<ReadLibrary>, id: Uuid) -> Result<Sight> {
    let c = app.db.read();
    let item = store::item(c, id).await?.ok_or(Error::NotFound)?;
    if !above(app, permit, item.agency_id).await? {
        return Err(Error::NotFound);
    }
    let actor = permit.actor();
    let shows = holds::<ShowLibrary>(app, actor, item.agency_id).await?;
    let keeps = shows || Permit::<KeepLibrary>::of(actor).is_some_and(|keep| at(&keep, item.agency_id));
    let mut uses = Vec::new();
    for one in app.slices.iter().flat_map(|slice| slice.uses).filter(|one| one.kind == "tu-lieu") {
        uses.extend((one.tell)(app, actor, id).await?);
    }
    let practices = store::practices_with(c, id).await?;
    Ok(Sight {
        renditions: store::renditions(c, &[id]).await?,
        marks: store::marks(c, store::MEDIA_MARKS, &[id]).await?,
        practices: practices.into_iter().map(|one| (one.title, format!("/tu-lieu/mo-hinh/{}", one.id))).collect(),
        keeps,
        shows,
        uses,
        item,
    })
}

/// The item, for who may change it.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn keeping(app: &App, permit: &Permit<KeepLibrary>, id: Uuid) -> Result<Sight> {
    let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = sight(app, &read, id).await?;
    if sight.keeps { Ok(sight) } else { Err(Error::NotFound) }
}

/// The item, for who may make it public.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn showing(app: &App, permit: &Permit<ShowLibrary>, id: Uuid) -> Result<Sight> {
    let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = sight(app, &read, id).await?;
    if sight.shows { Ok(sight) } else { Err(Error::NotFound) }
}

/// What is said of an item, as a form shows it.
pub(crate) fn draft_of(sight: &Sight) -> Draft {
    let item = &sight.item;
    let of = |kind: &'static str| sight.marks.iter().filter(move |mark| mark.kind == kind).map(|mark| mark.key.clone());
    Draft {
        agency: item.agency_id,
        kind: item.kind.clone(),
        title: item.title.clone(),
        about: item.about.clone(),
        alt: item.alt.clone(),
        author: item.author.clone(),
        rights: item.rights.clone(),
        rights_note: item.rights_note.clone(),
        people: item.people,
        consent: item.consent,
        minors: item.minors,
        taken: time::date_from_int(item.taken_on),
        place: item.place.clone(),
        lang: item.lang.clone(),
        carrier: item.carrier.clone(),
        focus: (item.focus_x, item.focus_y),
        fields: of("field").collect(),
        groups: of("group").collect(),
        collections: of("collection").filter_map(|key| Uuid::parse_str(&key).ok()).collect(),
    }
}

/// Bytes that are given out.
pub struct Given {
    /// Hash of the blob.
    pub hash: String,
    /// Its media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Name under which it is saved; empty: it is shown.
    pub name: String,
    /// Is it for everybody?
    pub public: bool,
}

/// Something made of an item: for everybody when the item is public, else for who may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn rendition(app: &App, actor: Option<&Actor>, id: Uuid, name: &str) -> Result<Given> {
    let found = store::served(app.db.read(), id, name).await?.ok_or(Error::NotFound)?;
    let public = found.shown_at > 0;
    if !public {
        let actor = actor.ok_or(Error::NotFound)?;
        if !holds::<ReadLibrary>(app, actor, found.agency_id).await? {
            return Err(Error::NotFound);
        }
    }
    let size = u64::try_from(found.size).unwrap_or(0);
    Ok(Given { hash: found.hash, media_type: found.media_type, size, name: String::new(), public })
}

/// The file of an item as it came: for who may see it; a document that is public, for everybody. It is only ever saved.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn original(app: &App, actor: Option<&Actor>, id: Uuid) -> Result<Given> {
    let item =
        store::item(app.db.read(), id).await?.filter(|item| !item.file_hash.is_empty()).ok_or(Error::NotFound)?;
    let public = item.shown_at > 0 && item.kind == "document";
    if !public {
        let actor = actor.ok_or(Error::NotFound)?;
        if !holds::<ReadLibrary>(app, actor, item.agency_id).await? {
            return Err(Error::NotFound);
        }
    }
    let name = format!("{}.{}", item.slug, crate::library::model::sort::ending(&item.file_type));
    let size = u64::try_from(item.size).unwrap_or(0);
    Ok(Given { hash: item.file_hash, media_type: item.file_type, size, name, public })
}
