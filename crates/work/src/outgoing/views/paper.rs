//! A paper as a page.

use std::collections::{BTreeMap, BTreeSet};

use press::{Block, Level, Official, Table, TableCell, Text};
use records::agencies;

use crate::outgoing::model::compose::{Composed, Source};

/// A stretch of words, perhaps a figure that leads somewhere.
pub(in crate::outgoing) struct RunView {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    pub link: String,
    /// Its anchor, where it stands first.
    pub anchor: String,
    /// The source that a person named.
    pub named: String,
}

/// A cell of a table.
pub(in crate::outgoing) struct CellView {
    pub runs: Vec<RunView>,
    pub columns: usize,
    pub rows: usize,
    pub figure: bool,
}

/// A table.
pub(in crate::outgoing) struct TableView {
    pub caption: String,
    pub note: String,
    pub head: Vec<Vec<CellView>>,
    pub rows: Vec<Vec<CellView>>,
}

/// A block: a heading, a paragraph, items or a table.
pub(in crate::outgoing) struct BlockView {
    /// Level of a heading as in HTML; 0 for others.
    pub heading: u8,
    pub label: String,
    pub runs: Vec<RunView>,
    pub items: Vec<Vec<RunView>>,
    pub table: Option<TableView>,
}

/// An annex.
pub(in crate::outgoing) struct AnnexView {
    /// Its number in Roman figures; empty when it is the only one.
    pub number: &'static str,
    pub title: String,
    pub blocks: Vec<BlockView>,
}

/// A paper as a page.
pub(in crate::outgoing) struct PaperView {
    pub superior: String,
    pub issuer: String,
    pub number: String,
    pub day: String,
    pub kind: String,
    pub title: String,
    pub addressees: Vec<String>,
    pub bases: Vec<Vec<RunView>>,
    pub blocks: Vec<BlockView>,
    pub recipients: Vec<String>,
    pub authority: Vec<String>,
    pub position: String,
    pub signer: String,
    pub annexes: Vec<AnnexView>,
    pub fragment: bool,
}

struct Reader<'a> {
    sources: &'a BTreeMap<String, Source>,
    met: BTreeSet<String>,
}

impl Reader<'_> {
    fn runs(&mut self, text: &Text) -> Vec<RunView> {
        let mut out = Vec::new();
        for run in &text.0 {
            let source = run.reference.as_ref().and_then(|id| self.sources.get(id));
            let first = run.reference.as_ref().is_some_and(|id| self.met.insert(id.clone()));
            out.push(RunView {
                text: run.text.clone(),
                bold: run.bold,
                italic: run.italic,
                link: source.map(|source| source.link.clone()).unwrap_or_default(),
                named: source.map(|source| source.named.clone()).unwrap_or_default(),
                anchor: run.reference.clone().filter(|_| first).map(|id| format!("ref-{id}")).unwrap_or_default(),
            });
        }
        out
    }

    fn cells(&mut self, row: &[TableCell]) -> Vec<CellView> {
        let of = |cell: &TableCell| CellView {
            runs: self.runs(&cell.text),
            columns: cell.columns.max(1),
            rows: cell.rows.max(1),
            figure: cell.text.0.iter().any(|run| run.reference.is_some()) || cell.text.words() == "–",
        };
        row.iter().map(of).collect()
    }

    fn table(&mut self, table: &Table) -> TableView {
        TableView {
            caption: table.caption.clone().unwrap_or_default(),
            note: table.note.clone().unwrap_or_default(),
            head: table.head.iter().map(|row| self.cells(row)).collect(),
            rows: table.rows.iter().map(|row| self.cells(row)).collect(),
        }
    }

    fn blocks(&mut self, blocks: &[Block]) -> Vec<BlockView> {
        let mut out = Vec::new();
        for block in blocks {
            let mut view =
                BlockView { heading: 0, label: String::new(), runs: Vec::new(), items: Vec::new(), table: None };
            match block {
                Block::Heading { level, label, text } => {
                    view.heading = if matches!(level, Level::Roman | Level::Part | Level::Chapter) { 2 } else { 3 };
                    view.label.clone_from(label);
                    view.runs = self.runs(text);
                }
                Block::Paragraph { text } | Block::Centred { text } => view.runs = self.runs(text),
                Block::Bullets { items } => view.items = items.iter().map(|item| self.runs(item)).collect(),
                Block::Table(table) => view.table = Some(self.table(table)),
            }
            out.push(view);
        }
        out
    }
}

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// "Số: 05/BC-STP", with a gap while it is open.
fn number(paper: &Official) -> String {
    match paper.number {
        Some(number) if number < 10 => format!("Số: 0{number}/{}", paper.symbol),
        Some(number) => format!("Số: {number}/{}", paper.symbol),
        None => format!("Số:{}/{}", "\u{a0}".repeat(8), paper.symbol),
    }
}

/// "Thái Nguyên, ngày 05 tháng 01 năm 2027".
fn place_and_day(paper: &Official) -> String {
    match paper.date {
        Some(date) => agencies::place_and_day(&paper.place, date),
        None => {
            let place = if paper.place.is_empty() { "…" } else { &paper.place };
            let year = paper.year.map_or_else(|| "…".to_owned(), |year| year.to_string());
            format!("{place}, ngày … tháng … năm {year}")
        }
    }
}

impl PaperView {
    pub(in crate::outgoing) fn of(composed: &Composed, fragment: bool) -> Self {
        let paper = &composed.paper;
        let mut reader = Reader { sources: &composed.sources, met: BTreeSet::new() };
        let bases = paper.bases.iter().map(|base| reader.runs(base)).collect();
        let blocks = reader.blocks(&paper.body);
        let mut annexes = Vec::new();
        for (at, annex) in paper.annexes.iter().enumerate() {
            let number = ROMAN.get(at).copied().filter(|_| paper.annexes.len() > 1).unwrap_or_default();
            annexes.push(AnnexView { number, title: annex.title.clone(), blocks: reader.blocks(&annex.body) });
        }
        Self {
            superior: paper.superior.clone().unwrap_or_default(),
            issuer: paper.issuer.clone(),
            number: number(paper),
            day: place_and_day(paper),
            kind: paper.kind.clone().unwrap_or_default(),
            title: paper.title.clone(),
            addressees: paper.addressees.clone(),
            bases,
            blocks,
            recipients: paper.recipients.clone(),
            authority: paper.signature.authority.clone(),
            position: paper.signature.position.clone(),
            signer: paper.signature.name.clone().unwrap_or_default(),
            annexes,
            fragment,
        }
    }
}
