//! Facts read elsewhere when the header was lost: the page around the paper, the symbol, the body.

use super::names::canonical;
use super::{inferred, warn};
use crate::recognise::clean::Clean;
use crate::recognise::date::parts_at;
use crate::recognise::fold::{bare, bare_char};
use crate::recognise::kinds;
use crate::recognise::number::{agency_of, is_number};
use crate::{Paper, Span};

/// Fills what the header lacks from the page that published the paper.
pub(crate) fn fill(clean: &Clean, paper: &mut Paper) {
    let facts = &clean.page;
    let mut taken = false;
    if paper.number.is_none()
        && !paper.warnings.iter().any(|warning| warning.code == "number_blank")
        && let Some(number) = facts.number.as_deref().map(|number| number.replace(' ', ""))
        && is_number(&number)
    {
        paper.number = Some(inferred(number, 0.7));
        taken = true;
    }
    if paper.date.is_none()
        && !paper.warnings.iter().any(|warning| warning.code == "date_partial")
        && let Some(date) = facts.date.as_deref().and_then(parts_at).and_then(|(parts, _)| parts.date())
    {
        paper.date = Some(inferred(date, 0.7));
        taken = true;
    }
    if paper.title.is_none()
        && let Some(title) = &facts.title
    {
        paper.title = Some(inferred(title.clone(), 0.6));
        taken = true;
    }
    if paper.kind.is_none()
        && let Some(kind) = facts.kind.as_deref().and_then(kinds::named_at)
    {
        paper.kind = Some(inferred(kinds::canonical(kind.0), 0.7));
    }
    if taken {
        warn(paper, "header_lost", "Phần đầu văn bản bị mất: lấy theo thông tin của trang đăng văn bản.", None);
    }
}

/// The issuer as the body names it: a name whose initials spell the agency of the symbol, or the people's committee
/// that the signature stands for, with the place of the date line.
pub(crate) fn issuer_in_body(paper: &Paper, body: &str) -> Option<(String, Option<Span>)> {
    let place = paper.place.as_ref().map(|place| place.value.as_str());
    let symbol = paper
        .number
        .as_ref()
        .and_then(|number| agency_of(&number.value).0)
        .map(str::to_owned)
        .or_else(|| symbol_printed(paper));
    let authority = paper.signer.as_ref().and_then(|signer| signer.authority.as_ref()).map(|field| bare(&field.value));
    let committee = symbol.as_deref() == Some("UBND")
        || (symbol.is_none() && authority.as_deref().is_some_and(|text| text.contains("uy ban nhan dan")));
    if committee {
        return placed(body, "Ủy ban nhân dân", place).or_else(|| unplaced(body));
    }
    match symbol.as_deref() {
        Some("TTg") => return Some(("Thủ tướng Chính phủ".to_owned(), None)),
        Some("CP") => return Some(("Chính phủ".to_owned(), None)),
        _ => {}
    }
    let (name, span) = spelled(body, symbol.as_deref()?)?;
    let after = body.get(span.end..).unwrap_or("");
    let after = after.trim_start_matches(' ');
    let after =
        if after.starts_with('(') { after.split_once(')').map_or(after, |(_, rest)| rest.trim_start()) } else { after };
    let mut value = canonical(&name);
    if let Some(place) = place {
        for unit in ["tỉnh", "thành phố", "huyện"] {
            if after.starts_with(unit) && !bare(&value).contains(&bare(unit)) {
                value = format!("{value} {unit} {place}");
            }
        }
    }
    Some((value, Some(span)))
}

/// "UBND tỉnh" when no place is named.
fn unplaced(body: &str) -> Option<(String, Option<Span>)> {
    ["UBND ", "Ủy ban nhân dân "].iter().find_map(|head| {
        let at = body.find(head)?;
        let rest = body.get(at + head.len()..)?;
        let unit =
            ["tỉnh", "thành phố", "Thành phố", "huyện", "xã", "phường"].iter().find(|unit| rest.starts_with(**unit))?;
        let end = at + head.len() + unit.len();
        Some((format!("Ủy ban nhân dân {}", unit.to_lowercase()), Some(Span { start: at, end })))
    })
}

/// The agency in a symbol whose ordinal is blank.
fn symbol_printed(paper: &Paper) -> Option<String> {
    let warning = paper.warnings.iter().find(|warning| warning.code == "number_blank")?;
    let printed = warning.message.split('“').nth(1)?.split('”').next()?;
    agency_of(printed).0.map(str::to_owned)
}

/// "tỉnh X" with X the place of the date line, or the first province named after the committee.
fn placed(body: &str, head: &str, place: Option<&str>) -> Option<(String, Option<Span>)> {
    const UNITS: [&str; 7] = ["tỉnh ", "thành phố ", "Thành phố ", "huyện ", "thị xã ", "xã ", "phường "];
    if let Some(place) = place {
        for unit in UNITS {
            let name = format!("{unit}{place}");
            if let Some(at) = body.find(&name) {
                return Some((format!("{head} {name}"), Some(Span { start: at, end: at + name.len() })));
            }
        }
        return None;
    }
    for prefix in ["Ủy ban nhân dân ", "Uỷ ban nhân dân ", "UBND "] {
        for (at, _) in body.match_indices(prefix).take(40) {
            let rest = body.get(at + prefix.len()..).unwrap_or("");
            let Some(unit) = UNITS.iter().take(3).find(|unit| rest.starts_with(**unit)) else { continue };
            let name: Vec<&str> = rest
                .get(unit.len()..)
                .unwrap_or("")
                .split([' ', '\n'])
                .take_while(|word| word.starts_with(char::is_uppercase))
                .take(4)
                .collect();
            let Some(last) = name.last() else { continue };
            let _ = last;
            let joined = name.join(" ");
            let cut = joined.find([',', ';', '.', ':']).unwrap_or(joined.len());
            let joined = joined.get(..cut).unwrap_or("");
            if !joined.is_empty() {
                let end = at + prefix.len() + unit.len() + joined.len();
                return Some((format!("{head} {unit}{joined}"), Some(Span { start: at, end })));
            }
        }
    }
    None
}

/// The first phrase whose initials spell `symbol` ("BTP" → "Bộ Tư pháp"; "và" is passed over).
fn spelled(body: &str, symbol: &str) -> Option<(String, Span)> {
    let wanted: Vec<char> = symbol.chars().map(bare_char).collect();
    let first = *wanted.first()?;
    if wanted.len() < 2 {
        return None;
    }
    let mut words = Vec::new();
    let mut from = 0;
    for piece in body.split([' ', '\n']) {
        words.push((from, piece));
        from += piece.len() + 1;
    }
    for (at, (offset, word)) in words.iter().enumerate() {
        let Some(c) = word.chars().next() else { continue };
        if !c.is_uppercase() || bare_char(c) != first {
            continue;
        }
        let mut left = wanted.iter().peekable();
        let mut end = *offset;
        let mut used = 0;
        for (offset, word) in words.iter().skip(at).take(16) {
            let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
            let Some(c) = plain.chars().next() else { break };
            if left.peek().is_none() {
                // the phrase goes on in the same name: "phổ biến, giáo dục pháp luật"
                break;
            }
            if *word == "và" && left.peek() != Some(&&'v') {
                continue;
            }
            if left.next() != Some(&bare_char(c)) {
                used = 0;
                break;
            }
            used += 1;
            end = *offset + plain.len();
        }
        if left.peek().is_none() && used == wanted.len() && end > *offset {
            let end = extend(body, end);
            return Some((body.get(*offset..end)?.to_owned(), Span { start: *offset, end }));
        }
    }
    None
}

/// A council or board goes on to the field it coordinates: up to a bracket, a unit or a verb.
fn extend(body: &str, end: usize) -> usize {
    let rest = body.get(end..).unwrap_or("");
    let stop = rest
        .find(['(', ';', '.', ':', '\n'])
        .into_iter()
        .chain(
            [
                " tỉnh",
                " thành phố",
                " đề nghị",
                " yêu cầu",
                " ban hành",
                " trân trọng",
                " thông báo",
                " xây dựng",
                " đã ",
            ]
            .iter()
            .filter_map(|word| rest.find(word)),
        )
        .min()
        .unwrap_or(0);
    let tail = rest.get(..stop).unwrap_or("");
    let small = tail.trim_start().starts_with(char::is_lowercase) && tail.chars().count() < 60;
    if small { end + tail.trim_end().len() } else { end }
}
