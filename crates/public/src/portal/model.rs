//! What is at an address of the portal.

/// See the module.
#[derive(Debug)]
pub(crate) enum Found {
    /// A page: media type and words.
    Page(&'static str, String),
    /// It leads to another address, for ever.
    Elsewhere(String),
}
