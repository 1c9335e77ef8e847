//! One uploaded file, as it is told of.

use kernel::Uuid;

use crate::documents::{
    model::State,
    service::{Received, refusal},
    store::Document,
};

/// A line in the list of uploads.
#[derive(Debug, Clone)]
pub(in crate::documents) struct UploadView {
    /// Name of the file.
    pub name: String,
    /// `draft`, `reading`, `already`, `refused` or `unreadable`.
    pub state: &'static str,
    /// What there is to say.
    pub say: String,
    /// The document, when there is one.
    pub id: Option<Uuid>,
    /// HTTP status that says the same.
    pub status: u16,
}

impl UploadView {
    /// Of a file just received.
    pub(in crate::documents) fn of(name: &str, received: Received) -> Self {
        let view = |state, say: String, id, status| Self { name: name.to_owned(), state, say, id, status };
        match received {
            Received::Draft(document) => view("draft", read(&document), Some(document.id), 200),
            Received::Reading(document) => view("reading", String::new(), Some(document.id), 200),
            Received::Already(document) => view("already", document.label(), Some(document.id), 200),
            Received::Refused(degree) => view("refused", refusal(degree), None, 422),
            Received::Unreadable(message, status) => view("unreadable", message, None, status),
        }
    }

    /// Of a document that was received before.
    pub(in crate::documents) fn of_document(document: &Document) -> Self {
        let (state, say) = match document.state() {
            State::Reading => ("reading", String::new()),
            State::Failed => ("unreadable", document.problem.clone()),
            _ => ("draft", read(document)),
        };
        Self { name: document.file_name.clone(), state, say, id: Some(document.id), status: 200 }
    }

    /// Where its link leads.
    pub(in crate::documents) fn href(&self) -> String {
        self.id.map(|id| format!("/van-ban/{id}")).unwrap_or_default()
    }
}

fn read(document: &Document) -> String {
    format!("{}, {} nhiệm vụ", document.label(), document.tasks)
}
