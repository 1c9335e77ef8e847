//! Behind a figure: of a total the agencies, of an agency's figure the activities.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Error, Paging, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use super::rounds::node_of;
use crate::reporting::{
    forms::NodeQuery,
    model::form::Source,
    policy::ReadReports,
    service, store,
    views::{CellLine, Head, Pill, Progress, RoundRow, cell_lines, shown, source_text},
};

#[derive(Template)]
#[template(path = "reporting/templates/cell_round.html")]
struct RoundCell {
    p: Chrome,
    round: RoundRow,
    node: Uuid,
    key: String,
    label: String,
    unit: String,
    total: String,
    cover: String,
    lines: Vec<CellLine>,
}

/// `GET /ky-bao-cao/{id}/o/{cell}`: which agencies make up a total.
pub(in crate::reporting) async fn of_round(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Path((id, key)): Path<(Uuid, String)>,
    Query(query): Query<NodeQuery>,
) -> Result {
    let round = service::round_in_sight(&app, &permit, id).await?;
    let node = node_of(&app, &permit, &round, &query).await?;
    let form = service::form_of(&app, round.form_id).await?;
    let cell = form.cell(&key).ok_or(Error::NotFound)?;
    let table = service::table(&app, &round, &form, node, false).await?;
    let lines = cell_lines(&p, &round, cell, &table);
    let answered = table.answered.get(&key).copied().unwrap_or(0);
    let cover = p.t2("{}/{} đơn vị có số liệu", answered, table.cover.expected);
    let total = shown(&p, cell.kind, table.total.get(&key));
    let round = RoundRow::of(&p, &round, Progress::default());
    let (label, unit) = (cell.label.clone(), cell.unit.clone());
    show(&RoundCell { p, round, node, key, label, unit, total, cover, lines })
}

/// An activity behind a figure.
struct Evidence {
    id: Uuid,
    day: String,
    title: String,
    kind: String,
    place: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "reporting/templates/cell_report.html")]
struct ReportCell {
    p: Chrome,
    head: Head,
    label: String,
    unit: String,
    value: String,
    auto: String,
    reason: String,
    source: String,
    state: Pill,
    activities: Vec<Evidence>,
    total: u64,
    next: Option<u32>,
}

/// `GET /bao-cao/{id}/o/{cell}`: what a figure of a report was counted from.
pub(in crate::reporting) async fn of_report(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Path((id, key)): Path<(Uuid, String)>,
    Query(query): Query<NodeQuery>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    let cell = sight.form.cell(&key).filter(|_| sight.figures).ok_or(Error::NotFound)?;
    let draft = service::draft(&app, &sight.row, &sight.round, &sight.form).await?;
    let (mut activities, mut total, mut next) = (Vec::new(), 0, None);
    if let Source::Activities(measure) = &cell.source {
        let paging = Paging::new(query.trang);
        let days = time::date_from_int(sight.round.date_from).zip(time::date_from_int(sight.round.date_to));
        let (from, to) = days.ok_or(Error::NotFound)?;
        let owners = store::counted_owners(app.db.read(), sight.round.id, sight.row.agency_id).await?;
        let found = records::activities::behind(app.db.read(), &owners, from, to, measure, paging).await?;
        (total, next) = (found.total, found.next());
        activities.extend(found.rows.into_iter().map(|share| Evidence {
            id: share.line.id,
            day: time::display_date(share.line.held_on),
            title: share.line.title,
            kind: share.line.kind,
            place: share.line.place,
            amount: kernel::text::display_number(share.amount),
        }));
    }
    let head = Head::of(&p, &sight, app.clock.today());
    let view = ReportCell {
        label: cell.label.clone(),
        unit: cell.unit.clone(),
        value: shown(&p, cell.kind, draft.values.get(&key)),
        auto: shown(&p, cell.kind, draft.auto.get(&key)),
        reason: draft.reasons.get(&key).cloned().unwrap_or_default(),
        source: source_text(&p, &sight.form, cell),
        state: head.state.clone(),
        activities,
        total,
        next,
        head,
        p,
    };
    show(&view)
}
