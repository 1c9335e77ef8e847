//! Behind a figure: of a total the agencies, of an agency's figure what it was counted or computed from.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Error, Paging, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use super::rounds::node_of;
use crate::reporting::{
    forms::NodeQuery,
    model::operands::needs,
    policy::ReadReports,
    service,
    views::{BehindView, CellLine, Head, Pill, Progress, RoundRow, cell_lines, share_text, shown, source_text},
};

/// A cell that a total is computed from.
struct Part {
    label: String,
    unit: String,
    value: String,
    path: String,
}

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
    /// What stands behind it; empty where nothing is counted.
    cover: String,
    /// Is it shown in the agencies of today?
    today: bool,
    /// Of a computed cell, what it is computed from.
    parts: Vec<Part>,
    /// Figure of the agency itself besides those below it, and where it leads.
    own: Option<(String, String)>,
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
    let today = query.xem == "nay";
    let table = service::table_at(&app, &round, &form, node, today).await?;
    let lines = cell_lines(&p, &round, cell, &table, today);
    let cover = share_text(table.cover_of(&form, &key));
    let total = shown(&p, cell.kind, table.total.get(&key));
    let kept = if today { "&xem=nay" } else { "" };
    let part = |key: &String| {
        let cell = form.cell(key)?;
        Some(Part {
            label: form.named(key),
            unit: cell.unit.clone(),
            value: shown(&p, cell.kind, table.total.get(key)),
            path: format!("/ky-bao-cao/{id}/o/{key}?co={node}{kept}"),
        })
    };
    let parts = needs(&form, &key).iter().skip(1).filter_map(part).collect();
    let own = service::own_figure(&app, &round, node, &key).await?.filter(|_| !lines.is_empty() && !table.merged);
    let own = own.map(|(report, value)| (shown(&p, cell.kind, value.as_ref()), format!("/bao-cao/{report}/o/{key}")));
    let round = RoundRow::of(&p, &round, Progress::default());
    let (label, unit) = (form.named(&key), cell.unit.clone());
    show(&RoundCell { p, round, node, key, label, unit, total, cover, today, parts, own, lines })
}

#[derive(Template)]
#[template(path = "reporting/templates/cell_report.html")]
struct ReportCell {
    p: Chrome,
    head: Head,
    label: String,
    unit: String,
    value: String,
    /// What stands behind it; empty where nothing is counted.
    cover: String,
    auto: String,
    reason: String,
    source: String,
    state: Pill,
    /// What the source says now, where that differs from what it said when the report left its maker: then, now.
    moved: Option<(String, String)>,
    behind: BehindView,
}

/// `GET /bao-cao/{id}/o/{cell}`: what a figure of a report was counted or computed from.
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
    let place = (sight.row.agency_id, &sight.round);
    let names = service::names_elsewhere(&app, &sight.form, Some(place)).await?;
    let behind = service::behind(&app, &sight, cell, &draft, Paging::new(query.trang)).await?;
    let moved = service::moved(&app, &sight, &draft).await?.into_iter().find(|moved| moved.key == key);
    let said = |value: &Option<_>| shown(&p, cell.kind, value.as_ref());
    let moved = moved.map(|moved| (said(&moved.before), said(&moved.after)));
    let head = Head::of(&p, &sight, app.clock.today());
    let view = ReportCell {
        label: sight.form.named(&key),
        unit: cell.unit.clone(),
        value: shown(&p, cell.kind, draft.values.get(&key)),
        cover: share_text(draft.cover_of(&sight.form, &key)),
        auto: shown(&p, cell.kind, draft.auto.get(&key)),
        reason: draft.reasons.get(&key).cloned().unwrap_or_default(),
        source: source_text(&p, (&sight.form, &names), cell),
        state: head.state.clone(),
        moved,
        behind: BehindView::of(&p, cell.kind, behind),
        head,
        p,
    };
    show(&view)
}
