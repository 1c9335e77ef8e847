//! Words of printed names: a printed name becomes a list of folded items, with abbreviations written out and noise dropped.
//!
//! "Sở TT&TT, UBND các huyện" → `so thong tin va truyen thong` · `uy ban nhan dan cac huyen`. Tone marks are gone, so the old and the new placing
//! of tones give the same item.

use std::collections::HashMap;

use kernel::text::fold;

use super::definitions::Words;

/// What stands between an item and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Nothing: the first item.
    None,
    /// Comma, semicolon, slash.
    Comma,
    /// "và"
    And,
    /// Colon: what stands before it heads all that follows.
    Colon,
}

/// A folded piece of a printed name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Folded words, one space between them.
    pub text: String,
    /// What stands before it.
    pub joint: Joint,
    /// The words as printed.
    pub printed: String,
}

/// The words of `words.toml`, folded and ready.
#[derive(Debug, Clone)]
pub struct Lexicon {
    any_case: HashMap<String, String>,
    mixed_case: HashMap<String, String>,
    numbered: Vec<String>,
    /// Droppable words in front of a name, the shortest first; the flag says that they name the holder of an office.
    pub(super) fronts: Vec<(String, bool)>,
    /// Plural words, the longest first.
    pub(super) plural: Vec<String>,
    /// Words behind a collective phrase, the longest first; the flag says "liên quan".
    pub(super) backs: Vec<(String, bool)>,
    /// Head words printed once for several.
    pub(super) shared: Vec<String>,
}

impl Lexicon {
    /// From the definitions.
    pub fn new(words: &Words) -> Self {
        let table = |entries: &std::collections::BTreeMap<String, String>| {
            entries.iter().map(|(short, long)| (letters(short), fold(long))).collect()
        };
        let folded = |list: &[String]| list.iter().map(|text| fold(text)).collect::<Vec<_>>();
        let flagged =
            |list: &[String], flag: bool| folded(list).into_iter().map(move |text| (text, flag)).collect::<Vec<_>>();
        let mut fronts = flagged(&words.phrases.heads, true);
        fronts.extend(flagged(&words.phrases.lead_in, false));
        // "trưởng Ban Dân tộc" must lose "trưởng" before "trưởng ban" is tried.
        fronts.sort_by_key(|(text, _)| text.len());
        let mut backs = flagged(&words.phrases.local, false);
        backs.extend(flagged(&words.phrases.related, true));
        backs.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        let mut plural = folded(&words.phrases.plural);
        plural.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Self {
            any_case: table(&words.abbreviations.any_case),
            mixed_case: table(&words.abbreviations.mixed_case),
            numbered: folded(&words.phrases.numbered),
            fronts,
            plural,
            backs,
            shared: folded(&words.phrases.shared),
        }
    }

    /// The items of a printed name.
    pub fn items(&self, printed: &str) -> Vec<Item> {
        let text = without_brackets(printed).replace(" & ", "&");
        let single = text.split_whitespace().nth(1).is_none();
        let mixed = single || text.chars().any(char::is_lowercase);
        let mut items = Items::default();
        for chunk in text.split_whitespace() {
            self.chunk(chunk, mixed, &mut items);
        }
        items.done(&self.numbered)
    }

    /// The whole name as one key, separators dropped ("sở văn hóa, thể thao và du lịch" → `so van hoa the thao va du lich`).
    pub fn key(&self, printed: &str) -> String {
        join(&self.items(printed))
    }

    fn chunk(&self, chunk: &str, mixed: bool, items: &mut Items) {
        if let Some(long) = self.abbreviation(chunk, mixed) {
            items.word(&long, chunk);
            if chunk.ends_with([',', ';']) {
                items.open(Joint::Comma);
            }
            return;
        }
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.to_lowercase() == "và" || bare == "&" {
            items.open(Joint::And);
            return;
        }
        let mut rest = chunk;
        while let Some(at) = rest.find([',', ';', '/', ':']) {
            let (word, tail) = rest.split_at(at);
            let joint = if tail.starts_with(':') { Joint::Colon } else { Joint::Comma };
            self.piece(word, mixed, items);
            items.open(joint);
            rest = tail.get(1..).unwrap_or_default();
        }
        self.piece(rest, mixed, items);
    }

    fn piece(&self, word: &str, mixed: bool, items: &mut Items) {
        match self.abbreviation(word, mixed) {
            Some(long) => items.word(&long, word),
            None => items.word(&fold(word), word),
        }
    }

    fn abbreviation(&self, chunk: &str, mixed: bool) -> Option<String> {
        let key = letters(chunk);
        let known = self.any_case.get(&key);
        let capitals = || mixed && !chunk.chars().any(char::is_lowercase);
        known.or_else(|| self.mixed_case.get(&key).filter(|_| capitals())).cloned()
    }
}

/// Letters and digits in upper case: "TT&TT," → "TTTT".
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Items put together again as one key.
pub fn join(items: &[Item]) -> String {
    let mut out = String::new();
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            out.push_str(if item.joint == Joint::And { " va " } else { " " });
        }
        out.push_str(&item.text);
    }
    out
}

/// `text` without the word or words `front` at its start.
pub(super) fn strip_front<'t>(text: &'t str, front: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(front)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}

/// `text` without the word or words `back` at its end.
pub(super) fn strip_back<'t>(text: &'t str, back: &str) -> Option<&'t str> {
    let rest = text.strip_suffix(back)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_suffix(' ') }
}

#[derive(Default)]
struct Items {
    list: Vec<Item>,
    waiting: Option<Joint>,
}

impl Items {
    fn open(&mut self, joint: Joint) {
        // "…, và …": the stronger word counts.
        self.waiting = Some(if joint == Joint::Comma { self.waiting.unwrap_or(joint) } else { joint });
    }

    fn word(&mut self, word: &str, printed: &str) {
        if word.is_empty() {
            return;
        }
        let printed = printed.trim_end_matches([',', ';', '.']);
        let joint = self.waiting.take();
        match self.list.last_mut().filter(|_| joint.is_none()) {
            Some(item) => {
                item.text.push(' ');
                item.text.push_str(word);
                item.printed.push(' ');
                item.printed.push_str(printed);
            }
            None => {
                let joint = if self.list.is_empty() { Joint::None } else { joint.unwrap_or(Joint::Comma) };
                self.list.push(Item { text: word.to_owned(), joint, printed: printed.to_owned() });
            }
        }
    }

    fn done(mut self, numbered: &[String]) -> Vec<Item> {
        for item in &mut self.list {
            for words in numbered {
                let Some((before, after)) = item.text.split_once(&format!("{words} ")) else { continue };
                let (number, tail) = after.split_once(' ').unwrap_or((after, ""));
                if !number.is_empty()
                    && number.chars().all(|c| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x' | 'l'))
                {
                    item.text = format!("{before}{words} {tail}").trim_end().to_owned();
                }
            }
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agencies::model::definitions::Definitions;

    fn texts(printed: &str) -> Vec<String> {
        let definitions = Definitions::built_in().unwrap();
        Lexicon::new(&definitions.words).items(printed).into_iter().map(|item| item.text).collect()
    }

    #[test]
    fn abbreviations_are_written_out() {
        assert_eq!(texts("UBND các xã, phường"), ["uy ban nhan dan cac xa", "phuong"]);
        assert_eq!(texts("Sở TT&TT, Sở VH,TT&DL"), ["so thong tin va truyen thong", "so van hoa the thao va du lich"]);
        assert_eq!(texts("Bộ CHQS tỉnh; BHXH tỉnh"), ["bo chi huy quan su tinh", "bao hiem xa hoi tinh"]);
        assert_eq!(texts("Kho bạc nhà nước khu vực XI"), ["kho bac nha nuoc khu vuc"]);
        assert_eq!(texts("TP. Hà Nội (để báo cáo);"), ["thanh pho ha noi"]);
    }

    #[test]
    fn capitals_are_no_abbreviations() {
        assert_eq!(texts("SỞ TƯ PHÁP"), ["so tu phap"]);
        assert_eq!(texts("UỶ BAN NHÂN DÂN TỈNH"), texts("Ủy ban nhân dân tỉnh"));
        assert_eq!(texts("Hoà Bình"), texts("Hòa Bình"));
    }

    #[test]
    fn joints_are_kept() {
        let definitions = Definitions::built_in().unwrap();
        let lexicon = Lexicon::new(&definitions.words);
        let joints: Vec<Joint> =
            lexicon.items("Các Sở: Tư pháp, Tài chính và Nội vụ").into_iter().map(|item| item.joint).collect();
        assert_eq!(joints, [Joint::None, Joint::Colon, Joint::Comma, Joint::And]);
        assert_eq!(lexicon.key("Sở Văn hóa, Thể thao và Du lịch"), "so van hoa the thao va du lich");
    }
}
