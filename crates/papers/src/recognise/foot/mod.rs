//! The foot of a paper: Nơi nhận on the left, the signature on the right, however the columns were printed.

mod recipients;
mod signature;

use super::clean::{Clean, LineKind};
use super::fold::{bare_start, is_caps};
use super::header::segments::cells;
use crate::{Paper, Span};

/// The two columns.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Below "Nơi nhận", that line excluded.
    pub left: Vec<Span>,
    /// The signature.
    pub right: Vec<Span>,
}

/// Reads recipients and signer into `paper`.
pub(crate) fn read(clean: &Clean, paper: &mut Paper) {
    let columns = part(clean);
    recipients::read(clean, &columns.left, paper);
    signature::read(clean, &columns.right, paper);
}

/// Parts the foot into its columns.
fn part(clean: &Clean) -> Columns {
    let mut columns = Columns::default();
    let mut listing = false; // inside the list of recipients
    let mut closed = false; // its last item was read
    let mut cell_after_list = false;
    for at in clean.foot.clone() {
        let Some(line) = clean.lines.get(at) else { break };
        if line.kind == LineKind::Bar {
            if listing {
                cell_after_list = true;
            }
            listing = false;
            continue;
        }
        let pieces = cells(clean.slice(line.span), line.span.start, line.kind);
        let many = pieces.len() > 1;
        for (index, (text, start)) in pieces.into_iter().enumerate() {
            let span = Span { start, end: start + text.len() };
            let blurred = at == clean.foot.start && bare_start(text, 12).contains("nhan:");
            let heads = bare_start(text, 9).starts_with("noi nhan") || blurred;
            if heads {
                listing = true;
                closed = false;
                after_label(text, span, &mut columns);
                continue;
            }
            let dash = text.starts_with(['-', '–', '+', '•', '*', '—']);
            let right = (many && index > 0 && !dash) || (!dash && (is_signature(text) || cell_after_list && !listing));
            if right || !listing && !dash {
                columns.right.push(span);
                let kept = columns.left.last().is_some_and(|piece| is_keeper(clean.slice(*piece)));
                closed |= listing && !many && (line.gap || kept);
            } else if closed && !dash {
                columns.right.push(span);
            } else if listing {
                let last = columns.left.last().map_or("", |piece| clean.slice(*piece));
                let ended = is_keeper(last)
                    && (dash || line.gap || is_name(text) || text.chars().count() > 20 || text.contains('('));
                if ended && !dash {
                    columns.right.push(span);
                } else if !ended {
                    split_interleaved(clean, span, &mut columns);
                }
            }
        }
    }
    columns
}

/// "Nơi nhận: KT. CHỦ TỊCH" or "Nơi nhận: Như trên; Lưu VT".
fn after_label(text: &str, span: Span, columns: &mut Columns) {
    let after = text.char_indices().nth(8).map_or(text.len(), |(at, _)| at);
    let rest = text.get(after..).unwrap_or("");
    let body = rest.trim_start_matches([':', ' ', '.', '|']);
    let start = span.start + after + (rest.len() - body.len());
    if body.is_empty() {
        return;
    }
    let piece = Span { start, end: span.end };
    if is_signature(body) {
        columns.right.push(piece);
    } else {
        columns.left.push(piece);
    }
}

/// "- Thường trực HĐND tỉnh; PHÓ CHỦ TỊCH": a scan that put both columns on one line.
fn split_interleaved(clean: &Clean, piece: Span, columns: &mut Columns) {
    let text = clean.slice(piece);
    if let Some(at) = text.rfind(';') {
        let tail = text.get(at + 1..).unwrap_or("");
        let lead = tail.len() - tail.trim_start().len();
        let rest = tail.trim();
        if is_caps(rest) && is_signature(rest) {
            let start = piece.start + at + 1 + lead;
            columns.left.push(Span { start: piece.start, end: piece.start + at + 1 });
            columns.right.push(Span { start, end: start + rest.len() });
            return;
        }
    }
    columns.left.push(piece);
}

/// "Lưu: VT": the last item of every list.
fn is_keeper(item: &str) -> bool {
    let start = bare_start(item.trim_start_matches(['-', '–', '+', ' ']), 4);
    start == "luu" || start.starts_with("luu ") || start.starts_with("luu:")
}

/// A line of the signature block.
fn is_signature(text: &str) -> bool {
    signature::is_authority_line(text) || (is_caps(text) && signature::is_rank(text))
}

/// "Nguyễn Văn A": two to six capitalised words.
pub(crate) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (2..=6).contains(&words.len())
        && text.chars().count() <= 40
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
        })
        && text.chars().any(char::is_lowercase)
}
