//! Taking a paper in: read, check that it may be kept, keep it, fill the draft.

use bytes::Bytes;
use kernel::{Actor, Error, Permit, Result, Uuid, new_id};
use platform::{
    App,
    audit::{self, Entry},
    jobs, secrets, strays,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    directory::directory,
    extract::{self, Quick, Unread},
    read::{self, Read, Verdict},
    spool,
};
use crate::documents::{
    model::{Audience, State},
    policy::Prepare,
    store::{self, Document, NewDocument},
};

/// Kind of the job that reads what takes longer.
pub(in crate::documents) const READ_JOB: &str = "documents.read";

/// Larger files are read by a job, bytes.
const AT_ONCE: usize = 2 << 20;

/// A file as it came.
pub struct Upload {
    /// Who will keep the document.
    pub owner: Uuid,
    /// Who may read it once confirmed.
    pub audience: Audience,
    /// Its name on the sender's machine.
    pub file_name: String,
    /// Its content.
    pub bytes: Bytes,
}

/// What became of it.
#[derive(Debug)]
pub enum Received {
    /// A draft to be reviewed.
    Draft(Box<Document>),
    /// A job reads it.
    Reading(Box<Document>),
    /// It was here before.
    Already(Box<Document>),
    /// A state secret: wiped, and audited.
    Refused(&'static str),
    /// Cannot be read: why, and the HTTP status that says so.
    Unreadable(String, u16),
}

#[derive(Debug, Serialize, Deserialize)]
pub(in crate::documents) struct ReadJob {
    pub document: Uuid,
}

/// Takes a file in.
///
/// # Errors
/// [`Error::Invalid`] when the owner is not one of the person's agencies.
pub async fn upload(app: &App, permit: &Permit<Prepare>, upload: Upload) -> Result<Received> {
    if !store::may_own(app.db.read(), permit, upload.owner).await? {
        return Err(Error::invalid("owner", "Hãy chọn cơ quan quản lý văn bản trong phạm vi của bạn."));
    }
    let limit = app.config.server.upload_mb << 20;
    if upload.bytes.len() > limit {
        return Ok(too_large(app));
    }
    let hash = secrets::sha256(&upload.bytes);
    if let Some(known) = store::document_of_file(app.db.read(), permit, &hash).await? {
        return Ok(Received::Already(Box::new(known)));
    }
    if upload.bytes.len() > AT_ONCE {
        return later(app, permit, upload, &hash).await;
    }
    match extract::quick(&app.config.tools, upload.bytes.clone(), &upload.file_name).await {
        Ok(Quick::Slow) => later(app, permit, upload, &hash).await,
        Ok(Quick::Done(source)) => match read::recognise(source).await? {
            Verdict::Secret(degree) => {
                refuse(app, permit.actor(), degree, upload.bytes.len()).await?;
                Ok(Received::Refused(degree))
            }
            Verdict::Keep(read) => keep(app, permit, upload, &hash, *read).await,
        },
        Err(unread) => Ok(unreadable(&unread)),
    }
}

/// The answer to a file over the limit.
pub fn too_large(app: &App) -> Received {
    let message = format!(
        "Tệp lớn hơn {} MB. Hãy tách thành nhiều tệp hoặc bỏ bớt hình ảnh rồi gửi lại.",
        app.config.server.upload_mb
    );
    Received::Unreadable(message, 413)
}

fn unreadable(unread: &Unread) -> Received {
    Received::Unreadable(unread.to_string(), unread.status())
}

/// Records that a secret paper was turned away; nothing of its content, not even the name of the file.
async fn refuse(app: &App, actor: &Actor, degree: &str, size: usize) -> Result<()> {
    let tx = app.db.begin().await?;
    let detail = json!({ "degree": degree, "size": size });
    let entry = Entry { action: "documents.refuse_secret", subject: "document", id: None, detail };
    audit::record(&*tx, &*app.clock, actor, entry).await?;
    tx.commit().await
}

fn new_document<'a>(
    app: &App,
    permit: &Permit<Prepare>,
    upload: &'a Upload,
    hash: &'a str,
    state: State,
) -> NewDocument<'a> {
    NewDocument {
        id: new_id(),
        state,
        owner: upload.owner,
        audience: upload.audience,
        file_name: &upload.file_name,
        file_hash: hash,
        file_type: "application/octet-stream",
        file_size: upload.bytes.len() as i64,
        problem: "",
        created_by: permit.actor().user,
        now: app.clock.now(),
    }
}

/// The document that won a race, instead of the conflict.
async fn or_already(app: &App, permit: &Permit<Prepare>, hash: &str, error: Error) -> Result<Received> {
    if !matches!(error, Error::Conflict(_)) {
        return Err(error);
    }
    let known = store::document_of_file(app.db.read(), permit, hash).await?;
    known.map(|known| Received::Already(Box::new(known))).ok_or(error)
}

async fn later(app: &App, permit: &Permit<Prepare>, upload: Upload, hash: &str) -> Result<Received> {
    let new = new_document(app, permit, &upload, hash, State::Reading);
    spool::put(app, new.id, &upload.bytes).await?;
    match queue(app, permit, &new).await {
        Ok(()) => Ok(Received::Reading(Box::new(store::document(app.db.read(), new.id).await?))),
        Err(error) => {
            spool::wipe(app, new.id).await?;
            or_already(app, permit, hash, error).await
        }
    }
}

async fn queue(app: &App, permit: &Permit<Prepare>, new: &NewDocument<'_>) -> Result<()> {
    let tx = app.db.begin().await?;
    store::insert_document(&*tx, new).await?;
    note(&tx, app, permit.actor(), "documents.upload", new.id, json!({ "file": new.file_name })).await?;
    jobs::enqueue(&*tx, &*app.clock, READ_JOB, &ReadJob { document: new.id }, None).await?;
    tx.commit().await
}

async fn keep(app: &App, permit: &Permit<Prepare>, upload: Upload, hash: &str, read: Read) -> Result<Received> {
    let mut new = new_document(app, permit, &upload, hash, State::Draft);
    new.file_type = read.media;
    app.blobs.put(upload.bytes.clone()).await?;
    match fill(app, permit, &new, read).await {
        Ok(()) => Ok(Received::Draft(Box::new(store::document(app.db.read(), new.id).await?))),
        Err(error) => {
            strays::release(app, hash).await?;
            or_already(app, permit, hash, error).await
        }
    }
}

async fn fill(app: &App, permit: &Permit<Prepare>, new: &NewDocument<'_>, read: Read) -> Result<()> {
    let directory = directory(app).await?;
    let tx = app.db.begin().await?;
    store::insert_document(&*tx, new).await?;
    read::fill(&tx, &directory, new.id, new.owner, read).await?;
    note(&tx, app, permit.actor(), "documents.upload", new.id, json!({ "file": new.file_name })).await?;
    tx.commit().await
}

/// Records what was done to a document.
pub(super) async fn note(
    tx: &::store::Tx,
    app: &App,
    actor: &Actor,
    action: &str,
    id: Uuid,
    detail: serde_json::Value,
) -> Result<()> {
    audit::record(&**tx, &*app.clock, actor, Entry { action, subject: "document", id: Some(id), detail }).await
}

/// The job: reads a document whose file waits. What cannot be read is noted on the document, not retried.
///
/// # Errors
/// When the database or the disk refuses.
pub(in crate::documents) async fn read_waiting(app: &App, id: Uuid) -> Result<()> {
    let document = match store::document(app.db.read(), id).await {
        Ok(document) if document.state() == State::Reading => document,
        Ok(_) | Err(Error::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let Ok(bytes) = spool::get(app, id).await else {
        return fail(app, id, "Tệp tạm không còn. Hãy bỏ văn bản này và tải tệp lên lại.").await;
    };
    let size = bytes.len();
    let source = match extract::extract(&app.config.tools, bytes.clone(), &document.file_name).await {
        Ok(source) => source,
        Err(unread) => return fail(app, id, &unread.to_string()).await,
    };
    match read::recognise(source).await? {
        Verdict::Secret(degree) => {
            spool::wipe(app, id).await?;
            let name = store::user_name(app.db.read(), document.created_by).await?;
            refuse(app, &Actor { user: document.created_by, name, holdings: Vec::new() }, degree, size).await?;
            let tx = app.db.begin().await?;
            store::blank_file(&*tx, id, &refusal(degree)).await?;
            tx.commit().await
        }
        Verdict::Keep(read) => {
            app.blobs.put(bytes).await?;
            let directory = directory(app).await?;
            let tx = app.db.begin().await?;
            store::set_file_type(&*tx, id, read.media).await?;
            read::fill(&tx, &directory, id, document.owner_id, *read).await?;
            tx.commit().await?;
            spool::wipe(app, id).await
        }
    }
}

/// What the sender of a secret paper is told.
pub fn refusal(degree: &str) -> String {
    format!(
        "Văn bản có dấu {degree} không được đưa lên hệ thống này. Tệp đã bị xóa, việc từ chối đã được ghi nhật ký. \
         Hãy xử lý văn bản theo quy định về bảo vệ bí mật nhà nước."
    )
}

async fn fail(app: &App, id: Uuid, problem: &str) -> Result<()> {
    let tx = app.db.begin().await?;
    store::set_read(&*tx, id, State::Failed, "", problem).await?;
    tx.commit().await
}

/// Tries again to read a document that could not be read.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it did not fail, or its file was wiped.
pub async fn retry(app: &App, permit: &Permit<Prepare>, id: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    let document = store::owned_document(&*tx, permit, id).await?;
    if document.state() != State::Failed || document.file_hash.is_empty() {
        return Err(Error::Conflict("Chỉ đọc lại được văn bản chưa đọc được và còn tệp.".into()));
    }
    store::set_read(&*tx, id, State::Reading, "", "").await?;
    note(&tx, app, permit.actor(), "documents.retry", id, json!({})).await?;
    jobs::enqueue(&*tx, &*app.clock, READ_JOB, &ReadJob { document: id }, None).await?;
    tx.commit().await
}

/// Throws away a document that was never confirmed, its file included.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] once it is confirmed.
pub async fn discard(app: &App, permit: &Permit<Prepare>, id: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    let document = store::owned_document(&*tx, permit, id).await?;
    if matches!(document.state(), State::Confirmed | State::Superseded) {
        return Err(Error::Conflict("Văn bản đã xác nhận thì không bỏ được; hãy lập bản đính chính.".into()));
    }
    store::delete_document(&*tx, id).await?;
    note(&tx, app, permit.actor(), "documents.discard", id, json!({ "number": document.number })).await?;
    tx.commit().await?;
    spool::wipe(app, id).await?;
    if !document.file_hash.is_empty() {
        strays::release(app, &document.file_hash).await?;
    }
    Ok(())
}
