//! Kind and title (trích yếu).

use super::segments::{Role, Segment};
use super::{field, issuer};
use crate::recognise::clean::{Clean, LineKind};
use crate::recognise::fold::{bare, bare_start, is_caps};
use crate::recognise::{date, kinds};
use crate::{Paper, Span};

/// Reads both.
pub(crate) fn read(clean: &Clean, segments: &[Segment<'_>], paper: &mut Paper) {
    let named = segments.iter().position(|segment| segment.role == Role::Kind);
    let subject = segments.iter().position(|segment| segment.role == Role::Subject);
    if let Some(at) = named {
        let Some(segment) = segments.get(at) else { return };
        if let Some(kind) = kinds::kind_line(segment.text) {
            paper.kind = Some(field(kinds::canonical(kind), segment.span(), 0.97));
        }
        let span = under_kind(clean, segments, at + 1, paper);
        set(paper, clean, span);
        return;
    }
    let numbered = segments.iter().position(|segment| matches!(segment.role, Role::Number | Role::Date));
    if let Some(at) = subject {
        set(paper, clean, under_subject(clean, segments, at));
        return;
    }
    // "KẾ HOẠCH Triển khai …" on one line
    for (at, segment) in segments.iter().enumerate().skip(numbered.map_or(0, |at| at + 1)) {
        if let Some((kind, rest)) = kinds::leading_kind(segment.text) {
            paper.kind =
                Some(field(kinds::canonical(kind), Span { start: segment.start, end: segment.start + rest }, 0.9));
            let start = segment.start + rest;
            let end = under_kind(clean, segments, at + 1, paper).map_or(segment.span().end, |span| span.end);
            put(paper, clean, Span { start, end }, 0.85);
            return;
        }
    }
    // a scan that garbled "V/v": small letters under the number, before "Kính gửi"
    let addressed = segments.iter().position(|segment| segment.role == Role::Addressee);
    let after = segments.iter().rposition(|segment| matches!(segment.role, Role::Number | Role::Date));
    if let (Some(after), Some(addressed)) = (after, addressed.filter(|at| *at > 0)) {
        let between = segments.get(after + 1..addressed).unwrap_or(&[]);
        let words: Vec<_> =
            between.iter().filter(|segment| segment.role == Role::Other && !is_caps(segment.text)).collect();
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            put(paper, clean, Span { start: first.start, end: last.span().end }, 0.4);
        }
    }
}

fn set(paper: &mut Paper, clean: &Clean, span: Option<Span>) {
    if let Some(span) = span {
        put(paper, clean, span, 0.95);
    }
}

fn put(paper: &mut Paper, clean: &Clean, span: Span, confidence: f32) {
    let raw = clean.slice(span);
    let text = strip_subject(raw);
    let start = span.start + (raw.len() - text.len());
    let text = text.trim_end_matches([' ', ';', ':', '|', '\n']);
    let value: String = text.split(['\n', ' ', '|']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if value.chars().count() >= 3 {
        let sure = if value.chars().count() > 700 { 0.5 } else { confidence };
        paper.title = Some(field(value, Span { start, end: start + text.len() }, sure));
    }
}

/// The text without "V/v" or "Về việc".
pub(crate) fn strip_subject(text: &str) -> &str {
    let trimmed = text.trim_start();
    for (needle, length) in [("v/v", 3), ("ve viec", 7), ("v.v", 3)] {
        if bare_start(trimmed, length) == needle {
            let at = trimmed.char_indices().nth(length).map_or(trimmed.len(), |(at, _)| at);
            let rest = trimmed.get(at..).unwrap_or("");
            if rest.starts_with([':', ' ', '.', '\n', ',']) {
                return rest.trim_start_matches([':', ' ', '.', '\n', ',']);
            }
        }
    }
    trimmed
}

/// Lines of the title under the name of the kind.
fn under_kind(clean: &Clean, segments: &[Segment<'_>], first: usize, paper: &Paper) -> Option<Span> {
    let mut span: Option<Span> = None;
    let mut caps = false;
    for at in first..segments.len() {
        let Some(segment) = segments.get(at) else { break };
        let text = segment.text;
        let role_ends = !matches!(segment.role, Role::Other | Role::Subject | Role::Kind | Role::Number | Role::Date);
        let line = clean.lines.get(segment.line);
        let gap = line.is_some_and(|line| line.gap);
        let barred = segment
            .line
            .checked_sub(1)
            .and_then(|at| clean.lines.get(at))
            .is_some_and(|line| line.kind == LineKind::Bar);
        let attached = text.starts_with('(') && bare_start(text, 22).contains("kem theo");
        let telegram = bare(text.get(text.len().saturating_sub(24)..).unwrap_or(text))
            .trim_end_matches([':', ' '])
            .ends_with(" dien");
        if role_ends || attached || (telegram && text.ends_with(':')) || (barred && span.is_some()) {
            break;
        }
        let Some(open) = &mut span else {
            if matches!(segment.role, Role::Number | Role::Date) {
                continue;
            }
            caps = is_caps(text);
            span = Some(segment.span());
            continue;
        };
        let last = at + 1 == segments.len();
        // "KHÓA XVII, KỲ HỌP THỨ 21" below a council's name
        let session = segments.get(at + 1).is_some_and(|next| {
            let next = bare_start(next.text, 9);
            next.starts_with("khoa ") || next.starts_with("ky hop") || next.starts_with("nhiem ky")
        });
        let dangling = ends_dangling(clean.slice(*open));
        let repeats_issuer = is_caps(text)
            && issuer::repeats(text, paper)
            && ((last || session) && !ends_open(clean.slice(*open)) || gap && !dangling);
        let changed = caps && !is_caps(text) && text.contains(char::is_lowercase) && !dangling;
        // "Sáng ngày 20/02/2026, trên công trường …": the body of a notice begins with its day.
        let day = opens_with_day(text) && !dangling;
        let paragraph = gap && !caps && !dangling && text.chars().count() > 60 && text.starts_with(char::is_uppercase);
        let decides =
            matches!(bare(text).trim_end_matches([':', ' ']), "quyet nghi" | "quyet dinh") && text.ends_with(':');
        if repeats_issuer || changed || paragraph || day || decides {
            break;
        }
        open.end = segment.span().end;
    }
    span
}

/// A day with its year and a comma.
fn opens_with_day(text: &str) -> bool {
    let open = ["Ngày ", "Sáng ngày ", "Chiều ngày "].iter().find_map(|open| text.strip_prefix(open));
    open.is_some_and(|rest| {
        date::parts_at(rest).is_some_and(|(parts, end)| {
            parts.date().is_some() && rest.get(end..).is_some_and(|after| after.trim_start().starts_with(','))
        })
    })
}

/// The last word governs a name that must follow.
fn ends_open(text: &str) -> bool {
    let folded = bare(text.get(floor(text, text.len().saturating_sub(24))..).unwrap_or(text));
    matches!(
        folded.rsplit(' ').next().unwrap_or(""),
        "ve" | "cua" | "va" | "cac" | "tai" | "theo" | "voi" | "do" | "cho"
    )
}

/// A title cannot end with such a word.
fn ends_dangling(text: &str) -> bool {
    let folded = bare(text.get(floor(text, text.len().saturating_sub(24))..).unwrap_or(text));
    let last = folded.rsplit(' ').next().unwrap_or("");
    matches!(
        last,
        "ve" | "cua"
            | "va"
            | "cac"
            | "tai"
            | "theo"
            | "so"
            | "trong"
            | "voi"
            | "cho"
            | "den"
            | "nam"
            | "ngay"
            | "do"
            | "ket"
            | "luan"
    ) || text.ends_with([',', '-', '–'])
}

fn floor(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// "V/v …" goes on until another box starts.
fn under_subject(clean: &Clean, segments: &[Segment<'_>], first: usize) -> Option<Span> {
    let mut span = segments.get(first)?.span();
    for segment in segments.iter().skip(first + 1) {
        let line = clean.lines.get(segment.line);
        let barred = segment
            .line
            .checked_sub(1)
            .and_then(|at| clean.lines.get(at))
            .is_some_and(|line| line.kind == LineKind::Bar);
        let gap = line.is_some_and(|line| line.gap);
        let small = segment.text.starts_with(char::is_lowercase);
        if segment.role != Role::Other || barred || (gap && !small) || is_caps(segment.text) {
            break;
        }
        span.end = segment.span().end;
    }
    Some(span)
}

#[cfg(test)]
mod tests {
    use crate::recognise;

    #[test]
    fn the_body_of_a_notice_begins_with_its_day() {
        let head = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\nSố: 9/TB-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
                    Độc lập - Tự do - Hạnh phúc\nBình Minh, ngày 15 tháng 3 năm 2026\n\nTHÔNG BÁO\n\
                    Kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh\ntại cuộc họp về tiến độ hồ chứa nước\n";
        let body = ", tại Hội trường lớn, Phó Chủ tịch chủ trì cuộc họp.\nI. ĐÁNH GIÁ\n1. Tiến độ chậm.\n";
        let title = |text: &str| recognise(text).title.map(|title| title.value).unwrap_or_default();
        let whole = "Kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp về tiến độ hồ chứa nước";
        for day in ["Ngày 12/3/2026", "Chiều ngày 12-3-2026", "Sáng ngày 12 tháng 3 năm 2026"] {
            assert_eq!(title(&format!("{head}{day}{body}")), whole, "{day}");
        }
        for text in
            ["Ngày 12/3/2026 tại", "Ngày 31/02/2026, tại", "Ngày 12 tháng 3, tại", "ngày 12/3/2026, tại", "Ngày hội"]
        {
            assert!(!super::opens_with_day(text), "{text}");
        }
    }
}
