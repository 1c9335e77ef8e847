//! Accounts over HTTP.

mod sign_in;
