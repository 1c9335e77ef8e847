//! Why somebody should look at a task, in words.

use kernel::text::{fold, shorten};
use papers::DeadlineKind;
use platform::web::Chrome;

use crate::documents::{
    model::{reading::low, task::Doubt},
    service::Assigned,
    store::PartyRow,
};

/// One reason: a text with places, and what stands in them.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Reason {
    text: &'static str,
    values: Vec<String>,
}

impl Reason {
    /// As shown in a pill.
    pub(in crate::documents) fn say(&self, p: &Chrome) -> String {
        match self.values.as_slice() {
            [] => p.t(self.text).to_owned(),
            [one] => p.t1(self.text, one),
            [one, two, ..] => p.t2(self.text, one, two),
        }
    }
}

/// One of these is named, of several only how many they are.
fn told(rows: &[&PartyRow], one: &'static str, several: &'static str) -> Option<Reason> {
    let mut words: Vec<&str> = rows.iter().map(|row| row.words.as_str()).collect();
    words.dedup();
    match words.as_slice() {
        [] => None,
        [only] => Some(Reason { text: one, values: vec![shorten(only, 60)] }),
        _ => Some(Reason { text: several, values: vec![words.len().to_string()] }),
    }
}

/// An agency that has another name than the one printed.
fn renamed(row: &PartyRow) -> bool {
    row.target == "agency" && !fold(&row.label).starts_with(&fold(&row.words))
}

/// Every reason, the graver first; none when nobody needs to look.
pub(in crate::documents) fn reasons(one: &Assigned) -> Vec<Reason> {
    let doubts = one.standing().doubts();
    let of =
        |test: &dyn Fn(&PartyRow) -> bool| -> Vec<&PartyRow> { one.parties.iter().filter(|row| test(row)).collect() };
    let mut out: Vec<Reason> = Vec::new();
    if doubts.contains(&Doubt::Unresolved) {
        let unknown = of(&|row| row.target == "none");
        out.extend(told(&unknown, "cơ quan chưa khớp: {}", "{} cơ quan chưa khớp"));
        let open = of(&|row| row.target == "related");
        out.extend(told(&open, "chưa rõ là cơ quan nào: {}", "{} cách gọi chưa rõ là cơ quan nào"));
    }
    if doubts.contains(&Doubt::NoLead) {
        out.push(Reason { text: "chưa rõ cơ quan chủ trì", values: Vec::new() });
    }
    if doubts.contains(&Doubt::Unsure) {
        let doubtful = of(&|row| low(row.confidence) && !row.unresolved());
        let (other, same): (Vec<&PartyRow>, Vec<&PartyRow>) = doubtful.into_iter().partition(|row| renamed(row));
        match other.as_slice() {
            [row] => {
                let values = vec![shorten(&row.words, 60), shorten(&row.label, 60)];
                out.push(Reason { text: "cần xem lại: “{}” được hiểu là {}", values });
            }
            _ => out.extend(told(&other, "", "cần xem lại: {} cơ quan được hiểu theo tên khác")),
        }
        out.extend(told(&same, "cần xem lại tên: {}", "cần xem lại tên {} cơ quan"));
        if one.task.deadline().kind == DeadlineKind::None && !one.task.deadline_text.is_empty() {
            out.push(Reason {
                text: "chưa hiểu thời hạn: {}", values: vec![shorten(&one.task.deadline_text, 60)]
            });
        }
        if out.is_empty() {
            let least = one.task.confidence.min(one.standing().least);
            out.push(Reason {
                text: "cần xem lại: đọc chưa chắc chắn ({} %)", values: vec![least.to_string()]
            });
        }
    }
    out
}
