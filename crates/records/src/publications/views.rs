//! What the newsroom's templates receive.

use kernel::Timestamp;
use platform::languages::{VIETNAMESE, language_name};

use super::{
    model::{State, kind_name},
    store::{Line, Step},
};

/// An instant as shown; nothing for never.
pub(super) fn moment(at: i64) -> String {
    if at == 0 { String::new() } else { Timestamp(at).display() }
}

/// How a state looks.
pub(super) fn pill(state: State) -> &'static str {
    match state {
        State::Live => "done",
        State::Submitted | State::Accepted | State::Scheduled => "soon",
        State::Returned => "late",
        State::Draft | State::Past | State::Dropped => "plain",
    }
}

/// A contribution in the newsroom's list.
pub(super) struct Row {
    pub path: String,
    pub title: String,
    pub facts: String,
    pub kind: &'static str,
    /// Of a version in another language: which.
    pub lang: &'static str,
    pub pill: &'static str,
    pub state: &'static str,
    /// A live publication of which a later edition is being worked on.
    pub public: bool,
    pub due: String,
    pub changed: String,
}

impl Row {
    pub(super) fn of(line: &Line) -> Self {
        let state = State::from_key(&line.state).unwrap_or(State::Dropped);
        let gone = !line.gone.is_empty();
        Self {
            path: format!("/toa-soan/{}", line.id),
            title: line.title.clone(),
            facts: format!("{} · {}", line.agency_name, line.written_name),
            kind: kind_name(&line.kind),
            lang: if line.lang == VIETNAMESE { "" } else { language_name(&line.lang) },
            pill: if gone { "plain" } else { pill(state) },
            state: if gone { "Đã gỡ" } else { state.label() },
            public: !gone && line.first_at > 0 && state != State::Live,
            due: moment(line.due_at),
            changed: moment(line.changed_at),
        }
    }
}

/// Something that was done, as shown.
pub(super) struct StepRow {
    pub what: &'static str,
    pub edition: i64,
    pub body: String,
    pub by: String,
    pub at: String,
}

impl StepRow {
    pub(super) fn of(step: &Step) -> Self {
        let what = match step.kind.as_str() {
            "create" => "Viết bài",
            "edit" => "Sửa",
            "correct" => "Bắt đầu bản đính chính",
            "translate" => "Bắt đầu bản dịch",
            "submit" => "Gửi biên tập",
            "take-back" => "Rút lại để sửa",
            "return" => "Trả lại",
            "accept" => "Duyệt",
            "schedule" => "Hẹn giờ xuất bản",
            "unschedule" => "Bỏ hẹn giờ",
            "publish" => "Xuất bản",
            "force" => "Tự xuất bản, không qua người thứ hai",
            "drop" => "Bỏ bản này",
            "withdraw" => "Gỡ bài",
            _ => "Đăng lại",
        };
        Self { what, edition: step.edition, body: step.body.clone(), by: step.by_name.clone(), at: moment(step.at) }
    }
}
