//! Lists behind the signature: they say to whom the paper goes and hold no work.

use std::ops::Range;

use super::Reader;
use crate::recognise::fold::{bare_start, is_caps};
use crate::recognise::tasks::tree::PARAGRAPH;

impl Reader<'_> {
    /// Lists behind the signature that only say to whom the paper goes: bytes of each, up to the next annex.
    pub(super) fn lists(&self) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = vec![];
        let mut open: Option<usize> = None;
        for (n, node) in self
            .tree
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, node)| node.annex && node.rank >= PARAGRAPH || node.rank == 0)
        {
            let text = self.text(n);
            let head = bare_start(text, 24);
            if ["noi nhan", "danh sach", "kinh gui"].iter().any(|h| head.starts_with(h)) {
                open.get_or_insert(node.span.start);
            } else if node.rank == 0 || is_caps(text) && text.len() < 200 {
                out.extend(open.take().map(|from| from..node.span.start));
            }
        }
        out.extend(open.map(|from| from..self.clean.text.len()));
        // A list of companies, its heading lost among the lines of the signature.
        let first = self.tree.nodes.iter().position(|n| n.annex);
        let behind = self.tree.nodes.get(first.unwrap_or(usize::MAX)..).unwrap_or_default();
        let until = behind.iter().position(|n| n.rank <= 5 || n.rank == PARAGRAPH).unwrap_or(behind.len());
        let list = behind.get(..until).unwrap_or_default();
        let companies = list.iter().filter(|n| {
            let text = self.clean.text.get(n.text..n.span.end).unwrap_or("");
            ["Công ty", "Tổng công ty", "Tổng Công ty", "Tập đoàn", "Doanh nghiệp"].iter().any(|c| text.starts_with(c))
        });
        if let (Some(a), Some(b)) = (list.first(), list.last())
            && companies.count() * 2 > list.len()
        {
            out.push(a.span.start..b.span.end);
        }
        out
    }
}
