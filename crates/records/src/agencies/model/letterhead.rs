//! The head of a paper of an agency: who stands above it, its own name, the place.

use chrono::{Datelike, NaiveDate};

/// What stands at the top of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Full name of the agency.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The agency above it, whether it is printed or not.
    pub above: Option<String>,
    /// The agency above it as printed; nothing above a people's committee or a ministry.
    pub superior: String,
    /// Its name as printed: under a superior without the locality.
    pub issuer: String,
    /// Name of the place before the date.
    pub place: String,
}

/// Kinds of agency that print no body above their own name: they are the head of their line, or nobody's department.
const OWN_HEAD: [&str; 8] =
    ["committee", "assembly", "ministry", "central-organ", "party-committee", "front", "mass", "council"];

/// Kinds of the centre, which date their papers from the capital.
const CENTRAL: [&str; 2] = ["ministry", "central-organ"];

impl Letterhead {
    /// The head of an agency of this name and kind, below another, in a place.
    pub fn of(name: &str, kind: &str, above: Option<&str>, place: Option<&str>) -> Self {
        let superior = above.filter(|_| !is_committee(name) && !OWN_HEAD.contains(&kind)).unwrap_or_default();
        let capital = CENTRAL.contains(&kind).then_some("Hà Nội");
        Self {
            issuer: if superior.is_empty() { name } else { own_name(name) }.to_owned(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            above: above.map(str::to_owned),
            superior: superior.to_owned(),
            place: capital.or_else(|| place.map(place_name)).unwrap_or_default().to_owned(),
        }
    }

    /// "Thái Nguyên, ngày 05 tháng 01 năm 2027": days below 10 and the first two months have two figures.
    pub fn place_and_day(&self, date: NaiveDate) -> String {
        place_and_day(&self.place, date)
    }
}

/// Place and day as papers print them; see [`Letterhead::place_and_day`].
pub fn place_and_day(place: &str, date: NaiveDate) -> String {
    let place = if place.is_empty() { "…" } else { place };
    let month = if date.month() <= 2 { format!("0{}", date.month()) } else { date.month().to_string() };
    format!("{place}, ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// Is it a people's committee?
pub fn is_committee(name: &str) -> bool {
    name.to_lowercase().starts_with("ủy ban nhân dân")
}

/// Name of a place without what kind of place it is.
fn place_name(name: &str) -> &str {
    let kinds = ["Tỉnh ", "tỉnh ", "Xã ", "xã ", "Phường ", "phường ", "Đặc khu ", "đặc khu "];
    kinds.iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

/// Name of an agency without its locality.
pub fn own_name(name: &str) -> &str {
    let own = [" tỉnh ", " thành phố ", " xã ", " phường "].iter().find_map(|word| name.split_once(word));
    own.map_or(name, |(own, _)| own)
}

/// "STP" of "Sở Tư pháp", "UBND" of every people's committee, "QĐ" of "Quyết định": what stands in the symbol of a paper.
pub fn abbreviation(name: &str) -> String {
    if is_committee(name) {
        return "UBND".to_owned();
    }
    let initials = own_name(name).split_whitespace().filter(|word| *word != "và");
    initials.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).filter(|c| c.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_stands_under_its_committee_and_a_committee_alone() {
        let head = Letterhead::of(
            "Sở Tư pháp tỉnh Thái Nguyên",
            "department",
            Some("Ủy ban nhân dân tỉnh Thái Nguyên"),
            Some("tỉnh Thái Nguyên"),
        );
        assert_eq!((head.superior.as_str(), head.issuer.as_str()), ("Ủy ban nhân dân tỉnh Thái Nguyên", "Sở Tư pháp"));
        assert_eq!(head.place, "Thái Nguyên");
        let province = Some("Ủy ban nhân dân tỉnh");
        let committee = Letterhead::of("Ủy ban nhân dân xã Bình Gia", "committee", province, Some("Bình Gia"));
        assert_eq!((committee.superior.as_str(), committee.issuer.as_str()), ("", "Ủy ban nhân dân xã Bình Gia"));
        let ministry = Letterhead::of("Bộ Tư pháp", "ministry", Some("Chính phủ"), None);
        assert_eq!((ministry.superior.as_str(), ministry.place.as_str()), ("", "Hà Nội"));
        let day = |m, d| NaiveDate::from_ymd_opt(2027, m, d).unwrap();
        assert_eq!(head.place_and_day(day(1, 5)), "Thái Nguyên, ngày 05 tháng 01 năm 2027");
        assert_eq!(head.place_and_day(day(11, 20)), "Thái Nguyên, ngày 20 tháng 11 năm 2027");
    }

    #[test]
    fn symbols_follow_from_the_name() {
        assert_eq!(abbreviation("Sở Tư pháp"), "STP");
        assert_eq!(abbreviation("Sở Giáo dục và Đào tạo tỉnh Thái Nguyên"), "SGDĐT");
        assert_eq!(abbreviation("Ủy ban nhân dân xã Mẫu"), "UBND");
        assert_eq!(abbreviation("Quyết định"), "QĐ");
        assert_eq!(own_name("Sở Tư pháp tỉnh Thái Nguyên"), "Sở Tư pháp");
    }
}
