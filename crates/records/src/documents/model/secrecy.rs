//! Papers that are state secrets do not belong here: the stamp is looked for in what was recognised and in the text.

/// Degrees, as stamped, the longer ones first.
const DEGREES: [&str; 3] = ["TUYỆT MẬT", "TỐI MẬT", "MẬT"];

/// Lines at the top in which a stamp may stand.
const TOP: usize = 40;

/// The degree stamped on a paper: as recognised, or a line at the top of the raw text that says nothing else.
pub(in crate::documents) fn degree(recognised: Option<&str>, raw: &str) -> Option<&'static str> {
    let said = recognised.map(str::to_uppercase).unwrap_or_default();
    DEGREES
        .into_iter()
        .find(|degree| said.contains(degree))
        .or_else(|| raw.lines().filter(|line| !line.trim().is_empty()).take(TOP).find_map(stamp))
}

/// The degree stamped in the headers and footers of pages.
pub(in crate::documents) fn on_margins(margins: &str) -> Option<&'static str> {
    margins.lines().find_map(stamp)
}

/// What stands before a degree that is written out.
const LABELS: [&str; 6] = ["ĐỘ MẬT", "MỨC ĐỘ MẬT", "DẤU ĐỘ MẬT", "DẤU CHỈ ĐỘ MẬT", "DẤU CHỈ MỨC ĐỘ MẬT", "CẤP ĐỘ MẬT"];

/// The degree that stands alone in a line, a cell or a column of it ("MẬT", "Độ mật: Tối mật", "M Ậ T", "Mật", "TỐI MẬT - Bản số: 02"), or in capitals
/// behind the number of the paper ("Số: 12/KH-UBND  MẬT").
fn stamp(line: &str) -> Option<&'static str> {
    alone(line).or_else(|| {
        let line = line.trim_end();
        let degree = DEGREES.into_iter().find(|degree| line.ends_with(degree))?;
        let before = line.strip_suffix(degree)?.trim_end();
        let number = before.rsplit(char::is_whitespace).next()?;
        let numbered = before.trim_start().starts_with("Số") && number.contains(['/', '-']);
        numbered.then_some(degree)
    })
}

fn alone(line: &str) -> Option<&'static str> {
    line.split(['|', '\t']).flat_map(|cell| cell.split("   ")).find_map(|cell| {
        let words = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let cell = cell.replace(words, " ");
        let upper = cell.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
        let labelled = LABELS.into_iter().find_map(|label| upper.strip_prefix(label));
        // Without a label it begins with a capital: "mật" alone may end a broken line.
        let candidate = match labelled {
            Some(rest) => rest.trim(),
            None if cell.trim_start().starts_with(char::is_lowercase) => return None,
            None => upper.as_str(),
        };
        let copy = ["BẢN SỐ", "SỐ BẢN", "BẢN THỨ", " SỐ "].iter().filter_map(|copy| candidate.find(copy)).min();
        let glued: String = candidate.get(..copy.unwrap_or(candidate.len()))?.split_whitespace().collect();
        DEGREES.into_iter().find(|degree| glued == degree.replace(' ', ""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_found_wherever_it_stands_in_the_head() {
        for text in [
            "UBND TỈNH MẪU\nMẬT\nSố: 01/KH-UBND",
            "ỦY BAN NHÂN DÂN | TỐI MẬT | CỘNG HÒA",
            "UBND TỈNH MẪU        TUYỆT MẬT",
            "Độ mật: Mật",
            "M Ậ T",
            "**MẬT**",
            "Mật",
            "MẬT - Bản số: 01",
            "TỐI MẬT    Số bản: 3",
            "TỐI  MẬT Số: 01",
            "DẤU CHỈ ĐỘ MẬT: MẬT",
            "Số: 882/KH-UBND  MẬT",
            "Số: 882/KH-UBND TUYỆT MẬT",
        ] {
            assert!(degree(None, text).is_some(), "{text}");
        }
        assert_eq!(degree(Some("Tối mật"), ""), Some("TỐI MẬT"));
        assert_eq!(degree(None, "T U Y Ệ T  M Ậ T"), Some("TUYỆT MẬT"));
    }

    #[test]
    fn words_about_secrets_are_no_stamp() {
        for text in [
            "Kế hoạch bảo vệ bí mật nhà nước",
            "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
            "Số 29/2018/QH14 về bảo vệ bí mật",
            "BÍ MẬT SỐ 1",
            "mật",
            "mật ong",
            "đánh giá độ mật khẩu",
        ] {
            assert_eq!(degree(None, text), None, "{text}");
        }
        assert_eq!(on_margins("Trang 3\nUBND tỉnh\tTỐI MẬT\n"), Some("TỐI MẬT"));
        let body = format!("{}MẬT", "Một dòng của văn bản.\n".repeat(60));
        assert_eq!(degree(None, &body), None);
    }
}
