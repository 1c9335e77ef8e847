//! What the page of broken links is asked for.

use kernel::Uuid;
use serde::Deserialize;

/// Which broken links, and which page of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LinksQuery {
    /// Kind of thing; empty: every one.
    pub loai: String,
    /// `trong` (this site), `ngoai` (others); empty: both.
    pub noi: String,
    pub trang: Option<u32>,
}

/// A button.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LookForm {
    /// `kiem-tra`: everything; `kiem-tra-lai`: the thing with one of the links.
    pub viec: String,
    /// The link.
    pub lien_ket: Option<Uuid>,
}
