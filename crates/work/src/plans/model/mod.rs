//! Plans: types and rules, pure.

pub mod due;
