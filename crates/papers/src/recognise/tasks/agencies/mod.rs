//! Names of bodies: lists under labels, in table cells and in running text → the bodies as printed.

mod lexicon;
mod name;
mod tail;
mod words;

use std::ops::Range;

use lexicon::{is_generic, is_head, is_place, is_plural, is_stop};
use name::name;
pub(crate) use words::Words;

/// One body, where it stands in the text given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Bytes.
    pub at: Range<usize>,
    /// Its beginning is that of a known kind of body.
    pub known: bool,
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

/// True when a body without a name of its own begins at word `i` ("chính quyền địa phương").
pub(crate) fn is_body(w: &Words<'_>, i: usize) -> bool {
    is_generic(w, i)
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
                    | "hộ"
            )
        )
        || is_private(w, k)
        || w.is(k, &["đại", "biểu"]) && w.is_capital(k + 2)
        || w.is(k, &["tổ", "công"])
        || matches!(
            w.pair(k),
            Some(
                "bệnh viện"
                    | "văn phòng"
                    | "ngân hàng"
                    | "học viện"
                    | "nhà máy"
                    | "nhà mạng"
                    | "nhà văn"
                    | "liên đoàn"
                    | "tòa án"
                    | "toà án"
                    | "ủy ban"
                    | "uỷ ban"
                    | "kho bạc"
                    | "tạp chí"
                    | "nông trường"
                    | "lâm trường"
                    | "xí nghiệp"
                    | "trạm y"
                    | "tổ đảng"
                    | "tổ đại"
                    | "đội quản"
                    | "đội công"
            )
        )
        || w.low(k) == Some("chủ")
            && !matches!(
                w.low(k + 1),
                Some("trương" | "đề" | "thể" | "quyền" | "nghĩa" | "trì" | "động" | "yếu" | "đạo") | None
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

#[cfg(test)]
mod tests;
