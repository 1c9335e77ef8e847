//! Rounds: the list with how far each is, and the table of one at an agency.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Actor, Error, Page, Paging, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};
use records::agencies::is_below;

use crate::plans::{policy::ReadPlans, service::plan_in_sight};
use crate::reporting::{
    forms::NodeQuery,
    model::{
        flow,
        form::{Cell, Form, HeadCell, Kind},
    },
    policy::{DecideReports, ManageReports, ReadReports},
    service, store,
    views::{AskedRow, Progress, RoundRow, TableView, outlier_text, shown},
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
    /// Papers written from it.
    papers: Vec<crate::outgoing::Row>,
    /// Has the form cells of text?
    texts: bool,
    /// Is the table shown in the agencies of today?
    today: bool,
    progress: Progress,
    /// Receivers below this one with how far they are.
    receivers: Vec<(Uuid, String, Progress)>,
    head: Vec<Vec<HeadCell>>,
    table: TableView,
    /// Which agencies are shown, see [`NodeQuery::loc`].
    only: String,
    /// Approved reports that the person may accept here.
    to_accept: i64,
    /// Page of what the round looks back on, where the person may see it.
    plan_path: Option<String>,
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
    let table = service::table_at(&app, &round, &form, node, today).await?;
    let part = if table.merged {
        store::Part { others: vec![round.id], roots: vec![node], ..store::Part::default() }
    } else {
        store::Part::whole(vec![round.id])
    };
    let counts = store::counts(app.db.read(), &part, time::date_to_int(app.clock.today())).await?;
    let mut by_parent: BTreeMap<Uuid, Vec<&store::Count>> = BTreeMap::new();
    for count in &counts {
        by_parent.entry(count.parent_id).or_default().push(count);
    }
    let of = |agency: &Uuid| Progress::of(by_parent.get(agency).into_iter().flatten().copied());
    let receivers = table.lines.iter().filter(|line| line.node && !today);
    let receivers = receivers.map(|line| (line.agency, line.name.clone(), of(&line.agency))).collect();
    let node_name =
        if node == round.owner_id { round.owner_name.clone() } else { store::name_of(app.db.read(), node).await? };
    let progress = if table.merged { Progress::of(counts.iter()) } else { of(&node) };
    let mut view = TableView::of(&p, (&round, &form), &table, app.clock.today(), today);
    let only = if today || table.merged { String::new() } else { query.loc };
    match only.as_str() {
        "bat-thuong" => view.only(strange(&app, &p, (&round, &form), (node, &table)).await?),
        "theo-doi" => view.only(followed(&app, &p, (&round, &form), node).await?),
        _ => {}
    }
    let head = view.head(&form);
    let row = RoundRow::of(&p, &round, Progress::of(counts.iter()));
    let decides = Permit::<DecideReports>::of(permit.actor()).is_some_and(|permit| service::at(&permit, node));
    let approved = |count: &&store::Count| decides && count.parent_id == node && count.state == "approved";
    let to_accept = counts.iter().filter(approved).map(|count| count.n).sum();
    let (papers, writes) = crate::outgoing::of_round(&app, permit.actor(), id, node).await?;
    let texts = form.cells.iter().any(|cell| cell.kind == Kind::Text);
    let plan_path = plan_path(&app, permit.actor(), &round).await?;
    show(&RoundPage {
        to_accept,
        plan_path,
        p,
        round: row,
        node,
        node_name,
        writes,
        papers,
        texts,
        today,
        progress,
        receivers,
        head,
        table: view,
        only,
    })
}

/// Page of what a round looks back on, where the person may see it.
async fn plan_path(app: &App, actor: &Actor, round: &store::Round) -> kernel::Result<Option<String>> {
    let Some((plan, read)) = round.plan_id.zip(Permit::<ReadPlans>::of(actor)) else { return Ok(None) };
    match plan_in_sight(app, &read, plan).await {
        Ok(_) => Ok(Some(format!("/ke-hoach/{plan}"))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is to be looked at, by agency: words, where they lead.
type Notes = BTreeMap<Uuid, Vec<(String, String)>>;

/// Figures that stand out.
async fn strange(
    app: &App,
    p: &Chrome,
    (round, form): (&store::Round, &Form),
    (node, table): (Uuid, &service::Table),
) -> kernel::Result<Notes> {
    let mut found = service::all_outliers(app, round, form, node).await?;
    let notes = table.lines.iter().filter_map(|line| {
        let (report, strange) = line.report.zip(found.remove(&line.agency))?;
        let cells = form.cells.iter().filter_map(|cell| Some((cell, strange.get(&cell.key)?)));
        let note = |(cell, outlier): (&Cell, &service::Outlier)| {
            let value = shown(p, cell.kind, line.values.get(&cell.key));
            let value = if line.state.is_some_and(flow::State::counts) { format!(" {value}") } else { String::new() };
            let words = format!("{}{value}: {}", cell.label, outlier_text(p, outlier));
            (words, format!("/bao-cao/{report}#{}", cell.key))
        };
        Some((line.agency, cells.map(note).collect()))
    });
    Ok(notes.collect())
}

/// Figures that are followed.
async fn followed(app: &App, p: &Chrome, (round, form): (&store::Round, &Form), node: Uuid) -> kernel::Result<Notes> {
    let mut notes = Notes::new();
    for line in store::followed_questions(app.db.read(), &[node], Some(round.id)).await? {
        let row = AskedRow::of(p, form, &line);
        let words = format!("{}: {} ({})", row.label, row.body, row.state.text);
        notes.entry(line.agency_id).or_default().push((words, format!("/bao-cao/{}#ask", line.report_id)));
    }
    Ok(notes)
}

/// The agency whose table is asked for: the owner, unless the address names another; only where the person may look. Who neither makes nor receives
/// reports sees what those below make together.
pub(super) async fn node_of(
    app: &App,
    permit: &Permit<ReadReports>,
    round: &store::Round,
    query: &NodeQuery,
) -> kernel::Result<Uuid> {
    let wanted =
        if query.co.is_empty() { None } else { Some(Uuid::parse_str(&query.co).map_err(|_| Error::NotFound)?) };
    let node = wanted.unwrap_or(round.owner_id);
    if service::reads(app, permit, round.id, node).await? {
        // An agency above the one that asked for the reports sees all of them.
        let owned = node != round.owner_id && is_below(app.db.read(), &[node], round.owner_id).await?;
        return Ok(if owned { round.owner_id } else { node });
    }
    let below = wanted.map_or(permit.roots().to_vec(), |node| vec![node]);
    let topmost = store::topmost(app.db.read(), round.id, &below).await?;
    let Some(first) = topmost.first() else { return Err(Error::NotFound) };
    if wanted.is_none() {
        // One's own part: one's own report, the only agency below that reports, or all of these together.
        let own =
            topmost.iter().find(|row| row.root_id == row.agency_id).or(Some(first).filter(|_| topmost.len() == 1));
        return Ok(own.map_or(first.root_id, |row| row.agency_id));
    }
    let mut seen: Vec<Uuid> = topmost.iter().map(|row| row.parent_id).collect();
    seen.sort_unstable();
    seen.dedup();
    for agency in seen {
        if !service::reads(app, permit, round.id, agency).await? {
            return Err(Error::NotFound);
        }
    }
    Ok(node)
}
