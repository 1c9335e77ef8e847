//! Stamps of secrecy and urgency.

use super::segments::Segment;
use super::{field, warn};
use crate::recognise::clean::{Clean, LineKind};
use crate::recognise::fold::{bare, is_caps};
use crate::{Paper, Span};

/// The degree a stamp shows; `text` must be the stamp alone.
fn secrecy(text: &str) -> Option<&'static str> {
    let inner = text.trim_matches(|c: char| !c.is_alphabetic());
    if inner.chars().count() > 24 {
        return None;
    }
    let folded = bare(inner);
    let labelled = folded.strip_prefix("do mat").map(|rest| rest.trim_start_matches([':', ' ']));
    if labelled.is_none() && !is_caps(inner) {
        return None;
    }
    let tight: String = labelled.unwrap_or(&folded).chars().filter(|c| !c.is_whitespace()).collect();
    match tight.as_str() {
        // "MẤT" and "MẶT" are other words
        "mat" if labelled.is_some() || !inner.contains(['Ấ', 'Ặ', 'Á', 'Ắ']) => Some("MẬT"),
        "toimat" => Some("TỐI MẬT"),
        "tuyetmat" => Some("TUYỆT MẬT"),
        _ => None,
    }
}

fn urgency(text: &str) -> Option<&'static str> {
    let inner = text.trim_matches(|c: char| !c.is_alphabetic());
    if inner.chars().count() > 24 || !is_caps(inner) {
        return None;
    }
    let tight: String = bare(inner).chars().filter(|c| !c.is_whitespace()).collect();
    match tight.as_str() {
        "khan" => Some("KHẨN"),
        "thuongkhan" => Some("THƯỢNG KHẨN"),
        "hoatoc" | "hoatochengio" => Some("HỎA TỐC"),
        _ => None,
    }
}

/// Reads both. A stamp stands alone: the word inside a sentence ("bí mật nhà nước") is none.
pub(crate) fn read(clean: &Clean, segments: &[Segment<'_>], paper: &mut Paper) {
    for segment in segments {
        if let Some(degree) = secrecy(segment.text).filter(|_| paper.secrecy.is_none()) {
            paper.secrecy = Some(field(degree.to_owned(), segment.span(), 0.95));
        }
        if let Some(degree) = urgency(segment.text).filter(|_| paper.urgency.is_none()) {
            paper.urgency = Some(field(degree.to_owned(), segment.span(), 0.95));
        }
    }
    if paper.secrecy.is_none() {
        // the stamp is repeated at the top of every page
        let mut seen: Vec<(Span, &'static str)> = Vec::new();
        for at in clean.body.clone() {
            let Some(line) = clean.lines.get(at) else { break };
            if line.span.end - line.span.start > 40 || line.kind != LineKind::Text {
                continue;
            }
            let alone = clean.lines.get(at + 1).is_none_or(|next| next.kind != LineKind::Bar);
            let after_bar =
                at.checked_sub(1).and_then(|at| clean.lines.get(at)).is_some_and(|line| line.kind == LineKind::Bar);
            if let Some(degree) = secrecy(clean.slice(line.span)).filter(|_| alone && !after_bar) {
                seen.push((line.span, degree));
            }
        }
        if let Some((span, degree)) = seen.first() {
            paper.secrecy = Some(field((*degree).to_owned(), *span, 0.85));
        }
    }
    if let Some(degree) = &paper.secrecy {
        let message = format!("Văn bản đóng dấu “{}”: không được đưa vào hệ thống này.", degree.value);
        let span = degree.span;
        warn(paper, "secret", message, span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_only() {
        for (text, want) in [
            ("MẬT", Some("MẬT")),
            ("TỐI MẬT", Some("TỐI MẬT")),
            ("[M Ậ T]", Some("MẬT")),
            ("Độ mật: Tối mật", Some("TỐI MẬT")),
            ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
            ("Mật", None),
            ("MẶT", None),
        ] {
            assert_eq!(secrecy(text), want, "{text}");
        }
        assert_eq!(urgency("HOẢ TỐC"), Some("HỎA TỐC"));
        assert_eq!(urgency("KHẨN TRƯƠNG"), None);
    }
}
