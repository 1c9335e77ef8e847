//! Vietnamese official papers: bytes or extracted text in, structure out.
//!
//! [`read`] turns bytes into plain text with a light structure, [`recognise`] turns text into a [`Paper`].
//! Pure: no async, no database, no processes, no network; any bytes are answered, never a panic.

mod json;
pub mod model;
mod read;
mod recognise;

pub use json::to_json;
pub use model::*;
pub use read::{
    Article, Format, Limits, ReadError, Source, article, read, read_layout, read_scan, read_words, unread_pdf,
};
pub use recognise::{number_key, recognise};
