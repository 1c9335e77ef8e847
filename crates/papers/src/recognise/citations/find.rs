//! Finding numbers of papers, their kinds and dates, and laws cited by name.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use chrono::NaiveDate;

use crate::recognise::date::parts_at;
use crate::recognise::fold::{bare, bare_start};
use crate::recognise::kinds;
use crate::recognise::number::{agency_of, is_number, printed_at};
use crate::{Citation, Relation, Span};

/// A numbered paper named in a line; offsets count from the start of the line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// First byte of its kind, or of its number.
    pub start: usize,
    /// One past its number or the date beside it.
    pub end: usize,
    /// Number without spaces.
    pub number: String,
    /// Kind as named before it, or as its symbol says.
    pub kind: Option<&'static str>,
    /// Name of a law with a number ("Luật Đấu thầu").
    pub name: Option<String>,
    /// Date beside it.
    pub date: Option<NaiveDate>,
}

/// Every numbered paper of a line, in order.
pub(crate) fn find(line: &str) -> Vec<Found> {
    let bytes = line.as_bytes();
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while let Some(digit) = next_digit(bytes, at) {
        at = digit;
        let digits = bytes.iter().skip(at).take_while(|byte| byte.is_ascii_digit()).count();
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let inside = before.is_some_and(|byte| {
            byte.is_ascii_alphanumeric() || *byte >= 0x80 || matches!(byte, b'/' | b'-' | b'.' | b',')
        });
        let quoted = before.is_some_and(|byte| *byte >= 0x80)
            && line.get(..at).is_some_and(|head| head.ends_with(['“', '‘', '–']));
        let number = if (inside && !quoted) || digits > 6 { None } else { number_at(line, at, digits) };
        match number {
            Some((number, end)) => {
                let floor = out.last().map_or(0, |last| last.end);
                let item = complete(line, at, end, number, floor, out.last());
                at = item.end.max(end);
                out.push(item);
            }
            None => at += digits.max(1),
        }
    }
    out
}

/// The next digit from byte `at` on; most blocks have none.
fn next_digit(bytes: &[u8], at: usize) -> Option<usize> {
    let mut from = at;
    for block in bytes.get(at..)?.chunks(64) {
        if block.iter().fold(0u8, |found, byte| found | u8::from(byte.wrapping_sub(b'0') < 10)) != 0 {
            return block.iter().position(u8::is_ascii_digit).map(|digit| from + digit);
        }
        from += block.len();
    }
    None
}

/// The number at a run of digits, when a symbol follows.
fn number_at(line: &str, at: usize, digits: usize) -> Option<(String, usize)> {
    let rest = line.get(at + digits..)?;
    let next = rest.trim_start_matches(|c: char| c == ' ' || c.is_ascii_lowercase());
    if !next.starts_with(['/', '-', '–']) || rest.len() - next.len() > 3 {
        return None;
    }
    let printed = printed_at(line.get(at..)?)?;
    let end = at + printed.length;
    let value = printed.value;
    let wordy = value.split(['/', '-']).any(|part| part.chars().count() > 14);
    let small = value.split(['/', '-', '&', '_']).skip(1).any(|part| {
        part.chars().next().is_some_and(char::is_lowercase) || part.chars().filter(|c| c.is_lowercase()).count() > 3
    });
    (is_number(&value) && !wordy && !small).then_some((value, end))
}

/// Adds kind, law name and date.
fn complete(line: &str, at: usize, end: usize, number: String, floor: usize, previous: Option<&Found>) -> Found {
    let head = line.get(floor..at).unwrap_or("");
    let trimmed = head.trim_end_matches([' ', ':']);
    let trimmed = ["số", "Số", "SỐ"].iter().find_map(|word| trimmed.strip_suffix(word)).unwrap_or(trimmed).trim_end();
    let (mut kind, mut start, mut name) = (None, at, None);
    if let Some((found, from)) = kind_before(trimmed) {
        kind = Some(found);
        start = floor + from;
    } else if let Some(from) = law_before(trimmed) {
        kind = Some("Luật");
        start = floor + from;
        name = trimmed.get(from..).map(|text| text.trim().to_owned());
    } else if trimmed.len() < head.len() {
        start = floor + trimmed.len() + (head.len() - trimmed.len()).min(1);
        start = (start..=at).find(|at| line.is_char_boundary(*at)).unwrap_or(at);
    }
    let beside = trimmed.trim_end().ends_with(',') || trimmed.ends_with(" và");
    let inherited = previous.filter(|_| beside).and_then(|previous| previous.kind);
    let kind = kind.or_else(|| agency_of(&number).1).or(inherited);
    let (date, end) = date_after(line, end);
    Found { start, end, number, kind, name, date }
}

/// The kind a text ends with, and where it starts.
fn kind_before(text: &str) -> Option<(&'static str, usize)> {
    let mut from = text.len();
    let mut best = None;
    for _ in 0..5 {
        let head = text.get(..from)?.trim_end();
        from = head.rfind([' ', '(', '“', '"', '\n']).map_or(0, |space| {
            space + head.get(space..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        let piece = text.get(from..)?;
        if let Some((kind, length)) = kinds::named_at(piece)
            && piece.get(length..).is_some_and(|rest| {
                let rest = rest.trim();
                rest.is_empty() || matches!(rest, "hành động" | "liên tịch" | "kết luận" | "này")
            })
        {
            best = Some((kind, from));
        }
        if from == 0 {
            break;
        }
    }
    best
}

/// Where "Luật X" starts at the end of a text, when nothing parts it from the number.
fn law_before(text: &str) -> Option<usize> {
    let mut start = text.len().saturating_sub(120);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let at = start + text.get(start..)?.rfind("Luật ")?;
    let name = text.get(at..)?;
    (!name.contains([';', '.', '(']) && !name.contains(" ngày ")).then_some(at)
}

/// The date beside a number: ", ngày …", or after the name of its issuer ("của Ban Bí thư ngày …").
fn date_after(line: &str, end: usize) -> (Option<NaiveDate>, usize) {
    let rest = line.get(end..).unwrap_or("");
    let body = rest.trim_start_matches([' ', ',']);
    let mut offset = rest.len() - body.len();
    let mut body = body;
    if body.starts_with("của ") || body.starts_with("(") {
        let window = body.char_indices().nth(70).map_or(body.len(), |(at, _)| at);
        let head = body.get(..window).unwrap_or("");
        let Some(day) = head.find("ngày ") else { return (None, end) };
        let between = head.get(..day).unwrap_or("");
        let folded = bare(between);
        if between.contains([';', '.'])
            || [" ve ", " ban hanh", " phe duyet", " quy dinh", " tu "].iter().any(|word| folded.contains(word))
        {
            return (None, end);
        }
        offset += day;
        body = body.get(day..).unwrap_or("");
    }
    let Some(after) = body.strip_prefix("ngày") else { return (None, end) };
    match parts_at(after) {
        Some((parts, length)) => (parts.date(), end + offset + "ngày".len() + length),
        None => (None, end),
    }
}

/// Laws of a preamble cited by name alone ("Căn cứ Luật X ngày …;").
pub(crate) fn named_laws(line: &str, offset: usize, basis: bool, names: &mut HashSet<String>, out: &mut Vec<Citation>) {
    const STOPS: [&str; 12] =
        [" ngày ", ";", ". ", "(", " năm ", " số ", " đã được", " được ", " về ", " quy định ", " và Luật ", ", Luật "];
    static ALL: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(STOPS).ok());
    static FEW: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(&STOPS[..8]).ok());
    let mut until = 0;
    for (at, _) in line.match_indices("Luật ") {
        if at < until {
            continue;
        }
        let before = line.get(..at).unwrap_or("");
        let inner = ["của ", "điều ", "hành ", "theo "].iter().any(|word| before.ends_with(word));
        let bo = before.ends_with("Bộ ");
        if inner || (!basis && !bo) || before.chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let start = if bo { at - "Bộ ".len() } else { at };
        let rest = line.get(at..).unwrap_or("");
        // an amending law names the laws it amends
        let amending = bare_start(rest, 13) == "luat sua doi,";
        let marks = if amending { &*FEW } else { &*ALL };
        let stop = marks.as_ref().and_then(|marks| marks.find(rest)).map_or(rest.len(), |found| found.start());
        until = at + stop;
        let name = line.get(start..at + stop).unwrap_or("").trim().trim_end_matches(['.', ',', ';']);
        let numbered = rest.get(stop..).is_some_and(|tail| tail.starts_with(" số "));
        let length = name.chars().count();
        if numbered || !(8..=140).contains(&length) || name.contains('/') {
            continue;
        }
        if !names.insert(name.to_owned()) {
            continue;
        }
        let date = rest
            .get(stop..)
            .and_then(|tail| tail.strip_prefix(" ngày "))
            .and_then(parts_at)
            .and_then(|(parts, _)| parts.date());
        out.push(Citation {
            kind: Some("Luật".to_owned()),
            number: None,
            name: Some(name.to_owned()),
            date,
            relation: if basis { Relation::Basis } else { Relation::Mentions },
            of: None,
            span: Span { start: offset + start, end: offset + start + name.len() },
            confidence: 0.85,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_kinds_and_dates() {
        let found = find(
            "Chỉ thị 42-CT/TW ngày 24 tháng 3 năm 2020; Tờ trình số 9/TTr- STP, số 10/TTr-STP ngày 1/2/2025; giai đoạn 2026-2030; Kết luận số 80-KL/TW của Ban Bí thư ngày 20/6/2020 về",
        );
        let shown: Vec<_> = found.iter().map(|f| (f.number.as_str(), f.kind, f.date.map(|d| d.to_string()))).collect();
        assert_eq!(
            shown,
            [
                ("42-CT/TW", Some("Chỉ thị"), Some("2020-03-24".to_owned())),
                ("9/TTr-STP", Some("Tờ trình"), None),
                ("10/TTr-STP", Some("Tờ trình"), Some("2025-02-01".to_owned())),
                ("80-KL/TW", Some("Kết luận"), Some("2020-06-20".to_owned())),
            ]
        );
        assert!(find("từ ngày 12/5/2025 đến 24/7, 1.925,7kg, 5G/IoT, 02 KH").is_empty());
    }
}
