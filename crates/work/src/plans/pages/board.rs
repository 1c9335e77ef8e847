//! The board of a plan: figures, quarters, tasks.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use chrono::Datelike;
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};
use records::documents::place;
use serde::Deserialize;

use super::Head;
use crate::plans::{
    forms::ReviewForm,
    model::{days_left, review::ReviewKind},
    policy::{ManagePlans, ReadPlans},
    service,
    store::{self, HeldReview, Plan, PlanCount, QuarterCount, TaskCount},
    views::{Pill, day, due_pill, instant, share},
};

#[derive(Template)]
#[template(path = "plans/templates/board.html")]
struct BoardPage {
    p: Chrome,
    head: Head,
    parent: Option<(Uuid, String)>,
    whole: bool,
    count: PlanCount,
    late_agencies: i64,
    year: i64,
    quarters: Vec<Quarter>,
    groups: Vec<(String, Vec<TaskRow>)>,
    /// Obligations made so far and in all, while the plan is being built.
    progress: Option<(i64, i64)>,
    reviews: Vec<ReviewRow>,
    /// What was typed of a review.
    review: ReviewForm,
    errors: FieldErrors,
    /// Obligations of ended agencies that wait for an heir, for those who may choose one.
    left_open: i64,
}

impl BoardPage {
    /// Is there a review that the person may record?
    fn may_record(&self) -> bool {
        self.head.manages && self.reviews.iter().any(|one| one.open)
    }
}

struct Quarter {
    name: &'static str,
    key: String,
    count: QuarterCount,
    now: bool,
    past: bool,
    done: i64,
    late: i64,
    soon: i64,
    /// Reviews whose day falls in it.
    reviews: Vec<ReviewRow>,
}

/// A review, held or to come.
#[derive(Clone)]
struct ReviewRow {
    kind: String,
    label: &'static str,
    due: i64,
    pill: Pill,
    /// It is due, or will be.
    open: bool,
    paper: String,
    note: String,
    /// Who recorded it, and when.
    by: String,
}

impl ReviewRow {
    /// As the form names it.
    fn key(&self) -> String {
        format!("{}:{}", self.kind, self.due)
    }
}

struct TaskRow {
    path: String,
    anchor: String,
    title: String,
    leads: String,
    others: i64,
    request: bool,
    pill: Pill,
    due: String,
    done: i64,
    total: i64,
    row_class: &'static str,
    bar_class: &'static str,
}

/// The year of a board.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::plans) struct Year {
    nam: Option<i64>,
}

/// `GET /ke-hoach/{id}`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path(id): Path<Uuid>,
    Query(year): Query<Year>,
) -> Result {
    show(&view(&app, p, &permit, id, (year, ReviewForm::default()), FieldErrors::default()).await?)
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadPlans>,
    id: Uuid,
    (year, review): (Year, ReviewForm),
    errors: FieldErrors,
) -> kernel::Result<BoardPage> {
    let c = app.db.read();
    let (plan, scope) = service::plan_in_sight(app, permit, id).await?;
    let today = app.clock.today();
    let days = service::days(today);
    let first = i64::from(today.year()).clamp(plan.year_from, plan.year_to.max(plan.year_from));
    let year = year.nam.filter(|year| (1990..2200).contains(year)).unwrap_or(first);
    let count = store::plan_counts(c, &[id], days.today, days.in_30).await?.pop().unwrap_or_default();
    let quarters = store::quarter_counts(c, id, year, days.today, days.in_30).await?;
    let parent = match plan.parent_id {
        Some(parent) => store::plan(c, parent).await?.map(|plan| (plan.id, plan.title)),
        None => None,
    };
    let reviews = reviews(&p, &plan, &store::held_reviews(c, id).await?, today);
    let head = Head::of(app, &p, permit, &plan).await?;
    Ok(BoardPage {
        left_open: if head.manages { store::orphan_count(c, id).await? } else { 0 },
        head,
        parent,
        whole: scope.sees_whole(id),
        count,
        late_agencies: store::late_agencies(c, id, days.today).await?,
        year,
        quarters: (1..=4).map(|number| quarter(number, &quarters, year, days.today, &reviews)).collect(),
        groups: groups(app, &p, id).await?,
        progress: if plan.state == "building" { store::building_progress(c, plan.document_id).await? } else { None },
        reviews,
        review,
        errors,
        p,
    })
}

/// The tasks under their headings.
async fn groups(app: &App, p: &Chrome, plan: Uuid) -> kernel::Result<Vec<(String, Vec<TaskRow>)>> {
    let (c, today) = (app.db.read(), app.clock.today());
    let days = service::days(today);
    let counts = store::task_counts(c, plan, days.today, days.in_30).await?;
    let assignments = store::assignments(c, plan).await?;
    let mut groups: Vec<(String, Vec<TaskRow>)> = Vec::new();
    for task in store::tasks(c, plan).await? {
        let of_task: Vec<_> = assignments.iter().filter(|a| a.task_id == task.id).collect();
        let count = counts.iter().find(|count| count.task_id == task.id);
        let row = task_row(p, &task, &of_task, count, today);
        match groups.last_mut().filter(|(heading, _)| *heading == task.heading) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((task.heading.clone(), vec![row])),
        }
    }
    Ok(groups)
}

/// Reviews that were held and those still to come, by their days.
fn reviews(p: &Chrome, plan: &Plan, held: &[HeldReview], today: chrono::NaiveDate) -> Vec<ReviewRow> {
    let mut rows: Vec<ReviewRow> = held
        .iter()
        .map(|held| ReviewRow {
            kind: held.kind.clone(),
            label: ReviewKind::label_of(&held.kind),
            due: held.due_date,
            pill: Pill { class: "done", text: p.t1("đã tổ chức {}", day(held.held_on)) },
            open: false,
            paper: held.paper.clone(),
            note: held.note.clone(),
            by: format!("{}, {}", held.recorded_name, instant(held.recorded_at)),
        })
        .collect();
    for kind in ReviewKind::ALL {
        let Some(due) = plan.review_on(kind) else { continue };
        if rows.iter().any(|row| row.kind == kind.key() && row.due == due) {
            continue;
        }
        let open = plan.active() && !plan.history();
        let pill = match open {
            true => due_pill(p, due, today),
            false => Pill { class: "quiet", text: p.t("không theo dõi").to_owned() },
        };
        let (paper, note, by) = Default::default();
        rows.push(ReviewRow { kind: kind.key().to_owned(), label: kind.label(), due, pill, open, paper, note, by });
    }
    rows.sort_by_key(|row| row.due);
    rows
}

fn quarter(number: i64, counts: &[QuarterCount], year: i64, today: i64, reviews: &[ReviewRow]) -> Quarter {
    let none = QuarterCount { quarter: number, total: 0, done: 0, late: 0, soon: 0 };
    let count = counts.iter().find(|count| count.quarter == number).cloned().unwrap_or(none);
    let of_day = |day: i64| (day / 10_000, (day / 100 % 100 - 1) / 3 + 1);
    let here = of_day(today);
    Quarter {
        name: match number {
            1 => "Quý I",
            2 => "Quý II",
            3 => "Quý III",
            _ => "Quý IV",
        },
        key: format!("{year}-{number}"),
        reviews: reviews.iter().filter(|review| of_day(review.due) == (year, number)).cloned().collect(),
        now: here == (year, number),
        past: (year, number) < here,
        done: share(count.done, count.total),
        late: share(count.late, count.total),
        soon: share(count.soon, count.total),
        count,
    }
}

fn task_row(
    p: &Chrome,
    task: &store::Task,
    assignments: &[&store::Assignment],
    count: Option<&TaskCount>,
    today: chrono::NaiveDate,
) -> TaskRow {
    let leads: Vec<&str> = assignments.iter().filter(|a| a.role == "lead").map(|a| a.party.as_str()).collect();
    let others = assignments.iter().filter(|a| a.role == "coordinating").count();
    let (total, done, late, soon) = count.map_or((0, 0, 0, 0), |c| (c.total, c.done, c.late, c.soon));
    let left = count.and_then(|count| days_left(count.due, today));
    let pill = match (task.deadline_kind.as_str(), left) {
        _ if total > 0 && done == total => Pill { class: "done", text: p.t("hoàn thành").to_owned() },
        (_, Some(left)) if late > 0 && left < 0 => Pill { class: "late", text: p.t1("chậm {} ngày", -left) },
        (_, Some(left)) if soon > 0 && left >= 0 => Pill { class: "soon", text: p.t1("còn {} ngày", left) },
        ("continuous", _) => Pill { class: "plain", text: p.t("thường xuyên").to_owned() },
        ("periodic", _) => Pill { class: "plain", text: p.t("định kỳ").to_owned() },
        ("annual", _) => Pill { class: "plain", text: p.t("hằng năm").to_owned() },
        ("event", None) => Pill { class: "plain", text: p.t("chờ sự kiện").to_owned() },
        ("none", _) => Pill { class: "plain", text: p.t("không thời hạn").to_owned() },
        (_, Some(left)) if left >= 0 => Pill { class: "plain", text: p.t1("còn {} ngày", left) },
        _ if count.is_some_and(|count| count.total == 0 && count.past > 0) => {
            Pill { class: "quiet", text: p.t("hạn đã qua trước khi giao").to_owned() }
        }
        _ => Pill { class: "quiet", text: task.deadline_text.clone() },
    };
    let class = pill.class;
    TaskRow {
        path: format!("/ke-hoach/{}/nhiem-vu/{}", task.plan_id, task.id),
        anchor: place(&task.anchor),
        title: task.title.clone(),
        leads: if leads.is_empty() { p.t("chưa rõ cơ quan").to_owned() } else { leads.join("; ") },
        others: i64::try_from(others).unwrap_or(0),
        request: task.force == "request",
        due: count.map(|count| day(count.due)).unwrap_or_default(),
        done,
        total,
        row_class: match class {
            "late" => "is-late",
            "soon" => "is-soon",
            _ => "",
        },
        bar_class: match class {
            "late" => "bar late",
            "soon" => "bar soon",
            _ => "bar",
        },
        pill,
    }
}

/// `POST /ke-hoach/{id}/nhac`
pub(in crate::plans) async fn remind(
    State(app): State<App>,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
) -> Result {
    let (agencies, people) = service::remind_late(&app, &permit, id).await?;
    let text = match (agencies, people) {
        (0, _) => "Không có đơn vị nào chậm.".to_owned(),
        (_, 0) => "Hôm nay các đơn vị chậm đã được nhắc, hoặc chưa có người nhận.".to_owned(),
        _ => format!("Đã nhắc {agencies} đơn vị chậm ({people} người nhận thư tổng hợp)."),
    };
    Ok(see_other(&format!("/ke-hoach/{id}"), Flash::ok(text)))
}

/// `POST /ke-hoach/{id}/so-ket`
pub(in crate::plans) async fn review(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<ReviewForm>,
) -> Result {
    service::plan_to_manage(&app, &permit, id).await?;
    let outcome = match form.read() {
        Ok(review) => service::record_review(&app, &permit, id, &review).await.map(|()| review.kind),
        Err(error) => Err(error),
    };
    let done = |kind: ReviewKind| {
        let text =
            if kind == ReviewKind::Interim { "Đã ghi nhận sơ kết." } else { "Đã ghi nhận tổng kết." };
        see_other(&format!("/ke-hoach/{id}"), Flash::ok(text))
    };
    let read = Permit::<ReadPlans>::of(permit.actor()).ok_or(Error::NotFound)?;
    answer(outcome, done, |errors| view(&app, p, &read, id, (Year::default(), form), errors)).await
}
