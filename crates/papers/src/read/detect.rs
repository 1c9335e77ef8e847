//! What the bytes are.

use super::{Format, ReadError};

/// Kind of container or text, told from the first bytes (and, for OLE2 and PDF, from a look inside).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip package: DOCX, ODT or something else.
    Zip,
    /// HTML text.
    Html,
    /// Other text.
    Text,
}

/// Tells readable kinds; everything else is an error that says what to do.
pub(super) fn detect(bytes: &[u8], name: Option<&str>) -> Result<Kind, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK\x07\x08") {
        return Ok(Kind::Zip);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(ole(bytes));
    }
    // Some programs put a few bytes before the PDF mark.
    if find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some() {
        return Err(pdf(bytes));
    }
    if picture(bytes) {
        return Err(ReadError::NeedsConverter(Format::Scan));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(ReadError::NeedsConverter(Format::Doc));
    }
    let extension = name.and_then(|n| n.rsplit_once('.')).map(|(_, ext)| ext.to_ascii_lowercase());
    let extension = extension.as_deref();
    if binary(bytes) {
        return Err(match extension {
            Some("docx" | "odt" | "pdf" | "doc" | "png" | "jpg" | "jpeg" | "tif" | "tiff") => {
                ReadError::Damaged("nội dung không đúng với loại tệp ghi ở tên tệp".into())
            }
            _ => ReadError::Unsupported,
        });
    }
    Ok(if html(bytes) || matches!(extension, Some("html" | "htm" | "xhtml")) { Kind::Html } else { Kind::Text })
}

fn picture(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 7] =
        [b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a", b"\0\0\0\x0cjP  "];
    starts.iter().any(|mark| bytes.starts_with(mark))
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
        || (bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]))
        || matches!(bytes.get(4..12), Some(b"ftypheic" | b"ftypheix" | b"ftypmif1" | b"ftypavif"))
}

/// Text holds no control characters but space, unless it is UTF-16.
fn binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let sample = &bytes[..bytes.len().min(8192)];
    let odd = sample.iter().filter(|b| matches!(b, 0 | 1..=6 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    if odd == 0 {
        return false;
    }
    // UTF-16 without a mark: zeros, and all of them on one side.
    let side = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, uneven) = (side(0), side(1));
    let utf16 = sample.len() >= 16 && even.max(uneven) * 4 > sample.len() && even.min(uneven) * 20 < sample.len();
    !utf16 && odd * 50 > sample.len()
}

fn html(bytes: &[u8]) -> bool {
    let head: Vec<u8> =
        bytes[..bytes.len().min(2048)].iter().filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    let marks: [&[u8]; 6] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div"];
    marks.iter().any(|mark| start.starts_with(mark))
        || (start.starts_with(b"<") && (find(&head, b"<html").is_some() || find(&head, b"<body").is_some()))
}

/// An OLE2 container is a Word 97–2003 paper, a locked OOXML package, or something else.
fn ole(bytes: &[u8]) -> ReadError {
    if bytes.len() < 1024 {
        return ReadError::Damaged("tệp Word đời cũ chỉ còn một phần".into());
    }
    if find(bytes, &wide("EncryptedPackage")).is_some() {
        return ReadError::Encrypted;
    }
    match find(bytes, &wide("WordDocument")) {
        Some(entry) if word_locked(bytes, entry) => ReadError::Encrypted,
        Some(_) => ReadError::NeedsConverter(Format::Doc),
        None => ReadError::Unsupported,
    }
}

/// The encryption bit in the header of the main stream of a `.doc`, found through its directory entry.
fn word_locked(bytes: &[u8], entry: usize) -> bool {
    let sector_size = match bytes.get(30..32) {
        Some([shift @ 9..=12, 0]) => 1usize << shift,
        _ => 512,
    };
    let start = bytes.get(entry + 116..entry + 120).and_then(|b| <[u8; 4]>::try_from(b).ok()).map(u32::from_le_bytes);
    let Some(start) = start.and_then(|s| usize::try_from(s).ok()) else { return false };
    let Some(at) = start.checked_add(1).and_then(|s| s.checked_mul(sector_size)) else { return false };
    match at.checked_add(12).and_then(|end| bytes.get(at..end)) {
        Some(header) => header[..2] == [0xec, 0xa5] && header[11] & 1 == 1,
        None => false,
    }
}

/// A PDF is turned into text by a converter, unless it is plainly of no use.
fn pdf(bytes: &[u8]) -> ReadError {
    let tail = find(bytes, b"%%EOF").is_some() || find(bytes, b"startxref").is_some();
    if !tail || linear_length(bytes).is_some_and(|length| length > bytes.len()) {
        return ReadError::Damaged("tệp PDF không đầy đủ, có thể do tải lên hoặc tải xuống dở dang".into());
    }
    ReadError::NeedsConverter(Format::Pdf)
}

/// A PDF says that it is encrypted. Many of these open without a password (only printing or changing is forbidden): the converter finds out.
pub(super) fn is_locked_pdf(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = find(rest, b"/Encrypt") {
        rest = &rest[at + 8..];
        let value = rest.trim_ascii_start();
        if value.starts_with(b"<<") || (rest.first().is_some_and(u8::is_ascii_whitespace) && reference(value)) {
            return true;
        }
    }
    false
}

/// Does it start with an indirect reference such as `12 0 R`?
fn reference(value: &[u8]) -> bool {
    let mut words = value[..value.len().min(32)].split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let number = |word: Option<&[u8]>| word.is_some_and(|w| w.iter().all(u8::is_ascii_digit));
    number(words.next()) && number(words.next()) && words.next().is_some_and(|w| w.starts_with(b"R"))
}

/// Length that a PDF prepared for the web says it has.
fn linear_length(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(1024)];
    let dict = &head[find(head, b"/Linearized")?..];
    let dict = &dict[..find(dict, b">>")?];
    let value = dict[find(dict, b"/L ")? + 3..].trim_ascii_start();
    let digits = value.iter().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(&value[..digits]).ok()?.parse().ok()
}

fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// First place of `needle`; linear for the short needles used here.
pub(super) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|b| *b == first) {
        if bytes[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ole_with(stream: &str, locked: bool) -> Vec<u8> {
        let mut bytes = vec![0u8; 4096];
        bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        bytes[30] = 9;
        let name = wide(stream);
        bytes[1024..1024 + name.len()].copy_from_slice(&name);
        bytes[1024 + 116] = 2;
        bytes[1536..1538].copy_from_slice(&[0xec, 0xa5]);
        bytes[1536 + 11] = u8::from(locked);
        bytes
    }

    #[test]
    fn ole_containers() {
        assert_eq!(ole(&ole_with("WordDocument", false)), ReadError::NeedsConverter(Format::Doc));
        assert_eq!(ole(&ole_with("WordDocument", true)), ReadError::Encrypted);
        assert_eq!(ole(&ole_with("EncryptedPackage", false)), ReadError::Encrypted);
        assert_eq!(ole(&ole_with("Workbook", false)), ReadError::Unsupported);
    }

    #[test]
    fn pdf_states() {
        let whole = b"%PDF-1.7\n1 0 obj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF";
        assert_eq!(pdf(whole), ReadError::NeedsConverter(Format::Pdf));
        assert!(is_locked_pdf(b"%PDF-1.7 trailer << /Encrypt 12 0 R >> startxref %%EOF"));
        assert!(!is_locked_pdf(b"%PDF-1.7 << /EncryptMetadata true >> startxref %%EOF"));
        assert!(matches!(pdf(b"%PDF-1.7\n1 0 obj << /Len"), ReadError::Damaged(_)));
        assert!(matches!(pdf(b"%PDF-1.7 << /Linearized 1 /L 99999 >> %%EOF"), ReadError::Damaged(_)));
    }

    #[test]
    fn content_beats_the_name() {
        assert_eq!(detect(b"<!DOCTYPE html><p>a", Some("a.docx")), Ok(Kind::Html));
        assert_eq!(detect("Kế hoạch".as_bytes(), Some("a.pdf")), Ok(Kind::Text));
        assert_eq!(detect(b"PK\x03\x04", Some("a.txt")), Ok(Kind::Zip));
        assert_eq!(detect(b"\xff\xd8\xff\xe0", Some("a.docx")), Err(ReadError::NeedsConverter(Format::Scan)));
        assert!(matches!(detect(&[0, 1, 2, 3, 4, 5], Some("a.docx")), Err(ReadError::Damaged(_))));
        assert_eq!(detect(&[0, 1, 2, 3, 4, 5], Some("a.xyz")), Err(ReadError::Unsupported));
    }
}
