//! Which of the two dated trees something is about.

/// One of the two trees: the same events happen to both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Agencies.
    Agencies,
    /// Localities, which agencies serve.
    Localities,
}
