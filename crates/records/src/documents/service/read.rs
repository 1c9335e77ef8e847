//! From text to rows: what was recognised becomes the draft.

use kernel::{Result, Uuid, new_id, text::fold, time};
use papers::{Field, Force, Paper, Source};

use super::directory::{Directory, Meaning, Place};
use crate::documents::{
    model::{
        self, PartyRole, State,
        reading::{self, Reading},
        secrecy,
    },
    store::{self, Citation, Facts, PartyRow, Recipient, Task},
};

/// Confidence of a name about whose meaning somebody should look, in percent.
const UNSURE: i64 = 60;

/// A paper that was read and may be kept.
pub(super) struct Read {
    paper: Paper,
    warnings: Vec<String>,
    /// Media type of the file.
    pub media: &'static str,
}

/// What reading comes to.
pub(super) enum Verdict {
    /// It may be kept.
    Keep(Box<Read>),
    /// It is stamped with this degree of secrecy.
    Secret(&'static str),
}

/// Recognises the text, unless it belongs to a secret paper; off the async threads.
pub(super) async fn recognise(source: Source) -> Result<Verdict> {
    let work = move || {
        let paper = papers::recognise(&source.text);
        let said = paper.secrecy.as_ref().map(|field| field.value.as_str());
        match secrecy::degree(said, &source.text).or_else(|| secrecy::on_margins(&source.margins)) {
            Some(degree) => Verdict::Secret(degree),
            None => {
                let warnings = source.warnings.iter().map(|warning| warning.message.clone()).collect();
                Verdict::Keep(Box::new(Read { paper, warnings, media: media(source.format) }))
            }
        }
    };
    tokio::task::spawn_blocking(work).await.map_err(kernel::Error::internal)
}

fn media(format: papers::Format) -> &'static str {
    use papers::Format;
    match format {
        Format::Text => "text/plain; charset=utf-8",
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format::Odt => "application/vnd.oasis.opendocument.text",
        Format::Pdf | Format::PdfLayout => "application/pdf",
        // Never sent as HTML: it could act in our name.
        Format::Html | Format::Doc | Format::Scan => "application/octet-stream",
    }
}

/// Writes everything read into the (still empty) document.
pub(super) async fn fill(tx: &::store::Tx, directory: &Directory, id: Uuid, owner: Uuid, read: Read) -> Result<()> {
    let Read { paper, warnings, .. } = read;
    let mut notes = Reading::of_paper(&paper);
    notes.warnings.extend(warnings);
    let facts = facts(&paper, directory);
    let view = View { directory, place: directory.place(facts.issuer_id, owner, facts.date) };
    let (tasks, parties) = view.tasks(&paper);
    store::set_read(&**tx, id, State::Draft, &paper.text, "").await?;
    store::set_facts(&**tx, id, &facts, &notes.to_json(), &paper.text).await?;
    store::insert_tasks(&**tx, id, &tasks).await?;
    store::insert_parties(&**tx, id, &parties).await?;
    store::insert_recipients(&**tx, id, &view.recipients(&paper)).await?;
    store::insert_citations(&**tx, &citations(id, &paper)).await?;
    store::count_tasks(&**tx, id).await
}

fn facts(paper: &Paper, directory: &Directory) -> Facts {
    let text = |field: &Option<Field<String>>| field.as_ref().map(|field| field.value.clone()).unwrap_or_default();
    let signer = paper.signer.clone().unwrap_or_default();
    let issuer = text(&paper.issuer);
    Facts {
        number: text(&paper.number),
        kind: text(&paper.kind),
        title: text(&paper.title),
        date: paper.date.as_ref().map(|field| field.value),
        place: text(&paper.place),
        issuer_id: directory.issuer(&issuer, paper.date.as_ref().map(|field| field.value)),
        issuer,
        parent_body: text(&paper.parent_body),
        signer_authority: text(&signer.authority),
        signer_position: text(&signer.position),
        signer_name: text(&signer.name),
        urgency: text(&paper.urgency),
    }
}

/// What the reading of names needs to know.
struct View<'a> {
    directory: &'a Directory,
    place: Place,
}

impl View<'_> {
    fn tasks(&self, paper: &Paper) -> (Vec<Task>, Vec<PartyRow>) {
        let (mut tasks, mut parties) = (Vec::new(), Vec::new());
        for (task, position) in paper.tasks.iter().zip(1..) {
            let id = new_id();
            let (span_start, span_end) = store::span_ends(Some(task.span));
            let (deadline_start, deadline_end) =
                store::span_ends(task.deadline_text.as_ref().and_then(|field| field.span));
            let mut row = Task {
                id,
                position,
                anchor: task.anchor.clone(),
                heading: task.heading.clone().unwrap_or_default(),
                body: task.text.clone(),
                force: model::key(&task.force),
                class: model::key(&task.class),
                deadline_kind: model::key(&task.deadline.kind),
                deadline_value: task.deadline.value.clone().unwrap_or_default(),
                deadline_text: task.deadline_text.as_ref().map(|field| field.value.clone()).unwrap_or_default(),
                deadline_start,
                deadline_end,
                deadlines_more: String::new(),
                product: task.product.clone().unwrap_or_default(),
                span_start,
                span_end,
                confidence: reading::percent(task.confidence),
                origin: "read".into(),
                state: "open".into(),
            };
            row.set_deadlines_more(&task.deadlines_more);
            tasks.push(row);
            let lists = [(PartyRole::Lead, &task.lead), (PartyRole::Coordinating, &task.coordinating)];
            let named = lists.into_iter().flat_map(|(role, list)| {
                let forces = forces(&paper.text, list, task.force);
                list.iter().zip(forces).map(move |(field, force)| (role, field, force))
            });
            let rows = named.flat_map(|(role, field, force)| self.parties(id, role, field, force));
            parties.extend(rows.zip(1..).map(|(row, position)| PartyRow { position, ..row }));
        }
        (tasks, parties)
    }

    fn parties(&self, task: Uuid, role: PartyRole, field: &Field<String>, force: Force) -> Vec<PartyRow> {
        let named = self.directory.meanings(&field.value, self.place);
        named.into_iter().map(|(words, meaning)| party(task, role, field, force, words, meaning)).collect()
    }

    fn recipients(&self, paper: &Paper) -> Vec<Recipient> {
        let named = paper.addressees.iter().map(|field| ("addressee", field));
        let named = named.chain(paper.recipients.iter().map(|field| ("recipient", field)));
        let rows = named.flat_map(|(role, field)| {
            let meanings = self.directory.meanings(&field.value, self.place);
            meanings.into_iter().map(move |(words, meaning)| recipient(role, field, words, meaning))
        });
        rows.zip(1..).map(|(row, position)| Recipient { position, ..row }).collect()
    }
}

/// Order or request, for each body of a list: "…; đề nghị A, B phối hợp" asks A and B, up to the end of that part of it.
fn forces(text: &str, list: &[Field<String>], of_task: Force) -> Vec<Force> {
    let (mut asked, mut end) = (false, None);
    let force = |field: &Field<String>| {
        let before = end.zip(field.span).and_then(|(end, span): (usize, papers::Span)| text.get(end..span.start));
        asked &= !before.is_some_and(|text| text.contains([';', '\n', '.']));
        asked |= fold(&field.value).starts_with("de nghi ");
        end = field.span.map(|span| span.end);
        if asked { Force::Request } else { of_task }
    };
    list.iter().map(force).collect()
}

fn recipient(role: &str, field: &Field<String>, words: String, meaning: Meaning) -> Recipient {
    let (span_start, span_end) = store::span_ends(field.span);
    Recipient {
        role: role.into(),
        position: 0,
        words,
        span_start,
        span_end,
        confidence: reading::percent(field.confidence),
        target: meaning.target.into(),
        agency_id: meaning.agency,
        class_key: meaning.class,
        scope_id: meaning.scope,
    }
}

fn party(
    task: Uuid,
    role: PartyRole,
    field: &Field<String>,
    force: Force,
    words: String,
    meaning: Meaning,
) -> PartyRow {
    let (span_start, span_end) = store::span_ends(field.span);
    let mut row = PartyRow {
        id: new_id(),
        task_id: task,
        role: model::key(&role),
        position: 0,
        words,
        force: model::key(&force),
        span_start,
        span_end,
        confidence: reading::percent(field.confidence),
        target: String::new(),
        agency_id: None,
        class_key: String::new(),
        scope_id: None,
        label: String::new(),
        members: 0,
        candidates: "[]".into(),
    };
    mean(&mut row, meaning);
    row
}

/// Gives a party its meaning; a body that can only be asked turns the order into a request.
pub(super) fn mean(row: &mut PartyRow, meaning: Meaning) {
    let meaning = if meaning.related { meaning.left_open() } else { meaning };
    if meaning.request_only {
        row.force = model::key(&Force::Request);
    }
    if !meaning.sure {
        row.confidence = row.confidence.min(UNSURE);
    }
    row.target = meaning.target.into();
    row.agency_id = meaning.agency;
    row.class_key = meaning.class;
    row.scope_id = meaning.scope;
    row.label = meaning.label;
    row.members = meaning.members;
    row.candidates = serde_json::to_string(&meaning.candidates).unwrap_or_else(|_| "[]".into());
}

fn citations(document: Uuid, paper: &Paper) -> Vec<Citation> {
    let row = |(citation, position): (&papers::Citation, i64)| {
        let (span_start, span_end) = store::span_ends(Some(citation.span));
        let number = citation.number.clone().unwrap_or_default();
        Citation {
            document_id: document,
            position,
            number_key: if number.is_empty() { String::new() } else { papers::number_key(&number) },
            number,
            kind: citation.kind.clone().unwrap_or_default(),
            name: citation.name.clone().unwrap_or_default(),
            issued_on: citation.date.map_or(0, time::date_to_int),
            relation: model::key(&citation.relation),
            of_position: citation.of.and_then(|of| i64::try_from(of).ok()),
            span_start,
            span_end,
        }
    };
    paper.citations.iter().zip(0..).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_behind_the_word_for_asking_are_asked_up_to_the_end_of_that_part() {
        let text = "Sở Nội vụ, Sở Tài chính; đề nghị Liên đoàn Lao động tỉnh, Hội Nông dân tỉnh phối hợp; Sở Y tế";
        let list = ["Sở Nội vụ", "Sở Tài chính", "đề nghị Liên đoàn Lao động tỉnh", "Hội Nông dân tỉnh", "Sở Y tế"];
        let field = |name: &&str| {
            let start = text.find(name).expect("it stands there");
            let span = Some(papers::Span { start, end: start + name.len() });
            Field { value: (*name).to_owned(), span, confidence: 1.0 }
        };
        let list: Vec<Field<String>> = list.iter().map(field).collect();
        use Force::{Assign, Request};
        assert_eq!(forces(text, &list, Assign), [Assign, Assign, Request, Request, Assign]);
        assert_eq!(forces(text, &list, Request), [Request; 5]);
    }
}
