//! Deadlines: words of a time label, or a sentence, → rules.

mod atoms;
mod label;
mod manner;

use std::ops::Range;

use atoms::{Atom, Time, atoms, word};
use chrono::NaiveDate;
pub(crate) use label::all_of_label;
use manner::{often, told_daily};

use super::agencies::Words;
use super::words::Tok;
use crate::{Deadline, DeadlineKind};

/// A deadline read, with its place in the text given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// Bytes of the words.
    pub at: Range<usize>,
    /// The rule.
    pub deadline: Deadline,
    /// False when the words were understood only in part.
    pub sure: bool,
}

/// So many time words are looked through for the one that says how often.
const RUN: usize = 24;

/// A rule without value.
pub(crate) fn plain(kind: DeadlineKind) -> Deadline {
    Deadline { kind, value: None }
}

fn with(kind: DeadlineKind, value: String) -> Deadline {
    Deadline { kind, value: Some(value) }
}

/// Deadlines in running text, in order. A date counts only behind a word that makes it one.
pub(crate) fn in_prose(text: &str, year: Option<i32>) -> Vec<Found> {
    in_words(&Words::new(text), year)
}

/// [`in_prose`] for a text already split into words.
pub(crate) fn in_words(words: &Words<'_>, year: Option<i32>) -> Vec<Found> {
    if !worth_reading(words.small()) {
        return vec![];
    }
    let toks = words.toks();
    let all = atoms(&toks, false);
    let mut out: Vec<Found> = vec![];
    let mut i = 0;
    while i < all.len() {
        let Some(start) = cue(&toks, &all, i) else {
            i += 1;
            continue;
        };
        let mut end = i + 1;
        while end < all.len() && all[end].first <= all[end - 1].last + 4 && joined(&toks, &all[end - 1], &all[end]) {
            end += 1;
        }
        if let Some(day) = yearly(&toks, &all[i..end], out.last(), start) {
            out.pop();
            out.push(day);
        } else if let Some((used, deadline)) = rule(&toks[..], &all[i..end], year) {
            let from = toks[start].at;
            let to = toks[all[i + used - 1].last - 1].end();
            if !out.iter().any(|f| f.deadline == deadline) {
                out.push(Found { at: from..to, deadline, sure: true });
            }
            label::further(&toks, &all[i..end], used, year, &mut out);
        }
        i = end;
    }
    if out.is_empty()
        && let Some(a) = all.iter().find(|a| a.time == Time::Continuous && often(words, a))
    {
        let at = toks[a.first].at..toks[a.last - 1].end();
        out.push(Found { at, deadline: plain(DeadlineKind::Continuous), sure: true });
    }
    out
}

/// Words of a long sentence.
const SENTENCE: usize = 80;

/// "Hằng năm báo cáo … trước ngày 15/12": a day without a year in the sentence of "hằng năm" comes every year.
fn yearly(toks: &[Tok<'_>], all: &[Atom], before: Option<&Found>, start: usize) -> Option<Found> {
    let annual = before.filter(|f| f.deadline == plain(DeadlineKind::Annual))?;
    let days = if no_year(all) { short_days(all) } else { String::new() };
    let from = toks.partition_point(|t| t.at < annual.at.end);
    let far = start.saturating_sub(from) > SENTENCE;
    if far || days.is_empty() || toks.get(from..start)?.iter().any(|t| matches!(t.text, "." | ";")) {
        return None;
    }
    let at = toks[start].at..toks[all.last()?.last - 1].end();
    Some(Found { at, deadline: with(DeadlineKind::Annual, days), sure: true })
}

fn worth_reading(low: &str) -> bool {
    low.bytes().any(|b| b.is_ascii_digit()) || ["hằng", "hàng", "thường xuyên", "mỗi"].iter().any(|w| low.contains(w))
}

/// Only joining words between two time words ("ngày 15/6 và ngày 15/12 hằng năm", "từ … đến …").
fn joined(toks: &[Tok<'_>], a: &Atom, b: &Atom) -> bool {
    toks[a.last..b.first].iter().all(|t| {
        matches!(
            t.text,
            "," | "-"
                | "–"
                | "và"
                | "đến"
                | "hết"
                | "trước"
                | "của"
                | "các"
                | "năm"
                | "những"
                | "ngày"
                | "("
                | "định"
                | "kỳ"
        )
    })
}

/// First token of the words that make atom `i` a deadline, or `None`.
fn cue(toks: &[Tok<'_>], all: &[Atom], i: usize) -> Option<usize> {
    let a = &all[i];
    let before = |n: usize| if a.first >= n { word(toks, a.first - n) } else { None };
    let clause_start = a.first == 0 || matches!(before(1), Some(";" | "." | ":" | "," | "+"));
    let next_recurs = all.get(i + 1).is_some_and(|b| {
        matches!(b.time, Time::Annual | Time::Monthly | Time::Weekly | Time::Quarterly) && b.first <= a.last + 1
    });
    match a.time {
        Time::Continuous => (a.first == 0).then_some(a.first),
        Time::Daily if a.first > 0 => told_daily(toks, a),
        Time::Daily => Some(a.first),
        Time::Annual | Time::Monthly | Time::Quarterly | Time::Weekly => {
            if before(1) == Some("kỳ") && before(2) == Some("định") {
                return Some(a.first - 2);
            }
            let adverb = clause_start && !matches!(before(1), Some(","))
                // Not "kế hoạch thực hiện hằng năm".
                || matches!((before(2), before(1)), (Some("thực"), Some("hiện"))) && before(3) != Some("hoạch");
            let listed =
                before(1) == Some(",") && !matches!(word(toks, a.last), Some("," | "và" | ";" | "." | "5") | None);
            (adverb || listed).then_some(a.first)
        }
        Time::Onwards => None,
        Time::DayOnly(_) | Time::Weekday(_) => (next_recurs || before(1) == Some("kỳ")).then(|| back(toks, a.first)),
        Time::Year(_) => {
            let start = back(toks, a.first);
            let done = (start..a.first).any(|i| matches!(toks[i].text, "hoàn" | "xong"))
                || start < a.first && start > 0 && word(toks, start - 1) == Some("ngay");
            done.then_some(start)
        }
        Time::Day(..) | Time::Month(..) | Time::Quarter(..) => {
            if next_recurs && clause_start {
                return Some(a.first);
            }
            let start = back(toks, a.first);
            (start < a.first && cues(&toks[start..a.first])).then_some(start)
        }
    }
}

/// Walks back over the words that may stand between the cue and the date.
fn back(toks: &[Tok<'_>], mut i: usize) -> usize {
    let stop = i.saturating_sub(6);
    while i > stop
        && matches!(
            toks[i - 1].text,
            "trước"
                | "đến"
                | "hết"
                | "chậm"
                | "nhất"
                | "là"
                | "vào"
                | "trong"
                | "hoàn"
                | "thành"
                | "xong"
                | "từ"
                | "hạn"
                | "thời"
                | "gian"
                | "định"
                | "kỳ"
                | "muộn"
                | "ngày"
                | ":"
                | "cuối"
                | "đầu"
        )
    {
        i -= 1;
    }
    while i < toks.len() && toks[i].text == ":" {
        i += 1;
    }
    i
}

fn cues(words: &[Tok<'_>]) -> bool {
    let has = |w: &str| words.iter().any(|t| t.text == w);
    has("trước")
        || has("nhất")
        || has("hoàn")
        || has("xong")
        || has("hết")
        || has("hạn")
        || has("trong")
        || has("gian")
        || has("kỳ")
        || (has("vào") || has("đến")) && !has("từ")
}

/// The rule that a run of time words gives, and how many of them it uses.
fn rule(toks: &[Tok<'_>], all: &[Atom], base: Option<i32>) -> Option<(usize, Deadline)> {
    let first = all.first()?;
    let annual = all.iter().take(RUN).position(|a| a.time == Time::Annual);
    let found = match first.time {
        Time::Continuous | Time::Daily => (1, plain(DeadlineKind::Continuous)),
        Time::Annual => {
            let days = short_days(all);
            let n = all.len();
            if days.is_empty() { (1, plain(DeadlineKind::Annual)) } else { (n, with(DeadlineKind::Annual, days)) }
        }
        Time::Onwards => return rule(toks, &all[1..], base).map(|(n, d)| (n + 1, d)),
        Time::Monthly => (
            1,
            with(DeadlineKind::Periodic, day_of(all).map_or_else(|| "monthly".into(), |d| format!("monthly-{d:02}"))),
        ),
        Time::Weekly => (
            1,
            with(DeadlineKind::Periodic, weekday_of(all).map_or_else(|| "weekly".into(), |d| format!("weekly-{d}"))),
        ),
        Time::Quarterly => (1, with(DeadlineKind::Periodic, "quarterly".into())),
        Time::DayOnly(_) | Time::Weekday(_) => return recurring(toks, all, base),
        Time::Day(None, ..) | Time::Month(None, _) | Time::Quarter(None, _)
            if annual.is_some_and(|n| no_year(&all[..n])) =>
        {
            let n = annual? + 1;
            let days = short_days(&all[..n]);
            (n, if days.is_empty() { plain(DeadlineKind::Annual) } else { with(DeadlineKind::Annual, days) })
        }
        Time::Day(..) | Time::Month(..) | Time::Quarter(..) | Time::Year(_) => return dated(toks, all, base),
    };
    Some(found)
}

fn no_year(all: &[Atom]) -> bool {
    all.iter().all(|a| {
        matches!(a.time, Time::Day(None, ..) | Time::Month(None, _) | Time::Quarter(None, _) | Time::DayOnly(_))
    })
}

fn short_days(all: &[Atom]) -> String {
    let parts: Vec<String> = all
        .iter()
        .filter_map(|a| match a.time {
            Time::Day(None, m, d) => Some(format!("{m:02}-{d:02}")),
            Time::Month(None, m) => Some(format!("{m:02}")),
            Time::Quarter(None, q) => Some(format!("{:02}", q * 3)),
            _ => None,
        })
        .collect();
    parts.join(",")
}

fn day_of(all: &[Atom]) -> Option<u32> {
    all.iter().find_map(|a| if let Time::DayOnly(d) = a.time { Some(d) } else { None })
}

fn weekday_of(all: &[Atom]) -> Option<u32> {
    all.iter().find_map(|a| if let Time::Weekday(d) = a.time { Some(d) } else { None })
}

/// "ngày 20 hằng tháng", "thứ Sáu hằng tuần"; a day alone is no deadline.
fn recurring(toks: &[Tok<'_>], all: &[Atom], base: Option<i32>) -> Option<(usize, Deadline)> {
    let n = all
        .iter()
        .take(RUN)
        .position(|a| matches!(a.time, Time::Monthly | Time::Weekly | Time::Quarterly | Time::Annual));
    match (all[0].time, n) {
        (Time::DayOnly(d), Some(n)) if all[n].time == Time::Monthly => {
            Some((n + 1, with(DeadlineKind::Periodic, format!("monthly-{d:02}"))))
        }
        (Time::Weekday(d), Some(n)) if all[n].time == Time::Weekly => {
            Some((n + 1, with(DeadlineKind::Periodic, format!("weekly-{d}"))))
        }
        (_, Some(n)) if all[n].time == Time::Quarterly => {
            Some((n + 1, with(DeadlineKind::Periodic, "quarterly".into())))
        }
        (Time::Weekday(d), None) => Some((1, with(DeadlineKind::Periodic, format!("weekly-{d}")))),
        // "từ ngày 05 đến ngày 25 tháng 11 năm 2025"
        (Time::DayOnly(d), _) => match all.get(1).map(|a| a.time) {
            Some(Time::Day(y, m, e)) => {
                let y = y.or(base)?;
                Some((2, with(DeadlineKind::Date, format!("{}/{}", date(y, m, d)?, date(y, m, e)?))))
            }
            _ => rule(toks, &all[1..], base).map(|(n, r)| (n + 1, r)),
        },
        _ => rule(toks, all.get(1..)?, base).map(|(n, r)| (n + 1, r)),
    }
}

fn date(y: i32, m: u32, d: u32) -> Option<String> {
    NaiveDate::from_ymd_opt(y, m, d).map(|d| d.to_string())
}

/// Dates, months, quarters and years: one, a range, a list or open.
fn dated(toks: &[Tok<'_>], all: &[Atom], base: Option<i32>) -> Option<(usize, Deadline)> {
    let first = all[0];
    let second = all.get(1).filter(|b| same_kind(first.time, b.time) && b.first <= first.last + 4);
    let open = all.get(1).is_some_and(|a| a.time == Time::Onwards && a.first <= first.last + 4);
    let year_later = all.iter().take(6).find_map(|a| year_in(a.time)).or(base);
    let value = |t: Time, fallback: Option<i32>| -> Option<String> {
        match t {
            Time::Day(y, m, d) => date(y.or(fallback)?, m, d),
            Time::Month(y, m) => Some(format!("{}-{m:02}", y.or(fallback)?)),
            Time::Quarter(y, q) => Some(format!("{}-Q{q}", y.or(fallback)?)),
            Time::Year(y) => Some(y.to_string()),
            _ => None,
        }
    };
    let kind = match first.time {
        Time::Day(..) => DeadlineKind::Date,
        Time::Month(..) => DeadlineKind::Month,
        Time::Quarter(..) => DeadlineKind::Quarter,
        _ => DeadlineKind::Year,
    };
    let a = value(first.time, year_later)?;
    if let Some(b) = second {
        let between: Vec<&str> = toks[first.last..b.first].iter().map(|t| t.text).collect();
        let listed = listing(&toks[first.last..b.first]);
        let ranged = between.iter().any(|w| matches!(*w, "-" | "–" | "đến" | "tới" | "~"));
        if listed && kind == DeadlineKind::Year {
            let years: Vec<String> =
                all.iter().map_while(|a| if let Time::Year(y) = a.time { Some(y.to_string()) } else { None }).collect();
            let n = years.len();
            if all.get(n).is_some_and(|a| a.time == Time::Onwards) {
                return Some((n + 1, with(kind, format!("{a}/.."))));
            }
            return Some((n, with(kind, years.join(","))));
        }
        let row = all.iter().take_while(|a| same_kind(first.time, a.time)).zip(&all[1..]);
        let row = row.take_while(|(a, b)| follows(a.time, b.time) && listing(&toks[a.last..b.first])).count();
        if let (true, Some(last)) = (listed && row > 0, all.get(row)) {
            let end = value(last.time, year_in(last.time).or(year_later))?;
            return Some((row + 1, with(kind, format!("{a}/{end}"))));
        }
        if ranged {
            let end = value(b.time, year_in(b.time).or(year_in(first.time)).or(base))?;
            return Some((2, with(kind, if a == end { a } else { format!("{a}/{end}") })));
        }
    }
    let from = first.first > 0 && word(toks, first.first - 1) == Some("từ")
        || first.first > 1 && word(toks, first.first - 1) == Some("ngày") && word(toks, first.first - 2) == Some("từ");
    let value = if open || from { format!("{a}/..") } else { a };
    Some((if open { 2 } else { 1 }, with(kind, value)))
}

/// "," or "và" between two of a list.
fn listing(between: &[Tok<'_>]) -> bool {
    between.iter().all(|t| matches!(t.text, "," | "năm" | "và" | "ngày")) && !between.is_empty()
}

/// The month or quarter after another of the same year: "Quý I, II" is one stretch of time, "Quý I, III" are two.
fn follows(a: Time, b: Time) -> bool {
    match (a, b) {
        (Time::Month(_, a), Time::Month(_, b)) | (Time::Quarter(_, a), Time::Quarter(_, b)) => b == a + 1,
        _ => false,
    }
}

fn same_kind(a: Time, b: Time) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

fn year_in(t: Time) -> Option<i32> {
    match t {
        Time::Day(y, ..) | Time::Month(y, _) | Time::Quarter(y, _) => y,
        Time::Year(y) => Some(y),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
