//! What templates receive: rows in words.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::Uuid;
pub(super) use platform::web::{day, number};
use platform::{
    App,
    web::{Chrome, Int},
};
use records::{activities, documents::place};

use super::{
    model::{
        days_left,
        due::period_label,
        kind::{PlanKind, Stage},
        state::State,
    },
    service,
    store::{Line, Plan, PlanCount, Step},
};

/// A state in one word and its colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pill {
    pub class: &'static str,
    pub text: String,
}

impl Pill {
    fn new(class: &'static str, text: impl Into<String>) -> Self {
        Self { class, text: text.into() }
    }
}

/// What stands in a pill for an obligation.
pub(super) fn pill(p: &Chrome, line: &Line, today: NaiveDate) -> Pill {
    let state = State::from_key(&line.state).unwrap_or(State::Ended);
    let left = days_left(line.due_date, today);
    match (state, line.mark.as_str(), left) {
        (State::Done, ..) => Pill::new("done", p.t(state.label())),
        (State::Submitted, ..) => Pill::new("soon", p.t(state.label())),
        (State::Historical, "past", _) => Pill::new("quiet", p.t("hạn đã qua trước khi giao")),
        (state, ..) if !state.open() => Pill::new("quiet", p.t(state.label())),
        (_, "orphan", _) => Pill::new("soon", p.t("cơ quan đã kết thúc")),
        (.., Some(_)) if line.urgent == 1 => due_pill(p, line.due_date, today),
        _ if line.clock == "event" => Pill::new("plain", p.t("chờ sự kiện")),
        _ if line.clock == "none" => Pill::new("plain", p.t("không thời hạn")),
        _ if line.clock == "checkin" => Pill::new("plain", p.t("định kỳ")),
        _ => Pill::new("plain", p.t("đề nghị")),
    }
}

/// How far off a day is on which something is due.
pub(super) fn due_pill(p: &Chrome, due: i64, today: NaiveDate) -> Pill {
    match days_left(due, today) {
        None => Pill::new("plain", p.t("không thời hạn")),
        Some(left) if left < 0 => Pill::new("late", p.t1("chậm {} ngày", -left)),
        Some(0) => Pill::new("soon", p.t("hạn hôm nay")),
        Some(left) => Pill::new(if left <= 30 { "soon" } else { "plain" }, p.t1("còn {} ngày", left)),
    }
}

/// One obligation in a list.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub id: Uuid,
    pub path: String,
    pub anchor: String,
    pub title: String,
    pub plan: String,
    pub task_path: String,
    pub agency: String,
    pub role: &'static str,
    pub request: bool,
    pub period: String,
    pub due: String,
    pub pill: Pill,
    pub state: &'static str,
    pub percent: i64,
    /// Activities that serve it.
    pub activities: i64,
    /// It waits to be received.
    pub fresh: bool,
    /// The person may receive it here.
    pub pick: bool,
    pub result: String,
    pub stage: &'static str,
    pub product_number: String,
    /// The paper in the register that is the product.
    pub product_document: Option<Uuid>,
}

impl Row {
    /// The row of a line.
    pub(super) fn of(p: &Chrome, line: &Line, today: NaiveDate) -> Self {
        let state = State::from_key(&line.state).unwrap_or(State::Ended);
        Self {
            id: line.id,
            path: format!("/nghia-vu/{}", line.id),
            anchor: place(&line.anchor),
            title: line.title.clone(),
            plan: line.plan_number.clone(),
            task_path: format!("/ke-hoach/{}/nhiem-vu/{}", line.plan_id, line.task_id),
            agency: line.agency_name.clone(),
            role: service::role_label(&line.role),
            request: line.force == "request",
            period: period_label(&line.period),
            due: day(line.due_date),
            pill: pill(p, line, today),
            state: state.label(),
            percent: line.percent,
            activities: 0,
            fresh: state == State::New,
            pick: false,
            result: line.result.clone(),
            stage: if state == State::Done { Stage::Issued } else { Stage::from_key(&line.product_stage) }.label(),
            product_number: line.product_number.clone(),
            product_document: line.product_document_id,
        }
    }

    /// The rows of lines with the number of activities that serve each: one statement for all of them.
    pub(super) async fn with_activities(
        app: &App,
        p: &Chrome,
        lines: &[Line],
        today: NaiveDate,
    ) -> kernel::Result<Vec<Self>> {
        let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
        let counts = match ids.is_empty() {
            true => HashMap::new(),
            false => activities::serving_counts(app.db.read(), service::KIND, &ids).await?,
        };
        let row =
            |line: &Line| Self { activities: counts.get(&line.id).copied().unwrap_or(0), ..Self::of(p, line, today) };
        Ok(lines.iter().map(row).collect())
    }

    /// Class of its table row.
    pub(super) fn row_class(&self) -> &'static str {
        match self.pill.class {
            "late" => "is-late",
            "soon" => "is-soon",
            _ => "",
        }
    }

    /// Class of its bar.
    pub(super) fn bar_class(&self) -> &'static str {
        if self.pill.class == "late" { "bar late" } else { "bar" }
    }
}

/// One plan in a list.
#[derive(Debug, Clone)]
pub(super) struct PlanRow {
    pub id: Uuid,
    pub kind: &'static str,
    pub number: String,
    pub title: String,
    pub owner: String,
    pub issued: String,
    pub years: String,
    pub state: Pill,
    /// Of a paper of the past: nothing is followed.
    pub history: bool,
    pub depth: usize,
    pub total: i64,
    pub done: i64,
    pub late: i64,
    pub soon: i64,
}

impl PlanRow {
    /// The row of a plan with its counts.
    pub(super) fn of(p: &Chrome, plan: &Plan, count: Option<&PlanCount>, depth: usize) -> Self {
        let count = count.cloned().unwrap_or_default();
        Self {
            id: plan.id,
            kind: PlanKind::from_key(&plan.kind).label(),
            number: plan.number.clone(),
            title: plan.title.clone(),
            owner: plan.owner_name.clone(),
            issued: day(plan.issued_on),
            years: years(p, plan),
            state: plan_pill(p, plan),
            history: plan.history(),
            depth,
            total: count.total,
            done: count.done,
            late: count.late,
            soon: count.soon,
        }
    }
}

/// "năm 2026", "2022–2027", "từ 2021".
pub(super) fn years(p: &Chrome, plan: &Plan) -> String {
    match (plan.year_from, plan.year_to) {
        (from, to) if to >= 2200 => p.t1("từ năm {}", from),
        (from, to) if from == to => p.t1("năm {}", from),
        (from, to) => format!("{from}–{to}"),
    }
}

/// A plan in a list of choices: two of one number are told apart by their date, or by what became of them.
pub(super) fn plan_name(p: &Chrome, plan: &Plan) -> String {
    let name = format!("{}, {}", plan.number, day(plan.issued_on));
    if plan.state == "active" { name } else { format!("{name} ({})", plan_pill(p, plan).text) }
}

/// The state of a plan.
pub(super) fn plan_pill(p: &Chrome, plan: &Plan) -> Pill {
    match plan.state.as_str() {
        "building" => Pill::new("soon", p.t("đang giao nhiệm vụ")),
        "historical" => Pill::new("quiet", p.t("hồ sơ lịch sử")),
        "replaced" => Pill::new("quiet", p.t("đã thay thế")),
        "withdrawn" => Pill::new("quiet", p.t("đã thu hồi")),
        _ => Pill::new("plain", p.t("đang thực hiện")),
    }
}

/// An instant as people write it.
pub(super) fn instant(stored: impl Int) -> String {
    kernel::Timestamp(stored.int()).display()
}

/// A share of a whole, in percent.
pub(super) fn share(part: impl Int, whole: impl Int) -> i64 {
    let (part, whole) = (part.int(), whole.int());
    if whole > 0 { part * 100 / whole } else { 0 }
}

/// One line of the history.
#[derive(Debug, Clone)]
pub(super) struct HistoryRow {
    pub class: &'static str,
    pub at: String,
    pub what: String,
    pub who: String,
    pub body: String,
}

impl HistoryRow {
    /// The line of a step.
    pub(super) fn of(p: &Chrome, step: &Step) -> Self {
        let wanted = step.wanted_date.map(day).unwrap_or_default();
        let percent = step.percent.unwrap_or(0);
        let (class, what) = match step.kind.as_str() {
            "receive" => ("", p.t("Tiếp nhận").to_owned()),
            "report" => ("", p.t1("Báo cáo tiến độ {} %", percent)),
            "submit" => ("soon", p.t("Báo hoàn thành").to_owned()),
            "decline" => ("late", p.t("Không nhận đề nghị").to_owned()),
            "adjust" => ("soon", p.t("Kiến nghị điều chỉnh").to_owned()),
            "extend" => ("soon", p.t1("Đề nghị gia hạn đến {}", wanted)),
            "agreed" if wanted.is_empty() => ("done", p.t("Đồng ý với đề nghị").to_owned()),
            "agreed" => ("done", p.t1("Đồng ý; hạn mới {}", wanted)),
            "refused" => ("late", p.t("Không đồng ý với đề nghị").to_owned()),
            "confirm" => ("done", p.t("Xác nhận hoàn thành").to_owned()),
            "return" => ("late", p.t("Trả lại").to_owned()),
            "event" => ("soon", p.t1("Sự kiện đã diễn ra; hạn {}", wanted)),
            "event_back" => ("", p.t("Sự kiện được rút lại").to_owned()),
            "carried" => ("", p.t("Chuyển từ kế hoạch trước").to_owned()),
            "replaced" => ("", p.t("Thay thế").to_owned()),
            "withdrawn" => ("", p.t("Thu hồi").to_owned()),
            "handover" => ("", p.t("Bàn giao").to_owned()),
            "ended" => ("late", p.t("Chấm dứt").to_owned()),
            "product" => ("done", p.t("Sản phẩm đã ban hành").to_owned()),
            other => ("", other.to_owned()),
        };
        Self {
            class,
            at: kernel::Timestamp(step.at).display(),
            what,
            who: step.actor_name.clone(),
            body: step.body.clone(),
        }
    }
}
