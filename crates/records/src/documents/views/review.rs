//! The review screen.

use kernel::{FieldErrors, Uuid};
use papers::Force;

use crate::documents::{
    forms::{ChoiceForm, FactsForm, TaskForm},
    model::{
        self, PartyRole, deadline,
        highlight::{self, Block, Piece},
        reading::{Reading, low},
        task::{breaks, place_label},
    },
    service::Assigned,
    store::{self, Citation, Document, PartyRow, Recipient},
    views::doubts::{Reason, reasons},
};

/// A field of the document.
pub(in crate::documents) struct FieldView {
    pub key: String,
    pub label: &'static str,
    pub value: String,
    pub confidence: i64,
    pub low: bool,
}

/// A party of a task.
pub(in crate::documents) struct PartyView {
    pub id: Uuid,
    pub key: String,
    pub words: String,
    pub low: bool,
    pub unresolved: bool,
    /// Only those concerned were meant: others in every paper.
    pub related: bool,
    pub note: String,
    pub count: bool,
    pub request: bool,
    pub candidates: Vec<(String, String)>,
}

/// How a task stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::documents) enum Shown {
    /// To be read.
    Plain,
    /// In its form.
    Editing,
    /// With the places where it can be divided.
    Splitting,
}

/// A task.
pub(in crate::documents) struct TaskView {
    pub id: Uuid,
    pub key: String,
    /// Where it stands in the paper.
    pub place: String,
    pub heading: String,
    pub body: String,
    pub request: bool,
    pub org: bool,
    pub deadlines: Vec<String>,
    pub deadline_words: String,
    pub product: String,
    pub confidence: i64,
    pub state: String,
    pub doubts: Vec<Reason>,
    pub leads: Vec<PartyView>,
    pub coordinating: Vec<PartyView>,
    pub shown: Shown,
    pub breaks: Vec<(usize, String)>,
}

/// What is asked of the page: which tasks, and which one is open.
#[derive(Debug, Clone, Default)]
pub(in crate::documents) struct Asked {
    pub filter: String,
    pub editing: Option<Uuid>,
    pub splitting: Option<Uuid>,
    pub fields: bool,
    pub adding: bool,
}

/// Everything on the screen but the chrome.
pub(in crate::documents) struct ReviewView {
    pub id: Uuid,
    pub label: String,
    pub date: String,
    pub filter: String,
    pub total: usize,
    pub sure: usize,
    pub doubtful: usize,
    pub unresolved: usize,
    pub accepted: usize,
    pub dropped: usize,
    pub doubtful_fields: usize,
    pub fields: Vec<FieldView>,
    pub warnings: Vec<String>,
    pub tasks: Vec<TaskView>,
    pub blocks: Vec<Block>,
    pub editing_fields: bool,
    pub adding: bool,
    pub facts: FactsForm,
    pub task_form: TaskForm,
    /// What was typed about a party and did not pass.
    pub choice: Option<(Uuid, ChoiceForm)>,
    pub errors: FieldErrors,
}

impl TaskView {
    /// Where its actions are posted.
    pub(in crate::documents) fn path(&self, document: &Uuid) -> String {
        format!("/van-ban/{document}/nhiem-vu/{}", self.id)
    }
}

fn task_key(id: Uuid) -> String {
    format!("t{}", id.simple())
}

fn party_view(task: &str, at: usize, party: &PartyRow) -> PartyView {
    let note = match party.target.as_str() {
        // "Sở Tư pháp tỉnh Mẫu" says no more than "Sở Tư pháp".
        "agency" if kernel::text::fold(&party.label).starts_with(&kernel::text::fold(&party.words)) => String::new(),
        "agency" => party.label.clone(),
        "class" => format!("{} đơn vị", kernel::text::display_number(party.members)),
        "relative" => "theo từng nơi nhận".into(),
        "nobody" => "không giao".into(),
        "all" => "mọi cơ quan được giao trong văn bản".into(),
        _ => String::new(),
    };
    PartyView {
        id: party.id,
        key: format!("{task}.{at}"),
        words: party.words.clone(),
        low: low(party.confidence),
        unresolved: party.unresolved(),
        related: party.target == "related",
        note,
        count: party.target == "class",
        request: party.force() == Force::Request,
        candidates: serde_json::from_str(&party.candidates).unwrap_or_default(),
    }
}

fn task_view(one: &Assigned, asked: &Asked) -> TaskView {
    let task = &one.task;
    let key = task_key(task.id);
    let of = |role: PartyRole| {
        let parties = one.parties.iter().enumerate().filter(|(_, party)| party.role() == role);
        parties.map(|(at, party)| party_view(&key, at, party)).collect::<Vec<_>>()
    };
    let shown = if asked.editing == Some(task.id) {
        Shown::Editing
    } else if asked.splitting == Some(task.id) {
        Shown::Splitting
    } else {
        Shown::Plain
    };
    let breaks = if shown == Shown::Splitting { breaks(&task.body) } else { Vec::new() };
    let rest = |at: usize| kernel::text::shorten(task.body.get(at..).unwrap_or_default().trim(), 90);
    TaskView {
        id: task.id,
        place: place_label(&task.anchor),
        heading: task.heading.clone(),
        body: task.body.clone(),
        request: task.force() == Force::Request,
        org: task.class() == papers::TaskClass::Org,
        deadlines: std::iter::once(&task.deadline()).chain(&task.deadlines_more()).map(deadline::label).collect(),
        deadline_words: task.deadline_text.clone(),
        product: task.product.clone(),
        confidence: task.confidence,
        state: task.state.clone(),
        doubts: if task.state == "open" { reasons(one) } else { Vec::new() },
        leads: of(PartyRole::Lead),
        coordinating: of(PartyRole::Coordinating),
        shown,
        breaks: breaks.into_iter().map(|at| (at, rest(at))).collect(),
        key,
    }
}

fn fields(document: &Document, reading: &Reading, recipients: &[Recipient], citations: &[Citation]) -> Vec<FieldView> {
    let date = document.date().map(kernel::time::display_date).unwrap_or_default();
    let single = [
        ("number", "Số, ký hiệu", document.number.clone()),
        ("date", "Ngày ban hành", date),
        ("kind", "Loại", document.kind.clone()),
        ("title", "Trích yếu", document.title.clone()),
        ("issuer", "Cơ quan ban hành", document.issuer.clone()),
        ("parent_body", "Cơ quan chủ quản", document.parent_body.clone()),
        ("place", "Địa danh", document.place.clone()),
        ("urgency", "Độ khẩn", document.urgency.clone()),
        ("signer_authority", "Thẩm quyền ký", document.signer_authority.clone()),
        ("signer_position", "Chức vụ người ký", document.signer_position.clone()),
        ("signer_name", "Người ký", document.signer_name.clone()),
    ];
    let needed = ["number", "date", "kind", "title", "issuer"];
    let mut out: Vec<FieldView> = single
        .into_iter()
        .filter(|(key, _, value)| !value.is_empty() || needed.contains(key))
        .map(|(key, label, value)| {
            let mark = reading.of(key);
            let settled = mark.is_some_and(|mark| !mark.low());
            FieldView {
                key: key.into(),
                label,
                confidence: mark.map_or(0, |mark| mark.confidence),
                low: !settled || value.is_empty() && needed.contains(&key),
                value,
            }
        })
        .collect();
    for (at, one) in recipients.iter().enumerate() {
        out.push(FieldView {
            key: format!("r{at}"),
            label: if one.role == "addressee" { "Kính gửi" } else { "Nơi nhận" },
            value: one.words.clone(),
            confidence: one.confidence,
            low: low(one.confidence),
        });
    }
    for one in citations.iter().filter(|one| one.relation != "mentions") {
        out.push(FieldView {
            key: format!("c{}", one.position),
            label: "Viện dẫn",
            value: cited(one),
            confidence: 100,
            low: false,
        });
    }
    out
}

/// "Kết luận 80-KL/TW ngày 20/06/2020"
pub(in crate::documents) fn cited(one: &Citation) -> String {
    let name = if one.number.is_empty() { &one.name } else { &one.number };
    let kind = if one.number.is_empty() && one.name.starts_with(&one.kind) { "" } else { &one.kind };
    let date = kernel::time::date_from_int(one.issued_on).map(kernel::time::display_date);
    let date = date.map(|date| format!(" ngày {date}")).unwrap_or_default();
    format!("{kind} {name}{date}").trim().to_owned()
}

/// The text of a document with everything recognised in it.
pub(in crate::documents) fn text_blocks(
    document: &Document,
    reading: &Reading,
    tasks: &[Assigned],
    recipients: &[Recipient],
    citations: &[Citation],
) -> Vec<Block> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |key: String, span: Option<papers::Span>, low: bool| {
        pieces.extend(span.map(|span| Piece { key, span, low }));
    };
    for mark in &reading.marks {
        add(mark.field.clone(), mark.span, mark.low());
    }
    for (at, one) in recipients.iter().enumerate() {
        add(format!("r{at}"), store::span(one.span_start, one.span_end), low(one.confidence));
    }
    for one in citations.iter().filter(|one| one.relation != "mentions") {
        add(format!("c{}", one.position), store::span(one.span_start, one.span_end), false);
    }
    let mut owners = Vec::new();
    for one in tasks.iter().filter(|one| one.task.state != "dropped") {
        let key = task_key(one.task.id);
        let span = store::span(one.task.span_start, one.task.span_end);
        add(format!("{key}.text"), span, low(one.task.confidence));
        add(format!("{key}.due"), store::span(one.task.deadline_start, one.task.deadline_end), false);
        for (at, party) in one.parties.iter().enumerate() {
            let doubtful = low(party.confidence) || party.unresolved();
            add(format!("{key}.{at}"), store::span(party.span_start, party.span_end), doubtful);
        }
        owners.extend(span.map(|span| Piece { key, span, low: false }));
    }
    highlight::blocks(&document.body, &pieces, &owners)
}

/// What the screen is made of.
pub(in crate::documents) struct Material<'a> {
    pub document: &'a Document,
    pub tasks: &'a [Assigned],
    pub recipients: &'a [Recipient],
    pub citations: &'a [Citation],
}

impl ReviewView {
    /// The screen of a draft.
    pub(in crate::documents) fn of(material: &Material<'_>, asked: &Asked) -> Self {
        let Material { document, tasks, recipients, citations } = material;
        let reading = Reading::from_json(&document.marks);
        let count = |test: &dyn Fn(&Assigned) -> bool| tasks.iter().filter(|one| test(one)).count();
        let open = |one: &Assigned| one.task.state == "open";
        let wanted = |one: &&Assigned| match asked.filter.as_str() {
            "can-xem" => open(one) && !one.standing().doubts().is_empty(),
            "da-nhan" => one.task.state == "accepted",
            "da-bo" => one.task.state == "dropped",
            _ => true,
        };
        let mut shown: Vec<&Assigned> = tasks.iter().filter(wanted).collect();
        shown.sort_by_key(|one| (one.standing().rank(), one.task.position));
        let editing = tasks.iter().find(|one| asked.editing == Some(one.task.id));
        let fields = fields(document, &reading, recipients, citations);
        Self {
            id: document.id,
            label: document.label(),
            date: document.date().map(kernel::time::display_date).unwrap_or_default(),
            filter: asked.filter.clone(),
            total: count(&|one| one.task.state != "dropped"),
            sure: count(&|one| one.standing().sure()),
            doubtful: count(&|one| open(one) && !one.standing().doubts().is_empty()),
            unresolved: count(&|one| open(one) && one.standing().unresolved > 0),
            accepted: count(&|one| one.task.state == "accepted"),
            dropped: count(&|one| one.task.state == "dropped"),
            doubtful_fields: fields.iter().filter(|field| field.low).count(),
            warnings: reading.warnings.clone(),
            tasks: shown.into_iter().map(|one| task_view(one, asked)).collect(),
            blocks: text_blocks(document, &reading, tasks, recipients, citations),
            editing_fields: asked.fields,
            adding: asked.adding,
            facts: FactsForm::of(document),
            task_form: editing.map_or_else(TaskForm::blank, |one| TaskForm::of(&one.task, &one.parties)),
            choice: None,
            errors: FieldErrors::default(),
            fields,
        }
    }

    /// Fields to be looked at, or (false) the certain ones.
    pub(in crate::documents) fn fields_that(&self, are_low: bool) -> Vec<&FieldView> {
        self.fields.iter().filter(|field| field.low == are_low).collect()
    }

    /// What was typed about this party, when it did not pass.
    pub(in crate::documents) fn choice_of(&self, party: &Uuid) -> Option<&ChoiceForm> {
        self.choice.as_ref().filter(|(id, _)| id == party).map(|(_, form)| form)
    }

    /// What was typed as its name.
    pub(in crate::documents) fn called(&self, party: &Uuid) -> &str {
        self.choice_of(party).map_or("", |form| &form.called)
    }

    /// Is the alias to be remembered?
    pub(in crate::documents) fn remembers(&self, party: &Uuid) -> bool {
        self.choice_of(party).is_none_or(|form| form.remember.is_some())
    }

    /// Kinds of deadline for the form, with the one chosen.
    pub(in crate::documents) fn deadline_kinds(&self) -> Vec<(String, &'static str, bool)> {
        let chosen = &self.task_form.deadline_kind;
        deadline::KINDS.iter().map(|(kind, label)| (model::key(kind), *label, model::key(kind) == *chosen)).collect()
    }
}
