//! Activities: types and rules, pure.

pub mod activity;
pub mod definitions;
pub mod measure;
pub mod sheet;
