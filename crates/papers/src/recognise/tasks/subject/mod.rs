//! Sentences that assign work: who is told to do it, with whom, and how strongly it is put.

mod looks;
mod partners;

use std::sync::LazyLock;

use super::agencies::{Name, Words, begins, is_private, is_verb, list_in_prose};
use super::starts::Inside;

pub(crate) use looks::{acts, behind_colon, may_name, only_helped, whole};
use looks::{is_charged, runs_in, works};
use partners::partner;
pub(crate) use partners::partners;

/// What the words of a clause say about who works.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Subject {
    /// Who carries the work; ranges in the text given.
    pub lead: Vec<Name>,
    /// "đề nghị".
    pub request: bool,
    /// Nothing but the body (and "chủ trì, phối hợp với …", "có trách nhiệm"): a heading for the clauses inside.
    pub heading: bool,
    /// First byte of the work in whose line the body is printed as a heading.
    pub run_in: Option<usize>,
    /// 0 to 1.
    pub sure: f32,
}

/// Verbs by which an issuer assigns.
const ASSIGN: [&[&str]; 9] = [
    &["giao", "trách", "nhiệm", "cho"],
    &["giao", "nhiệm", "vụ", "cho"],
    &["phân", "công"],
    &["đề", "nghị"],
    &["yêu", "cầu"],
    &["giao", "cho"],
    &["chỉ", "đạo"],
    &["giao"],
    &["kiến", "nghị"],
];

/// What bodies do in reports and conclusions without being told to.
const PRAISE: [&[&str]; 7] = [
    &["ghi", "nhận"],
    &["biểu", "dương"],
    &["đánh", "giá", "cao"],
    &["hoan", "nghênh"],
    &["khẳng", "định"],
    &["thống", "nhất", "đánh"],
    &["luôn"],
];

/// Words that open a heading about a body ("Trách nhiệm của Sở Tư pháp").
const ABOUT: [&[&str]; 6] = [
    &["đối", "với"],
    &["trách", "nhiệm", "của"],
    &["nhiệm", "vụ", "của"],
    &["về", "phía"],
    &["trách", "nhiệm"],
    &["nhiệm", "vụ"],
];

/// Reads who a clause is about; `None` when its words name nobody who is to work.
pub(crate) fn read(w: &Words<'_>) -> Option<Subject> {
    direct(w).or_else(|| after_circumstance(w)).or_else(|| issuer_assigns(w)).or_else(|| later(w))
}

/// "Đồng ý với đề xuất …. Giao Sở X …": a later sentence orders.
fn later(w: &Words<'_>) -> Option<Subject> {
    (1..w.len().min(160)).filter(|&k| w.low(k - 1) == Some(".") && w.is_capital(k)).find_map(|k| {
        let verb = ASSIGN.iter().find(|verb| w.is(k, verb) && verb[0] != "chỉ" && begins(w, k + verb.len()))?;
        let list = list_in_prose(w, k + verb.len());
        let request = matches!(verb[0], "đề" | "kiến");
        let s = Subject { lead: list.names, request, sure: 0.75, ..Subject::default() };
        finish(w, list.next, s, true, false).filter(|s| !s.heading)
    })
}

/// The clause begins with the body, or with "Giao", "Đề nghị" and the body.
fn direct(w: &Words<'_>) -> Option<Subject> {
    let mut i = 0;
    while matches!(w.low(i), Some("-" | "–" | "+" | "*" | "•" | "“" | "\"")) {
        i += 1;
    }
    let mut s = Subject { sure: 0.9, ..Subject::default() };
    let mut ordered = false;
    if w.is(i, &["trân", "trọng"]) || w.is(i, &["kính"]) {
        i += if w.low(i) == Some("kính") { 1 } else { 2 };
    }
    if let Some(verb) = ASSIGN.iter().find(|v| w.is(i, v)).filter(|v| v[0] != "chỉ") {
        s.request = matches!(verb[0], "đề" | "kiến");
        i += verb.len();
        ordered = true;
    }
    let mut about = false;
    if !ordered && let Some(words) = ABOUT.iter().find(|v| w.is(i, v)) {
        i += words.len();
        about = true;
    }
    while matches!(w.low(i), Some(":" | "-")) && ordered {
        i += 1;
    }
    let mut list = list_in_prose(w, i);
    if list.names.is_empty() && about {
        return looks::people(w, i).map(|name| Subject { lead: vec![name], heading: true, ..s });
    }
    looks::to_colon(w, i, &mut list);
    if list.names.is_empty()
        || !begins(w, i) && !ordered && !about
        || is_private(w, i) && !ordered && !closes(w, list.next) && !runs_in(w, list.next)
    {
        return None;
    }
    if !ordered && ASSIGN.iter().any(|v| v[0] != "chỉ" && w.is(list.next, v) && begins(w, list.next + v.len())) {
        return None;
    }
    s.lead = list.names;
    finish(w, list.next, s, ordered, about)
}

/// Judges the words behind the body.
fn finish(w: &Words<'_>, mut next: usize, mut s: Subject, ordered: bool, about: bool) -> Option<Subject> {
    if w.low(next) == Some("(") {
        let close = (next..(next + 80).min(w.len())).find(|&c| w.low(c) == Some(")"))?;
        next = close + 1;
    }
    if matches!(w.low(next), Some("-" | "–")) {
        let end = (next + 1..(next + 18).min(w.len() + 1))
            .find(|&c| matches!(w.low(c), None | Some(":" | "." | ",")) || is_verb(w, c) && c > next + 3)?;
        next = end;
    }
    if let Some(n) = chairs(w, next) {
        next = n;
    }
    s.run_in = runs_in(w, next).then(|| w.start(next + 1));
    if closes(w, next) {
        s.heading = true;
        return Some(s);
    }
    // "Đối với Sở Y tế: rà soát …".
    if about && s.run_in.is_some() {
        s.sure = 0.8;
        return Some(s);
    }
    if about {
        return None;
    }
    if !ordered && PRAISE.iter().any(|p| w.is(next, p)) {
        return None;
    }
    if is_charged(w, next) {
        return Some(s);
    }
    // "Thanh tra chuyên ngành: Ủy ban nhân dân các xã phối hợp …": what looked like a body is what the sentence is about.
    if w.low(next) == Some(":") && !ordered && begins(w, next + 1) && works(w, list_in_prose(w, next + 1).next) {
        return None;
    }
    match w.low(next) {
        Some(
            "là" | "đã" | "đang" | "bao" | "gồm" | "chưa" | "được" | "bị" | "do" | "của" | "còn" | "thuộc" | "như"
            | "ở" | "hoặc" | "với" | "vẫn",
        ) if !ordered => {
            if w.low(next) == Some("được") && matches!(w.low(next + 1), Some("giao" | "phân")) {
                s.sure = 0.8;
                return Some(s);
            }
            None
        }
        Some("có")
            if !ordered
                && !matches!(
                    w.low(next + 1),
                    Some("trách" | "nhiệm" | "kế" | "giải" | "biện" | "văn" | "phương" | "hình")
                ) =>
        {
            None
        }
        Some("tại") if !ordered => None,
        Some(":")
            if matches!(w.low(next + 1), Some("không" | "mỗi" | "tối" | "gồm" | "bao" | "là" | "có" | "số"))
                || w.low(next + 1).is_some_and(|d| d.as_bytes()[0].is_ascii_digit()) =>
        {
            None
        }
        Some(",")
            if !ordered
                && !is_verb(w, next + 1)
                && !matches!(w.low(next + 1), Some("trên" | "theo" | "căn" | "trong")) =>
        {
            None
        }
        Some("theo") if w.low(next + 1) == Some("dõi") => Some(s),
        Some("theo" | "căn" | "trên" | "," | "tại" | "trong" | "về") => {
            s.sure = 0.75;
            Some(s)
        }
        Some(_) => Some(s),
        None => None,
    }
}

/// Past "chủ trì[, phối hợp với …]" and the bodies behind it when nothing but a colon follows them.
fn chairs(w: &Words<'_>, i: usize) -> Option<usize> {
    let mut k = i;
    if !(w.is(k, &["chủ", "trì"]) || w.is(k, &["phối", "hợp"])) {
        return None;
    }
    if w.is(k, &["chủ", "trì"]) {
        k += 2;
    }
    let list = partner(w, k)?;
    let end = (list.1..(list.1 + 14).min(w.len() + 1)).find(|&c| matches!(w.low(c), None | Some(":" | "." | ";")))?;
    let short = end < list.1 + 12 && w.low(end) != Some(".") && (w.low(end).is_some() || end <= list.1 + 1);
    (short && w.low(end) != Some(";")).then_some(end)
}

/// Nothing is said behind the body but that it is responsible.
fn closes(w: &Words<'_>, i: usize) -> bool {
    let end = (i..w.len()).find(|&k| w.low(k) == Some(":")).unwrap_or(w.len());
    if i >= w.len() || end == i && w.low(w.len() - 1) == Some(":") {
        return true;
    }
    if matches!(w.low(i), Some("." | ";")) && i + 1 >= w.len() {
        return true;
    }
    let ends_here = end + 1 >= w.len();
    let colon = end < w.len();
    if !ends_here {
        return false;
    }
    if w.is(i, &["có", "trách", "nhiệm"]) && i + 3 == w.len() {
        return true;
    }
    let words = end - i;
    const DUTIES: [&[&str]; 14] = [
        &["có", "trách", "nhiệm"],
        &["có", "nhiệm", "vụ"],
        &["chịu", "trách", "nhiệm"],
        &["thực", "hiện"],
        &["tập", "trung"],
        &["triển", "khai"],
        &["chủ", "động"],
        &["khẩn", "trương"],
        &["tổ", "chức"],
        &["theo", "chức"],
        &["căn", "cứ"],
        &["tiếp", "tục"],
        &["nghiêm", "túc"],
        &["cần"],
    ];
    colon && words <= 26 && DUTIES.iter().any(|d| w.is(i, d)) || colon && words <= 3
}

/// "Trên cơ sở …, Sở Xây dựng chủ trì …", "Căn cứ …, các sở, ngành …".
fn after_circumstance(w: &Words<'_>) -> Option<Subject> {
    const OPENERS: [&[&str]; 22] = [
        &["trên", "cơ", "sở"],
        &["căn", "cứ"],
        &["theo"],
        &["trong"],
        &["để"],
        &["hằng"],
        &["hàng"],
        &["định", "kỳ"],
        &["khi"],
        &["sau", "khi"],
        &["trước"],
        &["từ"],
        &["đối", "với"],
        &["nhằm"],
        &["trường", "hợp"],
        &["ngoài", "ra"],
        &["bên", "cạnh"],
        &["cùng", "với"],
        &["chậm", "nhất"],
        &["thường", "xuyên"],
        &["tùy"],
        &["đồng", "thời"],
    ];
    let start = usize::from(matches!(w.low(0), Some("-" | "+" | "–")));
    if !OPENERS.iter().any(|o| w.is(start, o)) || w.is(start, &["trong", "quá", "trình"]) {
        return None;
    }
    for k in start + 1..w.len().min(start + 90) {
        if w.low(k) == Some(".") && w.is_capital(k + 1) {
            return None;
        }
        if w.low(k) != Some(",") {
            continue;
        }
        let mut at = k + 1;
        let mut request = false;
        let verb = ASSIGN.iter().find(|v| w.is(at, v)).filter(|v| v[0] != "chỉ");
        if let Some(v) = verb {
            request = v[0] == "đề";
            at += v.len();
        }
        if !begins(w, at) {
            continue;
        }
        let list = list_in_prose(w, at);
        if verb.is_none() && ASSIGN.iter().any(|v| v[0] != "chỉ" && w.is(list.next, v)) {
            continue;
        }
        let acts = works(w, list.next) || verb.is_some();
        if !list.names.is_empty() && acts {
            return Some(Subject { lead: list.names, request, sure: 0.8, ..Subject::default() });
        }
    }
    None
}

/// "UBND tỉnh giao Sở X …", "Thủ tướng Chính phủ yêu cầu các bộ …".
fn issuer_assigns(w: &Words<'_>) -> Option<Subject> {
    let limit = w.len().min(70);
    for k in 1..limit {
        if !matches!(w.low(k), Some("giao" | "phân" | "đề" | "yêu")) || w.is_capital(k) {
            continue;
        }
        let Some(verb) = ASSIGN[..8].iter().find(|v| w.is(k, v)) else { continue };
        let at = k + verb.len();
        let before = w.low(k - 1);
        // "nhiệm vụ được giao", "theo yêu cầu", "giao thông": not an order.
        if matches!(
            before,
            Some(
                "được"
                    | "theo"
                    | "các"
                    | "bàn"
                    | "chuyển"
                    | "những"
                    | "đã"
                    | "có"
                    | "vụ"
                    | "đáp"
                    | "ứng"
                    | "sự"
                    | "của"
                    | "quy"
                    | "số"
                    | "ngoại"
            )
        ) || !begins(w, at)
        {
            continue;
        }
        let issuer = begins(w, 0) || w.is(0, &["chính", "phủ"]) || matches!(before, Some(";" | "."));
        if !issuer || verb[0] == "chỉ" {
            continue;
        }
        let list = list_in_prose(w, at);
        if list.names.is_empty() {
            continue;
        }
        let s = Subject { lead: list.names, request: verb[0] == "đề", sure: 0.8, ..Subject::default() };
        return finish(w, list.next, s, true, false);
    }
    None
}

/// Bodies outside the system of the administration: they are asked, not told.
pub(crate) fn is_outside(low: &str) -> bool {
    static OUTSIDE: LazyLock<Inside> = LazyLock::new(|| {
        Inside::new(&[
            "mặt trận tổ quốc",
            "mttq",
            "tòa án",
            "toà án",
            "viện kiểm sát",
            "tổ chức thành viên",
            "đoàn thể chính trị",
            "ban tuyên giáo",
            "tỉnh ủy",
            "thành ủy",
            "đảng ủy",
            "hội đồng nhân dân",
            "hđnd",
        ])
    });
    OUTSIDE.is_in(low)
}

#[cfg(test)]
mod tests;
