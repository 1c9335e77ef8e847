//! Files on their way, piece by piece: the server's side of the tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload).
//!
//! What has come lies in a file of the data folder whose length says how far it is. One request at a time writes to it; a line that breaks loses nothing
//! that was written.

use std::{
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use futures::{Stream, StreamExt};
use kernel::{Actor, Error, Result, Uuid, new_id};
use platform::App;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::library::{
    model::sort,
    store::{self, FileFacts, Upload},
};

/// Bytes gathered before they are written.
const BLOCK: usize = 1 << 20;

/// Days after which a file that nobody finished or used is forgotten.
pub(super) const KEPT_DAYS: i64 = 3;

fn folder(app: &App) -> PathBuf {
    app.config.storage.data.join("incoming-media")
}

pub(super) fn spool(app: &App, id: Uuid) -> PathBuf {
    folder(app).join(id.to_string())
}

fn failed(error: io::Error) -> Error {
    Error::Unavailable(format!("Máy chủ không ghi được tệp đang tải lên: {error}"))
}

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Received {
    pub offset: u64,
    pub size: u64,
}

/// The name of a file without folders and control signs.
pub(super) fn clean(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|sign| !sign.is_control()).take(150).collect()
}

/// Begins a file of `size` bytes; its id.
///
/// # Errors
/// [`Error::Invalid`] when it is empty or too large.
pub(crate) async fn begin(app: &App, actor: &Actor, name: &str, size: u64) -> Result<Uuid> {
    let most = app.config.server.media_mb;
    if size == 0 {
        return Err(Error::invalid("tep", "Tệp rỗng; hãy chọn lại tệp."));
    }
    if size > most.saturating_mul(1 << 20) {
        return Err(Error::invalid("tep", format!("Tệp lớn hơn {most} MB; hãy cắt nhỏ hoặc nén lại rồi gửi.")));
    }
    let id = new_id();
    tokio::fs::create_dir_all(folder(app)).await.map_err(failed)?;
    tokio::fs::File::create_new(spool(app, id)).await.map_err(failed)?;
    let tx = app.db.begin().await?;
    let size = i64::try_from(size).map_err(Error::internal)?;
    store::begin_upload(&*tx, (id, actor.user), (&clean(name), size), app.clock.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// The file on its way, of whom sends it.
async fn mine(app: &App, actor: &Actor, id: Uuid) -> Result<Upload> {
    store::upload(app.db.read(), id).await?.filter(|upload| upload.by_id == actor.user).ok_or(Error::NotFound)
}

fn far(upload: &Upload, path: &Path) -> Result<Received> {
    let size = u64::try_from(upload.size).unwrap_or(0);
    if !upload.file_hash.is_empty() {
        return Ok(Received { offset: size, size });
    }
    let offset = std::fs::metadata(path).map_err(|_| Error::NotFound)?.len();
    Ok(Received { offset, size })
}

/// How far a file is.
///
/// # Errors
/// [`Error::NotFound`] for who does not send it.
pub(crate) async fn standing(app: &App, actor: &Actor, id: Uuid) -> Result<Received> {
    far(&mine(app, actor, id).await?, &spool(app, id))
}

/// Writes what comes behind what is there; how far it is then. When the line breaks, what came is kept.
///
/// # Errors
/// [`Error::Conflict`] when the piece does not begin where the file ends, or another request is writing; [`Error::Invalid`] when more comes than was said,
/// or, at the end, when the library takes no such file (then it is forgotten).
pub(crate) async fn receive<S, E>(app: &App, actor: &Actor, id: Uuid, offset: u64, pieces: S) -> Result<Received>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    let upload = mine(app, actor, id).await?;
    let path = spool(app, id);
    if !upload.file_hash.is_empty() {
        return Err(Error::Conflict("Tệp này đã đến đủ.".into()));
    }
    let file = OpenOptions::new().append(true).open(&path).map_err(|_| Error::NotFound)?;
    // Held until the file is closed, so also when this request is dropped.
    if file.try_lock().is_err() {
        return Err(Error::Conflict("Một lần gửi khác của tệp này chưa kết thúc.".into()));
    }
    let before = far(&upload, &path)?;
    if before.offset != offset {
        return Err(Error::Conflict("Phần gửi không nối tiếp phần đã đến.".into()));
    }
    let after = append(file, before, pieces).await?;
    if after.offset == after.size {
        finish(app, &upload, &path).await?;
    }
    Ok(after)
}

async fn append<S, E>(file: File, at: Received, mut pieces: S) -> Result<Received>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    let mut file = tokio::fs::File::from_std(file);
    let mut offset = at.offset;
    let mut block: Vec<u8> = Vec::with_capacity(BLOCK);
    loop {
        // A broken line ends the piece; what came stays.
        let piece = pieces.next().await.and_then(std::result::Result::ok);
        let over = piece.as_ref().is_some_and(|piece| offset + (block.len() + piece.len()) as u64 > at.size);
        if let Some(piece) = piece.as_ref().filter(|_| !over) {
            block.extend_from_slice(piece);
        }
        if !block.is_empty() && (piece.is_none() || over || block.len() >= BLOCK) {
            file.write_all(&block).await.map_err(failed)?;
            offset += block.len() as u64;
            block.clear();
        }
        if over {
            file.flush().await.map_err(failed)?;
            return Err(Error::invalid("tep", "Phần gửi dài hơn cỡ tệp đã báo."));
        }
        if piece.is_none() {
            break;
        }
    }
    file.flush().await.map_err(failed)?;
    Ok(Received { offset, ..at })
}

/// Keeps a file that has come whole.
async fn finish(app: &App, upload: &Upload, path: &Path) -> Result<()> {
    let Some((media_type, _)) = sort::sort(&head(path).await?) else {
        forget(app, upload.id).await?;
        return Err(unwanted());
    };
    let (hash, _) = app.blobs.put_file(path.to_owned()).await?;
    let tx = app.db.begin().await?;
    store::finish_upload(&*tx, upload.id, &hash, media_type).await?;
    tx.commit().await
}

fn unwanted() -> Error {
    Error::invalid(
        "tep",
        "Thư viện không nhận loại tệp này. Hãy gửi video (MP4, MOV, MPEG, MKV, MXF), âm thanh (MP3, WAV, M4A), ảnh (JPEG, PNG, WebP) hoặc PDF, DOCX, PPTX.",
    )
}

async fn head(path: &Path) -> Result<Vec<u8>> {
    let file = tokio::fs::File::open(path).await.map_err(failed)?;
    let mut head = Vec::with_capacity(sort::HEAD);
    file.take(sort::HEAD as u64).read_to_end(&mut head).await.map_err(failed)?;
    Ok(head)
}

/// The file that has come whole, to be given to an item.
///
/// # Errors
/// [`Error::Invalid`] when it is not here, not whole or somebody else's.
pub(crate) async fn received(app: &App, actor: &Actor, id: Uuid) -> Result<FileFacts> {
    let upload = mine(app, actor, id).await.ok().filter(|upload| !upload.file_hash.is_empty());
    let upload = upload.ok_or_else(|| Error::invalid("tep", "Tệp chưa đến đủ hoặc đã bị bỏ; hãy chọn lại tệp."))?;
    Ok(FileFacts { name: upload.file_name, hash: upload.file_hash, media_type: upload.file_type, size: upload.size })
}

/// Where the bytes of an item come from.
pub enum Source {
    /// A file of this machine, which is moved: name and place.
    File(String, PathBuf),
    /// Bytes at hand, with a name.
    Bytes(String, Bytes),
}

/// Keeps a file that came at once.
///
/// # Errors
/// [`Error::Invalid`] when it is empty or the library takes no such file.
pub async fn take(app: &App, source: Source) -> Result<Taken> {
    let (name, head, kept) = match source {
        Source::File(name, path) => (name, head(&path).await?, Err(path)),
        Source::Bytes(name, bytes) => (name, bytes.get(..sort::HEAD).unwrap_or(&bytes).to_vec(), Ok(bytes)),
    };
    let (media_type, _) = sort::sort(&head).ok_or_else(unwanted)?;
    let (hash, size) = match kept {
        Ok(bytes) => {
            let size = bytes.len() as u64;
            (app.blobs.put(bytes).await?, size)
        }
        Err(path) => app.blobs.put_file(path).await?,
    };
    let size = i64::try_from(size).map_err(Error::internal)?;
    Ok(Taken(FileFacts { name: clean(&name), hash, media_type: media_type.to_owned(), size }))
}

/// A file that is kept and belongs to no item yet.
pub struct Taken(pub(super) FileFacts);

/// Forgets a file on its way.
///
/// # Errors
/// [`Error::NotFound`] for who does not send it.
pub(crate) async fn drop_upload(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    mine(app, actor, id).await?;
    forget(app, id).await
}

pub(super) async fn forget(app: &App, id: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    store::drop_upload(&*tx, id).await?;
    tx.commit().await?;
    match tokio::fs::remove_file(spool(app, id)).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
        _ => Ok(()),
    }
}
