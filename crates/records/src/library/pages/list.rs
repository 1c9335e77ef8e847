//! The library's list.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Page, Permit};
use platform::{
    App,
    languages::{Language, languages},
    web::{Chrome, Result, page as show},
};

use crate::{
    activities::{Definitions, definitions},
    library::{
        forms::ListQuery,
        model::{KINDS, verdict_name},
        policy::{KeepLibrary, ReadLibrary},
        service,
        store::{self, Collection, Named},
        views::{Row, verdict_pill},
    },
};

#[derive(Template)]
#[template(path = "library/templates/list.html")]
struct ListPage {
    p: Chrome,
    query: ListQuery,
    list: Page<Row>,
    /// Key, label, colour and number of each verdict that occurs.
    verdicts: Vec<(&'static str, &'static str, &'static str, i64)>,
    kinds: &'static [(&'static str, &'static str)],
    languages: &'static [Language],
    lists: &'static Definitions,
    collections: Vec<Collection>,
    /// Agencies for which a package can be put together.
    owners: Vec<Named>,
}

/// `GET /tu-lieu`
pub(in crate::library) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadLibrary>,
    Query(query): Query<ListQuery>,
) -> Result {
    let listing = service::list(&app, &permit, &query.query(), query.paging()).await?;
    let n = |verdict: &str| listing.tally.iter().filter(|row| row.verdict == verdict).map(|row| row.n).sum::<i64>();
    let verdicts = ["pass", "warn", "fail", "unknown"].map(|key| (key, verdict_name(key), verdict_pill(key), n(key)));
    let c = app.db.read();
    let owners = match Permit::<KeepLibrary>::of(permit.actor()) {
        Some(keep) => store::agencies(c, keep.roots()).await?,
        None => Vec::new(),
    };
    let page = listing.page;
    show(&ListPage {
        list: Page { rows: page.rows.iter().map(Row::of).collect(), total: page.total, paging: page.paging },
        verdicts: verdicts.into_iter().filter(|(key, _, _, n)| *n > 0 || *key == query.tt).collect(),
        kinds: &KINDS,
        languages: languages(),
        lists: definitions(),
        collections: store::collections(c, false).await?,
        owners,
        query,
        p,
    })
}
