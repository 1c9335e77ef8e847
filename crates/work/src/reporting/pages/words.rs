//! What the agencies of a round answered in cells of text, by section, the same words once.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use super::rounds::node_of;
use crate::reporting::{
    forms::NodeQuery,
    model::form::Kind,
    policy::ReadReports,
    service::{self, Words},
};

/// The same words, with all who wrote them.
struct Said {
    text: String,
    /// Report and name.
    by: Vec<(Uuid, String)>,
}

/// A cell of text.
struct Section {
    key: String,
    /// Name of the section, where it begins.
    group: Option<String>,
    label: String,
    /// How many answered.
    count: usize,
    said: Vec<Said>,
}

#[derive(Template)]
#[template(path = "reporting/templates/words.html")]
struct WordsPage {
    p: Chrome,
    round: Uuid,
    title: String,
    period: String,
    node: Uuid,
    node_name: String,
    sections: Vec<Section>,
}

/// What was written into one cell.
fn said(words: &[Words], cell: &str) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    for one in words.iter().filter(|one| one.cell == cell) {
        let text = one.text.trim();
        let by = (one.report, one.agency.clone());
        match out.iter_mut().find(|said| said.text == text) {
            Some(said) => said.by.push(by),
            None => out.push(Said { text: text.to_owned(), by: vec![by] }),
        }
    }
    out.sort_by_key(|said| std::cmp::Reverse(said.by.len()));
    out
}

/// `GET /ky-bao-cao/{id}/loi-van`
pub(in crate::reporting) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Path(id): Path<Uuid>,
    Query(query): Query<NodeQuery>,
) -> Result {
    let round = service::round_in_sight(&app, &permit, id).await?;
    let node = node_of(&app, &permit, &round, &query).await?;
    let (title, period) = (round.title.clone(), round.period_label.clone());
    let form = service::form_of(&app, round.form_id).await?;
    let words = match service::standing(&app, round, node).await? {
        Some(standing) => service::words(&app, &standing, node).await?,
        None => Vec::new(),
    };
    let mut before = String::new();
    let mut sections = Vec::new();
    for cell in form.cells.iter().filter(|cell| cell.kind == Kind::Text) {
        let group = cell.header.join(" – ");
        let begins = (group != before && group != cell.label).then(|| group.clone());
        before = group;
        let said = said(&words, &cell.key);
        let count = said.iter().map(|one| one.by.len()).sum();
        sections.push(Section { key: cell.key.clone(), group: begins, label: cell.label.clone(), count, said });
    }
    let directory = records::agencies::directory(&app).await?;
    let node_name = directory.name(node, app.clock.today()).unwrap_or_default().to_owned();
    show(&WordsPage { p, round: id, title, period, node, node_name, sections })
}
