//! The web page around a paper: cut away, and the facts it states about the paper kept.

use std::sync::LazyLock;

use super::normal::Raw;
use crate::recognise::fold::{bare, bare_start, is_caps};
use crate::recognise::kinds::kind_line;

/// What the page around the paper said of it; a fallback when the paper's own header was lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PageFacts {
    /// "Số hiệu".
    pub number: Option<String>,
    /// "Loại văn bản".
    pub kind: Option<String>,
    /// "Nơi ban hành".
    pub issuer: Option<String>,
    /// "Người ký".
    pub signer: Option<String>,
    /// "Ngày ban hành", as printed (dd/mm/yyyy).
    pub date: Option<String>,
    /// Title as in "Công văn 12/UBND-NC năm 2025 về … do … ban hành".
    pub title: Option<String>,
}

/// Starts of lines that only a web page has above or below a paper (bare form).
const PAGE_LINES: [&str; 26] = [
    "ban dich nay thuoc quyen so huu",
    "cac noi dung duoc sua doi, huong dan",
    "cac noi dung cua vb nay duoc vb khac",
    "click vao phan boi vang",
    "dang tai van ban",
    "so hieu:",
    "loai van ban:",
    "noi ban hanh:",
    "ngay ban hanh:",
    "ngay hieu luc:",
    "ngay cong bao:",
    "tinh trang:",
    "van ban lien quan",
    "van ban nay chua cap nhat",
    "noi dung sua doi, huong dan",
    "van ban bi thay the",
    "van ban duoc huong dan",
    "van ban goc",
    "luoc do",
    "thuoc tinh",
    "tai ve",
    "tai van ban",
    "dang nhap",
    "muc luc",
    "ban an lien quan",
    "in bai viet",
];

/// The same, sorted: those that begin alike stand together.
static SORTED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut sorted = PAGE_LINES.to_vec();
    sorted.sort_unstable();
    sorted
});

/// Cuts what stands before the header and after the last part of the paper.
pub(crate) fn remove(lines: &mut Vec<Raw<'_>>) -> PageFacts {
    let start = start(lines);
    let from = start.unwrap_or(0);
    let mut facts = PageFacts::default();
    let above = lines.get(..from).unwrap_or(&[]);
    read_table(above, &mut facts);
    let end = end(lines, from);
    if let Some(end) = end {
        read_title(lines.get(end..).unwrap_or(&[]), &mut facts);
        lines.truncate(end);
    }
    if start.is_some() {
        lines.drain(..from.min(lines.len()));
        if let Some(first) = lines.first_mut() {
            first.gap = true;
        }
    }
    facts
}

fn text<'a>(lines: &'a [Raw<'_>], at: usize) -> &'a str {
    lines.get(at).map_or("", |line| &line.text)
}

fn is_page_line(line: &str) -> bool {
    if line.len() > 400 {
        return false;
    }
    let start = bare_start(line, 6);
    let next = SORTED.partition_point(|page| *page < start.as_str());
    if !SORTED.get(next).is_some_and(|page| page.starts_with(&start)) || start.is_empty() {
        return false;
    }
    let folded = bare_start(line, 44);
    PAGE_LINES.iter().any(|start| {
        folded.strip_prefix(start).is_some_and(|rest| start.len() > 16 || start.ends_with(':') || rest.len() < 12)
    })
}

/// First line of the paper when a web page stands above it.
fn start(lines: &[Raw<'_>]) -> Option<usize> {
    let national = national_line(lines);
    let limit = national.unwrap_or_else(|| first_words(lines));
    let last_page_line = (0..limit).rev().find(|at| is_page_line(text(lines, *at)));
    match (national, last_page_line) {
        (Some(national), None) if national < 12 => None,
        (Some(national), _) => {
            let start = header_top(lines, national);
            (start > 0).then_some(start)
        }
        (None, Some(page)) => {
            // the value of the last label, then bars
            let mut at = page + 1;
            let mut values = 0;
            while at < lines.len() && at < page + 6 {
                let line = text(lines, at);
                if line == "|" {
                    at += 1;
                } else if values == 0 && line.chars().count() < 40 && !line.contains(':') {
                    values += 1;
                    at += 1;
                } else {
                    break;
                }
            }
            Some(at.min(lines.len()))
        }
        (None, None) => None,
    }
}

/// The first line that only a paper has, when its header was lost.
fn first_words(lines: &[Raw<'_>]) -> usize {
    let found = lines.iter().take(400).position(|line| {
        let folded = bare_start(&line.text, 10);
        ["kinh gui", "noi nhan", "can cu "].iter().any(|start| folded.starts_with(start))
            || kind_line(&line.text).is_some()
    });
    found.unwrap_or_else(|| lines.len().min(400))
}

/// The line of the national or the party's name.
fn national_line(lines: &[Raw<'_>]) -> Option<usize> {
    lines.iter().take(600).position(|line| {
        if line.text.len() > 220 || line.text.len() < 8 {
            return false;
        }
        let folded = bare(&line.text);
        let party = folded.ends_with("cong san viet nam") && is_caps(&line.text) && folded.len() < 60;
        let state = folded.contains("cong hoa xa h") && line.text.contains("XÃ");
        let split = folded.starts_with("hoa xa hoi chu nghia")
            || folded.ends_with("cong hoa xa") && is_caps(&line.text)
            || folded.ends_with("cong hoa") && is_caps(&line.text);
        state || party || split || folded.contains("doc lap - tu do - hanh phuc")
    })
}

/// Walks up from the national line over issuer, stamps and bars.
fn header_top(lines: &[Raw<'_>], national: usize) -> usize {
    let mut top = national;
    let mut seen = 0;
    for at in (0..national).rev() {
        let line = text(lines, at);
        if line == "|" {
            if seen > 0 && at > 0 && text(lines, at - 1) == "|" {
                return at;
            }
            continue;
        }
        let short = line.chars().count() <= 70;
        if seen >= 8 || !short || !(is_caps(line) || bare_start(line, 4).starts_with("so")) || is_page_line(line) {
            break;
        }
        seen += 1;
        top = at;
    }
    if top > 0 && text(lines, top - 1) == "|" {
        top -= 1;
    }
    top
}

/// First line of the page below the paper.
fn end(lines: &[Raw<'_>], from: usize) -> Option<usize> {
    let signed = (from..lines.len()).find(|at| {
        let line = text(lines, *at);
        line.len() < 60 && (bare_start(line, 10).starts_with("noi nhan") || is_authority(line))
    });
    let after = signed.unwrap_or(from) + 1;
    let mut pages = (after..lines.len()).filter(|at| is_page_line(text(lines, *at)));
    let mut end = pages.next()?;
    // one such line may be the paper's own words; a page has many
    pages.next()?;
    // the page repeats the name of the paper, and bars, just above
    while end > after {
        let line = text(lines, end - 1);
        let folded = bare_start(line, 400);
        let repeats = folded.contains('/') && (folded.contains(" nam ") || folded.contains(" ngay ")) && {
            folded.ends_with("ban hanh") || folded.ends_with(" dien") || folded.chars().count() >= 399
        };
        let bar = line == "|" && text(lines, end.saturating_sub(2)) == "|";
        if repeats || bar || is_page_line(line) {
            end -= 1;
        } else {
            break;
        }
    }
    Some(end)
}

/// "TM. ỦY BAN NHÂN DÂN", "KT.CHỦ TỊCH", "T/M BỘ CHÍNH TRỊ".
pub(super) fn is_authority(line: &str) -> bool {
    let starts = ["TM.", "TM ", "KT.", "KT ", "TL.", "TL ", "TUQ.", "TUQ ", "T/M", "K/T", "T/L", "TM,", "Q."];
    line.starts_with(['T', 'K', 'Q'])
        && starts.iter().any(|start| line.starts_with(start))
        && is_caps(line)
        && line.chars().count() <= 80
}

/// The label–value table above the paper.
fn read_table(lines: &[Raw<'_>], facts: &mut PageFacts) {
    for at in 0..lines.len() {
        let line = text(lines, at);
        let Some((label, own)) = line.split_once(':') else { continue };
        if label.chars().count() > 20 {
            continue;
        }
        let field = match bare(label).as_str() {
            "so hieu" | "so ky hieu" | "so/ky hieu" => &mut facts.number,
            "loai van ban" => &mut facts.kind,
            "noi ban hanh" | "co quan ban hanh" => &mut facts.issuer,
            "nguoi ky" => &mut facts.signer,
            "ngay ban hanh" => &mut facts.date,
            _ => continue,
        };
        let own = own.trim();
        let value = if own.is_empty() {
            (at + 1..(at + 4).min(lines.len())).map(|at| text(lines, at)).find(|line| *line != "|").unwrap_or("")
        } else {
            own
        };
        let empty = ["Đã biết", "Đang cập nhật"].contains(&value) || value.is_empty() || value.ends_with(':');
        if field.is_none() && !empty && value.chars().count() < 120 {
            *field = Some(value.to_owned());
        }
    }
}

/// "Công văn 12/UBND-NC năm 2025 về … do … ban hành" below the paper.
fn read_title(lines: &[Raw<'_>], facts: &mut PageFacts) {
    let Some(number) = facts.number.clone() else { return };
    for line in lines.iter().take(12) {
        let Some((_, after)) = line.text.split_once(number.as_str()) else { continue };
        let mut words = after.trim_start().splitn(3, ' ');
        let (first, _, rest) = (words.next(), words.next(), words.next());
        let Some(rest) = rest.filter(|_| first == Some("năm")) else { continue };
        let rest = rest.trim_start_matches("về việc ").trim_start_matches("về ");
        let cut = rest.rfind(" do ").filter(|at| *at > 0).unwrap_or(rest.len());
        facts.title = rest.get(..cut).map(|title| title.trim().to_owned());
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::super::normal;
    use super::*;

    #[test]
    fn a_page_around_the_paper_is_cut_and_read() {
        let raw = "Đang tải văn bản...\n#\n**Số hiệu:**\n|\n12/UBND-NC\n|\n|\n**Nơi ban hành:**\n|\nTỉnh A\n|\n**Ngày ban hành:**\n|\n18/11/2025\n|\n\
            **Tình trạng:**\n|\nĐã biết\n|\n|\n**ỦY BAN NHÂN DÂN**\nTỈNH A\n----\n|\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n|\nSố: 12/UBND-NC\n|\nNội dung./.\n\
            |\nNơi nhận:\n- Như trên;\n|\n**KT. CHỦ TỊCH**\nNguyễn Văn A\n|\n\
            Công văn 12/UBND-NC năm 2025 về phòng cháy do Tỉnh A ban hành\nVăn bản này chưa cập nhật nội dung Tiếng Anh\nTải về\nĐăng nhập";
        let mut lines = normal::lines(raw);
        let facts = remove(&mut lines);
        assert_eq!(facts.number.as_deref(), Some("12/UBND-NC"));
        assert_eq!(facts.issuer.as_deref(), Some("Tỉnh A"));
        assert_eq!(facts.date.as_deref(), Some("18/11/2025"));
        assert_eq!(facts.title.as_deref(), Some("phòng cháy"));
        assert_eq!(lines.iter().find(|l| l.text != "|").map(|l| &*l.text), Some("ỦY BAN NHÂN DÂN"));
        assert_eq!(lines.iter().rfind(|l| l.text != "|").map(|l| &*l.text), Some("Nguyễn Văn A"));
    }

    #[test]
    fn a_plain_paper_is_left_whole() {
        let mut lines =
            normal::lines("UBND TỈNH A\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/KH-UBND\nKẾ HOẠCH\nMục lục văn bản");
        let before = lines.len();
        remove(&mut lines);
        assert_eq!(lines.len(), before);
    }
}
