//! What everybody reads of the library.

use kernel::{Error, Page, Paging, Result, Timestamp, Uuid};
use platform::{App, languages::language_name};

use super::list::wanted;
use crate::{
    activities::{definitions, name_in},
    library::store::{
        self, Collection, Filter, Item, Line, MEDIA_MARKS, Mark, PRACTICE_MARKS, Practice, PracticeFilter,
    },
};

/// Which public items.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// A kind.
    pub kind: String,
    /// A field of law.
    pub field: String,
    /// A target group.
    pub group: String,
    /// A language.
    pub lang: String,
}

/// Public items, the newest in public first.
pub struct LibraryPage {
    /// One page of them.
    pub page: Page<Line>,
    /// Collections that readers see; on the first page without conditions only.
    pub collections: Vec<Collection>,
}

fn at_all<T>(page: &Page<T>) -> Result<()> {
    if page.rows.is_empty() && page.paging.number > 1 { Err(Error::NotFound) } else { Ok(()) }
}

/// The library for everybody.
///
/// # Errors
/// [`Error::NotFound`] beyond its last page.
pub async fn library_page(app: &App, wish: &Wanted, paging: Paging) -> Result<LibraryPage> {
    let filter = Filter {
        kind: wish.kind.clone(),
        lang: wish.lang.clone(),
        marks: wanted([("field", &wish.field), ("group", &wish.group), ("collection", "")]),
        public: true,
        ..Filter::default()
    };
    let c = app.db.read();
    let (rows, total) = tokio::try_join!(store::lines(c, &filter, paging), store::count(c, &filter))?;
    let page = Page { rows, total, paging };
    at_all(&page)?;
    let plain = [&wish.kind, &wish.field, &wish.group, &wish.lang].iter().all(|one| one.is_empty());
    let mut collections = match plain && paging.number == 1 {
        true => store::collections(c, true).await?,
        false => Vec::new(),
    };
    collections.retain(|one| one.n > 0);
    Ok(LibraryPage { page, collections })
}

/// A collection with one page of its public items.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn collection_page(app: &App, slug: &str, paging: Paging) -> Result<(Collection, Page<Line>)> {
    let c = app.db.read();
    let one = store::collection_at(c, slug).await?.filter(|one| one.shown).ok_or(Error::NotFound)?;
    let filter = Filter { marks: vec![("collection", one.id.to_string())], public: true, ..Filter::default() };
    let (rows, total) = tokio::try_join!(store::lines(c, &filter, paging), store::count(c, &filter))?;
    let page = Page { rows, total, paging };
    at_all(&page)?;
    Ok((one, page))
}

/// A public item.
pub struct ItemPage {
    /// It.
    pub item: Item,
    /// Names of what was made of it.
    pub renditions: Vec<String>,
    /// Fields of law: key and name.
    pub fields: Vec<(String, String)>,
    /// Target groups: key and name.
    pub groups: Vec<(String, String)>,
    /// The name of its language.
    pub lang: &'static str,
    /// Others of the same kind, the newest first.
    pub more: Vec<Line>,
    /// Collections it is in.
    pub collections: Vec<Collection>,
}

fn named(marks: &[Mark]) -> [Vec<(String, String)>; 2] {
    let lists = definitions();
    [("field", &lists.fields), ("group", &lists.groups)].map(|(kind, list)| {
        let mine = marks.iter().filter(|mark| mark.kind == kind);
        mine.map(|mark| (mark.key.clone(), name_in(list, &mark.key).to_owned())).collect()
    })
}

/// A public item by its address.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn item_page(app: &App, slug: &str) -> Result<ItemPage> {
    let c = app.db.read();
    let item = store::item_at(c, slug).await?.filter(|item| item.shown_at > 0).ok_or(Error::NotFound)?;
    let filter = Filter { kind: item.kind.clone(), public: true, ..Filter::default() };
    let paging = Paging { number: 1, size: 5 };
    let marks = store::marks(c, MEDIA_MARKS, &[item.id]).await?;
    let mut more = store::lines(c, &filter, paging).await?;
    more.retain(|line| line.id != item.id);
    more.truncate(4);
    let renditions = store::renditions(c, &[item.id]).await?;
    let within = |one: &Collection| {
        let key = one.id.to_string();
        marks.iter().any(|mark| mark.kind == "collection" && mark.key == key)
    };
    let collections = store::collections(c, true).await?.into_iter().filter(within).collect();
    let [fields, groups] = named(&marks);
    Ok(ItemPage {
        renditions: renditions.into_iter().map(|one| one.name).collect(),
        lang: language_name(&item.lang),
        fields,
        groups,
        more,
        collections,
        item,
    })
}

/// One page of the public catalogue.
///
/// # Errors
/// [`Error::NotFound`] beyond its last page.
pub async fn practices_page(app: &App, kind: &str, field: &str, paging: Paging) -> Result<Page<Practice>> {
    let filter = PracticeFilter {
        kind: kind.to_owned(),
        mark: Some(("field", field.to_owned())).filter(|(_, key)| !key.is_empty()),
        public: true,
        ..PracticeFilter::default()
    };
    let c = app.db.read();
    let (rows, total) = tokio::try_join!(store::practices(c, &filter, paging), store::count_practices(c, &filter))?;
    let page = Page { rows, total, paging };
    at_all(&page)?;
    Ok(page)
}

/// A public entry of the catalogue.
pub struct PracticePage {
    /// It.
    pub practice: Practice,
    /// Its photo or video, when that is public.
    pub media: Option<(Item, Vec<String>)>,
    /// Fields of law: key and name.
    pub fields: Vec<(String, String)>,
    /// Target groups: key and name.
    pub groups: Vec<(String, String)>,
}

/// A public entry of the catalogue by its address.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn practice_page(app: &App, slug: &str) -> Result<PracticePage> {
    let c = app.db.read();
    let practice = store::practice_at(c, slug).await?.filter(|one| one.shown_at > 0).ok_or(Error::NotFound)?;
    let marks = store::marks(c, PRACTICE_MARKS, &[practice.id]).await?;
    let media = match practice.media_id {
        Some(id) => match store::item(c, id).await?.filter(|item| item.shown_at > 0) {
            Some(item) => {
                let made: Vec<Uuid> = vec![item.id];
                let made = store::renditions(c, &made).await?;
                Some((item, made.into_iter().map(|one| one.name).collect()))
            }
            None => None,
        },
        None => None,
    };
    let [fields, groups] = named(&marks);
    Ok(PracticePage { practice, media, fields, groups })
}

/// Every public address of the library, with the day from which it is one.
///
/// # Errors
/// When the database refuses.
pub async fn address_map(app: &App) -> Result<Vec<(String, Timestamp)>> {
    let c = app.db.read();
    let mut out = Vec::new();
    for (table, beginning) in [("media", "/thu-vien/"), ("practices", "/mo-hinh/")] {
        let found = store::addresses(c, table).await?;
        out.extend(found.into_iter().map(|one| (format!("{beginning}{}", one.slug), Timestamp(one.shown_at))));
    }
    Ok(out)
}
