//! Opening a document and its file, with the evidence of who did.

use kernel::{Error, Permit, Result, Uuid};
use platform::App;
use serde_json::json;

use super::{
    lineage::lineage,
    register::with_file,
    review::{SheetOf, sheet_of},
    upload::note,
};
use crate::documents::{
    model::{Audience, lineage::Lineage},
    policy::{Prepare, Read},
    store::{self, Amendment, Document, Heir, Trace, Version},
};

/// A confirmed document with everything around it.
pub(in crate::documents) struct Opened {
    /// The document, its tasks and names.
    pub sheet: SheetOf,
    /// The line of papers.
    pub lineage: Lineage,
    /// Heirs recorded on confirming.
    pub heirs: Vec<Heir>,
    /// Its versions.
    pub versions: Vec<Version>,
    /// Papers that change it.
    pub amendments: Vec<Amendment>,
    /// What was done to it; only for those who prepare it.
    pub history: Vec<Trace>,
    /// The reader is one of those who prepare it.
    pub owned: bool,
}

/// Opens a confirmed document; reading one that is not public leaves a line in the trail.
///
/// # Errors
/// [`Error::NotFound`].
pub(in crate::documents) async fn open(
    app: &App,
    read: &Permit<Read>,
    prepare: Option<&Permit<Prepare>>,
    id: Uuid,
) -> Result<Opened> {
    let c = app.db.read();
    let document = store::visible_document(c, read, id).await?;
    evidence(app, read, &document, "documents.open").await?;
    let owned = match prepare {
        Some(prepare) => store::may_own(c, prepare, document.owner_id).await?,
        None => false,
    };
    let mut versions = store::versions(c, id).await?;
    if !owned {
        versions.retain(|one| one.id == id || one.state != "draft");
    }
    Ok(Opened {
        lineage: lineage(app, read, &document).await?,
        heirs: store::heirs(c, id).await?,
        versions,
        amendments: store::amendments(c, read, id).await?,
        history: if owned { store::history(c, id).await? } else { Vec::new() },
        owned,
        sheet: sheet_of(app, document).await?,
    })
}

/// The document whose original file is about to be sent.
///
/// # Errors
/// [`Error::NotFound`], also while there is no file that could be sent.
pub(in crate::documents) async fn download(
    app: &App,
    read: &Permit<Read>,
    prepare: Option<&Permit<Prepare>>,
    id: Uuid,
) -> Result<Document> {
    let document = with_file(app, read, prepare, id).await?;
    if document.file_hash.is_empty() || document.body.is_empty() {
        return Err(Error::NotFound);
    }
    evidence(app, read, &document, "documents.download").await?;
    Ok(document)
}

async fn evidence(app: &App, read: &Permit<Read>, document: &Document, action: &str) -> Result<()> {
    if document.audience() == Audience::Public {
        return Ok(());
    }
    let tx = app.db.begin().await?;
    note(&tx, app, read.actor(), action, document.id, json!({})).await?;
    tx.commit().await
}
