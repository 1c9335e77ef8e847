//! Use cases of the outgoing slice.

mod draft;
mod facts;
mod files;
mod print;
mod sight;
mod sign;

pub(crate) use draft::{Creating, create, discard, looked, preview, save};
pub(crate) use facts::{behind, duties};
pub(crate) use files::{Upload, keep, open_file};
pub(crate) use print::{Printable, pdf_here, print};
pub(crate) use sight::{Sight, list, sight, whole};
pub(crate) use sign::{Approval, give_back, hand_in, sign};
