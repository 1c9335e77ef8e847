//! Tasks in running text: the clause tree is walked with the body that governs each clause.

mod blocks;
mod general;
mod lists;
mod sentences;
mod stems;

use super::agencies::{Name, Words, list_in_prose};
use super::class::{Part, is_formula, part};
use super::emit::{Draft, Piece, drop_named};
use super::subject::{self, Subject};
use super::tree::{DASH, PARAGRAPH, Tree};
use super::words::squeeze;
use crate::recognise::clean::Clean;
use crate::recognise::fold::is_caps;
use crate::{ClauseKind, Span};

/// Everything the walk looks at.
pub(crate) struct Reader<'a> {
    clean: &'a Clean,
    tree: &'a Tree,
    year: Option<i32>,
    /// A directive, letter, notice or resolution: its introduction may name who carries all that follows.
    directive: bool,
    /// Kính gửi.
    addressees: Vec<Piece>,
    drafts: Vec<Draft>,
    /// A report tells what was done: only what it asks for is a task.
    report: bool,
    /// First clause with a number: what stands before it is the preamble.
    numbered: usize,
    /// Whether a clause names a body, once looked at.
    names: Vec<Option<bool>>,
}

/// What governs a clause.
#[derive(Clone, Default)]
struct Above {
    lead: Vec<Piece>,
    coordinating: Vec<Piece>,
    request: bool,
    /// 0 when nobody governs; below 0.7 when only the introduction of the paper does.
    sure: f32,
    heading: Option<String>,
    part: Option<Part>,
    /// Bodies named in general: some of them may be named below.
    general: bool,
}

impl Above {
    /// Other bodies, named in the place that this governs, with nobody who helps.
    fn with(&self, lead: Vec<Piece>, request: bool, sure: f32) -> Self {
        let heading = self.heading.clone();
        Self { lead, coordinating: vec![], request, sure, heading, part: self.part, general: false }
    }
}

/// Headings that begin so are about a subject, not for a body.
const PRIVATE: [&str; 3] = ["doanh nghiệp", "hợp tác xã", "người dân"];

/// Longest heading, in bytes.
const HEADING: usize = 400;

/// Directives, letters, notices and resolutions assign throughout; plans and decisions separate the organising part.
pub(crate) fn is_directive(kind: &str) -> bool {
    !["Kế hoạch", "Quyết định", "Chương trình", "Đề án", "Phương án", "Báo cáo", "Quy chế", "Quy định"].contains(&kind)
}

impl<'a> Reader<'a> {
    /// Prepares a walk.
    pub fn new(clean: &'a Clean, tree: &'a Tree, year: Option<i32>, kind: &str, addressees: Vec<Piece>) -> Self {
        let numbered = tree.nodes.iter().position(|n| n.rank < DASH && !n.annex).unwrap_or(0);
        Self {
            clean,
            tree,
            year,
            directive: is_directive(kind),
            addressees,
            drafts: vec![],
            report: kind == "Báo cáo",
            numbered,
            names: vec![None; tree.nodes.len()],
        }
    }

    /// Walks the whole tree.
    pub fn read(mut self) -> Vec<Draft> {
        let roots = self.tree.roots.clone();
        let mut above = Above::default();
        let first = roots.iter().position(|&r| self.tree.nodes[r].rank < DASH).unwrap_or(0);
        for (at, &root) in roots.iter().enumerate() {
            let node = &self.tree.nodes[root];
            if node.rank == PARAGRAPH && !node.annex && (at < first || first == 0) {
                self.introduction(root, &mut above);
            }
        }
        self.children(&roots, &above, None);
        let lists = self.lists();
        self.drafts.retain(|d| !lists.iter().any(|l| l.contains(&d.span.start)));
        self.drafts
    }

    fn text(&self, n: usize) -> &'a str {
        self.tree.text(self.clean, n)
    }

    /// "… yêu cầu các sở, ban, ngành thực hiện các nhiệm vụ sau:" governs what follows, weakly.
    fn introduction(&mut self, n: usize, above: &mut Above) {
        let text = self.text(n);
        if !self.directive || !text.ends_with(':') {
            return;
        }
        let base = self.tree.nodes[n].text;
        let tail = text.char_indices().rev().nth(420).map_or(0, |(i, _)| i);
        let Some(tail_text) = text.get(tail..) else { return };
        let w = Words::new(tail_text);
        let verb = |k: usize| w.is(k, &["yêu", "cầu"]) || w.is(k, &["đề", "nghị"]);
        let mut asked = false;
        for k in (0..w.len()).rev() {
            if !verb(k) {
                continue;
            }
            asked = true;
            let mut at = k + 2;
            while matches!(w.low(at), Some(":" | "," | "đồng" | "chí")) {
                at += 1;
            }
            let list = list_in_prose(&w, at);
            if !list.names.is_empty() {
                above.lead = self.pieces_of(tail_text, base + tail, &list.names, 0.65);
                above.request = w.is(k, &["đề", "nghị"]);
                above.sure = 0.55;
                return;
            }
        }
        if (asked || text.contains("nội dung sau")) && !self.addressees.is_empty() && above.lead.is_empty() {
            above.lead = self.addressees.clone();
            above.sure = 0.5;
        }
    }

    fn pieces_of(&self, text: &str, base: usize, names: &[Name], sure: f32) -> Vec<Piece> {
        names
            .iter()
            .map(|n| Piece {
                text: squeeze(text.get(n.at.clone()).unwrap_or("")),
                span: Span { start: base + n.at.start, end: base + n.at.end },
                sure: if n.known { sure } else { sure * 0.6 },
            })
            .collect()
    }

    /// Reads siblings in order.
    fn children(&mut self, nodes: &[usize], above: &Above, parent: Option<usize>) {
        if self.segments(nodes, above, parent) {
            return;
        }
        let mut local: Option<Above> = None;
        for (at, &n) in nodes.iter().enumerate() {
            if let Some(inner) = self.announces(n, nodes.get(at + 1).copied(), above) {
                local = Some(inner);
                continue;
            }
            match &local {
                Some(inner) if self.tree.nodes[n].rank < DASH => self.clause(n, inner),
                _ => self.clause(n, above),
            }
        }
    }

    fn clause(&mut self, n: usize, above: &Above) {
        let node = &self.tree.nodes[n];
        let text = self.text(n);
        let headed = !node.children.is_empty() || node.rank < DASH && text.len() < 160;
        if node.rank < DASH && headed && text.len() < HEADING {
            match part(text) {
                Some(Part::Aims)
                    if node.rank <= 8
                        && !(self.directive && !is_caps(text) && text.to_lowercase().starts_with("yêu cầu")) =>
                {
                    return;
                }
                Some(p) if node.rank <= 7 && !(p == Part::Content && above.part == Some(Part::Org)) => {
                    let weak = above.sure < 0.7;
                    let inner = Above { part: Some(p), ..if weak { above.clone() } else { Above::default() } };
                    return self.inside(n, &inner);
                }
                _ => {}
            }
        }
        self.inside(n, above);
    }

    fn inside(&mut self, n: usize, above: &Above) {
        let node = &self.tree.nodes[n];
        let text = self.text(n);
        let intro = node.rank == PARAGRAPH && text.ends_with(':') && node.children.is_empty();
        // The rest of a sentence that a page or column broke.
        let rest = node.rank == PARAGRAPH && n > 0 && {
            let above = self.clean.slice(self.tree.nodes[n - 1].span);
            above.len() > 200
                && above.ends_with(char::is_alphanumeric)
                && !self.tree.nodes[n - 1].bold
                && !is_caps(above)
        };
        if rest || is_formula(text) || intro || self.clean.slice(node.span).starts_with('[') {
            return;
        }
        if self.block(n, above) {
            return;
        }
        let w = Words::new(text);
        let private = |s: &Subject| {
            s.heading
                && above.part != Some(Part::Org)
                && s.lead.first().and_then(|l| text.get(l.at.clone())).is_some_and(|t| {
                    !t.to_lowercase().starts_with("các ") && PRIVATE.iter().any(|p| t.to_lowercase().starts_with(p))
                })
        };
        let read = subject::read(&w).or_else(|| self.whole_name(n, &w)).filter(|s| !private(s));
        // "Đối với trường nghề: Thực hiện theo …" says what becomes of it, unless somebody is told to work there.
        let told = above.sure > 0.0 || above.part == Some(Part::Org);
        let read = read.filter(|s| told || s.run_in.is_none() || !text.starts_with("Đối với "));
        let children = node.children.clone();
        match read {
            Some(s) if s.heading && !children.is_empty() => {
                let inner = self.governed(&w, text, n, &s, above);
                let only = children.len() == 1 && self.tree.nodes[children[0]].rank == PARAGRAPH;
                let from = self.drafts.len();
                self.children(&children, &inner, Some(n));
                if only && self.drafts.len() == from + 1 {
                    self.drafts[from].anchor.clone_from(&node.anchor);
                }
            }
            Some(s)
                if !s.heading
                    && text.ends_with(char::is_alphanumeric)
                    && let Some(inner) = self.in_general(n, &w, text, above) =>
            {
                self.children(&children, &inner, Some(n));
            }
            Some(s) if !s.heading => self.sentence(n, &w, text, &s, above, &children),
            // "đề nghị Sở X:" with nothing below.
            Some(_) => {}
            None if let Some(inner) = self.in_general(n, &w, text, above) => self.children(&children, &inner, Some(n)),
            None if self.over_dashes(n, text, &w, above)
                && let Some(inner) = self.helped(&w, text, n, above) =>
            {
                self.children(&children, &inner, Some(n));
            }
            None if above.sure >= 0.7 && self.helpers_below(text, &children, above) => {}
            None if above.sure < 0.7
                && children.is_empty()
                && let Some(inner) = self.in_brackets(n, text, above) =>
            {
                self.emit(n, text, &w, &inner, 0.8);
            }
            None if above.sure < 0.7 && self.topic(n, text, above, &children) => {}
            None if above.sure > 0.0 && self.is_work(n, above) && !(above.sure < 0.7 && node.annex) => {
                if above.sure >= 0.7 && self.is_bare_heading(n, &w) {
                    return self.descend(n, text, above, &children);
                }
                let groups = text.ends_with(':') && children.iter().any(|&c| self.tree.nodes[c].rank < DASH);
                if above.sure < 0.7 && (groups || self.names_below(&children)) {
                    return self.descend(n, text, above, &children);
                }
                if !(children.is_empty() && above.sure >= 0.7 && self.another(n, text, above)) {
                    self.emit(n, text, &w, above, above.sure);
                }
            }
            None => self.descend(n, text, above, &children),
        }
    }

    /// "Về …: giao Sở X …".
    fn topic(&mut self, n: usize, text: &str, above: &Above, children: &[usize]) -> bool {
        if above.part == Some(Part::Money) {
            return false;
        }
        let Some((from, s)) = subject::behind_colon(text) else { return false };
        let base = self.tree.nodes[n].text + from;
        let rest = text.get(from..).unwrap_or("");
        let who = above.with(self.pieces_of(rest, base, &s.lead, 0.85), s.request, 0.8);
        if text.ends_with(':') && !children.is_empty() {
            self.children(children, &who, Some(n));
            return true;
        }
        if !self.another(n, text, &who) {
            self.emit(n, text, &Words::new(text), &who, 0.8);
        }
        true
    }

    /// Goes into the clauses below a heading that names nobody.
    fn descend(&mut self, n: usize, text: &str, above: &Above, children: &[usize]) {
        if children.is_empty() {
            return;
        }
        let node = &self.tree.nodes[n];
        let mut inner = above.clone();
        if node.rank > 4 && text.len() < HEADING && !is_caps(text) {
            inner.heading = Some(squeeze(text.trim_end_matches([':', '.', ';'])));
        }
        self.children(children, &inner, Some(n));
    }

    /// A clause under a governing body is work, unless it is a bare heading or a remark.
    fn is_work(&self, n: usize, above: &Above) -> bool {
        let node = &self.tree.nodes[n];
        let text = self.text(n);
        if node.kind == ClauseKind::Article || text.chars().count() < 12 {
            return false;
        }
        if above.sure < 0.7 {
            // Only numbered items: the paragraphs around them are explanation.
            return node.rank < PARAGRAPH
                && node.rank > 4
                && !is_caps(text)
                && node.parent.is_none_or(|p| self.tree.nodes[p].rank < DASH);
        }
        !text.starts_with('(') && !is_caps(text)
    }

    /// A heading without body or labels ("2.1. Trách nhiệm chung", "b) Về kinh phí:"): the clauses inside are the work.
    fn is_bare_heading(&self, n: usize, w: &Words<'_>) -> bool {
        let node = &self.tree.nodes[n];
        let text = self.text(n);
        let plain = node.rank < DASH && text.ends_with(char::is_alphanumeric) && text.len() < 110;
        (text.ends_with(':') && text.len() < 130 || plain) && !node.children.is_empty() && !subject::acts(w)
    }

    fn names_below(&mut self, children: &[usize]) -> bool {
        children.iter().take(40).any(|&c| {
            if let Some(known) = self.names.get(c).copied().flatten() {
                return known;
            }
            let text = self.text(c);
            let w = Words::new(text.get(..text.char_indices().nth(300).map_or(text.len(), |(i, _)| i)).unwrap_or(text));
            let found = subject::read(&w).is_some();
            if let Some(slot) = self.names.get_mut(c) {
                *slot = Some(found);
            }
            found
        })
    }

    /// What governs the clauses below an agency heading.
    fn governed(&self, w: &Words<'_>, text: &str, n: usize, s: &Subject, above: &Above) -> Above {
        let base = self.tree.nodes[n].text;
        let mut coordinating = self.pieces_of(text, base, &subject::partners(w), 0.85);
        drop_named(&mut coordinating, s.lead.iter().map(|l| text.get(l.at.clone()).unwrap_or("")));
        let lead = self.pieces_of(text, base, &s.lead, s.sure);
        Above { coordinating, ..above.with(lead, s.request, 0.85) }
    }
}
