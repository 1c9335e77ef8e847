//! A paper as files: DOCX, PDF, workbook. The same paper gives the same bytes.

use kernel::{Error, Result};
use platform::App;
use press::{Block, Cell, Layout, Sheet, Table};

use super::sight::{Sight, draft_of, stands};
use crate::outgoing::model::{compose::Composed, number};

/// What a paper can be printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Printable {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
    /// Its figures and tables.
    Workbook,
    /// What it says, without head and foot, as a part of another paper.
    Fragment,
}

/// Can this program set papers as PDF?
pub(crate) fn pdf_here() -> bool {
    cfg!(feature = "pdf")
}

/// The paper as a file.
///
/// # Errors
/// When it cannot be set.
pub(crate) async fn print(app: &App, sight: &Sight, what: Printable) -> Result<Vec<u8>> {
    let (composed, ..) = stands(app, &sight.row, sight.template, &draft_of(&sight.row)).await?;
    let base = app.config.server.public_url.trim_end_matches('/').to_owned();
    let id = sight.row.id;
    // Setting keeps a processor busy: aside, where it holds up nobody.
    let set = move || match what {
        Printable::Docx => press::docx(&composed.paper, &Layout::default()).map_err(Error::internal),
        Printable::Pdf => pdf(&composed, &format!("{base}/van-ban-di/{id}")),
        Printable::Workbook => press::write_workbook(&sheets(&composed, &base)).map_err(Error::internal),
        Printable::Fragment => {
            let paper = &composed.paper;
            press::docx_fragment(&paper.title, &paper.body, &Layout::default()).map_err(Error::internal)
        }
    };
    tokio::task::spawn_blocking(set).await.map_err(Error::internal)?
}

#[cfg(feature = "pdf")]
fn pdf(composed: &Composed, base: &str) -> Result<Vec<u8>> {
    press::pdf(&composed.paper, &Layout::default(), base).map_err(Error::internal)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Composed, _: &str) -> Result<Vec<u8>> {
    Err(Error::Unavailable("Bản chương trình này được dựng không kèm phần in PDF; hãy tải DOCX.".into()))
}

fn cell(text: &str) -> Cell {
    number(text).map_or_else(|| Cell::from(text), Cell::Number)
}

fn sheets(composed: &Composed, base: &str) -> Vec<Sheet> {
    let rows = composed.sources.iter().filter(|(id, _)| !id.contains('@')).map(|(id, source)| {
        let origin = if source.link.is_empty() { source.named.clone() } else { format!("{base}{}", source.link) };
        vec![Cell::from(id.as_str()), cell(&source.text), Cell::from(origin)]
    });
    let columns = [("Tham chiếu", 24.0), ("Số liệu", 24.0), ("Nguồn", 80.0)];
    let mut out = vec![Sheet {
        name: "Số liệu trong văn bản".to_owned(),
        columns: columns.map(|(name, width)| (name.to_owned(), width)).to_vec(),
        rows: rows.collect(),
    }];
    let annexes = composed.paper.annexes.iter().flat_map(|annex| &annex.body);
    for block in composed.paper.body.iter().chain(annexes) {
        if let Block::Table(table) = block {
            out.push(sheet(table, out.len()));
        }
    }
    out
}

/// A table with the levels of its head on one line each column.
fn sheet(table: &Table, number: usize) -> Sheet {
    let width = table.columns.len();
    let mut names: Vec<Vec<String>> = vec![Vec::new(); width];
    let mut covered = vec![0usize; width];
    for row in &table.head {
        let mut cells = row.iter();
        let mut at = 0;
        while at < width {
            if let Some(left) = covered.get_mut(at).filter(|left| **left > 0) {
                *left -= 1;
                at += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let until = (at + cell.columns.max(1)).min(width);
            for column in at..until {
                if let Some(name) = names.get_mut(column) {
                    name.push(cell.text.words());
                }
                if let Some(left) = covered.get_mut(column) {
                    *left = cell.rows.saturating_sub(1);
                }
            }
            at = until;
        }
    }
    let columns = names.into_iter().zip(&table.columns).map(|(name, column)| {
        let wide = if column.weight >= 3.0 { 40.0 } else { 14.0 };
        (name.join(" – "), wide)
    });
    let rows = table.rows.iter().map(|row| row.iter().map(|one| cell(&one.text.words())).collect());
    Sheet { name: format!("Bảng {number}"), columns: columns.collect(), rows: rows.collect() }
}
