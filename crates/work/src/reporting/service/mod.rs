//! Use cases of the reporting slice.

mod library;

pub(crate) use library::*;
