//! Automatic numbers of paragraphs, restored from `numbering.xml`.

use std::collections::HashMap;

use crate::read::xml::{El, Tree};

/// Levels a list can have.
const LEVELS: usize = 9;

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Level whose advance restarts this one; `None`: any level above.
    restart: Option<u32>,
    legal: bool,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    style_link: Option<String>,
}

#[derive(Debug, Default)]
struct Num {
    of: String,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// All list definitions and the state of their counters.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, Abstract>,
    nums: HashMap<String, Num>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    seen: HashMap<String, [bool; LEVELS]>,
}

fn level_of(el: El<'_>) -> (usize, Level) {
    let at = el.attr("ilvl").and_then(|v| v.parse().ok()).unwrap_or(0);
    let level = Level {
        start: el.val("start").and_then(|v| v.parse().ok()).unwrap_or(1),
        format: el.val("numFmt").unwrap_or("decimal").to_owned(),
        text: el.val("lvlText").unwrap_or_default().to_owned(),
        restart: el.val("lvlRestart").and_then(|v| v.parse().ok()),
        legal: el.child("isLgl").is_some(),
    };
    (at, level)
}

impl Numbering {
    /// Reads the part; lists that follow a numbering style are resolved by `style_num` (style id → numId).
    pub(super) fn new(tree: &Tree, style_num: impl Fn(&str) -> Option<String>) -> Self {
        let mut all = Self::default();
        let Some(root) = tree.root().child("numbering") else { return all };
        for el in root.children() {
            match el.name() {
                "abstractNum" => {
                    let mut made =
                        Abstract { style_link: el.val("numStyleLink").map(str::to_owned), ..Default::default() };
                    for (at, level) in el.children().filter(|c| c.name() == "lvl").map(level_of) {
                        if let Some(slot) = made.levels.get_mut(at) {
                            *slot = Some(level);
                        }
                    }
                    all.abstracts.insert(el.attr("abstractNumId").unwrap_or_default().to_owned(), made);
                }
                "num" => {
                    let mut made =
                        Num { of: el.val("abstractNumId").unwrap_or_default().to_owned(), ..Default::default() };
                    for over in el.children().filter(|c| c.name() == "lvlOverride") {
                        let at: usize = over.attr("ilvl").and_then(|v| v.parse().ok()).unwrap_or(LEVELS);
                        if let Some(slot) = made.starts.get_mut(at) {
                            *slot = over.val("startOverride").and_then(|v| v.parse().ok());
                        }
                        if let (Some(slot), Some(el)) = (made.levels.get_mut(at), over.child("lvl")) {
                            *slot = Some(level_of(el).1);
                        }
                    }
                    all.nums.insert(el.attr("numId").unwrap_or_default().to_owned(), made);
                }
                _ => {}
            }
        }
        let links: Vec<(String, String)> = all
            .abstracts
            .iter()
            .filter_map(|(id, made)| made.style_link.as_deref().map(|style| (id.clone(), style)))
            .filter_map(|(id, style)| {
                style_num(style).and_then(|num| all.nums.get(&num)).map(|num| (id, num.of.clone()))
            })
            .collect();
        for num in all.nums.values_mut() {
            if let Some((_, target)) = links.iter().find(|(id, _)| *id == num.of) {
                num.of.clone_from(target);
            }
        }
        all
    }

    /// Has a list signs instead of numbers at level `at`? `None` for what is no list.
    pub(super) fn bulleted(&self, num_id: &str, at: usize) -> Option<bool> {
        let num = self.nums.get(num_id)?;
        let at = at.min(LEVELS - 1);
        let level = num.levels.get(at)?.as_ref().or(self.abstracts.get(&num.of)?.levels.get(at)?.as_ref())?;
        (level.format != "none").then_some(level.format == "bullet")
    }

    /// Counts one paragraph of list `num_id` at level `at` and gives its printed number.
    pub(super) fn next(&mut self, num_id: &str, at: usize) -> Option<String> {
        let num = self.nums.get(num_id)?;
        let made = self.abstracts.get(&num.of)?;
        let at = at.min(LEVELS - 1);
        let level = |i: usize| num.levels[i].as_ref().or(made.levels[i].as_ref());
        let own = level(at)?;
        let counters = self.counters.entry(num.of.clone()).or_default();
        let seen = self.seen.entry(num_id.to_owned()).or_default();
        match num.starts[at] {
            Some(start) if !seen[at] => counters[at] = Some(start),
            _ => counters[at] = Some(counters[at].map_or(own.start, |n| n.saturating_add(1))),
        }
        seen[at] = true;
        for (i, counter) in counters.iter_mut().enumerate() {
            if i < at && counter.is_none() {
                *counter = Some(num.starts[i].or(level(i).map(|l| l.start)).unwrap_or(1));
            }
            let kept = level(i).and_then(|l| l.restart).is_some_and(|r| r == 0 || at + 1 > r as usize);
            if i > at && !kept {
                *counter = None;
            }
        }
        let mut out = String::new();
        if own.format == "bullet" {
            return Some(bullet(&own.text));
        }
        if own.format == "none" {
            return (!own.text.trim().is_empty() && !own.text.contains('%')).then(|| own.text.clone());
        }
        let mut text = own.text.chars().peekable();
        while let Some(c) = text.next() {
            let digit = if c == '%' { text.peek().and_then(|d| d.to_digit(10)) } else { None };
            match digit {
                Some(digit @ 1..=9) => {
                    text.next();
                    let i = digit as usize - 1;
                    let format = level(i).map_or("decimal", |l| if own.legal { "decimal" } else { l.format.as_str() });
                    out.push_str(&number(counters[i].unwrap_or(1), format));
                }
                _ => out.push(c),
            }
        }
        Some(out).filter(|out| !out.trim().is_empty())
    }
}

/// Symbol fonts print bullets by private codes.
fn bullet(text: &str) -> String {
    match text.trim().chars().next() {
        None => String::new(),
        Some('-' | '–' | '—' | '\u{f02d}' | '\u{2212}') => "-".into(),
        Some('+' | '\u{f02b}') => "+".into(),
        Some('*') => "*".into(),
        Some(_) => "•".into(),
    }
}

/// A counter in one of the number formats.
pub(in crate::read) fn number(n: u32, format: &str) -> String {
    match format {
        "lowerLetter" | "a" => letters(n, 'a'),
        "upperLetter" | "A" => letters(n, 'A'),
        "lowerRoman" | "i" => roman(n).to_lowercase(),
        "upperRoman" | "I" => roman(n),
        "decimalZero" if n < 10 => format!("0{n}"),
        "none" | "" => String::new(),
        _ => n.to_string(),
    }
}

/// a … z, aa, bb …, as word processors count.
fn letters(n: u32, first: char) -> String {
    let Some(n) = n.checked_sub(1) else { return String::new() };
    let letter = char::from_u32(u32::from(first) + n % 26).unwrap_or(first);
    std::iter::repeat_n(letter, (n / 26 + 1).min(8) as usize).collect()
}

fn roman(mut n: u32) -> String {
    if n == 0 || n > 4000 {
        return n.to_string();
    }
    let steps = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in steps {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::xml::parse;

    const XML: &str = r#"<w:numbering xmlns:w="w">
      <w:abstractNum w:abstractNumId="7">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
        <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
      </w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
      <w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
    </w:numbering>"#;

    #[test]
    fn counts_levels_restarts_and_overrides() {
        let tree = parse(XML, "x").unwrap();
        let mut list = Numbering::new(&tree, |_| None);
        let mut go = |num: &str, at| list.next(num, at).unwrap();
        assert_eq!(go("1", 0), "I.");
        assert_eq!(go("1", 1), "1.1.");
        assert_eq!(go("1", 1), "1.2.");
        assert_eq!(go("1", 2), "a)");
        assert_eq!(go("1", 2), "b)");
        assert_eq!(go("1", 3), "•");
        assert_eq!(go("1", 1), "1.3.");
        assert_eq!(go("1", 2), "a)");
        assert_eq!(go("1", 0), "II.");
        assert_eq!(go("1", 1), "2.1.");
        assert_eq!(go("2", 0), "IV.");
        assert_eq!(go("2", 0), "V.");
        assert!(list.next("9", 0).is_none());
    }

    #[test]
    fn formats() {
        assert_eq!(number(27, "lowerLetter"), "aa");
        assert_eq!(number(14, "upperRoman"), "XIV");
        assert_eq!(number(3, "decimalZero"), "03");
    }
}
