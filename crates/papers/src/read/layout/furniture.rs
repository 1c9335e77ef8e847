//! Pages → lines without page numbers, running headers and stamps.

use std::collections::{HashMap, HashSet};

use super::line::Line;

/// Lines of each page.
pub(super) fn pages(text: &str) -> Vec<Vec<Line>> {
    let mut pages: Vec<Vec<Line>> = Vec::new();
    for (number, page) in text.split('\u{c}').enumerate() {
        let mut lines = Vec::new();
        let mut gap = false;
        for (top, raw) in page.lines().enumerate() {
            match Line::new(raw, number, gap && !lines.is_empty(), top) {
                Some(line) => {
                    lines.push(line);
                    gap = false;
                }
                None => gap = true,
            }
        }
        pages.push(lines);
    }
    pages
}

/// The outermost lines of all pages, each once, their parts between tabs: running headers and footers are among them.
pub(in crate::read) fn margins(pages: &[Vec<Line>]) -> String {
    let mut seen = HashSet::new();
    let mut out = String::new();
    for (page, i) in pages.iter().flat_map(|page| edges(page).map(move |i| (page, i))) {
        let parts: Vec<&str> = page[i].segs.iter().map(|seg| seg.text.as_str()).collect();
        let line = parts.join("\t");
        if seen.insert(line.clone()) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// Lines of all pages in order, without what is no part of the paper.
pub(super) fn clean(mut pages: Vec<Vec<Line>>) -> Vec<Line> {
    pages.retain(|page| !page.is_empty());
    drop_edges(&mut pages);
    if let Some(first) = pages.first_mut() {
        drop_stamps(first);
    }
    pages.into_iter().flatten().collect()
}

/// How many lines at the top and foot of a page may be furniture.
const EDGE: usize = 2;

/// Where on a page a line stands: how many lines from its top, or (below zero) from its foot.
fn place(page: &[Line], i: usize) -> isize {
    if i < EDGE { i as isize } else { i as isize - page.len() as isize }
}

fn edges(page: &[Line]) -> impl Iterator<Item = usize> + use<> {
    let count = page.len();
    (0..count).filter(move |i| *i < EDGE || *i + EDGE >= count)
}

/// The line with its digits masked: running headers differ only in the page number.
fn key(line: &Line) -> String {
    line.text().chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

fn drop_edges(pages: &mut [Vec<Line>]) {
    let mut seen: HashMap<(isize, String), usize> = HashMap::new();
    for page in pages.iter() {
        for i in edges(page) {
            *seen.entry((place(page, i), key(&page[i]))).or_default() += 1;
        }
    }
    let count = pages.len();
    for page in pages.iter_mut() {
        let last = page.len() - 1;
        let drop: Vec<usize> = edges(page)
            .filter(|i| {
                let line = &page[*i];
                let text = line.text();
                let outer = *i == 0 || *i == last;
                // A sentence that many clauses end with ("Thời gian thực hiện: Hằng năm.") is none.
                let repeated = || seen.get(&(place(page, *i), key(line))).is_some_and(|n| n * 2 > count);
                let running = count >= 4 && line.segs.len() <= 2 && !text.ends_with(['.', ';']) && repeated();
                (outer && page_number(&text)) || running || gazette(&text)
            })
            .collect();
        let mut index = 0;
        page.retain(|_| {
            index += 1;
            !drop.contains(&(index - 1))
        });
        if let Some(first) = page.first_mut() {
            first.gap = false;
        }
    }
}

fn page_number(text: &str) -> bool {
    let bare = text.strip_prefix("Trang").or_else(|| text.strip_prefix("trang")).unwrap_or(text);
    let bare = bare.trim_matches(|c: char| c == ' ' || c == '-' || c == '–' || c == '|');
    let parts: Vec<&str> = bare.split('/').map(str::trim).collect();
    parts.len() <= 2
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Running header of the gazette: "CÔNG BÁO/Số 12 + 13/Ngày 01-02-2025".
fn gazette(text: &str) -> bool {
    text.contains("CÔNG BÁO/") && text.contains("Ngày") && text.chars().count() < 80
}

/// Text of electronic signatures printed at the top of the first page.
fn drop_stamps(page: &mut Vec<Line>) {
    const MARKS: &[&str] = &[
        "Người ký:",
        "Ký bởi:",
        "Thời gian ký:",
        "Ngày ký:",
        "Email:",
        "Cơ quan:",
        "Signature Not Verified",
        "Tổ chức:",
    ];
    let mut index = 0;
    page.retain(|line| {
        index += 1;
        let text = line.text();
        index > 8 || line.segs.len() > 1 || !MARKS.iter().any(|mark| text.starts_with(mark))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        clean(pages(text)).iter().map(Line::text).collect()
    }

    #[test]
    fn page_numbers_and_running_headers_go() {
        assert_eq!(texts("a\n1. b\n\u{c}   2\nc\n2025\nd\n"), ["a", "1. b", "c", "2025", "d"]);
        let body = ["mở đầu", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "cuối"];
        let page =
            |n: usize| format!("{n}   CÔNG BÁO/Số 1 + 2/Ngày 01-02-2025\n\n{}\n\u{c}", body[n * 3..][..3].join("\n"));
        let all: String = (0..4).map(page).collect();
        assert_eq!(texts(&all), body);
    }

    #[test]
    fn a_sentence_that_many_pages_begin_with_stays() {
        let all: String = ["một", "hai", "ba", "bốn", "năm"]
            .map(|word| format!("Thời gian thực hiện: Hằng năm.\n{word}\nba dòng\nbốn dòng\n{word} cuối\n\u{c}"))
            .concat();
        assert_eq!(texts(&all).iter().filter(|line| line.starts_with("Thời gian")).count(), 5);
    }

    #[test]
    fn stamps_go() {
        assert_eq!(texts("Người ký: Cổng Thông tin\nEmail: a@b.vn\n UBND TỈNH    CỘNG HÒA\n"), ["UBND TỈNH CỘNG HÒA"]);
    }
}
