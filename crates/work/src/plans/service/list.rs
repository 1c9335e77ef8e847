//! The list of obligations: filters, facets, a page of rows, the same as a workbook.

use std::collections::{HashMap, HashSet};

use chrono::{Days as ChronoDays, NaiveDate};
use kernel::{Error, Page, Paging, Permit, Result, Uuid, text, time};
use platform::App;
use press::{Cell, Sheet};
use records::documents::place;

use super::object;
use crate::plans::{
    model::{NEVER, due::period_label, group::AgencyGroup, state::State},
    policy::ReadPlans,
    store::{self, Days, Facet, Filter, Line, Plan, Scope, Sort, TaskName, When},
};

/// Most rows of a workbook.
const EXPORT: u32 = 50_000;

/// What the address of a list says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// Only this plan.
    pub plan: Option<Uuid>,
    /// It is a list over all plans, to choose one from.
    pub over_all: bool,
    /// Words of a task.
    pub words: String,
    /// Heading of a group of tasks.
    pub group: String,
    /// Words of an agency's name.
    pub agency: String,
    /// `lead` or `coordinating`.
    pub role: Option<&'static str>,
    /// A state.
    pub state: Option<State>,
    /// A group of agencies.
    pub agency_group: Option<AgencyGroup>,
    /// `cham`, `7`, `30` or nothing.
    pub when: String,
    /// `2026-3`: a quarter.
    pub quarter: String,
    /// `han`, `han-xa`, `co-quan`.
    pub sort: String,
}

/// How many there are of each kind, each facet under the other filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub all: i64,
    pub late: i64,
    pub in_7: i64,
    pub in_30: i64,
    pub states: Vec<(State, i64)>,
    pub roles: Vec<(&'static str, i64)>,
    pub agency_groups: Vec<(AgencyGroup, i64)>,
    /// Groups of tasks of the plan.
    pub groups: Vec<(String, i64)>,
    /// Plans, for the list over all.
    pub plans: HashMap<Uuid, i64>,
}

/// A list as shown.
pub(crate) struct Listing {
    pub page: Page<Line>,
    pub counts: Counts,
    pub plan: Option<Plan>,
    /// Plans to choose from, for the list over all.
    pub plans: Vec<Plan>,
    /// More agencies have the words in their names than the list looks at.
    pub cut: bool,
}

/// The days that lists speak of.
pub(crate) fn days(today: NaiveDate) -> Days {
    let ahead = |days: u64| time::date_to_int(today.checked_add_days(ChronoDays::new(days)).unwrap_or(today));
    Days { today: time::date_to_int(today), in_7: ahead(7), in_30: ahead(30) }
}

fn when(text: &str) -> When {
    match text {
        "cham" => When::Late,
        "7" => When::In7,
        "30" => When::In30,
        _ => When::All,
    }
}

fn matches(when: When, bucket: i64) -> bool {
    match when {
        When::All => true,
        When::Late => bucket == 0,
        When::In7 => bucket == 1,
        When::In30 => matches!(bucket, 1 | 2),
    }
}

fn quarter(text: &str) -> Option<(i64, i64)> {
    let (year, quarter) = text.split_once('-')?;
    let (year, quarter): (i64, i64) = (year.parse().ok()?, quarter.parse().ok()?);
    let start = |quarter: i64| year * 10_000 + (quarter - 1) * 300 + 101;
    ((1..=4).contains(&quarter) && (1900..2200).contains(&year)).then(|| {
        let end = if quarter == 4 { (year + 1) * 10_000 + 101 } else { start(quarter + 1) };
        (start(quarter), end)
    })
}

/// One page of a list with everything around it; the number of statements does not depend on what is in it.
///
/// # Errors
/// [`Error::NotFound`] for a plan that the person may not see.
pub(crate) async fn listing(app: &App, permit: &Permit<ReadPlans>, query: &Query, paging: Paging) -> Result<Listing> {
    let c = app.db.read();
    let days = days(app.clock.today());
    let (plan, scope) = match query.plan {
        Some(id) => object::plan_in_sight(app, permit, id).await.map(|(plan, scope)| (Some(plan), scope))?,
        None => (None, Scope::of(c, permit).await?),
    };
    let plans = if query.over_all { visible_plans(app, &scope).await? } else { Vec::new() };
    let ids: Vec<Uuid> = match &plan {
        Some(plan) => vec![plan.id],
        None => plans.iter().map(|plan| plan.id).collect(),
    };
    let names = store::task_names(c, Some(&ids)).await?;
    // Papers of the past are asked for by their state or by their plan.
    let past = plan.as_ref().is_some_and(Plan::history);
    let filter = Filter { past, ..filter(app, &scope, query, &names).await? };
    let mut facets = store::facets(c, &scope, &filter, days).await?;
    let mut by_ref: HashMap<Uuid, i64> = HashMap::new();
    for facet in facets.iter().filter(|facet| fits(facet, &filter, None)) {
        *by_ref.entry(facet.ref_id).or_default() += facet.n;
    }
    if let Some(tasks) = &filter.tasks {
        let tasks: HashSet<Uuid> = tasks.iter().copied().collect();
        facets.retain(|facet| tasks.contains(&facet.ref_id));
    }
    let counts = counts(&facets, &filter, &names, &by_ref);
    let total: i64 = facets.iter().filter(|f| fits(f, &filter, None)).map(|f| f.n).sum();
    let total = u64::try_from(total).unwrap_or(0);
    let sort = sort(&query.sort);
    let rows = store::page(c, &scope, &filter, days, sort, total, paging).await?;
    let cut = filter.agencies.is_some_and(|named| named.more);
    Ok(Listing { page: Page { rows, total, paging }, counts, plan, plans, cut })
}

/// Plans of which the person sees anything.
pub(crate) async fn visible_plans(app: &App, scope: &Scope) -> Result<Vec<Plan>> {
    let c = app.db.read();
    if scope.all {
        return store::plans_by_id(c, None).await;
    }
    let mut ids = store::plans_concerning(c, scope).await?;
    ids.extend(scope.whole.iter().copied());
    ids.sort_unstable();
    ids.dedup();
    store::plans_by_id(c, Some(&ids)).await
}

fn sort(text: &str) -> Sort {
    match text {
        "han-xa" => Sort::DueLast,
        "co-quan" => Sort::Agency,
        _ => Sort::Due,
    }
}

async fn filter(app: &App, scope: &Scope, query: &Query, names: &[TaskName]) -> Result<Filter> {
    let words = text::fold(&query.words);
    let by_task = !words.is_empty() || !query.group.is_empty();
    let fits = |task: &&TaskName| {
        (words.is_empty() || task.title_fold.contains(&words))
            && (query.group.is_empty() || task.heading == query.group)
    };
    let agency = text::fold(&query.agency);
    Ok(Filter {
        plan: query.plan,
        tasks: by_task.then(|| names.iter().filter(fits).map(|task| task.id).collect()),
        role: query.role,
        state: query.state.map(State::key),
        past: false,
        group: query.agency_group.map(AgencyGroup::key),
        when: when(&query.when),
        agencies: if agency.is_empty() {
            None
        } else {
            Some(store::agencies_named(app.db.read(), scope, &agency).await?)
        },
        between: quarter(&query.quarter),
    })
}

/// By what a list is narrowed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Role,
    State,
    Group,
    Time,
}

/// Does it pass every narrowing but this one?
fn fits(facet: &Facet, filter: &Filter, but: Option<By>) -> bool {
    let left = |by: By| but == Some(by);
    (left(By::Role) || filter.role.is_none_or(|role| facet.role == role))
        && (left(By::State) || in_state(facet, filter))
        && (left(By::Group) || filter.group.is_none_or(|group| facet.agency_group == group))
        && (left(By::Time) || matches(filter.when, facet.bucket))
}

fn in_state(facet: &Facet, filter: &Filter) -> bool {
    match filter.state {
        Some(state) => facet.state == state,
        None => filter.past || facet.state != State::Historical.key(),
    }
}

fn counts(facets: &[Facet], filter: &Filter, names: &[TaskName], by_ref: &HashMap<Uuid, i64>) -> Counts {
    let sum = |keep: &dyn Fn(&Facet) -> bool| facets.iter().filter(|f| keep(f)).map(|f| f.n).sum::<i64>();
    let at = |when: When| sum(&|f: &Facet| fits(f, filter, Some(By::Time)) && matches(when, f.bucket));
    let state = |state: State| (state, sum(&|f: &Facet| fits(f, filter, Some(By::State)) && f.state == state.key()));
    let role = |role: &'static str| (role, sum(&|f: &Facet| fits(f, filter, Some(By::Role)) && f.role == role));
    let group = |group: AgencyGroup| {
        (group, sum(&|f: &Facet| fits(f, filter, Some(By::Group)) && f.agency_group == group.key()))
    };
    let (mut groups, mut plans) = (Vec::<(String, i64)>::new(), by_ref.clone());
    if filter.by_task() {
        plans.clear();
    }
    let shown = filter.tasks.as_ref().map(|tasks| tasks.iter().copied().collect::<HashSet<Uuid>>());
    for task in names.iter().filter(|_| filter.by_task()) {
        let n = by_ref.get(&task.id).copied().unwrap_or(0);
        if shown.as_ref().is_none_or(|shown| shown.contains(&task.id)) {
            *plans.entry(task.plan_id).or_default() += n;
        }
        match groups.iter().position(|(heading, _)| *heading == task.heading) {
            Some(at) => groups.iter_mut().skip(at).take(1).for_each(|(_, sum)| *sum += n),
            None if !task.heading.is_empty() && groups.len() < 200 => groups.push((task.heading.clone(), n)),
            None => {}
        }
    }
    Counts {
        all: at(When::All),
        late: at(When::Late),
        in_7: at(When::In7),
        in_30: at(When::In30),
        states: State::ALL.map(state).into_iter().filter(|(_, n)| *n > 0).collect(),
        roles: ["lead", "coordinating"].map(role).into(),
        agency_groups: AgencyGroup::all().map(group).filter(|(_, n)| *n > 0).collect(),
        groups,
        plans,
    }
}

/// The whole list as a workbook.
///
/// # Errors
/// See [`listing`]; [`Error::Internal`] when the workbook cannot be written.
pub(crate) async fn export(app: &App, permit: &Permit<ReadPlans>, query: &Query) -> Result<Vec<u8>> {
    let paging = Paging { number: 1, size: EXPORT };
    let list = listing(app, permit, query, paging).await?;
    let today = app.clock.today();
    let columns = [
        ("Kế hoạch", 18.0),
        ("Mục", 10.0),
        ("Nhiệm vụ", 60.0),
        ("Cơ quan", 40.0),
        ("Vai trò", 12.0),
        ("Tính chất", 10.0),
        ("Kỳ", 16.0),
        ("Hạn", 12.0),
        ("Trạng thái", 18.0),
        ("Chậm (ngày)", 12.0),
        ("Tiến độ (%)", 12.0),
        ("Kết quả", 50.0),
        ("Khó khăn, vướng mắc", 40.0),
        ("Ngày xong", 12.0),
    ];
    let rows = list.page.rows.iter().map(|line| {
        let state = State::from_key(&line.state).unwrap_or(State::Ended);
        let late = time::date_from_int(line.due_date).map(|due| (today - due).num_days());
        let late = late.filter(|days| line.urgent == 1 && *days > 0);
        vec![
            line.plan_number.clone().into(),
            place(&line.anchor).into(),
            line.title.clone().into(),
            line.agency_name.clone().into(),
            role_label(&line.role).into(),
            if line.force == "request" { "đề nghị" } else { "giao" }.into(),
            period_label(&line.period).into(),
            date_cell(line.due_date),
            if line.mark == "past" { "hạn đã qua trước khi giao" } else { state.label() }.into(),
            late.map_or(Cell::Empty, Cell::from),
            line.percent.into(),
            line.result.clone().into(),
            line.difficulty.clone().into(),
            line.done_on.map_or(Cell::Empty, date_cell),
        ]
    });
    let sheet = Sheet {
        name: "Nhiệm vụ".into(),
        columns: columns.iter().map(|(title, width)| ((*title).to_owned(), *width)).collect(),
        rows: rows.collect(),
    };
    press::write_workbook(&[sheet]).map_err(Error::internal)
}

/// A role as people say it.
pub(crate) fn role_label(role: &str) -> &'static str {
    if role == "lead" { "Chủ trì" } else { "Phối hợp" }
}

fn date_cell(day: i64) -> Cell {
    let part = |number: i64| u8::try_from(number).unwrap_or(1);
    match u16::try_from(day / 10_000) {
        Ok(year) if day < NEVER && day > 0 => Cell::Date(year, part(day / 100 % 100), part(day % 100)),
        _ => Cell::Empty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_have_a_first_and_a_last_day() {
        assert_eq!(quarter("2026-3"), Some((20_260_701, 20_261_001)));
        assert_eq!(quarter("2026-4"), Some((20_261_001, 20_270_101)));
        assert_eq!(quarter("2026-5"), None);
    }
}
