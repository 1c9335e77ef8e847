//! Drafts of tasks, and the tasks made of them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::agencies::{Words, split};
use super::class::Part;
use super::deadline::{self, Found, plain};
use super::labels::{Role, find};
use super::subject::{self, is_outside};
use super::words::{lower, squeeze};
use crate::{DeadlineKind, Field, Force, Paper, Span, Task, TaskClass};

/// A body with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    /// As printed.
    pub text: String,
    /// In the paper's text.
    pub span: Span,
    /// 0 to 1.
    pub sure: f32,
}

/// A task before the whole paper is known.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Path of printed numbers.
    pub anchor: String,
    /// Nearest descriptive heading.
    pub heading: Option<String>,
    /// Own words.
    pub span: Span,
    /// Own words when they are not one stretch of the text.
    pub words: Option<String>,
    /// Who carries it.
    pub lead: Vec<Piece>,
    /// Who helps.
    pub coordinating: Vec<Piece>,
    /// Deadlines with their places in the paper's text; the first governs.
    pub times: Vec<Found>,
    /// What comes out.
    pub product: Option<String>,
    /// Put as a request.
    pub request: bool,
    /// Where it stands.
    pub part: Part,
    /// In a table row.
    pub in_table: bool,
    /// 0 to 1.
    pub sure: f32,
}

/// Splits the value of a label that stands at `span` of `text`.
pub(crate) fn pieces(text: &str, span: Span, sure: f32) -> Vec<Piece> {
    let value = text.get(span.start..span.end).unwrap_or("");
    split(value)
        .into_iter()
        .map(|n| {
            let printed = squeeze(value.get(n.at.clone()).unwrap_or(""));
            let fits = printed.len() < 160;
            Piece {
                text: printed,
                span: Span { start: span.start + n.at.start, end: span.start + n.at.end },
                sure: if n.known && fits { sure } else { sure * 0.6 },
            }
        })
        .filter(|p| !p.text.is_empty())
        .collect()
}

/// The bodies under a label or in a column for leads: "A chủ trì, phối hợp với B, C", "Chủ trì: A; phối hợp: B", "A".
pub(crate) fn lead_cell(text: &str, span: Span, sure: f32) -> (Vec<Piece>, Vec<Piece>) {
    let value = text.get(span.start..span.end).unwrap_or("");
    let place = |at: &Range<usize>| Span { start: span.start + at.start, end: span.start + at.end };
    let labels = find(value);
    if labels.iter().any(|l| matches!(l.role, Role::Lead | Role::Coordinating)) {
        let mut out = (vec![], vec![]);
        for l in &labels {
            match l.role {
                Role::Lead => add(&mut out.0, pieces(text, place(&l.value), sure)),
                Role::Coordinating => add(&mut out.1, pieces(text, place(&l.value), sure)),
                _ => {}
            }
        }
        // "Sở A; phối hợp: Sở B".
        if let Some(first) = labels.first().filter(|l| out.0.is_empty() && l.role == Role::Coordinating) {
            out.0 = pieces(text, place(&(0..first.at.start)), sure);
        }
        if !out.0.is_empty() {
            return out;
        }
    }
    let low = lower(value);
    if let Some((lead, with)) = told_behind(&low) {
        return (pieces(text, place(&lead), sure), pieces(text, place(&with), sure * 0.95));
    }
    let helped = low.find("phối hợp").filter(|&at| {
        let before = low.get(..at).unwrap_or("").trim_end();
        before.ends_with("chủ trì") || before.ends_with([',', ';', '(', '.', '-']) || before.ends_with("chủ trì,")
    });
    let Some(at) = helped else { return (pieces(text, span, sure), vec![]) };
    let lead = pieces(text, Span { start: span.start, end: span.start + at }, sure);
    let rest = value.get(at..).unwrap_or("");
    let w = Words::new(rest);
    let with = subject::partners(&w)
        .into_iter()
        .map(|n| Piece {
            text: squeeze(rest.get(n.at.clone()).unwrap_or("")),
            span: Span { start: span.start + at + n.at.start, end: span.start + at + n.at.end },
            sure: sure * 0.95,
        })
        .collect();
    (lead, with)
}

/// "Sở A (chủ trì); Sở B (phối hợp)", "Sở A chủ trì, Sở B phối hợp", "Sở A; Sở B phối hợp": what each does stands
/// behind its name.
fn told_behind(low: &str) -> Option<(Range<usize>, Range<usize>)> {
    let end = low.trim_end_matches([' ', '.', ';', ')']).strip_suffix("phối hợp")?.trim_end_matches([' ', '(']).len();
    let names = low.get(..end)?;
    let leads = names.find("chủ trì").map(|at| at + "chủ trì".len());
    let cut = leads.or_else(|| names.rfind(';'))?;
    let next = names.get(cut..)?.find(char::is_alphabetic)?;
    let apart = names.get(cut..cut + next)?.contains([',', ';', '\n', '-']);
    (apart && !names.contains("phối hợp")).then_some((0..cut, cut + next..end))
}

/// Appends what is not yet there.
pub(crate) fn add(to: &mut Vec<Piece>, more: Vec<Piece>) {
    let mut known: HashSet<String> = HashSet::new();
    for piece in more {
        if to.len() < 16 {
            let same = |p: &Piece| p.text.len() == piece.text.len() && lower(&p.text) == lower(&piece.text);
            if !to.iter().any(same) {
                to.push(piece);
            }
            continue;
        }
        if known.is_empty() {
            known.extend(to.iter().map(|p| lower(&p.text)));
        }
        if known.insert(lower(&piece.text)) {
            to.push(piece);
        }
    }
}

/// Drops the pieces that bear one of these names.
pub(crate) fn drop_named<'a>(pieces: &mut Vec<Piece>, names: impl ExactSizeIterator<Item = &'a str> + Clone) {
    if pieces.len().saturating_mul(names.len()) < 512 {
        pieces.retain(|piece| !names.clone().any(|name| name == piece.text));
    } else {
        let names: HashSet<&str> = names.collect();
        pieces.retain(|piece| !names.contains(piece.text.as_str()));
    }
}

/// Makes the tasks of a paper, in reading order.
pub(crate) fn tasks(paper: &mut Paper, mut drafts: Vec<Draft>, org_counts: bool) {
    drafts.sort_by_key(|d| d.span.start);
    let mut used: HashMap<String, usize> = HashMap::new();
    for draft in drafts {
        let words = match &draft.words {
            Some(words) => words.lines().map(squeeze).collect::<Vec<_>>().join("\n"),
            None => squeeze(paper.text.get(draft.span.start..draft.span.end).unwrap_or("")),
        };
        if words.chars().count() < 4 {
            continue;
        }
        let count = used.entry(draft.anchor.clone()).or_default();
        *count += 1;
        let anchor = if *count == 1 { draft.anchor.clone() } else { format!("{}~{count}", draft.anchor) };
        let task = finish(&paper.text, draft, words, anchor, org_counts);
        paper.tasks.push(task);
    }
}

fn finish(text: &str, draft: Draft, words: String, anchor: String, org_counts: bool) -> Task {
    let field = |p: &Piece| Field { value: p.text.clone(), span: Some(p.span), confidence: p.sure };
    let lead: Vec<Field<String>> = draft.lead.iter().map(field).collect();
    let coordinating: Vec<Field<String>> = draft.coordinating.iter().map(field).collect();
    let mut times = draft.times.into_iter();
    let first = times.next();
    let deadline_text = first.as_ref().filter(|f| !f.at.is_empty()).map(|f| {
        let span = Span { start: f.at.start, end: f.at.end };
        let value = squeeze(text.get(span.start..span.end).unwrap_or(""));
        Field { value, span: Some(span), confidence: if f.sure { 0.95 } else { 0.4 } }
    });
    let unread = first.as_ref().is_some_and(|f| !f.sure);
    let outside = draft.lead.iter().any(|p| is_outside(&lower(&p.text)));
    let mut sure = draft.sure;
    if lead.is_empty() {
        sure *= 0.6;
    }
    if let Some(worst) = lead.iter().chain(&coordinating).map(|f| f.confidence).reduce(f32::min) {
        sure = sure.min(0.3 + 0.7 * worst);
    }
    if unread {
        sure *= 0.8;
    }
    let start: String = words.lines().next().unwrap_or_default().chars().take(60).collect();
    Task {
        anchor,
        heading: draft.heading,
        text_start: start.trim_end().to_owned(),
        text: words,
        span: draft.span,
        lead,
        coordinating,
        product: draft.product.filter(|p| !p.is_empty()),
        deadline_text,
        deadline: first.map_or_else(|| plain(DeadlineKind::None), |f| f.deadline),
        deadlines_more: times.map(|f| f.deadline).collect(),
        force: if draft.request || outside { Force::Request } else { Force::Assign },
        class: if matches!(draft.part, Part::Org | Part::Money) && org_counts {
            TaskClass::Org
        } else {
            TaskClass::Task
        },
        in_table: draft.in_table,
        confidence: sure.clamp(0.05, 0.99),
    }
}

/// Deadlines in running text at `span`, placed in the whole text.
pub(crate) fn times_in(text: &str, span: Span, year: Option<i32>) -> Vec<Found> {
    let words = text.get(span.start..span.end).unwrap_or("");
    placed(deadline::in_prose(words, year), span.start)
}

/// Moves the places of deadlines by `by` bytes.
pub(crate) fn placed(mut found: Vec<Found>, by: usize) -> Vec<Found> {
    for f in &mut found {
        f.at = f.at.start + by..f.at.end + by;
    }
    found
}

/// The deadlines under a time label whose value stands at `span`; the first one holds all its words.
pub(crate) fn times_at(text: &str, span: Span, year: Option<i32>) -> Vec<Found> {
    let words = text.get(span.start..span.end).unwrap_or("");
    placed(deadline::all_of_label(words, year), span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_does_stands_behind_its_name() {
        for (cell, lead, with) in [
            ("Sở Y tế (chủ trì); Công an tỉnh (phối hợp)", "Sở Y tế", "Công an tỉnh"),
            ("Sở Y tế chủ trì, Công an tỉnh, Sở Nội vụ phối hợp.", "Sở Y tế", "Công an tỉnh, Sở Nội vụ"),
            ("Các thôn; Đoàn Thanh niên xã phối hợp", "Các thôn", "Đoàn Thanh niên xã"),
            ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", "Sở Y tế", "Sở Nội vụ"),
            ("Sở Y tế; phối hợp: Sở Nội vụ, UBND các xã", "Sở Y tế", "Sở Nội vụ, UBND các xã"),
            ("Sở Y tế, Sở Nội vụ", "Sở Y tế, Sở Nội vụ", ""),
            ("Hội đồng phối hợp", "Hội đồng phối hợp", ""),
        ] {
            let (a, b) = lead_cell(cell, Span { start: 0, end: cell.len() }, 0.9);
            let names = |all: Vec<Piece>| all.into_iter().map(|p| p.text).collect::<Vec<_>>().join(", ");
            assert_eq!((names(a).as_str(), names(b).as_str()), (lead, with), "{cell}");
        }
    }
}
