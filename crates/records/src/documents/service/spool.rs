//! Where the bytes of an upload wait until they are read: outside the blobs, since a secret paper must never get there.

use std::path::PathBuf;

use bytes::Bytes;
use kernel::{Error, Result, Uuid};
use platform::App;

fn path(app: &App, document: Uuid) -> PathBuf {
    app.config.storage.data.join("incoming").join(document.to_string())
}

/// Keeps the bytes for a job.
pub(super) async fn put(app: &App, document: Uuid, bytes: &[u8]) -> Result<()> {
    let path = path(app, document);
    let failed = |e: std::io::Error| Error::Unavailable(format!("Máy chủ không ghi được tệp tạm: {e}"));
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    }
    tokio::fs::write(path, bytes).await.map_err(failed)
}

/// The bytes kept for a document.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn get(app: &App, document: Uuid) -> Result<Bytes> {
    tokio::fs::read(path(app, document)).await.map(Bytes::from).map_err(|_| Error::NotFound)
}

/// Overwrites and removes them.
pub(super) async fn wipe(app: &App, document: Uuid) -> Result<()> {
    let path = path(app, document);
    let Ok(known) = tokio::fs::metadata(&path).await else { return Ok(()) };
    let zeros = vec![0u8; usize::try_from(known.len()).unwrap_or(0)];
    tokio::fs::write(&path, zeros).await.map_err(Error::internal)?;
    tokio::fs::remove_file(&path).await.map_err(Error::internal)
}
