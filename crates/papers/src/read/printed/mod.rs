//! Words and strokes of printed pages with their places → lines for [`super::layout`] and tables told by their borders.
//!
//! Lengths are points, places count from the top left corner of the page.

mod cell;
mod ruled;
mod strokes;
mod touching;
mod words;

use super::encoding::{self, Legacy};
use super::layout::{self, Line};
use super::median;
pub(super) use ruled::Ruled;

/// One word.
#[derive(Debug, Clone, PartialEq)]
struct Word {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    text: String,
}

impl Word {
    fn middle(&self) -> f32 {
        self.top.midpoint(self.bottom)
    }

    fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// A straight stroke along an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stroke {
    /// Its place on the other axis.
    at: f32,
    from: f32,
    to: f32,
}

/// The strokes of one page.
#[derive(Debug, Clone, Default)]
struct Strokes {
    across: Vec<Stroke>,
    down: Vec<Stroke>,
}

/// A place on a page as a number that orders what stands below each other.
fn order(at: f32) -> usize {
    // Casting bounds what is out of range.
    (at * 10.0) as usize
}

/// Reads the table of words and, when there is one, the drawing of the same pages: the text, what stands at the edges of the pages, the old encoding.
pub(super) fn read(bbox: &str, drawing: Option<&str>) -> (String, String, Option<Legacy>) {
    let mut pages = words::pages(bbox);
    let legacy = repair(&mut pages);
    let mut strokes = drawing.map(strokes::pages).unwrap_or_default();
    strokes.resize_with(pages.len(), Strokes::default);
    let mut tables = Vec::new();
    for (number, (page, strokes)) in pages.iter_mut().zip(strokes).enumerate() {
        tables.extend(ruled::take(page, strokes, number));
    }
    let width = width(&pages);
    let step = step(&pages);
    let lines: Vec<Vec<Line>> =
        pages.into_iter().enumerate().map(|(number, page)| lines(page, number, width, step)).collect();
    let margins = layout::margins(&lines);
    (layout::compose(lines, tables), margins, legacy)
}

/// Puts words of an old encoding, and combining marks, right.
fn repair(pages: &mut [Vec<Word>]) -> Option<Legacy> {
    let mut all = String::new();
    for word in pages.iter().flatten() {
        all.push_str(&word.text);
        all.push('\n');
    }
    let (all, legacy) = encoding::repair(encoding::nfc(all));
    for (word, text) in pages.iter_mut().flatten().zip(all.lines()) {
        word.text.clear();
        word.text.push_str(text);
    }
    legacy
}

/// Width of a letter.
fn width(pages: &[Vec<Word>]) -> f32 {
    let words = pages.iter().flatten();
    median(words.map(|word| (word.right - word.left) / word.text.chars().count().max(1) as f32)).unwrap_or(5.0).max(0.5)
}

/// From line to line.
fn step(pages: &[Vec<Word>]) -> f32 {
    let steps = pages.iter().flat_map(|page| page.windows(2)).map(|pair| (pair[0].middle(), pair[1].middle()));
    let steps = steps.filter_map(|(above, below)| Some(below - above).filter(|step| (4.0..60.0).contains(step)));
    median(steps).unwrap_or(16.0)
}

/// Words by printed line, from top to bottom and left to right.
fn printed(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let mut lines: Vec<Vec<Word>> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.first().is_some_and(|first| beside(first, &word)) => line.push(word),
            _ => lines.push(vec![word]),
        }
    }
    lines.iter_mut().for_each(|line| line.sort_by(|a, b| a.left.total_cmp(&b.left)));
    lines
}

/// Do two words stand in one line?
fn beside(a: &Word, b: &Word) -> bool {
    (a.middle() - b.middle()).abs() < 0.45 * a.height().min(b.height()).max(1.0)
}

/// The lines of one page. Words further apart than spaces reach stand in different columns.
fn lines(words: Vec<Word>, page: usize, width: f32, step: f32) -> Vec<Line> {
    let mut out = Vec::new();
    let mut before: Option<f32> = None;
    for line in printed(words) {
        let height = line.iter().map(Word::height).fold(1.0, f32::max);
        let middle = line.first().map_or(0.0, Word::middle);
        let gap = before.is_some_and(|before| middle - before > (1.5 * step).max(1.6 * height));
        before = Some(middle);
        let mut right = f32::MAX;
        let placed = line.iter().map(|word| {
            let apart = word.left - right > 0.55 * height;
            right = word.right;
            ((word.left / width).round() as usize, (word.right / width).round() as usize, apart, word.text.as_str())
        });
        out.extend(Line::placed(placed, page, gap, order(middle)));
    }
    out
}
