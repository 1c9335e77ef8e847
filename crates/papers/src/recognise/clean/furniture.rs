//! Furniture of the page: gazette headers, stamps of electronic signatures, page numbers.

use super::normal::Raw;
use crate::recognise::fold::{bare, bare_start};

/// Removes it in place. A gap left by furniture is a page break, not a new paragraph.
pub(crate) fn remove(lines: &mut Vec<Raw<'_>>) {
    let mut drop = vec![false; lines.len()];
    gazette(lines, &mut drop);
    stamps(lines, &mut drop);
    page_numbers(lines, &mut drop);
    if !drop.contains(&true) {
        return;
    }
    let mut page = false;
    let mut kept = Vec::with_capacity(lines.len());
    for (at, line) in lines.drain(..).enumerate() {
        let gone = drop.get(at).copied().unwrap_or(false);
        if gone {
            page = true;
        } else {
            let page = std::mem::take(&mut page);
            kept.push(Raw { page: line.page || page, ..line });
        }
    }
    *lines = kept;
}

fn text<'a>(lines: &'a [Raw<'_>], at: usize) -> &'a str {
    lines.get(at).map_or("", |line| &line.text)
}

fn mark(drop: &mut [bool], at: usize) {
    if let Some(flag) = drop.get_mut(at) {
        *flag = true;
    }
}

fn bare_number(text: &str) -> Option<u32> {
    let inner = text.trim_matches(['-', '–', ' ']);
    (inner.len() <= 4 && !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit())).then(|| inner.parse().ok())?
}

/// "CÔNG BÁO/Số 302/Ngày 02-06-2026" with the page number beside it.
fn gazette(lines: &[Raw<'_>], drop: &mut [bool]) {
    for at in 0..lines.len() {
        let line = text(lines, at);
        if line.len() > 120 {
            continue;
        }
        let word = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if word.starts_with(|c: char| c.is_ascii() && !matches!(c, 'c' | 'C')) || !line.contains("BÁO") {
            continue;
        }
        let folded = bare(line);
        let body = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if !body.starts_with("cong bao") || !body.contains("ngay") || !body.contains("so ") {
            continue;
        }
        mark(drop, at);
        if bare_number(text(lines, at + 1)).is_some() {
            mark(drop, at + 1);
        } else if let Some(before) = at.checked_sub(1).filter(|before| bare_number(text(lines, *before)).is_some()) {
            mark(drop, before);
        }
    }
}

/// "Ký bởi: … Email: … Thời gian ký: … +07:00", and the short form that ends in a time zone.
fn stamps(lines: &[Raw<'_>], drop: &mut [bool]) {
    let mut at = 0;
    while at < lines.len() {
        let line = text(lines, at);
        let may_sign =
            line.len() < 160 && line.starts_with(|c| matches!(c, 'k' | 'K' | 'n' | 'N') || !char::is_ascii(&c));
        let accented = || line.contains("ý") || line.contains("Ý");
        if may_sign && accented() {
            let folded = bare_start(line, 30);
            let signed = folded.starts_with("ky boi") || folded.starts_with("nguoi ky:");
            if let Some(end) = signed.then(|| stamp_end(lines, at)).flatten() {
                (at..=end).for_each(|at| mark(drop, at));
                at = end;
            }
        } else if line.len() < 40 && line.ends_with("+07:00") && !accented() {
            let mut first = at;
            while first > 0 && at - first < 9 && drop.get(first - 1) == Some(&false) {
                let above = text(lines, first - 1);
                let gap = lines.get(first).is_some_and(|line| line.gap);
                if gap || above.len() > 40 || above.starts_with('-') || above.contains([';', '|']) {
                    break;
                }
                first -= 1;
            }
            let signed = (first..=at).any(|at| text(lines, at).contains('@') || stamp_time(text(lines, at)));
            if signed {
                (first..=at).for_each(|at| mark(drop, at));
            } else {
                mark(drop, at);
            }
        }
        at += 1;
    }
}

/// "16.05.2019" or "02.06.2026 08:15:00".
fn stamp_time(line: &str) -> bool {
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    line.split(' ').take(3).any(|date| {
        let parts: Vec<&str> = date.split(['.', '/', '-']).collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// Last line of the stamp that starts at `at`, when it is one: it names a time or an e-mail within 14 lines.
fn stamp_end(lines: &[Raw<'_>], at: usize) -> Option<usize> {
    let mut end = None;
    for look in at..(at + 14).min(lines.len()) {
        let line = text(lines, look);
        let far = line.chars().count() > 70 || line == "|";
        if far && look > at {
            break;
        }
        let folded = bare_start(line, 20);
        if line.ends_with("+07:00") || line.contains('Z') && stamp_time(line) {
            return Some(look);
        }
        if stamp_time(line)
            || folded.starts_with("email")
            || folded.starts_with("thoi gian ky")
            || folded.starts_with("ngay ky")
            || line.contains('@')
        {
            end = Some(look);
        }
        if look > at && lines.get(look).is_some_and(|line| line.gap) && end.is_some_and(|end| end < look) {
            break;
        }
    }
    end
}

/// A lone number beside a page break, or the next in a run of page numbers that stand apart.
fn page_numbers(lines: &[Raw<'_>], drop: &mut [bool]) {
    let mut last = 1;
    let barred = lines.iter().any(|line| line.text == "|");
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { break };
        if line.text.len() > 12 {
            continue;
        }
        let Some(number) = bare_number(&line.text) else { continue };
        let next = lines.get(at + 1);
        let beside_page = line.page || next.is_none_or(|next| next.page);
        let apart = line.gap && !barred && number == last + 1;
        if beside_page || (apart && next.is_some_and(|next| !next.gap || next.text.starts_with(char::is_lowercase))) {
            last = number;
            mark(drop, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::normal;
    use super::*;

    fn left(raw: &str) -> Vec<String> {
        let mut lines = normal::lines(raw);
        remove(&mut lines);
        lines.into_iter().map(|line| line.text.into_owned()).collect()
    }

    #[test]
    fn gazette_headers_go_with_their_page() {
        assert_eq!(left("a\nCÔNG BÁO/Số 12/Ngày 01-02-2026\n70\n\nb"), ["a", "b"]);
    }

    #[test]
    fn stamps_go_but_signatures_stay() {
        let raw = "GIÁM ĐỐC\n\nNgười ký: Sở Tư\npháp\nEmail:\nstp@x.gov.vn\nThời gian ký:\n28.12.2018\n15:38:28 +07:00\n\nNguyễn Văn A";
        assert_eq!(left(raw), ["GIÁM ĐỐC", "Nguyễn Văn A"]);
        assert_eq!(left("TRUNG TÂM CÔNG\nBÁO\nt@x.gov.vn\n18.11.2024 07:25:14\n+07:00\n\nỦY BAN"), ["ỦY BAN"]);
    }

    #[test]
    fn page_numbers_go_and_row_numbers_stay() {
        assert_eq!(left("a của\n\u{c}2\nb"), ["a của", "b"]);
        assert_eq!(left("TT\n1\nGiao Sở"), ["TT", "1", "Giao Sở"]);
    }
}
