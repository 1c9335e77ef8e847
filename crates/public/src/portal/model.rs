//! Pages as they are kept: their bytes, compressed, and the mark by which a browser knows them again.

use std::{
    collections::HashMap,
    io::Write,
    sync::{Arc, PoisonError, RwLock},
};

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

/// What is at an address.
#[derive(Debug)]
pub(crate) enum Found {
    /// A page: media type and words.
    Page(&'static str, String),
    /// It leads to another address, for ever.
    Elsewhere(String),
}

/// Bytes that kept pages may take in all; then they are made anew.
const MOST: usize = 96 << 20;

/// A page as it was made.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Its media type.
    pub media: &'static str,
    /// As it is.
    pub plain: Bytes,
    /// Compressed.
    pub gzip: Bytes,
    /// Its mark, in quotes.
    pub etag: String,
    /// Where it leads instead.
    pub to: Option<String>,
}

impl Kept {
    pub(crate) fn of(found: Found) -> Self {
        let (media, text, to) = match found {
            Found::Page(media, text) => (media, text, None),
            Found::Elsewhere(to) => ("", String::new(), Some(to)),
        };
        let hash = hex::encode(Sha256::digest(text.as_bytes()).iter().take(9).copied().collect::<Vec<u8>>());
        let mut gzip = GzEncoder::new(Vec::with_capacity(text.len() / 3), Compression::new(7));
        // Writing into memory does not fail; if it did, browsers would get the words as they are.
        let packed = gzip.write_all(text.as_bytes()).and_then(|()| gzip.finish()).unwrap_or_default();
        Self { media, plain: Bytes::from(text), gzip: Bytes::from(packed), etag: format!("\"{hash}\""), to }
    }

    fn size(&self) -> usize {
        self.plain.len() + self.gzip.len() + 400
    }
}

/// Does a browser take compressed pages?
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next() == Some("gzip") && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Has a browser this very page?
pub(crate) fn has(headers: &HeaderMap, etag: &str) -> bool {
    let marks = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    marks.split(',').map(|mark| mark.trim().trim_start_matches("W/")).any(|mark| mark == etag || mark == "*")
}

/// What pages were made for: the state of the public side, and the day (yyyymmdd), since what is open or to come changes with it.
pub(crate) type Made = (i64, i64);

/// Pages that were made for one state and day.
#[derive(Default)]
struct Shelf {
    made: Made,
    bytes: usize,
    pages: HashMap<String, Arc<Kept>>,
}

/// Every kept page.
#[derive(Default)]
pub(crate) struct Pages(RwLock<Shelf>);

impl Pages {
    /// The page kept for an address.
    pub(crate) fn get(&self, made: Made, address: &str) -> Option<Arc<Kept>> {
        let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if shelf.made == made { shelf.pages.get(address).cloned() } else { None }
    }

    /// Keeps a page made for a state; pages of older states are let go.
    pub(crate) fn put(&self, made: Made, address: String, page: Arc<Kept>) {
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if made < shelf.made {
            return;
        }
        if made > shelf.made || shelf.bytes + page.size() > MOST {
            *shelf = Shelf { made, ..Shelf::default() };
        }
        let size = page.size() + address.len();
        if let Some(before) = shelf.pages.insert(address, page) {
            shelf.bytes = shelf.bytes.saturating_sub(before.size());
        }
        shelf.bytes += size;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_page_is_kept_for_its_state_only() {
        let pages = Pages::default();
        let page = Arc::new(Kept::of(Found::Page("text/html", "xin chào".into())));
        pages.put((3, 20_261_109), "/tin".into(), page.clone());
        assert!(pages.get((3, 20_261_109), "/tin").is_some() && pages.get((3, 20_261_110), "/tin").is_none());
        pages.put((4, 20_261_109), "/".into(), page.clone());
        assert!(pages.get((4, 20_261_109), "/tin").is_none());
        pages.put((3, 20_261_109), "/tin".into(), page);
        assert!(pages.get((4, 20_261_109), "/").is_some() && pages.get((3, 20_261_109), "/tin").is_none());
    }

    #[test]
    fn a_page_is_the_same_packed_and_unpacked() {
        let page = Kept::of(Found::Page("text/html", "Phổ biến, giáo dục pháp luật. ".repeat(50)));
        let mut text = String::new();
        flate2::read::GzDecoder::new(&page.gzip[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text.as_bytes(), &page.plain[..]);
        assert!(page.gzip.len() < page.plain.len());
    }

    #[test]
    fn browsers_say_what_they_take_and_have() {
        let mut headers = HeaderMap::new();
        assert!(!takes_gzip(&headers) && !has(&headers, "\"a\""));
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip;q=0.8"));
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"b\", W/\"a\""));
        assert!(takes_gzip(&headers) && has(&headers, "\"a\"") && !has(&headers, "\"c\""));
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip;q=0"));
        assert!(!takes_gzip(&headers));
    }
}
