//! Lines that hold no work of their own but say who carries, or helps with, all the work below them.

use super::{Above, HEADING, Reader};
use crate::recognise::tasks::agencies::Words;
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

    /// Below the heading of a body: a paragraph that announces dashes, or a clause that says nothing but who helps
    /// ("a) Chủ trì, phối hợp với các sở, ngành").
    pub(super) fn over_dashes(&self, n: usize, text: &str, w: &Words<'_>, above: &Above) -> bool {
        let node = &self.tree.nodes[n];
        let announces = node.rank == PARAGRAPH && text.ends_with(':') && node.children.len() > 1;
        above.sure >= 0.7 && (announces || !node.children.is_empty() && subject::only_helped(w))
    }
}
