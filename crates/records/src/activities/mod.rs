//! Activities of legal education: entered once, counted everywhere.
//!
//! **What.** One record per activity: what, when, where, who, for whom, about what, with which materials and money, what it serves.
//! Figures of forms are sums over these records ([`model::measure`]).
//! **States.** Recorded → withdrawn with a reason. Only what is recorded counts.
//! **Invariants.** Exactly one agency owns and counts an activity; agencies that took part see it as "phối hợp" and never count it.
//! **Who may.** People of the owner record and change; superiors of the owner and the justice authority of its place read.

pub mod model;

pub use model::{
    definitions::{Definitions, definitions},
    measure::{Filter, Measure, What},
};
