//! Shorter looks at the words of a clause.

use super::{ASSIGN, Subject, after_circumstance, chairs, direct};
use crate::recognise::tasks::agencies::{List, Name, Words, begins, is_verb, is_work, list_in_prose};

/// Most words a name has behind its first comma.
const LONGEST_TAIL: usize = 10;

/// "Về đề nghị của tỉnh: giao Bộ X …", "Về kinh phí: Sở Y bố trí …": the words behind a colon name the body.
/// Answers with the byte where they begin.
pub(crate) fn behind_colon(text: &str) -> Option<(usize, Subject)> {
    let about = ["Về ", "Đối với ", "Liên quan ", "Riêng "].iter().any(|o| text.starts_with(o));
    let topic = text.find(':').filter(|&colon| colon < 150).and_then(|colon| text.get(..colon)).map(Words::new);
    let short = topic.is_some_and(|topic| topic.len() <= if begins(&topic, 0) { 8 } else { 16 });
    if !about && !short {
        return None;
    }
    for (at, _) in text.match_indices(':').take(3) {
        let from = at + 1;
        let rest = text.get(from..)?;
        let rest = rest.get(..rest.char_indices().nth(600).map_or(rest.len(), |(i, _)| i)).unwrap_or(rest);
        let w = Words::new(rest);
        let ordered = matches!(w.low(0), Some("giao" | "đề" | "yêu" | "phân"));
        if let Some(s) =
            direct(&w).or_else(|| if ordered { None } else { after_circumstance(&w) }).filter(|s| !s.heading)
        {
            return Some((from, s));
        }
    }
    None
}

/// A sentence may begin with a body, or with an order to one: a quick look at its first words.
pub(crate) fn may_name(text: &str) -> bool {
    let head = text.get(..text.char_indices().nth(24).map_or(text.len(), |(i, _)| i)).unwrap_or(text);
    let w = Words::new(head);
    begins(&w, 0) || ASSIGN.iter().any(|v| w.low(0) == Some(v[0]))
}

/// "Đối với chủ tàu cá:", "Trách nhiệm của người đứng đầu": people with duties of their own, to the end of a heading.
pub(super) fn people(w: &Words<'_>, i: usize) -> Option<Name> {
    let end = if w.low(w.len().checked_sub(1)?) == Some(":") { w.len() - 1 } else { w.len() };
    let duty = matches!(w.low(i), Some("chủ" | "trưởng"))
        && !matches!(w.low(i + 1), Some("trương" | "đề" | "trì" | "động" | "thể" | "quyền"))
        || matches!(w.pair(i), Some("nhân viên" | "người đứng" | "các chủ"));
    let plain = (i..end).all(|k| w.low(k).is_some_and(|t| t == "," || t.chars().all(char::is_alphabetic)));
    (duty && plain && (i + 2..i + 16).contains(&end)).then(|| Name { at: w.start(i)..w.end(end - 1), known: true })
}

/// "2. Đội Tuần tra, canh gác: phối hợp …": what stands before a colon and a verb in small letters is the name, commas
/// and verbs in it too.
pub(super) fn to_colon(w: &Words<'_>, i: usize, list: &mut List) {
    let Some(last) = list.names.last_mut() else { return };
    let turns = matches!(w.low(list.next + 1), Some("trên" | "theo" | "căn" | "trong" | "khi" | "để" | "từ"));
    if w.low(list.next) != Some(",") || turns {
        return;
    }
    let Some(colon) = (list.next..(list.next + 8).min(w.len())).find(|&k| w.low(k) == Some(":")) else { return };
    let helps = |k: usize| w.is(k, &["phối", "hợp"]) || w.is(k, &["chủ", "trì"]);
    let plain = |k: usize| w.low(k).is_some_and(|t| t == "," || t.chars().all(char::is_alphabetic)) && !helps(k);
    if (list.next..colon).all(plain) && colon > i && is_work(w, colon + 1) && begins(w, i) {
        last.at.end = w.end(colon - 1);
        list.next = colon;
    }
}

/// The words begin with a verb of work ("Tổ chức …", "Xây dựng …").
pub(crate) fn acts(w: &Words<'_>) -> bool {
    is_work(w, 0)
}

/// A colon and what is to be done, in a sentence of its own: the body is a heading printed in the line of its work
/// ("3. Sở Y tế: Chuẩn bị cơ số thuốc …").
pub(super) fn runs_in(w: &Words<'_>, i: usize) -> bool {
    w.low(i) == Some(":") && is_work(w, i + 1)
}

/// A verb of work follows the body (not a comma, a preposition or the end).
pub(super) fn works(w: &Words<'_>, i: usize) -> bool {
    if matches!(w.low(i), Some("được")) {
        return matches!(w.low(i + 1), Some("phân" | "giao"));
    }
    let verb = w.low(i).is_some_and(|t| t.chars().all(char::is_alphabetic)) && !w.is_capital(i);
    let idle = matches!(
        w.low(i),
        Some(
            "là" | "đã"
                | "đang"
                | "chưa"
                | "và"
                | "của"
                | "tại"
                | "trong"
                | "về"
                | "để"
                | "do"
                | "khi"
                | "đến"
                | "cho"
                | "với"
                | "thuộc"
                | "bằng"
                | "vào"
                | "hoặc"
                | "còn"
        )
    );
    let has =
        w.low(i) == Some("có") && !matches!(w.low(i + 1), Some("trách" | "nhiệm" | "kế" | "giải" | "biện" | "văn"));
    verb && !idle && !has
}

/// "là đầu mối …", "là cơ quan thường trực …": who is called so has the work.
pub(super) fn is_charged(w: &Words<'_>, i: usize) -> bool {
    let office = w.is(i, &["là", "cơ", "quan"]) || w.is(i, &["là", "đơn", "vị"]);
    let at = if office { i + 3 } else { i + 1 };
    w.low(i) == Some("là") && (w.is(at, &["đầu", "mối"]) || office && w.is(at, &["thường", "trực"]))
}

/// Nothing but "[Chủ trì,] phối hợp với" and the bodies that help.
pub(crate) fn only_helped(w: &Words<'_>) -> bool {
    chairs(w, 0).is_some_and(|end| end + 1 >= w.len())
}

/// Words that are one name to their end, though its tail looks like a list of something else.
pub(crate) fn whole(w: &Words<'_>) -> Option<Subject> {
    let last = w.len().checked_sub(1)?;
    let last = if w.low(last) == Some(":") { last.checked_sub(1)? } else { last };
    let mut list = list_in_prose(w, 0);
    let tail = list.next..last + 1;
    list.names.last_mut()?.at.end = w.end(last);
    let part = |k: usize| w.low(k).is_some_and(|t| t == "," || t.chars().all(char::is_alphabetic)) && !is_verb(w, k);
    if !begins(w, 0) || w.low(list.next) != Some(",") || tail.len() > LONGEST_TAIL || !tail.clone().all(part) {
        return None;
    }
    Some(Subject { lead: list.names, heading: true, sure: 0.85, ..Subject::default() })
}
