//! Who signs for whom (Điều 13 of Nghị định 30/2020/NĐ-CP): a deputy signs for the head, and the paper says so.

/// Beginnings of a line that says in whose place somebody signs.
const MARKS: [&str; 4] = ["KT.", "TL.", "TUQ.", "Q."];

/// Heads of agencies by how the name begins, folded.
const HEADS: [(&str, &str); 13] = [
    ("uy ban nhan dan", "Chủ tịch"),
    ("uy ban mat tran", "Chủ tịch"),
    ("so ", "Giám đốc"),
    ("cong an tinh", "Giám đốc"),
    ("cong an thanh pho", "Giám đốc"),
    ("bo ", "Bộ trưởng"),
    ("thanh tra tinh", "Chánh Thanh tra"),
    ("cuc ", "Cục trưởng"),
    ("hoi ", "Chủ tịch"),
    ("lien doan ", "Chủ tịch"),
    ("doan thanh nien", "Bí thư"),
    ("tinh doan", "Bí thư"),
    ("ban ", "Trưởng ban"),
];

/// What the head of an agency of this name is called.
pub fn head_of(agency: &str) -> Option<&'static str> {
    let name = kernel::text::fold(agency);
    HEADS.iter().find(|(begin, _)| name.starts_with(begin)).map(|(_, head)| *head)
}

/// The head for whom a deputy of this position signs; nothing for anybody else.
pub fn deputy_of(position: &str) -> Option<String> {
    let folded = kernel::text::fold(position);
    if folded.starts_with("thu truong") {
        return Some("BỘ TRƯỞNG".to_owned());
    }
    let mut words = position.split_whitespace();
    folded.starts_with("pho ").then(|| {
        words.next();
        // A "Phó Chủ tịch Thường trực" signs for the Chủ tịch.
        let rest: Vec<&str> = words.collect();
        let head = rest.join(" ").to_uppercase();
        head.trim_end_matches(" THƯỜNG TRỰC").to_owned()
    })
}

/// Does a line say in whose place somebody signs?
fn marked(line: &str) -> bool {
    let line = line.trim().to_uppercase();
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// The lines over the signature of this position: for a deputy with the one that says for whom, for a head without it.
pub fn authority(lines: &[String], position: &str) -> Vec<String> {
    let mut out = lines.to_vec();
    match deputy_of(position) {
        Some(head) if !lines.iter().any(|line| marked(line)) => out.push(format!("KT. {head}")),
        None => out.retain(|line| !line.trim().to_uppercase().starts_with("KT.")),
        Some(_) => {}
    }
    out
}

/// What is wrong with the lines over the signature of this position.
pub fn fault(lines: &[String], position: &str) -> Option<String> {
    let deputy = deputy_of(position);
    let instead = lines.iter().find(|line| line.trim().to_uppercase().starts_with("KT."));
    match (deputy, instead) {
        (Some(head), None) if !lines.iter().any(|line| marked(line)) => Some(format!(
            "{position} ký thay thì trên chức vụ phải có dòng “KT. {head}” (Điều 13 Nghị định số 30/2020/NĐ-CP)."
        )),
        (None, Some(line)) if !position.trim().is_empty() && position != "…" => Some(format!(
            "“{}” chỉ dùng khi cấp phó ký; người ký là {position}: bỏ dòng này hoặc dùng TL., TUQ.",
            line.trim()
        )),
        _ => None,
    }
}

/// A position as a paper prints it: without the agency and what follows a comma ("Phó Giám đốc Sở Tư pháp" is "Phó Giám đốc").
pub fn position(account: &str, agency: &str) -> String {
    let mut short = account.split(',').next().unwrap_or_default().trim();
    for name in [agency, records::agencies::own_name(agency), "Ủy ban nhân dân", "UBND"] {
        if let Some((before, _)) = short.split_once(name).filter(|_| !name.is_empty()) {
            short = before.trim();
        }
    }
    short.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(list: &[&str]) -> Vec<String> {
        list.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn a_deputy_signs_for_the_head() {
        assert_eq!(authority(&[], "Phó Giám đốc"), ["KT. GIÁM ĐỐC"]);
        assert_eq!(
            authority(&lines(&["TM. ỦY BAN NHÂN DÂN"]), "Phó Chủ tịch Thường trực").last().unwrap(),
            "KT. CHỦ TỊCH"
        );
        assert_eq!(authority(&[], "Thứ trưởng"), ["KT. BỘ TRƯỞNG"]);
        assert_eq!(authority(&lines(&["KT. GIÁM ĐỐC"]), "Phó Giám đốc"), ["KT. GIÁM ĐỐC"]);
        assert_eq!(authority(&lines(&["TL. BỘ TRƯỞNG"]), "Cục trưởng"), ["TL. BỘ TRƯỞNG"]);
        assert_eq!(authority(&lines(&["KT. GIÁM ĐỐC"]), "Giám đốc"), Vec::<String>::new());
    }

    #[test]
    fn a_line_that_does_not_fit_the_position_is_told() {
        assert!(fault(&[], "Phó Giám đốc").unwrap().contains("KT. GIÁM ĐỐC"));
        assert!(fault(&lines(&["TM. ỦY BAN NHÂN DÂN"]), "Phó Chủ tịch").is_some());
        assert!(fault(&lines(&["KT. GIÁM ĐỐC"]), "Trưởng phòng").is_some());
        for (list, position) in
            [(&["KT. GIÁM ĐỐC"][..], "Phó Giám đốc"), (&["TUQ. GIÁM ĐỐC"], "Phó Trưởng phòng"), (&[], "Giám đốc")]
        {
            assert_eq!(fault(&lines(list), position), None, "{position}");
        }
    }

    #[test]
    fn positions_are_printed_without_the_agency() {
        assert_eq!(position("Phó Giám đốc Sở Tư pháp", "Sở Tư pháp tỉnh Thái Nguyên"), "Phó Giám đốc");
        assert_eq!(position("Phó Chủ tịch UBND xã Mẫu", "Ủy ban nhân dân xã Mẫu"), "Phó Chủ tịch");
        assert_eq!(position("Giám đốc, Bí thư Đảng ủy", "Sở Tư pháp"), "Giám đốc");
        assert_eq!(head_of("Sở Tư pháp"), Some("Giám đốc"));
        assert_eq!(head_of("Bộ Tư pháp"), Some("Bộ trưởng"));
        assert_eq!(head_of("Ủy ban nhân dân phường Mẫu"), Some("Chủ tịch"));
        assert_eq!(head_of("Trường Chính trị"), None);
    }
}
