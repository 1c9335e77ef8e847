//! Which task of a new plan carries on a task of an old one: the same place in the paper with like words, or nearly the same words.

use std::collections::BTreeSet;

use kernel::{Uuid, text::fold};

/// A task to be matched.
#[derive(Debug, Clone)]
pub struct Words {
    /// Its row.
    pub id: Uuid,
    /// Address in its paper.
    pub anchor: String,
    /// Its words.
    pub text: String,
}

/// Likeness from which the same address is enough.
const SAME_PLACE: f64 = 0.35;
/// Likeness from which words alone are enough.
const SAME_WORDS: f64 = 0.6;

/// For each old task the new one that carries it on, at most one each way, the most alike first.
pub fn pairs(old: &[Words], new: &[Words]) -> Vec<(Uuid, Uuid)> {
    let sets = |tasks: &[Words]| tasks.iter().map(|task| words(&task.text)).collect::<Vec<_>>();
    let (old_words, new_words) = (sets(old), sets(new));
    let mut found: Vec<(f64, Uuid, Uuid)> = Vec::new();
    for (a, a_words) in old.iter().zip(&old_words) {
        for (b, b_words) in new.iter().zip(&new_words) {
            let like = likeness(a_words, b_words);
            let same_place = a.anchor == b.anchor;
            if like >= if same_place { SAME_PLACE } else { SAME_WORDS } {
                found.push((like + if same_place { 0.2 } else { 0.0 }, a.id, b.id));
            }
        }
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0));
    let mut out: Vec<(Uuid, Uuid)> = Vec::new();
    for (_, a, b) in found {
        if !out.iter().any(|(x, y)| *x == a || *y == b) {
            out.push((a, b));
        }
    }
    out
}

/// How alike two texts are, from 0 to 1: the share of words that they have in common.
pub fn alike(a: &str, b: &str) -> f64 {
    likeness(&words(a), &words(b))
}

fn words(text: &str) -> BTreeSet<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn likeness(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_find_their_successors() {
        let task = |anchor: &str, text: &str| Words { id: kernel::new_id(), anchor: anchor.into(), text: text.into() };
        let old = [
            task("II.1", "Tập huấn nghiệp vụ cho tuyên truyền viên pháp luật cấp xã"),
            task("II.2", "Tổ chức Ngày Pháp luật"),
            task("II.3", "Mua sắm tủ sách pháp luật"),
        ];
        let new = [
            task("II.1", "Tổ chức Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam"),
            task("II.4", "Tập huấn nghiệp vụ cho tuyên truyền viên pháp luật ở cấp xã"),
            task("II.2", "Tổ chức các hoạt động hưởng ứng Ngày Pháp luật"),
        ];
        let found = pairs(&old, &new);
        assert!(found.contains(&(old[0].id, new[1].id)));
        assert!(found.contains(&(old[1].id, new[2].id)));
        assert_eq!(found.len(), 2);
    }
}
