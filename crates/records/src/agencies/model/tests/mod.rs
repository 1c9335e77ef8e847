//! Tests of the model: tables against the trees, properties of the trees, names of real papers.

mod build;
mod demo;
mod history;
mod localities;
mod names;

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

use super::{build as builder, definitions::Definitions, directory::Directory, localities as tables, tree::Tree};

pub(super) static PLACES: LazyLock<Tree> = LazyLock::new(|| tables::load(&tables::BUILT_IN).unwrap());
pub(super) static DEFINITIONS: LazyLock<Definitions> = LazyLock::new(|| Definitions::built_in().unwrap());

pub(super) fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

pub(super) fn agencies_of(province: &str) -> Tree {
    let province = PLACES.find(province).unwrap();
    Tree::replay(&builder::events(&DEFINITIONS, &PLACES, &[province]).unwrap()).unwrap()
}

pub(super) fn directory(province: &str) -> Directory {
    let agencies = Arc::new(agencies_of(province));
    Directory::new(Arc::new(DEFINITIONS.clone()), Arc::new(PLACES.clone()), agencies, &[], Vec::new())
}
