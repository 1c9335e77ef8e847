//! Use cases of the accounts slice.

mod create;
pub mod sessions;
mod sign_in;

pub use create::create_account;
pub use sign_in::{sign_in, sign_out};

pub use super::store::{NewHolding, NewUser};
