//! The two-column header and the "Nơi nhận" footer, taken apart.

use super::line::{Line, shouting};
use crate::read::shape::{is_authority, is_motto, starts_folded};

/// Lines at the top of a paper that may belong to its header.
const HEADER: usize = 24;
/// Lines of a footer.
const FOOTER: usize = 45;

/// Body lines or one footer.
pub(super) enum Part {
    /// Lines still to be read.
    Body(Vec<Line>),
    /// A finished footer: page and place on the page of its first line, its lines.
    Footer((usize, usize), Vec<String>),
}

/// Column at which the line falls into two, the nearest to where the right column was seen to start.
fn cut(line: &Line, right: usize) -> Option<usize> {
    let aim = right.saturating_sub(2);
    line.segs
        .windows(2)
        .map(|pair| {
            let (from, to) = (pair[0].end, pair[1].start);
            let off = if aim < from { from - aim } else { aim.saturating_sub(to) };
            (off, usize::MAX - (to - from), to)
        })
        .min()
        .map(|(_, _, to)| to)
}

/// Takes the header off the lines: left column first.
pub(super) fn header(lines: Vec<Line>) -> (Vec<String>, Vec<Line>) {
    let Some((at, right)) =
        lines.iter().take(12).enumerate().find_map(|(i, line)| motto(line).map(|column| (i, column)))
    else {
        return (vec![], lines);
    };
    // A motto that stands alone in the middle or at the left is no right column.
    if right < 12 || lines[at].page != lines[0].page {
        return (vec![], lines);
    }
    let dated = |line: &Line| {
        let folded = line.split(right.saturating_sub(14)).1.to_lowercase();
        folded.contains("ngày") && folded.contains("tháng") && folded.contains("năm") && folded.chars().count() < 70
    };
    let near = || lines.iter().enumerate().skip(at).take(HEADER - 12);
    let date = near().find(|(_, line)| dated(line)).map(|(i, _)| i);
    let sub = near().filter(|(_, line)| is_motto(&line.text())).map(|(i, _)| i).next_back().unwrap_or(at);
    let last = date.unwrap_or(sub);
    let mut left: Vec<String> = Vec::new();
    let mut other: Vec<String> = Vec::new();
    let mut used = 0;
    let mut subject = false;
    for (i, line) in lines.iter().enumerate().take(HEADER) {
        let (a, b) = parts(line, right);
        if i > last {
            let opens = ["v/v", "về việc", "số:", "số ", "hỏa tốc", "thượng khẩn", "khẩn", "mật"];
            let goes_on = subject && !line.gap && !starts_folded(&a, "kính gửi") && !shouting(&a);
            let opens = opens.iter().any(|word| starts_folded(&a, word));
            if !b.is_empty() && !rule(&b) || a.is_empty() && b.is_empty() || !(opens || goes_on || rule(&line.text())) {
                break;
            }
        }
        used = i + 1;
        let starts = starts_folded(&a, "v/v") || starts_folded(&a, "về việc");
        match left.last_mut() {
            Some(before) if subject && !starts && !a.is_empty() && !rule(&a) => {
                before.push(' ');
                before.push_str(&a);
            }
            _ if a.is_empty() || rule(&a) => {}
            _ => left.push(a),
        }
        subject |= starts;
        // The motto itself may be wrapped.
        match other.last_mut() {
            Some(before) if is_motto(before) && shouting(&b) && !is_motto(&b) && !before.ends_with("VIỆT NAM") => {
                before.push(' ');
                before.push_str(&b);
            }
            _ if b.is_empty() || rule(&b) => {}
            _ => other.push(b),
        }
    }
    left.append(&mut other);
    (left, lines.into_iter().skip(used).collect())
}

/// Where the Quốc hiệu (or the name of the Party) starts in the line.
fn motto(line: &Line) -> Option<usize> {
    let starts = line.words.windows(2).position(|pair| {
        matches!((pair[0].text.as_str(), pair[1].text.as_str()), ("CỘNG", "HÒA" | "HOÀ") | ("ĐẢNG", "CỘNG"))
    })?;
    Some(line.words[starts].start)
}

/// A drawn line made of signs.
fn rule(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '_' | '—' | '–' | '=' | '*' | ' ' | '.'))
}

/// The left and right part of a header or footer line.
fn parts(line: &Line, right: usize) -> (String, String) {
    if let Some(column) = motto(line) {
        return line.split(column);
    }
    match cut(line, right) {
        Some(column) => line.split(column),
        None if line.start() + 12 >= right && line.end() > right => (String::new(), line.text()),
        None => (line.text(), String::new()),
    }
}

/// Splits the lines at every "Nơi nhận" block.
pub(super) fn footers(lines: Vec<Line>) -> Vec<Part> {
    let mut out = Vec::new();
    let mut body: Vec<Line> = Vec::new();
    let mut rest = lines.into_iter().peekable();
    while let Some(line) = rest.next() {
        if !starts_folded(&line.text(), "nơi nhận") || line.text().chars().count() > 160 {
            body.push(line);
            continue;
        }
        // The signature may start a line or two higher.
        let mut above = Vec::new();
        while above.len() < 4
            && body.last().is_some_and(|before| {
                let text = before.text();
                before.page == line.page
                    && before.segs.len() == 1
                    && before.start() > 28
                    && (is_authority(&text) || shouting(&text))
                    && text.chars().count() < 60
            })
        {
            above.extend(body.pop());
        }
        above.reverse();
        let mut block: Vec<Line> = above;
        let mut foot = Foot::new(&line, &block);
        block.push(line);
        while block.len() < FOOTER
            && let Some(next) = rest.peek()
            && foot.takes(next)
        {
            block.extend(rest.next());
        }
        if !body.is_empty() {
            out.push(Part::Body(std::mem::take(&mut body)));
        }
        let place = block.first().map_or((0, 0), |line| (line.page, line.top));
        out.push(Part::Footer(place, foot.write(&block)));
    }
    if !body.is_empty() {
        out.push(Part::Body(body));
    }
    out
}

/// What is known of a footer while its lines are gathered.
struct Foot {
    page: usize,
    left: usize,
    right: Option<usize>,
    /// The list of recipients has ended.
    listed: bool,
    /// The name of the signer was seen.
    named: bool,
    signed: bool,
}

impl Foot {
    fn new(line: &Line, above: &[Line]) -> Self {
        let right = line.segs.get(1).or_else(|| above.first().and_then(|l| l.segs.first())).map(|seg| seg.start);
        Self { page: line.page, left: line.start(), right, listed: false, named: false, signed: right.is_some() }
    }

    fn takes(&mut self, line: &Line) -> bool {
        let over = line.page > self.page;
        if line.page > self.page + 1 || (over && (!self.signed || self.named && self.listed)) {
            return false;
        }
        let right = match (self.right, line.segs.as_slice()) {
            (Some(right), _) => right,
            // The first text well right of the list opens the right column.
            (None, [.., last]) if last.start > self.left + 30 => {
                self.right = Some(last.start);
                last.start
            }
            (None, _) => usize::MAX / 2,
        };
        let (a, b) = parts(line, right);
        if b.is_empty() {
            let crosses = line.end() > right.saturating_add(8) || line.start() > self.left + 10;
            let item = a.starts_with(['-', '+', '*', '•', '–']);
            if crosses || !item && (self.listed || over && shouting(&a) && !a.ends_with([';', ',', '.'])) {
                return false;
            }
        } else if self.named {
            return false;
        }
        if !a.is_empty() {
            let folded = a.to_lowercase();
            self.listed |= folded.contains("lưu") && a.ends_with(['.', ';', '/']) || a.ends_with("./.");
        }
        if !b.is_empty() {
            self.right =
                Some(right.min(line.segs.iter().map(|s| s.start).rfind(|s| *s + 14 >= right).unwrap_or(right)));
            self.signed = true;
            self.named |= name(&b);
        }
        true
    }

    fn write(&self, block: &[Line]) -> Vec<String> {
        let right = self.right.unwrap_or(usize::MAX / 2);
        let mut left: Vec<String> = Vec::new();
        let mut other: Vec<String> = Vec::new();
        // A signature below the list instead of beside it: each of its lines is one.
        let mut signing = false;
        for line in block {
            let (a, b) = parts(line, right);
            if !b.is_empty() {
                other.push(b);
            }
            if a.is_empty() {
                continue;
            }
            let item = a.starts_with(['-', '+', '*', '•', '–']);
            signing |= is_authority(a.trim_start_matches('*'));
            match left.last_mut() {
                Some(before) if !item && !signing && !before.ends_with([';', ':', '.']) => {
                    before.push(' ');
                    before.push_str(&a);
                }
                _ => left.push(a),
            }
        }
        left.append(&mut other);
        left
    }
}

/// Does the text look like the printed name of a person?
fn name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (2..=6).contains(&words.len())
        && !shouting(text)
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '.' || c == '\'')
        })
}
