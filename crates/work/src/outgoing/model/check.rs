//! Figures that nobody vouches for: numbers in the words of a paper that are no reference, no date, no number of a paper or article.

/// Words before a number that make it a date, an article, the number of a paper or the like.
const BEFORE: [&str; 44] = [
    "ngày", "tháng", "năm", "quý", "điều", "khoản", "điểm", "mục", "chương", "phần", "phụ", "lục", "biểu", "mẫu",
    "bảng", "lần", "thứ", "khóa", "kỳ", "cấp", "đợt", "lúc", "hồi", "tiết", "luật", "định", "quyết", "hoạch", "văn",
    "tư", "thị", "lệnh", "trình", "báo", "cáo", "hướng", "dẫn", "luận", "án", "hình", "trang", "tuần", "bậc", "hạng",
];

/// Words before "số" that make the number after it the number of a paper.
const NUMBERED: [&str; 16] = [
    "luật", "định", "quyết", "hoạch", "văn", "tư", "thị", "lệnh", "trình", "báo", "cáo", "dẫn", "luận", "án", "biểu",
    "mẫu",
];

/// Words that join years.
const JOINING: [&str; 8] = ["và", "đến", "từ", "sang", "–", "-", "hoặc", "tới"];

/// The figures in these words for which no source is named, in order.
pub fn bare_figures(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in words.lines() {
        let tokens: Vec<&str> = line.split_whitespace().collect();
        for (at, token) in tokens.iter().enumerate() {
            let label = at == 0 && token.ends_with(['.', ')']);
            let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
            if label || !bare.contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let word = |back: usize| {
                let word = at.checked_sub(back).and_then(|at| tokens.get(at)).copied().unwrap_or_default();
                // A sign after the word before ends its clause: "năm, 12" is no year.
                let ended = word.ends_with([',', ';', '.', ':']);
                if ended { String::new() } else { word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase() }
            };
            let next = tokens.get(at + 1).copied().unwrap_or_default();
            if !excused(bare, (&word(1), &word(2)), next) {
                found.push(bare.to_owned());
            }
        }
    }
    found
}

fn excused(token: &str, (before, second): (&str, &str), next: &str) -> bool {
    let letters = token.chars().any(char::is_alphabetic);
    if letters {
        // "14/2012/QH13", "09a", "F1": names, not quantities; "120đ" is one.
        return !token.ends_with('đ') && !token.ends_with('Đ');
    }
    if before == "số" {
        return NUMBERED.contains(&second);
    }
    if BEFORE.contains(&before) || dated(token) {
        return true;
    }
    let date_of_two = token.split(['/', '-', '–']).count() == 2 && plausible(token, 31, 12);
    if date_of_two && (token.starts_with('0') || JOINING.contains(&before)) {
        return true;
    }
    (year(token) && JOINING.contains(&before)) || (next.starts_with("tháng") && matches!(token, "3" | "6" | "9" | "12"))
}

fn year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// Two numbers up to these.
fn plausible(text: &str, first: u16, second: u16) -> bool {
    let mut parts = text.split(['/', '-', '–']).map(|part| part.parse::<u16>().unwrap_or(0));
    let (a, b) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    (1..=first).contains(&a) && (1..=second).contains(&b) && parts.next().is_none()
}

/// "09/11/2026", "11/2026", "2021-2030".
fn dated(token: &str) -> bool {
    let parts: Vec<&str> = token.split(['/', '-', '–']).collect();
    let small = |text: &str, most: u16| text.len() <= 2 && text.parse::<u16>().is_ok_and(|n| (1..=most).contains(&n));
    match parts.as_slice() {
        [day, month, last] => small(day, 31) && small(month, 12) && year(last),
        [month, last] => (small(month, 12) || year(month)) && year(last),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_articles_and_numbers_of_papers_need_no_source() {
        for words in [
            "Thực hiện Luật số 14/2012/QH13 ngày 20 tháng 6 năm 2012",
            "Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh",
            "Điều 11, khoản 2 và điểm a của Nghị định số 28/2013/NĐ-CP",
            "hưởng ứng Ngày Pháp luật 09/11; giai đoạn 2021-2030; từ năm 2025 đến 2026",
            "1. Kết quả 6 tháng đầu năm; biểu 09a; Phụ lục 2; quý 3; tháng 10/2026",
        ] {
            assert_eq!(bare_figures(words), Vec::<String>::new(), "{words}");
        }
    }

    #[test]
    fn a_quantity_without_a_source_is_found() {
        assert_eq!(bare_figures("tổ chức 1.250 cuộc cho 33 xã, đạt 95,5%"), ["1.250", "33", "95,5"]);
        assert_eq!(bare_figures("tổng số 12 cuộc; kinh phí 500đ"), ["12", "500đ"]);
        assert_eq!(bare_figures("trong năm, 40 lượt"), ["40"]);
        assert_eq!(bare_figures("đã gửi 31/33 xã"), ["31/33"]);
    }
}
