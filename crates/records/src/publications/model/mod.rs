//! Editions, what may be done with them, addresses, and the words of a text as HTML.

mod phase;
mod quotes;
mod state;

pub use kernel::difference::{Piece, difference};
pub use phase::Phase;
pub use platform::markdown::{Media, links, media, plain, render};
pub use quotes::{Named, Quote, block, linked, named, quotes, says};
pub use state::{Act, State, slug};

use chrono::NaiveDateTime;
use kernel::{FieldErrors, Uuid};

/// Kinds of publications: key, name.
pub const KINDS: [(&str, &str); 7] = [
    ("article", "Tin, bài"),
    ("photo", "Phóng sự ảnh"),
    ("video", "Video"),
    ("podcast", "Âm thanh, podcast"),
    ("event", "Sự kiện"),
    ("document", "Tài liệu"),
    ("model", "Mô hình, cách làm hay"),
];

/// Name of a kind.
pub fn kind_name(key: &str) -> &'static str {
    KINDS.iter().find(|(kind, _)| *kind == key).map_or("", |(_, name)| name)
}

/// The words of an edition as somebody writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Whose it is.
    pub agency: Uuid,
    /// One of [`KINDS`].
    pub kind: String,
    /// Code of its language; see [`platform::languages`].
    pub lang: String,
    /// Of a version in another language: the original.
    pub of: Option<Uuid>,
    /// Of such a version: number of the original's edition from which it was translated.
    pub base: i64,
    /// Headline.
    pub title: String,
    /// Opening paragraph, plain words.
    pub lead: String,
    /// Markdown.
    pub body: String,
    /// Who signs it on the page; of a version in another language, who translated it.
    pub byline: String,
    /// Of a version in another language: who checked its words.
    pub checker: String,
    /// The sound of the library in which it is read out.
    pub audio: Option<Uuid>,
    /// What a correction changes, shown to readers.
    pub note: String,
    /// Of an event: when it begins and ends.
    pub starts: Option<NaiveDateTime>,
    /// See `starts`.
    pub ends: Option<NaiveDateTime>,
    /// Of an event: where.
    pub place: String,
    /// Special sections.
    pub sections: Vec<Uuid>,
    /// Fields of law.
    pub fields: Vec<String>,
    /// Target groups.
    pub groups: Vec<String>,
}

impl Draft {
    /// What is wrong with it; what must be there before it is submitted is asked for only then.
    pub fn check(&self, complete: bool, errors: &mut FieldErrors) {
        if kind_name(&self.kind).is_empty() {
            errors.add("loai", "Hãy chọn thể loại trong danh sách.");
        }
        if self.kind == "event" {
            match (self.starts, self.ends) {
                (None, _) if complete => errors.add("bat_dau", "Sự kiện cần ngày, giờ bắt đầu."),
                (None, Some(_)) => errors.add("bat_dau", "Hãy điền ngày, giờ bắt đầu."),
                (Some(from), Some(to)) if to < from => errors.add("ket_thuc", "Kết thúc phải sau khi bắt đầu."),
                _ => {}
            }
        }
        if complete {
            if self.lead.is_empty() {
                errors.add("tom_tat", "Hãy viết phần mở đầu: một đến ba câu, nói điều quan trọng nhất.");
            }
            if self.body.is_empty() {
                errors.add("noi_dung", "Hãy viết nội dung.");
            }
            if media(&self.body).iter().any(|(_, words)| words.is_empty()) {
                errors.add(
                    "noi_dung",
                    "Có ảnh, video hoặc âm thanh chưa có lời mô tả; hãy viết giữa hai ngoặc vuông: ![mô tả](…).",
                );
            }
        }
    }

    /// The photo of the library that stands first in its words.
    pub fn picture(&self) -> Option<Uuid> {
        media(&self.body).iter().find(|(one, _)| matches!(one, Media::Photo(..))).map(|(photo, _)| photo.item())
    }

    /// Minutes that reading takes, at 200 words (syllables) a minute; at least one.
    pub fn minutes(&self) -> usize {
        minutes(&self.body)
    }
}

/// Items of the library that a text shows, and the sound in which it is read out; each once.
pub fn shows(body: &str, audio: Option<Uuid>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = media(body).iter().map(|(media, _)| media.item()).chain(audio).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Minutes that reading a text takes, at 200 syllables a minute; at least one.
pub fn minutes(text: &str) -> usize {
    text.split_whitespace().count().div_ceil(200).max(1)
}
