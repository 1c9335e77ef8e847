//! Static pages: writing, publishing, taking back.

use kernel::{Error, FieldErrors, Permit, Result, Uuid, new_id};
use platform::{App, revision, search};

use super::{find::KIND, note};
use crate::{
    publications::model::slug,
    site::{
        policy::ArrangeSite,
        store::{self, EditionRow, Live, PageRow},
    },
};

/// A static page as somebody writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PageDraft {
    pub title: String,
    pub body: String,
    /// Last part of its address; from the title when empty. Fixed once the page is there.
    pub slug: String,
    pub position: i64,
}

/// The page with the words of its newest edition.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn page(app: &App, id: Uuid) -> Result<PageRow> {
    store::page(app.db.read(), id).await?.ok_or(Error::NotFound)
}

/// Its editions, the newest first.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn editions(app: &App, id: Uuid) -> Result<Vec<EditionRow>> {
    store::editions(app.db.read(), id).await
}

/// Writes a new page, which nobody reads yet; its id.
///
/// # Errors
/// [`Error::Invalid`] when its address is taken.
pub(crate) async fn add(app: &App, permit: &Permit<ArrangeSite>, draft: &PageDraft) -> Result<Uuid> {
    let wanted = slug(if draft.slug.is_empty() { &draft.title } else { &draft.slug });
    let mut errors = FieldErrors::default();
    if wanted.is_empty() {
        errors.add("dia_chi", "Hãy ghi địa chỉ bằng chữ thường, số và dấu gạch ngang.");
    } else if store::page_at(app.db.read(), &wanted).await?.is_some() {
        errors.add("dia_chi", format!("Đã có trang ở địa chỉ “{wanted}”."));
    }
    errors.into_result(())?;
    let now = app.clock.now();
    let row = PageRow { id: new_id(), slug: wanted, position: draft.position, newest: 1, ..PageRow::default() };
    let tx = app.db.begin().await?;
    store::insert_page(&*tx, &row, now).await?;
    store::insert_edition(&*tx, (row.id, 1), (&draft.title, &draft.body), permit.actor(), now).await?;
    note(app, &tx, permit.actor(), "site.page", (Some(row.id), &draft.title)).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Writes another edition of a page that was read at a version; what is public stays until that one is published.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn change(
    app: &App,
    permit: &Permit<ArrangeSite>,
    (id, version): (Uuid, i64),
    draft: &PageDraft,
) -> Result<()> {
    let old = page(app, id).await?;
    let now = app.clock.now();
    let words = old.title != draft.title || old.body != draft.body;
    let number = old.newest + i64::from(words);
    let row = PageRow { position: draft.position, newest: number, version, ..old };
    let tx = app.db.begin().await?;
    store::save_page(&*tx, &row, now).await?;
    if words {
        store::insert_edition(&*tx, (id, number), (&draft.title, &draft.body), permit.actor(), now).await?;
    }
    note(app, &tx, permit.actor(), "site.page", (Some(id), &draft.title)).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// Makes the newest edition the one that everybody reads.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it already is, or somebody else was faster.
pub(crate) async fn publish(app: &App, permit: &Permit<ArrangeSite>, id: Uuid) -> Result<()> {
    let row = page(app, id).await?;
    if row.live == row.newest {
        return Err(Error::Conflict("Bản mới nhất đã được đăng.".into()));
    }
    let first_at = if row.first_at == 0 { app.clock.now().0 } else { row.first_at };
    let row = PageRow { live: row.newest, first_at, ..row };
    shown(app, permit, &row, "site.publish").await
}

/// Takes a page back; its address keeps answering.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is not public.
pub(crate) async fn withdraw(app: &App, permit: &Permit<ArrangeSite>, id: Uuid) -> Result<()> {
    let row = page(app, id).await?;
    if row.live == 0 {
        return Err(Error::Conflict("Trang này chưa được đăng.".into()));
    }
    shown(app, permit, &PageRow { live: 0, ..row }, "site.withdraw").await
}

async fn shown(app: &App, permit: &Permit<ArrangeSite>, row: &PageRow, action: &str) -> Result<()> {
    let tx = app.db.begin().await?;
    store::save_page(&*tx, row, app.clock.now()).await?;
    search::changed(&*tx, KIND, &[row.id]).await?;
    note(app, &tx, permit.actor(), action, (Some(row.id), &row.title)).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// The page at an address, as everybody reads it.
///
/// # Errors
/// [`Error::NotFound`] when nothing was ever public there.
pub async fn live(app: &App, slug: &str) -> Result<Live> {
    store::live_at(app.db.read(), slug).await?.ok_or(Error::NotFound)
}

/// The public pages, in order.
///
/// # Errors
/// When the database refuses.
pub async fn addresses(app: &App) -> Result<Vec<Live>> {
    store::live_pages(app.db.read()).await
}
