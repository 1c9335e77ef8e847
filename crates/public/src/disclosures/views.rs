//! What the templates of public information receive.

use kernel::{Timestamp, text};
use platform::web::day;
use records::disclosures::{
    Answered, Disclosure, OpenRequest, Step,
    model::{State, definitions},
    step_name,
};

/// A day as shown; nothing for none.
fn shown(stored: i64) -> String {
    if stored == 0 { String::new() } else { day(stored) }
}

/// A public entry, as shown.
pub(super) struct EntryView {
    pub path: String,
    pub title: String,
    pub note: String,
    pub link: String,
    pub kind: &'static str,
    pub kind_key: String,
    pub basis: &'static str,
    pub agency: String,
    pub agency_path: String,
    pub made: String,
    pub public: String,
    pub generated: bool,
}

impl EntryView {
    pub(super) fn of(one: &Disclosure) -> Self {
        let kind = definitions().kind(&one.kind);
        Self {
            path: format!("/cong-khai-thong-tin/muc/{}", one.id),
            title: one.title.clone(),
            note: one.note.clone(),
            link: one.link.clone(),
            kind: kind.map_or("", |kind| kind.name.as_str()),
            kind_key: one.kind.clone(),
            basis: kind.map_or("", |kind| kind.basis.as_str()),
            agency: one.agency_name.clone(),
            agency_path: format!("/cong-khai-thong-tin/co-quan/{}", one.agency_id),
            made: shown(one.made_on),
            public: kernel::time::display_date(Timestamp(one.public_at).date()),
            generated: one.generated,
        }
    }
}

/// A published answer, as shown.
pub(super) struct AnswerView {
    pub path: String,
    pub heading: String,
    pub question: String,
    pub answer: String,
    pub agency: String,
    pub day: String,
    pub generated: bool,
}

impl AnswerView {
    pub(super) fn of(one: &Answered) -> Self {
        Self {
            path: format!("/cong-khai-thong-tin/tra-loi/{}", one.id),
            heading: text::shorten(&one.question, 120),
            question: one.question.clone(),
            answer: one.answer.clone(),
            agency: one.agency_name.clone(),
            day: kernel::time::display_date(Timestamp(one.public_at).date()),
            generated: one.generated,
        }
    }
}

/// Where a request stands, as its asker sees it: no official is named.
pub(super) struct Standing {
    pub agency: String,
    pub asked: String,
    pub state: &'static str,
    pub received: String,
    pub due: String,
    /// Is the day due the one of the notice?
    pub notice: bool,
    pub late: bool,
    pub refusal: String,
    pub answer: String,
    /// What was done, by whom, what was said, when.
    pub steps: Vec<(&'static str, String, String, String)>,
}

impl Standing {
    pub(super) fn of(row: &OpenRequest, steps: &[Step], today: i64) -> Self {
        let refusal = definitions().refusal(&row.refused_for);
        let told = steps.iter().filter(|step| !matches!(step.kind.as_str(), "publish" | "unpublish"));
        Self {
            agency: row.agency_name.clone(),
            asked: row.asked.clone(),
            state: State::from_key(&row.state).label(),
            received: shown(row.received_on),
            due: shown(row.due_on),
            notice: row.state == State::Received.key(),
            late: row.due_on > 0 && row.due_on < today,
            refusal: refusal.map_or(String::new(), |reason| format!("{} ({})", reason.name, reason.basis)),
            answer: row.answer.clone(),
            steps: told
                .map(|step| {
                    let at = kernel::time::display_date(Timestamp(step.at).date());
                    (step_name(&step.kind), step.agency_name.clone(), step.body.clone(), at)
                })
                .collect(),
        }
    }
}
