//! The register, and documents as the reader may see them.

use kernel::{Error, Page, Paging, Permit, Result, Uuid};
use platform::App;

use crate::documents::{
    policy::{Prepare, Read},
    store::{self, Document, Facet, Filter, Line, Owner},
};

/// Most lines in an export.
const EXPORT: u32 = 20_000;

/// One page of the register and what its filters offer.
pub struct Register {
    /// The lines.
    pub list: Page<Line>,
    /// Values of the filters.
    pub facets: Vec<Facet>,
    /// Agencies to which the person may add documents.
    pub owners: Vec<Owner>,
}

/// One page of the register.
///
/// # Errors
/// When the database refuses.
pub async fn register(
    app: &App,
    read: &Permit<Read>,
    prepare: Option<&Permit<Prepare>>,
    filter: &Filter,
    paging: Paging,
) -> Result<Register> {
    let c = app.db.read();
    Ok(Register {
        list: store::list(c, read, prepare, filter, paging).await?,
        facets: store::facets(c, read, prepare).await?,
        owners: match prepare {
            Some(prepare) => store::owners(c, prepare).await?,
            None => Vec::new(),
        },
    })
}

/// All lines of the register under a filter.
///
/// # Errors
/// When the database refuses.
pub async fn export(
    app: &App,
    read: &Permit<Read>,
    prepare: Option<&Permit<Prepare>>,
    filter: &Filter,
) -> Result<Vec<Line>> {
    let paging = Paging { number: 1, size: EXPORT };
    Ok(store::list(app.db.read(), read, prepare, filter, paging).await?.rows)
}

/// A document that the person prepares, in any state.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn owned(app: &App, permit: &Permit<Prepare>, id: Uuid) -> Result<Document> {
    store::owned_document(app.db.read(), permit, id).await
}

/// A confirmed document, for whoever may read it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn readable(app: &App, permit: &Permit<Read>, id: Uuid) -> Result<Document> {
    store::visible_document(app.db.read(), permit, id).await
}

/// The original file of a document: of a confirmed one for its readers, of any other for those who prepare it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn with_file(
    app: &App,
    read: &Permit<Read>,
    prepare: Option<&Permit<Prepare>>,
    id: Uuid,
) -> Result<Document> {
    match (readable(app, read, id).await, prepare) {
        (Err(Error::NotFound), Some(prepare)) => owned(app, prepare, id).await,
        (found, _) => found,
    }
}
