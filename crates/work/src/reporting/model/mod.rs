//! Reporting: types and rules, pure.

pub mod due;
pub mod evaluate;
pub mod expr;
pub mod flow;
pub mod form;
pub mod outlier;
pub mod payload;
pub mod sums;
#[cfg(test)]
mod tests;
pub mod value;
