//! Documents of law, and articles of them, that a text names by number.

use std::ops::Range;

use super::slug_of;

/// Where a text names something, the document's address, and the article (empty: the whole document).
pub type Reference = (Range<usize>, String, String);

const KINDS: [&str; 12] = [
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Nghị định",
    "Nghị quyết liên tịch",
    "Nghị quyết",
    "Quyết định",
    "Thông tư liên tịch",
    "Thông tư",
    "Lệnh",
    "Chỉ thị",
    "Hiến pháp",
];

/// Words that may stand between articles and the document they belong to.
const BETWEEN: [&str; 17] = [
    "và", "hoặc", "của", "tại", "theo", "quy", "định", "các", "khoản", "điểm", "đến", "Điều", "điều", "Khoản", "Điểm",
    "số", "này",
];

/// Furthest that the kind of a document may stand before its number, bytes.
const REACH: usize = 240;

/// Every document named by number, and every article named with one: "Điều 11 Luật số 14/2012/QH13", "khoản 2 Điều 3 và Điều 5 của Nghị định số …".
pub fn find_references(text: &str) -> Vec<Reference> {
    find_within(text, "")
}

/// The same in the words of a document, whose own articles ("Điều 5 của Luật này") are found too; `own` is its address.
pub fn find_within(text: &str, own: &str) -> Vec<Reference> {
    let mut named = documents(text);
    if !own.is_empty() {
        named.extend(itself(text).map(|range| (range, own.to_owned())));
        named.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut until = 0;
        named.retain(|(range, _)| {
            let apart = range.start >= until;
            until = until.max(range.end);
            apart
        });
    }
    let articles = articles(text);
    let mut out: Vec<Reference> = Vec::new();
    let mut used = 0;
    let mut from = 0;
    for (range, slug) in named {
        // Articles after the document before this one, the last first.
        let until = articles.partition_point(|(article, _)| article.end <= range.start);
        let mine = articles.get(used..until).unwrap_or_default();
        let mut end = range.start;
        let mut found = Vec::new();
        for (article, number) in mine.iter().rev() {
            if article.start < from || !text.get(article.end..end).is_some_and(joins) {
                break;
            }
            let whole = if end == range.start { article.start..range.end } else { article.clone() };
            found.push((whole, slug.clone(), number.clone()));
            end = article.start;
        }
        if found.is_empty() && slug != own {
            found.push((range.clone(), slug, String::new()));
        }
        out.extend(found.into_iter().rev());
        used = until;
        from = range.end;
    }
    out
}

/// Do only such words stand here as may stand between an article and its document?
fn joins(gap: &str) -> bool {
    gap.split_whitespace().map(|word| word.trim_matches([',', ';'])).all(|word| {
        word.is_empty()
            || BETWEEN.contains(&word)
            || word.chars().count() <= 2 && word.chars().all(char::is_alphanumeric)
            || word.chars().all(|sign| sign.is_ascii_digit())
    })
}

/// "Điều 11", "điều 9a" with their numbers; not the numbers of the codified law ("Điều 44.8.LQ.1").
fn articles(text: &str) -> Vec<(Range<usize>, String)> {
    let mut out = Vec::new();
    for (at, word) in text.match_indices("iều ") {
        let Some(head) = text.get(..at).filter(|head| head.ends_with(['Đ', 'đ'])) else { continue };
        let start = head.len() - 'Đ'.len_utf8();
        if text.get(..start).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphabetic) {
            continue;
        }
        let rest = text.get(at + word.len()..).unwrap_or_default();
        let mut length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&length) {
            continue;
        }
        let mut after = rest.get(length..).unwrap_or_default().chars();
        let next = after.next();
        if let Some(letter) = next.filter(|letter| letter.is_lowercase()) {
            if after.next().is_some_and(char::is_alphanumeric) {
                continue;
            }
            length += letter.len_utf8();
        } else if next == Some('.') && after.next().is_some_and(|sign| sign.is_ascii_digit()) {
            continue;
        }
        let end = at + word.len() + length;
        out.push((start..end, rest.get(..length).unwrap_or_default().to_owned()));
    }
    out
}

/// Documents with a number of three parts ("14/2012/QH13"), from the name of their kind on.
fn documents(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    for (slash, _) in text.match_indices('/') {
        let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let before = bytes.get(..slash).unwrap_or_default();
        let mut ordinal = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        if ordinal == 0 && before.last().is_some_and(u8::is_ascii_lowercase) {
            let more = before.iter().rev().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
            ordinal = if more > 0 { more + 1 } else { 0 };
        }
        if !(1..=5).contains(&ordinal) || digits(slash + 1) != 4 || bytes.get(slash + 5) != Some(&b'/') {
            continue;
        }
        let start = slash - ordinal;
        if start
            .checked_sub(1)
            .and_then(|at| bytes.get(at))
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'/')
        {
            continue;
        }
        let symbol = text.get(slash + 6..).unwrap_or_default();
        let length = symbol
            .find(|sign: char| !(sign.is_uppercase() || sign.is_ascii_digit() || sign == '-'))
            .unwrap_or(symbol.len());
        let symbol = symbol.get(..length).unwrap_or_default().trim_end_matches('-');
        if !symbol.starts_with(char::is_uppercase) {
            continue;
        }
        let end = slash + 6 + symbol.len();
        let floor = out.last().map_or(0, |(range, _)| range.end);
        out.push((begin(text, floor, start)..end, slug_of(text.get(start..end).unwrap_or_default())));
    }
    out
}

/// Where the name of a document begins whose number stands at `number`: the nearest name of a kind in the same sentence, else the number itself.
fn begin(text: &str, floor: usize, number: usize) -> usize {
    let mut from = floor.max(number.saturating_sub(REACH));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = text.get(from..number).unwrap_or_default();
    let sentence = head.rfind([';', '(', '\n', ':']).map_or(0, |at| at + 1);
    let sentence = head.rfind(". ").map_or(sentence, |at| sentence.max(at + 2));
    let head = head.get(sentence..).unwrap_or_default();
    match KINDS.iter().filter_map(|kind| head.rfind(kind)).max() {
        Some(at) => from + sentence + at,
        None => head.strip_suffix("số ").map_or(number, |before| from + sentence + before.len()),
    }
}

/// "Luật này", "Nghị định này".
fn itself(text: &str) -> impl Iterator<Item = Range<usize>> {
    KINDS.into_iter().flat_map(move |kind| {
        text.match_indices(kind).filter_map(move |(at, _)| {
            let end = at + kind.len();
            text.get(end..)?.starts_with(" này").then_some(at..end + " này".len())
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str, own: &str) -> Vec<(String, String, String)> {
        let all = find_within(text, own).into_iter();
        all.map(|(range, slug, article)| (text[range].to_owned(), slug, article)).collect()
    }

    fn row(words: &str, slug: &str, article: &str) -> (String, String, String) {
        (words.into(), slug.into(), article.into())
    }

    #[test]
    fn articles_are_found_with_their_documents() {
        let law = "14-2012-qh13";
        assert_eq!(found("theo Điều 11 Luật số 14/2012/QH13.", ""), [row("Điều 11 Luật số 14/2012/QH13", law, "11")]);
        assert_eq!(
            found("khoản 2 Điều 11 của Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13", ""),
            [row("Điều 11 của Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13", law, "11")]
        );
        assert_eq!(
            found("khoản 1 Điều 3, điểm a khoản 2 Điều 5a và Điều 7 Nghị định số 28/2013/NĐ-CP", ""),
            [
                row("Điều 3", "28-2013-nd-cp", "3"),
                row("Điều 5a", "28-2013-nd-cp", "5a"),
                row("Điều 7 Nghị định số 28/2013/NĐ-CP", "28-2013-nd-cp", "7")
            ]
        );
        assert_eq!(
            found("Thông tư số 10/2016/TT-BTP; Điều 1 Luật số 36/2013/QH13", ""),
            [
                row("Thông tư số 10/2016/TT-BTP", "10-2016-tt-btp", ""),
                row("Điều 1 Luật số 36/2013/QH13", "36-2013-qh13", "1")
            ]
        );
    }

    #[test]
    fn what_belongs_to_nothing_is_left_alone() {
        assert!(found("Điều 44.8.LQ.1. Phạm vi; ngày 20/06/2012; Điều 5 của Luật này; số 12/KH-UBND", "").is_empty());
        assert_eq!(found("Điều 5 của Luật này", "a"), [row("Điều 5 của Luật này", "a", "5")]);
        assert!(found("Luật này quy định về sách.", "a").is_empty());
        let apart = found("Điều 5 nói về sách, còn Luật số 14/2012/QH13 nói khác", "");
        assert_eq!(apart, [row("Luật số 14/2012/QH13", "14-2012-qh13", "")]);
    }

    proptest! {
        #[test]
        fn any_text_is_answered_in_order(text in "([Điều1-9 ]|Luật này|Điều 1|số 1/2012/QH13|[,;. ]|\\PC){0,30}") {
            let mut end = 0;
            for (range, slug, _) in find_within(&text, "own") {
                prop_assert!(range.start >= end && text.get(range.clone()).is_some() && !slug.is_empty());
                end = range.end;
            }
        }
    }
}
