//! Files named by the SHA-256 of their content, in a local folder (or any `object_store`).

use std::{
    fs::File,
    io::{self, Read},
    ops::Range,
    path::{Path as FsPath, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use bytes::Bytes;
use futures::{Stream, StreamExt, TryStreamExt};
use kernel::{Error, Result};
use object_store::{
    GetOptions, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, memory::InMemory, path::Path,
};
use sha2::{Digest, Sha256};
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;

use crate::secrets;

/// The blob store: where, and the folder when it is one of this machine.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<dyn ObjectStore>, Option<PathBuf>);

/// A blob as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its hash.
    pub hash: String,
    /// When its bytes were last put, nanoseconds since 1970 by the clock of the disk.
    pub touched: i64,
    /// Bytes.
    pub size: u64,
}

/// A blob as a file that other programs can read; it goes when this goes, unless it is the blob itself.
#[derive(Debug)]
pub struct Opened {
    path: PathBuf,
    _copy: Option<TempPath>,
}

impl Opened {
    /// Where it lies.
    pub fn path(&self) -> &FsPath {
        &self.path
    }
}

impl Blobs {
    /// Blobs in a folder, which is created when missing.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the folder cannot be made or opened.
    pub fn local(folder: &FsPath) -> Result<Self> {
        let fail = |e: String| Error::Unavailable(format!("Không mở được thư mục tệp {}: {e}", folder.display()));
        std::fs::create_dir_all(folder).map_err(|e| fail(e.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|e| fail(e.to_string()))?;
        Ok(Self(Arc::new(store.with_fsync(true)), Some(folder.to_owned())))
    }

    /// Blobs in memory, for tests.
    pub fn memory() -> Self {
        Self(Arc::new(InMemory::new()), None)
    }

    fn path(hash: &str) -> Path {
        Path::from(format!("{}/{}", hash.get(..2).unwrap_or("00"), hash))
    }

    /// Notes that the bytes with this name are put again; false when they are not there.
    async fn touch(&self, target: &Path) -> bool {
        let Some(folder) = &self.1 else { return false };
        let path = folder.join(target.as_ref());
        tokio::task::spawn_blocking(move || touch(&path)).await.is_ok_and(|done| done.is_ok())
    }

    /// Keeps the bytes; their hash. The same bytes are kept once; nobody who removes what nothing names ([`Blobs::remove_untouched`]) takes them now.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when they cannot be written.
    pub async fn put(&self, bytes: Bytes) -> Result<String> {
        let hash = secrets::sha256(&bytes);
        if !self.touch(&Self::path(&hash)).await {
            self.0
                .put(&Self::path(&hash), PutPayload::from_bytes(bytes))
                .await
                .map_err(|e| Error::Unavailable(format!("Không lưu được tệp: {e}")))?;
        }
        Ok(hash)
    }

    /// Keeps a file by moving it here, however large it is; hash and size. The file is gone afterwards. Its folder should be on the same disk.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it cannot be read or kept.
    pub async fn put_file(&self, file: PathBuf) -> Result<(String, u64)> {
        let failed = |e: io::Error| Error::Unavailable(format!("Không lưu được tệp: {e}"));
        let read = file.clone();
        let hashed = tokio::task::spawn_blocking(move || hash_of(&read)).await.map_err(Error::internal)?;
        let (hash, size) = hashed.map_err(failed)?;
        let target = Self::path(&hash);
        if !self.touch(&target).await {
            match &self.1 {
                Some(folder) => {
                    let to = folder.join(target.as_ref());
                    let from = file.clone();
                    let moved = tokio::task::spawn_blocking(move || place(&from, &to));
                    moved.await.map_err(Error::internal)?.map_err(failed)?;
                }
                None => {
                    let bytes = tokio::fs::read(&file).await.map_err(failed)?;
                    self.put(bytes.into()).await?;
                }
            }
        }
        match tokio::fs::remove_file(&file).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok((hash, size)),
        }
    }

    /// The blob as a file for other programs.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Unavailable`] when it cannot be copied to this machine.
    pub async fn open(&self, hash: &str) -> Result<Opened> {
        let target = Self::path(hash);
        if let Some(folder) = &self.1 {
            let path = folder.join(target.as_ref());
            return if path.is_file() { Ok(Opened { path, _copy: None }) } else { Err(Error::NotFound) };
        }
        let found = self.0.get(&target).await.map_err(|_| Error::NotFound)?;
        let failed = |e: io::Error| Error::Unavailable(format!("Không ghi được tệp tạm: {e}"));
        let (file, copy) = tempfile::NamedTempFile::new().map_err(failed)?.into_parts();
        let mut file = tokio::fs::File::from_std(file);
        let mut bytes = found.into_stream();
        while let Some(part) = bytes.next().await {
            file.write_all(&part.map_err(Error::internal)?).await.map_err(failed)?;
        }
        file.flush().await.map_err(failed)?;
        Ok(Opened { path: copy.to_path_buf(), _copy: Some(copy) })
    }

    /// A part of the bytes with this hash, as they come from the disk.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn part(
        &self,
        hash: &str,
        range: Range<u64>,
    ) -> Result<impl Stream<Item = io::Result<Bytes>> + Send + 'static> {
        let wanted = GetOptions { range: Some(range.into()), ..GetOptions::default() };
        let found = self.0.get_opts(&Self::path(hash), wanted).await.map_err(|_| Error::NotFound)?;
        Ok(found.into_stream().map_err(io::Error::other))
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
        Ok(self.kept().await?.into_iter().map(|kept| kept.hash).collect())
    }

    /// Everything kept.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the folder cannot be read.
    pub async fn kept(&self) -> Result<Vec<Kept>> {
        let failed = |e: object_store::Error| Error::Unavailable(e.to_string());
        let found: Vec<_> = self.0.list(None).try_collect().await.map_err(failed)?;
        let mut all = Vec::with_capacity(found.len());
        for meta in found {
            let Some(name) = meta.location.filename() else { continue };
            match (name.strip_suffix(ASIDE), &self.1) {
                // Somebody who was removing it was interrupted: it stands where it stood.
                (Some(_), Some(folder)) => {
                    let path = folder.join(meta.location.as_ref());
                    let _ = std::fs::rename(&path, path.with_extension(""));
                }
                _ => all.push(Kept {
                    hash: name.to_owned(),
                    touched: meta.last_modified.timestamp_nanos_opt().unwrap_or(0),
                    size: meta.size,
                }),
            }
        }
        Ok(all)
    }

    /// Removes bytes that were not put again since they were seen; whether it did.
    ///
    /// # Errors
    /// [`Error::Internal`] when they are there and cannot be removed.
    pub async fn remove_untouched(&self, kept: &Kept) -> Result<bool> {
        let target = Self::path(&kept.hash);
        if let Some(folder) = &self.1 {
            let (path, touched) = (folder.join(target.as_ref()), kept.touched);
            let work = tokio::task::spawn_blocking(move || remove_untouched(&path, touched));
            return work.await.map_err(Error::internal)?.map_err(Error::internal);
        }
        let now = self.0.head(&target).await.ok().and_then(|meta| meta.last_modified.timestamp_nanos_opt());
        if now != Some(kept.touched) {
            return Ok(false);
        }
        self.delete(&kept.hash).await.map(|()| true)
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

/// End of the name of a file that is being removed.
const ASIDE: &str = ".gone";

/// Gives a file the time of now; fails when it is not there. Whoever removes files moves them aside before looking at their time: one that still stands here
/// was given its time before that.
fn touch(path: &FsPath) -> io::Result<()> {
    File::options().append(true).open(path)?.set_modified(SystemTime::now())?;
    std::fs::metadata(path).map(drop)
}

fn remove_untouched(path: &FsPath, touched: i64) -> io::Result<bool> {
    let aside = path.with_extension(ASIDE.trim_start_matches('.'));
    match std::fs::rename(path, &aside) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        other => other?,
    }
    let modified = std::fs::metadata(&aside)?.modified()?.duration_since(SystemTime::UNIX_EPOCH);
    if modified.is_ok_and(|since| since.as_nanos() == touched.unsigned_abs().into()) {
        return std::fs::remove_file(&aside).map(|()| true);
    }
    std::fs::rename(&aside, path).map(|()| false)
}

/// Hash and size of a file.
fn hash_of(path: &FsPath) -> io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let (mut sum, mut size, mut buffer) = (Sha256::new(), 0u64, vec![0u8; 1 << 20]);
    loop {
        let read = file.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        sum.update(part);
        size += read as u64;
    }
    Ok((hex::encode(sum.finalize()), size))
}

/// Moves a file to its name; whole, or not at all.
fn place(from: &FsPath, to: &FsPath) -> io::Result<()> {
    let folder = to.parent().unwrap_or(FsPath::new("."));
    std::fs::create_dir_all(folder)?;
    File::open(from)?.sync_all()?;
    if std::fs::rename(from, to).is_err() {
        // Another disk.
        let draft = tempfile::NamedTempFile::new_in(folder)?;
        io::copy(&mut File::open(from)?, &mut draft.as_file())?;
        draft.as_file().sync_all()?;
        draft.persist(to)?;
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn parts(blobs: &Blobs, hash: &str, range: Range<u64>) -> Vec<u8> {
        let all: Vec<Bytes> = blobs.part(hash, range).await.unwrap().try_collect().await.unwrap();
        all.concat()
    }

    #[tokio::test]
    async fn what_is_put_again_is_not_removed() {
        let folder = tempfile::tempdir().unwrap();
        for blobs in [Blobs::local(folder.path()).unwrap(), Blobs::memory()] {
            let hash = blobs.put("một".into()).await.unwrap();
            let seen = blobs.kept().await.unwrap().remove(0);
            assert_eq!((seen.hash.as_str(), seen.size), (hash.as_str(), 5));
            blobs.put("một".into()).await.unwrap();
            assert!(!blobs.remove_untouched(&seen).await.unwrap());
            assert_eq!(blobs.get(&hash).await.unwrap(), "một");
            let seen = blobs.kept().await.unwrap().remove(0);
            assert!(blobs.remove_untouched(&seen).await.unwrap());
            assert!(!blobs.remove_untouched(&seen).await.unwrap());
            assert!(blobs.kept().await.unwrap().is_empty() && blobs.get(&hash).await.is_err());
        }
        // A removal that was interrupted.
        let blobs = Blobs::local(folder.path()).unwrap();
        let hash = blobs.put("một".into()).await.unwrap();
        let path = blobs.open(&hash).await.unwrap().path().to_owned();
        std::fs::rename(&path, path.with_extension("gone")).unwrap();
        blobs.kept().await.unwrap();
        assert_eq!(blobs.get(&hash).await.unwrap(), "một");
    }

    #[tokio::test]
    async fn a_file_is_moved_in_and_read_by_parts() {
        let folder = tempfile::tempdir().unwrap();
        let local = Blobs::local(&folder.path().join("blobs")).unwrap();
        for blobs in [local, Blobs::memory()] {
            let file = folder.path().join("den");
            std::fs::write(&file, "mười phần trăm").unwrap();
            let (hash, size) = blobs.put_file(file.clone()).await.unwrap();
            assert_eq!((hash.as_str(), size), (secrets::sha256("mười phần trăm".as_bytes()).as_str(), 20));
            assert!(!file.exists());
            assert_eq!(blobs.get(&hash).await.unwrap(), "mười phần trăm");
            assert_eq!(parts(&blobs, &hash, 8..13).await, "phần".as_bytes().get(..5).unwrap());
            assert_eq!(std::fs::read(blobs.open(&hash).await.unwrap().path()).unwrap(), "mười phần trăm".as_bytes());
            // The same bytes once more.
            std::fs::write(&file, "mười phần trăm").unwrap();
            assert_eq!(blobs.put_file(file.clone()).await.unwrap().0, hash);
            assert!(!file.exists());
            assert_eq!(blobs.list().await.unwrap(), [hash.as_str()]);
            assert!(blobs.part(&"0".repeat(64), 0..1).await.is_err() && blobs.open(&"0".repeat(64)).await.is_err());
        }
    }
}
