//! Forms of the documents slice, from text to values.

use kernel::{Error, FieldErrors, Result};
use papers::{DeadlineKind, Force, TaskClass};
use platform::web::form;
use serde::Deserialize;

use super::{
    model::{self, deadline},
    service::TaskEdit,
    store::{Document, Facts, PartyRow, Task},
};

/// Fields of a document, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct FactsForm {
    pub number: String,
    pub kind: String,
    pub title: String,
    pub date: String,
    pub place: String,
    pub issuer: String,
    pub parent_body: String,
    pub signer_authority: String,
    pub signer_position: String,
    pub signer_name: String,
    pub urgency: String,
}

impl FactsForm {
    /// As a document has them.
    pub(super) fn of(document: &Document) -> Self {
        Self {
            number: document.number.clone(),
            kind: document.kind.clone(),
            title: document.title.clone(),
            date: document.date().map(kernel::time::display_date).unwrap_or_default(),
            place: document.place.clone(),
            issuer: document.issuer.clone(),
            parent_body: document.parent_body.clone(),
            signer_authority: document.signer_authority.clone(),
            signer_position: document.signer_position.clone(),
            signer_name: document.signer_name.clone(),
            urgency: document.urgency.clone(),
        }
    }

    /// Checked.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub(super) fn parse(&self) -> Result<Facts> {
        let mut errors = FieldErrors::default();
        let line = |errors: &mut FieldErrors, field, text: &str, limit| {
            form::bounded(errors, field, &text.split_whitespace().collect::<Vec<_>>().join(" "), limit)
        };
        let facts = Facts {
            number: line(&mut errors, "number", &self.number, 80).replace(' ', ""),
            kind: line(&mut errors, "kind", &self.kind, 60),
            title: line(&mut errors, "title", &self.title, 1000),
            date: form::date(&mut errors, "date", &self.date),
            place: line(&mut errors, "place", &self.place, 120),
            issuer: line(&mut errors, "issuer", &self.issuer, 300),
            issuer_id: None,
            parent_body: line(&mut errors, "parent_body", &self.parent_body, 300),
            signer_authority: line(&mut errors, "signer_authority", &self.signer_authority, 200),
            signer_position: line(&mut errors, "signer_position", &self.signer_position, 200),
            signer_name: line(&mut errors, "signer_name", &self.signer_name, 120),
            urgency: line(&mut errors, "urgency", &self.urgency, 60),
        };
        errors.into_result(facts)
    }
}

/// A task, as typed; agencies one on a line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TaskForm {
    pub anchor: String,
    pub after: String,
    pub heading: String,
    pub body: String,
    pub force: String,
    pub class: String,
    pub deadline_kind: String,
    pub deadline: String,
    pub deadlines_more: String,
    pub product: String,
    pub lead: String,
    pub coordinating: String,
}

impl TaskForm {
    /// As a task has them.
    pub(super) fn of(task: &Task, parties: &[PartyRow]) -> Self {
        let names = |role: &str| {
            let words = parties.iter().filter(|party| party.role == role).map(|party| party.words.as_str());
            words.collect::<Vec<_>>().join("\n")
        };
        Self {
            anchor: task.anchor.clone(),
            after: String::new(),
            heading: task.heading.clone(),
            body: task.body.clone(),
            force: task.force.clone(),
            class: task.class.clone(),
            deadline_kind: task.deadline_kind.clone(),
            deadline: deadline::form_value(&task.deadline()),
            deadlines_more: task.deadlines_more().iter().map(deadline::label).collect::<Vec<_>>().join("\n"),
            product: task.product.clone(),
            lead: names("lead"),
            coordinating: names("coordinating"),
        }
    }

    /// A form for a new task.
    pub(super) fn blank() -> Self {
        let key = |kind| model::key(&kind);
        Self {
            force: model::key(&Force::Assign),
            class: model::key(&TaskClass::Task),
            deadline_kind: key(DeadlineKind::None),
            ..Self::default()
        }
    }

    /// Checked.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub(super) fn parse(&self) -> Result<TaskEdit> {
        let mut errors = FieldErrors::default();
        let heading = form::bounded(&mut errors, "heading", &self.heading, 500);
        let body = form::required(&mut errors, "body", &self.body, 20_000);
        let product = form::bounded(&mut errors, "product", &self.product, 500);
        let kind = model::from_key(&self.deadline_kind).unwrap_or(DeadlineKind::None);
        let rule = deadline::parse(kind, &self.deadline);
        if let Err(message) = rule {
            errors.add("deadline", message);
        }
        let mut deadlines_more = Vec::new();
        for line in self.deadlines_more.lines().filter(|line| !line.trim().is_empty()) {
            match deadline::parse_line(line) {
                Ok(rule) => deadlines_more.push(rule),
                Err(message) => errors.add("deadlines_more", format!("“{}”: {message}", line.trim())),
            }
        }
        let lead = names(&mut errors, "lead", &self.lead);
        let coordinating = names(&mut errors, "coordinating", &self.coordinating);
        let force = model::from_key(&self.force).unwrap_or(Force::Assign);
        let class = model::from_key(&self.class).unwrap_or(TaskClass::Task);
        match rule {
            Ok(deadline) => {
                let edit =
                    TaskEdit { heading, body, force, class, deadline, deadlines_more, product, lead, coordinating };
                errors.into_result(edit)
            }
            Err(_) => Err(Error::Invalid(errors)),
        }
    }
}

fn names(errors: &mut FieldErrors, field: &str, text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = form::bounded(errors, field, line.trim_end_matches([';', ',', '.']), 500);
        if !line.is_empty() && !out.contains(&line) {
            out.push(line);
        }
    }
    if out.len() > 200 {
        errors.add(field, "Nhiều quá 200 cơ quan; hãy dùng cách gọi chung.");
    }
    out
}

/// Whom a name means, as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ChoiceForm {
    pub agency: String,
    pub called: String,
    pub remember: Option<String>,
}

/// Where a task is divided.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SplitForm {
    pub at: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_read_one_on_a_line() {
        let form = TaskForm { body: "Việc".into(), lead: " Sở A;\n\nSở  B\nSở A".into(), ..TaskForm::blank() };
        assert_eq!(form.parse().unwrap().lead, ["Sở A", "Sở B"]);
        let form = TaskForm { deadline_kind: "date".into(), deadline: "mai".into(), ..TaskForm::blank() };
        let Err(Error::Invalid(errors)) = form.parse() else { panic!("accepted") };
        assert!(errors.get("body").is_some() && errors.get("deadline").is_some());
    }
}
