//! Use cases of the documents slice.

mod confirmed;

pub use confirmed::confirmed;
