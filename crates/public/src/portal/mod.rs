//! The portal: what agencies have published, for everybody.
//!
//! **What.** Home page, publications, lists by section, kind, topic and agency, feeds, the map of addresses.
//! **States.** A page is made when it is first asked for and kept, compressed, until something that readers can see changes.
//! **Invariants.** No page depends on who asks; nothing unpublished is ever on one. An address that was public leads somewhere for ever.
//! **Who may.** Everybody.

pub(crate) mod model;
mod pages;
mod routes;
pub(crate) mod service;
pub(crate) mod views;

use platform::{Access, MenuItem, Slice};

/// The slice.
pub const SLICE: Slice = Slice { name: "portal", routes: routes::table, menu: MENU, ..Slice::EMPTY };

const MENU: &[MenuItem] =
    &[MenuItem { label: "Cổng thông tin", path: "/trang-chu", access: Access::SignedIn, order: 90 }];
