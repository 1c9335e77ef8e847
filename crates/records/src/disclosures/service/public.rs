//! What everybody reads. Nothing here asks who is looking.

use kernel::{Error, Page, Paging, Result, Uuid};
use platform::App;

use crate::disclosures::{
    model::{Entry, definitions},
    store::{self, Answered, Disclosure, Named, Wanted},
};

/// See [`list_page`].
pub struct ListPage {
    /// Entries.
    pub page: Page<Disclosure>,
    /// Kinds that have public entries, with their number.
    pub kinds: Vec<(&'static Entry, i64)>,
    /// Agencies that have some.
    pub agencies: Vec<Named>,
    /// The kind that is shown alone.
    pub kind: Option<&'static Entry>,
    /// The agency that is shown alone.
    pub agency: Option<Named>,
}

/// Public entries, the newest first, of one kind or one agency.
///
/// # Errors
/// [`Error::NotFound`] for a kind or agency without any, and beyond the last page.
pub async fn list_page(app: &App, kind: &str, agency: Option<Uuid>, paging: Paging) -> Result<ListPage> {
    let c = app.db.read();
    let kind = if kind.is_empty() { None } else { Some(definitions().kind(kind).ok_or(Error::NotFound)?) };
    let wanted = Wanted { kind: kind.map(|kind| kind.key.clone()).unwrap_or_default(), agency };
    let (rows, total, counts, agencies) = tokio::try_join!(
        store::public_entries(c, &wanted, paging),
        store::public_count(c, &wanted),
        store::kind_counts(c),
        store::public_agencies(c),
    )?;
    let named = agencies.iter().find(|one| Some(one.id) == agency).cloned();
    if (agency.is_some() && named.is_none()) || (rows.is_empty() && paging.number > 1) {
        return Err(Error::NotFound);
    }
    let n = |entry: &Entry| counts.iter().find(|count| count.key == entry.key).map_or(0, |count| count.n);
    let kinds = definitions().kinds.iter().map(|entry| (entry, n(entry))).filter(|(_, n)| *n > 0).collect();
    Ok(ListPage {
        page: Page { rows, total: u64::try_from(total).unwrap_or(0), paging },
        kinds,
        agencies,
        kind,
        agency: named,
    })
}

/// One public entry.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn entry_page(app: &App, id: Uuid) -> Result<Disclosure> {
    store::public_entries_of(app.db.read(), &[id]).await?.into_iter().next().ok_or(Error::NotFound)
}

/// Published questions and answers, the newest first.
///
/// # Errors
/// [`Error::NotFound`] beyond the last page.
pub async fn answers_page(app: &App, paging: Paging) -> Result<Page<Answered>> {
    let c = app.db.read();
    let (rows, total) = tokio::try_join!(store::answers(c, paging), store::answer_count(c))?;
    if rows.is_empty() && paging.number > 1 {
        return Err(Error::NotFound);
    }
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0), paging })
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn answer_page(app: &App, id: Uuid) -> Result<Answered> {
    store::answer(app.db.read(), id).await?.ok_or(Error::NotFound)
}
