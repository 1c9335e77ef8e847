//! The papers a text names: which, when, and what they are to it or to each other.
//!
//! The preamble is read sentence by sentence. The first paper of a sentence that starts with "Căn cứ", "Thực hiện",
//! "Triển khai" or "Thi hành" is a basis, and so is every other that is listed beside it ("…; Kế hoạch số …"); a paper
//! that stands behind a verb inside the title of another ("ban hành Kế hoạch thực hiện **Kết luận số …**") is nested
//! in that other one.

mod find;

use std::collections::{HashMap, HashSet};

use find::{Found, find};

use super::clean::{Clean, LineKind};
use super::fold::{bare, bare_start};
use super::{kinds, number_key};
use crate::{Citation, Paper, Relation, Span};

/// Reads every citation into `paper`.
pub(crate) fn read(clean: &Clean, paper: &mut Paper) {
    let own = paper.number.as_ref().map(|number| number_key(&number.value));
    let mut list = List { own, ..List::default() };
    let preamble = preamble(clean);
    let mut mood = Mood::Plain;
    for at in preamble.clone() {
        mood = line(clean, at, mood, true, &mut list);
    }
    for at in (preamble.end..clean.lines.len()).chain(clean.head.clone()) {
        line(clean, at, Mood::Plain, false, &mut list);
    }
    paper.citations = list.citations;
}

/// Lines between the header and the first numbered heading or "QUYẾT ĐỊNH:".
fn preamble(clean: &Clean) -> std::ops::Range<usize> {
    let body = clean.body.clone();
    let end = body.clone().find(|at| {
        let Some(entry) = clean.lines.get(*at) else { return true };
        let text = clean.line(*at);
        let dash = text.starts_with(['-', '–', '+', '•', '(', '[']);
        (entry.label > 0 && !dash)
            || kinds::kind_line(text).is_some()
            || bare_start(text, 12).starts_with("quyet nghi:")
            || at - body.start > 80
    });
    body.start..end.unwrap_or(body.end)
}

/// How the sentence being read governs the papers it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Basis,
    Proposal,
    Plain,
}

/// Citations so far.
#[derive(Debug, Default)]
struct List {
    citations: Vec<Citation>,
    by_key: HashMap<String, usize>,
    /// Laws cited by name.
    names: HashSet<String>,
    own: Option<String>,
}

/// Place of a citation in the text being read: its relation, its parent, its index.
#[derive(Debug, Clone, Copy)]
struct Place {
    relation: Relation,
    of: Option<usize>,
    index: Option<usize>,
}

/// Reads one line; the mood it ends in goes on when the next line continues a list.
fn line(clean: &Clean, at: usize, before: Mood, governed: bool, list: &mut List) -> Mood {
    let Some(entry) = clean.lines.get(at) else { return Mood::Plain };
    if entry.kind == LineKind::Bar {
        return before;
    }
    let text = clean.slice(entry.span);
    let found = find(text);
    let mut mood =
        if governed { opener(text).unwrap_or_else(|| carried(clean, at, text, before)) } else { Mood::Plain };
    let mut last: Option<Place> = None;
    let mut from = 0;
    for item in &found {
        let gap = text.get(from..item.start).unwrap_or("");
        let mut listed_anew = last.is_none();
        if from > 0 || last.is_none() {
            if let Some(cut) = sentence_break(gap) {
                if last.is_some() || cut > 0 {
                    listed_anew = true;
                    last = None;
                }
                let start = gap.get(cut..).unwrap_or("").trim_start();
                if governed && cut > 0 {
                    mood = opener(start).unwrap_or(Mood::Plain);
                }
            } else if let Some(cut) = gap.rfind(';') {
                listed_anew = true;
                last = None;
                if let Some(next) = opener(gap.get(cut + 1..).unwrap_or("").trim_start()).filter(|_| governed) {
                    mood = next;
                }
            }
        }
        let link = link(gap);
        let place = match (last, link) {
            (Some(previous), Link::Beside) => Place { index: None, ..previous },
            (Some(previous), Link::Inside(relation)) if !listed_anew => {
                Place { relation, of: previous.index, index: None }
            }
            (_, link) => first_place(mood, link, governed, gap),
        };
        let standing = matches!(place.relation, Relation::Basis | Relation::Proposal) && mood == Mood::Plain;
        let place = if standing { Place { relation: Relation::Mentions, ..place } } else { place };
        let index = list.add(item, entry.span.start, place);
        // a paper named again stands where it stood first
        last = Some(match index.and_then(|index| list.citations.get(index).map(|known| (index, known))) {
            Some((index, known)) => Place { relation: known.relation, of: known.of, index: Some(index) },
            None => Place { index: None, ..place },
        });
        from = item.end;
    }
    if governed {
        find::named_laws(text, entry.span.start, mood == Mood::Basis, &mut list.names, &mut list.citations);
    }
    mood
}

/// The mood a sentence opens in.
fn opener(text: &str) -> Option<Mood> {
    let folded = bare_start(text.trim_start_matches(['-', '–', '+', '•', '"', '“', '(', ' ']), 60);
    let starts = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    if starts(&["theo de nghi", "theo de xuat", "xet ", "theo bao cao", "tren co so", "theo y kien", "sau khi xem xet"])
    {
        return Some(Mood::Proposal);
    }
    let direct = starts(&[
        "can cu",
        "can cu",
        "thuc hien",
        "trien khai",
        "thi hanh",
        "tiep tuc thuc hien",
        "tiep tuc trien khai",
        "thuc hien,",
    ]);
    let aim = starts(&["de ", "nham "])
        && ["thuc hien ", "trien khai ", "thi hanh "].iter().any(|verb| {
            folded.find(verb).is_some_and(|at| {
                let rest = folded.get(at + verb.len()..).unwrap_or("");
                let rest = ["co hieu qua ", "nghiem tuc ", "nghiem ", "hieu qua ", "tot ", "kip thoi ", "thuc hien "]
                    .iter()
                    .fold(rest, |rest, word| rest.trim_start_matches(word));
                kinds::named_at(rest).is_some()
            })
        });
    (direct || aim).then_some(Mood::Basis)
}

/// "Căn cứ:" and its items below; a list that was broken at a semicolon.
fn carried(clean: &Clean, at: usize, text: &str, before: Mood) -> Mood {
    let above = at.checked_sub(1).map_or("", |at| clean.line(at));
    let open = above.ends_with([';', ':', ',']);
    let item = text.trim_start_matches(['-', '–', '+', '•', ' ']);
    if open && before != Mood::Plain && (kinds::named_at(item).is_some() || item.starts_with("Luật ")) {
        before
    } else {
        Mood::Plain
    }
}

/// Where the last sentence of a gap begins: after ". " and a capital.
fn sentence_break(gap: &str) -> Option<usize> {
    let mut found = None;
    for (at, _) in gap.match_indices(". ") {
        let after = gap.get(at + 2..).and_then(|rest| rest.chars().next());
        let word = gap.get(..at).and_then(|head| head.rsplit([' ', '(']).next()).unwrap_or("");
        if after.is_some_and(char::is_uppercase) && word.chars().count() > 2 {
            found = Some(at + 2);
        }
    }
    found
}

/// How a paper hangs on the one named before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// "…, Kế hoạch số", "… và Kế hoạch số".
    Beside,
    /// "đã ban hành Kế hoạch số": the main verb of the sentence.
    Issued,
    /// Behind another verb.
    Inside(Relation),
}

/// Reads the link from the words between two papers.
fn link(gap: &str) -> Link {
    let mut start = gap.len().saturating_sub(90);
    while !gap.is_char_boundary(start) {
        start -= 1;
    }
    let folded = bare(gap.get(start..).unwrap_or(gap));
    let tail = folded.trim_end_matches([' ', '(', '"', '“', '\'']);
    let tail = tail.strip_suffix(" so").unwrap_or(tail).trim_end();
    if tail.is_empty()
        || tail == "so"
        || tail.ends_with([',', ';', ')', ':'])
        || tail.ends_with(" va")
        || tail == "va"
        || tail.ends_with(" cung")
        || tail.ends_with(" va cac")
    {
        return Link::Beside;
    }
    if tail.ends_with("da ban hanh") {
        return Link::Issued;
    }
    const VERBS: [(&str, Relation); 11] = [
        ("tiep tuc thuc hien", Relation::Continues),
        ("thuc hien", Relation::Implements),
        ("trien khai", Relation::Implements),
        ("thi hanh", Relation::Implements),
        ("quan triet", Relation::Implements),
        ("thay the", Relation::Replaces),
        ("bai bo", Relation::Replaces),
        ("sua doi", Relation::Amends),
        ("bo sung", Relation::Amends),
        ("ban hanh", Relation::Issues),
        ("phe duyet", Relation::Issues),
    ];
    let clause = tail.rsplit([';', '(']).next().unwrap_or(tail);
    let verb = clause
        .bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b't' | b'q' | b'b' | b's' | b'p'))
        .filter_map(|(at, _)| clause.get(at..).map(|rest| (at, rest)))
        .flat_map(|(at, rest)| {
            let found = VERBS.iter().filter(move |(verb, _)| rest.starts_with(verb));
            found.map(move |(verb, relation)| (at + verb.len(), verb.len(), *relation))
        })
        .max_by_key(|(end, length, _)| (*end, *length));
    match verb {
        // an amending paper names the articles of another: "sửa đổi một số điều của …"
        Some((end, _, Relation::Issues)) if end + 30 < clause.len() => Link::Inside(Relation::Mentions),
        Some((_, _, relation)) => Link::Inside(relation),
        None => Link::Inside(Relation::Mentions),
    }
}

/// The place of the first paper of a sentence or list item.
fn first_place(mood: Mood, link: Link, governed: bool, gap: &str) -> Place {
    let relation = match (mood, link) {
        (Mood::Basis, _) => Relation::Basis,
        (Mood::Proposal, _) => Relation::Proposal,
        (Mood::Plain, Link::Inside(relation @ (Relation::Replaces | Relation::Amends)))
            if !governed && gap.len() < 300 =>
        {
            relation
        }
        _ => Relation::Mentions,
    };
    Place { relation, of: None, index: None }
}

impl List {
    /// Adds a citation or completes the one with the same number; returns its index.
    fn add(&mut self, item: &Found, offset: usize, place: Place) -> Option<usize> {
        let key = number_key(&item.number);
        if self.own.as_ref() == Some(&key) {
            return None;
        }
        let span = Span { start: offset + item.start, end: offset + item.end };
        if let Some(index) = self.by_key.get(&key).copied() {
            let known = self.citations.get_mut(index)?;
            known.date = known.date.or(item.date);
            if place.relation == Relation::Basis && place.of.is_none() && known.relation != Relation::Basis {
                known.relation = Relation::Basis;
                known.of = None;
            }
            return Some(index);
        }
        let index = self.citations.len();
        self.by_key.insert(key, index);
        self.names.extend(item.name.clone());
        self.citations.push(Citation {
            kind: item.kind.map(str::to_owned),
            number: Some(item.number.clone()),
            name: item.name.clone(),
            date: item.date,
            relation: place.relation,
            of: place.of.filter(|of| *of != index),
            span,
            confidence: if place.relation == Relation::Mentions { 0.8 } else { 0.92 },
        });
        Some(index)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Relation, recognise};

    fn paper(preamble: &str) -> crate::Paper {
        recognise(&format!(
            "UBND TỈNH A\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-UBND\nA, ngày 01 tháng 02 năm 2025\nKẾ HOẠCH\nPhổ biến pháp luật\n\n{preamble}\n\nI. MỤC ĐÍCH\n1. Giao Sở Tư pháp thực hiện Quyết định số 99/QĐ-TTg."
        ))
    }

    #[test]
    fn titles_inside_titles_are_a_chain() {
        let paper = paper(
            "Thực hiện Quyết định số 11/QĐ-TTg ngày 06/10/2020 của Thủ tướng Chính phủ ban hành Kế hoạch thực hiện Kết luận số 8-KL/TW ngày 20/6/2020 của Ban Bí thư về tiếp tục thực hiện Chỉ thị số 3-CT/TW ngày 09/12/2003 về phổ biến pháp luật (sau đây gọi là Kết luận số 8-KL/TW), UBND tỉnh ban hành Kế hoạch như sau:",
        );
        let shown: Vec<_> = paper
            .citations
            .iter()
            .map(|c| (c.number.as_deref().unwrap_or(""), c.relation, c.of, c.date.map(|d| d.to_string())))
            .collect();
        assert_eq!(
            shown,
            [
                ("11/QĐ-TTg", Relation::Basis, None, Some("2020-10-06".into())),
                ("8-KL/TW", Relation::Implements, Some(0), Some("2020-06-20".into())),
                ("3-CT/TW", Relation::Continues, Some(1), Some("2003-12-09".into())),
                ("99/QĐ-TTg", Relation::Mentions, None, None),
            ]
        );
    }

    #[test]
    fn lists_are_bases_and_proposals_are_not() {
        let paper = paper(
            "Căn cứ Luật Phổ biến, giáo dục pháp luật ngày 20 tháng 6 năm 2012;\nCăn cứ Nghị quyết số 5-NQ/TW của Bộ Chính trị về chuyển đổi số; Nghị quyết số 7/NQ-CP của Chính phủ và Kế hoạch số 9-KH/TU của Tỉnh ủy;\nTheo đề nghị của Sở Tư pháp tại Tờ trình số 4/TTr-STP ngày 01/01/2025, UBND tỉnh ban hành Kế hoạch như sau:",
        );
        let bases: Vec<_> = paper
            .citations
            .iter()
            .filter(|c| c.relation == Relation::Basis)
            .map(|c| c.number.as_deref().or(c.name.as_deref()).unwrap_or(""))
            .collect();
        assert_eq!(bases, ["Luật Phổ biến, giáo dục pháp luật", "5-NQ/TW", "7/NQ-CP", "9-KH/TU"]);
        assert!(
            paper
                .citations
                .iter()
                .any(|c| c.relation == Relation::Proposal && c.number.as_deref() == Some("4/TTr-STP"))
        );
    }
}
