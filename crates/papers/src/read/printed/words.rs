//! The table of words that `pdftotext -bbox` prints.

use super::Word;

/// The words of each page.
pub(super) fn pages(bbox: &str) -> Vec<Vec<Word>> {
    let mut pages = Vec::new();
    for piece in bbox.split('<') {
        if piece.starts_with("page ") || piece.starts_with("page>") {
            pages.push(Vec::new());
        } else if let (Some(tag), Some(page)) = (piece.strip_prefix("word "), pages.last_mut()) {
            page.extend(word(tag));
        }
    }
    pages
}

/// `xMin="…" yMin="…" xMax="…" yMax="…">text`
fn word(tag: &str) -> Option<Word> {
    let (places, text) = tag.split_once('>')?;
    let mut values = places.split('"').skip(1).step_by(2).map(str::parse::<f32>);
    let mut next = || values.next()?.ok().filter(|value| value.is_finite());
    let (left, top, right, bottom) = (next()?, next()?, next()?, next()?);
    let text = quick_xml::escape::unescape(text).ok()?;
    // A word holds no white space, whatever the file says.
    let text: String = text.split_whitespace().collect();
    (right > left && bottom > top && !text.is_empty()).then_some(Word { left, right, top, bottom, text })
}
