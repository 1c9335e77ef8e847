//! What a confirmed paper becomes: the kind of plan, its years, the product a task expects.

use chrono::{Datelike, NaiveDate};
use kernel::text::fold;

/// Kind of plan; programmes hold projects, projects hold yearly plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanKind {
    /// Chương trình.
    Programme,
    /// Đề án.
    Project,
    /// Kế hoạch năm.
    Yearly,
    /// Another paper that gives work: chỉ thị, quyết định, công văn.
    Paper,
}

impl PlanKind {
    /// All of them, the widest first.
    pub const ALL: [PlanKind; 4] = [PlanKind::Programme, PlanKind::Project, PlanKind::Yearly, PlanKind::Paper];

    /// Stable key, as stored.
    pub fn key(self) -> &'static str {
        match self {
            PlanKind::Programme => "programme",
            PlanKind::Project => "project",
            PlanKind::Yearly => "yearly",
            PlanKind::Paper => "paper",
        }
    }

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            PlanKind::Programme => "Chương trình",
            PlanKind::Project => "Đề án",
            PlanKind::Yearly => "Kế hoạch",
            PlanKind::Paper => "Văn bản giao nhiệm vụ",
        }
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> PlanKind {
        PlanKind::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or(PlanKind::Paper)
    }

    /// From the kind and the title of a paper ("Quyết định" "ban hành Chương trình …").
    pub fn of_paper(kind: &str, title: &str) -> PlanKind {
        let title = fold(title);
        let issues = |what: &str| {
            title.starts_with(&format!("ban hanh {what}")) || title.starts_with(&format!("phe duyet {what}"))
        };
        match fold(kind).as_str() {
            "chuong trinh" => PlanKind::Programme,
            "de an" | "du an" => PlanKind::Project,
            "ke hoach" => PlanKind::Yearly,
            _ if issues("chuong trinh") => PlanKind::Programme,
            _ if issues("de an") => PlanKind::Project,
            _ if issues("ke hoach") => PlanKind::Yearly,
            _ => PlanKind::Paper,
        }
    }
}

/// Last year of a plan that names none.
pub const OPEN_END: i32 = 9999;

/// Years of a plan: "giai đoạn 2021 - 2025", "năm 2026", "đến năm 2030"; without any, from its issue on.
pub fn years(title: &str, issued: NaiveDate) -> (i32, i32) {
    let folded = fold(title);
    let words: Vec<&str> = folded.split(' ').collect();
    let year = |at: usize| {
        let word = words.get(at)?;
        word.parse::<i32>().ok().filter(|year| word.len() == 4 && (1990..=2100).contains(year))
    };
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    // A paper of December is made for the year that follows.
    let start = if issued.month() == 12 { issued.year() + 1 } else { issued.year() };
    for at in 0..words.len() {
        if word(at) == "giai" && word(at + 1) == "doan" {
            let found: Vec<i32> = (at + 2..at + 7).filter_map(year).collect();
            if let [from, to, ..] = found.as_slice() {
                return (*from, (*from).max(*to));
            }
        }
    }
    // "ngày 06 tháng 10 năm 2020" is a date of another paper.
    let named = |at: usize| {
        let date = at >= 2 && word(at - 2) == "thang";
        (word(at) == "nam" && !date).then(|| year(at + 1)).flatten()
    };
    let found: Vec<(usize, i32)> = (0..words.len()).filter_map(|at| Some((at, named(at)?))).collect();
    match found.as_slice() {
        [] => (start, OPEN_END),
        [.., (_, from), (at, to)] if word(at.saturating_sub(1)) == "den" => (*from, (*from).max(*to)),
        [.., (at, to)] if matches!(word(at.saturating_sub(1)), "den" | "nhin") => (start.min(*to), *to),
        [.., (_, only)] => (*only, *only),
    }
}

const PRODUCTS: [(&str, &str); 10] = [
    ("ke hoach", "Kế hoạch"),
    ("bao cao", "Báo cáo"),
    ("quyet dinh", "Quyết định"),
    ("to trinh", "Tờ trình"),
    ("nghi quyet", "Nghị quyết"),
    ("chi thi", "Chỉ thị"),
    ("huong dan", "Hướng dẫn"),
    ("de an", "Đề án"),
    ("chuong trinh", "Chương trình"),
    ("cong van", "Công văn"),
];

/// Kind of paper that the words of a product begin with, or nothing.
pub fn product_kind(product: &str) -> &'static str {
    let folded = fold(product);
    PRODUCTS.iter().find(|(key, _)| folded.starts_with(key)).map_or("", |(_, label)| label)
}

/// How far an expected product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing said yet.
    Nothing,
    /// Tham mưu.
    Drafting,
    /// Trình.
    Submitted,
    /// Ban hành.
    Issued,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Stage; 4] = [Stage::Nothing, Stage::Drafting, Stage::Submitted, Stage::Issued];

    /// Stable key, as stored.
    pub fn key(self) -> &'static str {
        match self {
            Stage::Nothing => "",
            Stage::Drafting => "drafting",
            Stage::Submitted => "submitted",
            Stage::Issued => "issued",
        }
    }

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Nothing => "chưa bắt đầu",
            Stage::Drafting => "tham mưu",
            Stage::Submitted => "đã trình",
            Stage::Issued => "đã ban hành",
        }
    }

    /// The stage with this key.
    pub fn from_key(key: &str) -> Stage {
        Stage::ALL.into_iter().find(|stage| stage.key() == key).unwrap_or(Stage::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_from_the_title() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let read = |title: &str| years(title, day(2026, 1, 15));
        assert_eq!(read("Phổ biến, giáo dục pháp luật năm 2026"), (2026, 2026));
        assert_eq!(read("Nâng cao hiệu quả giai đoạn 2022 - 2027"), (2022, 2027));
        assert_eq!(read("Thực hiện Đề án từ năm 2024 đến năm 2030"), (2024, 2030));
        assert_eq!(read("Thực hiện Đề án đến năm 2030"), (2026, 2030));
        assert_eq!(read("Thực hiện Kết luận số 80 ngày 20 tháng 6 năm 2020"), (2026, OPEN_END));
        assert_eq!(years("Thực hiện Chỉ thị", day(2020, 12, 31)), (2021, OPEN_END));
    }

    #[test]
    fn the_kind_follows_the_paper() {
        assert_eq!(PlanKind::of_paper("Kế hoạch", "Năm 2026"), PlanKind::Yearly);
        assert_eq!(PlanKind::of_paper("Quyết định", "Phê duyệt Chương trình phổ biến"), PlanKind::Programme);
        assert_eq!(PlanKind::of_paper("Chỉ thị", "Tăng cường"), PlanKind::Paper);
        assert_eq!(product_kind("Báo cáo kết quả của UBND xã"), "Báo cáo");
        assert!(PlanKind::ALL.into_iter().all(|kind| PlanKind::from_key(kind.key()) == kind));
        assert!(Stage::ALL.into_iter().all(|stage| Stage::from_key(stage.key()) == stage));
    }
}
