//! The value of a time label or of a table cell → rules.

use super::atoms::{Atom, Time, atoms, word};
use super::{Found, plain, rule, with};
use crate::recognise::tasks::words::{Tok, lower, tokens};
use crate::{Deadline, DeadlineKind};

/// Words behind these bytes are no longer the value of a label.
const LONGEST: usize = 400;
/// Most time words read.
const MOST: usize = 24;

/// Reads the value of a time label or of a table cell; `year` completes days and months printed without one.
fn of_label(text: &str, year: Option<i32>) -> Found {
    let low = lower(text);
    let toks = tokens(&low);
    let all = atoms(&toks, true);
    let whole = 0..text.len();
    if let Some((_, deadline)) = rule(&toks, &all, year) {
        let event_first = all.first().is_some_and(|a| a.first > 0)
            && is_event(&low)
            && !low.starts_with("theo kế hoạch")
            && event_rules(&toks, &all);
        if !event_first {
            return Found { at: whole, deadline, sure: true };
        }
        return Found { at: whole, deadline: plain(DeadlineKind::Event), sure: true };
    }
    // "Trong năm" is the year of the paper.
    if let (Some(year), "trong năm" | "cả năm" | "trong cả năm") = (year, low.trim().trim_end_matches(['.', ';']))
    {
        return Found { at: whole, deadline: with(DeadlineKind::Year, year.to_string()), sure: true };
    }
    let event = is_event(&low);
    let kind = if event { DeadlineKind::Event } else { DeadlineKind::None };
    Found { at: whole, deadline: plain(kind), sure: event || low.trim().is_empty() }
}

/// Every deadline of a time label or table cell: the value of [`of_label`], then those listed behind it.
pub(crate) fn all_of_label(text: &str, year: Option<i32>) -> Vec<Found> {
    let mut out = vec![of_label(text, year)];
    let low = lower(text);
    let toks = tokens(&low);
    let mut all = atoms(&toks, true);
    all.retain(|atom| toks[atom.first].at < LONGEST);
    all.truncate(MOST);
    let Some((at, first)) = rule(&toks, &all, year) else { return out };
    if out.first().is_none_or(|found| found.deadline != first) {
        return out;
    }
    further(&toks, &all, at, year, &mut out);
    out
}

/// What is listed behind the first `at` time words.
pub(super) fn further(toks: &[Tok<'_>], all: &[Atom], mut at: usize, year: Option<i32>, out: &mut Vec<Found>) {
    while let (Some(before), Some(next)) = (at.checked_sub(1).and_then(|i| all.get(i)), all.get(at)) {
        let apart = toks[before.last..next.first].iter().any(|t| matches!(t.text, ";" | "," | "và" | "." | "+"));
        let used = match rule(toks, &all[at..], year) {
            Some((used, deadline)) if apart && listed(&deadline) => {
                if !out.iter().any(|found| found.deadline == deadline) {
                    let end = all.get(at + used - 1).map_or(toks[next.last - 1].end(), |a| toks[a.last - 1].end());
                    out.push(Found { at: toks[next.first].at..end, deadline, sure: true });
                }
                used
            }
            _ => 1,
        };
        at += used.max(1);
    }
}

/// A rule that may stand behind another one.
fn listed(deadline: &Deadline) -> bool {
    matches!(
        deadline.kind,
        DeadlineKind::Date
            | DeadlineKind::Month
            | DeadlineKind::Quarter
            | DeadlineKind::Annual
            | DeadlineKind::Periodic
    )
}

/// What may stand before a day without making it something else: "Chậm nhất là ngày …", "Trong thời gian từ ngày …".
const BEFORE_A_DAY: [&str; 21] = [
    "chậm", "muộn", "nhất", "là", "vào", "ngày", "trong", "thời", "gian", "hạn", "từ", "đến", "trước", "hết", "cuối",
    "đầu", "khoảng", "hoàn", "thành", "thực", "hiện",
];

/// A time word inside "sau khi Nghị quyết … ngày 5/6/2025 …" belongs to the paper named there, not to the deadline.
fn event_rules(toks: &[Tok<'_>], all: &[Atom]) -> bool {
    let Some(first) = all.first() else { return false };
    if (0..first.first).all(|i| word(toks, i).is_some_and(|w| BEFORE_A_DAY.contains(&w))) {
        return false;
    }
    match first.time {
        Time::Annual | Time::Continuous | Time::Daily | Time::Monthly | Time::Quarterly | Time::Weekly => false,
        _ => !(0..first.first)
            .any(|i| matches!(word(toks, i), Some("trước" | "đến" | "thành" | "hết" | "," | ";" | ":"))),
    }
}

fn is_event(low: &str) -> bool {
    const STARTS: [&str; 19] = [
        "sau khi",
        "ngay sau",
        "khi ",
        "theo ",
        "trong vòng",
        "trong thời gian",
        "trong thời hạn",
        "trong quá trình",
        "kể từ",
        "đến khi",
        "ngay khi",
        "bảo đảm tiến độ",
        "đảm bảo tiến độ",
        "trước khi",
        "sau ",
        "chậm nhất",
        "đúng tiến độ",
        "tùy ",
        "căn cứ",
    ];
    let low = low.trim_start();
    let low = low.strip_prefix("thực hiện ").unwrap_or(low);
    let low = low.strip_prefix("hoàn thành ").unwrap_or(low);
    STARTS.iter().any(|s| low.starts_with(s))
        || low.contains("sau khi ")
        || low.contains("theo tiến độ")
        || low.contains("theo kế hoạch")
        || low.contains("khi có ")
        || low.contains("kể từ ngày ")
}
