//! The library's list for staff.

use kernel::{Page, Paging, Permit, Result, Uuid, text};
use platform::App;

use crate::{
    activities::service::overseen_by,
    library::{
        policy::ReadLibrary,
        store::{self, Filter, Line, Tally},
    },
};

/// What the address of the list says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    pub words: String,
    pub kind: String,
    pub state: String,
    pub field: String,
    pub group: String,
    pub collection: String,
    pub lang: String,
}

/// The list as shown.
pub(crate) struct Listing {
    pub page: Page<Line>,
    /// By kind and verdict, under the other conditions.
    pub tally: Vec<Tally>,
}

/// Marks that a list asks for.
pub(super) fn wanted(pairs: [(&'static str, &str); 3]) -> Vec<(&'static str, String)> {
    let given = pairs.into_iter().filter(|(_, key)| !key.is_empty());
    given.map(|(kind, key)| (kind, key.to_owned())).collect()
}

/// One page of the list; a constant number of statements.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn list(app: &App, permit: &Permit<ReadLibrary>, query: &Query, paging: Paging) -> Result<Listing> {
    let filter = Filter {
        roots: overseen_by(app, permit.roots()).await?,
        kind: query.kind.clone(),
        state: query.state.clone(),
        words: text::fold(&query.words),
        marks: wanted([("field", &query.field), ("group", &query.group), ("collection", &query.collection)]),
        lang: query.lang.clone(),
        ..Filter::default()
    };
    let c = app.db.read();
    let all = Filter { kind: String::new(), state: String::new(), ..filter.clone() };
    let (rows, total, tally) =
        tokio::try_join!(store::lines(c, &filter, paging), store::count(c, &filter), store::tally(c, &all))?;
    Ok(Listing { page: Page { rows, total, paging }, tally })
}

/// Those of these items that the person may see.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn seen(app: &App, permit: &Permit<ReadLibrary>, ids: &[Uuid]) -> Result<Vec<Line>> {
    let roots = overseen_by(app, permit.roots()).await?;
    let filter = Filter { roots, only: Some(ids.to_vec()), ..Filter::default() };
    let size = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    store::lines(app.db.read(), &filter, Paging { number: 1, size }).await
}
