//! Structure in, official layout out: papers as DOCX and PDF in the layout of Nghị định 30/2020/NĐ-CP, workbooks and forms as XLSX, charts as SVG.
//!
//! Pure: no async, no database, no network, no clock. The same input gives the same bytes.

pub mod chart;
mod docx;
mod formbook;
mod official;
#[cfg(feature = "pdf")]
mod pdf;
mod sheet;
pub mod xml;

pub use docx::{docx, docx_fragment};
pub use formbook::{
    FormBook, FormCell, FormEntry, FormIdentity, FormKind, NONE, UNASSIGNED, address, read_form_book, write_form_book,
};
pub use official::{
    Align, Annex, Block, Cell as TableCell, Column, Layout, Level, Official, PressError, Run, Signature, Table, Text,
    Urgency,
};
#[cfg(feature = "pdf")]
pub use pdf::pdf;
pub use sheet::{Cell, Sheet, SheetError, read_rows, write_csv, write_workbook};

/// What a PDF printed here says of its program; it stands in the file in plain letters.
pub const PRINTER: &str = "Lan Toa";
