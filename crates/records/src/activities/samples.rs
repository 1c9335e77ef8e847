//! A year of made-up activities of a province, for demonstrations and tests: the same for the same seed, every one marked as generated.

use chrono::{Datelike, Days, NaiveDate};
use kernel::Uuid;

use super::model::activity::{Disseminated, Draft, Material, Partner, Reporter};

/// What sort of agency records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// People's committee of a commune.
    Commune,
    /// Department of justice.
    Justice,
    /// Department of education.
    Education,
    /// Any other department or body of the province.
    Other,
}

/// An agency that records.
#[derive(Debug, Clone)]
pub struct Site {
    /// Which.
    pub owner: Uuid,
    /// The commune it serves.
    pub unit: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Its sort.
    pub sort: Sort,
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.roll(u64::try_from(high - low + 1).unwrap_or(1)) as i64
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let at = self.roll(list.len() as u64);
        list.get(usize::try_from(at).unwrap_or(0))
    }
}

/// Field of law and how a title names it.
const LAWS: [(&str, &str); 18] = [
    ("dat-dai", "Luật Đất đai"),
    ("giao-thong", "Luật Trật tự, an toàn giao thông đường bộ"),
    ("ma-tuy", "Luật Phòng, chống ma túy"),
    ("bao-luc-gia-dinh", "Luật Phòng, chống bạo lực gia đình"),
    ("hon-nhan-gia-dinh", "Luật Hôn nhân và gia đình"),
    ("cu-tru", "Luật Căn cước và Luật Cư trú"),
    ("lam-nghiep", "Luật Lâm nghiệp"),
    ("bien-gioi", "Luật Nghĩa vụ quân sự"),
    ("tre-em", "Luật Trẻ em"),
    ("an-ninh-mang", "Luật An ninh mạng"),
    ("moi-truong", "Luật Bảo vệ môi trường"),
    ("khieu-nai", "Luật Khiếu nại và Luật Tố cáo"),
    ("dan-chu", "Luật Thực hiện dân chủ ở cơ sở"),
    ("hoa-giai", "Luật Hòa giải ở cơ sở"),
    ("lao-dong", "Luật Bảo hiểm xã hội"),
    ("phong-chay", "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ"),
    ("mua-ban-nguoi", "Luật Phòng, chống mua bán người"),
    ("y-te", "Luật An toàn thực phẩm"),
];

/// A kind as it usually goes: weight for communes, justice, education and others; least and most turns; title.
struct Habit {
    kind: &'static str,
    weights: [u64; 4],
    turns: (i64, i64),
    title: &'static str,
}

const fn habit(kind: &'static str, weights: [u64; 4], turns: (i64, i64), title: &'static str) -> Habit {
    Habit { kind, weights, turns, title }
}

const HABITS: [Habit; 16] = [
    habit("tuyen-truyen-mieng", [22, 8, 4, 12], (25, 90), "Tuyên truyền {luật}"),
    habit("hoi-nghi", [12, 16, 10, 22], (50, 180), "Hội nghị phổ biến {luật}"),
    habit("phat-thanh", [30, 2, 0, 2], (0, 0), "Phát trên loa truyền thanh: {luật}"),
    habit("hoa-giai", [10, 0, 0, 0], (3, 12), "Phổ biến {luật} qua vụ việc hòa giải"),
    habit("doan-the", [9, 1, 0, 8], (25, 70), "Lồng ghép {luật} trong sinh hoạt chi hội"),
    habit("niem-yet", [7, 1, 1, 2], (0, 0), "Niêm yết tài liệu giới thiệu {luật}"),
    habit("cau-lac-bo", [5, 2, 2, 2], (20, 45), "Sinh hoạt câu lạc bộ pháp luật: {luật}"),
    habit("mang-xa-hoi", [8, 12, 8, 10], (0, 0), "Đăng bài trên trang mạng xã hội: {luật}"),
    habit("phat-tai-lieu", [6, 6, 3, 5], (0, 0), "Cấp phát tài liệu: {luật}"),
    habit("tap-huan", [3, 16, 8, 9], (40, 150), "Tập huấn {luật}"),
    habit("doi-thoai", [2, 2, 1, 3], (40, 120), "Đối thoại với người dân về {luật}"),
    habit("phien-toa-gia-dinh", [1, 3, 6, 1], (150, 500), "Phiên tòa giả định: {luật}"),
    habit("ngoai-khoa", [2, 1, 34, 1], (180, 600), "Ngoại khóa tìm hiểu {luật}"),
    habit("cuoc-thi", [1, 4, 8, 3], (120, 700), "Cuộc thi tìm hiểu {luật}"),
    habit("luu-dong", [2, 6, 1, 6], (60, 250), "Tuyên truyền lưu động {luật}"),
    habit("trang-tin", [1, 18, 10, 12], (0, 0), "Giới thiệu {luật} trên trang thông tin điện tử"),
];

/// How much goes on in each month; the ninth of November draws most.
const MONTHS: [u64; 12] = [3, 3, 6, 7, 8, 8, 6, 7, 9, 11, 18, 8];

const FAMILY: [&str; 12] = ["Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Lý", "Phạm", "Hà", "Đặng", "Vũ", "Bùi", "Lương"];
const MIDDLE: [&str; 8] = ["Văn", "Thị", "Đức", "Thu", "Minh", "Ngọc", "Hữu", "Thanh"];
const GIVEN: [&str; 14] =
    ["An", "Bình", "Cường", "Dung", "Giang", "Hải", "Hạnh", "Khánh", "Lan", "Mai", "Nam", "Phương", "Sơn", "Tâm"];

fn person(dice: &mut Dice) -> String {
    let pick = |dice: &mut Dice, list: &[&'static str]| dice.one(list).copied().unwrap_or_default();
    let (family, middle) = (pick(dice, &FAMILY), pick(dice, &MIDDLE));
    format!("{family} {middle} {}", pick(dice, &GIVEN))
}

/// A day of the year before `today`: busy months, working weeks and the days around the ninth of November more often.
fn day(dice: &mut Dice, today: NaiveDate) -> NaiveDate {
    loop {
        let day = today - Days::new(dice.roll(365));
        let month = MONTHS.get(day.month0() as usize).copied().unwrap_or(1);
        let near = day.month() == 11 && (1..=14).contains(&day.day());
        let weight = month * if near { 2 } else { 1 } * if day.weekday().num_days_from_monday() < 5 { 3 } else { 1 };
        if dice.roll(108) < weight {
            return day;
        }
    }
}

/// The activities of `sites` in the year before `today`: between none and about a hundred a commune, more for departments.
pub fn year(sites: &[Site], today: NaiveDate, seed: u64) -> Vec<Draft> {
    let mut dice = Dice(seed);
    // Some communes have not begun: a map without gaps would teach nothing.
    let idle = |at: usize, site: &Site| site.sort == Sort::Commune && at % 29 == 13;
    let begun = |(at, site): &(usize, &Site)| site.sort == Sort::Commune && !idle(*at, site);
    let communes: Vec<&Site> = sites.iter().enumerate().filter(begun).map(|(_, site)| site).collect();
    let mut out = Vec::new();
    for (at, site) in sites.iter().enumerate() {
        let people: Vec<String> = (0..6).map(|_| person(&mut dice)).collect();
        let minority = dice.between(5, 90);
        let count = match site.sort {
            _ if idle(at, site) => 0,
            Sort::Commune => dice.between(35, 125),
            Sort::Justice => 160,
            Sort::Education => 110,
            Sort::Other => dice.between(15, 60),
        };
        for _ in 0..count {
            out.push(activity(&mut dice, site, (&people, minority), &communes, today));
        }
    }
    out
}

fn activity(
    dice: &mut Dice,
    site: &Site,
    (people, minority): (&[String], i64),
    communes: &[&Site],
    today: NaiveDate,
) -> Draft {
    let column = match site.sort {
        Sort::Commune => 0,
        Sort::Justice => 1,
        Sort::Education => 2,
        Sort::Other => 3,
    };
    let weight = |habit: &Habit| habit.weights.get(column).copied().unwrap_or(0);
    let mut at = dice.roll(HABITS.iter().map(weight).sum());
    let mut chosen = None;
    for habit in &HABITS {
        if at < weight(habit) {
            chosen = Some(habit);
            break;
        }
        at -= weight(habit);
    }
    let Some(habit) = chosen.or(HABITS.first()) else { return Draft::default() };
    let (field, law) = dice.one(&LAWS).copied().unwrap_or_default();
    let turns = if habit.turns.1 == 0 { 0 } else { dice.between(habit.turns.0, habit.turns.1) };
    let village = dice.between(1, 14);
    let guest = dice.one(communes).copied().filter(|_| site.sort != Sort::Commune && dice.roll(3) > 0);
    let part = |dice: &mut Dice, low: i64, high: i64| turns * dice.between(low, high) / 100;
    let (women, young) = (part(dice, 35, 60), part(dice, 10, 35));
    let held = day(dice, today);
    let title = habit.title.replace("{luật}", law);
    let local = matches!(habit.kind, "tuyen-truyen-mieng" | "doan-the" | "cau-lac-bo" | "luu-dong");
    let part_of = if site.name.contains("phường") { "tổ dân phố" } else { "thôn" };
    let title = if local && site.sort == Sort::Commune { format!("{title} tại {part_of} {village}") } else { title };
    Draft {
        owner: site.owner,
        kind: habit.kind.into(),
        title,
        held_on: Some(held),
        place: place(site, habit.kind, &format!("{part_of} {village}"), guest.is_some()),
        unit: guest.map_or(site.unit, |guest| guest.unit),
        online: site.sort != Sort::Commune && turns > 0 && dice.roll(9) == 0,
        turns,
        women,
        minorities: turns * minority / 100,
        young: if site.sort == Sort::Education { turns * 9 / 10 } else { young },
        groups: groups(dice, site.sort, minority),
        fields: vec![field.to_owned()],
        partners: guest
            .map(|guest| Partner { agency: Some(guest.owner), name: guest.name.clone() })
            .into_iter()
            .collect(),
        reporters: reporters(dice, site.sort, people, turns),
        materials: materials(dice, habit.kind, law, turns),
        costs: costs(dice, site.sort, turns),
        documents: vec![Disseminated { document: None, title: law.to_owned() }],
        ..Draft::default()
    }
}

fn place(site: &Site, kind: &str, village: &str, guest: bool) -> String {
    match (site.sort, kind) {
        (_, "phat-thanh") => "Hệ thống loa truyền thanh cơ sở".into(),
        (_, "mang-xa-hoi" | "trang-tin") => String::new(),
        (Sort::Commune, "hoi-nghi" | "tap-huan" | "niem-yet" | "doi-thoai") => "Hội trường Ủy ban nhân dân".into(),
        (Sort::Commune, "ngoai-khoa" | "phien-toa-gia-dinh") => "Trường trung học cơ sở".into(),
        (Sort::Commune, _) => format!("Nhà văn hóa {village}"),
        (Sort::Education, _) if guest => "Trường trung học phổ thông".into(),
        _ if guest => "Nhà văn hóa trung tâm".into(),
        _ => format!("Hội trường {}", site.name),
    }
}

fn groups(dice: &mut Dice, sort: Sort, minority: i64) -> Vec<String> {
    let mut out = vec![match sort {
        Sort::Education => "nguoi-hoc",
        Sort::Commune if minority > 50 => "dan-toc-mien-nui",
        Sort::Commune => "chung",
        _ if dice.roll(2) == 0 => "can-bo",
        _ => "chung",
    }];
    let more = match dice.roll(24) {
        0 | 1 => "nguoi-hoc",
        2 | 3 => "can-bo",
        4 | 5 => "dan-toc-mien-nui",
        6 => "lao-dong",
        7 => "giao-duc-tai-xa",
        8 if dice.roll(2) == 0 => "bao-luc-gia-dinh",
        9 if dice.roll(2) == 0 => "khuyet-tat",
        10 if dice.roll(4) == 0 => "chap-hanh-an",
        _ => "chung",
    };
    if !out.contains(&more) {
        out.push(more);
    }
    out.into_iter().map(str::to_owned).collect()
}

fn reporters(dice: &mut Dice, sort: Sort, people: &[String], turns: i64) -> Vec<Reporter> {
    if turns == 0 {
        return Vec::new();
    }
    let kind = if sort == Sort::Commune { "tuyen-truyen-vien" } else { "tinh" };
    let name = dice.one(people).cloned().unwrap_or_default();
    vec![Reporter { kind: kind.into(), name }]
}

fn materials(dice: &mut Dice, kind: &str, law: &str, turns: i64) -> Vec<Material> {
    let one =
        |kind: &str, title: String, copies: i64, online: bool| Material { kind: kind.into(), title, copies, online };
    match kind {
        "phat-tai-lieu" | "niem-yet" => vec![one("to-gap", format!("Hỏi đáp {law}"), dice.between(2, 12) * 50, false)],
        "mang-xa-hoi" | "trang-tin" => vec![one("do-hoa", format!("Những điều cần biết về {law}"), 0, true)],
        "phat-thanh" => vec![one("am-thanh", format!("Bài phát thanh về {law}"), 0, false)],
        "tap-huan" => vec![one("de-cuong", format!("Tài liệu tập huấn {law}"), turns, false)],
        _ if turns > 0 && dice.roll(4) == 0 => vec![one("to-gap", format!("Hỏi đáp {law}"), turns, false)],
        _ => Vec::new(),
    }
}

fn costs(dice: &mut Dice, sort: Sort, turns: i64) -> Vec<(String, i64)> {
    if turns == 0 && dice.roll(3) > 0 {
        return Vec::new();
    }
    let (low, high) = if sort == Sort::Commune { (3, 30) } else { (30, 450) };
    let amount = dice.between(low, high) * 100_000;
    let source = match dice.roll(10) {
        0 => "ho-tro",
        1 | 2 => "chuong-trinh",
        _ => "thuong-xuyen",
    };
    vec![(source.to_owned(), amount)]
}

#[cfg(test)]
mod tests {
    use kernel::FieldErrors;

    use super::*;
    use crate::activities::definitions;

    #[test]
    fn a_year_is_the_same_for_the_same_seed_and_without_faults() {
        let site = |n: u128, sort| Site { owner: Uuid::from_u128(n), unit: None, name: "Sở Tư pháp".into(), sort };
        let sites = [site(1, Sort::Commune), site(2, Sort::Justice), site(3, Sort::Education), site(4, Sort::Other)];
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let made = year(&sites, today, 9);
        assert_eq!(made, year(&sites, today, 9));
        assert!(made.len() > 300);
        for draft in &made {
            let mut errors = FieldErrors::default();
            draft.check(definitions(), today, &mut errors);
            assert!(errors.is_empty(), "{errors} in {draft:?}");
        }
        let in_month =
            |month: u32| made.iter().filter(|draft| draft.held_on.is_some_and(|day| day.month() == month)).count();
        assert!(in_month(11) > in_month(2) * 2, "November is the month of Law Day");
    }
}
