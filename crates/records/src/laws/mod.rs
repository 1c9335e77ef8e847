//! The law bookshelf: documents of law by article, with what they said on any day, and cards that tell in plain words what articles mean.
//!
//! **What.** A document has articles; an article keeps its number, and with it its address, while its words change. Documents amend, replace and repeal
//! each other; articles name articles. A card belongs to one article.
//! **States.** Words of an article hold from a day to a day; they are at hand, not known, or repealed. A document on a day is not yet in force, in force,
//! in part, ended, or it is not known.
//! **Invariants.** Versions of an article never overlap. Mending a wrongly read text keeps its days, and the same reading is never taken in again. Nothing is guessed: effect is told only for days of which somebody, or the source, spoke. Taking the
//! same text in again changes nothing. A card knows the words with which it was last compared.
//! **Who may.** Everybody reads; editors and secretaries put documents and cards onto the one shelf of the installation.

mod forms;
mod jobs;
pub mod model;
mod pages;
pub mod policy;
mod routes;
mod samples;
pub mod service;
mod store;

use kernel::Action;
use platform::{Access, MenuItem, Slice, links::LinksDef, search::SearchDef};

pub use store::{Card, Citing, Law, Text, Tie};

/// The slice.
pub const SLICE: Slice = Slice {
    name: "laws",
    routes: routes::table,
    actions: policy::ACTIONS,
    jobs: jobs::JOBS,
    menu: MENU,
    search: SEARCH,
    links: LINKS,
    ..Slice::EMPTY
};

const MENU: &[MenuItem] = &[MenuItem {
    label: "Tủ sách pháp luật",
    path: "/tu-sach",
    access: Access::Action(&policy::ReadLaws::DEF),
    order: 36,
}];

const SEARCH: &[SearchDef] = &[
    SearchDef {
        kind: "law",
        label: "Văn bản pháp luật",
        read: None,
        ids: service::find_law_ids,
        load: service::find_laws,
    },
    SearchDef {
        kind: "card",
        label: "Luật cho tôi",
        read: None,
        ids: service::find_card_ids,
        load: service::find_cards,
    },
];

const LINKS: &[LinksDef] =
    &[LinksDef { kind: "card", label: "Luật cho tôi", ids: service::find_card_ids, load: service::link_cards }];
