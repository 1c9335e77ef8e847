//! Bytes → text of a paper: the pure readers first, programs from outside where those cannot.

use bytes::Bytes;
use kernel::Error;
use papers::{Format, Limits, ReadError, Source};
use platform::{config::Tools, tools};
use tempfile::TempDir;

/// Pages of a scan that are recognised at most.
const SCANNED_PAGES: &str = "60";

/// Seconds that drawing the pages of a PDF may take.
const DRAWING: u64 = 3;

/// Why a file gave no text; the message is for the person who sent it.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// The file itself.
    #[error(transparent)]
    File(#[from] ReadError),
    /// A program that failed or took too long.
    #[error("{0} Hãy gửi bản .docx hoặc bản PDF có chữ.")]
    Tool(String),
}

impl Unread {
    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Unread::File(ReadError::TooLarge) => 413,
            Unread::File(ReadError::Unsupported | ReadError::NeedsConverter(_)) => 415,
            Unread::File(_) | Unread::Tool(_) => 422,
        }
    }

    fn lacking(format: Format) -> Self {
        Unread::File(ReadError::NeedsConverter(format))
    }
}

/// How long reading a file takes.
#[derive(Debug)]
pub enum Quick {
    /// Read.
    Done(Source),
    /// Needs a slow program: to be done by a job.
    Slow,
}

/// Reads a file with every means there is.
///
/// # Errors
/// [`Unread`].
pub async fn extract(tools: &Tools, bytes: Bytes, name: &str) -> Result<Source, Unread> {
    match quick(tools, bytes.clone(), name).await? {
        Quick::Done(source) => Ok(source),
        Quick::Slow => slow(tools, bytes, name).await,
    }
}

/// Reads a file when that is a matter of an instant.
///
/// # Errors
/// [`Unread`], also when the slow program it would need is not installed.
pub async fn quick(tools: &Tools, bytes: Bytes, name: &str) -> Result<Quick, Unread> {
    match pure(bytes.clone(), name).await {
        Ok(source) => Ok(Quick::Done(source)),
        Err(Unread::File(ReadError::NeedsConverter(Format::Pdf))) => match pdf(tools, &bytes).await? {
            Some(source) => Ok(Quick::Done(source)),
            None if can_scan(tools) && tools::which(&tools.pdftoppm) => Ok(Quick::Slow),
            None => Err(Unread::lacking(Format::Scan)),
        },
        Err(Unread::File(ReadError::NeedsConverter(format))) => {
            let there = if format == Format::Scan { can_scan(tools) } else { tools::which(&tools.soffice) };
            if there { Ok(Quick::Slow) } else { Err(Unread::lacking(format)) }
        }
        Err(other) => Err(other),
    }
}

async fn slow(tools: &Tools, bytes: Bytes, name: &str) -> Result<Source, Unread> {
    match pure(bytes.clone(), name).await {
        Err(Unread::File(ReadError::NeedsConverter(Format::Pdf))) => scanned_pdf(tools, &bytes).await,
        Err(Unread::File(ReadError::NeedsConverter(Format::Scan))) => scan(tools, &bytes).await,
        Err(Unread::File(ReadError::NeedsConverter(_))) => office(tools, &bytes, name).await,
        other => other,
    }
}

async fn pure(bytes: Bytes, name: &str) -> Result<Source, Unread> {
    let name = name.to_owned();
    let work = tokio::task::spawn_blocking(move || papers::read(&bytes, Some(&name), Limits::default()));
    Ok(work.await.map_err(|_| Unread::Tool("Không đọc được tệp này.".into()))??)
}

fn can_scan(tools: &Tools) -> bool {
    tools::which(&tools.tesseract)
}

/// A folder of its own for one conversion, with the file in it; removed when dropped.
async fn folder(bytes: &[u8], name: &str) -> Result<TempDir, Unread> {
    let failed = |_| Unread::Tool("Máy chủ không ghi được tệp tạm.".into());
    let folder = tempfile::tempdir().map_err(failed)?;
    tokio::fs::write(folder.path().join(name), bytes).await.map_err(failed)?;
    Ok(folder)
}

async fn run(tools: &Tools, program: &str, arguments: &[&str], folder: &TempDir) -> Result<Vec<u8>, Unread> {
    tools::run(tools, program, arguments, folder.path()).await.map_err(|error| match error {
        Error::Unavailable(message) => Unread::Tool(message),
        other => {
            tracing::warn!(%other, program, "chương trình chuyển đổi");
            Unread::Tool("Máy chủ không chuyển đổi được tệp này.".into())
        }
    })
}

/// What a program printed; what is no UTF-8 in it is marked.
fn text(output: Vec<u8>) -> String {
    String::from_utf8(output).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The text layer of a PDF; `None` when there is none.
async fn pdf(tools: &Tools, bytes: &[u8]) -> Result<Option<Source>, Unread> {
    if !tools::which(&tools.pdftotext) {
        return Err(Unread::lacking(Format::Pdf));
    }
    let folder = folder(bytes, "input.pdf").await?;
    let damaged = || Unread::File(papers::unread_pdf(bytes));
    // Without words the drawing is dropped, which ends its program.
    let (words, drawing) = match tokio::try_join!(words(tools, &folder), drawing(tools, &folder)) {
        Ok(both) => both,
        Err(Wordless::Scan) => return Ok(None),
        Err(Wordless::Damaged) => return Err(damaged()),
    };
    let work = tokio::task::spawn_blocking(move || papers::read_words(&words, drawing.as_deref()));
    let source = work.await.map_err(|_| damaged())?;
    let written = source.text.chars().filter(|c| c.is_alphanumeric()).take(20).count() == 20;
    Ok(written.then_some(source))
}

/// Why a PDF gave no words.
enum Wordless {
    /// Its pages hold none.
    Scan,
    /// It cannot be opened.
    Damaged,
}

/// The words of a PDF with their places.
async fn words(tools: &Tools, folder: &TempDir) -> Result<String, Wordless> {
    let output = run(tools, &tools.pdftotext, &["-bbox", "-enc", "UTF-8", "input.pdf", "-"], folder).await;
    let words = output.map(text).map_err(|_| Wordless::Damaged)?;
    if words.contains("<word ") { Ok(words) } else { Err(Wordless::Scan) }
}

/// The pages of a PDF as drawings, for the borders of their tables; pictures may make that too slow to be worth it.
/// A drawing that fails is none: it never ends the reading.
async fn drawing(tools: &Tools, folder: &TempDir) -> Result<Option<String>, Wordless> {
    let soon = Tools { timeout_seconds: tools.timeout_seconds.min(DRAWING), ..tools.clone() };
    let output = tools::run(&soon, &tools.pdftocairo, &["-svg", "input.pdf", "-"], folder.path()).await;
    Ok(output.ok().map(text))
}

async fn scanned_pdf(tools: &Tools, bytes: &[u8]) -> Result<Source, Unread> {
    let folder = folder(bytes, "input.pdf").await?;
    let arguments = ["-r", "250", "-gray", "-png", "-l", SCANNED_PAGES, "input.pdf", "page"];
    run(tools, &tools.pdftoppm, &arguments, &folder).await?;
    let mut pages = Vec::new();
    let unreadable = |_| Unread::Tool("Máy chủ không đọc được các trang của bản quét.".into());
    let mut entries = tokio::fs::read_dir(folder.path()).await.map_err(unreadable)?;
    while let Some(entry) = entries.next_entry().await.map_err(unreadable)? {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".png") {
            pages.push(name);
        }
    }
    pages.sort();
    let mut read = Vec::with_capacity(pages.len());
    for page in &pages {
        read.push(letters(tools, page, &folder).await?);
    }
    recognised(read).await
}

async fn scan(tools: &Tools, bytes: &[u8]) -> Result<Source, Unread> {
    let folder = folder(bytes, "page").await?;
    recognised(vec![letters(tools, "page", &folder).await?]).await
}

/// Optical character recognition of one picture: a table of words with their places.
async fn letters(tools: &Tools, picture: &str, folder: &TempDir) -> Result<String, Unread> {
    let output = run(tools, &tools.tesseract, &[picture, "stdout", "-l", "vie", "tsv"], folder).await;
    output.map(text).map_err(|_| Unread::lacking(Format::Scan))
}

async fn recognised(pages: Vec<String>) -> Result<Source, Unread> {
    let work = tokio::task::spawn_blocking(move || papers::read_scan(&pages));
    let source = work.await.map_err(|_| Unread::Tool("Không đọc được tệp này.".into()))?;
    if source.text.trim().is_empty() {
        return Err(ReadError::Empty.into());
    }
    Ok(source)
}

/// Word 97–2003 and RTF through LibreOffice.
async fn office(tools: &Tools, bytes: &[u8], name: &str) -> Result<Source, Unread> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.filter(|ending| matches!(ending.as_str(), "doc" | "rtf" | "dot" | "wps" | "wpd"));
    let input = format!("input.{}", ending.as_deref().unwrap_or("doc"));
    let folder = folder(bytes, &input).await?;
    let arguments = ["--headless", "--norestore", "--convert-to", "docx", "--outdir", ".", &input];
    run(tools, &tools.soffice, &arguments, &folder).await?;
    let damaged = |_| Unread::File(ReadError::Damaged("LibreOffice không mở được".into()));
    let converted = tokio::fs::read(folder.path().join("input.docx")).await.map_err(damaged)?;
    pure(converted.into(), "input.docx").await
}
