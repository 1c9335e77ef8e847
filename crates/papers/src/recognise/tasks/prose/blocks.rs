//! Blocks closed by label lines ("Cơ quan chủ trì: …", "Thời gian thực hiện: …").

use super::{Above, HEADING, Reader};
use crate::Span;
use crate::recognise::fold::is_caps;
use crate::recognise::tasks::agencies::Words;
use crate::recognise::tasks::class::Part;
use crate::recognise::tasks::deadline::Found;
use crate::recognise::tasks::emit::{Draft, Piece, add, drop_named, lead_cell, pieces, times_at, times_in};
use crate::recognise::tasks::labels::{Label, Role, find};
use crate::recognise::tasks::subject;
use crate::recognise::tasks::tree::{DASH, PARAGRAPH};
use crate::recognise::tasks::words::{lower, squeeze};

/// What the label lines of one block say.
#[derive(Default, Clone)]
struct Said {
    lead: Vec<Piece>,
    coordinating: Vec<Piece>,
    time: Option<Found>,
    more: Vec<Found>,
    product: Option<String>,
    content: Option<Span>,
    any: bool,
    has_coordinating: bool,
    /// Where it takes place, or who takes part.
    has_place: bool,
    /// When, said in a label of its own.
    has_time: bool,
}

/// Children up to and including one run of label lines.
#[derive(Default)]
struct Segment {
    content: Vec<usize>,
    said: Said,
}

impl Reader<'_> {
    /// A clause whose own words hold labels, or whose children are label lines: one task, or several.
    pub(super) fn block(&mut self, n: usize, above: &Above) -> bool {
        let text = self.text(n);
        let node = &self.tree.nodes[n];
        let labels = find(text);
        if labels.iter().any(|l| matches!(l.role, Role::Lead | Role::Coordinating | Role::Time) && !l.value.is_empty())
        {
            let first = labels[0].at.start;
            let body = text.get(..first).unwrap_or("").trim_end_matches([' ', '(', '-', '–', '.', ';', '+']);
            let mut said = Said::default();
            self.hear(node.text, &labels, n, &mut said);
            if body.chars().count() >= 12 {
                let span = Span { start: node.text, end: node.text + body.len() };
                self.put(n, span, &said, above, None);
                return true;
            }
            if let (Some(content), true) = (said.content, !said.lead.is_empty()) {
                self.put(n, content, &said, above, None);
                return true;
            }
            // A label line on its own, belonging to no block.
            return node.children.is_empty();
        }
        if node.children.is_empty() {
            return false;
        }
        let children = node.children.clone();
        self.own_block(n, &children, above)
    }

    /// Children of which some are label lines; `false` when there are none.
    pub(super) fn segments(&mut self, nodes: &[usize], above: &Above, parent: Option<usize>) -> bool {
        let segments = self.split(nodes);
        if !segments.iter().any(|s| s.said.any) {
            return false;
        }
        for segment in segments {
            if segment.said.any && !segment.content.is_empty() {
                self.segment(&segment, above, parent);
            } else {
                for &n in &segment.content {
                    self.clause(n, above);
                }
            }
        }
        true
    }

    fn split(&self, nodes: &[usize]) -> Vec<Segment> {
        let mut out = vec![Segment::default()];
        for &n in nodes {
            let text = self.text(n);
            let labels = find(text);
            let line = labels.first().is_some_and(|l| l.at.start <= 2)
                && (self.tree.nodes[n].rank >= 8 || labels.iter().any(|l| l.role != Role::Other));
            let Some(current) = out.last_mut() else { return out };
            if line {
                self.hear(self.tree.nodes[n].text, &labels, n, &mut current.said);
            } else if current.said.any && !self.continues(n, &current.said) {
                out.push(Segment { content: vec![n], said: Said::default() });
            } else {
                current.content.push(n);
            }
        }
        out
    }

    /// A paragraph behind "Nội dung:" belongs to it.
    fn continues(&self, n: usize, said: &Said) -> bool {
        said.content.is_some() && said.lead.is_empty() && said.time.is_none() && self.tree.nodes[n].rank >= DASH
    }

    /// Takes up the labels of one line; a label without value has it in the lines below.
    fn hear(&self, base: usize, labels: &[Label], n: usize, said: &mut Said) {
        for label in labels {
            let mut span = Span { start: base + label.value.start, end: base + label.value.end };
            if label.value.is_empty() {
                let children = &self.tree.nodes[n].children;
                if let (Some(&a), Some(&b)) = (children.first(), children.last()) {
                    span = Span { start: self.tree.nodes[a].span.start, end: self.tree.nodes[b].span.end };
                }
            }
            let value = self.clean.slice(span);
            match label.role {
                Role::Lead => {
                    let (lead, with) = lead_cell(&self.clean.text, span, 0.92);
                    add(&mut said.lead, lead);
                    add(&mut said.coordinating, with);
                }
                Role::Coordinating => {
                    said.has_coordinating = true;
                    add(&mut said.coordinating, pieces(&self.clean.text, span, 0.92));
                }
                Role::Time => {
                    said.has_time |= !value.is_empty();
                    let mut found = times_at(&self.clean.text, span, self.year).into_iter();
                    said.time = said.time.take().or_else(|| found.next());
                    said.more.extend(found);
                }
                Role::Product => said.product = Some(squeeze(value)),
                Role::Content => said.content = said.content.or(Some(span).filter(|s| s.end > s.start)),
                Role::Other => {
                    let words = self.clean.slice(Span { start: base + label.at.start, end: base + label.at.end });
                    let place = ["địa điểm", "thành phần"].iter().any(|begin| lower(words).starts_with(begin));
                    said.has_place |= place && !value.is_empty();
                    continue;
                }
            }
            said.any |= matches!(label.role, Role::Lead | Role::Coordinating | Role::Time | Role::Content);
        }
    }

    /// A numbered, lettered or dashed clause closed by label lines.
    fn own_block(&mut self, n: usize, children: &[usize], above: &Above) -> bool {
        let segments = self.split(children);
        if !segments.iter().any(|s| s.said.any) {
            return false;
        }
        let node = &self.tree.nodes[n];
        let text = self.text(n);
        let only_content =
            segments.iter().all(|s| s.said.lead.is_empty() && s.said.coordinating.is_empty() && s.said.time.is_none());
        if node.rank <= 4 || node.rank == PARAGRAPH && segments.len() > 1 || only_content && above.sure == 0.0 {
            return false;
        }
        let w = Words::new(text);
        let read = subject::read(&w);
        let inner = match &read {
            Some(s) => self.governed(&w, text, n, s, above),
            None => {
                let mut inner = above.clone();
                if text.len() < HEADING && !is_caps(text) && segments.len() > 1 {
                    inner.heading = Some(squeeze(text.trim_end_matches([':', '.', ';'])));
                }
                inner
            }
        };
        let headed = read.as_ref().is_some_and(|s| s.heading);
        let labelled = segments.iter().filter(|s| s.said.any).count();
        let own_labels_below = segments.iter().flat_map(|s| &s.content).any(|&c| self.holds_labels(c));
        if labelled == 1 && segments.len() == 1 && !own_labels_below {
            let segment = &segments[0];
            let own = Span { start: node.text, end: node.span.end };
            let several = segment.said.lead.is_empty()
                && self.subjects(&segment.content) > usize::from(read.is_none())
                && !headed
                && !segment.content.is_empty();
            if several {
                if read.is_some() {
                    self.put(n, own, &segment.said, &inner, None);
                }
                return self.each(segment, &inner);
            }
            let span = self.words(own, segment, headed, read.is_some());
            let heading = (span != own && !headed).then(|| squeeze(text.trim_end_matches([':', '.', ';'])));
            self.put(n, span, &segment.said, &inner, heading);
            self.extend(span, &segment.said, &segment.content);
            return true;
        }
        for segment in segments {
            if segment.said.any
                && (segment.content.len() == 1
                    || !segment.content.is_empty() && !segment.content.iter().any(|&c| self.holds_labels(c)))
            {
                self.segment(&segment, &inner, Some(n));
            } else {
                for &c in &segment.content {
                    if headed && segment.said.any {
                        self.segment(&Segment { content: vec![c], said: segment.said.clone() }, &inner, Some(n));
                    } else {
                        self.clause(c, &inner);
                    }
                }
            }
        }
        true
    }

    /// The words of a block: those under "Nội dung:", the clause's own, or the first line inside when the clause only names a body.
    fn words(&self, own: Span, segment: &Segment, headed: bool, named: bool) -> Span {
        if let Some(content) = segment.said.content {
            return content;
        }
        let Some(&first) = segment.content.first() else { return own };
        let node = &self.tree.nodes[first];
        let child = Span { start: node.text, end: node.span.end };
        let subject_inside = !named
            && own.end - own.start < 240
            && !self.clean.slice(own).ends_with(['.', ';'])
            && subject::read(&Words::new(self.text(first))).is_some_and(|s| !s.heading);
        if headed || subject_inside { child } else { own }
    }

    fn holds_labels(&self, n: usize) -> bool {
        self.tree.nodes[n].children.iter().any(|&c| {
            find(self.text(c))
                .first()
                .is_some_and(|l| l.at.start <= 2 && matches!(l.role, Role::Lead | Role::Time | Role::Coordinating))
        })
    }

    /// How many of these clauses name their own body.
    fn subjects(&self, nodes: &[usize]) -> usize {
        nodes
            .iter()
            .filter(|&&n| subject::read(&Words::new(self.text(n))).is_some_and(|s| !s.heading && s.sure >= 0.8))
            .count()
    }

    fn each(&mut self, segment: &Segment, above: &Above) -> bool {
        for &c in &segment.content {
            let text = self.text(c);
            let w = Words::new(text);
            let inner = subject::read(&w).map_or_else(|| above.clone(), |s| self.governed(&w, text, c, &s, above));
            let span = Span { start: self.tree.nodes[c].text, end: self.tree.nodes[c].span.end };
            self.put(c, span, &segment.said, &inner, None);
        }
        true
    }

    /// A run of clauses with the label lines that close it.
    fn segment(&mut self, segment: &Segment, above: &Above, parent: Option<usize>) {
        let Some(&first) = segment.content.first() else { return };
        let all_name = segment.content.len() > 1 && self.subjects(&segment.content) == segment.content.len();
        if segment.said.lead.is_empty() && all_name {
            self.each(segment, above);
            return;
        }
        // Lines before the last belong to the block only when the block has no heading of its own.
        let shared = parent.is_none_or(|p| self.tree.nodes[p].rank <= 4) && segment.content.len() > 1;
        let from = if shared { segment.content.len() - 1 } else { 0 };
        for &c in segment.content.get(..from).unwrap_or_default() {
            self.clause(c, above);
        }
        let n = segment.content.get(from).copied().unwrap_or(first);
        let node = &self.tree.nodes[n];
        let text = self.text(n);
        let w = Words::new(text);
        let read = subject::read(&w);
        let inner = match &read {
            Some(s) if above.sure < 0.7 || s.sure >= 0.9 => self.governed(&w, text, n, s, above),
            _ => above.clone(),
        };
        let own = Span { start: node.text, end: node.span.end };
        let below = Segment { content: node.children.clone(), said: segment.said.clone() };
        let headed = read.as_ref().is_some_and(|s| s.heading);
        let span = self.words(own, &below, headed, read.is_some());
        let heading = (span != own && !headed).then(|| squeeze(text.trim_end_matches([':', '.', ';'])));
        self.put(n, span, &segment.said, &inner, heading);
        self.extend(span, &segment.said, segment.content.get(from..).unwrap_or_default());
    }

    /// Adds the other clauses of a block to the words of the draft just made: they share its labels, so none of them is a task of its own.
    fn extend(&mut self, first: Span, said: &Said, content: &[usize]) {
        let mut lines = Vec::new();
        for &n in content {
            self.lines(n, &mut lines);
        }
        lines.retain(|line| line.start >= first.end);
        let Some(draft) = self.drafts.last_mut().filter(|draft| draft.span.start == first.start) else { return };
        if said.content.is_some() || lines.is_empty() {
            return;
        }
        let own = squeeze(self.clean.slice(draft.span));
        let more = lines.iter().map(|line| squeeze(self.clean.slice(*line)));
        draft.words = Some(std::iter::once(own).chain(more).collect::<Vec<_>>().join("\n"));
        draft.span.end = lines.last().map_or(draft.span.end, |line| line.end);
    }

    /// A clause and what is below it, line by line.
    fn lines(&self, n: usize, out: &mut Vec<Span>) {
        let node = &self.tree.nodes[n];
        out.push(node.span);
        for &c in &node.children {
            self.lines(c, out);
        }
    }

    /// Makes the draft of a block.
    fn put(&mut self, n: usize, span: Span, said: &Said, above: &Above, heading: Option<String>) {
        let node = &self.tree.nodes[n];
        let text = self.clean.slice(span).trim_end();
        let span = Span { start: span.start, end: span.start + text.len() };
        let w = Words::new(text);
        let mut sure = 0.92;
        let mut lead = said.lead.clone();
        if lead.is_empty() {
            let read = subject::read(&w).filter(|s| !s.heading && (s.sure >= 0.9 || above.lead.is_empty()));
            lead = match read {
                Some(s) => self.pieces_of(text, span.start, &s.lead, s.sure),
                None => above.lead.clone(),
            };
            if above.sure > 0.0 {
                sure = above.sure.max(0.6);
            }
        }
        let mut coordinating = said.coordinating.clone();
        if !said.has_coordinating {
            add(&mut coordinating, above.coordinating.clone());
            if coordinating.is_empty() {
                coordinating = self.pieces_of(text, span.start, &subject::partners(&w), 0.8);
            }
        }
        drop_named(&mut coordinating, lead.iter().map(|l| l.text.as_str()));
        let mut times: Vec<Found> = said.time.iter().cloned().chain(said.more.iter().cloned()).collect();
        if times.is_empty() {
            times = times_in(&self.clean.text, span, self.year);
        }
        if lead.is_empty() && coordinating.is_empty() {
            sure = 0.5;
            let timed = said.time.as_ref().is_some_and(|t| t.sure) && subject::acts(&w);
            // Where and when it takes place, or who takes part and when: something to be done though nobody is named.
            if !(timed || said.has_place && said.has_time) {
                return;
            }
        }
        self.drafts.push(Draft {
            anchor: node.anchor.clone(),
            heading: heading.or_else(|| above.heading.clone()),
            span,
            words: None,
            lead,
            coordinating,
            times,
            product: said.product.clone(),
            request: above.request || text.starts_with("Đề nghị"),
            part: above.part.unwrap_or(Part::Content),
            in_table: false,
            sure,
        });
    }
}
