//! The head cut into pieces: lines, cells, columns, and two boxes printed on one line.

use crate::Span;
use crate::recognise::clean::{Clean, LineKind};
use crate::recognise::date::{Parts, parts_at};
use crate::recognise::fold::{bare, bare_char, bare_start, is_caps};
use crate::recognise::kinds;

/// What a piece of the head is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Quốc hiệu, tiêu ngữ, the party's name.
    Nation,
    /// "Số: …".
    Number,
    /// "Hà Nội, ngày …".
    Date,
    /// The name of a kind on its own line.
    Kind,
    /// "V/v …".
    Subject,
    /// "Kính gửi".
    Addressee,
    /// Anything else.
    Other,
}

/// A piece of the head.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment<'a> {
    /// Its words, trimmed.
    pub text: &'a str,
    /// First byte in the clean text.
    pub start: usize,
    /// The line it stands on.
    pub line: usize,
    /// What it is.
    pub role: Role,
}

impl Segment<'_> {
    /// Its place in the clean text.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.start + self.text.len() }
    }
}

/// Cuts the head of `clean`.
pub(crate) fn segments(clean: &Clean) -> Vec<Segment<'_>> {
    let mut out = Vec::new();
    for at in clean.head.clone() {
        let Some(line) = clean.lines.get(at) else { break };
        if line.kind == LineKind::Bar {
            continue;
        }
        let text = clean.slice(line.span);
        for (piece, start) in cells(text, line.span.start, line.kind) {
            cut_boxes(piece, start, at, &mut out);
        }
        if out.len() > 400 {
            break;
        }
    }
    let (mut nation, mut named) = (false, false);
    for segment in &mut out {
        segment.role = role(segment.text);
        match segment.role {
            // In a title the state is named as in any sentence: "… Hiến pháp nước / Cộng hòa xã hội chủ nghĩa Việt Nam".
            Role::Nation if nation && named && !is_caps(segment.text) && names_state(segment.text) => {
                segment.role = Role::Other;
            }
            Role::Nation => nation = true,
            Role::Kind => named = true,
            _ => {}
        }
    }
    out
}

fn names_state(text: &str) -> bool {
    find_bare(text, "cong hoa xa h").is_some()
}

/// Cells of a line with their offsets.
pub(crate) fn cells(text: &str, start: usize, kind: LineKind) -> Vec<(&str, usize)> {
    let mut out = Vec::new();
    let split = kind != LineKind::Text || text.contains('|');
    let mut from = 0;
    let push = |piece: &'_ str, at: usize| {
        let body = piece.trim();
        let lead = piece.len() - piece.trim_start().len();
        (!body.is_empty()).then_some((at + lead, body.len()))
    };
    let mut spans = Vec::new();
    if split {
        for piece in text.split(['|', '\t']) {
            spans.extend(columns(piece).into_iter().filter_map(|(at, len)| push(piece.get(at..at + len)?, from + at)));
            from += piece.len() + 1;
        }
    } else {
        spans.extend(push(text, 0));
    }
    for (at, len) in spans {
        if let Some(piece) = text.get(at..at + len) {
            out.push((piece, start + at));
        }
    }
    out
}

/// Pieces set apart by three spaces or more, as (offset, length); blanks before a number's symbol do not part it.
fn columns(piece: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = piece.get(at..).and_then(|rest| rest.find("   ")) {
        let gap = at + found;
        let after = piece.get(gap..).map_or(0, |rest| rest.len() - rest.trim_start_matches(' ').len());
        let before = piece.get(from..gap).unwrap_or("").trim();
        let next = piece.get(gap + after..).unwrap_or("");
        let tail = bare(before.get(before.len().saturating_sub(8)..).unwrap_or(before));
        let inside = next.starts_with('/')
            || tail.ends_with("so:")
            || tail.ends_with("ngay")
            || next.starts_with("tháng")
            || before.is_empty();
        if !inside {
            out.push((from, gap - from));
            from = gap + after;
        }
        at = gap + after.max(1);
    }
    out.push((from, piece.len() - from));
    out
}

/// Byte offset of a bare needle in a text.
pub(crate) fn find_bare(text: &str, needle: &str) -> Option<usize> {
    let first = needle.chars().next()?;
    text.char_indices().filter(|(_, c)| bare_char(*c) == first).map(|(at, _)| at).find(|at| {
        let mut chars = text.get(*at..).unwrap_or("").chars();
        needle.chars().all(|want| chars.next().is_some_and(|c| bare_char(c) == want))
    })
}

/// Two boxes on one line: "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI…", "Số: 1/KH-UBND Hà Nội, ngày…".
fn cut_boxes<'a>(piece: &'a str, start: usize, line: usize, out: &mut Vec<Segment<'a>>) {
    let short = piece.len() <= 300;
    let cut = ["cong hoa xa h", "doc lap - tu do", "dang cong san viet nam"]
        .iter()
        .filter(|_| short)
        .find_map(|needle| find_bare(piece, needle).filter(|at| *at > 0))
        // "nước Cộng hòa xã hội chủ nghĩa Việt Nam" is in the middle of a sentence.
        .filter(|at| piece.get(..*at).is_none_or(|before| !before.trim_end().ends_with(" nước")));
    let cut = cut.or_else(|| {
        let is_number = short && is_number_line(piece);
        is_number.then(|| date_column(piece)).flatten()
    });
    let mut push = |text: &'a str, at: usize| {
        let lead = text.len() - text.trim_start().len();
        let text = text.trim();
        if !text.is_empty() {
            out.push(Segment { text, start: at + lead, line, role: Role::Other });
        }
    };
    match cut.and_then(|at| Some((piece.get(..at)?, piece.get(at..)?, at))) {
        Some((left, right, at)) => {
            push(left, start);
            push(right, start + at);
        }
        None => push(piece, start),
    }
}

/// Where the place begins in a line that starts with a number and ends with a date.
fn date_column(piece: &str) -> Option<usize> {
    let day = find_bare(piece, ", ngay")?;
    let head = piece.get(..day)?;
    // the symbol ends at the last capital-only word before the place
    let symbol = head.rfind(['/', '-'])?;
    let space = head.get(symbol..)?.find(' ')? + symbol;
    Some(space + 1)
}

fn is_number_line(text: &str) -> bool {
    let label = ["Số", "SỐ", "số", "Só", "só", "So", "SO"].iter().find_map(|label| text.strip_prefix(label));
    if let Some(rest) = label {
        let body = rest.trim_start_matches([' ', ':', '.', ',', ';', '…', '_']);
        let parted = rest.len() > body.len() || body.is_empty();
        let marked = rest.trim_start().starts_with([':', '.', ',', ';', '…']) || body.is_empty();
        return parted && (marked || body.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-')));
    }
    // a scan that lost "Số": a short line with a symbol in it
    let symbol = text
        .split(' ')
        .take(4)
        .any(|word| word.contains('/') && word.contains('-') && word.chars().filter(|c| c.is_uppercase()).count() >= 4);
    let starts = text.chars().next().is_some_and(|c| c.is_ascii_digit() || c == '/');
    symbol && (starts || text.chars().take(8).any(|c| c.is_ascii_digit())) && text.chars().count() < 90
}

fn role(text: &str) -> Role {
    let folded = bare_start(text, 48);
    let short = text.chars().count() <= 90;
    if short && (folded.contains("cong hoa xa h") || folded.contains("doc lap - tu do") || folded.contains("hanh phuc"))
        || folded == "dang cong san viet nam"
        || (is_caps(text)
            && (folded.starts_with("hoa xa hoi")
                || folded.starts_with("hoi chu nghia")
                || folded.starts_with("chu nghia viet")))
    {
        return Role::Nation;
    }
    if short && folded.len() > 4 && place_date_of(text).is_some() && !is_number_line(text) {
        return Role::Date;
    }
    if folded.starts_with("kinh gui") {
        return Role::Addressee;
    }
    let subject = ["v/v", "v.v ", "v/v:", "ve viec"].iter().any(|start| folded.starts_with(start));
    if subject && !is_caps(text) {
        return Role::Subject;
    }
    if is_number_line(text) && short {
        return Role::Number;
    }
    if kinds::kind_line(text).is_some() {
        return Role::Kind;
    }
    Role::Other
}

/// Place, date and the span of the date in a piece.
pub(crate) fn place_date<'a>(segment: &Segment<'a>) -> Option<(&'a str, Parts, Span)> {
    let (place, parts, at, len) = place_date_of(segment.text)?;
    Some((place, parts, Span { start: segment.start + at, end: segment.start + at + len }))
}

fn place_date_of(text: &str) -> Option<(&str, Parts, usize, usize)> {
    let day = find_bare(text, "ngay")?;
    let after = day + text.get(day..)?.char_indices().nth(4).map_or(0, |(at, _)| at);
    let rest = text.get(after..)?;
    let junk = rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let (parts, len) = parts_at(rest.get(junk..)?).or_else(|| {
        // a scan that garbled the day
        let month = find_bare(rest, "thang")?;
        parts_at(rest.get(month..)?).map(|(parts, len)| (parts, month - junk.min(month) + len))
    })?;
    let place = text.get(..day)?.trim().trim_end_matches(',').trim();
    let named =
        place.chars().next().is_none_or(|c| c.is_uppercase() || !c.is_alphabetic()) && place.chars().count() <= 40;
    (named && (parts.month.is_some() || parts.year.is_some())).then_some((place, parts, day, after + junk + len - day))
}
