//! Time words: days, months, quarters, years and the words for recurrence.

use super::super::words::Tok;

/// One time word with its tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Atom {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// What it says.
    pub time: Time,
}

/// What a time word says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Time {
    /// Day, month and perhaps year.
    Day(Option<i32>, u32, u32),
    /// A day of an unnamed month ("ngày 20").
    DayOnly(u32),
    /// Day of the week, Monday is 1.
    Weekday(u32),
    /// Month and perhaps year.
    Month(Option<i32>, u32),
    /// Quarter and perhaps year.
    Quarter(Option<i32>, u32),
    /// A year.
    Year(i32),
    /// Every year.
    Annual,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Every week.
    Weekly,
    /// All the time.
    Continuous,
    /// Every day.
    Daily,
    /// "và các năm tiếp theo", "trở đi".
    Onwards,
}

/// All time words of a tokenised, lower-cased text. Bare years and bare `dd/mm` count only under a label.
pub(super) fn atoms(toks: &[Tok<'_>], label: bool) -> Vec<Atom> {
    let mut out = vec![];
    let mut i = 0;
    while i < toks.len() {
        if let Some((last, time)) = at(toks, i, label) {
            out.push(Atom { first: i, last, time });
            i = last;
            if let Time::Quarter(..) | Time::Month(..) | Time::Year(_) = time {
                i = more(toks, i, time, &mut out);
            }
        } else {
            i += 1;
        }
    }
    out
}

/// Further members of a list: "quý II, III/2026", "tháng 6, 12", "năm 2021, 2022".
fn more(toks: &[Tok<'_>], mut i: usize, like: Time, out: &mut Vec<Atom>) -> usize {
    while word(toks, i).is_some_and(|w| matches!(w, "," | "-" | "–" | "và" | "&" | "đến")) {
        let next = match like {
            Time::Quarter(..) => roman(toks, i + 1).map(|q| {
                let (last, year) = year_after(toks, i + 2);
                (last, Time::Quarter(year, q))
            }),
            Time::Month(..) if word(toks, i + 2) != Some("/") || year_slash(toks, i + 2).is_some() => {
                number(toks, i + 1, 1, 12).map(|m| {
                    let (last, year) = year_after(toks, i + 2);
                    (last, Time::Month(year, m))
                })
            }
            Time::Year(_) => year(toks, i + 1).map(|y| (i + 2, Time::Year(y))),
            _ => None,
        };
        let Some((last, time)) = next else { break };
        out.push(Atom { first: i + 1, last, time });
        i = last;
    }
    i
}

fn at(toks: &[Tok<'_>], i: usize, label: bool) -> Option<(usize, Time)> {
    let w = word(toks, i)?;
    match w {
        "ngày" => day(toks, i + 1).or_else(|| number(toks, i + 1, 1, 31).map(|d| (i + 2, Time::DayOnly(d)))),
        "tháng" => {
            let m = number(toks, i + 1, 1, 12)?;
            let (last, y) = year_after(toks, i + 2);
            Some((last, Time::Month(y, m)))
        }
        "quý" | "quí" => {
            let q = roman(toks, i + 1)?;
            let (last, y) = year_after(toks, i + 2);
            Some((last, Time::Quarter(y, q)))
        }
        "năm" => year(toks, i + 1).map(|y| (i + 2, Time::Year(y))),
        "hằng" | "hàng" | "mỗi" => match word(toks, i + 1)? {
            "năm" => Some((i + 2, Time::Annual)),
            "tháng" => Some((i + 2, Time::Monthly)),
            "quý" | "quí" => Some((i + 2, Time::Quarterly)),
            "tuần" => Some((i + 2, Time::Weekly)),
            "ngày" if w != "mỗi" => Some((i + 2, Time::Daily)),
            _ => None,
        },
        "lần" if word(toks, i + 2)? == "ngày" => {
            matches!(word(toks, i + 1)?, "/" | "mỗi" | "một" | "trong").then_some((i + 3, Time::Daily))
        }
        "thường" => (word(toks, i + 1)? == "xuyên").then_some((i + 2, Time::Continuous)),
        "liên" if label => (word(toks, i + 1)? == "tục").then_some((i + 2, Time::Continuous)),
        "thứ" => {
            let d = ["hai", "ba", "tư", "năm", "sáu", "bảy"].iter().position(|d| Some(*d) == word(toks, i + 1))?;
            Some((i + 2, Time::Weekday(d as u32 + 1)))
        }
        "tiếp" if word(toks, i + 1)? == "theo" && i > 0 && word(toks, i - 1) == Some("năm") => {
            Some((i + 2, Time::Onwards))
        }
        "sau" if i > 1 && word(toks, i - 1) == Some("năm") && word(toks, i - 2) == Some("những") => {
            Some((i + 1, Time::Onwards))
        }
        "trở" => (word(toks, i + 1)? == "đi").then_some((i + 2, Time::Onwards)),
        _ if w.as_bytes()[0].is_ascii_digit() => bare(toks, i, label),
        _ => None,
    }
}

fn bare(toks: &[Tok<'_>], i: usize, label: bool) -> Option<(usize, Time)> {
    let cut = |k: usize| {
        !matches!(word(toks, k), Some("/" | "-"))
            || word(toks, k + 1).is_none_or(|w| year(toks, k + 1).is_some() || !w.as_bytes()[0].is_ascii_digit())
    };
    if let Some((last, time)) = day(toks, i) {
        let free = i == 0 || !matches!(word(toks, i - 1), Some("/"));
        let full = matches!(time, Time::Day(Some(_), ..));
        // "số 12/03/…" would be a number of a paper: only full dates, or short ones after a time cue or label.
        if free && (full || label || cue_before(toks, i)) && (full || cut(last)) {
            return Some((last, time));
        }
    }
    if let (Some(m), Some(y)) = (number(toks, i, 1, 12), year_slash(toks, i + 1))
        && (label || cue_before(toks, i))
    {
        return Some((i + 3, Time::Month(Some(y), m)));
    }
    if label && !matches!(word(toks, i + 1), Some("/")) {
        if i > 0 && matches!(word(toks, i - 1), Some("/")) {
            return None;
        }
        return year(toks, i).map(|y| (i + 1, Time::Year(y)));
    }
    None
}

fn cue_before(toks: &[Tok<'_>], i: usize) -> bool {
    i > 0 && matches!(word(toks, i - 1), Some("trước" | "đến" | "hạn" | "hết" | "xong" | "là"))
}

/// `d/m/y`, `d/m`, `d-m-y`, `d.m.y`, `d tháng m năm y`, `d tháng m`.
fn day(toks: &[Tok<'_>], i: usize) -> Option<(usize, Time)> {
    let d = number(toks, i, 1, 31)?;
    let sep = word(toks, i + 1)?;
    let m = number(toks, i + 2, 1, 12)?;
    match sep {
        "tháng" => {
            let (last, y) = year_after(toks, i + 3);
            Some((last, Time::Day(y, m, d)))
        }
        "/" | "-" | "." => {
            if word(toks, i + 3) == Some(sep) {
                return year(toks, i + 4).map(|y| (i + 5, Time::Day(Some(y), m, d)));
            }
            if sep != "/" {
                return None;
            }
            let y = if word(toks, i + 3) == Some("năm") { year(toks, i + 4) } else { None };
            Some((if y.is_some() { i + 5 } else { i + 3 }, Time::Day(y, m, d)))
        }
        _ => None,
    }
}

/// "/2026", "năm 2026", "- 2026", ", năm 2026".
fn year_after(toks: &[Tok<'_>], i: usize) -> (usize, Option<i32>) {
    if let Some(y) = year_slash(toks, i) {
        return (i + 2, Some(y));
    }
    match word(toks, i) {
        Some("năm" | "-" | ".") => year(toks, i + 1).map_or((i, None), |y| (i + 2, Some(y))),
        Some(",") if word(toks, i + 1) == Some("năm") => year(toks, i + 2).map_or((i, None), |y| (i + 3, Some(y))),
        Some(_) => year(toks, i).map_or((i, None), |y| (i + 1, Some(y))),
        None => (i, None),
    }
}

fn year_slash(toks: &[Tok<'_>], i: usize) -> Option<i32> {
    (word(toks, i)? == "/").then(|| year(toks, i + 1)).flatten()
}

fn year(toks: &[Tok<'_>], i: usize) -> Option<i32> {
    let t = toks.get(i)?;
    let n = t.number()?;
    (t.text.len() == 4 && (1990..2100).contains(&n)).then_some(n as i32)
}

fn number(toks: &[Tok<'_>], i: usize, min: u32, max: u32) -> Option<u32> {
    let t = toks.get(i)?;
    let n = t.number()?;
    (t.text.len() <= 2 && (min..=max).contains(&n)).then_some(n)
}

fn roman(toks: &[Tok<'_>], i: usize) -> Option<u32> {
    match word(toks, i)? {
        "i" | "1" | "01" => Some(1),
        "ii" | "2" | "02" => Some(2),
        "iii" | "3" | "03" => Some(3),
        "iv" | "4" | "04" => Some(4),
        _ => None,
    }
}

/// Text of token `i`.
pub(super) fn word<'a>(toks: &[Tok<'a>], i: usize) -> Option<&'a str> {
    toks.get(i).map(|t| t.text)
}
