//! Khoản and Điểm of an article's words.

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A paragraph without number.
    Plain,
    /// Khoản: "2. …".
    Clause,
    /// Điểm: "a) …".
    Point,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Para<'a> {
    /// Its anchor: `khoan-2`, `khoan-2-diem-a`; empty when it has none.
    pub anchor: String,
    /// What it is.
    pub level: Level,
    /// Its number as printed: "2", "a"; empty when it has none.
    pub number: &'a str,
    /// Its words, number included.
    pub text: &'a str,
}

impl Para<'_> {
    /// Its words without the number.
    pub fn words(&self) -> &str {
        self.text.get(self.number.len()..).unwrap_or(self.text).trim_start_matches(['.', ')']).trim_start()
    }
}

/// The paragraphs of an article. An anchor is given once: where numbers begin anew (in quoted words of another document), the later ones have none.
pub fn paragraphs(body: &str) -> Vec<Para<'_>> {
    let mut out: Vec<Para<'_>> = Vec::new();
    let mut clause = String::new();
    let mut given = std::collections::HashSet::new();
    for text in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (level, number) = label(text);
        let mut anchor = match level {
            Level::Plain => String::new(),
            Level::Clause => {
                clause = format!("khoan-{number}");
                clause.clone()
            }
            Level::Point if clause.is_empty() => format!("diem-{}", number.replace('đ', "dd")),
            Level::Point => format!("{clause}-diem-{}", number.replace('đ', "dd")),
        };
        if !anchor.is_empty() && !given.insert(anchor.clone()) {
            anchor.clear();
        }
        out.push(Para { anchor, level, number, text });
    }
    out
}

/// The printed number that a paragraph begins with.
fn label(text: &str) -> (Level, &str) {
    let Some(end) = text.find(['.', ')', ' ']) else { return (Level::Plain, "") };
    let (number, after) = text.split_at(end);
    let small = |letter: char| letter.is_lowercase() && letter.is_alphabetic();
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let rest = number.get(digits..).unwrap_or_default();
    if after.starts_with(". ") && (1..=3).contains(&digits) && rest.chars().count() <= 1 && rest.chars().all(small) {
        (Level::Clause, number)
    } else if after.starts_with(") ")
        && number.chars().next().is_some_and(small)
        && number.chars().count() <= 3
        && number.chars().skip(1).all(|sign| small(sign) || sign.is_ascii_digit())
    {
        (Level::Point, number)
    } else {
        (Level::Plain, "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_and_points_have_anchors() {
        let body =
            "Mở đầu:\n1. Một, gồm:\na) Chữ a;\nđ) Chữ đ.\n2a. Hai a\n1. Lặp lại\n10.5 triệu đồng\nnăm 2020. Xong";
        let anchors: Vec<_> = paragraphs(body).into_iter().map(|para| para.anchor).collect();
        assert_eq!(anchors, ["", "khoan-1", "khoan-1-diem-a", "khoan-1-diem-dd", "khoan-2a", "", "", ""]);
        let point = paragraphs("a) Chữ a;").remove(0);
        assert_eq!((point.words(), point.anchor.as_str()), ("Chữ a;", "diem-a"));
    }
}
