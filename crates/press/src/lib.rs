//! Structure in, official layout out: workbooks for now.

mod sheet;

pub use sheet::{Cell, Sheet, SheetError, read_rows, write_csv, write_workbook};
