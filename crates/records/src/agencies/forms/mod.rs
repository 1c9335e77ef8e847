//! Forms of the agencies slice: an event ([`event`], in the words of its tree: [`words`]), a member of a council ([`seat`]).

mod event;
mod reader;
mod seat;
mod words;

pub(super) use event::EventForm;
pub(super) use seat::{SEATS, SeatForm};
pub(super) use words::{Words, words};
