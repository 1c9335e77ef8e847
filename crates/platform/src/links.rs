//! Links in what readers see. Slices tell them ([`LinksDef`]), so that one place can look whether they lead anywhere.

use futures::future::BoxFuture;
use kernel::{Result, Uuid};

use crate::{App, search::FindIds};

/// See [`LinksDef::load`].
pub type LoadLinks = for<'a> fn(&'a App, &'a [Uuid]) -> BoxFuture<'a, Result<Vec<Linking>>>;

/// A kind of thing with links that readers see.
pub struct LinksDef {
    /// Its key, as stored and in addresses.
    pub kind: &'static str,
    /// What it is, in Vietnamese.
    pub label: &'static str,
    /// At most so many things after an id, in order of id.
    pub ids: FindIds,
    /// Those of these things that readers see, in a constant number of statements.
    pub load: LoadLinks,
}

/// A thing with links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linking {
    /// Which.
    pub item: Uuid,
    /// What it is called.
    pub title: String,
    /// Where readers see it: addresses without a beginning are read from there.
    pub page: String,
    /// Where its links are mended.
    pub desk: String,
    /// Agency, if any; what has none is of the whole portal.
    pub agency: Option<Uuid>,
    /// Address and words of each.
    pub links: Vec<(String, String)>,
}
