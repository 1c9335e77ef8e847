//! Lines that hold no work of their own but say who carries, or helps with, all the work below them.

use super::{Above, HEADING, Reader};
use crate::recognise::tasks::agencies::{Words, list_in_prose};
use crate::recognise::tasks::emit::{add, drop_named};
use crate::recognise::tasks::subject;
use crate::recognise::tasks::tree::{DASH, PARAGRAPH};

impl Reader<'_> {
    /// A paragraph "Đề nghị X thực hiện các nhiệm vụ sau:" above numbered clauses governs them.
    pub(super) fn announces(&self, n: usize, next: Option<usize>, above: &Above) -> Option<Above> {
        let node = &self.tree.nodes[n];
        let text = self.text(n);
        let numbered = next.is_some_and(|x| self.tree.nodes[x].rank < DASH);
        if node.rank != PARAGRAPH
            || node.parent.is_none()
            || !numbered
            || !text.ends_with(':')
            || !node.children.is_empty()
        {
            return None;
        }
        let tail = text.char_indices().rev().nth(420).map_or(0, |(i, _)| i);
        let w = Words::new(text.get(tail..)?);
        let base = node.text + tail;
        let Some(s) = subject::read(&w) else {
            return (above.sure >= 0.7).then(|| self.helped(&w, text, n, above)).flatten();
        };
        let lead = self.pieces_of(text.get(tail..)?, base, &s.lead, 0.7);
        Some(above.with(lead, s.request, 0.65))
    }

    /// "Chủ trì, phối hợp với Sở X tham mưu …:" below the heading of a body: who helps with all that follows.
    /// A `text` longer than a heading is none, so `w` need only be the words of its end.
    pub(super) fn helped(&self, w: &Words<'_>, text: &str, n: usize, above: &Above) -> Option<Above> {
        if !(w.is(0, &["chủ", "trì"]) || w.is(0, &["phối", "hợp"])) || text.len() > HEADING {
            return None;
        }
        let mut inner = above.clone();
        let mut partners = self.pieces_of(text, self.tree.nodes[n].text, &subject::partners(w), 0.8);
        drop_named(&mut partners, above.lead.iter().map(|l| l.text.as_str()));
        add(&mut inner.coordinating, partners);
        (inner.coordinating.len() > above.coordinating.len()).then_some(inner)
    }

    /// "b) Chủ trì, phối hợp với:" above lines that each begin with who helps and go on with the work.
    pub(super) fn helpers_below(&mut self, text: &str, children: &[usize], above: &Above) -> bool {
        let bare = text.trim_end_matches([':', ' ', '.']).to_lowercase();
        let bare = bare.trim_end_matches(" với").trim_end_matches(" cùng");
        if !matches!(bare, "chủ trì, phối hợp" | "chủ trì phối hợp" | "phối hợp") || children.is_empty()
        {
            return false;
        }
        for &n in children {
            let text = self.text(n);
            let w = Words::new(text);
            let mut inner = above.clone();
            let helpers = self.pieces_of(text, self.tree.nodes[n].text, &list_in_prose(&w, 0).names, 0.8);
            add(&mut inner.coordinating, helpers);
            drop_named(&mut inner.coordinating, above.lead.iter().map(|l| l.text.as_str()));
            self.emit(n, text, &w, &inner, above.sure);
        }
        true
    }

    /// "Xây dựng quy chế (Sở A chủ trì, phối hợp với Sở B)", "… (giao Sở C thực hiện)": brackets at the end name the body.
    pub(super) fn in_brackets(&self, n: usize, text: &str, above: &Above) -> Option<Above> {
        let inner = text.trim_end_matches(['.', ';', '/', ' ']).strip_suffix(')')?;
        let open = inner.rfind('(')? + 1;
        let told = inner.get(open..)?.trim_start_matches("do ");
        let from = inner.len() - told.len();
        if n < self.numbered || self.report || open < 16 || told.len() > HEADING {
            return None;
        }
        let s = subject::read(&Words::new(told)).filter(|s| !s.heading)?;
        let verb = told.get(s.lead.last()?.at.end..)?;
        let work = ["chủ trì", "thực hiện", "tham mưu", "phụ trách", "đầu mối", "làm đầu mối", "chịu trách nhiệm"];
        let carries = work.iter().any(|work| verb.trim_start().starts_with(work));
        carries.then(|| above.with(self.pieces_of(told, self.tree.nodes[n].text + from, &s.lead, 0.85), s.request, 0.8))
    }

    /// Below the heading of a body: a paragraph that announces dashes, or a clause that says nothing but who helps
    /// ("a) Chủ trì, phối hợp với các sở, ngành").
    pub(super) fn over_dashes(&self, n: usize, text: &str, w: &Words<'_>, above: &Above) -> bool {
        let node = &self.tree.nodes[n];
        let announces = node.rank == PARAGRAPH && text.ends_with(':') && node.children.len() > 1;
        above.sure >= 0.7 && (announces || !node.children.is_empty() && subject::only_helped(w))
    }
}
