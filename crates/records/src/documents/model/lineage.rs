//! The line of papers behind and after a document: who carries out what, and how many days each hop took.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kernel::Uuid;

use super::Mode;

/// A paper as a citation or the register knows it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Known {
    /// Number as printed.
    pub number: String,
    /// [`papers::number_key`] of it.
    pub key: String,
    /// Kind of paper.
    pub kind: String,
    /// Who issued it, when known.
    pub issuer: String,
    /// Date of issue.
    pub date: Option<NaiveDate>,
    /// The registered document; `None` for one that is only cited.
    pub document: Option<Uuid>,
    /// What it is kept as, and the day it was registered.
    pub registered: Option<(Mode, NaiveDate)>,
}

/// A hop from an earlier paper to the one that carries it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::documents) struct Hop {
    /// Index of the earlier paper.
    pub from: usize,
    /// Index of the later one.
    pub to: usize,
    /// Days between the two.
    pub days: Option<i64>,
}

/// Papers and the hops between them.
#[derive(Debug, Clone, Default)]
pub(in crate::documents) struct Lineage {
    /// The papers.
    pub nodes: Vec<Known>,
    /// The hops; what follows from others is left out.
    pub hops: Vec<Hop>,
    /// Index of the document in whose name it is drawn.
    pub here: usize,
    edges: BTreeSet<(usize, usize)>,
}

impl Lineage {
    /// Only the document itself.
    pub(in crate::documents) fn of(here: Known) -> Self {
        Self { nodes: vec![here], ..Self::default() }
    }

    /// The paper's index; one number in two ways of printing is one paper, and a date or a document that becomes known
    /// is kept. Papers of one number and different dates are different papers.
    pub(in crate::documents) fn node(&mut self, paper: Known) -> usize {
        let same = |node: &Known| {
            node.key == paper.key && (node.date == paper.date || node.date.is_none() || paper.date.is_none())
        };
        match self.nodes.iter().position(same) {
            Some(at) => {
                if let Some(node) = self.nodes.get_mut(at) {
                    node.date = node.date.or(paper.date);
                    if node.document.is_none() && paper.document.is_some() {
                        *node = Known { date: node.date, ..paper };
                    }
                }
                at
            }
            None => {
                self.nodes.push(paper);
                self.nodes.len() - 1
            }
        }
    }

    /// Notes that `to` carries out `from`, unless that would lead in a circle.
    pub(in crate::documents) fn edge(&mut self, from: usize, to: usize) {
        let date = |at: usize| self.nodes.get(at).and_then(|node| node.date);
        let backwards = date(from).zip(date(to)).is_some_and(|(from, to)| from > to);
        if from != to && !backwards && !self.reaches(to, from, None) {
            self.edges.insert((from, to));
        }
    }

    fn reaches(&self, from: usize, to: usize, without: Option<(usize, usize)>) -> bool {
        let (mut open, mut seen) = (vec![from], BTreeSet::new());
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            if seen.insert(at) {
                let next = self.edges.range((at, 0)..(at + 1, 0)).filter(|edge| Some(**edge) != without);
                open.extend(next.map(|(_, next)| *next));
            }
        }
        false
    }

    /// Keeps what leads to the document or from it, and of the hops only those that no other way explains.
    pub(in crate::documents) fn settle(mut self) -> Self {
        let kept: Vec<(usize, usize)> = self
            .edges
            .iter()
            .copied()
            .filter(|&(from, to)| self.reaches(to, self.here, None) || self.reaches(self.here, from, None))
            .filter(|&(from, to)| !self.reaches(from, to, Some((from, to))))
            .collect();
        let used = |at: usize| at == self.here || kept.iter().any(|&(from, to)| at == from || at == to);
        let mut order: Vec<usize> = (0..self.nodes.len()).filter(|at| used(*at)).collect();
        order.sort_by_key(|at| self.nodes.get(*at).map(|node| (node.date.is_none(), node.date, node.key.clone())));
        let place = |old: usize| order.iter().position(|at| *at == old).unwrap_or(0);
        let date = |at: usize| self.nodes.get(at).and_then(|node| node.date);
        let mut hops: Vec<Hop> = kept
            .iter()
            .map(|&(from, to)| {
                let days = date(from).zip(date(to)).map(|(from, to)| (to - from).num_days());
                Hop { from: place(from), to: place(to), days }
            })
            .collect();
        hops.sort_by_key(|hop| (hop.to, hop.from));
        let here = place(self.here);
        self.nodes = order.iter().filter_map(|at| self.nodes.get(*at).cloned()).collect();
        Self { nodes: self.nodes, hops, here, edges: BTreeSet::new() }
    }

    /// Column of each paper: the longest way to it.
    pub(in crate::documents) fn columns(&self) -> Vec<usize> {
        let mut columns = vec![0; self.nodes.len()];
        for _ in 0..self.nodes.len() {
            for hop in &self.hops {
                let least = columns.get(hop.from).copied().unwrap_or(0) + 1;
                if let Some(column) = columns.get_mut(hop.to) {
                    *column = least.max(*column);
                }
            }
        }
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(number: &str, date: Option<(i32, u32, u32)>) -> Known {
        Known {
            number: number.into(),
            key: papers::number_key(number),
            kind: String::new(),
            issuer: String::new(),
            date: date.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d)),
            document: None,
            registered: None,
        }
    }

    #[test]
    fn days_stand_on_the_shortest_explanation() {
        let mut lineage = Lineage::of(paper("7/KH-UBND", Some((2026, 3, 31))));
        let decision = lineage.node(paper("5/QĐ-TTg", Some((2026, 1, 10))));
        let conclusion = lineage.node(paper("3-KL/TW", Some((2025, 12, 1))));
        lineage.edge(decision, 0);
        lineage.edge(conclusion, decision);
        lineage.edge(conclusion, 0);
        lineage.edge(0, conclusion);
        let lineage = lineage.settle();
        let days: Vec<_> = lineage.hops.iter().map(|hop| hop.days).collect();
        assert_eq!(days, [Some(40), Some(80)]);
        assert_eq!(lineage.columns(), [0, 1, 2]);
        assert_eq!(lineage.here, 2);
    }

    #[test]
    fn a_number_printed_two_ways_is_one_paper_and_a_stub_becomes_a_document() {
        let mut lineage = Lineage::of(paper("1/KH-UBND", Some((2026, 1, 1))));
        let stub = lineage.node(paper("98-KH/BCĐCT32", None));
        let id = kernel::new_id();
        let arrived = Known { document: Some(id), ..paper("98/KH-BCĐCT32", Some((2005, 5, 4))) };
        assert_eq!(lineage.node(arrived), stub);
        assert_eq!(lineage.nodes[stub].document, Some(id));
        assert!(lineage.nodes[stub].date.is_some());
        // The same number of another year is another paper.
        assert_ne!(lineage.node(paper("98-KH/BCĐCT32", Some((2010, 1, 1)))), stub);
    }

    #[test]
    fn what_has_nothing_to_do_with_the_document_is_left_out() {
        let mut lineage = Lineage::of(paper("1/KH-UBND", None));
        let a = lineage.node(paper("2/KH-UBND", None));
        let b = lineage.node(paper("3/KH-UBND", None));
        lineage.edge(a, b);
        assert_eq!(lineage.settle().nodes.len(), 1);
    }
}
