//! Clause tree, tables, tasks, deadlines and agencies.

mod agencies;
mod class;
mod deadline;
mod emit;
mod labels;
mod prose;
mod starts;
mod subject;
mod tables;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use chrono::Datelike;

use super::clean::Clean;
use crate::Paper;
use class::Part;
use emit::{Draft, Piece};

/// Fills the clauses, tables and tasks of `paper` from the cleaned text.
pub(crate) fn fill(clean: &Clean, paper: &mut Paper) {
    let tree = tree::build(clean);
    paper.clauses = tree.clauses(clean);
    let year = paper.date.as_ref().map(|d| d.value.year());
    let kind = paper.kind.as_ref().map_or("", |k| k.value.as_str());
    let addressees = addressees(paper);
    let mut drafts: Vec<Draft> = prose::Reader::new(clean, &tree, year, kind, addressees).read();
    let (tables, rows) = tables::read(clean, &tree, year);
    paper.tables = tables;
    drafts.extend(rows);
    let directive = prose::is_directive(kind);
    let content = drafts.iter().any(|d| !matches!(d.part, Part::Org | Part::Money));
    emit::tasks(paper, drafts, !directive || content);
}

fn addressees(paper: &Paper) -> Vec<Piece> {
    let start = crate::Span { start: 0, end: 0 };
    paper
        .addressees
        .iter()
        .map(|a| Piece { text: a.value.clone(), span: a.span.unwrap_or(start), sure: a.confidence.min(0.6) })
        .collect()
}
