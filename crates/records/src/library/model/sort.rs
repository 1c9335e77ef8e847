//! What a file is, by its first bytes and never by its name.

/// Bytes from the beginning that are looked at.
pub const HEAD: usize = 8192;

/// Media type and kind of item of a file with these first bytes; `None`: nothing that the library takes.
///
/// Drawings and pages that can hold scripts (SVG, HTML, XML), programs and archives are not taken; word-processor files are archives with known parts.
pub fn sort(head: &[u8]) -> Option<(&'static str, &'static str)> {
    // MPEG streams have no name of their own in the first bytes that the library of types would look for.
    if head.starts_with(&[0, 0, 1, 0xBA]) {
        return Some(("video/mpeg", "video"));
    }
    if head.first() == Some(&0x47) && head.get(188) == Some(&0x47) && head.get(376) == Some(&0x47) {
        return Some(("video/mp2t", "video"));
    }
    // SMPTE 377: the key of the header partition of an MXF file.
    if head.starts_with(&[0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01]) {
        return Some(("application/mxf", "video"));
    }
    let kind = infer::get(head)?;
    Some(match kind.mime_type() {
        "image/jpeg" => ("image/jpeg", "photo"),
        "image/png" => ("image/png", "photo"),
        "image/webp" => ("image/webp", "photo"),
        "image/gif" => ("image/gif", "photo"),
        "image/heif" => ("image/heif", "photo"),
        "video/mp4" | "video/x-m4v" => ("video/mp4", "video"),
        "video/quicktime" => ("video/quicktime", "video"),
        "video/webm" => ("video/webm", "video"),
        "video/x-matroska" => ("video/x-matroska", "video"),
        "video/x-msvideo" => ("video/x-msvideo", "video"),
        "video/mpeg" => ("video/mpeg", "video"),
        "audio/mpeg" => ("audio/mpeg", "audio"),
        "audio/x-wav" => ("audio/wav", "audio"),
        "audio/x-flac" => ("audio/flac", "audio"),
        "audio/ogg" => ("audio/ogg", "audio"),
        "audio/m4a" => ("audio/mp4", "audio"),
        "audio/aac" => ("audio/aac", "audio"),
        "application/pdf" => ("application/pdf", "document"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => {
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document")
        }
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => {
            ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "document")
        }
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => {
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "document")
        }
        _ => return None,
    })
}

/// Kind of item of a media type that [`sort`] gives.
pub fn kind_of(media_type: &str) -> Option<&'static str> {
    Some(match media_type.split('/').next() {
        Some("image") => "photo",
        Some("audio") => "audio",
        Some("video") => "video",
        _ if media_type == "application/mxf" => "video",
        _ if !media_type.is_empty() => "document",
        _ => return None,
    })
}

/// End of a file's name for its media type, as it is saved.
pub fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "image/heif" => "heic",
        "video/mp4" => "mp4",
        "video/quicktime" => "mov",
        "video/webm" => "webm",
        "video/x-matroska" => "mkv",
        "video/x-msvideo" => "avi",
        "video/mpeg" => "mpg",
        "video/mp2t" => "ts",
        "application/mxf" => "mxf",
        "audio/mpeg" => "mp3",
        "audio/wav" => "wav",
        "audio/flac" => "flac",
        "audio/ogg" => "ogg",
        "audio/mp4" => "m4a",
        "audio/aac" => "aac",
        "application/pdf" => "pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(sort(b"\xFF\xD8\xFF\xE0 a photo"), Some(("image/jpeg", "photo")));
        assert_eq!(sort(b"%PDF-1.7\n"), Some(("application/pdf", "document")));
        assert_eq!(sort(b"\0\0\0\x18ftypisom\0\0\0\0"), Some(("video/mp4", "video")));
        assert_eq!(sort(b"RIFF\0\0\0\0WAVEfmt "), Some(("audio/wav", "audio")));
        let mut stream = vec![0u8; 400];
        for at in [0, 188, 376] {
            stream[at] = 0x47;
        }
        assert_eq!(sort(&stream), Some(("video/mp2t", "video")));
        for other in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..],
            b"<?xml version='1.0'?><svg/>",
            b"<!doctype html><script>alert(1)</script>",
            b"#EXTM3U\nhttp://a/b.ts",
            b"PK\x03\x04 an archive",
            b"\x7fELF",
            b"MZ",
            b"words",
            b"",
        ] {
            assert_eq!(sort(other), None, "{}", String::from_utf8_lossy(other));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_sorted(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            if let Some((media_type, kind)) = sort(&bytes) {
                prop_assert!(ending(media_type) != "bin" && kind_of(media_type) == Some(kind));
                prop_assert!(crate::library::model::KINDS.iter().any(|(key, _)| *key == kind));
            }
        }
    }
}
