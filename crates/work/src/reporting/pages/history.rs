//! A cell over the periods.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Error, Permit, Uuid, text::shorten};
use platform::{
    App,
    web::{Chrome, Result, Take, Takeaway, page as show},
};
use press::{
    Cell, Sheet,
    chart::{self, Chart, Series},
};

use super::rounds::node_of;
use crate::reporting::{
    forms::NodeQuery,
    model::value::Value,
    policy::ReadReports,
    service,
    views::{Progress, RoundRow, shown},
};

/// An agency in the table.
struct TrackRow {
    name: String,
    mark: &'static str,
    values: Vec<String>,
}

#[derive(Template)]
#[template(path = "reporting/templates/history.html")]
struct HistoryPage {
    p: Chrome,
    round: RoundRow,
    node: Uuid,
    key: String,
    label: String,
    unit: String,
    /// Are the figures shown in the agencies of today?
    today: bool,
    chart: String,
    /// Round and label of each period.
    periods: Vec<(Uuid, String)>,
    rows: Vec<TrackRow>,
    /// Total and coverage of each period.
    total: Vec<(String, String)>,
}

impl HistoryPage {
    /// Where chart and table are taken away.
    fn away(&self) -> String {
        format!("?co={}&{}", self.node, if self.today { "xem=nay&" } else { "" })
    }
}

/// The table as a sheet: the total, what stands behind it, the agencies.
fn sheet(p: &Chrome, label: &str, periods: &[String], found: &service::History) -> Sheet {
    let figure = |value: &Option<Value>| match value {
        Some(Value::Number(number)) => Cell::Number(*number),
        Some(Value::Text(text)) => text.clone().into(),
        Some(Value::None) => p.t("không phát sinh").into(),
        Some(Value::Unassigned) => p.t("không được giao").into(),
        None => Cell::Empty,
    };
    let row = |name: &str, cells: Vec<Cell>| std::iter::once(name.into()).chain(cells).collect::<Vec<Cell>>();
    let total = found.total.iter().map(|(value, ..)| figure(value)).collect();
    let cover = found.total.iter().map(|(_, counted, asked)| format!("{counted}/{asked}").into()).collect();
    let mut rows = vec![row(p.t("Tổng số"), total), row(p.t("Báo cáo được tính"), cover)];
    rows.extend(found.tracks.iter().map(|track| row(&track.name, track.values.iter().map(figure).collect())));
    let columns = std::iter::once(p.t("Đơn vị")).chain(periods.iter().map(String::as_str));
    Sheet { name: shorten(label, 30), columns: columns.map(|head| (head.to_owned(), 16.0)).collect(), rows }
}

/// `GET /ky-bao-cao/{id}/qua-cac-ky/{cell}`: the page, or its chart and table taken away.
pub(in crate::reporting) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Path((id, key)): Path<(Uuid, String)>,
    Query(query): Query<NodeQuery>,
    Query(take): Query<Take>,
) -> Result {
    let round = service::round_in_sight(&app, &permit, id).await?;
    let node = node_of(&app, &permit, &round, &query).await?;
    let form = service::form_of(&app, round.form_id).await?;
    let cell = form.cell(&key).filter(|cell| cell.kind.numeric()).ok_or(Error::NotFound)?;
    let today = query.xem == "nay";
    let found = service::history(&app, &round, &key, node, today).await?;
    let labels: Vec<String> = found.rounds.iter().map(|round| round.period_label.clone()).collect();
    let values = found.total.iter().map(|(value, ..)| value.as_ref().and_then(|value| value.number())).collect();
    let (label, unit) = (form.named(&key), cell.unit.clone());
    let chart = if found.rounds.len() < 2 {
        String::new()
    } else {
        chart::lines(&Chart {
            id: "qua-cac-ky".into(),
            title: label.clone(),
            description: p.t("Tổng số đã duyệt của từng kỳ; số liệu ở bảng bên dưới.").to_owned(),
            labels: labels.clone(),
            series: vec![Series { name: p.t("Tổng số").to_owned(), values }],
        })
    };
    if take.away() {
        let sheet = sheet(&p, &label, &labels, &found);
        return Ok(take.file(Takeaway { name: format!("qua-cac-ky-{key}"), svg: chart, sheet }).await?);
    }
    let text = |value: &Option<_>| shown(&p, cell.kind, value.as_ref());
    let total = found.total.iter().map(|(value, counted, asked)| (text(value), format!("{counted}/{asked}"))).collect();
    let row = |track: service::Track| TrackRow {
        values: track.values.iter().map(text).collect(),
        name: track.name,
        mark: track.mark,
    };
    let rows = found.tracks.into_iter().map(row).collect();
    let periods = found.rounds.iter().map(|round| round.id).zip(labels).collect();
    let round = RoundRow::of(&p, &round, Progress::default());
    show(&HistoryPage { p, round, node, key, label, unit, today, chart, periods, rows, total })
}
