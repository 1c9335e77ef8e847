//! Activities: types and rules, pure.

pub mod definitions;
pub mod measure;
