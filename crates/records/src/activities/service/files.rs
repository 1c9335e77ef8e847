//! Photos and papers of an activity.

use bytes::Bytes;
use kernel::{Error, FieldErrors, Permit, Result, Uuid};
use platform::App;
use serde_json::json;

use super::{
    record::note,
    sight::{may_record, sight},
};
use crate::activities::{
    policy::{ReadActivities, RecordActivities},
    store::{self, File, NewFile},
};

/// Most files sent at once.
const FILES: usize = 30;

/// Files as they came, and what is said of them.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// Name, media type, content.
    pub files: Vec<(String, String, Bytes)>,
    /// Are people shown?
    pub people: bool,
    /// Have they agreed?
    pub consent: bool,
    /// Are there minors among them?
    pub minors: bool,
}

/// Keeps files with an activity; nothing is refused for whom it shows, but it is marked.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`].
pub(crate) async fn add_files(app: &App, permit: &Permit<RecordActivities>, id: Uuid, upload: Upload) -> Result<usize> {
    may_record(app, permit, id).await?;
    let mut errors = FieldErrors::default();
    if upload.files.is_empty() {
        errors.add("tep", "Hãy chọn ít nhất một tệp.");
    }
    if upload.files.len() > FILES {
        errors.add("tep", format!("Mỗi lần gửi nhiều nhất {FILES} tệp."));
    }
    let limit = app.config.server.upload_mb.saturating_mul(1 << 20);
    for (name, _, bytes) in &upload.files {
        if bytes.is_empty() {
            errors.add("tep", format!("Tệp “{name}” rỗng."));
        } else if bytes.len() > limit {
            errors.add("tep", format!("Tệp “{name}” lớn hơn {} MB; hãy gửi tệp nhỏ hơn.", app.config.server.upload_mb));
        }
    }
    errors.into_result(())?;
    let mut kept = Vec::with_capacity(upload.files.len());
    for (name, media_type, bytes) in upload.files {
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let hash = app.blobs.put(bytes).await?;
        let (people, consent) = (upload.people, upload.people && upload.consent);
        kept.push(NewFile { name, hash, media_type, size, people, consent, minors: people && upload.minors });
    }
    let tx = app.db.begin().await?;
    store::insert_files(&*tx, id, &kept, permit.actor().user, app.clock.now()).await?;
    note(app, &tx, permit, "activities.file", id, json!({ "files": kept.len() })).await?;
    tx.commit().await?;
    Ok(kept.len())
}

/// A file and its bytes, for those who see the activity.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn open_file(app: &App, permit: &Permit<ReadActivities>, id: Uuid) -> Result<(File, Bytes)> {
    let file = store::file(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    sight(app, permit, file.activity_id).await?;
    let bytes = app.blobs.get(&file.file_hash).await?;
    Ok((file, bytes))
}

/// Takes a file away (somebody shown did not agree, a wrong one was chosen); the activity it belonged to.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn drop_file(app: &App, permit: &Permit<RecordActivities>, id: Uuid) -> Result<Uuid> {
    let file = store::file(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    may_record(app, permit, file.activity_id).await?;
    let tx = app.db.begin().await?;
    store::delete_file(&*tx, id).await?;
    let detail = json!({ "file": file.file_name });
    note(app, &tx, permit, "activities.drop_file", file.activity_id, detail).await?;
    tx.commit().await?;
    Ok(file.activity_id)
}
