//! The clause tree: numbered, lettered and dashed lines under their headings, with stable anchors.

use std::collections::HashMap;
use std::ops::Range;

use super::labels;
use super::words::head;
use crate::recognise::clean::{Clean, LineKind};
use crate::recognise::fold::{bare_start, is_caps, label};
use crate::{Clause, ClauseKind, Span};

/// One clause with its place in the tree.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Level.
    pub kind: ClauseKind,
    /// Outermost 0; bullets and paragraphs deepest.
    pub rank: u8,
    /// The line, number included.
    pub span: Span,
    /// First byte behind the number.
    pub text: usize,
    /// Enclosing clause.
    pub parent: Option<usize>,
    /// Clauses directly inside.
    pub children: Vec<usize>,
    /// Stable address.
    pub anchor: String,
    /// Printed bold throughout.
    pub bold: bool,
    /// Stands behind the signature.
    pub annex: bool,
}

/// Lines of one table and the clause in which it stands.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Lines of [`Clean::lines`].
    pub lines: Range<usize>,
    /// Clause above it.
    pub parent: Option<usize>,
    /// Stands behind the signature.
    pub annex: bool,
}

/// The clauses of a paper, and the tables between them.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// In reading order.
    pub nodes: Vec<Node>,
    /// Clauses without parent.
    pub roots: Vec<usize>,
    /// In reading order.
    pub tables: Vec<Block>,
}

const ANNEX: u8 = 0;
/// Rank of unnumbered lines.
pub(crate) const PARAGRAPH: u8 = 20;
/// Rank of dashed lines.
pub(crate) const DASH: u8 = 14;

/// First halves of names: a line never ends with them but where it was broken.
const HALVES: [&str; 12] = ["Việt", "Ban", "Phó", "Cục", "Vụ", "Viện", "Công", "Tổng", "Sở", "Bộ", "Ủy", "Trung"];

/// A printed number.
struct Mark {
    kind: ClauseKind,
    rank: u8,
    number: String,
}

/// Builds the tree from the body and the annexes.
pub(crate) fn build(clean: &Clean) -> Tree {
    let blocks = set_apart(clean);
    let mut b =
        Builder { clean, blocks, tree: Tree::default(), stack: vec![], used: HashMap::new(), loose: HashMap::new() };
    b.lines(clean.body.clone(), false);
    b.stack.clear();
    b.lines(clean.annex.clone(), true);
    b.tree
}

/// Paragraphs are set apart by blank lines.
fn set_apart(clean: &Clean) -> bool {
    let (mut gaps, mut none) = (0usize, 0usize);
    for at in clean.body.clone() {
        match clean.lines.get(at) {
            Some(l) if l.kind == LineKind::Text && l.gap => gaps += 1,
            Some(l) if l.kind == LineKind::Text => none += 1,
            _ => {}
        }
    }
    gaps > 8 && none * 3 < gaps
}

struct Builder<'a> {
    clean: &'a Clean,
    /// Paragraphs are set apart by blank lines.
    blocks: bool,
    tree: Tree,
    stack: Vec<usize>,
    /// How often an anchor was given.
    used: HashMap<String, usize>,
    /// Unnumbered children so far, by parent.
    loose: HashMap<Option<usize>, usize>,
}

impl Builder<'_> {
    fn lines(&mut self, range: Range<usize>, annex: bool) {
        let mut at = range.start;
        while at < range.end {
            let Some(line) = self.clean.lines.get(at) else { break };
            if line.kind == LineKind::Text {
                let end = self.paragraph(at, range.end);
                self.clause(at, end, annex);
                at = end;
                continue;
            }
            let end = table_end(self.clean, at, range.end);
            let parent = self.stack.iter().rev().copied().find(|&n| self.tree.nodes[n].rank < DASH);
            self.tree.tables.push(Block { lines: at..end, parent, annex });
            at = end;
        }
    }

    /// One past the last line of the paragraph that begins at line `at`: a number printed alone takes the line below
    /// it, and a line that was broken in mid-sentence takes its rest.
    fn paragraph(&self, at: usize, limit: usize) -> usize {
        let mut end = at + 1;
        let own = self.clean.lines.get(at).map_or(0, |l| label_of(l.label, self.clean.line(at)));
        let first = self.clean.line(at);
        let mut bare =
            first.get(own..).is_none_or(|t| t.trim().is_empty()) && own > 0 || matches!(first.trim(), "-" | "–" | "+");
        while end < limit && end < at + 60 {
            let Some(next) = self.clean.lines.get(end) else { break };
            let text = self.clean.line(end);
            if next.kind != LineKind::Text || label_of(next.label, text) > 0 {
                break;
            }
            let prev = self.clean.line(end - 1);
            let open = prev.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '”' | '"' | ')'));
            let labels = labels::find(text);
            let free = !next.gap && labels.is_empty() && !is_caps(text);
            let cut = self.blocks && free && (next.bold || !self.clean.lines[end - 1].bold);
            let page =
                next.gap && open && own > 0 && prev.len() > 300 && labels.is_empty() && !next.bold && !is_caps(text);
            let late =
                !next.gap && !text.contains(':') && (text.starts_with("Thời gian ") || text.starts_with("Thời hạn "));
            let small =
                free && text.starts_with(|c: char| c.is_lowercase() || matches!(c, '.' | ',' | ')' | ';' | '”'));
            let long = free && open && prev.len() > 200 && !next.bold
                || free && open && HALVES.contains(&prev.rsplit(' ').next().unwrap_or(""));
            if !(bare && !is_caps(prev) || cut || page || late || small || long) {
                break;
            }
            bare = false;
            end += 1;
        }
        end
    }

    fn clause(&mut self, at: usize, end: usize, annex: bool) {
        let mut line = self.clean.lines[at];
        line.span = self.clean.span_of(&(at..end));
        let text = self.clean.slice(line.span);
        line.label = label_of(line.label, text);
        let mark = mark(text, line.label, annex);
        if annex && mark.is_none() && is_title(text) {
            self.stack.clear();
        }
        let (kind, rank, number) =
            mark.map_or((ClauseKind::Paragraph, PARAGRAPH, String::new()), |m| (m.kind, m.rank, m.number));
        let floor = if rank == PARAGRAPH { DASH } else { rank };
        // A paragraph that ends with a colon holds the dashed lines below it.
        let intro = |n: &Node| {
            n.rank == PARAGRAPH && (DASH..PARAGRAPH).contains(&rank) && self.clean.slice(n.span).ends_with(':')
        };
        while self.stack.last().is_some_and(|&top| self.tree.nodes[top].rank >= floor && !intro(&self.tree.nodes[top]))
        {
            self.stack.pop();
        }
        let parent = self.stack.last().copied();
        let is_label = labels::find(text).first().is_some_and(|l| l.at.start <= 4 && l.role != labels::Role::Other);
        let anchor = self.anchor(parent, &number, is_label);
        let skip = text.get(line.label..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        let start = if rank == PARAGRAPH || kind == ClauseKind::Annex {
            line.span.start
        } else {
            line.span.start + line.label + skip
        };
        let index = self.tree.nodes.len();
        self.tree.nodes.push(Node {
            kind,
            rank,
            span: line.span,
            text: start.min(line.span.end),
            parent,
            children: vec![],
            anchor,
            bold: line.bold,
            annex,
        });
        match parent {
            Some(p) => self.tree.nodes[p].children.push(index),
            None => self.tree.roots.push(index),
        }
        self.stack.push(index);
    }

    fn anchor(&mut self, parent: Option<usize>, number: &str, is_label: bool) -> String {
        let above = parent.map_or("", |p| self.tree.nodes[p].anchor.as_str());
        let anchor = if number.is_empty() && is_label {
            format!("{above}={}", self.loose.get(&parent).copied().unwrap_or(0))
        } else if number.is_empty() {
            let n = self.loose.entry(parent).or_default();
            *n += 1;
            let sign = if parent.is_some_and(|p| self.tree.nodes[p].rank >= DASH) { '+' } else { '#' };
            format!("{above}{sign}{n}")
        } else {
            let tail = above.rsplit_once('.').map_or(above, |(_, t)| t);
            let rest = number.strip_prefix(tail.split('~').next().unwrap_or(tail)).and_then(|r| r.strip_prefix('.'));
            match rest {
                Some(rest) if !tail.is_empty() => format!("{above}.{rest}"),
                _ => self.deep(above, number),
            }
        };
        let count = self.used.entry(anchor.clone()).or_default();
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}~{count}") }
    }

    /// "2.1" under "II.2" printed in full ("II.2.1"), also when a level in between has no number of its own.
    fn deep(&self, above: &str, number: &str) -> String {
        if above.is_empty() {
            return number.to_owned();
        }
        if let Some((first, _)) = number.rsplit_once('.')
            && (above == first || above.strip_suffix(first).is_some_and(|h| h.ends_with('.')))
        {
            let head = &above[..above.len() - first.len()];
            return format!("{head}{number}");
        }
        format!("{above}.{number}")
    }
}

/// Length of a line's number: as cleaning found it, looked at again where a dash stood alone on its line.
fn label_of(found: usize, text: &str) -> usize {
    if found == 0 && text.starts_with(['-', '–', '+', '•']) { label(text).unwrap_or(0) } else { found }
}

/// A paper's own title starts the numbering anew ("KẾ HOẠCH" behind a decision).
fn is_title(text: &str) -> bool {
    text.len() < 60
        && is_caps(text)
        && ["ke hoach", "chuong trinh", "de an", "quy che", "quy dinh", "phuong an", "danh muc", "huong dan"]
            .contains(&bare_start(text, 20).as_str())
}

/// One past the last line of the table that starts at `at`.
fn table_end(clean: &Clean, at: usize, limit: usize) -> usize {
    let kind = |i: usize| if i < limit { clean.lines.get(i).map(|l| l.kind) } else { None };
    let mut i = at + 1;
    match kind(at) {
        Some(LineKind::Bar) => {
            // A cell is at most a few paragraphs; a table ends where text is not closed by another bar.
            loop {
                while kind(i) == Some(LineKind::Bar) {
                    i += 1;
                }
                let close = (i..(i + 40).min(limit)).find(|&k| kind(k) == Some(LineKind::Bar));
                let odd = close.is_none_or(|c| (i..c).any(|k| is_annex(clean.line(k)) || is_break(clean.line(k))));
                match close {
                    Some(c) if !odd => i = c,
                    _ => return i,
                }
            }
        }
        Some(first) => {
            while kind(i) == Some(first) {
                i += 1;
            }
            i
        }
        None => i,
    }
}

/// "…......": rows left out by whoever copied the paper.
fn is_break(text: &str) -> bool {
    text.len() > 4 && text.chars().all(|c| matches!(c, '.' | '…' | ' '))
}

/// "PHỤ LỤC", "Phụ lục II".
fn is_annex(text: &str) -> bool {
    text.len() < 60
        && bare_start(text, 8).starts_with("phu luc")
        && text.starts_with('P')
        && text.split_whitespace().count() <= 4
}

fn mark(text: &str, label: usize, annex: bool) -> Option<Mark> {
    if annex && is_annex(text) {
        let number = text
            .split_whitespace()
            .nth(2)
            .map(|w| w.trim_end_matches(['.', ':', '-']))
            .filter(|w| !w.is_empty() && w.len() < 6);
        return Some(Mark {
            kind: ClauseKind::Annex,
            rank: ANNEX,
            number: number.map_or("PL".into(), |n| format!("PL.{n}")),
        });
    }
    let label = text.get(..label).unwrap_or("").trim();
    let first = label.chars().next()?;
    let made = |kind, rank, number: &str| Some(Mark { kind, rank, number: number.to_owned() });
    let core = label.trim_end_matches(['.', ')', ':', '/', ',']).trim();
    match first {
        '-' | '–' | '—' => made(ClauseKind::Bullet, DASH, ""),
        '+' | '•' | '●' | '·' | '▪' | '§' | '■' | '◦' => made(ClauseKind::Bullet, DASH + 1, ""),
        '(' | '[' => made(ClauseKind::Lettered, 13, label),
        '0'..='9' => {
            let depth = core.split('.').count().min(4) as u8;
            if label.ends_with(')') {
                made(ClauseKind::Lettered, 11, core)
            } else {
                made(ClauseKind::Numbered, 6 + depth, core)
            }
        }
        _ => {
            let folded = bare_start(label, 8);
            let word = folded.split(' ').next().unwrap_or("");
            match word {
                "phan" => made(ClauseKind::Part, 1, core),
                "chuong" => made(ClauseKind::Chapter, 2, core),
                "muc" => made(ClauseKind::Section, 4, core),
                "dieu" => made(ClauseKind::Article, 5, core),
                _ if core.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L')) => made(ClauseKind::Section, 4, core),
                _ if first.is_uppercase() => made(ClauseKind::Section, 3, core),
                _ => made(ClauseKind::Lettered, 12, core),
            }
        }
    }
}

impl Tree {
    /// Text of a clause without its number.
    pub fn text<'a>(&self, clean: &'a Clean, n: usize) -> &'a str {
        let node = &self.nodes[n];
        clean.text.get(node.text..node.span.end).unwrap_or("")
    }

    /// The public clause list.
    pub fn clauses(&self, clean: &Clean) -> Vec<Clause> {
        let heading = |n: usize| {
            let text = self.text(clean, n).trim();
            let near = text.as_bytes().get(..text.len().min(480)).unwrap_or_default();
            let end = near.iter().position(|b| matches!(b, b'.' | b';' | b':' | b'\n')).filter(|&e| e > 12);
            let text = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
            head(text, 160).trim_end().to_owned()
        };
        self.nodes
            .iter()
            .enumerate()
            .map(|(i, n)| Clause {
                anchor: n.anchor.clone(),
                kind: n.kind,
                parent: n.parent,
                heading: heading(i),
                span: n.span,
            })
            .collect()
    }
}
