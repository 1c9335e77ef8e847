//! What other slices get from the directory.

use kernel::Uuid;

/// A printed name and what was made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// As printed.
    pub printed: String,
    /// Who is meant.
    pub who: Who,
    /// Nobody needs to look at it.
    pub sure: bool,
    /// The holder of an office was named ("Giám đốc Sở Tư pháp").
    pub office: bool,
    /// Only those concerned were meant ("các sở, ngành có liên quan").
    pub related: bool,
}

/// Who is meant.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// One agency that existed on the day.
    Agency(Uuid),
    /// An agency that did not exist on the day.
    NotThen {
        /// The agency.
        agency: Uuid,
        /// Those who carried on for it by then, the main one first; empty when it was created later or left nobody.
        heirs: Vec<Uuid>,
    },
    /// Several agencies under one phrase; see [`super::Dir::members`].
    Class {
        /// Its id ("class:so-nganh", "each:ubnd@commune:Phường+Xã").
        key: String,
        /// Its name.
        label: String,
        /// How many agencies belong to it on the day, seen from the issuer.
        members: usize,
    },
    /// Someone else for each addressee; see [`super::Dir::members`].
    Relative {
        /// Its id ("relative:cap-tren").
        key: String,
        /// Its name.
        label: String,
    },
    /// An enumeration.
    Several(Vec<Resolved>),
    /// Nobody known.
    Unresolved {
        /// The nearest agencies, best first.
        candidates: Vec<(Uuid, String)>,
        /// The nearest classes: id and name.
        classes: Vec<(String, String)>,
    },
}

/// Members of a class with what a reviewer should know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Membership {
    /// The members, each once, in the order of the tree.
    pub agencies: Vec<Uuid>,
    /// Agencies of the same level that the words do not name (a special zone under "các xã, phường").
    pub left_out: Vec<Uuid>,
    /// The words mean nobody in particular: a person chooses.
    pub vague: bool,
}

/// What an alias stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AliasTarget {
    /// An agency.
    Agency(Uuid),
    /// The id of a class or relative phrase.
    Class(String),
}
