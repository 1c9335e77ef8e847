//! Label lines: "Cơ quan chủ trì: …", "Đơn vị phối hợp: …", "Thời gian thực hiện: …", alone or several in one line.

use std::ops::Range;
use std::sync::LazyLock;

use super::starts::Starts;
use super::words::lower;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Who carries the work.
    Lead,
    /// Who helps.
    Coordinating,
    /// When.
    Time,
    /// What comes out.
    Product,
    /// The work itself.
    Content,
    /// Place, form, money…: ends the value before it.
    Other,
}

/// A label with its value; ranges in the text given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    /// What it announces.
    pub role: Role,
    /// The label itself.
    pub at: Range<usize>,
    /// Its value, trimmed.
    pub value: Range<usize>,
}

/// Bodies without a name of their own, as labels begin.
const BODIES: &str = "cơ quan|đơn vị|các cơ quan|các đơn vị|bộ phận|đầu mối|tổ chức, cá nhân|tổ chức chủ trì|cấp |chủ thể|\
    người|cá nhân|nơi";

/// Beginnings of time labels.
const TIMES: &str = "thời gian|thời hạn|tiến độ|lộ trình|hạn hoàn|thời điểm|thời giạn|hoàn thành|hạn cuối|hạn xử|\
    mốc thời|ngày hoàn|thời kỳ";

/// What makes a label about a body one for leads.
const DUTIES: &str = "chủ trì|thực hiện|triển khai|tham mưu|chịu trách nhiệm|phụ trách|đầu mối|được giao|chủ quản|\
    soạn thảo|trách nhiệm|tổ chức|xử lý|đề xuất|xây dựng";

/// Beginnings of labels for leads.
const LEADS: &str = "chủ trì|phân công|giao thực hiện|trách nhiệm thực hiện|giao chủ trì|người chịu|chịu trách nhiệm";

/// Beginnings of headers over the work itself.
const CONTENTS: &str = "nội dung|nhiệm vụ|công việc|tên nhiệm|hoạt động|tên công|tên đề|tên hoạt|nhóm nhiệm|danh mục nhiệm|\
    danh mục công|giải pháp|tên văn bản|tên chương|các nhiệm vụ|các nội dung|công tác|tên dự án|đề án|\
    việc |yêu cầu nhiệm|chỉ đạo";

/// Beginnings of labels that end the value before them.
const OTHERS: &str = "địa điểm|thành phần|hình thức|số lượng|kinh phí|nguồn kinh phí|đối tượng|phạm vi|mục đích|mục tiêu|\
    yêu cầu|ghi chú|nguồn lực|cách thức|phương thức|cơ sở pháp lý|văn bản giao|người đứng đầu";

static BODY: LazyLock<Starts> = LazyLock::new(|| Starts::new(BODIES));
static TIME: LazyLock<Starts> = LazyLock::new(|| Starts::new(TIMES));
static LEAD: LazyLock<Starts> = LazyLock::new(|| Starts::new(LEADS));
static CONTENT: LazyLock<Starts> = LazyLock::new(|| Starts::new(CONTENTS));
static OTHER: LazyLock<Starts> = LazyLock::new(|| Starts::new(OTHERS));

/// What the words before a colon, or a column header, announce; `low` is in small letters.
pub(crate) fn role(low: &str) -> Option<Role> {
    let low = low.trim();
    let has = |w: &str| low.contains(w);
    let body = BODY.begin(low);
    // "Cơ quan chủ trì có trách nhiệm:" is a heading over duties.
    if body && ["có trách nhiệm", "có nhiệm vụ", " phải"].iter().any(|d| low.ends_with(d)) {
        return None;
    }
    if TIME.begin(low) {
        return Some(Role::Time);
    }
    if has("phối hợp") && (body || low.starts_with("phối hợp")) && !has("chủ trì") {
        return Some(Role::Coordinating);
    }
    if has("sản phẩm") && !has("phát triển")
        || ["kết quả", "đầu ra", "hình thức văn bản"].iter().any(|w| low.starts_with(w))
    {
        return Some(Role::Product);
    }
    let alone = matches!(low, "cơ quan" | "đơn vị" | "cơ quan, đơn vị" | "đầu mối");
    if LEAD.begin(low) || body && DUTIES.split('|').any(has) || alone {
        return Some(Role::Lead);
    }
    if CONTENT.begin(low) {
        return Some(Role::Content);
    }
    OTHER.begin(low).then_some(Role::Other)
}

/// All labels in a text. A label stands at its start or behind a full stop, semicolon, dash or bracket.
pub(crate) fn find(text: &str) -> Vec<Label> {
    let mut marks: Vec<(Role, Range<usize>)> = vec![];
    for (colon, _) in text.match_indices(':') {
        let Some(before) = text.get(..colon) else { continue };
        let floor = marks.last().map_or(0, |m| m.1.end);
        let near = before.char_indices().rev().nth(70).map_or(0, |(i, _)| i).max(floor);
        let Some(window) = text.get(near..colon).map(lower) else { continue };
        let start = window
            .char_indices()
            .rev()
            .find(|(_, c)| matches!(c, '.' | ';' | '(' | '+' | ':' | '•' | '*'))
            .map_or(0, |(p, c)| p + c.len_utf8())
            .max(behind_last(&window, " - "))
            .max(behind_last(&window, " – "));
        if start == 0 && near > floor {
            continue;
        }
        let words = window.get(start..).unwrap_or("").trim_start_matches([' ', '-', '–', '+', '\u{a0}', '*']);
        let words_at = colon - words.len();
        if words.split_whitespace().count() > 9 {
            continue;
        }
        if let Some(role) = role(words).filter(|r| plausible(*r, words)) {
            marks.push((role, words_at..colon + 1));
        }
    }
    if marks.is_empty() && starts_time(text) {
        let end = ["thời gian thực hiện", "thời gian hoàn thành", "thời hạn hoàn thành", "thời hạn thực hiện"]
            .iter()
            .find(|s| lower(text.get(..s.len()).unwrap_or("")) == **s)
            .map_or(0, |s| s.len());
        marks.push((Role::Time, 0..end));
    }
    values(text, &marks)
}

/// One past the last `mark` in a short text, 0 when there is none.
fn behind_last(text: &str, mark: &str) -> usize {
    let (text, mark) = (text.as_bytes(), mark.as_bytes());
    let (Some(first), mut end) = (mark.get(1), text.len()) else { return 0 };
    // looked for by the byte behind its space
    while let Some(at) = text.get(..end).and_then(|head| memchr::memrchr(*first, head)) {
        if at > 0 && text.get(at - 1..).is_some_and(|rest| rest.starts_with(mark)) {
            return at - 1 + mark.len();
        }
        end = at;
    }
    0
}

/// Column headers say more than labels may.
fn plausible(role: Role, words: &str) -> bool {
    let count = words.split_whitespace().count();
    match role {
        // "Phối hợp với Sở X thực hiện:" announces the work below it.
        Role::Lead | Role::Coordinating if words.contains("phối hợp với ") => false,
        // Above the lines of those who help.
        Role::Lead if matches!(words, "chủ trì, phối hợp" | "chủ trì, phối hợp với") => false,
        // "Phân công tổ chức thực hiện:" is a heading over those who do the work.
        Role::Lead if words.starts_with("phân công tổ chức") => false,
        Role::Content => matches!(
            words,
            "nội dung"
                | "nội dung thực hiện"
                | "nhiệm vụ"
                | "nội dung công việc"
                | "nội dung nhiệm vụ"
                | "công việc"
                | "nhiệm vụ cụ thể"
                | "nội dung chính"
                | "hoạt động"
                | "nội dung hoạt động"
        ),
        Role::Lead => count <= 7 && !words.starts_with("các ") || count <= 5,
        Role::Product => count <= 5,
        Role::Coordinating | Role::Time | Role::Other => true,
    }
}

/// "Thời gian thực hiện sau khi …": a time label printed without its colon.
fn starts_time(text: &str) -> bool {
    text.starts_with("Thời gian thực hiện ")
        || text.starts_with("Thời gian hoàn thành ")
        || text.starts_with("Thời hạn hoàn thành ")
        || text.starts_with("Thời hạn thực hiện ")
}

fn values(text: &str, marks: &[(Role, Range<usize>)]) -> Vec<Label> {
    let mut out = Vec::with_capacity(marks.len());
    for (i, (role, at)) in marks.iter().enumerate() {
        let end = marks.get(i + 1).map_or(text.len(), |m| m.1.start);
        let raw = text.get(at.end..end).unwrap_or("");
        let lead = raw.len() - raw.trim_start().len();
        let mut value = raw.trim();
        if i + 1 < marks.len() {
            value = value.trim_end_matches(['-', '–', '+', '(', '*', ' ']);
        }
        value = value.trim_end_matches([';', '.', ',', ' ']);
        let open = value.matches('(').count();
        let close = value.matches(')').count();
        if close > open {
            value = value.trim_end_matches([')', '.', ';', ' ']);
        }
        out.push(Label { role: *role, at: at.clone(), value: at.end + lead..at.end + lead + value.len() });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(Role, &str)> {
        find(text).into_iter().map(|l| (l.role, &text[l.value])).collect()
    }

    #[test]
    fn lines_and_inline() {
        assert_eq!(all("Cơ quan thực hiện: Sở Tư pháp; Sở Nội vụ."), [(Role::Lead, "Sở Tư pháp; Sở Nội vụ")]);
        assert_eq!(all("Thời gian thực hiện: Quý I/2026"), [(Role::Time, "Quý I/2026")]);
        assert_eq!(
            all("Thời gian thực hiện sau khi Luật được ban hành."),
            [(Role::Time, "sau khi Luật được ban hành")]
        );
        assert_eq!(
            all("Tổ chức hội nghị. Đơn vị chủ trì: Sở Tư pháp; đơn vị phối hợp: Sở Nội vụ; thời gian: Quý II."),
            [(Role::Lead, "Sở Tư pháp"), (Role::Coordinating, "Sở Nội vụ"), (Role::Time, "Quý II")]
        );
        assert_eq!(
            all("Biên soạn tài liệu (Cơ quan chủ trì: Sở Tư pháp. Thời gian: tháng 6)."),
            [(Role::Lead, "Sở Tư pháp"), (Role::Time, "tháng 6")]
        );
        assert_eq!(all("Các nội dung hỗ trợ bao gồm: hướng dẫn"), []);
        assert_eq!(all("Sở Tư pháp:"), []);
        assert_eq!(all("Chủ trì, phối hợp với Sở Y tế:"), []);
        assert_eq!(all("Phối hợp với Sở Y tế thực hiện:"), []);
        assert_eq!(all("Phân công tổ chức thực hiện:"), []);
        assert_eq!(all("Phân công thực hiện: Sở Y tế"), [(Role::Lead, "Sở Y tế")]);
    }
}
