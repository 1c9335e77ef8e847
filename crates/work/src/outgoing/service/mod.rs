//! Use cases of the outgoing slice.

mod draft;
mod facts;
mod files;
mod generate;
mod print;
mod sight;
mod sign;

pub(crate) use draft::{Creating, can_begin, create, discard, fitting, looked, preview, save};
pub use generate::generate;

pub(crate) use facts::{behind, duties};
pub(crate) use files::{Upload, keep, open_file};
pub(crate) use print::{Printable, pdf_here, print};
pub(crate) use sight::{Sight, list, of_round, sight, whole};
pub(crate) use sign::{Approval, Proposal, give_back, hand_in, proposal, sign};
