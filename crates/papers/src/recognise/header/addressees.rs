//! "Kính gửi".

use super::field;
use crate::recognise::clean::{Clean, LineKind};
use crate::recognise::fold::bare_start;
use crate::{Field, Paper, Span};

/// Reads the addressees, and the reader of a telegram ("THỦ TƯỚNG CHÍNH PHỦ điện:").
pub(crate) fn read(clean: &Clean, paper: &mut Paper) {
    let limit = clean.head.end.min(clean.lines.len());
    let Some((at, inline)) = (clean.head.start..limit).find_map(|at| start(clean, at).map(|inline| (at, inline)))
    else {
        return;
    };
    let mut items: Vec<Span> = Vec::new();
    if inline.end > inline.start {
        items.push(inline);
    }
    let mut dashed = false;
    for at in at + 1..limit {
        let Some(line) = clean.lines.get(at) else { break };
        if line.kind == LineKind::Bar {
            if items.is_empty() || clean.lines.get(at + 1).is_some_and(|next| next.span.end - next.span.start < 3) {
                continue;
            }
            if dashed || at + 1 >= limit {
                break;
            }
            continue;
        }
        let span = trim_bars(clean, line.span);
        let text = clean.slice(span);
        if text.is_empty() {
            continue;
        }
        let lead = text.len() - text.trim_start_matches(['-', '–', '+', '•', ' ']).len();
        let item = Span { start: span.start + lead, end: span.end };
        match items.last_mut() {
            _ if lead > 0 => {
                dashed = true;
                items.push(item);
            }
            Some(last)
                if text.starts_with(char::is_lowercase) || (dashed && !clean.slice(*last).ends_with([';', '.'])) =>
            {
                last.end = item.end;
            }
            Some(_) if dashed => break,
            _ => items.push(item),
        }
    }
    let single = items.len() == 1;
    for item in items {
        push(clean, item, single, &mut paper.addressees);
    }
}

/// What follows the label on its own line.
fn start(clean: &Clean, at: usize) -> Option<Span> {
    let line = clean.lines.get(at)?;
    let span = trim_bars(clean, line.span);
    let text = clean.slice(span);
    let folded = bare_start(text, 9);
    let telegram = text.ends_with("điện:") && text.chars().count() < 70;
    if !folded.starts_with("kinh gui") && !telegram {
        return None;
    }
    if telegram {
        return Some(Span { start: span.end, end: span.end });
    }
    let after = text.char_indices().nth(8).map_or(text.len(), |(at, _)| at);
    let rest = text.get(after..)?;
    let lead = rest.len() - rest.trim_start_matches([':', ' ', '.', '-', '|', '\t']).len();
    Some(Span { start: span.start + after + lead, end: span.end })
}

fn trim_bars(clean: &Clean, span: Span) -> Span {
    let text = clean.slice(span);
    let end = text.trim_end_matches(['|', ' ', '\t']).len();
    let body = text.get(..end).unwrap_or("");
    let lead = body.len() - body.trim_start_matches(['|', ' ', '\t']).len();
    Span { start: span.start + lead, end: span.start + end.max(lead) }
}

/// Adds an item; several on one line are parted at semicolons.
fn push(clean: &Clean, item: Span, single: bool, out: &mut Vec<Field<String>>) {
    let text = clean.slice(item);
    let mut from = 0;
    for piece in text.split(';') {
        let span = Span { start: item.start + from, end: item.start + from + piece.len() };
        from += piece.len() + 1;
        let body = piece.trim().trim_start_matches(['-', '–', ' ']).trim_end_matches(['.', ',', ' ', ':', '/']);
        if body.chars().count() < 2 || (!single && body.starts_with('(') && out.is_empty()) {
            continue;
        }
        let value = body.split_whitespace().collect::<Vec<_>>().join(" ");
        let start = span.start + piece.find(body).unwrap_or(0);
        out.push(field(value, Span { start, end: start + body.len() }, 0.9));
    }
}
