//! Rows of a table → tasks. The header says what each column holds; merged cells are inherited.

use super::bars::is_ordinal;
use super::columns::{Columns, columns, header};
use super::{Cell, Grid, Row};
use crate::Span;
use crate::recognise::clean::Clean;
use crate::recognise::fold::{is_caps, label};
use crate::recognise::tasks::agencies::{Words, split};
use crate::recognise::tasks::class::Part;
use crate::recognise::tasks::emit::{Draft, Piece, add, drop_named, lead_cell, pieces, times_at};
use crate::recognise::tasks::subject;
use crate::recognise::tasks::tree::{Block, Tree};
use crate::recognise::tasks::words::squeeze;

/// A group heading above rows.
struct Group {
    level: u8,
    number: String,
    title: String,
}

struct Walk<'a> {
    clean: &'a Clean,
    cols: Columns,
    year: Option<i32>,
    prefix: String,
    part: Part,
    sure: f32,
    groups: Vec<Group>,
    last: Option<(Vec<Piece>, Vec<Piece>, Option<Span>)>,
    number: String,
    loose: usize,
}

/// Appends the tasks of one table.
pub(super) fn read(
    clean: &Clean,
    tree: &Tree,
    block: &Block,
    grid: &Grid,
    year: Option<i32>,
    state: &mut Columns,
    drafts: &mut Vec<Draft>,
) {
    let first = match header(clean, &grid.rows) {
        Some((columns, next)) => {
            *state = columns;
            next
        }
        None if state.width > 0
            && block.lines.start <= state.end + 4
            && grid.rows.iter().any(|r| r.cells.len() == state.width && !r.short) =>
        {
            0
        }
        None => {
            state.width = 0;
            return;
        }
    };
    state.end = block.lines.end;
    let above = block.parent.map(|p| &tree.nodes[p]);
    let anchor = above.map_or("", |n| n.anchor.as_str());
    let prefix = if block.annex && !anchor.starts_with("PL") { "PL".to_owned() } else { anchor.to_owned() };
    let mut walk = Walk {
        clean,
        cols: state.clone(),
        year,
        prefix,
        part: Part::Content,
        sure: grid.sure,
        groups: vec![],
        last: None,
        number: String::new(),
        loose: 0,
    };
    let rows = grid.rows.get(first..).unwrap_or_default();
    let from = drafts.len();
    for (i, row) in rows.iter().enumerate() {
        if row.cells.iter().filter(|c| !c.is_empty()).count() >= 3
            && let Some(mut again) = columns(clean, row).filter(|c| c.stt.is_some() || walk.cols.is_printed_again(c))
        {
            if again.stt.is_none() && walk.cols.stt.is_some() {
                continue;
            }
            again.end = state.end;
            *state = again.clone();
            if again.width != walk.cols.width || again.lead != walk.cols.lead || again.content != walk.cols.content {
                walk.groups.clear();
                walk.last = None;
            }
            walk.cols = again;
            continue;
        }
        walk.row(row, rows.get(i + 1), from, drafts);
    }
}

impl Walk<'_> {
    fn cell(&self, row: &Row, column: Option<usize>) -> Cell {
        column.and_then(|c| row.cells.get(c).copied()).unwrap_or(Cell::EMPTY)
    }

    fn words(&self, cell: Cell) -> String {
        if cell.is_empty() { String::new() } else { squeeze(self.clean.slice(cell.span)) }
    }

    fn row(&mut self, row: &Row, next: Option<&Row>, from: usize, drafts: &mut Vec<Draft>) {
        let c = self.cols.clone();
        let (lead, coordinating, time) =
            (self.cell(row, c.lead), self.cell(row, c.coordinating), self.cell(row, c.time));
        let product = self.cell(row, c.product);
        let content = self.cell(row, Some(c.content));
        let stt = self.words(self.cell(row, c.stt));
        let bare = lead.is_empty() && coordinating.is_empty() && time.is_empty() && product.is_empty();
        let filled: Vec<&Cell> = row.cells.iter().filter(|x| !x.is_empty()).collect();
        if filled.is_empty() || is_numbering(self.clean, row) {
            return;
        }
        if filled.len() == 1 && (c.stt.is_some() && content.is_empty() || row.short)
            || bare && self.is_group(&stt, content, row, next)
        {
            let title = if content.is_empty() { self.words(*filled[0]) } else { self.words(content) };
            self.group(&stt, &title);
            return;
        }
        if content.is_empty() {
            self.extend_last(row, from, drafts);
            return;
        }
        let small = self.clean.slice(content.span).chars().next().is_some_and(char::is_lowercase);
        if stt.is_empty() && lead.is_empty() && small && drafts.len() > from {
            self.extend_last(row, from, drafts);
            return;
        }
        self.task(row, &stt, content, drafts);
    }

    /// A row with nothing but a number and words: a heading for the rows below, or a task whose other cells are merged.
    fn is_group(&self, stt: &str, content: Cell, row: &Row, next: Option<&Row>) -> bool {
        if content.is_empty() {
            return false;
        }
        let core = stt.trim_end_matches(['.', ')']);
        let roman = !core.is_empty()
            && (core.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
                || core.len() == 1 && core.chars().all(char::is_uppercase));
        let first = self.clean.slice(content.span).chars().next();
        let nameless = self.cols.stt.is_some() && stt.is_empty() && first.is_some_and(char::is_uppercase);
        if row.short || roman || nameless || is_caps(self.clean.slice(content.span)) || self.last.is_none() {
            return true;
        }
        let Some(next) = next else { return false };
        let following = self.words(self.cell(next, self.cols.stt));
        let sub = !core.is_empty() && following.strip_prefix(core).is_some_and(|r| r.starts_with('.') && r.len() > 1);
        let restart = matches!(following.trim_end_matches(['.', ')']), "a" | "-" | "+")
            || following.is_empty() && !self.cell(next, self.cols.lead).is_empty();
        sub || restart || stt.is_empty() && following.trim_end_matches('.') == "1"
    }

    fn group(&mut self, stt: &str, title: &str) {
        let (number, title) = if stt.is_empty() || stt == title {
            let cut = label(title).unwrap_or(0);
            let number = title.get(..cut).unwrap_or("").trim().trim_end_matches(['.', ')', ':']).to_owned();
            (number, title.get(cut..).unwrap_or(title).trim())
        } else {
            (stt.trim_end_matches(['.', ')']).to_owned(), title)
        };
        let level = level(&number);
        while self.groups.last().is_some_and(|g| g.level >= level) {
            self.groups.pop();
        }
        self.groups.push(Group { level, number, title: title.to_owned() });
        self.last = None;
        self.number.clear();
        self.loose = 0;
    }

    fn anchor(&mut self, stt: &str) -> String {
        let core = stt.trim_end_matches(['.', ')', ':']);
        let mut parts: Vec<&str> = vec![];
        if !self.prefix.is_empty() {
            parts.push(&self.prefix);
        }
        for g in &self.groups {
            if g.number.is_empty() || core.strip_prefix(g.number.as_str()).is_some_and(|r| r.starts_with('.')) {
                continue;
            }
            parts.push(&g.number);
        }
        if is_ordinal(stt) {
            self.number = core.to_owned();
            self.loose = 0;
            parts.push(core);
            return parts.join(".");
        }
        self.loose += 1;
        if !self.number.is_empty() {
            parts.push(&self.number);
        }
        format!("{}#{}", parts.join("."), self.loose)
    }

    fn task(&mut self, row: &Row, stt: &str, content: Cell, drafts: &mut Vec<Draft>) {
        let c = self.cols.clone();
        let (lead, coordinating, time) =
            (self.cell(row, c.lead), self.cell(row, c.coordinating), self.cell(row, c.time));
        let product = self.cell(row, c.product);
        let text = &self.clean.text;
        let mut sure = self.sure;
        let (mut who, mut with) =
            if lead.is_empty() { (vec![], vec![]) } else { lead_cell(text, lead.span, self.sure) };
        if let Some(whole) = self.with_more(row, c.lead, lead) {
            who = self.broken(&whole, lead.span);
        }
        if !coordinating.is_empty() {
            with = vec![];
            add(&mut with, pieces(text, coordinating.span, self.sure));
            if let Some(whole) = self.with_more(row, c.coordinating, coordinating) {
                with = self.broken(&whole, coordinating.span);
            }
        }
        // Without a column for them, who helps is said in the work itself.
        if c.coordinating.is_none() && with.is_empty() && !who.is_empty() {
            with = self.partners(content.span, &who);
        }
        let mut when = (!time.is_empty()).then_some(time.span);
        // A merged cell goes on; one that says nothing counts so only where the whole row says nothing.
        let silent = [lead, coordinating, time].iter().all(|cell| cell.is_empty());
        let goes_on = |cell: Cell| cell.is_empty() && (silent || !cell.is_blank());
        if goes_on(lead) {
            if let Some((l, c, t)) = &self.last {
                who = l.clone();
                if with.is_empty() && goes_on(coordinating) {
                    with = c.clone();
                }
                when = when.or(t.filter(|_| goes_on(time)));
                sure *= if lead.is_blank() { 0.6 } else { 0.85 };
            }
        } else if when.is_none()
            && goes_on(time)
            && !row.short
            && self.cols.time.is_some()
            && let Some((_, _, t)) = &self.last
        {
            when = *t;
            sure *= 0.8;
        }
        if who.is_empty() && with.is_empty() && when.is_none() {
            return;
        }
        self.last = Some((who.clone(), with.clone(), when));
        let anchor = self.anchor(stt);
        let heading = self.groups.last().map(|g| g.title.clone()).filter(|t| !t.is_empty());
        let skip = label(self.clean.slice(content.span)).filter(|_| stt.is_empty()).unwrap_or(0);
        let raw = self.clean.slice(Span { start: content.span.start + skip, end: content.span.end });
        let dash = raw.len() - raw.trim_start_matches(['-', '–', '+', ' ', '•']).len();
        let span = Span { start: content.span.start + skip + dash, end: content.span.end };
        let words: Option<String> = (!row.more.is_empty()).then(|| {
            let more =
                row.more.iter().filter(|(c, _)| *c == self.cols.content).map(|(_, cell)| self.clean.slice(cell.span));
            std::iter::once(self.clean.slice(span)).chain(more).collect::<Vec<_>>().join(" ")
        });
        drafts.push(Draft {
            anchor,
            heading,
            span,
            words,
            lead: who,
            coordinating: with,
            times: when.map(|s| times_at(text, s, self.year)).unwrap_or_default(),
            product: (!product.is_empty()).then(|| self.words(product)),
            request: false,
            part: self.part,
            in_table: true,
            sure,
        });
    }

    /// Bodies named behind "phối hợp" in the words of the work.
    fn partners(&self, span: Span, who: &[Piece]) -> Vec<Piece> {
        let words = self.clean.slice(span);
        let mut out = vec![];
        let named = subject::partners(&Words::new(words)).into_iter().map(|n| Piece {
            text: squeeze(words.get(n.at.clone()).unwrap_or("")),
            span: Span { start: span.start + n.at.start, end: span.start + n.at.end },
            sure: self.sure * 0.9,
        });
        add(&mut out, named.collect());
        drop_named(&mut out, who.iter().map(|piece| piece.text.as_str()));
        out
    }

    /// A cell with the rest of it behind a page break.
    fn with_more(&self, row: &Row, column: Option<usize>, cell: Cell) -> Option<String> {
        let column = column?;
        let mut rest = row.more.iter().filter(|(c, _)| *c == column).peekable();
        rest.peek()?;
        Some(rest.fold(self.words(cell), |whole, (_, more)| format!("{whole} {}", self.words(*more))))
    }

    fn broken(&self, whole: &str, span: Span) -> Vec<Piece> {
        let mut out = vec![];
        for n in split(whole) {
            let text = whole.get(n.at).unwrap_or("").to_owned();
            add(&mut out, vec![Piece { text, span, sure: self.sure * 0.8 }]);
        }
        out
    }

    /// Words that go on from the row above, behind a page break.
    fn extend_last(&mut self, row: &Row, from: usize, drafts: &mut [Draft]) {
        if drafts.len() <= from {
            return;
        }
        let Some(draft) = drafts.last_mut() else { return };
        let content = self.cell(row, Some(self.cols.content));
        if !content.is_empty() {
            let own = draft.words.take().unwrap_or_else(|| self.clean.slice(draft.span).to_owned());
            draft.words = Some(format!("{own} {}", self.clean.slice(content.span)));
        }
        for (cell, lead) in [(self.cell(row, self.cols.lead), true), (self.cell(row, self.cols.coordinating), false)] {
            if !cell.is_empty() {
                let more = pieces(&self.clean.text, cell.span, 0.5);
                add(if lead { &mut draft.lead } else { &mut draft.coordinating }, more);
            }
        }
        draft.sure = draft.sure.min(0.7);
    }
}

/// "(1) | (2) | (3)": the columns numbered under the header.
fn is_numbering(clean: &Clean, row: &Row) -> bool {
    let filled: Vec<&str> = row
        .cells
        .iter()
        .filter(|c| !c.is_empty())
        .map(|c| clean.slice(c.span).trim_matches(['(', ')', '[', ']', ' ']))
        .collect();
    filled.len() >= 3 && filled.iter().all(|t| t.len() <= 2 && (t.bytes().all(|b| b.is_ascii_digit()) || t.len() == 1))
}

fn level(number: &str) -> u8 {
    if number.is_empty() {
        return 9;
    }
    if number.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L')) {
        return 2;
    }
    if number.chars().all(char::is_uppercase) {
        return 1;
    }
    3 + number.matches('.').count().min(4) as u8
}
