//! What the templates of the disclosures slice receive.

use kernel::{Timestamp, text};
use platform::web::day;

use super::{
    model::{State, definitions},
    store::{EntryRow, RequestLine, Step},
};

/// A day as shown; nothing for none.
pub(super) fn shown(stored: i64) -> String {
    if stored == 0 { String::new() } else { day(stored) }
}

/// An entry in a list.
pub(super) struct EntryLine {
    pub path: String,
    pub title: String,
    pub agency: String,
    pub kind: &'static str,
    pub made: String,
    pub public: bool,
}

impl EntryLine {
    pub(super) fn of(row: &EntryRow) -> Self {
        Self {
            path: format!("/tiep-can-thong-tin/muc/{}", row.id),
            title: row.title.clone(),
            agency: row.agency_name.clone(),
            kind: definitions().kind(&row.kind).map_or("", |kind| kind.name.as_str()),
            made: shown(row.made_on),
            public: row.state == "public",
        }
    }
}

/// A request in a list, without anything of its asker.
pub(super) struct RequestRow {
    pub path: String,
    pub asked: String,
    pub agency: String,
    pub way: &'static str,
    pub state: &'static str,
    pub pill: &'static str,
    pub received: String,
    pub due: String,
    pub late: bool,
    pub public: bool,
}

impl RequestRow {
    pub(super) fn of(line: &RequestLine, today: i64) -> Self {
        let state = State::from_key(&line.state);
        let late = line.due_on > 0 && line.due_on < today;
        Self {
            path: format!("/tiep-can-thong-tin/yeu-cau/{}", line.id),
            asked: text::shorten(&line.asked, 140),
            agency: line.agency_name.clone(),
            way: definitions().way(&line.way).map_or("", |way| way.name.as_str()),
            state: state.label(),
            pill: pill(state, late),
            received: shown(line.received_on),
            due: shown(line.due_on),
            late,
            public: line.public_at > 0,
        }
    }
}

/// How a state looks.
pub(super) fn pill(state: State, late: bool) -> &'static str {
    match state {
        _ if late => "late",
        State::Received | State::Accepted => "soon",
        State::Answered => "done",
        State::Refused => "plain",
    }
}

/// What a step is called.
pub fn step_name(kind: &str) -> &'static str {
    match kind {
        "receive" => "Gửi yêu cầu",
        "accept" => "Tiếp nhận, định thời hạn trả lời",
        "extend" => "Gia hạn",
        "answer" => "Cung cấp thông tin",
        "refuse" => "Từ chối",
        "hand-on" => "Chuyển cơ quan khác",
        "publish" => "Công khai câu trả lời",
        _ => "Thôi công khai câu trả lời",
    }
}

/// Something that was done, as shown.
pub(super) struct StepRow {
    pub what: &'static str,
    pub body: String,
    pub by: String,
    pub at: String,
}

impl StepRow {
    pub(super) fn of(step: &Step) -> Self {
        Self {
            what: step_name(&step.kind),
            body: step.body.clone(),
            by: format!("{} · {}", step.by_name, step.agency_name),
            at: Timestamp(step.at).display(),
        }
    }
}
