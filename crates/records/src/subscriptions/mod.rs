//! News by mail for whoever asks for it.
//!
//! **What.** An address, what it wants to read of (sections, fields of law, agencies; none: everything) and how often.
//! **States.** Asked for, until the letter to the address is answered within a day; confirmed, until it is ended. Ended is deleted.
//! **Invariants.** Nobody is told whether an address is known. No address is told anything of the same span of time twice, also after a crash: that a letter
//! leaves is noted before it leaves. The tokens of letters are kept as hashes; those of the news are sealed and kept nowhere.
//! **Who may.** Everybody for an address whose letters he reads; staff see numbers, never addresses.

mod jobs;
pub mod model;
mod pages;
mod routes;
pub mod service;
mod store;

use platform::Slice;

pub use store::Subscription;

/// The slice.
pub const SLICE: Slice = Slice { name: "subscriptions", routes: routes::table, jobs: jobs::JOBS, ..Slice::EMPTY };
