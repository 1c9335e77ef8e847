//! Agency × task: who stands where, the latest first.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Page, Paging, Permit, Uuid, text};
use platform::{
    App,
    web::{Chrome, Result, guard::encode, page as show},
};
use serde::Deserialize;

use super::Head;
use crate::plans::{
    model::{days_left, group::AgencyGroup},
    policy::ReadPlans,
    service,
    store::{self, HeatCell, HeatFilter, TaskName},
};

/// Agencies on a page.
const ROWS: u32 = 40;

#[derive(Template)]
#[template(path = "plans/templates/heat.html")]
struct HeatPage {
    p: Chrome,
    head: Head,
    query: HeatQuery,
    groups: Vec<(AgencyGroup, i64)>,
    tasks: Vec<TaskName>,
    list: Page<HeatRow>,
    base: String,
}

struct HeatRow {
    name: String,
    late: i64,
    cells: Vec<Cell>,
}

struct Cell {
    class: &'static str,
    text: String,
    path: String,
}

/// The query of a heat map.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::plans) struct HeatQuery {
    q: String,
    khoi: String,
    sx: String,
    trang: Option<u32>,
}

impl HeatQuery {
    fn kept(&self) -> String {
        let pairs = [("q", &self.q), ("khoi", &self.khoi), ("sx", &self.sx)];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        pairs.map(|(name, value)| format!("{name}={}&", encode(value))).collect()
    }
}

/// `GET /ke-hoach/{id}/bang-nhiet`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path(id): Path<Uuid>,
    Query(query): Query<HeatQuery>,
) -> Result {
    let c = app.db.read();
    let (plan, scope) = service::plan_in_sight(&app, &permit, id).await?;
    let today = app.clock.today();
    let days = service::days(today);
    let paging = Paging { size: ROWS, ..Paging::new(query.trang) };
    let filter = HeatFilter {
        words: text::fold(&query.q),
        group: query.khoi.clone(),
        by_name: query.sx == "ten",
        today: days.today,
    };
    let counted = store::heat_groups(c, &scope, id).await?;
    let count = |group: AgencyGroup| counted.iter().find(|row| row.agency_group == group.key()).map_or(0, |row| row.n);
    let groups = AgencyGroup::all().map(|group| (group, count(group))).filter(|(_, n)| *n > 0).collect();
    let agencies = store::heat_agencies(c, &scope, id, &filter, paging).await?;
    let total = store::heat_total(c, &scope, id, &filter).await?;
    let tasks = store::task_names(c, Some(&[id])).await?;
    let ids: Vec<Uuid> = agencies.iter().map(|row| row.agency_id).collect();
    let mut cells: HashMap<(Uuid, Uuid), Vec<HeatCell>> = HashMap::new();
    for cell in store::heat_cells(c, id, &ids).await? {
        cells.entry((cell.agency_id, cell.task_id)).or_default().push(cell);
    }
    let rows = agencies.into_iter().map(|agency| HeatRow {
        cells: tasks
            .iter()
            .map(|task| cell(&p, cells.get(&(agency.agency_id, task.id)).map_or(&[], Vec::as_slice), today))
            .collect(),
        name: agency.name,
        late: agency.late,
    });
    let list = Page { rows: rows.collect(), total: u64::try_from(total).unwrap_or(0), paging };
    let view = HeatPage {
        head: Head::of(&app, &p, &permit, &plan).await?,
        base: format!("/ke-hoach/{id}/bang-nhiet"),
        groups,
        query,
        tasks,
        list,
        p,
    };
    show(&view)
}

/// The cell of an agency and a task: the worst of what it owes there now.
fn cell(p: &Chrome, rows: &[HeatCell], today: chrono::NaiveDate) -> Cell {
    let Some(first) = rows.first() else {
        return Cell { class: "h0", text: String::new(), path: String::new() };
    };
    let left = |row: &HeatCell| days_left(row.due_date, today);
    let urgent = rows.iter().filter(|row| row.urgent == 1).min_by_key(|row| row.due_date);
    let open = |row: &&HeatCell| matches!(row.state.as_str(), "new" | "received" | "doing" | "submitted");
    let current = urgent.or_else(|| rows.iter().filter(open).min_by_key(|row| row.due_date)).unwrap_or(first);
    let (class, text) = match urgent.and_then(left) {
        Some(left) if left < -30 => ("h1", p.t1("chậm {}", -left)),
        Some(left) if left < 0 => ("h2", p.t1("chậm {}", -left)),
        Some(left) if left <= 30 => ("h3", p.t1("còn {}", left)),
        _ if rows.iter().any(|row| open(&row)) => ("h4", format!("{} %", current.percent)),
        _ if rows.iter().any(|row| row.state == "done") => ("h5", p.t("xong").to_owned()),
        _ => ("h0", p.t("đóng").to_owned()),
    };
    Cell { class, text, path: format!("/nghia-vu/{}", current.id) }
}
