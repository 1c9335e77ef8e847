//! Headers of several levels, as rows of a table.

use super::{Cell, Form};

/// One cell of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadCell {
    /// Its words.
    pub text: String,
    /// Columns that it spans.
    pub columns: usize,
    /// Rows that it spans.
    pub rows: usize,
    /// Is it above one column only, as its heading?
    pub leaf: bool,
}

impl Form {
    /// What the cell of this key is called where it stands without its headers: “Số lượt người tham dự – trong đó: nữ”.
    pub fn named(&self, key: &str) -> String {
        let Some(cell) = self.cell(key) else { return key.to_owned() };
        let part = cell.part_of.is_some() || cell.label.starts_with("Trong đó");
        let alone = !part && self.cells.iter().filter(|other| other.label == cell.label).count() == 1;
        let Some(header) = cell.header.last().filter(|_| !alone) else { return cell.label.clone() };
        let mut label = cell.label.chars();
        let first = label.next().into_iter().flat_map(char::to_lowercase);
        format!("{header} – {}{}", first.collect::<String>(), label.as_str())
    }
}

/// The rows of the header over these cells: groups above, each cell's own label below, reaching down to the last row.
pub fn header_rows<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Vec<Vec<HeadCell>> {
    let cells: Vec<&Cell> = cells.into_iter().collect();
    let depth = cells.iter().map(|cell| cell.header.len()).max().unwrap_or(0) + 1;
    let mut rows: Vec<Vec<HeadCell>> = vec![Vec::new(); depth];
    for level in 0..depth {
        let mut before: Option<&Cell> = None;
        for cell in &cells {
            let own = cell.header.len();
            let Some(row) = rows.get_mut(level) else { continue };
            if own > level {
                // A group goes on while the path down to it is the same.
                let same = before.is_some_and(|before| before.header.get(..=level) == cell.header.get(..=level));
                match row.last_mut().filter(|last| same && !last.leaf) {
                    Some(last) => last.columns += 1,
                    None => row.push(HeadCell {
                        text: cell.header.get(level).cloned().unwrap_or_default(),
                        columns: 1,
                        rows: 1,
                        leaf: false,
                    }),
                }
            } else if own == level {
                row.push(HeadCell { text: cell.label.clone(), columns: 1, rows: depth - level, leaf: true });
            }
            before = Some(cell);
        }
    }
    rows
}
