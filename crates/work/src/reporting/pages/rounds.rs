//! Rounds: the list with how far each is, and the table of one at an agency.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Error, Page, Paging, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use crate::reporting::{
    forms::NodeQuery,
    model::form::HeadCell,
    policy::{FillReports, ManageReports, ReadReports},
    service, store,
    views::{Progress, RoundRow, TableView},
};

#[derive(Template)]
#[template(path = "reporting/templates/rounds.html")]
struct RoundsPage {
    p: Chrome,
    list: Page<RoundRow>,
    manages: bool,
    /// Schedules of the person's agencies that could not open a round.
    stuck: i64,
}

/// Rounds on a page: each counts thousands of reports.
const ROUNDS: u32 = 20;

/// `GET /ky-bao-cao`
pub(in crate::reporting) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Query(query): Query<NodeQuery>,
) -> Result {
    let paging = Paging { size: ROUNDS, ..Paging::new(query.trang) };
    let rounds = store::rounds(app.db.read(), permit.roots(), paging).await?;
    let total = store::rounds_total(app.db.read(), permit.roots()).await?;
    let ids: Vec<Uuid> = rounds.iter().map(|round| round.id).collect();
    let part = service::part_of(&app, &permit, &ids).await?;
    let counts = store::counts(app.db.read(), &part, time::date_to_int(app.clock.today())).await?;
    let rows = rounds
        .iter()
        .map(|round| RoundRow::of(&p, round, Progress::of(counts.iter().filter(|count| count.round_id == round.id))))
        .collect();
    let manage = Permit::<ManageReports>::of(permit.actor());
    let stuck = match &manage {
        Some(manage) => store::failed_schedules(app.db.read(), manage.roots()).await?,
        None => 0,
    };
    let list = Page { rows, total: u64::try_from(total).unwrap_or(0), paging };
    show(&RoundsPage { p, list, manages: manage.is_some(), stuck })
}

#[derive(Template)]
#[template(path = "reporting/templates/round.html")]
struct RoundPage {
    p: Chrome,
    round: RoundRow,
    node: Uuid,
    node_name: String,
    /// May the person write a paper from it?
    writes: bool,
    /// Is the table shown in the agencies of today?
    today: bool,
    progress: Progress,
    /// Receivers below this one with how far they are.
    receivers: Vec<(Uuid, String, Progress)>,
    head: Vec<Vec<HeadCell>>,
    table: TableView,
}

impl RoundPage {
    /// Where a paper is begun from this table.
    fn paper_path(&self) -> String {
        format!("/van-ban-di/moi?ky={}&co={}", self.round.id, self.node)
    }
}

/// `GET /ky-bao-cao/{id}`
pub(in crate::reporting) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Path(id): Path<Uuid>,
    Query(query): Query<NodeQuery>,
) -> Result {
    let round = service::round_in_sight(&app, &permit, id).await?;
    let node = node_of(&app, &permit, &round, &query).await?;
    let form = service::form_of(&app, round.form_id).await?;
    let today = query.xem == "nay";
    let table = service::table(&app, &round, &form, node, today).await?;
    let counts =
        store::counts(app.db.read(), &store::Part::whole(vec![round.id]), time::date_to_int(app.clock.today())).await?;
    let mut by_parent: BTreeMap<Uuid, Vec<&store::Count>> = BTreeMap::new();
    for count in &counts {
        by_parent.entry(count.parent_id).or_default().push(count);
    }
    let of = |agency: &Uuid| Progress::of(by_parent.get(agency).into_iter().flatten().copied());
    let receivers = table.lines.iter().filter(|line| line.node && !today);
    let receivers = receivers.map(|line| (line.agency, line.name.clone(), of(&line.agency))).collect();
    let node_name = if node == round.owner_id {
        round.owner_name.clone()
    } else {
        store::report_of(app.db.read(), id, node).await?.map(|row| row.agency_name).unwrap_or_default()
    };
    let progress = of(&node);
    let view = TableView::of(&p, &round, &form, &table, app.clock.today());
    let head = view.head(&form);
    let row = RoundRow::of(&p, &round, Progress::of(counts.iter()));
    let writes = Permit::<FillReports>::of(permit.actor()).is_some();
    show(&RoundPage { p, round: row, node, node_name, writes, today, progress, receivers, head, table: view })
}

/// The agency whose table is asked for: the owner, unless the address names another; only where the person may look.
pub(super) async fn node_of(
    app: &App,
    permit: &Permit<ReadReports>,
    round: &store::Round,
    query: &NodeQuery,
) -> kernel::Result<Uuid> {
    let wanted =
        if query.co.is_empty() { None } else { Some(Uuid::parse_str(&query.co).map_err(|_| Error::NotFound)?) };
    let node = wanted.unwrap_or(round.owner_id);
    if service::reaches(app, permit, round.id, node).await? {
        return Ok(node);
    }
    // Those who only report see their own part.
    for root in permit.roots().iter().filter(|_| wanted.is_none()) {
        if store::report_of(app.db.read(), round.id, *root).await?.is_some() {
            return Ok(*root);
        }
    }
    Err(Error::NotFound)
}
