//! Behind a figure over activities: the activities, each leading to its record and evidence.

use askama::Template;
use axum::extract::{Path, Query, State as Ctx};
use kernel::{Paging, Permit, Uuid, text::display_number, time};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use crate::outgoing::{forms::PageQuery, policy::ReadPapers, service, store::Paper};

/// An activity behind the figure.
struct Row {
    id: Uuid,
    title: String,
    kind: String,
    day: String,
    place: String,
    owner: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "outgoing/templates/source.html")]
struct SourcePage {
    p: Chrome,
    row: Paper,
    label: String,
    frozen: bool,
    total: u64,
    rows: Vec<Row>,
    next: Option<u32>,
}

/// `GET /van-ban-di/{id}/nguon/{key}`
pub(in crate::outgoing) async fn page(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<ReadPapers>,
    Path((id, key)): Path<(Uuid, String)>,
    Query(query): Query<PageQuery>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    let (label, found) = service::behind(&app, &sight.row, sight.template, &key, Paging::new(query.trang)).await?;
    let (total, next) = (found.total, found.next());
    let rows = found.rows.into_iter().map(|share| Row {
        id: share.line.id,
        title: share.line.title,
        kind: share.line.kind,
        day: time::display_date(share.line.held_on),
        place: share.line.place,
        owner: share.line.owner_name,
        amount: display_number(share.amount),
    });
    show(&SourcePage { rows: rows.collect(), frozen: sight.state.frozen(), row: sight.row, p, label, total, next })
}
