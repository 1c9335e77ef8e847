//! Deadline rules in words, and from a form; what is written is what can be typed.

use kernel::time::{display_date, parse_date};
use papers::{Deadline, DeadlineKind};

/// Kinds in the order of forms, with their names.
pub(in crate::documents) const KINDS: [(DeadlineKind, &str); 9] = [
    (DeadlineKind::Date, "ngày cụ thể"),
    (DeadlineKind::Month, "tháng"),
    (DeadlineKind::Quarter, "quý"),
    (DeadlineKind::Year, "năm"),
    (DeadlineKind::Annual, "hằng năm"),
    (DeadlineKind::Periodic, "định kỳ tháng, quý, tuần"),
    (DeadlineKind::Continuous, "thường xuyên"),
    (DeadlineKind::Event, "khi có sự kiện"),
    (DeadlineKind::None, "không nêu"),
];

/// The rule in words ("Quý III/2026", "hằng năm, 15/12").
pub fn label(deadline: &Deadline) -> String {
    let value = deadline.value.as_deref().unwrap_or_default();
    let named = |text: &str| match value {
        "" => text.trim_end_matches(" {}").to_owned(),
        value => text.replace("{}", &range(deadline.kind, value)),
    };
    match deadline.kind {
        DeadlineKind::Date => named("ngày {}"),
        DeadlineKind::Month => named("tháng {}"),
        DeadlineKind::Quarter => named("quý {}"),
        DeadlineKind::Year => named("năm {}"),
        DeadlineKind::Annual if value.is_empty() => "hằng năm".into(),
        DeadlineKind::Annual => format!("hằng năm, {}", range(DeadlineKind::Annual, value)),
        DeadlineKind::Continuous => "thường xuyên".into(),
        DeadlineKind::Event => "khi có sự kiện".into(),
        DeadlineKind::Periodic => periodic(value),
        DeadlineKind::None => "không nêu thời hạn".into(),
    }
}

/// The value as typed into a form.
pub(in crate::documents) fn form_value(deadline: &Deadline) -> String {
    match (deadline.kind, deadline.value.as_deref()) {
        (_, None) => String::new(),
        (DeadlineKind::Periodic, Some(value)) => periodic(value),
        (kind, Some(value)) => range(kind, value),
    }
}

fn periodic(value: &str) -> String {
    let (unit, day) = value.split_once('-').map_or((value, ""), |(unit, day)| (unit, day));
    let unit = match unit {
        "weekly" => "hằng tuần",
        "quarterly" => "hằng quý",
        _ => "hằng tháng",
    };
    if day.is_empty() { unit.into() } else { format!("{unit}, {day}") }
}

fn range(kind: DeadlineKind, value: &str) -> String {
    match value.split_once('/') {
        Some((from, "..")) => format!("{} -", single(kind, from)),
        Some((from, to)) => format!("{} - {}", single(kind, from), single(kind, to)),
        None => value.split(',').map(|one| single(kind, one)).collect::<Vec<_>>().join(", "),
    }
}

fn single(kind: DeadlineKind, value: &str) -> String {
    let parts: Vec<&str> = value.split('-').collect();
    match (kind, parts.as_slice()) {
        (DeadlineKind::Date, _) => parse_date(value).map_or_else(|| value.to_owned(), display_date),
        (DeadlineKind::Month, [year, month]) => format!("{month}/{year}"),
        (DeadlineKind::Quarter, [year, quarter]) => {
            let roman = match *quarter {
                "Q1" => "I",
                "Q2" => "II",
                "Q3" => "III",
                "Q4" => "IV",
                other => other,
            };
            format!("{roman}/{year}")
        }
        (DeadlineKind::Annual, [month, day]) => format!("{day}/{month}"),
        (DeadlineKind::Annual, [month]) => format!("tháng {month}"),
        _ => value.to_owned(),
    }
}

/// The rule from a form: a kind and what was typed beside it.
///
/// # Errors
/// A Vietnamese sentence that says how to write it.
pub(in crate::documents) fn parse(kind: DeadlineKind, typed: &str) -> Result<Deadline, &'static str> {
    let typed = typed.trim().replace(['–', '—'], "-");
    let value = match kind {
        DeadlineKind::Continuous | DeadlineKind::Event | DeadlineKind::None => None,
        DeadlineKind::Annual if typed.is_empty() => None,
        DeadlineKind::Annual => Some(annual(&typed).ok_or("Hãy viết ngày/tháng, ví dụ 15/12, hoặc để trống.")?),
        DeadlineKind::Periodic => Some(
            period(&typed)
                .ok_or("Hãy viết hằng tháng, hằng quý hoặc hằng tuần; thêm ngày nếu có, ví dụ “hằng tháng, 20”.")?,
        ),
        DeadlineKind::Date => Some(span(&typed, date).ok_or("Hãy viết ngày/tháng/năm, ví dụ 15/11/2026.")?),
        DeadlineKind::Month => Some(span(&typed, month).ok_or("Hãy viết tháng/năm, ví dụ 11/2026.")?),
        DeadlineKind::Quarter => Some(span(&typed, quarter).ok_or("Hãy viết quý/năm, ví dụ III/2026.")?),
        DeadlineKind::Year => Some(span(&typed, year).ok_or("Hãy viết năm, ví dụ 2026 hoặc 2026 - 2030.")?),
    };
    Ok(Deadline { kind, value })
}

/// The rule from a line as [`label`] writes it ("quý III/2026", "hằng năm, 15/12", "15/11/2026").
///
/// # Errors
/// A Vietnamese sentence that says how to write it.
pub(in crate::documents) fn parse_line(line: &str) -> Result<Deadline, &'static str> {
    const HOW: &str = "hãy viết như “15/11/2026”, “quý III/2026”, “tháng 11/2026”, “năm 2026”, “hằng năm, 15/12”, \
                       “hằng tháng, 20” hoặc “thường xuyên”.";
    let line = line.trim().trim_end_matches(['.', ';']);
    let lower = line.to_lowercase();
    let after = |word: &str| lower.strip_prefix(word).map(|rest| rest.trim_start_matches([',', ':', ' ']).to_owned());
    if let Some(rest) = after("hằng năm").or_else(|| after("hàng năm")) {
        return parse(DeadlineKind::Annual, &rest);
    }
    if ["hằng ", "hàng ", "định kỳ"].iter().any(|word| lower.starts_with(word)) {
        return parse(DeadlineKind::Periodic, &lower);
    }
    if lower.starts_with("thường xuyên") {
        return parse(DeadlineKind::Continuous, "");
    }
    if lower.starts_with("khi có") {
        return parse(DeadlineKind::Event, "");
    }
    let named = [
        ("ngày", DeadlineKind::Date),
        ("tháng", DeadlineKind::Month),
        ("quý", DeadlineKind::Quarter),
        ("năm", DeadlineKind::Year),
    ];
    if let Some((rest, kind)) = named.into_iter().find_map(|(word, kind)| Some((after(word)?, kind))) {
        return parse(kind, &rest);
    }
    let kinds = [DeadlineKind::Date, DeadlineKind::Month, DeadlineKind::Quarter, DeadlineKind::Year];
    kinds.into_iter().find_map(|kind| parse(kind, line).ok()).ok_or(HOW)
}

/// One value, `a - b`, or `a -` (from then on).
fn span(typed: &str, one: fn(&str) -> Option<String>) -> Option<String> {
    if let Some(value) = one(typed) {
        return Some(value);
    }
    if let Some((from, to)) = typed.split_once(" -").or_else(|| typed.split_once('-')) {
        let from = one(from.trim())?;
        let to = to.trim().trim_start_matches('-').trim();
        return if to.is_empty() { Some(format!("{from}/..")) } else { Some(format!("{from}/{}", one(to)?)) };
    }
    let list: Option<Vec<String>> = typed.split(',').map(|part| one(part.trim())).collect();
    list.filter(|list| list.len() > 1).map(|list| list.join(","))
}

fn date(text: &str) -> Option<String> {
    parse_date(text).map(|date| date.to_string())
}

fn month(text: &str) -> Option<String> {
    let (month, year) = text.trim_start_matches("tháng").trim().split_once('/')?;
    let month: u32 = month.trim().parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(format!("{}-{month:02}", year_number(year)?))
}

fn quarter(text: &str) -> Option<String> {
    let upper = text.to_uppercase().replace("QUÝ", "").replace('Q', "");
    let (quarter, year) =
        upper.split_once(['/', ' ']).map(|(a, b)| (a.trim(), b.trim())).filter(|(a, _)| !a.is_empty())?;
    let quarter = match quarter {
        "1" | "I" => 1,
        "2" | "II" => 2,
        "3" | "III" => 3,
        "4" | "IV" => 4,
        _ => return None,
    };
    Some(format!("{}-Q{quarter}", year_number(year)?))
}

fn year(text: &str) -> Option<String> {
    year_number(text).map(|year| year.to_string())
}

fn year_number(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|year| (1990..=2100).contains(year))
}

fn annual(typed: &str) -> Option<String> {
    let one = |text: &str| -> Option<String> {
        let text = text.trim().trim_start_matches("tháng").trim();
        let in_month = |month: &str| month.trim().parse::<u32>().ok().filter(|month| (1..=12).contains(month));
        match text.split_once('/') {
            Some((day, month)) => {
                let day: u32 = day.trim().parse().ok().filter(|day| (1..=31).contains(day))?;
                Some(format!("{:02}-{day:02}", in_month(month)?))
            }
            None => Some(format!("{:02}", in_month(text)?)),
        }
    };
    let list: Option<Vec<String>> = typed.split(',').map(one).collect();
    list.map(|list| list.join(","))
}

fn period(typed: &str) -> Option<String> {
    let folded = kernel::text::fold(typed);
    let unit = [("tuan", "weekly"), ("quy", "quarterly"), ("thang", "monthly")];
    let unit = unit.into_iter().find(|(word, _)| folded.split(' ').any(|part| part == *word)).map(|(_, key)| key)?;
    let day = folded.split(' ').find_map(|part| part.parse::<u32>().ok()).filter(|day| (1..=31).contains(day));
    Some(match (unit, day) {
        ("quarterly", _) | (_, None) => unit.to_owned(),
        (unit, Some(day)) => format!("{unit}-{day:02}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_typed() {
        for (kind, value) in [
            (DeadlineKind::Date, "2025-12-15"),
            (DeadlineKind::Date, "2025-12-15/2026-01-31"),
            (DeadlineKind::Date, "2025-12-15/.."),
            (DeadlineKind::Month, "2025-12"),
            (DeadlineKind::Quarter, "2026-Q3"),
            (DeadlineKind::Quarter, "2026-Q3/2026-Q4"),
            (DeadlineKind::Year, "2025"),
            (DeadlineKind::Year, "2025/2030"),
            (DeadlineKind::Year, "2025,2030"),
            (DeadlineKind::Annual, "12-15"),
            (DeadlineKind::Annual, "11"),
            (DeadlineKind::Annual, "06-15,12-15"),
            (DeadlineKind::Periodic, "monthly-20"),
            (DeadlineKind::Periodic, "quarterly"),
        ] {
            let deadline = Deadline { kind, value: Some(value.into()) };
            assert_eq!(parse(kind, &form_value(&deadline)), Ok(deadline.clone()), "{value}");
            assert_eq!(parse_line(&label(&deadline)), Ok(deadline), "{value}");
        }
        for kind in [DeadlineKind::Annual, DeadlineKind::Continuous, DeadlineKind::Event] {
            let deadline = Deadline { kind, value: None };
            assert_eq!(parse_line(&label(&deadline)), Ok(deadline));
        }
        assert_eq!(parse_line("15/11/2026").unwrap().kind, DeadlineKind::Date);
        assert!(parse_line("sớm nhất có thể").is_err());
    }

    #[test]
    fn labels_are_read_by_people() {
        let label = |kind, value: Option<&str>| label(&Deadline { kind, value: value.map(str::to_owned) });
        assert_eq!(label(DeadlineKind::Quarter, Some("2021-Q1")), "quý I/2021");
        assert_eq!(label(DeadlineKind::Annual, Some("12-15")), "hằng năm, 15/12");
        assert_eq!(label(DeadlineKind::Annual, None), "hằng năm");
        assert_eq!(label(DeadlineKind::Date, Some("2026-11-15")), "ngày 15/11/2026");
    }

    #[test]
    fn nonsense_is_told_how_to_be_written() {
        assert!(parse(DeadlineKind::Date, "31/02/2026").is_err());
        assert!(parse(DeadlineKind::Quarter, "V/2026").is_err());
        assert!(parse(DeadlineKind::Month, "13/2026").is_err());
        assert_eq!(parse(DeadlineKind::Event, "gì cũng được").unwrap().value, None);
    }
}
