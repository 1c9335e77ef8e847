//! Nơi nhận: one item a dash, continuation lines joined, the closing mark dropped.

use crate::Paper;
use crate::recognise::clean::Clean;
use crate::recognise::header::field;
use crate::{Field, Span};

/// Reads the items of the left column.
pub(crate) fn read(clean: &Clean, pieces: &[Span], paper: &mut Paper) {
    let mut items: Vec<(Span, String)> = Vec::new();
    let dashes = pieces.iter().any(|piece| clean.slice(*piece).starts_with(['-', '–', '•', '*', '—']));
    for piece in pieces {
        let text = clean.slice(*piece);
        let dashed = text.starts_with(['-', '–', '•', '*', '—']);
        let body = if dashed { text.trim_start_matches(['-', '–', '•', '*', '—', ' ']) } else { text };
        if body.is_empty() {
            continue;
        }
        let start = piece.start + (text.len() - body.len());
        match items.last_mut() {
            Some((span, value)) if !dashed && (dashes || !value.ends_with([';', '.'])) => {
                value.push(' ');
                value.push_str(body);
                span.end = piece.end;
            }
            _ => items.push((Span { start, end: piece.end }, body.to_owned())),
        }
    }
    if !dashes && items.len() == 1 {
        // "Nơi nhận: Như trên; Lưu: VT."
        let Some((span, value)) = items.pop() else { return };
        for part in value.split(';') {
            push(part, span, 0.7, &mut paper.recipients);
        }
        return;
    }
    for (span, value) in items {
        push(&value, span, 0.95, &mut paper.recipients);
    }
}

fn push(value: &str, span: Span, sure: f32, out: &mut Vec<Field<String>>) {
    let body = value.trim_matches([' ', ';', '.', ',', ':', '/']);
    let value = body.split_whitespace().collect::<Vec<_>>().join(" ");
    if value.chars().any(char::is_alphanumeric) && value.chars().count() > 1 {
        let sure = if value.chars().count() > 400 { 0.4 } else { sure };
        out.push(field(value, span, sure));
    }
}
