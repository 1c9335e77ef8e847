//! Agencies and localities.
//!
//! **What.** Two dated trees (places; agencies serving them), what they are called on paper, and which agencies a collective phrase
//! of an official paper means on a date.
//! **States.** A unit lives from a first day to a last day; between them its name, kind and superior may change, each on a date.
//! **Invariants.** Nothing is overwritten: every change is an event with a date. A living unit hangs under a living one, without cycles.
//! Additive figures have the same total as it was and in the units of any later day.
//! **Who may.** Decided with the pages of this slice.

pub mod model;
pub mod samples;
