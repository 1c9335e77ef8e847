//! Tasks under review: what still needs a look, in which order they are shown, where they can be split.

use super::reading::low;

/// Why a person should look at a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::documents) enum Doubt {
    /// A named body has no meaning yet.
    Unresolved,
    /// Nobody leads.
    NoLead,
    /// The reader was not sure.
    Unsure,
}

/// Where a task stands in its paper, as people say it: of "II.2.6#1" "mục II.2.6, việc thứ 1".
pub fn place_label(anchor: &str) -> String {
    let (base, parts) = place_parts(anchor);
    let named = ["Điều", "Khoản", "Chương", "Phần", "Phụ lục", ADDED].iter().any(|word| base.starts_with(word));
    let base = if named || base.is_empty() { base } else { format!("mục {base}") };
    let words = Some(base).filter(|base| !base.is_empty()).into_iter().chain(parts);
    words.collect::<Vec<_>>().join(", ")
}

/// The same in short, before the task's own words: "II.2.6 (việc thứ 1)".
pub fn place(anchor: &str) -> String {
    match place_parts(anchor) {
        (base, parts) if parts.is_empty() => base,
        (base, parts) if base.is_empty() => parts.join(", "),
        (base, parts) => format!("{base} ({})", parts.join(", ")),
    }
}

/// Of a task that a person added.
const ADDED: &str = "việc thêm khi rà soát";

/// The clause, and which of its tasks.
fn place_parts(anchor: &str) -> (String, Vec<String>) {
    let signs = |c: char| "#+=~".contains(c);
    let end = anchor.find(signs).unwrap_or(anchor.len());
    let (base, mut rest) = anchor.split_at(end);
    let annex = base.strip_prefix("PL");
    let clause = match (base, annex.map(|tail| tail.split_once('.').unwrap_or((tail, "")))) {
        ("thêm", _) => ADDED.to_owned(),
        (_, Some((number, inside))) => match (number, inside) {
            ("", "") => "Phụ lục".to_owned(),
            (_, "") => format!("Phụ lục {number}"),
            ("", _) => format!("Phụ lục, mục {inside}"),
            _ => format!("Phụ lục {number}, mục {inside}"),
        },
        _ => base.to_owned(),
    };
    let mut parts = Vec::new();
    while let Some(sign) = rest.chars().next() {
        let tail = rest.get(sign.len_utf8()..).unwrap_or_default();
        let end = tail.find(signs).unwrap_or(tail.len());
        let (number, after) = tail.split_at(end);
        parts.push(match sign {
            '#' => format!("việc thứ {number}"),
            '+' => format!("ý thứ {number}"),
            '=' => format!("nhóm {number}"),
            _ => format!("lần {number}"),
        });
        rest = after;
    }
    (clause, parts)
}

/// What the review needs to know of a task.
#[derive(Debug, Clone, Default)]
pub(in crate::documents) struct Standing {
    /// `open`, `accepted` or `dropped`.
    pub state: String,
    /// In percent.
    pub confidence: i64,
    /// Leading parties.
    pub leads: usize,
    /// Parties without a meaning.
    pub unresolved: usize,
    /// Lowest confidence among its parties, in percent.
    pub least: i64,
}

impl Standing {
    /// Why somebody should look at it, the graver first.
    pub(in crate::documents) fn doubts(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        if self.unresolved > 0 {
            doubts.push(Doubt::Unresolved);
        }
        if self.leads == 0 {
            doubts.push(Doubt::NoLead);
        }
        if low(self.confidence) || low(self.least) {
            doubts.push(Doubt::Unsure);
        }
        doubts
    }

    /// May it be accepted together with all others that are certain?
    pub(in crate::documents) fn sure(&self) -> bool {
        self.state == "open" && self.doubts().is_empty()
    }

    /// Place among the tasks: doubtful open ones, other open ones, accepted ones, dropped ones.
    pub(in crate::documents) fn rank(&self) -> u8 {
        match (self.state.as_str(), self.doubts().first()) {
            ("open", Some(Doubt::Unresolved)) => 0,
            ("open", Some(_)) => 1,
            ("open", None) => 2,
            ("accepted", _) => 3,
            _ => 4,
        }
    }
}

/// Byte positions at which a text may be split: after a sentence, a semicolon or a line; else after a comma.
pub(in crate::documents) fn breaks(text: &str) -> Vec<usize> {
    let after = |signs: &[&str]| -> Vec<usize> {
        let mut found: Vec<usize> = signs
            .iter()
            .flat_map(|sign| text.match_indices(sign).map(|(at, sign)| at + sign.len()))
            .filter(|at| text.get(*at..).is_some_and(|rest| !rest.trim().is_empty()))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let strong = after(&[". ", "; ", "\n"]);
    if strong.is_empty() { after(&[", "]) } else { strong }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(state: &str, confidence: i64, leads: usize, unresolved: usize) -> Standing {
        Standing { state: state.into(), confidence, leads, unresolved, least: 100 }
    }

    #[test]
    fn doubtful_tasks_come_first_and_are_not_accepted_in_bulk() {
        assert_eq!(standing("open", 95, 1, 1).rank(), 0);
        assert_eq!(standing("open", 60, 1, 0).doubts(), [Doubt::Unsure]);
        assert_eq!(standing("open", 95, 0, 0).doubts(), [Doubt::NoLead]);
        assert!(standing("open", 95, 1, 0).sure());
        assert!(!standing("accepted", 95, 1, 0).sure());
        assert!(standing("dropped", 95, 1, 0).rank() > standing("accepted", 10, 0, 3).rank());
    }

    #[test]
    fn the_place_of_a_task_is_told_in_words() {
        for (anchor, words) in [
            ("II.2.6#1", "mục II.2.6, việc thứ 1"),
            ("II.2", "mục II.2"),
            ("II.1#2+3", "mục II.1, việc thứ 2, ý thứ 3"),
            ("II.2~2", "mục II.2, lần 2"),
            ("Điều 1.2.b", "Điều 1.2.b"),
            ("PL.VIII.2", "Phụ lục, mục VIII.2"),
            ("PL2.3#1", "Phụ lục 2, mục 3, việc thứ 1"),
            ("PL#4", "Phụ lục, việc thứ 4"),
            ("#1", "việc thứ 1"),
            ("thêm#2", "việc thêm khi rà soát, việc thứ 2"),
            ("", ""),
        ] {
            assert_eq!(place_label(anchor), words);
        }
        for (anchor, words) in [
            ("II.2.6#1", "II.2.6 (việc thứ 1)"),
            ("II.1#2+3", "II.1 (việc thứ 2, ý thứ 3)"),
            ("PL2.3#1", "Phụ lục 2, mục 3 (việc thứ 1)"),
            ("II.2", "II.2"),
            ("#1", "việc thứ 1"),
            ("", ""),
        ] {
            assert_eq!(place(anchor), words);
        }
    }

    #[test]
    fn a_text_splits_after_sentences_else_after_commas() {
        let text = "Rà soát văn bản; lập danh sách. Báo cáo.";
        let parts: Vec<&str> = breaks(text).into_iter().map(|at| &text[at..]).collect();
        assert_eq!(parts, ["lập danh sách. Báo cáo.", "Báo cáo."]);
        assert_eq!(breaks("In, phát tài liệu").len(), 1);
        assert!(breaks("Báo cáo.").is_empty());
    }
}
