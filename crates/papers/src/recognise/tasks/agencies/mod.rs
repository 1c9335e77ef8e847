//! Names of bodies: lists under labels, in table cells and in running text → the bodies as printed.

mod lexicon;

use std::ops::Range;

use super::words::{Tok, is_upper, lower, spans};
use lexicon::{is_cell_stop, is_generic, is_head, is_place, is_plural, is_stop};

/// One body, where it stands in the text given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Bytes.
    pub at: Range<usize>,
    /// Its beginning is that of a known kind of body.
    pub known: bool,
}

/// A text with its words, ready to look for names.
pub(crate) struct Words<'a> {
    text: &'a str,
    low: String,
    spans: Vec<(usize, usize)>,
}

/// Longest name, in words.
const LONGEST: usize = 40;

impl<'a> Words<'a> {
    /// Splits a text into words.
    pub fn new(text: &'a str) -> Self {
        let low = lower(text);
        let spans = spans(&low);
        Self { text, low, spans }
    }

    /// The text in small letters.
    pub fn small(&self) -> &str {
        &self.low
    }

    /// The words in small letters.
    pub fn toks(&self) -> Vec<Tok<'_>> {
        self.spans.iter().map(|&(a, b)| Tok { at: a, text: self.low.get(a..b).unwrap_or("") }).collect()
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Word `i` in small letters.
    pub fn low(&self, i: usize) -> Option<&str> {
        let &(a, b) = self.spans.get(i)?;
        self.low.get(a..b)
    }

    /// Words `i` and `i + 1` when one space stands between them.
    pub fn pair(&self, i: usize) -> Option<&str> {
        let (&(a, e), &(s, b)) = (self.spans.get(i)?, self.spans.get(i + 1)?);
        if s != e + 1 { None } else { self.low.get(a..b) }
    }

    /// The words from `i` on are `phrase`.
    pub fn is(&self, i: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(k, p)| self.low(i + k) == Some(*p))
    }

    /// Word `i` is written with a capital.
    pub fn is_capital(&self, i: usize) -> bool {
        self.spans.get(i).and_then(|&(a, _)| self.text.get(a..)).and_then(|t| t.chars().next()).is_some_and(is_upper)
    }

    /// First byte of word `i` (the end of the text when there is none).
    pub fn start(&self, i: usize) -> usize {
        self.spans.get(i).map_or(self.text.len(), |s| s.0)
    }

    /// End of word `i`.
    pub fn end(&self, i: usize) -> usize {
        self.spans.get(i).map_or(self.text.len(), |s| s.1)
    }

    /// "được giao nhiệm vụ" closes a name ("các đơn vị được giao nhiệm vụ") when nothing follows it.
    fn ends_list_after(&self, i: usize) -> Option<usize> {
        let rest = (i + 2..(i + 9).min(self.len())).find(|&k| matches!(self.low(k), Some("." | ";" | "," | ":")));
        let end = rest.unwrap_or(self.len());
        (end <= i + 8 && (i + 2..end).all(|k| !matches!(self.low(k), Some("có" | "tại" | "chủ" | "phải" | "cần"))))
            .then_some(end)
    }
}

/// A list of names read from running text: the names and the first word behind them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct List {
    /// Names in order.
    pub names: Vec<Name>,
    /// First word that is no longer part of the list.
    pub next: usize,
}

/// True when a verb or connective that ends names stands at word `i`.
pub(crate) fn is_verb(w: &Words<'_>, i: usize) -> bool {
    i < w.len() && is_stop(w, i)
}

/// True when a verb of work stands at word `i`, in capital or small letters.
pub(crate) fn is_work(w: &Words<'_>, i: usize) -> bool {
    lexicon::is_work(w, i)
}

/// A head that names private persons: they follow in lists but are seldom told to work in a paper's own words.
pub(crate) fn is_private(w: &Words<'_>, i: usize) -> bool {
    matches!(
        w.pair(i),
        Some("doanh nghiệp" | "nhà đầu" | "hợp tác" | "chủ rừng" | "nhà thầu" | "chủ cơ" | "người dân" | "đối tượng")
    )
}

/// True when word `i` begins the name of a body or a collective phrase.
pub(crate) fn begins(w: &Words<'_>, i: usize) -> bool {
    is_head(w, i) || is_plural(w, i) && plural_of_bodies(w, i) || w.is(i, &["đồng", "chí"]) && is_generic(w, i)
}

/// "các sở", "các bộ", "các Cục"…, not "các nhiệm vụ".
fn plural_of_bodies(w: &Words<'_>, i: usize) -> bool {
    let k = if w.low(i) == Some("một") { i + 2 } else { i + 1 };
    is_head(w, k)
        || is_generic(w, k)
        || is_place(w, k)
        || matches!(
            w.low(k),
            Some(
                "bộ" | "ban"
                    | "cục"
                    | "vụ"
                    | "trường"
                    | "viện"
                    | "cấp"
                    | "đồng"
                    | "phòng"
                    | "đài"
                    | "báo"
                    | "thành"
                    | "huyện"
                    | "hội"
                    | "đoàn"
                    | "trung"
                    | "công"
                    | "tập"
                    | "đảng"
                    | "chi"
                    | "phó"
                    | "tiểu"
                    | "tổng"
                    | "khu"
            )
        )
}

/// Reads a list of names in running text from word `i`; empty when none begins there.
pub(crate) fn list_in_prose(w: &Words<'_>, i: usize) -> List {
    if !(begins(w, i) || is_generic(w, i)) {
        return List { names: vec![], next: i };
    }
    let mut names = vec![];
    let mut at = i;
    loop {
        let (end, next) = name(w, at, true);
        if end <= at {
            break;
        }
        names.push(Name { at: w.start(at)..w.end(end - 1), known: true });
        match next {
            Some(n) => at = n,
            None => {
                at = end;
                break;
            }
        }
    }
    List { names, next: at }
}

/// Splits the value of a label or a table cell; every word belongs to a name until a verb ends it.
pub(crate) fn split(text: &str) -> Vec<Name> {
    let w = Words::new(text);
    let mut names = vec![];
    let mut at = 0;
    while at < w.len() {
        while matches!(w.low(at), Some("," | ";" | "-" | "–" | "+" | "." | ":" | "và" | "•" | "*" | "/" | ")")) {
            at += 1;
        }
        if at >= w.len() {
            break;
        }
        let (end, next) = name(&w, at, false);
        if end > at {
            names.push(Name { at: w.start(at)..w.end(end - 1), known: begins(&w, at) || is_generic(&w, at) });
        }
        match next {
            Some(n) if n > at => at = n,
            _ => match resume(&w, end.max(at + 1)) {
                Some(n) => at = n,
                None => break,
            },
        }
    }
    names
}

/// After a name ended by a verb, the next name starts behind the next ";" of the same sentence.
fn resume(w: &Words<'_>, mut i: usize) -> Option<usize> {
    while i < w.len() {
        match w.low(i) {
            Some(";") if begins(w, i + 1) || is_generic(w, i + 1) => return Some(i + 1),
            Some(".") if w.is_capital(i + 1) && !begins(w, i + 1) => return None,
            Some(".") if w.is_capital(i + 1) => return None,
            _ => i += 1,
        }
    }
    None
}

/// One name from word `i`: one past its last word, and where the next begins when the list goes on.
fn name(w: &Words<'_>, i: usize, prose: bool) -> (usize, Option<usize>) {
    let collective = is_collective(w, i);
    let mut k = i + 1;
    let mut listed = false;
    while k < w.len() {
        if k - i > LONGEST && prose {
            return (k, None);
        }
        match w.low(k).unwrap_or_default() {
            ":" if w.is_capital(k + 1)
                && (collective && k - i <= 4
                    || k >= 2 && w.low(k - 2) == Some("các")
                    || k >= 3 && w.low(k - 3) == Some("các")) =>
            {
                listed = true
            }
            ":" | "?" | "!" | "\"" | "“" => return (k, None),
            "." => {
                if !prose && begins(w, k + 1) {
                    return (k, Some(k + 1));
                }
                if w.low(k + 1).is_none() || w.is_capital(k + 1) || w.start(k + 1) > w.end(k) {
                    return (k, None);
                }
            }
            "(" => {
                let close = (k..(k + 30).min(w.len())).find(|&c| w.low(c) == Some(")"));
                let Some(c) = close else { return (k, None) };
                let (_, after) = separator(w, c + 1);
                return (k, after.filter(|&n| begins(w, n) || is_generic(w, n)));
            }
            ";" => {
                if listed && !institution(w, k + 1) && !is_plural(w, k + 1) {
                    k += 1;
                    continue;
                }
                let more = begins(w, k + 1) || is_generic(w, k + 1) || !prose && k + 1 < w.len();
                return (k, more.then_some(k + 1));
            }
            "-" | "–" | "/" | "+" if is_head(w, k + 1) && !(w.low(k) == Some("/") && k == i + 1) => {
                let role = w.is(k + 1, &["cơ", "quan"]);
                return (k, (!role).then_some(k + 1));
            }
            "," | "và" | "cùng" => match step(w, i, k, collective, listed, prose) {
                Step::Join(n) => {
                    k = n;
                    continue;
                }
                Step::Split(n) => return (k, Some(n)),
                Step::End => return (k, None),
            },
            "được" if matches!(w.low(k + 1), Some("giao" | "phân")) => match w.ends_list_after(k) {
                Some(end) => {
                    k = end;
                    continue;
                }
                None => return (k, None),
            },
            _ if (if prose { is_stop(w, k) } else { is_cell_stop(w, k) }) && !part_of_name(w, i, k) => {
                return (k, None);
            }
            _ if unseparated(w, i, k, prose) => return (k, Some(k)),
            next if prose
                && k > i + 2
                && w.is(k - 2, &["liên", "quan"])
                && !matches!(
                    next,
                    "của" | "thuộc" | "đến" | "tại" | "trên" | "ở" | "trong" | "khác" | "cấp" | "tỉnh"
                ) =>
            {
                return (k, None);
            }
            _ => {}
        }
        k += 1;
    }
    (k, None)
}

/// Past the separators at `i`, and the word behind them when there was one.
fn separator(w: &Words<'_>, i: usize) -> (usize, Option<usize>) {
    let mut k = i;
    while matches!(w.low(k), Some("," | ";" | "và" | "cùng")) || w.low(k) == Some("với") && k > i {
        k += 1;
    }
    (k, (k > i).then_some(k))
}

enum Step {
    Join(usize),
    Split(usize),
    End,
}

/// What a comma, "và" or "cùng" at `k` does to the name begun at `i`.
fn step(w: &Words<'_>, i: usize, k: usize, collective: bool, listed: bool, prose: bool) -> Step {
    let n = separator(w, k).0;
    if w.low(n).is_none() {
        return Step::End;
    }
    if is_head(w, n) {
        let bare = is_bare(w, n);
        let same = is_plural(w, i)
            || matches!(w.low(i), Some("sở" | "bộ" | "ban" | "thủ" | "giám" | "lãnh" | "cơ" | "viện" | "trường"))
                && !(w.low(n) == Some("sở") && matches!(w.low(i), Some("viện" | "trường")));
        if collective && bare && same || pair_of_offices(w, i, k, n) {
            return Step::Join(n);
        }
        if listed && !institution(w, n) {
            return Step::Join(n);
        }
        return Step::Split(n);
    }
    if is_plural(w, n) {
        let of_places = is_place(w, n + 1) && matches!(w.low(i), Some("ubnd" | "ủy" | "uỷ" | "hđnd" | "công" | "chủ"));
        if of_places || prose && !plural_of_bodies(w, n) {
            return if of_places { Step::Join(n) } else { Step::End };
        }
        return Step::Split(n);
    }
    if is_generic(w, n) && !w.is_capital(n) {
        // "các bộ và cơ quan, tổ chức liên quan": a second collective phrase.
        let second = w.low(k) == Some("và") && (n + 1..n + 4).any(|x| w.low(x) == Some(","));
        return if collective && !second { Step::Join(n) } else { Step::Split(n) };
    }
    if !prose || is_place(w, n) || listed {
        return if !prose && is_stop(w, n) { Step::End } else { Step::Join(n) };
    }
    if w.is_capital(n) {
        return Step::Join(n);
    }
    if collective && w.low(k) == Some(",") && w.is(n, &["quản", "lý", "nhà", "nước"]) {
        return Step::Join(n + 4);
    }
    if collective
        && !is_stop(w, n)
        && w.low(k) == Some(",")
        && matches!(
            w.low(n),
            Some(
                "ngành"
                    | "ban"
                    | "bộ"
                    | "đoàn"
                    | "mặt"
                    | "viện"
                    | "trường"
                    | "hội"
                    | "phòng"
                    | "trung"
                    | "thành"
                    | "truyền"
                    | "báo"
                    | "cục"
                    | "vụ"
                    | "nhà"
                    | "chủ"
                    | "sở"
            )
        )
    {
        return Step::Join(n);
    }
    if w.low(k) == Some("và") && !is_stop(w, n) {
        return Step::Join(n);
    }
    Step::End
}

/// A phrase for many bodies: "các …", "Sở, ban, ngành …", "Thủ trưởng các …", "cơ quan, đơn vị …".
fn is_collective(w: &Words<'_>, i: usize) -> bool {
    if is_plural(w, i) || is_bare(w, i) && is_head(w, i) || is_generic(w, i) && !w.is_capital(i) {
        return true;
    }
    let titled = matches!(w.low(i), Some("thủ" | "giám" | "lãnh" | "người" | "bộ" | "cục" | "vụ" | "chánh" | "trưởng"))
        && is_head(w, i);
    titled && (i + 1..i + 4).any(|k| w.low(k) == Some("các") || is_generic(w, k) && !w.is_capital(k))
        || matches!(
            (w.low(i), w.low(i + 1)),
            (Some("cơ"), Some("quan"))
                | (Some("đơn"), Some("vị"))
                | (Some("doanh"), Some("nghiệp"))
                | (Some("tổ"), Some("chức"))
                | (Some("địa"), Some("phương"))
        )
}

/// A head without a name of its own: "Sở,", "Ban, ngành", "Bộ liên quan".
fn is_bare(w: &Words<'_>, i: usize) -> bool {
    let long = matches!(w.low(i), Some("cơ" | "đơn" | "đoàn" | "địa" | "doanh" | "tổ" | "hiệp"))
        && w.low(i + 1).is_some_and(|s| matches!(s, "quan" | "vị" | "thể" | "phương" | "nghiệp" | "chức" | "hội"));
    let k = if long { i + 2 } else { i + 1 };
    let single = long
        || matches!(
            w.low(i),
            Some(
                "sở" | "ban"
                    | "bộ"
                    | "ngành"
                    | "hội"
                    | "phòng"
                    | "cục"
                    | "vụ"
                    | "viện"
                    | "trường"
                    | "đoàn"
                    | "trung"
                    | "báo"
                    | "đài"
            )
        );
    single
        && matches!(
            w.low(k),
            None | Some(
                "," | ";"
                    | "ngành"
                    | "và"
                    | "liên"
                    | "có"
                    | "cấp"
                    | "tỉnh"
                    | "của"
                    | "thuộc"
                    | "trực"
                    | "chuyên"
                    | "trên"
                    | "ở"
                    | "trung"
                    | "địa"
            )
        )
}

/// A head that ends a list of bare names behind "Các Cục:".
fn institution(w: &Words<'_>, i: usize) -> bool {
    is_head(w, i)
        && !is_bare(w, i)
        && matches!(
            w.low(i),
            Some(
                "sở" | "bộ"
                    | "vụ"
                    | "cục"
                    | "ubnd"
                    | "ủy"
                    | "uỷ"
                    | "văn"
                    | "trung"
                    | "viện"
                    | "công"
                    | "ban"
                    | "hội"
                    | "tổng"
                    | "chủ"
                    | "hđnd"
                    | "các"
            )
        )
}

/// "Văn phòng HĐND và UBND", "Tỉnh ủy, Thành ủy", "Đoàn ĐBQH và HĐND": one office.
fn pair_of_offices(w: &Words<'_>, i: usize, k: usize, n: usize) -> bool {
    let next = w.low(n).unwrap_or_default();
    let last = w.low(k.wrapping_sub(1)).unwrap_or_default();
    if w.low(i) == Some("văn")
        && matches!(next, "hđnd" | "ubnd" | "hội" | "ủy" | "uỷ")
        && matches!(last, "hđnd" | "dân" | "hội" | "đbqh")
    {
        return true;
    }
    let committee = |x: usize| matches!(w.low(x), Some("ủy" | "uỷ"));
    matches!(next, "thành" | "huyện" | "đảng")
        && committee(n + 1)
        && committee(k.wrapping_sub(1))
        && w.low(i) != Some("tỉnh")
        || w.low(i) == Some("báo") && next == "đài" && w.low(k) == Some("và")
}

/// A verb that stands in the name itself: "Ban quản lý …", "Hội đồng phối hợp …", "Trung tâm kiểm soát …".
fn part_of_name(w: &Words<'_>, i: usize, k: usize) -> bool {
    let near = k <= i + 3;
    let after = |words: &[&str]| near && k > 0 && words.contains(&w.low(k - 1).unwrap_or_default());
    let verb = w.low(k).unwrap_or_default();
    let second = w.low(k + 1).unwrap_or_default();
    after(&["ban"])
        && matches!(
            (verb, second),
            ("quản", "lý")
                | ("chỉ", "đạo")
                | ("tổ", "chức")
                | ("điều", "hành")
                | ("chấp", "hành")
                | ("vận", "động")
                | ("tuyên", "giáo")
                | ("giúp", "việc")
                | ("thường", "vụ")
        )
        || k > 0
            && matches!(w.low(k - 1), Some("viện" | "trường" | "tâm"))
            && matches!(
                verb,
                "nghiên" | "đào" | "hỗ" | "kiểm" | "xúc" | "phát" | "chuyển" | "điều" | "giám" | "phục" | "tư"
            )
        || after(&["đồng", "tâm", "viện", "quỹ"])
            && !matches!(verb, "có" | "theo" | "chủ" | "cần" | "phải" | "tham" | "tiếp" | "về" | "để" | "khi")
        || k >= 2
            && matches!(w.low(k - 1), Some("quan" | "tượng"))
            && (verb == "quản"
                || verb == "tham"
                || verb == "thực"
                || verb == "chủ" && w.low(k + 2) == Some("soạn")
                || matches!(verb, "truyền" | "thông" | "báo" | "thanh" | "điều" | "thi" | "kiểm"))
        || near
            && w.low(k - 1) == Some("vị")
            && matches!((verb, second), ("thực", "hiện") | ("sử", "dụng") | ("quản", "lý"))
        || w.low(k - 1) == Some("vi") && verb == "quản"
        || k >= 1 && w.low(k - 1) == Some("tham") && verb == "mưu"
        || k >= 2 && w.is(k - 2, &["tham", "mưu"]) && verb == "quản"
}

/// Two names printed without a separator ("Sở Tài chính Sở Tư pháp").
fn unseparated(w: &Words<'_>, i: usize, k: usize, prose: bool) -> bool {
    if prose || k < i + 2 || !is_head(w, k) {
        return false;
    }
    let begun = matches!(w.low(i), Some("sở" | "bộ" | "ban" | "công" | "ubnd" | "văn" | "các"));
    let next = matches!(w.low(k), Some("sở" | "ubnd"))
        || w.low(k) == Some("bộ") && w.low(k + 1) != Some("trưởng")
        || w.is(k, &["các"]);
    let link = matches!(
        w.low(k - 1),
        Some(
            "của"
                | "thuộc"
                | "các"
                | "và"
                | "với"
                | "do"
                | "tại"
                | "phòng"
                | "-"
                | "–"
                | "tra"
                | "đốc"
                | "trưởng"
                | "tịch"
                | "đạo"
                | "&"
        )
    );
    begun && next && !link && w.low(i) != Some("các")
}

#[cfg(test)]
mod tests;
