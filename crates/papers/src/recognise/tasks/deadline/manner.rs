//! How often something is done: words that are a deadline only as the manner of an action.

use super::atoms::{Atom, word};
use crate::recognise::tasks::agencies::{Words, is_work};
use crate::recognise::tasks::words::Tok;

/// "thường xuyên" says how something is done ("thường xuyên kiểm tra", "cập nhật thường xuyên", "kịp thời, thường xuyên"),
/// not what it is ("chi thường xuyên", "giáo dục thường xuyên").
pub(super) fn often(w: &Words<'_>, a: &Atom) -> bool {
    const MANNERS: [&[&str]; 4] = [&["kịp", "thời"], &["liên", "tục"], &["chủ", "động"], &["đầy", "đủ"]];
    let manner = |i: usize| MANNERS.iter().any(|m| w.is(i, m));
    let joint = |i: usize| matches!(w.low(i), Some("," | "và"));
    let before = |n: usize| a.first.checked_sub(n);
    if before(1).is_some_and(|i| matches!(w.low(i), Some("chi" | "phí" | "dục"))) {
        return false;
    }
    is_work(w, a.last)
        || joint(a.last) && manner(a.last + 1)
        || before(2).is_some_and(|i| is_work(w, i) && !w.is(i, &["làm", "việc"]))
        || before(3).is_some_and(|i| manner(i) && joint(i + 2))
}

/// Words that something is told every day stand before it in its clause ("báo cáo … trước 16 giờ hằng ngày").
pub(super) fn told_daily(toks: &[Tok<'_>], a: &Atom) -> Option<usize> {
    let first = a.first;
    // "báo cáo hằng ngày của …" is a paper.
    if word(toks, a.last) == Some("của") {
        return None;
    }
    let from = first.saturating_sub(16);
    let told = (from..first).rev().take_while(|&i| !matches!(toks[i].text, ";" | "." | ":" | "(" | ")"));
    let mut told = told.filter(|&i| matches!((toks[i].text, word(toks, i + 1)), ("báo", Some("cáo")) | ("gửi", _)));
    told.next()?;
    let hour = |t: &Tok<'_>| {
        matches!(
            t.text,
            "h" | "g" | "giờ" | "phút" | "trước" | "vào" | "lúc" | "sáng" | "chiều" | "’" | "'" | "định" | "kỳ"
        ) || t.number().is_some()
    };
    Some((from..first).rev().take_while(|&i| hour(&toks[i])).last().unwrap_or(first))
}
