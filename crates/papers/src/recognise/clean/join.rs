//! Lines broken in mid-sentence, put together again. Under-joining is preferred to over-joining.

use super::normal::Raw;
use super::shape::{Head, Wrap, Zone, in_foot, kinds, wrap};
use super::{Clean, Line, LineKind};
use crate::Span;
use crate::recognise::fold::{bare_start, first_char, is_caps, label};
use crate::recognise::number::{is_number, printed_at};

/// Joins and lays out the clean text.
pub(crate) fn join(lines: Vec<Raw<'_>>) -> Clean {
    let wrap = wrap(&lines);
    let kinds = kinds(&lines);
    let mut clean = Clean::default();
    let mut last: Option<&Raw<'_>> = None;
    let mut in_cell = false;
    let mut head = Head::default();
    let mut foot = false;
    let closed = closed_cells(&kinds);
    for ((raw, kind), closed) in lines.iter().zip(&kinds).zip(closed) {
        let kind = *kind;
        if kind == LineKind::Bar {
            in_cell = closed;
        }
        if kind == LineKind::Text && raw.gap {
            in_cell = false;
        }
        foot = in_foot(raw, foot);
        let zone = if in_cell {
            Zone::Cell
        } else if foot {
            Zone::Foot
        } else if head.goes_on(raw, clean.lines.len()) {
            Zone::Head
        } else {
            Zone::Prose
        };
        let prev_kind = clean.lines.last().map(|line| line.kind);
        let both_text = kind == LineKind::Text && prev_kind == Some(LineKind::Text);
        let joined = match last {
            Some(last) if both_text => continues(current(&clean), last, raw, wrap, zone),
            _ => false,
        };
        push(&mut clean, raw, kind, joined);
        last = Some(raw);
    }
    clean
}

/// Most lines of one cell.
const CELL: usize = 40;

/// For each bar: another one closes the cell that it opens. What stands behind the last bar of a table is prose.
fn closed_cells(kinds: &[LineKind]) -> Vec<bool> {
    let mut next = usize::MAX;
    let mut closed: Vec<bool> = kinds
        .iter()
        .enumerate()
        .rev()
        .map(|(at, kind)| {
            let near = next.saturating_sub(at) <= CELL;
            if *kind == LineKind::Bar {
                next = at;
            }
            near
        })
        .collect();
    closed.reverse();
    closed
}

/// The line being built.
fn current(clean: &Clean) -> &str {
    clean.lines.last().map_or("", |line| clean.slice(line.span))
}

fn push(clean: &mut Clean, raw: &Raw<'_>, kind: LineKind, joined: bool) {
    if joined {
        let tight = raw.text.starts_with(['/', ',', ';', '.', ')']) || clean.text.ends_with('/');
        if !tight {
            clean.text.push(' ');
        }
        clean.text.push_str(&raw.text);
        let end = clean.text.len();
        if let Some(line) = clean.lines.last_mut() {
            line.span.end = end;
            line.bold &= raw.bold;
        }
        return;
    }
    if !clean.text.is_empty() {
        clean.text.push('\n');
    }
    let start = clean.text.len();
    clean.text.push_str(&raw.text);
    let label = if kind == LineKind::Text { label(&raw.text).unwrap_or(0) } else { 0 };
    clean.lines.push(Line {
        span: Span { start, end: clean.text.len() },
        kind,
        gap: raw.gap,
        indent: raw.indent,
        label,
        bold: raw.bold,
    });
}

/// Words after which a sentence cannot end.
const OPEN_ENDS: [&str; 45] = [
    "của",
    "và",
    "các",
    "với",
    "về",
    "số",
    "theo",
    "tại",
    "cho",
    "từ",
    "đến",
    "trong",
    "trên",
    "do",
    "là",
    "để",
    "những",
    "một",
    "được",
    "bởi",
    "hoặc",
    "nhằm",
    "việc",
    "thuộc",
    "giữa",
    "cùng",
    "khi",
    "sau",
    "trước",
    "thứ",
    "khóa",
    "Ủy",
    "Uỷ",
    "Bộ",
    "Sở",
    "Thủ",
    "Chính",
    "Hội",
    "Nghị",
    "Quyết",
    "Thông",
    "Kế",
    "khoản",
    "Trưởng",
    "Phó",
];

/// The line `next` goes on with the sentence of `prev` (the text built so far; `last` is its last raw line).
fn continues(prev: &str, last: &Raw<'_>, next: &Raw<'_>, wrap: Wrap, zone: Zone) -> bool {
    let in_cell = zone == Zone::Cell;
    let text = &*next.text;
    let gap = next.gap && !next.page;
    let Some(first) = first_char(text) else { return false };
    if first == '/' && prev.ends_with(|c: char| c.is_ascii_digit() || c.is_alphabetic()) && prev.len() < 60 {
        return true;
    }
    if zone == Zone::Foot && bare_start(prev, 9).starts_with("noi nhan") {
        return false;
    }
    let length = last.text.chars().count();
    let closed = prev.ends_with(['.', ':', '!', '?', '…']);
    let semicolon = prev.ends_with(';');
    let small = first.is_lowercase();
    let dash = matches!(first, '-' | '–') && text.chars().nth(2).is_some_and(char::is_lowercase);
    if let Some(label) = label(text) {
        let wrapped_dash = dash
            && label <= 3
            && !closed
            && !semicolon
            && !gap
            && !last.open
            && length + 12 >= wrap.width
            && wrap.width > 0;
        let open_number = first.is_ascii_digit() && ends_open(prev, text) && !gap;
        if !(wrapped_dash && !in_cell || open_number) {
            return false;
        }
    }
    if gap {
        return small && !closed && !semicolon && length >= 40 && !is_caps(tail(prev));
    }
    if closed {
        return false;
    }
    let (caps, next_caps) = (is_caps(tail(prev)), is_caps(text) || (!small && !text.contains(char::is_lowercase)));
    if caps && !next_caps {
        return last.open && (first.is_ascii_digit() || !text.contains(char::is_lowercase));
    }
    if text.len() < 80 && is_rank(text) {
        return false;
    }
    if prev.ends_with(',') {
        return small || !in_cell || last.open || caps == next_caps && caps;
    }
    if semicolon {
        return small && length + 14 >= wrap.width && wrap.width > 0;
    }
    if caps && next_caps {
        let long = length >= 45 || prev.len() >= 90;
        return last.open || (long && !in_cell && last.bold == next.bold);
    }
    let open_end = ends_open(prev, text) && last.text.contains(' ');
    if small || last.open || open_end || first == ')' {
        return !next_caps || last.open || open_end;
    }
    if first == '(' && bare_start(text, 24).contains("kem theo") || next_caps {
        return false;
    }
    if first.is_ascii_digit() && !in_cell && printed_at(text).is_some_and(|printed| is_number(&printed.value)) {
        return true;
    }
    if zone != Zone::Prose || wrap.width == 0 {
        return false;
    }
    let first_word = text.split(' ').next().map_or(0, |word| word.chars().count());
    // a numbered heading ends where it ends; anything else that nearly fills its line goes on
    let numbered = label(prev).is_some() && prev.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
    let full = if numbered { length + 3 + first_word >= wrap.width } else { length * 5 >= wrap.width * 4 };
    // The first line of a dashed paragraph may be shorter than the lines below it.
    let dashed = last.text.starts_with(['-', '–', '+']) && wrap.first > 0 && length + 1 + first_word > wrap.first;
    let full = full || dashed;
    let heading = last.bold && !last.open && !next.bold;
    (full || wrap.blocks) && !heading
}

/// The last part of a long line.
fn tail(text: &str) -> &str {
    let mut start = text.len().saturating_sub(400);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or("")
}

/// The sentence cannot end here, and `next` may be what is missing. A day, month or year waits for its number: "Hằng năm", "Trong tháng" and the like
/// are whole without one.
fn ends_open(prev: &str, next: &str) -> bool {
    let word = prev.rsplit([' ', '\n']).next().unwrap_or("");
    let digits = next.bytes().take_while(u8::is_ascii_digit).count();
    match word {
        "năm" => digits == 4,
        "ngày" | "tháng" => matches!(digits, 1 | 2) && !numbers_a_clause(next),
        _ => OPEN_ENDS.contains(&word) && !(digits > 0 && numbers_a_clause(next)),
    }
}

/// "2. Tổ chức", "1.3. Biên soạn", "4) In": a number with a sentence of its own behind it.
fn numbers_a_clause(text: &str) -> bool {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let marked =
        text.len() > behind.len() && (text[..text.len() - behind.len()].ends_with('.') || behind.starts_with(')'));
    marked && behind.trim_start_matches(')').trim_start().starts_with(char::is_uppercase)
}

/// A line of the signature block: it never continues the line above.
pub(super) fn is_rank(text: &str) -> bool {
    if !is_caps(text) {
        return false;
    }
    let folded = bare_start(text, 20);
    const RANKS: [&str; 26] = [
        "tm.",
        "t/m",
        "kt.",
        "k/t",
        "tl.",
        "t/l",
        "tuq",
        "q.",
        "pho ",
        "chu tich",
        "giam doc",
        "bo truong",
        "thu truong",
        "thu tuong",
        "vu truong",
        "cuc truong",
        "chanh ",
        "truong ",
        "tong ",
        "hieu truong",
        "vien truong",
        "bi thu",
        "uy vien",
        "chu nhiem",
        "quyen ",
        "vu ",
    ];
    RANKS.iter().any(|rank| folded.starts_with(rank)) && !folded.starts_with("truong hop")
}

#[cfg(test)]
mod tests;
