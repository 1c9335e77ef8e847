//! The lines of one row divided among the columns.

use super::{Kind, Look, MOST, Reader};
use crate::Span;
use crate::recognise::tasks::agencies::{Words, begins};
use crate::recognise::tasks::tables::Cell;

/// Does the line stop at the verb "trình" ("Sở Tư pháp trình / Ủy ban nhân dân tỉnh")? Nouns that end in it stop a phrase.
fn submits(line: &str) -> bool {
    const NOUNS: [&str; 8] = ["chương", "quy", "công", "giáo", "lộ", "tiến", "quá", "hành"];
    let Some(before) = line.strip_suffix("trình") else { return false };
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    (before.is_empty() || before.ends_with(' ')) && !NOUNS.contains(&last.as_str())
}

impl Reader<'_> {
    pub(super) fn look(&self, at: usize) -> Look {
        let text = self.clean.line(at);
        let next = self.clean.line(at + 1);
        let both = format!("{text} {next}");
        let words = Words::new(&both);
        let low = words.small();
        let first = text.chars().next().unwrap_or(' ');
        let capital = first.is_uppercase() || first.is_ascii_digit() || matches!(first, '“' | '-' | '+');
        let prev = if at > 0 { self.clean.line(at - 1) } else { "" };
        let open = prev.ends_with([',', ';', '-', '/'])
            || prev.ends_with(" và")
            || prev.ends_with(" các")
            || prev.ends_with(" của")
            || prev.ends_with(" số")
            || submits(prev);
        // The name of a ministry or department never stops at its first word.
        let half = ["Bộ", "Sở"].iter().any(|h| prev.strip_suffix(h).is_some_and(|p| p.is_empty() || p.ends_with(' ')));
        let joins = match (first.is_lowercase() || matches!(first, ')' | ',' | '.'), open) {
            (true, _) => 2.0,
            _ if half => 2.0,
            (false, true) => 0.5,
            (false, false) if first.is_ascii_digit() => 0.3,
            (false, false) => -1.5,
        };
        Look {
            width: text.chars().count(),
            capital,
            body: begins(&words, 0),
            time: is_time(low),
            product: is_product(low),
            joins,
        }
    }

    /// Divides the lines of one row among the columns behind the number.
    pub(super) fn divide(&self, from: usize, end: usize) -> Vec<Cell> {
        let spare = (end - from).saturating_sub(MOST);
        let looks: Vec<Look> = (from + spare..end).map(|i| self.look(i)).collect();
        let cuts = self.best(&looks);
        let mut cells = vec![];
        for (c, pair) in cuts.windows(2).enumerate() {
            let [a, b] = *pair else { continue };
            let mut first = from + spare + a;
            if c == self.content() && spare > 0 {
                first = from;
            }
            cells.push(self.cell(first, from + spare + b));
        }
        cells.resize(self.kinds.len(), Cell::EMPTY);
        cells
    }

    pub(super) fn content(&self) -> usize {
        self.kinds.iter().position(|k| *k == Kind::Content).unwrap_or(0)
    }

    pub(super) fn cell(&self, from: usize, end: usize) -> Cell {
        if end <= from {
            return Cell::EMPTY;
        }
        let (Some(a), Some(b)) = (self.clean.lines.get(from), self.clean.lines.get(end - 1)) else {
            return Cell::EMPTY;
        };
        Cell { span: Span { start: a.span.start, end: b.span.end } }
    }

    /// Where to cut the lines: `kinds.len() + 1` places, from 0 to the number of lines.
    fn best(&self, looks: &[Look]) -> Vec<usize> {
        let n = looks.len();
        let columns = self.kinds.len();
        let mut joins = vec![0.0f32; n + 1];
        let mut wides = vec![0.0f32; n + 1];
        for (i, l) in looks.iter().enumerate() {
            joins[i + 1] = joins[i] + l.joins;
            wides[i + 1] = wides[i] + if l.width >= self.wide { 1.0 } else { 0.0 };
        }
        let mut score = vec![vec![f32::MIN; n + 1]; columns + 1];
        let mut back = vec![vec![0usize; n + 1]; columns + 1];
        score[0][0] = 0.0;
        for c in 0..columns {
            for i in 0..=n {
                for j in 0..=i {
                    let before = score[c][j];
                    if before == f32::MIN {
                        continue;
                    }
                    let inside = if i > j + 1 { joins[i] - joins[j + 1] } else { 0.0 };
                    let total = before + self.fit(self.kinds[c], looks, j, i, inside, wides[i] - wides[j]);
                    if total > score[c + 1][i] {
                        score[c + 1][i] = total;
                        back[c + 1][i] = j;
                    }
                }
            }
        }
        let mut cuts = vec![n; columns + 1];
        let mut at = n;
        for c in (1..=columns).rev() {
            cuts[c] = at;
            at = back[c][at];
        }
        cuts[0] = 0;
        cuts
    }

    /// How well lines `j..i` make a cell of a column.
    fn fit(&self, kind: Kind, looks: &[Look], j: usize, i: usize, joins: f32, wide: f32) -> f32 {
        let lines = (i - j) as f32;
        let Some(first) = looks.get(j).filter(|_| i > j) else {
            return match kind {
                Kind::Content => -20.0,
                Kind::Lead => -6.0,
                Kind::Time => -4.0,
                Kind::Coordinating | Kind::Product | Kind::Other => -2.5,
            };
        };
        let start = if first.capital { 1.0 } else { -4.0 };
        let narrow = lines - wide;
        let role = match kind {
            Kind::Content => 1.2 * wide - 0.6 * (narrow - 1.0).max(0.0),
            Kind::Lead | Kind::Coordinating => {
                (if first.body { 5.0 } else { -4.0 }) - 1.5 * wide - if first.time { 3.0 } else { 0.0 }
            }
            Kind::Time => (if first.time { 5.0 } else { -4.0 }) - 1.5 * wide - 0.5 * (lines - 3.0).max(0.0),
            Kind::Product => (if first.product { 2.0 } else { 0.0 }) - 1.2 * wide - if first.time { 3.0 } else { 0.0 },
            Kind::Other => -wide - if first.time { 3.0 } else { 0.0 },
        };
        start + joins + role
    }
}

fn is_time(low: &str) -> bool {
    const STARTS: [&str; 22] = [
        "quý ",
        "quí ",
        "tháng ",
        "năm 1",
        "năm 2",
        "trước ",
        "thường xuyên",
        "hằng ",
        "hàng năm",
        "hàng quý",
        "hàng tháng",
        "từ năm",
        "từ quý",
        "từ tháng",
        "giai đoạn",
        "hoàn thành",
        "đến năm",
        "trong năm",
        "trong quý",
        "theo tiến độ",
        "sau khi",
        "theo kế hoạch",
    ];
    let digits = low.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits == 4 && (low.starts_with("20") || low.starts_with("19"));
    let date = (1..=2).contains(&digits) && low.as_bytes().get(digits) == Some(&b'/');
    STARTS.iter().any(|s| low.starts_with(s)) || year || date
}

fn is_product(low: &str) -> bool {
    const STARTS: [&str; 36] = [
        "văn bản",
        "kế hoạch",
        "quyết định",
        "nghị định",
        "báo cáo",
        "luật",
        "thông tư",
        "đề án",
        "hoạt động",
        "hệ thống",
        "nền tảng",
        "công văn",
        "chương trình",
        "hội nghị",
        "tài liệu",
        "tờ trình",
        "hồ sơ",
        "nghị quyết",
        "chỉ thị",
        "dự án",
        "dự thảo",
        "cơ sở dữ liệu",
        "phần mềm",
        "bộ tiêu chí",
        "danh mục",
        "quy chế",
        "quy định",
        "hướng dẫn",
        "các văn bản",
        "các hoạt động",
        "các chương trình",
        "các nghị",
        "các quyết",
        "các kế hoạch",
        "các báo cáo",
        "kết luận",
    ];
    STARTS.iter().any(|s| low.starts_with(s))
}
