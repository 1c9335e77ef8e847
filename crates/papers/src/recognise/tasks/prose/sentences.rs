//! Sentences that name who is to work, and the drafts made of them.

use std::collections::HashSet;

use super::{Above, HEADING, Reader};
use crate::recognise::tasks::agencies::{Words, begins};
use crate::recognise::tasks::class::{Part, is_formula};
use crate::recognise::tasks::deadline::{Found, in_words};
use crate::recognise::tasks::emit::{Draft, add, drop_named, placed, times_in};
use crate::recognise::tasks::subject::{self, Subject};
use crate::recognise::tasks::tree::{DASH, PARAGRAPH};
use crate::recognise::tasks::words;
use crate::{ClauseKind, DeadlineKind, Span};

impl Reader<'_> {
    /// A sentence that names who is to work.
    pub(super) fn sentence(
        &mut self,
        n: usize,
        w: &Words<'_>,
        text: &str,
        s: &Subject,
        above: &Above,
        children: &[usize],
    ) {
        let node = &self.tree.nodes[n];
        if node.kind == ClauseKind::Paragraph && self.is_closing(n, text, s) {
            return;
        }
        let ordered = s.request || ["Giao ", "Yêu cầu ", "Đề nghị ", "Phân công "].iter().any(|v| text.starts_with(v));
        if (n < self.numbered || self.report) && !ordered {
            return;
        }
        if node.annex
            && node.rank == PARAGRAPH
            && above.part.is_none()
            && above.sure == 0.0
            && !s.request
            && s.sure < 0.9
        {
            return;
        }
        // In "Kinh phí" only a body called by its own name.
        if above.part == Some(Part::Money)
            && s.lead.iter().all(|l| {
                text.get(l.at.clone()).is_none_or(|t| t.to_lowercase().starts_with("các ") || t.contains(" các "))
            })
        {
            return;
        }
        let inner = self.governed(w, text, n, s, above);
        let lettered = children.iter().any(|&c| self.tree.nodes[c].rank < DASH);
        // "… thực hiện tốt một số nội dung sau:" above dashes.
        let announced = children.len() > 1 && ["sau:", "sau đây:"].iter().any(|end| text.ends_with(end));
        if text.ends_with(':') && (lettered || announced) {
            return self.children(children, &inner, Some(n));
        }
        let plain = children.iter().all(|&c| self.tree.nodes[c].rank == PARAGRAPH);
        if children.is_empty() && above.sure < 0.7 && self.several(n, text, above, s) {
            return;
        }
        // A paragraph below belongs to the work, or closes the paper.
        if plain
            && node.rank < DASH
            && let Some(from) = s.run_in
        {
            if self.names_below(children) {
                self.children(children, above, Some(n));
            }
            return self.emit_from(n, from, text, &Words::new(text.get(from..).unwrap_or("")), &inner, s.sure);
        }
        if !children.is_empty() && self.names_below(children) && (children.len() > 1 || plain) {
            self.emit(n, text, w, &Above { coordinating: vec![], ..inner }, s.sure);
            return self.children(children, above, Some(n));
        }
        if self.dashes(n, w, text, s, &inner, children) {
            return;
        }
        let weak = above.sure >= 0.7 && s.sure < 0.9;
        let who = if weak {
            Above { request: above.request, ..above.clone() }
        } else {
            Above { coordinating: vec![], ..inner }
        };
        self.emit(n, text, w, &who, s.sure);
    }

    /// Sentences of one paragraph that each begin with another body are tasks of their own.
    fn several(&mut self, n: usize, text: &str, above: &Above, first: &Subject) -> bool {
        let mut starts = vec![0usize];
        let mut last: Option<String> = first.lead.first().and_then(|l| text.get(l.at.clone())).map(str::to_lowercase);
        for (at, _) in text.match_indices(". ").take(40) {
            let rest = text.get(at + 2..).unwrap_or("");
            if !subject::may_name(rest) {
                continue;
            }
            let rest = rest.get(..rest.char_indices().nth(300).map_or(rest.len(), |(i, _)| i)).unwrap_or(rest);
            let w = Words::new(rest);
            let Some(s) = subject::read(&w).filter(|s| !s.heading && s.sure >= 0.9 && !is_formula(rest)) else {
                continue;
            };
            let lead = s.lead.first().and_then(|l| rest.get(l.at.clone())).map(str::to_lowercase);
            if lead != last {
                starts.push(at + 2);
                last = lead;
            }
        }
        if starts.len() < 2 {
            return false;
        }
        let base = self.tree.nodes[n].text;
        for (i, &from) in starts.iter().enumerate() {
            let to = starts.get(i + 1).copied().unwrap_or(text.len());
            let part = text.get(from..to).unwrap_or("").trim_end();
            let w = Words::new(part);
            let Some(s) = subject::read(&w) else { continue };
            let lead = self.pieces_of(part, base + from, &s.lead, s.sure);
            let mut coordinating = self.pieces_of(part, base + from, &subject::partners(&w), 0.8);
            drop_named(&mut coordinating, lead.iter().map(|l| l.text.as_str()));
            let span = Span { start: base + from, end: base + from + part.len() };
            self.drafts.push(Draft {
                anchor: format!("{}#{}", self.tree.nodes[n].anchor, i + 1),
                heading: above.heading.clone(),
                span,
                words: None,
                coordinating,
                lead,
                times: times_in(&self.clean.text, span, self.year),
                product: None,
                request: s.request,
                part: above.part.unwrap_or(Part::Content),
                in_table: false,
                sure: s.sure * 0.9,
            });
        }
        true
    }

    /// "… tại kho. Trên cơ sở đó, Sở X tổng hợp …": the sentence of another body inside a governed clause is its own task.
    pub(super) fn another(&mut self, n: usize, text: &str, above: &Above) -> bool {
        let topic = above.sure < 0.85 && !self.tree.nodes[n].annex;
        let next = text.match_indices([';', '.']).find(|&(at, _)| {
            let rest = text.get(at + 1..).unwrap_or("");
            rest.starts_with(" Trên cơ sở ")
                || topic
                    && begins(
                        &Words::new(
                            rest.get(..rest.char_indices().nth(50).map_or(rest.len(), |(i, _)| i)).unwrap_or(""),
                        ),
                        0,
                    )
        });
        let Some((at, _)) = next else { return false };
        let rest = text.get(at + 2..).unwrap_or("");
        let w = Words::new(rest);
        let Some(s) = subject::read(&w).filter(|s| !s.heading && (!topic || s.sure >= 0.9)) else { return false };
        let base = self.tree.nodes[n].text + at + 2;
        let lead = self.pieces_of(rest, base, &s.lead, s.sure);
        let known: HashSet<String> = above.lead.iter().map(|a| a.text.to_ascii_lowercase()).collect();
        if lead.iter().all(|l| known.contains(&l.text.to_ascii_lowercase())) {
            return false;
        }
        let first = text.get(..=at).unwrap_or("");
        self.emit(n, first, &Words::new(first), above, above.sure);
        let mut coordinating = self.pieces_of(rest, base, &subject::partners(&w), 0.8);
        drop_named(&mut coordinating, lead.iter().map(|l| l.text.as_str()));
        let span = Span { start: base, end: base + rest.trim_end().len() };
        self.drafts.push(Draft {
            anchor: format!("{}#2", self.tree.nodes[n].anchor),
            heading: above.heading.clone(),
            span,
            words: None,
            lead,
            coordinating,
            times: times_in(&self.clean.text, span, self.year),
            product: None,
            request: s.request,
            part: above.part.unwrap_or(Part::Content),
            in_table: false,
            sure: s.sure * 0.9,
        });
        true
    }

    /// "UBND tỉnh yêu cầu các cơ quan nghiêm túc thực hiện./." counts only with a date or a report.
    fn is_closing(&self, n: usize, text: &str, s: &Subject) -> bool {
        let last = text.ends_with("./.")
            || text.ends_with("./")
            || self.tree.nodes.get(n + 1).is_none_or(|next| next.annex || is_formula(self.clean.slice(next.span)));
        let asks = s.request
            || ["yêu cầu", "đề nghị", "Yêu cầu", "Đề nghị"].iter().any(|v| text.contains(v))
            || text.ends_with("./.");
        let closing = last && asks || text.contains("nghiêm túc");
        if !closing {
            return false;
        }
        let reports = text.contains("báo cáo") || text.bytes().any(|b| b.is_ascii_digit());
        let span = Span { start: self.tree.nodes[n].text, end: self.tree.nodes[n].span.end };
        let dated = |f: &Found| f.deadline.kind != DeadlineKind::Continuous;
        !reports || !times_in(&self.clean.text, span, self.year).iter().any(dated)
    }

    /// Dashes that each begin with a verb, below a line that names a body: below a whole sentence they are its further
    /// tasks, below a line without an end ("Đề nghị các hợp tác xã thu mua nông sản") all of it is the name.
    fn dashes(&mut self, n: usize, w: &Words<'_>, text: &str, s: &Subject, who: &Above, children: &[usize]) -> bool {
        let rank = self.tree.nodes[n].rank;
        // Letters only below a line that names many bodies: another line may be a sentence without its full stop.
        let many = s.lead.iter().any(|l| text.get(l.at.clone()).is_some_and(|name| name.starts_with("các ")));
        let lettered = (s.request || many) && !text.ends_with('.');
        let items = if lettered { rank + 1..PARAGRAPH } else { DASH..PARAGRAPH };
        let dashed = |&c: &usize| items.contains(&self.tree.nodes[c].rank);
        let below: Vec<usize> = children.iter().copied().take_while(dashed).collect();
        let work = below.iter().filter(|&&c| subject::acts(&Words::new(words::head(self.text(c), 40)))).count();
        if self.tree.nodes[n].rank >= DASH || below.len() < 2 || work * 2 <= below.len() {
            return false;
        }
        let mut who = who.clone();
        if text.ends_with('.') {
            self.emit(n, text, w, &Above { coordinating: vec![], ..who.clone() }, s.sure);
            if let Some(draft) = self.drafts.last_mut() {
                draft.times.retain(|time| time.at.end <= draft.span.end);
            }
            who.coordinating.clear();
        } else if text.ends_with(char::is_alphanumeric) && text.len() < HEADING {
            let mut names = s.lead.clone();
            if let Some(last) = names.last_mut() {
                last.at.end = text.len();
            }
            who.lead = self.pieces_of(text, self.tree.nodes[n].text, &names, s.sure);
            who.coordinating.clear();
        } else {
            return false;
        }
        self.children(&below, &who, Some(n));
        true
    }

    pub(super) fn emit(&mut self, n: usize, text: &str, w: &Words<'_>, who: &Above, sure: f32) {
        self.emit_from(n, 0, text, w, who, sure);
    }

    /// A task whose own words `w` begin at byte `from` of its clause.
    fn emit_from(&mut self, n: usize, from: usize, text: &str, w: &Words<'_>, who: &Above, sure: f32) {
        let node = &self.tree.nodes[n];
        let base = node.text + from;
        let span = Span { start: base, end: node.text + text.len() };
        let mut coordinating = who.coordinating.clone();
        let own = text.get(from..).unwrap_or("");
        let mut partners = self.pieces_of(own, base, &subject::partners(w), 0.8);
        drop_named(&mut partners, who.lead.iter().map(|l| l.text.as_str()));
        add(&mut coordinating, partners);
        let mut times = placed(in_words(w, self.year), span.start);
        if times.is_empty() {
            for &c in &node.children.clone() {
                // The sentence of another body has a time of its own.
                if self.tree.nodes[c].rank == PARAGRAPH && self.names_below(&[c]) {
                    break;
                }
                let child = self.tree.nodes[c].span;
                times.extend(times_in(&self.clean.text, child, self.year));
                if !times.is_empty() {
                    break;
                }
            }
        }
        self.drafts.push(Draft {
            anchor: node.anchor.clone(),
            heading: who.heading.clone(),
            span,
            words: None,
            lead: who.lead.clone(),
            coordinating,
            times,
            product: None,
            request: who.request || text.starts_with("Đề nghị"),
            part: who.part.unwrap_or(Part::Content),
            in_table: false,
            sure,
        });
    }
}
