//! The signed file that comes back: kept by its hash, its signatures read, the paper issued.

use bytes::Bytes;
use kernel::{Error, Permit, Result, Uuid, new_id};
use platform::App;

use super::{
    draft::{faster, note},
    sight::{acting, sight},
};
use crate::outgoing::{
    model::{State, signature::marks},
    policy::{DraftPapers, ReadPapers},
    store::{self, File},
};

/// A file as it came.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// Name.
    pub name: String,
    /// Media type as the sender says.
    pub media_type: String,
    /// Content.
    pub bytes: Bytes,
}

/// Keeps the signed file of a signed paper: from here on nothing about it changes.
///
/// # Errors
/// [`Error::Invalid`] without a file, [`Error::NotFound`], [`Error::Conflict`].
pub(crate) async fn keep(app: &App, permit: &Permit<DraftPapers>, id: Uuid, upload: Option<Upload>) -> Result<()> {
    let (row, _) = acting(app, permit, id, State::Signed).await?;
    let upload = upload.ok_or_else(|| Error::invalid("tep", "Hãy chọn tệp đã ký."))?;
    let limit = app.config.server.upload_mb.saturating_mul(1 << 20);
    if upload.bytes.is_empty() {
        return Err(Error::invalid("tep", "Tệp rỗng; hãy chọn tệp khác."));
    }
    if upload.bytes.len() > limit {
        return Err(Error::invalid(
            "tep",
            format!("Tệp lớn hơn {} MB; hãy chọn tệp nhỏ hơn.", app.config.server.upload_mb),
        ));
    }
    let bytes = upload.bytes.clone();
    let found = tokio::task::spawn_blocking(move || marks(&bytes)).await.map_err(Error::internal)?;
    let size = i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX);
    let file = File {
        id: new_id(),
        paper_id: id,
        file_name: upload.name,
        file_hash: app.blobs.put(upload.bytes).await?,
        media_type: upload.media_type,
        size,
        marks: serde_json::to_string(&found).map_err(Error::internal)?,
        by_name: permit.actor().name.clone(),
        at: app.clock.now().0,
    };
    let tx = app.db.begin().await?;
    if !store::issue(&tx, &row, app.clock.now()).await? {
        return Err(faster());
    }
    store::insert_file(&tx, permit.actor(), &file).await?;
    note(app, &tx, permit.actor(), id, ("issue", "outgoing.issue"), &file.file_name).await?;
    tx.commit().await
}

/// A signed file and its bytes, for those who see the paper.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn open_file(app: &App, permit: &Permit<ReadPapers>, id: Uuid) -> Result<(File, Bytes)> {
    let file = store::file(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    sight(app, permit, file.paper_id).await?;
    let bytes = app.blobs.get(&file.file_hash).await?;
    Ok((file, bytes))
}
