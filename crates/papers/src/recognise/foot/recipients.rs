//! Nơi nhận: one item a dash, continuation lines joined, the closing mark dropped.

use crate::Paper;
use crate::recognise::clean::Clean;
use crate::recognise::fold::bare;
use crate::recognise::header::field;
use crate::{Field, Span};

/// Reads the items of the left column.
pub(crate) fn read(clean: &Clean, pieces: &[Span], paper: &mut Paper) {
    let mut items: Vec<(Span, String)> = Vec::new();
    let issuer = paper.issuer.as_ref().map(|issuer| bare(&issuer.value)).unwrap_or_default();
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
        push(without_crumbs(&value, &issuer), span, 0.95, &mut paper.recipients);
    }
}

/// A scan may print crumbs of the seal behind an item that is closed ("- Thường trực HĐND tỉnh; Uy ban"): marks, single
/// letters, words of the issuer's own name.
fn without_crumbs<'v>(value: &'v str, issuer: &str) -> &'v str {
    let closed = value.find(';').or_else(|| value.rfind(". ").filter(|_| super::is_keeper(value)));
    let Some((item, rest)) = closed.and_then(|at| Some((value.get(..at)?, value.get(at + 1..)?))) else { return value };
    let mark = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count() < 2;
    let own = |word: &str| issuer.split(' ').any(|part| !word.is_empty() && part.starts_with(word));
    let words: Vec<String> = rest.split_whitespace().map(bare).collect();
    let crumbs = words.first().is_some_and(|word| mark(word) && !word.starts_with(['+', '-', '–']))
        || words.iter().all(|word| mark(word) || own(word.trim_matches([';', ':', '.', ','])));
    if crumbs { item } else { value }
}

fn push(value: &str, span: Span, sure: f32, out: &mut Vec<Field<String>>) {
    let body = value.trim_matches([' ', ';', '.', ',', ':', '/']);
    let value = body.split_whitespace().collect::<Vec<_>>().join(" ");
    if value.chars().any(char::is_alphanumeric) && value.chars().count() > 1 {
        let sure = if value.chars().count() > 400 { 0.4 } else { sure };
        out.push(field(value, span, sure));
    }
}

#[cfg(test)]
mod tests {
    use super::without_crumbs;

    #[test]
    fn crumbs_of_a_seal() {
        for (printed, want) in [
            ("Thường trực HĐND tỉnh; Uy ban", "Thường trực HĐND tỉnh"),
            ("Như trên; ° {SDt CHU TICH", "Như trên"),
            ("CT, các PCT; A", "CT, các PCT"),
            ("Lưu: VT, TH (AB). Binh", "Lưu: VT, TH (AB)"),
            ("Như trên; Lưu: VT", "Như trên; Lưu: VT"),
            ("VP: + CVP; + Cổng TTĐT", "VP: + CVP; + Cổng TTĐT"),
            ("Sở Y tế; Sở Nội vụ;", "Sở Y tế; Sở Nội vụ;"),
        ] {
            assert_eq!(without_crumbs(printed, "uy ban nhan dan tinh binh minh"), want, "{printed}");
        }
    }
}
