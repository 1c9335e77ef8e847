//! How a text was laid out: wrapped lines, tables, head and foot.

use super::LineKind;
use super::normal::Raw;
use crate::recognise::fold::{bare, bare_start, is_caps, label};
use crate::recognise::kinds::kind_line;

/// How the text was wrapped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wrap {
    /// Usual length of a full line, in characters; 0 when lines are whole paragraphs.
    pub width: usize,
    /// Usual length of a full line that begins with a dash; 0 when too few are known.
    pub first: usize,
    /// Paragraphs are set apart by blank lines, so that a line break inside a block is only a wrap.
    pub blocks: bool,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Above the first paragraph: boxes and the title, whose lines end anywhere.
    Head,
    /// Between two bars.
    Cell,
    /// Nơi nhận and the signature: short lines that end anywhere.
    Foot,
    /// Paragraphs.
    Prose,
}

/// Tells where the head ends.
#[derive(Debug, Default)]
pub(super) struct Head {
    over: bool,
    titled: bool,
    addressed: bool,
    lines: usize,
}

impl Head {
    /// The line still belongs to the head.
    pub fn goes_on(&mut self, raw: &Raw<'_>, count: usize) -> bool {
        if self.over {
            return false;
        }
        let text = &*raw.text;
        let labelled = self.titled && label(text).is_some();
        let paragraph = self.titled && raw.gap && self.lines > 0 && !is_caps(text);
        // A letter without its head begins behind "Kính gửi".
        let opens =
            self.addressed && ["thuc hien", "trien khai", "can cu"].iter().any(|w| bare_start(text, 10).starts_with(w));
        self.addressed |= bare_start(text, 8) == "kinh gui";
        if opens || count > 60 || text.len() > 400 || labelled || bare_start(text, 7) == "can cu" || paragraph {
            self.over = true;
            return false;
        }
        self.lines += usize::from(self.titled);
        self.titled |= kind_line(text).is_some();
        true
    }
}

/// The line stands between "Nơi nhận" and what follows the signature.
pub(super) fn in_foot(raw: &Raw<'_>, before: bool) -> bool {
    let text = &*raw.text;
    if text.len() > 200 {
        return false;
    }
    if text.starts_with(['N', 'n']) && bare_start(text, 9).starts_with("noi nhan") {
        return true;
    }
    let numbered = || label(text).is_some() && !text.starts_with(['-', '–', '+', '•', '(']);
    before && !numbered() && kind_line(text).is_none() && !bare_start(text, 8).starts_with("phu luc")
}

/// Length of full lines and the use of blank lines.
pub(super) fn wrap(lines: &[Raw<'_>]) -> Wrap {
    let mut lengths = [0usize; 201];
    let mut dashed = [0usize; 201];
    let (mut count, mut inside, mut apart) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let length = line.text.chars().count().min(200);
        if length >= 20 {
            count += 1;
            if let Some(slot) = lengths.get_mut(length) {
                *slot += 1;
            }
        }
        if line.text.starts_with(['-', '–', '+']) && next.text.starts_with(char::is_lowercase) {
            dashed[length] += 1;
        }
        if line.text.ends_with(['.', ';']) && length >= 10 && next.text != "|" && line.text != "|" {
            if next.gap { apart += 1 } else { inside += 1 }
        }
    }
    let width = usual(&lengths, count);
    let known: usize = dashed.iter().sum();
    let first = if known >= 5 { usual(&dashed, known) } else { 0 };
    Wrap { width, first, blocks: width > 0 && apart >= 4 && inside * 4 < apart }
}

/// The shortest length that nine lines in ten do not pass; 0 when lines are whole paragraphs.
fn usual(lengths: &[usize; 201], count: usize) -> usize {
    let mut seen = 0;
    let width = lengths.iter().position(|slot| {
        seen += slot;
        seen * 10 >= count * 9 && count > 0
    });
    width.filter(|width| *width <= 130).unwrap_or(0)
}

/// Tells tables from prose.
pub(super) fn kinds(lines: &[Raw<'_>]) -> Vec<LineKind> {
    let mut loose = 0usize; // lines since a header of a table without bars; 0 outside
    let mut long = 0usize;
    lines
        .iter()
        .map(|line| {
            let text = &*line.text;
            if text == "|" {
                loose = 0;
                return LineKind::Bar;
            }
            if text.starts_with('|') {
                loose = 0;
                return LineKind::Row;
            }
            if line.columns {
                return LineKind::Columns;
            }
            let length = text.chars().count();
            if length <= 5 && matches!(bare(text).as_str(), "tt" | "stt" | "so tt") {
                loose = 1;
                long = 0;
                return LineKind::Loose;
            }
            if loose > 0 {
                loose += 1;
                long = if length >= 62 && !is_caps(text) { long + 1 } else { 0 };
                let annex = length < 30 && bare_start(text, 8).starts_with("phu luc");
                let signed = bare_start(text, 9).starts_with("noi nhan") || super::chrome::is_authority(text);
                if annex || signed || long >= 3 {
                    loose = 0;
                    return LineKind::Text;
                }
                return LineKind::Loose;
            }
            LineKind::Text
        })
        .collect()
}
