//! The head of a paper: issuer, number, place and date, kind, title, marks, addressees.

mod addressees;
mod facts;
mod issuer;
mod marks;
mod names;
pub(crate) mod segments;
mod title;

use chrono::NaiveDate;

use segments::{Role, Segment, segments};

use super::clean::Clean;
use super::kinds;
use super::number;
use crate::{Field, Paper, Span, Warning};

/// A field read at `span`.
pub(crate) fn field<T>(value: T, span: Span, confidence: f32) -> Field<T> {
    Field { value, span: Some(span), confidence }
}

/// A field inferred from elsewhere.
pub(crate) fn inferred<T>(value: T, confidence: f32) -> Field<T> {
    Field { value, span: None, confidence }
}

/// Adds a warning; that the header was lost is said once.
pub(crate) fn warn(paper: &mut Paper, code: &str, message: impl Into<String>, span: Option<Span>) {
    if code == "header_lost" && paper.warnings.iter().any(|warning| warning.code == code) {
        return;
    }
    paper.warnings.push(Warning { code: code.to_owned(), message: message.into(), span });
}

/// Reads the head into `paper`.
pub(crate) fn read(clean: &Clean, paper: &mut Paper) {
    let segments = segments(clean);
    marks::read(clean, &segments, paper);
    read_number(&segments, paper);
    read_place_date(&segments, paper);
    issuer::from_header(&segments, paper);
    title::read(clean, &segments, paper);
    addressees::read(clean, paper);
    facts::fill(clean, paper);
    if paper.kind.is_none() {
        paper.kind = infer_kind(paper);
    }
}

/// What is left of the header is settled once the signature is known.
pub(crate) fn finish(clean: &Clean, paper: &mut Paper) {
    issuer::settle(clean, paper);
}

fn read_number(segments: &[Segment<'_>], paper: &mut Paper) {
    let mut blank = None;
    let kind = segments.iter().position(|segment| segment.role == Role::Kind).unwrap_or(segments.len());
    for (at, segment) in segments.iter().enumerate().take(kind) {
        if segment.role != Role::Number {
            continue;
        }
        let next = segments.get(at + 1).map(|next| next.text);
        let (text, offset) = match after_label(segment.text) {
            Some((rest, offset)) if !rest.trim().is_empty() => (rest, segment.start + offset),
            Some(_) => match segments.get(at + 1) {
                Some(next) => (next.text, next.start),
                None => continue,
            },
            None => (segment.text, segment.start),
        };
        let text = text.trim_start_matches(['.', '…', ' ', ':', '_']);
        let offset = offset + skipped(segment, next, text, offset);
        let Some(printed) = number::printed_at(text) else { continue };
        let span = Span { start: offset, end: offset + printed.length };
        if number::is_number(&printed.value) {
            paper.number = Some(field(printed.value, span, 0.97));
            return;
        }
        let repaired = repair(&printed.value);
        if number::is_number(&repaired) {
            paper.number = Some(field(repaired, span, 0.6));
            return;
        }
        blank.get_or_insert((printed.value, span));
    }
    let Some((value, span)) = blank else { return };
    let ordinal = value.split(['/', '-']).next().unwrap_or("");
    if value.starts_with(['/', '-']) || !ordinal.chars().any(|c| c.is_ascii_digit()) {
        warn(paper, "number_blank", format!("Số của văn bản còn để trống (“{value}”)."), Some(span));
    } else {
        warn(paper, "number_unreadable", format!("Không đọc chắc được số của văn bản (“{value}”)."), Some(span));
    }
}

/// Bytes trimmed off the front of the text a number is read from.
fn skipped(segment: &Segment<'_>, next: Option<&str>, trimmed: &str, offset: usize) -> usize {
    let source = if offset >= segment.start && offset < segment.start + segment.text.len() {
        segment.text.get(offset - segment.start..)
    } else {
        next
    };
    source.map_or(0, |source| source.len().saturating_sub(trimmed.len()))
}

/// The text after "Số:" with its offset.
fn after_label(text: &str) -> Option<(&str, usize)> {
    let rest = ["Số", "SỐ", "số", "Só", "só", "So"].iter().find_map(|label| text.strip_prefix(label))?;
    let rest = rest.trim_start_matches([' ', ':', '.', ',', ';']);
    Some((rest, text.len() - rest.len()))
}

/// Letters that a scan confuses with digits, in the ordinal only.
fn repair(value: &str) -> String {
    let end = value.find(['/', '-']).unwrap_or(value.len());
    let (ordinal, symbol) = value.split_at(end);
    let ordinal: String = ordinal
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            c => c,
        })
        .collect();
    ordinal + symbol
}

fn read_place_date(segments: &[Segment<'_>], paper: &mut Paper) {
    let Some(segment) = segments.iter().find(|segment| segment.role == Role::Date) else { return };
    let Some((place, parts, span)) = segments::place_date(segment) else { return };
    let place = place.trim_matches([',', ' ', '.', ';', '“', '”']);
    if !place.is_empty() {
        let start = segment.start + segment.text.find(place).unwrap_or(0);
        let sure = if place.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’')) {
            0.95
        } else {
            0.5
        };
        paper.place = Some(field(place.to_owned(), Span { start, end: start + place.len() }, sure));
    }
    match parts.date() {
        Some(date) => paper.date = Some(field::<NaiveDate>(date, span, 0.97)),
        None => {
            let shown = segment.text.get(span.start - segment.start..span.end - segment.start).unwrap_or("");
            warn(paper, "date_partial", format!("Ngày của văn bản ghi chưa đủ (“{shown}”)."), Some(span));
        }
    }
}

/// No name of a kind is printed: a letter, or what the symbol says.
fn infer_kind(paper: &Paper) -> Option<Field<String>> {
    let named = paper.number.as_ref().map(|number| number::agency_of(&number.value));
    match named {
        Some((_, Some(kind))) => Some(inferred(kind.to_owned(), 0.85)),
        Some((Some(_), None)) => Some(inferred("Công văn".to_owned(), 0.9)),
        _ if !paper.addressees.is_empty() => Some(inferred("Công văn".to_owned(), 0.8)),
        _ => None,
    }
    .map(|field| Field { value: kinds::canonical(&field.value), ..field })
}
