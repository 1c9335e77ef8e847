//! Files named by the SHA-256 of their content, in a local folder (or any `object_store`).

use std::{path::Path as FsPath, sync::Arc};

use bytes::Bytes;
use futures::TryStreamExt;
use kernel::{Error, Result};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, memory::InMemory, path::Path};

use crate::secrets;

/// The blob store.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// Blobs in a folder, which is created when missing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the folder cannot be made or opened.
    pub fn local(folder: &FsPath) -> Result<Self> {
        let fail = |e: String| Error::Unavailable(format!("Không mở được thư mục tệp {}: {e}", folder.display()));
        std::fs::create_dir_all(folder).map_err(|e| fail(e.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|e| fail(e.to_string()))?;
        Ok(Self(Arc::new(store.with_fsync(true))))
    }

    /// Blobs in memory, for tests.
    pub fn memory() -> Self {
        Self(Arc::new(InMemory::new()))
    }

    fn path(hash: &str) -> Path {
        Path::from(format!("{}/{}", hash.get(..2).unwrap_or("00"), hash))
    }

    /// Keeps the bytes; their hash. The same bytes are kept once.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when they cannot be written.
    pub async fn put(&self, bytes: Bytes) -> Result<String> {
        let hash = secrets::sha256(&bytes);
        if self.0.head(&Self::path(&hash)).await.is_err() {
            self.0
                .put(&Self::path(&hash), PutPayload::from_bytes(bytes))
                .await
                .map_err(|e| Error::Unavailable(format!("Không lưu được tệp: {e}")))?;
        }
        Ok(hash)
    }

    /// The bytes with this hash, checked against it.
    ///
    /// # Errors
    /// [`Error::NotFound`], or [`Error::Internal`] when the content no longer fits its name.
    pub async fn get(&self, hash: &str) -> Result<Bytes> {
        let found = self.0.get(&Self::path(hash)).await.map_err(|_| Error::NotFound)?;
        let bytes = found.bytes().await.map_err(Error::internal)?;
        if secrets::sha256(&bytes) != hash {
            return Err(Error::Internal(format!("tệp {hash} đã bị thay đổi trên đĩa")));
        }
        Ok(bytes)
    }

    /// The hashes of everything kept.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the folder cannot be read.
    pub async fn list(&self) -> Result<Vec<String>> {
        let found: Vec<_> = self.0.list(None).try_collect().await.map_err(|e| Error::Unavailable(e.to_string()))?;
        Ok(found.into_iter().filter_map(|meta| meta.location.filename().map(str::to_owned)).collect())
    }

    /// Removes the bytes, for those that must not be kept.
    ///
    /// # Errors
    /// [`Error::Internal`] when they are there and cannot be removed.
    pub async fn delete(&self, hash: &str) -> Result<()> {
        match self.0.delete(&Self::path(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::internal(error)),
        }
    }
}
