//! Photos and papers of an activity.

use bytes::Bytes;
use kernel::{Actor, Error, FieldErrors, Permit, Result, Uuid};
use platform::App;
use serde::{Deserialize, Serialize};
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
    /// What they show.
    pub shown: Shown,
}

/// Who is seen on photos.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// Are people shown?
    pub people: bool,
    /// Have they agreed?
    pub consent: bool,
    /// Are there minors among them?
    pub minors: bool,
}

impl Shown {
    /// The same without contradictions: whoever shows minors shows people, and only people agree.
    pub fn sound(self) -> Self {
        let people = self.people || self.minors;
        Self { people, consent: people && self.consent, minors: self.minors }
    }

    /// In words, for the audit trail.
    fn words(self) -> String {
        let said = [(self.people, "có người"), (self.consent, "đã đồng ý"), (self.minors, "có trẻ em")];
        let words: Vec<&str> = said.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
        if words.is_empty() { "không có người".to_owned() } else { words.join(", ") }
    }
}

/// A file whose bytes are kept, before it belongs to an activity.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The hash of its bytes.
    pub hash: String,
    /// Its bytes.
    pub size: i64,
}

impl Kept {
    /// As stored with an activity.
    pub(super) fn with(&self, shown: Shown) -> NewFile {
        let Shown { people, consent, minors } = shown.sound();
        NewFile {
            name: self.name.clone(),
            hash: self.hash.clone(),
            media_type: self.media_type.clone(),
            size: self.size,
            people,
            consent,
            minors,
        }
    }
}

/// Whose a kept file is: it is taken back from nobody else.
fn keeper(actor: &Actor) -> String {
    format!("tep-hoat-dong:{}", actor.user)
}

/// A kept file as a form carries it until it is recorded.
///
/// # Errors
/// Never in practice.
pub(crate) fn ticket(app: &App, actor: &Actor, file: &Kept) -> Result<String> {
    app.vault.seal(&keeper(actor), &serde_json::to_string(file).map_err(Error::internal)?)
}

/// Files that were kept when a form came back, and those that came with it now; what is wrong with one is said at `tep`, the others stay.
///
/// # Errors
/// When the store of files refuses.
pub(crate) async fn keep_files(
    app: &App,
    actor: &Actor,
    tickets: &[&str],
    upload: Upload,
    errors: &mut FieldErrors,
) -> Result<Vec<Kept>> {
    let mut kept: Vec<Kept> = Vec::new();
    for ticket in tickets.iter().filter(|ticket| !ticket.is_empty()) {
        let opened = app.vault.open_sealed(&keeper(actor), ticket).ok();
        match opened.and_then(|text| serde_json::from_str(&text).ok()) {
            Some(file) => kept.push(file),
            None => errors.add("tep", "Một tệp đã chọn trước đó không dùng được nữa; hãy chọn lại."),
        }
    }
    for (name, media_type, bytes) in upload.files {
        if bytes.is_empty() {
            errors.add("tep", format!("Tệp “{name}” rỗng; hãy chọn lại tệp khác."));
        } else if kept.len() >= FILES {
            errors.add("tep", format!("Mỗi lần gửi nhiều nhất {FILES} tệp; “{name}” và các tệp sau chưa được nhận."));
        } else {
            let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            let hash = app.blobs.put(bytes).await?;
            if !kept.iter().any(|file| file.hash == hash && file.name == name) {
                kept.push(Kept { name, media_type, hash, size });
            }
        }
    }
    Ok(kept)
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
        kept.push(Kept { name, media_type, hash, size }.with(upload.shown));
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

/// Says anew what a file shows; the activity it belongs to.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn mark_file(app: &App, permit: &Permit<RecordActivities>, id: Uuid, shown: Shown) -> Result<Uuid> {
    let file = store::file(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    may_record(app, permit, file.activity_id).await?;
    let before = Shown { people: file.people, consent: file.consent, minors: file.minors };
    let shown = shown.sound();
    if shown == before {
        return Ok(file.activity_id);
    }
    let tx = app.db.begin().await?;
    store::mark_file(&*tx, id, (shown.people, shown.consent, shown.minors)).await?;
    let detail = json!({ "file": file.file_name, "previous": before.words(), "new": shown.words() });
    note(app, &tx, permit, "activities.mark_file", file.activity_id, detail).await?;
    tx.commit().await?;
    Ok(file.activity_id)
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
