//! What the paper says, piece by piece.

use super::paragraph::{Para, Writer};
use super::table;
use crate::official::PrintedBlock;

pub(super) fn write(w: &mut Writer, blocks: &[PrintedBlock]) {
    for block in blocks {
        match block {
            PrintedBlock::Centred { level, text } => {
                let style = if *level == 0 { "Giua" } else { heading(*level) };
                w.paragraph(Para { style: Some(style), centre: true, next: true, ..Para::default() }, text, None);
            }
            PrintedBlock::Heading { level, text } => {
                w.paragraph(Para { style: Some(heading(*level)), ..Para::default() }, text, None);
            }
            PrintedBlock::Paragraph { text } => {
                w.paragraph(Para { style: Some("NoiDung"), ..Para::default() }, text, None);
            }
            PrintedBlock::Table(table) => table::write(w, table),
        }
    }
}

fn heading(level: u8) -> &'static str {
    match level {
        1 => "Heading1",
        2 => "Heading2",
        3 => "Heading3",
        4 => "Heading4",
        5 => "Heading5",
        _ => "Heading6",
    }
}
