//! Kinds of paper: their names, abbreviations and how a line that names one looks.

use super::fold::{bare, is_caps};

/// Canonical names, their bare form and the abbreviation used in symbols.
pub(crate) const KINDS: [(&str, &str, &str); 42] = [
    ("Nghị quyết", "nghi quyet", "NQ"),
    ("Quyết định", "quyet dinh", "QĐ"),
    ("Chỉ thị", "chi thi", "CT"),
    ("Quy chế", "quy che", "QC"),
    ("Quy định", "quy dinh", "QyĐ"),
    ("Thông cáo", "thong cao", "TC"),
    ("Thông báo", "thong bao", "TB"),
    ("Hướng dẫn", "huong dan", "HD"),
    ("Chương trình hành động", "chuong trinh hanh dong", "CTr"),
    ("Chương trình", "chuong trinh", "CTr"),
    ("Kế hoạch", "ke hoach", "KH"),
    ("Phương án", "phuong an", "PA"),
    ("Đề án", "de an", "ĐA"),
    ("Dự án", "du an", "DA"),
    ("Báo cáo", "bao cao", "BC"),
    ("Biên bản", "bien ban", "BB"),
    ("Tờ trình", "to trinh", "TTr"),
    ("Hợp đồng", "hop dong", "HĐ"),
    ("Công văn", "cong van", "CV"),
    ("Công điện", "cong dien", "CĐ"),
    ("Bản ghi nhớ", "ban ghi nho", "BGN"),
    ("Bản thỏa thuận", "ban thoa thuan", "BTT"),
    ("Giấy ủy quyền", "giay uy quyen", "GUQ"),
    ("Giấy mời", "giay moi", "GM"),
    ("Giấy giới thiệu", "giay gioi thieu", "GGT"),
    ("Giấy nghỉ phép", "giay nghi phep", "GNP"),
    ("Phiếu gửi", "phieu gui", "PG"),
    ("Phiếu chuyển", "phieu chuyen", "PC"),
    ("Phiếu báo", "phieu bao", "PB"),
    ("Thư công", "thu cong", ""),
    ("Kết luận", "ket luan", "KL"),
    ("Quy trình", "quy trinh", "QTr"),
    ("Thông tri", "thong tri", "TT"),
    ("Tuyên bố", "tuyen bo", "TBo"),
    ("Lời kêu gọi", "loi keu goi", "LKG"),
    ("Thông tư", "thong tu", "TT"),
    ("Thông tư liên tịch", "thong tu lien tich", "TTLT"),
    ("Nghị định", "nghi dinh", "NĐ"),
    ("Pháp lệnh", "phap lenh", "PL"),
    ("Luật", "luat", "QH"),
    ("Lệnh", "lenh", "L"),
    ("Điện", "dien", "Đ"),
];

/// The canonical name when a whole line is the name of a kind ("KẾ HOẠCH", "QUYẾT ĐỊNH:").
pub(crate) fn kind_line(line: &str) -> Option<&'static str> {
    if line.len() > 60 || !is_caps(line) {
        return None;
    }
    let folded = bare(line);
    let name = folded.trim_end_matches([':', '.', ' ', '-']);
    KINDS.iter().find(|(_, form, _)| *form == name).map(|(kind, _, _)| *kind)
}

/// The canonical name for the abbreviation in a symbol ("KH" → "Kế hoạch").
pub(crate) fn by_abbreviation(part: &str) -> Option<&'static str> {
    KINDS.iter().find(|(_, _, short)| !short.is_empty() && *short == part).map(|(kind, _, _)| *kind)
}

/// The name of the 29 kinds (and the party's) that a printed name stands for.
pub(crate) fn canonical(kind: &str) -> String {
    match kind {
        "Chương trình hành động" => "Chương trình",
        "Điện" => "Công điện",
        kind => kind,
    }
    .to_owned()
}

/// The kind a line starts with in capitals, and the bytes of its name ("KẾ HOẠCH Triển khai …").
pub(crate) fn leading_kind(line: &str) -> Option<(&'static str, usize)> {
    KINDS.iter().filter(|(_, form, _)| form.contains(' ')).find_map(|(kind, form, _)| {
        let (mut end, mut chars) = (0, line.char_indices());
        for want in form.chars() {
            let (at, c) = chars.next()?;
            if super::fold::bare_char(c) != want {
                return None;
            }
            end = at + c.len_utf8();
        }
        let name = line.get(..end)?;
        let parted = line.get(end..)?.starts_with([' ', ':']);
        (is_caps(name) && parted && line.len() > end + 3).then_some((*kind, end))
    })
}

/// The kind a text starts with, in any case, and the bytes of its name ("Quyết định số …").
pub(crate) fn named_at(text: &str) -> Option<(&'static str, usize)> {
    let mut best: Option<(&'static str, usize)> = None;
    let first = u8::try_from(super::fold::bare_char(text.chars().next()?)).ok();
    for (kind, form, _) in KINDS.iter().filter(|(_, form, _)| form.as_bytes().first().copied() == first) {
        let (mut end, mut chars, mut same) = (0, text.char_indices(), true);
        for want in form.chars() {
            match chars.next() {
                Some((at, c)) if super::fold::bare_char(c) == want => end = at + c.len_utf8(),
                _ => {
                    same = false;
                    break;
                }
            }
        }
        let ended = same && text.get(end..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        if ended && best.is_none_or(|(_, length)| end > length) {
            best = Some((*kind, end));
        }
    }
    best
}
