//! Reporting: types and rules, pure.

pub mod book;
pub mod due;
pub mod evaluate;
pub mod expr;
pub mod flow;
pub mod form;
pub mod holidays;
pub mod merge;
pub mod operands;
pub mod outlier;
pub mod payload;
pub mod portable;
pub mod schedule;
pub mod sums;
#[cfg(test)]
mod tests;
pub mod value;
