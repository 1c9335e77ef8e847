//! The `lantoa` program.
fn main() {}
