//! Headings that describe the bodies below them instead of naming them.

use super::{Above, HEADING, Reader};
use crate::recognise::tasks::agencies::{Name, Words, begins};
use crate::recognise::tasks::subject::{self, Subject};
use crate::recognise::tasks::tree::DASH;

/// How many headings before and behind are looked at.
const NEAR: usize = 8;

impl Reader<'_> {
    /// Bodies described rather than named: a heading among headings that name bodies ("6. Các doanh nghiệp đang hoạt động
    /// trong khu"), and "Đối với các cơ sở …:" below such a one.
    pub(super) fn in_general(&self, n: usize, w: &Words<'_>, text: &str, above: &Above) -> Option<Above> {
        let node = &self.tree.nodes[n];
        let whole = text.trim_end_matches([':', '.', ' ']);
        if node.rank >= DASH || node.children.is_empty() || whole.len() > HEADING || whole.contains(['.', ';']) {
            return None;
        }
        let about = w.is(0, &["đối", "với"]);
        let at = if about { 2 } else { 0 };
        if !matches!(w.low(at), Some("các" | "những")) || !begins(w, at) {
            return None;
        }
        if !(!about && self.among_bodies(n) || about && above.general) {
            return None;
        }
        let bracket = whole.find(" (").filter(|_| whole.ends_with(')'));
        let name = Name { at: w.start(at)..bracket.unwrap_or(whole.len()), known: true };
        let lead = self.pieces_of(text, node.text, &[name], 0.7);
        Some(Above { general: true, ..above.with(lead, above.request, 0.8) })
    }

    /// At least two of the headings around clause `n` name bodies.
    fn among_bodies(&self, n: usize) -> bool {
        let node = &self.tree.nodes[n];
        let siblings = node.parent.map_or(&self.tree.roots, |p| &self.tree.nodes[p].children);
        // The nearest ones tell.
        let here = siblings.partition_point(|&s| s < n);
        let near = siblings.get(here.saturating_sub(NEAR)..siblings.len().min(here + NEAR)).unwrap_or_default();
        let heads = near.iter().filter(|&&s| {
            let other = &self.tree.nodes[s];
            s != n
                && other.rank == node.rank
                && self.text(s).len() < HEADING
                && subject::read(&Words::new(self.text(s)))
                    .is_some_and(|s| s.heading && !other.children.is_empty() || s.run_in.is_some())
        });
        heads.take(2).count() == 2
    }

    /// A heading among headings that name bodies is a name to its end ("Trung tâm Ứng dụng giống mới, máy nông nghiệp và thủy lợi").
    pub(super) fn whole_name(&self, n: usize, w: &Words<'_>) -> Option<Subject> {
        let node = &self.tree.nodes[n];
        if node.rank >= DASH || node.children.is_empty() {
            return None;
        }
        subject::whole(w).filter(|_| self.among_bodies(n))
    }
}
