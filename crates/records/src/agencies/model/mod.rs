//! Rules of the slice, pure: no I/O, no clock. In reading order: [`tree`] (dated units), [`event`] (what changes them), [`replay`] (recorded events made a tree), [`view`] (the tree on a
//! day), [`series`] (figures in the units of a later day), [`localities`] (places from the tables), [`definitions`] (the TOML files),
//! [`side`] (which tree), [`build`] (a province's agencies from the template), [`lexicon`] (words of printed names), [`places`] (names of places), [`directory`]
//! (who is meant), [`groups`] (collective phrases and members), [`candidates`] (nearest names), [`effects`] (what an event
//! changes), [`letterhead`] (the head of a paper).

pub mod build;
pub mod candidates;
pub mod definitions;
pub mod directory;
pub mod effects;
pub mod event;
pub mod groups;
pub mod letterhead;
pub mod lexicon;
pub mod localities;
mod phrase;
pub mod places;
pub mod positions;
pub mod replay;
pub mod series;
pub mod side;
pub mod tree;
pub mod view;

/// Kind of agency that people sit in for their own agencies (see `kinds.toml`).
pub const COUNCIL: &str = "council";

#[cfg(test)]
mod tests;
