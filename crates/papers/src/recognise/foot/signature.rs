//! The signature: authority, position, a second position, name.

use super::is_name;
use crate::recognise::clean::Clean;
use crate::recognise::fold::{bare, bare_start, is_caps};
use crate::recognise::header::field;
use crate::{Paper, Signer, Span};

/// Ranks (bare form) that a line of the block can start with.
const RANKS: [&str; 40] = [
    "pho ",
    "chu tich",
    "giam doc",
    "tong giam doc",
    "bo truong",
    "thu truong",
    "thu tuong",
    "vu truong",
    "cuc truong",
    "chi cuc truong",
    "tong cuc truong",
    "chanh ",
    "truong ban",
    "truong phong",
    "truong doan",
    "truong khoa",
    "truong cong an",
    "truong tieu ban",
    "hieu truong",
    "vien truong",
    "bi thu",
    "uy vien",
    "chu nhiem",
    "quyen ",
    "q.",
    "tong ",
    "thong doc",
    "to truong",
    "doi truong",
    "hat truong",
    "kiem toan truong",
    "chinh uy",
    "tu lenh",
    "chi huy",
    "tham muu",
    "thuong truc",
    "dai dien",
    "nguoi dung dau",
    "thu ky",
    "hoi truong",
];

/// Names of bodies that follow "TM." (bare form): they are not ranks.
const MARKS: [(&str, &str); 14] = [
    ("tm.", "TM."),
    ("tm ", "TM."),
    ("t/m", "T/M"),
    ("kt.", "KT."),
    ("kt ", "KT."),
    ("k/t", "K/T"),
    ("tl.", "TL."),
    ("tl ", "TL."),
    ("t/l", "T/L"),
    ("tuq.", "TUQ."),
    ("tuq ", "TUQ."),
    ("tm,", "TM."),
    ("kt,", "KT."),
    ("tuq,", "TUQ."),
];

/// The line starts with "TM.", "KT.", "TL.", "TUQ." and is in capitals.
pub(crate) fn is_authority_line(text: &str) -> bool {
    let folded = bare_start(text, 6);
    text.chars().count() <= 120 && is_caps(text) && MARKS.iter().any(|(mark, _)| folded.starts_with(mark))
}

/// The text starts with a rank.
pub(crate) fn is_rank(text: &str) -> bool {
    let folded = bare_start(text, 24) + " ";
    RANKS.iter().any(|rank| folded.starts_with(rank))
}

/// What one line of the block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Authority,
    Rank,
    More,
}

/// Reads the right column into `paper.signer`.
pub(crate) fn read(clean: &Clean, pieces: &[Span], paper: &mut Paper) {
    let mut chunks: Vec<(Part, String, Span)> = Vec::new();
    let mut name: Option<(String, Span)> = None;
    for piece in pieces {
        let text = clean.slice(*piece).trim_matches([' ', '|']);
        if noise(text) {
            continue;
        }
        let named = is_name(text) || caps_name(text, &chunks);
        if named && (!chunks.is_empty() || pieces.len() <= 3) {
            name = Some((text.to_owned(), *piece));
            break;
        }
        if is_caps(text) || (is_authority_start(text) && text.chars().count() < 80) {
            add(text, *piece, &mut chunks);
        } else if let Some(inner) = titled_name(text).filter(|_| !chunks.is_empty()) {
            name = Some((inner.to_owned(), *piece));
            break;
        }
        if chunks.len() > 8 {
            break;
        }
    }
    fill(chunks, name, paper);
}

fn is_authority_start(text: &str) -> bool {
    let folded = bare_start(text, 5);
    MARKS.iter().any(|(mark, _)| folded.starts_with(mark)) && text.chars().take(2).all(char::is_uppercase)
}

/// "(Đã ký)", stamps and crumbs of a scan.
fn noise(text: &str) -> bool {
    let folded = bare(text);
    let inner = folded.trim_matches(|c: char| !c.is_alphanumeric());
    inner.chars().filter(|c| c.is_alphabetic()).count() < 3
        || matches!(inner, "da ky" | "ky" | "da ky va dong dau" | "ky ten, dong dau" | "chu ky so" | "ky so")
        || inner.starts_with("ky boi")
        || inner.starts_with("nguoi ky")
        || inner.contains('@')
        || inner.starts_with("thoi gian ky")
}

/// "ThS. Nguyễn Văn A", "Đại tá Nguyễn Văn A".
fn titled_name(text: &str) -> Option<&str> {
    let short = text.chars().count() <= 50 && !text.ends_with([';', ':', ',']) && !text.starts_with(['-', '(', '[']);
    let words = text.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    let all = text.split(' ').count();
    (short && words >= 2 && all <= 7 && words + 1 >= all && !text.chars().any(|c| c.is_ascii_digit())).then_some(text)
}

/// "NGUYỄN VĂN A" below the position.
fn caps_name(text: &str, chunks: &[(Part, String, Span)]) -> bool {
    const SURNAMES: [&str; 44] = [
        "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
        "duong", "ly", "dao", "doan", "vuong", "trinh", "dinh", "lam", "luong", "truong", "mai", "ha", "cao", "to",
        "quach", "chau", "ta", "luu", "nong", "trieu", "hau", "ma", "giang", "thai", "kieu", "dam", "au", "sai",
        "tong", "la",
    ];
    let folded = bare(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let ranked = chunks.iter().any(|(part, _, _)| *part == Part::Rank);
    ranked
        && is_caps(text)
        && (2..=5).contains(&words.len())
        && words.first().is_some_and(|first| SURNAMES.contains(first))
        && text.chars().all(|c| c.is_alphabetic() || c == ' ')
        && !is_rank(text)
        && !words.iter().any(|word| matches!(*word, "ban" | "phong" | "so" | "cuc" | "vien" | "tinh" | "cong"))
}

/// Splits a line into authority and rank pieces and adds them.
fn add(text: &str, span: Span, chunks: &mut Vec<(Part, String, Span)>) {
    let mut rest = text;
    let mut from = span.start + clean_lead(text);
    loop {
        let cut = cut_point(rest);
        let (head, tail) = rest.split_at(cut.unwrap_or(rest.len()));
        let piece = head.trim().trim_matches([',', '.', ';', ':', '|', '-']).trim();
        if !piece.is_empty() {
            let lead = head.find(piece).unwrap_or(0);
            let here = Span { start: from + lead, end: from + lead + piece.len() };
            let printed = if head.trim_start().starts_with(piece) { head.trim() } else { piece };
            let part = if is_authority_start(piece) || is_authority_line(piece) {
                Part::Authority
            } else if is_rank(piece) {
                Part::Rank
            } else {
                Part::More
            };
            put(
                part,
                printed.trim_end_matches([',', '.', ';', ':', ' ']),
                here,
                head.trim_end().ends_with(','),
                chunks,
            );
        }
        if tail.is_empty() {
            return;
        }
        from += head.len();
        rest = tail;
    }
}

fn clean_lead(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn put(part: Part, text: &str, span: Span, comma: bool, chunks: &mut Vec<(Part, String, Span)>) {
    let dangling = chunks.last().is_some_and(|(last, value, _)| {
        value.ends_with(',') || (*last == Part::Authority && rank_of(value).is_none() && part == Part::More)
    });
    let follows = part == Part::More || (dangling && part == Part::Rank);
    match chunks.last_mut() {
        Some((_, value, whole)) if follows => {
            value.push(' ');
            value.push_str(text);
            if comma {
                value.push(',');
            }
            whole.end = span.end;
        }
        None if part == Part::More => {}
        _ => chunks.push((part, if comma { format!("{text},") } else { text.to_owned() }, span)),
    }
}

/// The rank after "KT." or "TL.".
fn rank_of(authority: &str) -> Option<&str> {
    let rest = authority.split_once('.').map_or(authority, |(_, rest)| rest).trim();
    is_rank(rest).then_some(rest)
}

/// Where a second authority or the signer's own rank starts inside a line.
fn cut_point(text: &str) -> Option<usize> {
    let authority = is_authority_start(text.trim_start());
    let mut seen_rank = false;
    let mut previous = "";
    for (at, word) in words(text) {
        let rest = text.get(at..).unwrap_or("");
        if at > 0 && is_authority_start(rest) {
            return Some(at);
        }
        let starts_rank = is_rank(rest)
            && !previous.ends_with(',')
            && !matches!(bare(previous).as_str(), "pho" | "q." | "quyen" | "tong" | "thu" | "chi");
        if starts_rank && at > 0 && authority {
            // the rank in "KT. CHỦ TỊCH" stands right after the mark
            if seen_rank || !is_mark(previous) {
                return Some(at);
            }
            seen_rank = true;
        } else if starts_rank && at > 0 && !authority && seen_rank {
            return None;
        }
        if at == 0 && word.contains('.') && word.len() > 4 {
            // "KT.CHỦ TỊCH PHÓ CHỦ TỊCH"
            seen_rank = true;
        }
        previous = word;
    }
    None
}

fn is_mark(word: &str) -> bool {
    let folded = bare(word);
    matches!(folded.as_str(), "tm." | "kt." | "tl." | "tuq." | "tm" | "kt" | "tl" | "tuq" | "t/m" | "k/t" | "t/l")
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(' ').filter_map(move |word| {
        let at = from;
        from += word.len() + 1;
        (!word.is_empty()).then_some((at, word))
    })
}

fn fill(chunks: Vec<(Part, String, Span)>, name: Option<(String, Span)>, paper: &mut Paper) {
    if chunks.is_empty() && name.is_none() {
        return;
    }
    let mut signer = Signer::default();
    let mut authority: Option<(String, Span)> = None;
    for (part, value, span) in chunks {
        let value = value.trim_end_matches(',').to_owned();
        match part {
            Part::Authority => match &mut authority {
                Some((whole, place)) => {
                    whole.push_str(" / ");
                    whole.push_str(&value);
                    place.end = span.end;
                }
                None => authority = Some((value, span)),
            },
            Part::Rank if signer.position.is_none() => signer.position = Some(field(value, span, 0.95)),
            Part::Rank if signer.concurrent_position.is_none() => {
                signer.concurrent_position = Some(field(value, span, 0.9))
            }
            _ => {}
        }
    }
    signer.authority = authority.map(|(value, span)| field(value, span, 0.95));
    signer.name = name.map(|(value, span)| field(value, span, 0.95));
    if signer != Signer::default() {
        paper.signer = Some(signer);
    }
}
