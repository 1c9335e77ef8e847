//! What templates of the outgoing slice receive.

mod paper;

use kernel::{Timestamp, Uuid, time};
use platform::web::Chrome;

use super::{
    model::{
        State,
        compose::Finding,
        draft::{Block, Draft, Kind},
        facts::{Facts, printed},
        reference::Reference,
        signature::{Mark, Marks},
        template::Template,
    },
    store,
};
use crate::reporting::model::form::Severity;

pub(super) use paper::PaperView;

/// Colour of a state.
pub(in crate::outgoing) fn state_class(state: State) -> &'static str {
    match state {
        State::Draft => "plain",
        State::Waiting => "soon",
        State::Signed | State::Issued => "done",
    }
}

/// A paper in the list.
pub(crate) struct Row {
    pub id: Uuid,
    pub title: String,
    pub period: String,
    pub owner: String,
    pub number: String,
    pub day: String,
    pub state: &'static str,
    pub class: &'static str,
    pub maker: String,
    pub generated: bool,
    pub fragment: bool,
}

impl Row {
    pub(in crate::outgoing) fn of(line: &store::Line) -> Self {
        let state = State::from_key(&line.state).unwrap_or(State::Draft);
        let number = line.number.map(|number| format!("{number:02}/{}", line.symbol));
        let day = line.issued_on.and_then(time::date_from_int).map(time::display_date);
        Self {
            id: line.id,
            title: line.title.clone(),
            period: line.period_label.clone(),
            owner: line.owner_name.clone(),
            number: number.unwrap_or_default(),
            day: day.unwrap_or_else(|| time::display_date(Timestamp(line.changed_at).date())),
            state: state.label(),
            class: state_class(state),
            maker: line.maker_name.clone(),
            generated: line.generated,
            fragment: line.fragment,
        }
    }
}

/// Something that was done.
pub(in crate::outgoing) struct StepView {
    pub at: String,
    pub what: &'static str,
    pub who: String,
    pub body: String,
}

impl StepView {
    pub(in crate::outgoing) fn of(step: &store::Step) -> Self {
        let what = match step.kind.as_str() {
            "create" => "Lập từ mẫu",
            "hand_in" => "Trình thủ trưởng",
            "give_back" => "Trả người soạn",
            "sign" => "Ký duyệt, chốt số liệu",
            "replace" => "Thay bản ký",
            _ => "Phát hành, lưu bản ký",
        };
        Self { at: Timestamp(step.at).display(), what, who: step.actor_name.clone(), body: step.body.clone() }
    }
}

/// Something to be said before signing.
pub(in crate::outgoing) struct FindingView {
    pub error: bool,
    /// Number of the block, from 1; 0 for the whole.
    pub block: usize,
    pub message: String,
}

pub(in crate::outgoing) fn findings(found: &[Finding]) -> Vec<FindingView> {
    let of = |finding: &Finding| FindingView {
        error: finding.severity == Severity::Error,
        block: finding.block.map_or(0, |at| at + 1),
        message: finding.message.clone(),
    };
    found.iter().map(of).collect()
}

/// A block in the editor.
pub(in crate::outgoing) struct EditBlock {
    pub kind: Kind,
    pub text: String,
    pub cells: String,
    pub count: String,
    pub rows: usize,
    pub findings: Vec<FindingView>,
}

pub(in crate::outgoing) fn edit_blocks(draft: &Draft, found: &[Finding]) -> Vec<EditBlock> {
    let of = |(at, block): (usize, &Block)| {
        let own: Vec<Finding> = found.iter().filter(|finding| finding.block == Some(at)).cloned().collect();
        let long = block.text.lines().map(|line| line.chars().count() / 70 + 1).sum::<usize>();
        EditBlock {
            kind: block.kind,
            text: block.text.clone(),
            cells: block.cells.join(", "),
            count: if block.count == 0 { String::new() } else { block.count.to_string() },
            rows: if block.kind == Kind::Heading { 1 } else { long.clamp(2, 14) },
            findings: findings(&own),
        }
    };
    draft.blocks.iter().enumerate().map(of).collect()
}

/// A reference that can be used: how it is written, what it is, what it says now.
pub(in crate::outgoing) struct Choice {
    pub token: String,
    pub label: String,
    pub value: String,
}

/// References by group.
pub(in crate::outgoing) fn choices(p: &Chrome, facts: &Facts, template: &Template) -> Vec<(String, Vec<Choice>)> {
    let choice = |token: &str, label: &str| {
        let value = Reference::parse(token).and_then(|reference| facts.say(&reference).ok());
        Choice {
            token: format!("{{{token}}}"),
            label: label.to_owned(),
            value: value.map_or_else(|| "–".to_owned(), |said| said.text),
        }
    };
    let form = &facts.now.form;
    let cells = form.cells.iter().map(|cell| Choice {
        token: format!("{{ky.{}}}", cell.key),
        label: if cell.unit.is_empty() {
            form.named(&cell.key)
        } else {
            format!("{} ({})", form.named(&cell.key), cell.unit)
        },
        value: facts.now.values.get(&cell.key).map_or_else(|| "–".to_owned(), |value| printed(cell.kind, value)),
    });
    let activities = template.measures.iter().map(|(key, named)| choice(&format!("hd.{key}"), &named.label));
    let of = |words: &[(&str, &'static str)]| words.iter().map(|(token, label)| choice(token, p.t(label))).collect();
    let mut out = vec![(p.t("Số liệu của kỳ").to_owned(), cells.collect::<Vec<_>>())];
    if !template.measures.is_empty() {
        out.push((p.t("Hoạt động").to_owned(), activities.collect()));
    }
    out.push((p.t("Độ phủ, đơn vị muộn").to_owned(), of(COVER)));
    out.push((p.t("Thực hiện kế hoạch").to_owned(), of(PLANS)));
    out.push((p.t("Tên gọi").to_owned(), of(NAMES)));
    out
}

const COVER: &[(&str, &str)] = &[
    ("phu", "đơn vị có báo cáo đã duyệt"),
    ("phu.tyle", "độ phủ (%)"),
    ("muon", "số đơn vị gửi muộn"),
    ("muon.ten", "ba đơn vị muộn nhất"),
];

const PLANS: &[(&str, &str)] = &[
    ("kh.giao", "nhiệm vụ đến hạn trong kỳ"),
    ("kh.xong", "đã hoàn thành"),
    ("kh.dunghan", "hoàn thành đúng hạn"),
    ("kh.dangmo", "chưa hoàn thành"),
    ("kh.cham", "nhiệm vụ chậm"),
    ("kh.tyle", "tỷ lệ hoàn thành (%)"),
];

const NAMES: &[(&str, &str)] = &[
    ("ten.ky", "tên kỳ"),
    ("ten.truoc", "cùng kỳ năm trước"),
    ("ten.truoclien", "kỳ liền trước"),
    ("ten.tu", "ngày đầu kỳ"),
    ("ten.den", "ngày cuối kỳ"),
    ("ten.coquan", "cơ quan"),
    ("ten.chuongtrinh", "chương trình, đề án, kế hoạch"),
];

/// A signature of a file.
pub(in crate::outgoing) struct MarkView {
    pub mark: Mark,
    pub time: String,
}

/// The signed file.
pub(in crate::outgoing) struct FileView {
    pub id: Uuid,
    pub name: String,
    pub hash: String,
    pub size: String,
    pub who: String,
    pub at: String,
    pub pdf: bool,
    pub marks: Vec<MarkView>,
    pub matches: Option<bool>,
    pub compared: bool,
    /// Has another one taken its place?
    pub old: bool,
}

impl FileView {
    pub(in crate::outgoing) fn of((place, file): (usize, &store::File)) -> Self {
        let marks: Marks = serde_json::from_str(&file.marks).unwrap_or_default();
        let view =
            |mark: Mark| MarkView { time: mark.signed_at.map(|at| Timestamp(at).display()).unwrap_or_default(), mark };
        Self {
            id: file.id,
            name: file.file_name.clone(),
            hash: file.file_hash.clone(),
            size: kernel::text::file_size(file.size),
            who: file.by_name.clone(),
            at: Timestamp(file.at).display(),
            pdf: marks.pdf,
            matches: marks.matches,
            compared: marks.compared,
            old: place > 0,
            marks: marks.signatures.into_iter().map(view).collect(),
        }
    }
}
