//! What the public side reads. Nothing here asks who is looking: it tells only what is published.

use kernel::{Error, Page, Paging, Permit, Result, Uuid, time};
use platform::App;

use crate::{
    activities::{definitions, name_in},
    publications::{
        model::Phase,
        policy::ReadPublications,
        service::{sight, versions::original},
        store::{self, Address, Article, Brief, Contributor, Counted, Named, Section, Spoken, Wanted},
    },
};

/// Publications of a section on the home page.
const FEW: u32 = 4;

/// What is new on the home page.
const NEW: u32 = 9;

/// Collected material on the page of a section.
const MATERIAL: u32 = 6;

/// See [`home`].
pub struct HomePage {
    /// The newest.
    pub news: Vec<Brief>,
    /// Sections of the home page in their order, each with what stands first in it.
    pub sections: Vec<(Section, Vec<Brief>)>,
    /// Events to come, the nearest first.
    pub events: Vec<Brief>,
}

/// The home page; the number of statements grows only with the sections that editors put there (at most six are shown).
///
/// # Errors
/// When the database refuses.
pub async fn home(app: &App) -> Result<HomePage> {
    let c = app.db.read();
    let today = time::date_to_int(app.clock.today());
    let news = store::briefs(c, &Wanted::default(), Paging { number: 1, size: NEW }).await?;
    let mut sections = Vec::new();
    for section in
        store::sections(c).await?.into_iter().filter(|section| section.home > 0 && open(section, today)).take(6)
    {
        let briefs = first_of(app, &section, FEW).await?;
        sections.push((section, briefs));
    }
    let wanted = Wanted { kind: Some("event".into()), ..Wanted::default() };
    let mut events = store::briefs(c, &wanted, Paging { number: 1, size: 50 }).await?;
    events.retain(|event| event.starts_at / 10_000 >= today);
    events.sort_by_key(|event| event.starts_at);
    events.truncate(3);
    Ok(HomePage { news, sections, events })
}

/// Is a section open on a day? Without days it always is.
fn open(section: &Section, today: i64) -> bool {
    section.opens_on <= today && (section.closes_on == 0 || today <= section.closes_on)
}

fn in_section(section: &Section) -> Wanted {
    Wanted { mark: Some(("section", section.id.to_string())), ..Wanted::default() }
}

/// What editors pinned in a section, in their order.
async fn pinned(app: &App, section: &Section) -> Result<Vec<Brief>> {
    let c = app.db.read();
    let pins: Vec<Uuid> = store::pins(c, section.id).await?.into_iter().map(|pin| pin.publication_id).collect();
    let mut briefs = store::briefs_of(c, &pins).await?;
    briefs.sort_by_key(|brief| pins.iter().position(|id| *id == brief.id));
    Ok(briefs)
}

/// What stands first in a section: what is pinned, then the newest.
async fn first_of(app: &App, section: &Section, size: u32) -> Result<Vec<Brief>> {
    let mut out = pinned(app, section).await?;
    for brief in store::briefs(app.db.read(), &in_section(section), Paging { number: 1, size }).await? {
        if !out.iter().any(|one| one.id == brief.id) {
            out.push(brief);
        }
    }
    out.truncate(usize::try_from(size).unwrap_or(0));
    Ok(out)
}

/// A publication with what stands around it.
pub struct ArticlePage {
    /// The publication.
    pub article: Article,
    /// Sections it belongs to.
    pub sections: Vec<Section>,
    /// Fields of law: key and name.
    pub fields: Vec<(String, String)>,
    /// Of an event: where it stands today.
    pub phase: Option<Phase>,
    /// The other languages in which it can be read.
    pub others: Vec<Spoken>,
    /// More of the same: of its first section, else of its agency.
    pub more: Vec<Brief>,
}

/// The publication at an address; a constant number of statements.
///
/// # Errors
/// [`Error::NotFound`] when nothing was ever public there.
pub async fn article_page(app: &App, slug: &str) -> Result<ArticlePage> {
    let article = store::article(app.db.read(), slug).await?.ok_or(Error::NotFound)?;
    around(app, article).await
}

/// The newest edition of a publication as readers would get it, and whether they have it already.
///
/// # Errors
/// [`Error::NotFound`] for who may not see it.
pub async fn preview_page(app: &App, permit: &Permit<ReadPublications>, id: Uuid) -> Result<(ArticlePage, bool)> {
    let sight = sight(app, permit, id).await?;
    let edition = sight.newest().cloned().ok_or(Error::NotFound)?;
    let (row, now) = (sight.row, app.clock.now().0);
    let live = row.live_id == Some(edition.id) && row.gone.is_empty();
    let original = match row.of_id {
        Some(of) => Some(original(app, Some(of)).await?),
        None => None,
    };
    let article = Article {
        id: row.id,
        marked_id: original.as_ref().map_or(edition.id, |one| one.edition.id),
        outdated: original.as_ref().is_some_and(|one| one.edition.number > edition.base),
        of_slug: original.map_or(String::new(), |one| one.row.slug),
        of_id: row.of_id,
        lang: row.lang,
        checker: edition.checker,
        audio_id: edition.audio_id,
        picture_id: None,
        picture_width: 0,
        edition_id: edition.id,
        slug: row.slug,
        kind: row.kind,
        title: edition.title,
        lead: edition.lead,
        body: edition.body,
        byline: edition.byline,
        note: edition.note,
        number: edition.number,
        agency_id: row.agency_id,
        agency_name: row.agency_name,
        first_at: if row.first_at == 0 { now } else { row.first_at },
        published_at: now,
        starts_at: edition.starts_at,
        ends_at: edition.ends_at,
        place: edition.place,
        gone: String::new(),
        gone_note: String::new(),
        gone_to: String::new(),
        gone_at: 0,
        generated: row.generated,
    };
    Ok((around(app, article).await?, live))
}

/// A publication with what stands around it, from what is public.
async fn around(app: &App, article: Article) -> Result<ArticlePage> {
    let c = app.db.read();
    let marks = store::marks(c, article.marked_id).await?;
    let mut others = store::spoken(c, article.of_id.unwrap_or(article.id)).await?;
    others.retain(|one| one.slug != article.slug);
    let mut sections = store::sections(c).await?;
    sections.retain(|section| marks.sections.contains(&section.id));
    let wanted = match sections.first() {
        Some(section) => in_section(section),
        None => Wanted { agency: Some(article.agency_id), ..Wanted::default() },
    };
    let wanted = Wanted { but: Some(article.of_id.unwrap_or(article.id)), ..wanted };
    let more = store::briefs(c, &wanted, Paging { number: 1, size: 3 }).await?;
    let name = |key: String| {
        let name = name_in(&definitions().fields, &key).to_owned();
        (key, name)
    };
    let (from, to) = (article.starts_at / 10_000, article.ends_at / 10_000);
    let phase = Phase::of(from, if to == 0 { from } else { to }, app.clock.today());
    Ok(ArticlePage { article, phase, others, sections, fields: marks.fields.into_iter().map(name).collect(), more })
}

/// A list of publications.
pub struct ListPage {
    /// What it is a list of.
    pub title: String,
    /// One page of it.
    pub page: Page<Brief>,
}

async fn listed(app: &App, title: String, wanted: &Wanted, paging: Paging) -> Result<ListPage> {
    let c = app.db.read();
    let (total, rows) = tokio::try_join!(store::brief_count(c, wanted), store::briefs(c, wanted, paging))?;
    Ok(ListPage { title, page: Page { rows, total: u64::try_from(total).unwrap_or(0), paging } })
}

/// The newest of everything, or of one kind.
///
/// # Errors
/// [`Error::NotFound`] for what is no kind.
pub async fn latest(app: &App, kind: &str, paging: Paging) -> Result<ListPage> {
    let name = crate::publications::model::kind_name(kind);
    if !kind.is_empty() && name.is_empty() {
        return Err(Error::NotFound);
    }
    let wanted = Wanted { kind: (!kind.is_empty()).then(|| kind.to_owned()), ..Wanted::default() };
    listed(app, if kind.is_empty() { "Tin mới".into() } else { name.to_owned() }, &wanted, paging).await
}

/// Publications about a field of law.
///
/// # Errors
/// [`Error::NotFound`] for what is no field.
pub async fn topic_page(app: &App, field: &str, paging: Paging) -> Result<ListPage> {
    let entry = definitions().fields.iter().find(|entry| entry.key == field).ok_or(Error::NotFound)?;
    let wanted = Wanted { mark: Some(("field", field.to_owned())), ..Wanted::default() };
    listed(app, entry.name.clone(), &wanted, paging).await
}

/// Publications of an agency.
///
/// # Errors
/// [`Error::NotFound`] for an agency that has published nothing.
pub async fn agency_page(app: &App, agency: Uuid, paging: Paging) -> Result<ListPage> {
    let names: Vec<Named> = store::agencies(app.db.read(), &[agency]).await?;
    let name = names.into_iter().next().ok_or(Error::NotFound)?.name;
    let list = listed(app, name, &Wanted { agency: Some(agency), ..Wanted::default() }, paging).await?;
    if list.page.total == 0 { Err(Error::NotFound) } else { Ok(list) }
}

/// Publications of the agencies of a locality and of those below it.
///
/// # Errors
/// [`Error::NotFound`] for a locality whose agencies have published nothing.
pub async fn locality_page(app: &App, code: &str, paging: Paging) -> Result<ListPage> {
    let place = store::place_name(app.db.read(), code).await?.ok_or(Error::NotFound)?;
    let wanted = Wanted { place: Some(code.to_owned()), ..Wanted::default() };
    let list = listed(app, place.name, &wanted, paging).await?;
    if list.page.total == 0 { Err(Error::NotFound) } else { Ok(list) }
}

/// Where publications can be found; see [`directory`].
pub struct Directory {
    /// Fields of law.
    pub topics: Vec<Counted>,
    /// Localities.
    pub places: Vec<Counted>,
    /// Agencies: id and name.
    pub agencies: Vec<(Uuid, String)>,
}

/// Topics, localities and agencies that have publications; three statements.
///
/// # Errors
/// When the database refuses.
pub async fn directory(app: &App) -> Result<Directory> {
    let c = app.db.read();
    let mut topics = store::topics(c).await?;
    for topic in &mut topics {
        topic.name = name_in(&definitions().fields, &topic.key).to_owned();
    }
    let agencies = store::contributors(c, &Wanted::default()).await?;
    let agencies = agencies.into_iter().map(|one| (one.id, one.name)).collect();
    Ok(Directory { topics, places: store::places(c).await?, agencies })
}

/// A special section.
pub struct SectionPage {
    /// The section.
    pub section: Section,
    /// What stands first in it, on its first page.
    pub pinned: Vec<Brief>,
    /// One page of all of it.
    pub page: Page<Brief>,
    /// What it collected besides articles: documents, videos, podcasts, photo reports; the newest of it, on the first page.
    pub material: Vec<Brief>,
    /// Agencies that contributed, the busiest first.
    pub contributors: Vec<Contributor>,
    /// Where it stands today.
    pub phase: Option<Phase>,
}

/// The section at an address.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn section_page(app: &App, slug: &str, paging: Paging) -> Result<SectionPage> {
    let c = app.db.read();
    let section = store::section_at(c, slug).await?.ok_or(Error::NotFound)?;
    let list = listed(app, String::new(), &in_section(&section), paging).await?;
    let pinned = if paging.number == 1 { pinned(app, &section).await? } else { Vec::new() };
    let collected = Wanted { among: &["document", "video", "podcast", "photo"], ..in_section(&section) };
    let material = match paging.number {
        1 => store::briefs(c, &collected, Paging { number: 1, size: MATERIAL }).await?,
        _ => Vec::new(),
    };
    let contributors = store::contributors(c, &in_section(&section)).await?;
    let phase = Phase::of(section.opens_on, section.closes_on, app.clock.today());
    Ok(SectionPage { section, pinned, material, page: list.page, contributors, phase })
}

/// Addresses of everything public, and of the sections.
///
/// # Errors
/// When the database refuses.
pub async fn addresses(app: &App) -> Result<(Vec<Address>, Vec<Section>)> {
    let c = app.db.read();
    tokio::try_join!(store::addresses(c), store::sections(c))
}

/// Addresses of every publication that ever was public, gone or not.
///
/// # Errors
/// When the database refuses.
pub async fn ever_public(app: &App) -> Result<Vec<String>> {
    store::ever_public(app.db.read()).await
}

/// Every section: those of the home page in their order, then the newest.
///
/// # Errors
/// When the database refuses.
pub async fn sections(app: &App) -> Result<Vec<Section>> {
    store::sections(app.db.read()).await
}

/// What editors put into the menu: sections of the home page.
///
/// # Errors
/// When the database refuses.
pub async fn menu(app: &App) -> Result<Vec<Section>> {
    let mut sections = store::sections(app.db.read()).await?;
    sections.retain(|section| section.home > 0);
    Ok(sections)
}
