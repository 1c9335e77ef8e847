//! Rounds that open by themselves: the decisions, a new one, pausing and ending.

use askama::Template;
use axum::extract::{Form as PostForm, Path, Query, State};
use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Permit, Timestamp, Uuid, periods::Rule, time, workdays::Holidays};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use super::open::{chosen, managed, named};
use crate::reporting::{
    forms::{NodeQuery, ScheduleForm},
    model::{
        form::{Form, Level, Status},
        schedule::{Opens, coming},
    },
    policy::ManageReports,
    service::{self, Turn},
    store::{self, FormHead, Schedule},
    views::Pill,
};

/// Decisions on one page.
const MOST: i64 = 100;

#[derive(Template)]
#[template(path = "reporting/templates/schedules.html")]
struct SchedulesPage {
    p: Chrome,
    rows: Vec<Row>,
}

/// A decision as shown.
struct Row {
    id: Uuid,
    form: String,
    rule: &'static str,
    owner: String,
    opens: String,
    basis: String,
    decided: String,
    /// Who paused, resumed or ended it, and when.
    changed: String,
    state: Pill,
    paused: bool,
    ended: bool,
    /// The period that opens next and its day.
    next: Option<(String, String)>,
    /// Levels with the day by which they report for that period.
    deadlines: Vec<(String, String)>,
    /// What came of it last.
    outcome: String,
    outcome_at: String,
    failed: bool,
    round: Option<Uuid>,
}

/// When rounds open, in words.
fn words(p: &Chrome, opens: Opens) -> String {
    match opens {
        Opens::Begin => p.t("Ngày đầu của kỳ").to_owned(),
        Opens::Before(days) => p.t1("{} ngày trước khi hết kỳ", days),
        Opens::End => p.t("Ngày sau khi hết kỳ").to_owned(),
    }
}

impl Row {
    fn of(
        p: &Chrome,
        row: &Schedule,
        (head, form): (Option<&FormHead>, Option<&Form>),
        (today, holidays): (NaiveDate, &Holidays),
    ) -> Self {
        let plan = service::plan(row);
        let (class, text) = match (row.state.as_str(), row.failed) {
            ("running", true) => ("late", "chưa mở được"),
            ("running", false) => ("done", "đang chạy"),
            ("paused", _) => ("soon", "tạm dừng"),
            _ => ("quiet", "đã kết thúc"),
        };
        let by = |name: &str, at: i64| format!("{name}, {}", Timestamp(at).display());
        let tomorrow = today.succ_opt().unwrap_or(today);
        let period = plan.filter(|_| row.state == "running").and_then(|(rule, opens, first)| {
            let period = coming(rule, opens, first, tomorrow)?;
            let day = time::display_date(opens.day(&period));
            Some((rule, period, day))
        });
        let deadline = |level: &Level| {
            let (rule, period, _) = period.as_ref()?;
            Some((level.name.clone(), time::display_date(level.due_date(*rule, period, holidays)?)))
        };
        let levels = form.map(|form| reporting(form, &row.owner_level)).unwrap_or_default();
        Self {
            id: row.id,
            form: head.map_or_else(|| row.form_key.clone(), |head| head.name.clone()),
            rule: plan.map_or("", |(rule, ..)| rule.label()),
            owner: row.owner_name.clone(),
            opens: plan.map_or_else(String::new, |(_, opens, _)| words(p, opens)),
            basis: row.basis.clone(),
            decided: by(&row.decided_name, row.decided_at),
            state: Pill { class, text: p.t(text).to_owned() },
            paused: row.state == "paused",
            ended: row.state == "ended",
            deadlines: levels.into_iter().filter_map(deadline).collect(),
            next: period.map(|(_, period, day)| (format!("{} ({})", period.label, period.range()), day)),
            changed: if row.changed_at > 0 { by(&row.changed_name, row.changed_at) } else { String::new() },
            outcome: if row.failed || row.outcome.is_empty() {
                row.outcome.clone()
            } else {
                p.t1("{}: đã mở", &row.outcome)
            },
            outcome_at: Timestamp(row.outcome_at).display(),
            failed: row.failed,
            round: row.round_id.filter(|_| !row.failed),
        }
    }
}

/// The levels that report to one, through others between.
fn reporting<'f>(form: &'f Form, key: &'f str) -> Vec<&'f Level> {
    let mut levels: Vec<&Level> = form.below(key).collect();
    for at in 0..form.levels.len() {
        let Some(level) = levels.get(at).copied() else { break };
        levels.extend(
            form.below(&level.key)
                .filter(|below| !levels.iter().any(|known| known.key == below.key))
                .collect::<Vec<_>>(),
        );
    }
    levels
}

/// The newest published version of a form.
fn newest<'h>(heads: &'h [FormHead], key: &str) -> Option<&'h FormHead> {
    heads.iter().find(|head| head.form_key == key && head.state == "published")
}

/// `GET /ky-bao-cao/tu-dong`
pub(in crate::reporting) async fn list(State(app): State<App>, p: Chrome, permit: Permit<ManageReports>) -> Result {
    let heads = service::library(&app).await?;
    let holidays = service::holidays(&app).await?;
    let mut rows = Vec::new();
    for row in store::schedules(app.db.read(), permit.roots(), MOST).await? {
        let head = newest(&heads, &row.form_key);
        // Forms once read are kept.
        let form = match head {
            Some(head) => Some(service::form_of(&app, head.id).await?),
            None => None,
        };
        rows.push(Row::of(&p, &row, (head, form.as_deref()), (app.clock.today(), &holidays)));
    }
    show(&SchedulesPage { p, rows })
}

#[derive(Template)]
#[template(path = "reporting/templates/schedule.html")]
struct FormPage {
    p: Chrome,
    form: ScheduleForm,
    errors: FieldErrors,
    /// Definitions: id, name.
    forms: Vec<(String, String)>,
    /// First periods: value, label.
    periods: Vec<(String, String)>,
    /// Agencies for which the person manages: id, name.
    agencies: Vec<(String, String)>,
    unverified: bool,
}

/// The period that runs and the next one, for each kind of period but single campaigns.
fn first_periods(p: &Chrome, rules: &[Rule], today: NaiveDate) -> Vec<(String, String)> {
    let mut periods = Vec::new();
    for rule in rules.iter().filter(|rule| !matches!(rule, Rule::Campaign { .. })) {
        let running = rule.containing(today);
        let next = running.as_ref().and_then(|period| rule.containing(period.to.succ_opt()?));
        for period in running.into_iter().chain(next) {
            let label = format!("{}: {} {} ({})", p.t(rule.label()), p.t("từ"), period.label, period.range());
            periods.push((format!("{rule}|{}", period.key), label));
        }
    }
    periods
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ManageReports>,
    form: ScheduleForm,
    errors: FieldErrors,
) -> kernel::Result<FormPage> {
    let today = app.clock.today();
    let mut heads = service::library(app).await?;
    heads.retain(|head| head.state == "published" && head.valid_to > time::date_to_int(today));
    let (mut periods, mut unverified) = (Vec::new(), false);
    if let Some(definition) = chosen(app, &heads, &form.bieu).await? {
        unverified = definition.status == Status::Unverified;
        periods = first_periods(&p, &definition.periods, today);
    }
    let (forms, agencies) = (named(&p, &heads), managed(permit));
    Ok(FormPage { p, form, errors, forms, periods, agencies, unverified })
}

/// `GET /ky-bao-cao/tu-dong/moi`
pub(in crate::reporting) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageReports>,
    Query(query): Query<NodeQuery>,
) -> Result {
    let form = ScheduleForm { bieu: query.bieu, so_ngay: "10".into(), ..ScheduleForm::default() };
    show(&view(&app, p, &permit, form, FieldErrors::default()).await?)
}

/// `POST /ky-bao-cao/tu-dong/moi`
pub(in crate::reporting) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageReports>,
    PostForm(form): PostForm<ScheduleForm>,
) -> Result {
    let outcome = match form.read() {
        Ok((first, opens, basis)) => service::schedule(&app, &permit, &first, opens, &basis).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(see_other("/ky-bao-cao/tu-dong", Flash::ok("Đã đặt lịch tự động mở kỳ."))),
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &permit, form, errors).await?),
        Err(error) => Err(error.into()),
    }
}

async fn turn(app: &App, permit: &Permit<ManageReports>, id: Uuid, turn: Turn, done: &'static str) -> Result {
    service::turn_schedule(app, permit, id, turn).await?;
    Ok(see_other("/ky-bao-cao/tu-dong", Flash::ok(done)))
}

/// `POST /ky-bao-cao/tu-dong/{id}/tam-dung`
pub(in crate::reporting) async fn pause(
    State(app): State<App>,
    permit: Permit<ManageReports>,
    Path(id): Path<Uuid>,
) -> Result {
    turn(&app, &permit, id, Turn::Pause, "Đã tạm dừng lịch.").await
}

/// `POST /ky-bao-cao/tu-dong/{id}/tiep-tuc`
pub(in crate::reporting) async fn resume(
    State(app): State<App>,
    permit: Permit<ManageReports>,
    Path(id): Path<Uuid>,
) -> Result {
    turn(&app, &permit, id, Turn::Resume, "Lịch chạy tiếp từ kỳ sắp tới.").await
}

/// `POST /ky-bao-cao/tu-dong/{id}/ket-thuc`
pub(in crate::reporting) async fn end(
    State(app): State<App>,
    permit: Permit<ManageReports>,
    Path(id): Path<Uuid>,
) -> Result {
    turn(&app, &permit, id, Turn::End, "Đã kết thúc lịch.").await
}
