//! Dates as Vietnamese papers print them.

use chrono::NaiveDate;

use super::fold::bare_char;

/// A date of which parts may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Parts {
    /// Day of the month.
    pub day: Option<u32>,
    /// Month.
    pub month: Option<u32>,
    /// Year.
    pub year: Option<i32>,
}

impl Parts {
    /// The whole date, when every part is there and such a day exists.
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)
    }
}

/// Reads "27 tháng 9 năm 2025", "27/9/2025", "27-9-2025" at the start of a text; returns the bytes read too.
/// Missing parts are passed over ("    tháng 3 năm 2024").
pub(crate) fn parts_at(text: &str) -> Option<(Parts, usize)> {
    let mut cursor = Cursor { text, at: 0 };
    let mut parts = Parts::default();
    cursor.skip(|c| c.is_whitespace() || matches!(c, '.' | '…' | ':' | '_'));
    let day = cursor.number();
    parts.day = day.and_then(|(value, digits)| (digits <= 2).then_some(value));
    let mark = cursor.at;
    cursor.skip(|c| !c.is_alphanumeric() && c != '\n' && !matches!(c, '/' | '-'));
    if cursor.word("thang") {
        cursor.skip(|c| c.is_whitespace() || matches!(c, '.' | '…'));
        parts.month = cursor.number().map(|(value, _)| value);
        let mark = cursor.at;
        cursor.skip(|c| c.is_whitespace() || matches!(c, '.' | '…' | ',' | '/' | '-'));
        if cursor.word("nam") {
            cursor.skip(|c| c.is_whitespace() || matches!(c, '.' | '…'));
            parts.year = cursor.year();
        } else if let Some(year) = cursor.year() {
            parts.year = Some(year);
        } else {
            cursor.at = mark;
        }
        return (parts.day.is_some() || parts.month.is_some() || parts.year.is_some()).then_some((parts, cursor.at));
    }
    cursor.at = mark;
    parts.day?;
    cursor.skip(|c| c == ' ');
    let separator = cursor.peek().filter(|c| matches!(c, '/' | '-' | '.' | '–'))?;
    cursor.skip(|c| c == separator || c == ' ');
    parts.month = Some(cursor.number().filter(|(_, digits)| *digits <= 2)?.0);
    cursor.skip(|c| c == ' ');
    if cursor.peek() != Some(separator) {
        return None;
    }
    cursor.skip(|c| c == separator || c == ' ');
    parts.year = Some(cursor.year()?);
    Some((parts, cursor.at))
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, mut test: impl FnMut(char) -> bool) {
        let rest = self.rest();
        let step = rest.find(|c| !test(c)).unwrap_or(rest.len());
        self.at += step;
    }

    fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 4 {
            return None;
        }
        let value = self.rest().get(..digits)?.parse().ok()?;
        self.at += digits;
        Some((value, digits))
    }

    fn year(&mut self) -> Option<i32> {
        let mark = self.at;
        match self.number() {
            Some((year, 4)) if (1945..=2100).contains(&year) => i32::try_from(year).ok(),
            _ => {
                self.at = mark;
                None
            }
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let mut used = 0;
        let mut chars = self.rest().chars();
        for want in word.chars() {
            match chars.next() {
                Some(c) if bare_char(c) == want => used += c.len_utf8(),
                _ => return false,
            }
        }
        if chars.next().is_some_and(char::is_alphabetic) {
            return false;
        }
        self.at += used;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printed_form() {
        let day = NaiveDate::from_ymd_opt(2025, 9, 7);
        for text in ["07 tháng 9 năm 2025", "7/9/2025", "07-09-2025", "07.9.2025", "7 tháng 9, năm 2025"] {
            assert_eq!(parts_at(text).and_then(|(parts, _)| parts.date()), day, "{text}");
        }
        assert_eq!(
            parts_at("   tháng 3 năm 2024").map(|(p, _)| (p.day, p.month, p.year)),
            Some((None, Some(3), Some(2024)))
        );
        assert_eq!(parts_at("30/2/2024").and_then(|(parts, _)| parts.date()), None);
        assert_eq!(parts_at("công bố"), None);
    }
}
