//! Opening a round: who reports, to whom, by when.

use std::sync::Arc;

use chrono::NaiveDate;
use kernel::{
    Error, Permit, Result, Uuid, new_id,
    periods::{Period, Rule},
    time,
    workdays::Holidays,
};
use platform::{
    App,
    audit::{self, Entry},
    jobs,
};
use records::agencies::{self, Dir};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{FOREVER, form_of, holidays::holidays, sight::at};
use crate::plans::{policy::ReadPlans, service::plan_in_sight};
use crate::reporting::{
    model::form::{Form, Level, Status},
    policy::ManageReports,
    store::{self, FormHead, NewReport, NewRound},
};

/// Most agencies in one round.
const MOST: usize = 20_000;

/// What a round asks for.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The definition.
    pub form: Uuid,
    /// The agency at the top of the way.
    pub owner: Uuid,
    /// Kind of period.
    pub rule: Rule,
    /// Key of the period.
    pub period: String,
    /// Estimate instead of official figures?
    pub estimate: bool,
    /// The day whose tree of agencies is taken.
    pub on: Option<NaiveDate>,
    /// The person has compared an unverified form.
    pub compared: bool,
    /// The data are made up for a demonstration.
    pub generated: bool,
    /// The programme, project or plan that it looks back on, where the form asks for one.
    pub plan: Option<Uuid>,
}

/// Payload of the job that finds the agencies of a round.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Expanding {
    /// The round.
    pub round: Uuid,
}

/// Opens a round; its agencies are found by a job. The id of the round.
///
/// # Errors
/// [`Error::Invalid`] with the reason (an expired form, an agency that does not receive it), [`Error::Conflict`] when it is open already.
pub async fn open_round(app: &App, permit: &Permit<ManageReports>, wanted: Opening) -> Result<Uuid> {
    open_for(app, permit, wanted, None).await
}

/// A round that may be opened.
pub(super) struct Checked {
    /// The form.
    pub form: Arc<Form>,
    /// The period.
    pub period: Period,
    /// The level at which the agency receives.
    pub level: String,
    /// What it looks back on.
    pub plan: Option<(Uuid, String)>,
    head: Uuid,
    on: NaiveDate,
}

/// May this round be opened?
///
/// # Errors
/// As [`open_round`], but for one that is open.
pub(super) async fn check_opening(app: &App, permit: &Permit<ManageReports>, wanted: &Opening) -> Result<Checked> {
    if !at(permit, wanted.owner) {
        return Err(Error::NotFound);
    }
    let head = store::form(app.db.read(), wanted.form).await?.filter(|head| head.state == "published");
    let head = head.ok_or_else(|| Error::invalid("bieu", "Hãy chọn một biểu đã ban hành."))?;
    let form = form_of(app, head.id).await?;
    let period = wanted.rule.find(&wanted.period).filter(|_| form.periods.contains(&wanted.rule));
    let period =
        period.ok_or_else(|| Error::invalid("ky", "Biểu này không lập theo kỳ đó; hãy chọn kỳ trong danh sách."))?;
    if let Some(reason) = form.refusal(&period) {
        return Err(Error::invalid("bieu", reason));
    }
    if let Some(reason) = outside(app, &head, &period).await? {
        return Err(Error::invalid("bieu", reason));
    }
    if form.status == Status::Unverified && !wanted.compared {
        return Err(Error::invalid(
            "da_doi_chieu",
            "Biểu chưa đối chiếu với văn bản; hãy xác nhận đã sửa, đối chiếu trước khi mở kỳ.",
        ));
    }
    let on = wanted.on.unwrap_or_else(|| app.clock.today().min(period.to));
    let level = owner_level(app, &form, wanted.owner, on).await?.key.clone();
    let plan = plan_of(app, permit, &form, wanted.plan).await?;
    Ok(Checked { head: head.id, form, period, on, level, plan })
}

/// The plan that a round looks back on.
async fn plan_of(
    app: &App,
    permit: &Permit<ManageReports>,
    form: &Form,
    wanted: Option<Uuid>,
) -> Result<Option<(Uuid, String)>> {
    if !form.programme {
        return Ok(None);
    }
    let read = if permit.everywhere() { Some(Permit::system()) } else { Permit::<ReadPlans>::of(permit.actor()) };
    let chosen = match read.zip(wanted) {
        Some((read, wanted)) => plan_in_sight(app, &read, wanted).await.map(|(plan, _)| plan),
        None => Err(Error::NotFound),
    };
    match chosen {
        Ok(plan) if plan.state != "replaced" => Ok(Some((plan.id, plan.named()))),
        Ok(_) | Err(Error::NotFound) => Err(Error::invalid(
            "chuong_trinh",
            "Biểu này tổng kết một chương trình, đề án hoặc kế hoạch; hãy chọn trong danh sách.",
        )),
        Err(error) => Err(error),
    }
}

/// Why this version of a form is not the one for a period.
async fn outside(app: &App, head: &FormHead, period: &Period) -> Result<Option<String>> {
    let on = time::date_to_int(period.to);
    let day = |number: i64| time::date_from_int(number).map(time::display_date).unwrap_or_default();
    let why = if on < head.valid_from {
        format!("áp dụng từ ngày {}; kỳ này kết thúc trước đó, ngày {}", day(head.valid_from), day(on))
    } else if head.valid_to < FOREVER && on >= head.valid_to {
        format!("thôi áp dụng từ ngày {}", day(head.valid_to))
    } else {
        return Ok(None);
    };
    let right = store::forms(app.db.read()).await?.into_iter().find(|other| {
        let same = other.form_key == head.form_key && other.id != head.id && other.state == "published";
        same && other.valid_from <= on && on < other.valid_to
    });
    let advice = match right {
        Some(right) => format!("Hãy chọn bản {}, áp dụng từ ngày {}.", right.version, day(right.valid_from)),
        None => "Chưa có bản nào của biểu áp dụng cho kỳ này.".to_owned(),
    };
    Ok(Some(format!("Bản {} của biểu này {why}. {advice}", head.version)))
}

/// Opens a round, by hand or because of the decision of somebody.
pub(super) async fn open_for(
    app: &App,
    permit: &Permit<ManageReports>,
    wanted: Opening,
    scheduled_by: Option<&str>,
) -> Result<Uuid> {
    let Checked { form, period, head, on, level, plan } = check_opening(app, permit, &wanted).await?;
    let stage = if wanted.estimate { "estimate" } else { "official" };
    let id = new_id();
    let tx = app.db.begin().await?;
    let new = NewRound {
        id,
        form_id: head,
        form_key: &form.key,
        title: &form.name,
        owner: wanted.owner,
        owner_level: &level,
        rule: &wanted.rule.to_string(),
        period_key: &period.key,
        period_label: &period.label,
        from: time::date_to_int(period.from),
        to: time::date_to_int(period.to),
        stage,
        opened_on: time::date_to_int(on),
        by: permit.actor().user,
        generated: wanted.generated,
        plan: plan.as_ref().map(|(id, name)| (*id, name.as_str())),
    };
    store::insert_round(&tx, app.clock.now(), new).await.map_err(|error| match error {
        Error::Conflict(_) => Error::Conflict("Kỳ này của biểu đã được mở rồi.".into()),
        other => other,
    })?;
    let mut detail = json!({ "form": form.key, "version": form.version, "period": period.key, "stage": stage });
    if let Some((_, name)) = &plan {
        detail["plan"] = name.as_str().into();
    }
    if let Some(name) = scheduled_by {
        detail["scheduled_by"] = name.into();
    }
    let entry = Entry { action: "reporting.open", subject: "round", id: Some(id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    jobs::enqueue(&*tx, &*app.clock, "reporting.expand", &Expanding { round: id }, None).await?;
    tx.commit().await?;
    Ok(id)
}

/// The level at which an agency receives reports.
async fn owner_level<'f>(app: &App, form: &'f Form, owner: Uuid, on: NaiveDate) -> Result<&'f Level> {
    let dir = agencies::directory(app).await?;
    for level in form.levels.iter().filter(|level| form.below(&level.key).next().is_some()) {
        let member = match level.who.strip_prefix("kind:") {
            Some(kind) => store::has_kind(app.db.read(), owner, kind).await?,
            None => dir.members(&level.who, owner, on).contains(&owner),
        };
        if member {
            return Ok(level);
        }
    }
    Err(Error::invalid("co_quan", "Cơ quan này không phải nơi nhận của biểu; hãy chọn cơ quan nhận báo cáo."))
}

/// Finds the agencies of a round and makes their reports; repeating it changes nothing.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn expand(app: &App, job: &Expanding) -> Result<()> {
    let Some(round) = store::round(app.db.read(), job.round).await?.filter(|round| round.state == "opening") else {
        return Ok(());
    };
    let form = form_of(app, round.form_id).await?;
    let on = time::date_from_int(round.opened_on).unwrap_or_else(|| app.clock.today());
    let rule: Rule = round.rule.parse().map_err(Error::internal)?;
    let period = rule.find(&round.period_key).ok_or_else(|| Error::internal("kỳ không có"))?;
    let dir = agencies::directory(app).await?;
    let holidays = holidays(app).await?;
    let mut found: Vec<NewReport> = Vec::new();
    let mut open = vec![(round.owner_id, round.owner_level.clone())];
    while let Some((receiver, key)) = open.pop() {
        for level in form.below(&key) {
            for agency in members(app, &dir, level, receiver, on).await? {
                if agency == round.owner_id || found.iter().any(|new| new.agency == agency) || found.len() >= MOST {
                    continue;
                }
                found.push(new_report(level, (rule, &period, &holidays), agency, receiver));
                if form.below(&level.key).next().is_some() {
                    open.push((agency, level.key.clone()));
                }
            }
        }
    }
    let tx = app.db.begin().await?;
    store::fill_round(&tx, round.id, &found, app.clock.now()).await?;
    tx.commit().await
}

fn new_report(
    level: &Level,
    (rule, period, holidays): (Rule, &Period, &Holidays),
    agency: Uuid,
    parent: Uuid,
) -> NewReport {
    let due = level.due_date(rule, period, holidays).unwrap_or(period.to);
    let due = time::date_to_int(due);
    NewReport { id: new_id(), agency, parent, level: level.key.clone(), fills: level.fills, due }
}

async fn members(app: &App, dir: &Dir, level: &Level, receiver: Uuid, on: NaiveDate) -> Result<Vec<Uuid>> {
    match level.who.strip_prefix("kind:") {
        Some(kind) => agencies::members_by_kind(app.db.read(), kind, receiver, time::date_to_int(on)).await,
        None => Ok(dir.members(&level.who, receiver, on)),
    }
}
