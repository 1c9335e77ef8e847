//! Strokes that belong together.

use super::Stroke;

/// Strokes nearer than this are one.
pub(super) const NEAR: f32 = 2.5;

/// Strokes in one line that touch are one.
pub(super) fn merge(mut all: Vec<Stroke>) -> Vec<Stroke> {
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Stroke> = Vec::new();
    let mut rest = all.as_mut_slice();
    while let Some(first) = rest.first().map(|stroke| stroke.at) {
        let count = rest.iter().take_while(|stroke| stroke.at - first <= NEAR / 2.0).count();
        let (line, after) = std::mem::take(&mut rest).split_at_mut(count);
        rest = after;
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let begin = out.len();
        for stroke in line {
            match out[begin..].last_mut() {
                Some(last) if stroke.from <= last.to + NEAR => last.to = last.to.max(stroke.to),
                _ => out.push(Stroke { at: first, ..*stroke }),
            }
        }
    }
    // A dot where two cells meet.
    out.retain(|stroke| stroke.to - stroke.from > NEAR);
    out
}

/// Strokes that touch, table by table.
pub(super) fn groups(across: &[Stroke], down: &[Stroke]) -> Vec<(Vec<Stroke>, Vec<Stroke>)> {
    let mut parent: Vec<usize> = (0..across.len() + down.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    let within = |at: f32, stroke: &Stroke| at >= stroke.from - NEAR && at <= stroke.to + NEAR;
    for (i, one) in across.iter().enumerate() {
        for (j, other) in down.iter().enumerate() {
            if within(other.at, one) && within(one.at, other) {
                let (a, b) = (root(&mut parent, i), root(&mut parent, across.len() + j));
                parent[a] = b;
            }
        }
    }
    let mut place = vec![usize::MAX; parent.len()];
    let mut out: Vec<(Vec<Stroke>, Vec<Stroke>)> = Vec::new();
    for at in 0..parent.len() {
        let root = root(&mut parent, at);
        if place[root] == usize::MAX {
            place[root] = out.len();
            out.push(Default::default());
        }
        let group = &mut out[place[root]];
        match at.checked_sub(across.len()) {
            None => group.0.push(across[at]),
            Some(at) => group.1.push(down[at]),
        }
    }
    out
}
