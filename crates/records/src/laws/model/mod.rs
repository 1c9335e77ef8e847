//! Documents of law as they are read, laid over time, looked at and written out. Pure.

mod akn;
mod body;
mod codified;
mod plain;
mod refs;
mod status;
mod timeline;

pub use akn::{Work, akn};
pub use body::{Level, Para, paragraphs};
pub use codified::{codified, is_codified};
pub use plain::{effect_of, plain};
pub use refs::{Reference, find_references, find_within};
pub use status::{Facts, Status, status};
pub use timeline::{FOREVER, Held, Version, Words, lay};

use kernel::text;

/// Kinds of documents: key, name.
pub const KINDS: [(&str, &str); 12] = [
    ("hien-phap", "Hiến pháp"),
    ("bo-luat", "Bộ luật"),
    ("luat", "Luật"),
    ("phap-lenh", "Pháp lệnh"),
    ("lenh", "Lệnh"),
    ("nghi-quyet", "Nghị quyết"),
    ("nghi-quyet-lien-tich", "Nghị quyết liên tịch"),
    ("nghi-dinh", "Nghị định"),
    ("quyet-dinh", "Quyết định"),
    ("thong-tu", "Thông tư"),
    ("thong-tu-lien-tich", "Thông tư liên tịch"),
    ("khac", "Văn bản khác"),
];

/// Name of a kind.
pub fn kind_name(key: &str) -> &'static str {
    KINDS.iter().find(|(kind, _)| *kind == key).map_or("", |(_, name)| name)
}

/// Key of the kind with this name; `khac` for one that is not known.
pub fn kind_of(name: &str) -> &'static str {
    let wanted = text::name_key(name);
    KINDS.iter().find(|(_, known)| text::name_key(known) == wanted).map_or("khac", |(key, _)| key)
}

/// Address of a document: `14/2012/QH13` is `14-2012-qh13`.
pub fn slug_of(number: &str) -> String {
    text::fold(number).replace(' ', "-")
}

/// How a document is called: "Luật Phổ biến, giáo dục pháp luật", "Nghị định số 28/2013/NĐ-CP".
pub fn name_of(kind: &str, number: &str, title: &str) -> String {
    let name = kind_name(kind);
    match kind {
        "khac" => title.to_owned(),
        "luat" | "bo-luat" | "phap-lenh" | "hien-phap" => {
            let begins = title.get(..name.len()).is_some_and(|head| text::name_key(head) == text::name_key(name));
            if begins { title.to_owned() } else { format!("{name} {title}") }
        }
        _ => format!("{name} số {number}"),
    }
}

/// Place of an article among the others: `11` before `11a` before `12`.
pub fn position_of(number: &str) -> i64 {
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    let letters = number.chars().skip(digits.len()).fold(0, |sum, letter| sum * 30 + place(letter));
    digits.parse::<i64>().unwrap_or(9_999) * 1_000 + letters.min(999)
}

/// Place of a letter in the alphabet of points: a, b, c, d, đ, e …
fn place(letter: char) -> i64 {
    const ALPHABET: &str = "abcdđeghiklmnopqrstuvxy";
    ALPHABET.chars().position(|known| known == letter).map_or(29, |at| i64::try_from(at).unwrap_or(0) + 1)
}

/// Last part of an article's address: `11a` is `dieu-11a`.
pub fn article_slug(number: &str) -> String {
    format!("dieu-{}", number.replace('đ', "dd"))
}

/// The article whose address ends so.
pub fn article_of(slug: &str) -> Option<String> {
    let number = slug.strip_prefix("dieu-")?.replace("dd", "đ");
    number.starts_with(|sign: char| sign.is_ascii_digit()).then_some(number)
}

/// What one document does to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Number of the one that acts.
    pub from: String,
    /// `amends`, `replaces` or `repeals`.
    pub relation: &'static str,
    /// Number of the other.
    pub to: String,
    /// Since when; 0 when not known.
    pub on: i64,
}

/// A document as it was read from somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Number and symbol.
    pub number: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// Title, without the kind.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// yyyymmdd, 0 when not known.
    pub issued_on: i64,
    /// First day of effect; 0 when not known.
    pub effect_from: i64,
    /// First day without effect; 0 when not known.
    pub ended_on: i64,
    /// Last day for which the source speaks.
    pub checked_on: i64,
    /// Where it was read.
    pub source: String,
    /// Written for a demonstration.
    pub sample: bool,
    /// Articles with their versions, in order.
    pub articles: Vec<(String, Vec<Version>)>,
    /// What it does to others and others to it.
    pub links: Vec<Link>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_stable_and_lead_back() {
        assert_eq!(slug_of("14/2012/QH13"), "14-2012-qh13");
        assert_eq!(slug_of("28/2013/NĐ-CP"), "28-2013-nd-cp");
        for number in ["11", "11a", "9đ"] {
            assert_eq!(article_of(&article_slug(number)).as_deref(), Some(number));
        }
        assert_eq!(article_of("akn"), None);
        let mut numbers = ["12", "2", "11đ", "11d", "11", "11e"];
        numbers.sort_by_key(|number| position_of(number));
        assert_eq!(numbers, ["2", "11", "11d", "11đ", "11e", "12"]);
        assert_eq!(name_of("luat", "1", "Trẻ em"), "Luật Trẻ em");
        assert_eq!(name_of("luat", "1", "Luật Trẻ em"), "Luật Trẻ em");
        assert_eq!(kind_of("nghị định"), "nghi-dinh");
    }
}
