//! The signed file that comes back: kept by its hash, its signatures read, the paper issued.

use bytes::Bytes;
use kernel::{Error, Permit, Result, Uuid, new_id, text::shorten};
use memchr::memmem;
use platform::App;
use records::documents::service::extract::{Quick, quick};

use super::{
    draft::{faster, note},
    sight::{acting, sight},
};
use crate::outgoing::{
    model::{
        State,
        compose::Composed,
        signature::{Marks, kept_as, lacking, marks, tells},
    },
    policy::{DraftPapers, ReadPapers},
    store::{self, File, Paper},
};

/// A file as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Upload {
    /// Name, media type as the sender says, content.
    pub file: Option<(String, String, Bytes)>,
    /// Has the sender compared it with the paper?
    pub compared: bool,
    /// Why it takes the place of another one.
    pub reason: String,
}

/// The words of a PDF, where it has any and the program that reads them is there.
async fn words(app: &App, bytes: Bytes, name: &str) -> Option<String> {
    match quick(&app.config.tools, bytes, name).await {
        Ok(Quick::Done(source)) => Some(source.text),
        Ok(Quick::Slow) | Err(_) => None,
    }
}

/// Is it a PDF as this program prints it?
fn printed_here(bytes: &[u8]) -> bool {
    memmem::find(bytes, press::PRINTER.as_bytes()).is_some()
}

/// What was found in a file; refused when it is not the signed copy of this paper and nobody vouches for it.
async fn examine(app: &App, row: &Paper, (name, bytes): (&str, &Bytes), compared: bool) -> Result<Marks> {
    let limit = app.config.server.upload_mb.saturating_mul(1 << 20);
    if bytes.is_empty() {
        return Err(Error::invalid("tep", "Tệp rỗng; hãy chọn tệp khác."));
    }
    if bytes.len() > limit {
        let message = format!("Tệp lớn hơn {} MB; hãy chọn tệp nhỏ hơn.", app.config.server.upload_mb);
        return Err(Error::invalid("tep", message));
    }
    let Some(kind) = kept_as(bytes) else {
        return Err(Error::invalid("tep", "Bản ký là tệp PDF, hoặc ảnh quét JPEG, PNG; hãy chọn tệp khác."));
    };
    let content = bytes.clone();
    let mut found = tokio::task::spawn_blocking(move || marks(&content)).await.map_err(Error::internal)?;
    if kind == "application/pdf" && found.signatures.is_empty() && printed_here(bytes) {
        let message =
            "Đây là bản in từ chương trình, chưa ký. Hãy ký số tệp này, hoặc in ra, ký, đóng dấu và quét lại.";
        return Err(Error::invalid("tep", message));
    }
    let mut lacks = None;
    if kind == "application/pdf"
        && let Some(text) = words(app, bytes.clone(), name).await
    {
        found.matches = Some(tells(&text, &row.title, row.number.unwrap_or(0), &row.symbol));
        let composed: Composed = serde_json::from_str(&row.frozen).map_err(Error::internal)?;
        let passages = composed.passages();
        let (lacking, all) = lacking(&text, &passages);
        // A tenth may be lost where a line ends or a figure is set apart; a page that is missing is more.
        lacks =
            lacking.first().filter(|_| lacking.len() * 10 > all).map(|first| (shorten(first, 80), lacking.len(), all));
    }
    let signed = !found.signatures.is_empty();
    found.compared = compared && !(found.matches == Some(true) && lacks.is_none() && signed);
    let number = format!("{:02}/{}", row.number.unwrap_or(0), row.symbol);
    if let (Some(true), Some((first, missing, all)), false) = (found.matches, &lacks, compared) {
        return Err(Error::invalid(
            "tep",
            format!(
                "Tệp thiếu {missing}/{all} đoạn của văn bản, từ “{first}”. Hãy chọn tệp đủ trang; nếu chắc chắn đủ, đánh dấu đã đối chiếu."
            ),
        ));
    }
    match found.matches {
        _ if compared => Ok(found),
        Some(true) if signed => Ok(found),
        Some(true) => Err(Error::invalid(
            "tep",
            "Tệp không có chữ ký số. Nếu là bản quét của văn bản đã ký, đóng dấu, hãy đối chiếu rồi đánh dấu đã đối chiếu.",
        )),
        Some(false) => Err(Error::invalid(
            "tep",
            format!(
                "Trong tệp không thấy trích yếu và số {number} của văn bản này. Hãy chọn đúng tệp; nếu chắc chắn đúng, đánh dấu đã đối chiếu."
            ),
        )),
        None => Err(Error::invalid(
            "tep",
            format!(
                "Không đọc được chữ trong tệp để so với văn bản {number}. Hãy đối chiếu bằng mắt rồi đánh dấu đã đối chiếu."
            ),
        )),
    }
}

/// Keeps the signed file of a signed paper, which issues it; or one that takes the place of the file of an issued paper. Nothing is thrown away.
///
/// # Errors
/// [`Error::Invalid`] without a file, for one that is not this paper's, or without a reason for another one; [`Error::NotFound`],
/// [`Error::Conflict`].
pub(crate) async fn keep(app: &App, permit: &Permit<DraftPapers>, id: Uuid, upload: Upload) -> Result<()> {
    let (row, _) = acting(app, permit, id, &[State::Signed, State::Issued]).await?;
    let again = row.state == State::Issued.key();
    let (file_name, media_type, bytes) = upload.file.ok_or_else(|| Error::invalid("tep", "Hãy chọn tệp đã ký."))?;
    if again && upload.reason.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do thay bản ký."));
    }
    let found = examine(app, &row, (&file_name, &bytes), upload.compared).await?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let file = File {
        id: new_id(),
        paper_id: id,
        file_name,
        file_hash: app.blobs.put(bytes).await?,
        media_type,
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
    let (kind, body) = if again {
        (("replace", "outgoing.replace"), format!("{}: {}", file.file_name, upload.reason))
    } else {
        (("issue", "outgoing.issue"), file.file_name)
    };
    note(app, &tx, permit.actor(), id, kind, &body).await?;
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
