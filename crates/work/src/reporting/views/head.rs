//! What stands above a report, and its line in lists.

use chrono::NaiveDate;
use kernel::{Uuid, time};
use platform::web::Chrome;

use super::{Pill, day, instant, state_class};
use crate::reporting::{
    model::{
        flow::{Act, State},
        form::Form,
    },
    service::{Sight, refusal},
    store::{QuestionLine, Report, ReportLine},
};

/// What stands above every page of a report, and what the person can do next.
pub(in crate::reporting) struct Head {
    pub id: Uuid,
    pub title: String,
    pub agency: String,
    pub agency_id: Uuid,
    pub parent: String,
    pub round: Uuid,
    pub facts: String,
    pub state: Pill,
    pub due: Pill,
    pub generated: bool,
    pub figures: bool,
    pub old: bool,
    /// Has it left the agency?
    pub sent: bool,
    pub can_fill: bool,
    pub can_finish: bool,
    pub can_check: bool,
    pub can_send: bool,
    pub can_give_back: bool,
    pub can_correct: bool,
    pub can_return: bool,
    pub can_approve: bool,
    pub can_accept: bool,
    pub decides: bool,
    pub answers: bool,
    /// What is to be done when its sources have changed since it left its maker.
    pub mending: &'static str,
    /// Why nothing waits for the person here.
    pub quiet: &'static str,
    /// Cells to choose from when asking: key, label.
    pub cells: Vec<(String, String)>,
}

impl Head {
    pub(in crate::reporting) fn of(p: &Chrome, sight: &Sight, today: NaiveDate) -> Self {
        let (row, round) = (&sight.row, &sight.round);
        let state = row.state();
        let refused = |act| p.actor.as_ref().and_then(|actor| refusal(row, actor, act));
        let can = |is: bool, act: Act| is && row.live && state.after(act).is_some() && refused(act).is_none();
        let mut facts = vec![round.period_label.clone()];
        if round.stage == "estimate" {
            facts.push(p.t("số ước tính").to_owned());
        }
        if row.revision > 1 {
            facts.push(p.t1("bản đính chính {}", row.revision));
        }
        facts.push(format!("{} – {}", day(round.date_from), day(round.date_to)));
        if !round.plan_name.is_empty() {
            facts.push(p.t1("tổng kết {}", &round.plan_name));
        }
        Self {
            id: row.id,
            title: round.title.clone(),
            agency: row.agency_name.clone(),
            agency_id: row.agency_id,
            parent: row.parent_name.clone(),
            round: row.round_id,
            facts: facts.join(" · "),
            state: Pill { class: state_class(state), text: p.t(state.label()).to_owned() },
            due: due_pill(p, row.due_date, row.first_submitted_on, today),
            generated: round.generated,
            figures: sight.figures,
            old: !row.live,
            sent: !state.with_agency(),
            can_fill: row.fills && can(sight.fills, Act::Fill),
            can_finish: can(sight.fills, Act::Finish),
            can_check: can(sight.checks, Act::Check),
            can_send: can(sight.signs, Act::Send),
            can_give_back: can(sight.checks, Act::GiveBack),
            can_correct: can(sight.fills, Act::Correct),
            can_return: can(sight.decides, Act::Return) || can(sight.decides, Act::Reopen),
            can_approve: can(sight.decides, Act::Approve),
            can_accept: can(sight.decides, Act::Accept),
            decides: sight.decides,
            answers: sight.fills,
            mending: mending(row),
            quiet: quiet(sight, refused),
            cells: sight.form.cells.iter().map(|cell| (cell.key.clone(), sight.form.named(&cell.key))).collect(),
        }
    }

    /// Is there something that the person can do with it next?
    pub(in crate::reporting) fn waits(&self) -> bool {
        self.can_fill
            || self.can_finish
            || self.can_check
            || self.can_send
            || self.can_correct
            || self.can_approve
            || self.can_accept
            || self.can_return
    }
}

/// Why nothing waits for a person at a report, and what would have to happen first.
fn quiet(sight: &Sight, refused: impl Fn(Act) -> Option<&'static str>) -> &'static str {
    let inside = sight.fills || sight.checks || sight.signs;
    match sight.row.state() {
        State::Checking if inside => refused(Act::Check).unwrap_or("Báo cáo chờ người kiểm tra của cơ quan."),
        State::Signing if inside => refused(Act::Send).unwrap_or("Báo cáo chờ lãnh đạo của cơ quan duyệt và gửi."),
        State::Approved if inside => {
            "Báo cáo đã được duyệt, chưa khóa. Nếu cần sửa, hãy đề nghị nơi nhận trả lại; sau khi nơi nhận tiếp nhận thì lập bản đính chính."
        }
        _ => "Không có việc nào chờ bạn ở báo cáo này.",
    }
}

/// What is to be done when the sources of a report that left its maker have changed.
fn mending(row: &Report) -> &'static str {
    match row.state() {
        _ if !row.live => "Số liệu được cập nhật khi bản đính chính được duyệt.",
        State::Checking | State::Signing => "Người kiểm tra hoặc thủ trưởng có thể trả người lập để cập nhật.",
        State::Submitted => "Nơi nhận có thể trả lại để đơn vị cập nhật.",
        State::Approved => "Nơi nhận có thể bỏ duyệt, trả lại để đơn vị cập nhật.",
        State::Accepted => "Báo cáo đã khóa: đơn vị gửi bản đính chính để cập nhật.",
        _ => "",
    }
}

/// By when, and whether that was kept.
pub(in crate::reporting) fn due_pill(p: &Chrome, due: i64, sent: Option<i64>, today: NaiveDate) -> Pill {
    let date = time::date_from_int(due).unwrap_or(today);
    let shown = time::display_date(date);
    match sent.and_then(time::date_from_int) {
        Some(sent) if sent > date => {
            Pill { class: "late", text: p.t2("hạn {}, gửi chậm {} ngày", shown, (sent - date).num_days()) }
        }
        Some(_) => Pill { class: "done", text: p.t1("hạn {}, gửi đúng hạn", shown) },
        None if today > date => {
            Pill { class: "late", text: p.t2("hạn {}, chậm {} ngày", shown, (today - date).num_days()) }
        }
        None if (date - today).num_days() <= 7 => {
            Pill { class: "soon", text: p.t2("hạn {}, còn {} ngày", shown, (date - today).num_days()) }
        }
        None => Pill { class: "plain", text: p.t1("hạn {}", shown) },
    }
}

/// A question in a list.
pub(in crate::reporting) struct AskedRow {
    pub report: Uuid,
    pub label: String,
    pub body: String,
    pub agency: String,
    pub title: String,
    pub asked: String,
    pub answer: String,
    pub state: Pill,
}

impl AskedRow {
    pub(in crate::reporting) fn of(p: &Chrome, form: &Form, line: &QuestionLine) -> Self {
        let state = if line.answer.is_empty() { ("soon", "chờ trả lời") } else { ("done", "đã trả lời") };
        Self {
            report: line.report_id,
            label: form.named(&line.cell),
            body: line.body.clone(),
            agency: line.agency_name.clone(),
            title: format!("{}, {}", line.title, line.period_label),
            asked: instant(line.asked_at),
            answer: line.answer.clone(),
            state: Pill { class: state.0, text: p.t(state.1).to_owned() },
        }
    }
}

/// A line of the lists on `/bao-cao`.
pub(in crate::reporting) struct MineRow {
    pub id: Uuid,
    pub title: String,
    pub agency: String,
    pub period: String,
    pub state: Pill,
    pub due: Pill,
}

impl MineRow {
    pub(in crate::reporting) fn of(p: &Chrome, line: &ReportLine, today: NaiveDate) -> Self {
        let state = State::from_key(&line.state).unwrap_or(State::Draft);
        let sent = !state.with_agency() || line.revision > 1;
        let mut period = p.say(&line.period_label).into_owned();
        if !line.plan_name.is_empty() {
            period = format!("{period} · {}", p.t1("tổng kết {}", &line.plan_name));
        }
        if line.stage == "estimate" {
            period = format!("{period} · {}", p.t("số ước tính"));
        }
        if line.revision > 1 {
            period = format!("{period} · {}", p.t1("bản đính chính {}", line.revision));
        }
        let due = if sent {
            Pill { class: "plain", text: p.t1("hạn {}", day(line.due_date)) }
        } else {
            due_pill(p, line.due_date, None, today)
        };
        Self {
            id: line.id,
            title: line.title.clone(),
            agency: line.agency_name.clone(),
            period,
            state: Pill { class: state_class(state), text: p.t(state.label()).to_owned() },
            due,
        }
    }
}
