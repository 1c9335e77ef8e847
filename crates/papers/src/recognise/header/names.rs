//! Names of bodies in canonical form.

use crate::recognise::fold::{bare, bare_char, is_caps};

/// Units of the administrative map, bare and as written.
pub(super) const UNITS: [(&str, &str); 9] = [
    ("tinh ", "tỉnh"),
    ("thanh pho ", "thành phố"),
    ("huyen ", "huyện"),
    ("quan ", "quận"),
    ("thi xa ", "thị xã"),
    ("thi tran ", "thị trấn"),
    ("phuong ", "phường"),
    ("xa ", "xã"),
    ("dac khu ", "đặc khu"),
];

/// A department is named with its province: "Sở Tài chính" under "Ủy ban nhân dân tỉnh X" → "Sở Tài chính tỉnh X".
pub(super) fn with_place(name: &str, parent: &str) -> String {
    let folded = format!(" {} ", bare(name));
    let local = ["so ", "phong ", "ban ", "chi cuc", "trung tam", "van phong", "thanh tra"]
        .iter()
        .any(|head| folded.trim_start().starts_with(head));
    let placed = UNITS.iter().any(|(unit, _)| folded.contains(&format!(" {unit}")));
    let place = parent.split_once("nhân dân ").map(|(_, place)| place);
    let party =
        ["Tỉnh ủy ", "Thành ủy ", "Huyện ủy ", "Quận ủy ", "Thị ủy "].iter().any(|head| parent.starts_with(head));
    if party && local && !placed {
        return format!("{name} {parent}");
    }
    match place {
        Some(place) if local && !placed => {
            if folded.ends_with(" uy ban nhan dan ") || folded.ends_with(" ubnd ") || !folded.starts_with(" van phong")
            {
                format!("{name} {place}")
            } else {
                format!("{name} {parent}")
            }
        }
        _ => name.to_owned(),
    }
}

/// Canonical full name: abbreviations expanded, capitals as in running text.
pub(crate) fn canonical(name: &str) -> String {
    let spaced = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let caps = is_caps(&spaced);
    let mut text = spaced;
    for (short, full) in
        [("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân"), ("TP.", "thành phố "), ("TP ", "thành phố ")]
    {
        text = replace_word(&text, short, full);
    }
    text = text.replace("Uỷ", "Ủy").replace("UỶ", "ỦY").split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if caps { recase(&text.to_lowercase()) } else { text };
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn replace_word(text: &str, short: &str, full: &str) -> String {
    match text.find(short) {
        Some(at) if text.get(..at).is_none_or(|before| before.is_empty() || before.ends_with(' ')) => {
            text.replacen(short, full, 1)
        }
        _ => text.to_owned(),
    }
}

/// Capitals of a lower-case name: places wholly, the words after Bộ, Sở, "," and "và" at their start.
fn recase(lower: &str) -> String {
    const PROPER: [(&str, &str); 14] = [
        ("chính phủ", "Chính phủ"),
        ("quốc hội", "Quốc hội"),
        ("trung ương", "Trung ương"),
        ("việt nam", "Việt Nam"),
        ("nhà nước", "Nhà nước"),
        ("mặt trận tổ quốc", "Mặt trận Tổ quốc"),
        ("đảng", "Đảng"),
        ("tp.", "TP."),
        ("hồ chí minh", "Hồ Chí Minh"),
        ("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("bộ chính trị", "Bộ Chính trị"),
        ("ban bí thư", "Ban Bí thư"),
        ("hội đồng dân tộc", "Hội đồng Dân tộc"),
        ("tổ quốc", "Tổ quốc"),
    ];
    let words: Vec<&str> = lower.split(' ').collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut place = false;
    let mut committee = false; // "tỉnh ủy", "tỉnh đoàn": a place follows
    let mut topic = false; // inside a ministry's or department's field
    let mut start = false;
    let folded: Vec<String> = words.iter().map(|word| bare(word)).collect();
    for (at, word) in words.iter().enumerate() {
        let unit_now = unit_len(&folded, at);
        if unit_now > 0 && at > 0 {
            place = true;
            topic = false;
            out.push((*word).to_owned());
            continue;
        }
        let unit_inner = at > 0 && unit_len(&folded, at - 1) == 2;
        if unit_inner {
            out.push((*word).to_owned());
            continue;
        }
        if at == 0 && folded.get(1).is_some_and(|next| next == "uy" || next == "doan") {
            committee = true;
        }
        place |= committee && at == 2;
        let capital = place || start;
        start = false;
        if at == 0 && matches!(*word, "bộ" | "sở" | "phòng" | "cục" | "vụ" | "ban" | "viện") {
            topic = true;
            start = true;
        }
        if topic && (word.ends_with(',') || *word == "và") {
            start = true;
        }
        let initials =
            word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() && !"aeiouy".contains(bare_char(c)));
        out.push(if initials {
            word.to_uppercase()
        } else if capital && *word != "và" {
            capitalise(word)
        } else {
            (*word).to_owned()
        });
    }
    let mut text = out.join(" ");
    for (from, to) in PROPER {
        text = text.replace(from, to);
    }
    text
}

/// Words of the administrative unit that starts at `at`: "tỉnh" 1, "thành phố" 2, none 0.
fn unit_len(words: &[String], at: usize) -> usize {
    let one = words.get(at).map_or("", String::as_str);
    let two = words.get(at + 1).map_or("", String::as_str);
    match (one, two) {
        ("thanh", "pho") | ("thi", "xa" | "tran") | ("dac", "khu") => 2,
        ("tinh", next) if next != "uy" && next != "doan" => 1,
        ("huyen", next) if next != "uy" => 1,
        ("quan" | "xa" | "phuong", next) if !matches!(next, "su" | "uy" | "doi" | "hoi" | "ly" | "he" | "") => 1,
        _ => 0,
    }
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_out() {
        for (name, want) in [
            ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "Ủy ban nhân dân tỉnh Lai Châu"),
            ("UBND TỈNH ĐẮK NÔNG", "Ủy ban nhân dân tỉnh Đắk Nông"),
            ("UỶ BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "Ủy ban nhân dân thành phố Hà Nội"),
            ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
            ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
            ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
            ("BAN CHẤP HÀNH TRUNG ƯƠNG", "Ban Chấp hành Trung ương"),
            ("TỈNH ỦY LẠNG SƠN", "Tỉnh ủy Lạng Sơn"),
            ("Bộ Tư pháp", "Bộ Tư pháp"),
        ] {
            assert_eq!(canonical(name).to_lowercase(), want.to_lowercase(), "{name}");
        }
        assert_eq!(canonical("UBND TỈNH LAI CHÂU"), "Ủy ban nhân dân tỉnh Lai Châu");
        assert_eq!(canonical("BỘ KHOA HỌC VÀ CÔNG NGHỆ"), "Bộ Khoa học và Công nghệ");
        assert_eq!(with_place("Sở Tài chính", "Ủy ban nhân dân tỉnh Đắk Nông"), "Sở Tài chính tỉnh Đắk Nông");
    }
}
