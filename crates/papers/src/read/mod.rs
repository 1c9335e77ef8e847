//! Bytes → text: one reader per format, one shape of text out.
//!
//! # Shape of the text
//! - One line per paragraph, white space inside it collapsed; a manual line break starts a new line. Automatic
//!   numbers and bullets of word processors are written out ("II. ", "1.1. ", "a) ", "- ").
//! - A table is written as lines `| cell | cell |` with a blank line around it. Cells hold no line break (their
//!   paragraphs are joined by a space) and no `|` (printed as `¦`). A merged cell is printed once, in its first place;
//!   its other places are empty. A nested table follows the line of its row as pipe lines of its own.
//! - A table that only places text is not a table: the header with the Quốc hiệu, the "Kính gửi" block, the
//!   "Nơi nhận" and signature block. Its left column comes first (all rows), then its right column, one line per
//!   paragraph, with a blank line around the block (none around "Kính gửi"). The same holds for columns made with tabs and, in
//!   [`read_layout`] and [`read_words`], with spaces.
//! - Footnotes, page headers and page footers are left out; the latter two are in [`Source::margins`].
//!
//! Plain text and Markdown keep their lines as they are: [`crate::recognise`] cleans them.

mod detect;
mod docx;
mod encoding;
mod entities;
mod html;
mod layout;
mod margins;
mod odt;
mod package;
mod printed;
mod scan;
mod shape;
mod xml;

pub use docx::Article;

use crate::Warning;

/// What the bytes are, told from their content first and the file name second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text or Markdown.
    Text,
    /// Office Open XML.
    Docx,
    /// What programs print of a PDF: its words with their places ([`read_words`]), or its lines with columns kept by
    /// spaces ([`read_layout`]).
    PdfLayout,
    /// A PDF file itself; `pdftotext` and `pdftocairo` make [`Format::PdfLayout`] of it.
    Pdf,
    /// HTML.
    Html,
    /// OpenDocument text.
    Odt,
    /// Word 97–2003 or RTF; LibreOffice makes [`Format::Docx`] of it.
    Doc,
    /// A picture of a page; optical character recognition makes [`Format::Text`] of it.
    Scan,
}

/// Bounds that hold for any input.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest file, bytes.
    pub input: usize,
    /// Largest text that comes out, bytes.
    pub text: usize,
    /// Most bytes unpacked from a DOCX or ODT package, all parts together.
    pub unpacked: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { input: 50 << 20, text: 20 << 20, unpacked: 96 << 20 }
    }
}

/// Text of a paper, ready for [`crate::recognise`].
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Unicode NFC.
    pub text: String,
    /// Lines of the page headers and footers of a word processor, which [`Source::text`] leaves out.
    pub margins: String,
    /// What it was.
    pub format: Format,
    /// What the reader noticed (legacy encoding converted, parts skipped).
    pub warnings: Vec<Warning>,
}

/// Why there is no text. The messages are for the person who sent the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No bytes, or no text in them.
    #[error("Tệp không có nội dung. Hãy kiểm tra lại và gửi tệp có chữ.")]
    Empty,
    /// Over one of [`Limits`], or built to swell when unpacked.
    #[error("Tệp quá lớn để đọc. Hãy tách thành nhiều tệp nhỏ hơn hoặc bỏ bớt hình ảnh rồi gửi lại.")]
    TooLarge,
    /// Locked by a password.
    #[error("Tệp được bảo vệ bằng mật khẩu. Hãy gỡ mật khẩu rồi gửi lại.")]
    Encrypted,
    /// Truncated or not what it claims to be; the particulars are a Vietnamese phrase.
    #[error("Tệp bị hỏng: {0}. Hãy mở thử tệp trên máy, lưu lại rồi gửi lại.")]
    Damaged(String),
    /// Readable only after a conversion by a program outside this crate.
    #[error("{}", converter(*.0))]
    NeedsConverter(Format),
    /// A kind of file that is not read.
    #[error("Không đọc được loại tệp này. Hãy gửi văn bản ở dạng .docx, .odt, .pdf, .html hoặc .txt.")]
    Unsupported,
}

/// What to install or send instead.
fn converter(format: Format) -> &'static str {
    match format {
        Format::Pdf | Format::PdfLayout => {
            "Máy chủ chưa đọc được tệp PDF. Hãy cài gói poppler-utils (lệnh pdftotext) hoặc gửi bản .docx."
        }
        Format::Doc => {
            "Máy chủ chưa đọc được tệp Word đời cũ (.doc, .rtf). Hãy cài LibreOffice hoặc lưu lại thành .docx rồi gửi."
        }
        Format::Scan => {
            "Tệp là bản chụp hoặc bản quét, không có chữ để đọc. Hãy cài tesseract-ocr-vie hoặc gửi bản .docx, bản PDF có chữ."
        }
        Format::Text | Format::Docx | Format::Html | Format::Odt => {
            "Tệp cần được chuyển đổi trước khi đọc. Hãy gửi bản .docx hoặc bản PDF có chữ."
        }
    }
}

/// Reads a file. `name` helps only where the content does not tell.
///
/// # Errors
/// [`ReadError`] says what is wrong; content that merely looks strange is never an error.
pub fn read(bytes: &[u8], name: Option<&str>, limits: Limits) -> Result<Source, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits.input {
        return Err(ReadError::TooLarge);
    }
    let mut margins = String::new();
    let (format, text, mut warnings) = match detect::detect(bytes, name)? {
        detect::Kind::Zip => {
            let mut package = package::Package::open(bytes, limits)?;
            let read = if odt::is_odt(&mut package)? {
                (Format::Odt, odt::read(&mut package, limits)?, vec![])
            } else if docx::is_docx(&package) {
                let (text, warnings) = docx::read(&mut package, limits)?;
                (Format::Docx, text, warnings)
            } else {
                return Err(ReadError::Unsupported);
            };
            margins = encoding::nfc(margins::read(&mut package, limits));
            read
        }
        detect::Kind::Html => {
            let (text, legacy) = html::read(bytes, limits)?;
            (Format::Html, text, legacy.map(legacy_warning).into_iter().collect())
        }
        detect::Kind::Text => {
            let (text, legacy) = encoding::decode(bytes);
            (Format::Text, shape::plain(&text), legacy.map(legacy_warning).into_iter().collect())
        }
    };
    let text = if matches!(format, Format::Docx | Format::Odt) {
        let (text, legacy) = encoding::repair(text);
        if warnings.is_empty() {
            warnings.extend(legacy.map(legacy_warning));
        }
        text
    } else {
        text
    };
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    if text.len() > limits.text {
        return Err(ReadError::TooLarge);
    }
    Ok(Source { text, margins, format, warnings })
}

/// Reads an article out of a DOCX file, with its structure as Markdown.
///
/// # Errors
/// [`ReadError`]; [`ReadError::Unsupported`] for what is no DOCX.
pub fn article(bytes: &[u8], limits: Limits) -> Result<Article, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits.input {
        return Err(ReadError::TooLarge);
    }
    if !matches!(detect::detect(bytes, None)?, detect::Kind::Zip) {
        return Err(ReadError::Unsupported);
    }
    let mut package = package::Package::open(bytes, limits)?;
    if !docx::is_docx(&package) {
        return Err(ReadError::Unsupported);
    }
    docx::article(&mut package, limits)
}

/// Why a converter could not open a PDF: a password is missing, or it is damaged.
#[must_use]
pub fn unread_pdf(bytes: &[u8]) -> ReadError {
    if detect::is_locked_pdf(bytes) {
        ReadError::Encrypted
    } else {
        ReadError::Damaged("không mở được tệp PDF".into())
    }
}

/// Turns the output of `pdftotext -layout -enc UTF-8` into the shape described above: two-column header and footer
/// taken apart, wrapped lines joined across pages, page numbers dropped, aligned tables written as rows.
///
/// A PDF without text (a scan) gives an empty text; see [`Format::Scan`].
#[must_use]
pub fn read_layout(text: &str) -> Source {
    let (text, legacy) = encoding::repair(encoding::nfc(text.to_owned()));
    let warnings = legacy.map(legacy_warning).into_iter().collect();
    let (text, margins) = layout::read(&text);
    Source { text, margins, format: Format::PdfLayout, warnings }
}

/// Reads the words of a PDF with their places: `words` is what `pdftotext -bbox -enc UTF-8` prints, `drawing` what
/// `pdftocairo -svg` prints, whose strokes tell the cells of tables. The shape is that of [`read_layout`].
#[must_use]
pub fn read_words(words: &str, drawing: Option<&str>) -> Source {
    let (text, margins, legacy) = printed::read(words, drawing);
    let warnings = legacy.map(legacy_warning).into_iter().collect();
    Source { text, margins, format: Format::PdfLayout, warnings }
}

/// Puts the pages of a scan together: `pages` are the tables that `tesseract … tsv` prints, one for each page. Words
/// are laid out at their columns and then read like the words of a PDF.
#[must_use]
pub fn read_scan(pages: &[String]) -> Source {
    let mut text = String::new();
    let mut sections = 0;
    for (at, page) in pages.iter().enumerate() {
        if at > 0 {
            text.push('\u{c}');
        }
        scan::page(page, &mut text, &mut sections);
    }
    let warning = Warning {
        code: "scanned".into(),
        message: "Văn bản được nhận dạng từ bản quét; hãy đối chiếu kỹ từng chữ.".into(),
        span: None,
    };
    let (text, margins) = layout::read(&encoding::nfc(text));
    Source { text, margins, format: Format::Scan, warnings: vec![warning] }
}

/// The one in the middle; what is no number does not count.
fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut all: Vec<f32> = values.filter(|value| value.is_finite()).collect();
    all.sort_by(f32::total_cmp);
    all.get(all.len() / 2).copied()
}

fn legacy_warning(kind: encoding::Legacy) -> Warning {
    Warning {
        code: "legacy_encoding".into(),
        message: format!("Văn bản dùng bảng mã cũ {}, đã chuyển sang Unicode.", kind.name()),
        span: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_along_the_edges_of_pages_is_kept_apart() {
        let page = "                         TỐI MẬT\n\nMột dòng của văn bản này\nMột dòng nữa của nó\nVà một dòng cuối cùng\n\n       Lưu hành nội bộ\n";
        let source = read_layout(&[page; 5].join("\u{c}"));
        assert!(!source.text.contains("TỐI MẬT"), "{}", source.text);
        assert!(source.margins.contains("TỐI MẬT") && source.margins.contains("Lưu hành nội bộ"));
        assert!(source.margins.lines().count() < 10, "each line once");
    }

    #[test]
    fn simple_cases() {
        assert_eq!(read(b"", None, Limits::default()), Err(ReadError::Empty));
        assert_eq!(read(b" \n\t", None, Limits::default()), Err(ReadError::Empty));
        let small = Limits { input: 4, ..Limits::default() };
        assert_eq!(read(b"12345", None, small), Err(ReadError::TooLarge));
        let source = read("Kế hoạch\r\nSố 1".as_bytes(), None, Limits::default()).unwrap();
        assert_eq!((source.text.as_str(), source.format), ("Kế hoạch\nSố 1", Format::Text));
        assert!(source.warnings.is_empty());
    }

    #[test]
    fn messages_say_what_to_do() {
        assert!(ReadError::NeedsConverter(Format::Pdf).to_string().contains("poppler-utils"));
        assert!(ReadError::NeedsConverter(Format::Doc).to_string().contains("LibreOffice"));
        assert!(ReadError::NeedsConverter(Format::Scan).to_string().contains("tesseract-ocr-vie"));
    }
}
