//! The tree of agencies as of a day, opened branch by branch, and the search in it.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Error, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, page},
};
use serde::Deserialize;

use crate::agencies::{
    policy::{ManageAgencies, ReadAgencies},
    service::directory,
    views::{AsOf, Branch, Found, Link, found},
};

/// Hits on a page.
const HITS: usize = 100;

/// The query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct TreeQuery {
    q: String,
    ngay: String,
    goc: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "agencies/templates/tree.html")]
struct TreePage {
    p: Chrome,
    q: String,
    as_of: AsOf,
    manages: bool,
    living: String,
    path: Vec<Link>,
    heading: String,
    branch: Branch,
    others: Vec<Link>,
    hits: Option<Vec<Found>>,
    classes: Vec<(String, usize)>,
}

/// `GET /co-quan`
pub(in crate::agencies) async fn tree(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadAgencies>,
    Query(query): Query<TreeQuery>,
) -> Result {
    let dir = directory(&app).await?;
    let as_of = AsOf::new(&query.ngay, app.clock.today());
    let view = dir.agencies().as_of(as_of.date);
    let name = |ix| dir.agencies().unit(ix).face(as_of.date).name.clone();
    let mut root = match query.goc {
        Some(id) => Some(dir.find(id).ok_or(Error::NotFound)?),
        None => None,
    };
    // The one province of an ordinary installation stands open.
    let mut path = Vec::new();
    if let Some(ix) = root {
        let mut above: Vec<_> = dir.agencies().chain(ix, as_of.date).skip(1).collect();
        above.reverse();
        path = above.into_iter().map(|ix| Link { id: dir.id(ix), name: name(ix) }).collect();
    } else {
        root = dir.only_root(&view);
    }
    let others = view.roots().iter().filter(|ix| query.goc.is_none() && root.is_some_and(|root| root != **ix));
    let others = others.map(|ix| Link { id: dir.id(*ix), name: name(*ix) }).collect();
    let hits = (!query.q.trim().is_empty()).then(|| found(&dir, &query.q, &as_of, HITS));
    let living = kernel::text::display_number(i64::try_from(view.units().count()).unwrap_or(i64::MAX));
    page(&TreePage {
        manages: Permit::<ManageAgencies>::of(permit.actor()).is_some(),
        heading: root.map(name).unwrap_or_default(),
        branch: Branch::new(&dir, &view, root),
        classes: if hits.is_none() { dir.main_classes(as_of.date) } else { Vec::new() },
        q: query.q,
        p,
        as_of,
        living,
        others,
        path,
        hits,
    })
}

#[derive(Template)]
#[template(path = "agencies/templates/branch.html")]
struct BranchPart {
    p: Chrome,
    as_of: AsOf,
    branch: Branch,
}

/// `GET /co-quan/{id}/nhanh`: what hangs under an agency, as a piece of the tree.
pub(in crate::agencies) async fn branch(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<ReadAgencies>,
    Path(id): Path<Uuid>,
    Query(query): Query<TreeQuery>,
) -> Result {
    let dir = directory(&app).await?;
    let as_of = AsOf::new(&query.ngay, app.clock.today());
    let root = dir.find(id).ok_or(Error::NotFound)?;
    let view = dir.agencies().as_of(as_of.date);
    page(&BranchPart { branch: Branch::new(&dir, &view, Some(root)), p, as_of })
}
