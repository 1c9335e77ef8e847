//! What is kept in the library, and what must be known of it.

pub mod broadcast;
pub mod sort;

use chrono::{Datelike, NaiveDate};
use kernel::{FieldErrors, Uuid};
use platform::{
    languages::language_name,
    media::{Measured, Probe},
};
use serde::{Deserialize, Serialize};

/// Kinds of items: key and name.
pub const KINDS: [(&str, &str); 4] =
    [("video", "Video"), ("audio", "Âm thanh"), ("photo", "Ảnh"), ("document", "Tài liệu")];

/// Whose the rights are: key and name.
pub const RIGHTS: [(&str, &str); 4] = [
    ("own", "Cơ quan tự làm, giữ quyền"),
    ("licensed", "Được cho phép sử dụng"),
    ("free", "Ai cũng được sử dụng"),
    ("unknown", "Chưa rõ"),
];

/// Kinds of practices: key, name, and name of the list.
pub const PRACTICES: [(&str, &str, &str); 3] = [
    ("model", "Mô hình", "Mô hình, cách làm hay"),
    ("collective", "Tập thể", "Tập thể điển hình"),
    ("person", "Cá nhân", "Cá nhân điển hình"),
];

/// The name of a key in one of the lists above; empty when it is not there.
pub fn name_of(list: &[(&'static str, &'static str)], key: &str) -> &'static str {
    list.iter().find(|(known, _)| *known == key).map_or("", |(_, name)| name)
}

/// The name of a kind of practice.
pub fn practice_name(key: &str) -> &'static str {
    PRACTICES.iter().find(|(known, ..)| *known == key).map_or("", |(_, name, _)| name)
}

/// What a job measured of a file, as kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What a video or sound is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probe: Option<Probe>,
    /// How it looks and sounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Measured>,
    /// Of a photo: see [`platform::picture::Picture::sharpness`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sharpness: Option<f64>,
    /// Of a photo: does the file as it came tell where it was taken?
    pub located: bool,
}

/// What a verdict on use for broadcasting is called: "khả năng sử dụng phát sóng".
pub fn verdict_name(verdict: &str) -> &'static str {
    match verdict {
        "pass" => "Đạt",
        "warn" => "Cảnh báo",
        "fail" => "Không đạt",
        "unknown" => "Chưa rõ",
        _ => "",
    }
}

/// What is said of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Whose it is.
    pub agency: Uuid,
    /// Of [`KINDS`].
    pub kind: String,
    /// Its name.
    pub title: String,
    /// What is in it.
    pub about: String,
    /// A photo in words, for who cannot see it.
    pub alt: String,
    /// Who made it.
    pub author: String,
    /// Of [`RIGHTS`].
    pub rights: String,
    /// The contract, the licence, how the author is to be named.
    pub rights_note: String,
    /// Are people shown who can be recognised?
    pub people: bool,
    /// Have they (for minors: those who care for them) agreed? Article 32 of the Civil Code.
    pub consent: bool,
    /// Are minors among them?
    pub minors: bool,
    /// When it was made.
    pub taken: Option<NaiveDate>,
    /// Where.
    pub place: String,
    /// Code of one of [`languages`](platform::languages::languages).
    pub lang: String,
    /// Where the tape or disc is kept; empty: there is none.
    pub carrier: String,
    /// The point of a photo that stays when it is cut, per cent from left and top.
    pub focus: (i64, i64),
    /// Fields of law.
    pub fields: Vec<String>,
    /// Target groups.
    pub groups: Vec<String>,
    /// Collections.
    pub collections: Vec<Uuid>,
}

impl Draft {
    /// What is wrong with it by itself. `today`: nothing is made later.
    pub fn check(&self, today: NaiveDate, errors: &mut FieldErrors) {
        if name_of(&RIGHTS, &self.rights).is_empty() {
            errors.add("ban_quyen", "Hãy chọn quyền sử dụng.");
        }
        if language_name(&self.lang).is_empty() {
            errors.add("ngon_ngu", "Hãy chọn ngôn ngữ.");
        }
        if self.taken.is_some_and(|day| day > today || day.year() < 1930) {
            errors.add("ngay_lam", "Ngày thực hiện phải từ năm 1930 đến hôm nay.");
        }
        if self.minors && !self.people {
            errors.add("tre_em", "Đã đánh dấu có trẻ em thì cũng phải đánh dấu có người.");
        }
        if !(0..=100).contains(&self.focus.0) || !(0..=100).contains(&self.focus.1) {
            errors.add("tieu_diem", "Tiêu điểm tính bằng phần trăm, từ 0 đến 100.");
        }
    }
}

/// Why an item cannot be public, in words; nothing when it can.
pub fn hidden_because(kind: &str, said: &Said<'_>) -> Vec<&'static str> {
    let mut why = Vec::new();
    if !said.file {
        why.push("Chưa có tệp, mới có băng, đĩa.");
    }
    if said.rights == "unknown" {
        why.push("Chưa rõ quyền sử dụng.");
    }
    if said.people && !said.consent {
        why.push(if said.minors {
            "Có trẻ em nhưng chưa có sự đồng ý của cha, mẹ hoặc người giám hộ."
        } else {
            "Có người trong hình, tiếng nhưng chưa có sự đồng ý của họ."
        });
    }
    if kind == "photo" && said.alt.is_empty() {
        why.push("Chưa có lời mô tả ảnh cho người không nhìn thấy.");
    }
    if said.waiting {
        why.push("Tệp đang được kiểm tra, hãy đợi ít phút.");
    } else if said.broken {
        why.push("Không đọc được tệp nên chưa làm được bản để xem.");
    }
    why
}

/// What [`hidden_because`] looks at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// Is there a file?
    pub file: bool,
    /// Of [`RIGHTS`].
    pub rights: &'a str,
    /// See [`Draft::people`].
    pub people: bool,
    /// See [`Draft::consent`].
    pub consent: bool,
    /// See [`Draft::minors`].
    pub minors: bool,
    /// See [`Draft::alt`].
    pub alt: &'a str,
    /// Is the file still looked at?
    pub waiting: bool,
    /// Could nothing be made of it that may be shown?
    pub broken: bool,
}

/// An entry of the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PracticeDraft {
    /// Whose it is.
    pub agency: Uuid,
    /// Of [`PRACTICES`].
    pub kind: String,
    /// Its name.
    pub title: String,
    /// In two or three sentences.
    pub summary: String,
    /// How it came about, how it is done, what was learnt; Markdown.
    pub body: String,
    /// What came of it, in figures; Markdown.
    pub results: String,
    /// What it costs, and who pays.
    pub cost: String,
    /// Whom to ask.
    pub contact: String,
    /// Where it was taken over, one a line.
    pub replicated: String,
    /// The year it began; 0: not known.
    pub since: i64,
    /// A photo or video of the library.
    pub media: Option<Uuid>,
    /// Fields of law.
    pub fields: Vec<String>,
    /// Target groups.
    pub groups: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_be_shown_is_said() {
        let fine =
            Said { file: true, rights: "own", alt: "Người dân dự buổi tuyên truyền", ..Said::default() };
        assert!(hidden_because("photo", &fine).is_empty());
        let why = |said: Said<'_>| hidden_because("photo", &said).len();
        assert_eq!(why(Said { file: false, ..fine }), 1);
        assert_eq!(why(Said { rights: "unknown", ..fine }), 1);
        assert_eq!(why(Said { people: true, ..fine }), 1);
        assert_eq!(why(Said { people: true, consent: true, ..fine }), 0);
        assert!(hidden_because("photo", &Said { people: true, minors: true, ..fine })[0].contains("trẻ em"));
        assert_eq!(why(Said { alt: "", ..fine }), 1);
        assert_eq!(hidden_because("video", &Said { alt: "", ..fine }).len(), 0);
        assert_eq!(why(Said { broken: true, ..fine }), 1);
        assert_eq!(why(Said { broken: true, waiting: true, ..fine }), 1);
    }
}
