//! Pages of the accounts slice.

pub(super) mod sign_in;
