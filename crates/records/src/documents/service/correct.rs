//! Corrections of confirmed documents are new versions.

use std::collections::HashMap;

use kernel::{Error, Permit, Result, Uuid, new_id};
use platform::App;
use serde_json::json;

use super::upload::note;
use crate::documents::{
    model::State,
    policy::Confirm,
    store::{self, Citation, PartyRow, Task},
};

/// Opens a correction of a confirmed document: a draft with everything of it; the id of the one that is already open.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is not confirmed.
pub async fn correct(app: &App, permit: &Permit<Confirm>, id: Uuid) -> Result<Uuid> {
    let tx = app.db.begin().await?;
    let document = store::owned_document(&*tx, permit, id).await?;
    if document.state() != State::Confirmed {
        return Err(Error::Conflict("Chỉ đính chính được bản đang có giá trị.".into()));
    }
    let versions = store::versions(&*tx, id).await?;
    if let Some(open) = versions.iter().find(|one| one.previous_id == Some(id) && one.state == "draft") {
        return Ok(open.id);
    }
    let copy = new_id();
    store::copy_document(&*tx, id, copy, permit.actor().user, app.clock.now()).await?;
    let mut ids: HashMap<Uuid, Uuid> = HashMap::new();
    let tasks: Vec<Task> = store::tasks(&*tx, id)
        .await?
        .into_iter()
        .map(|task| {
            let new = new_id();
            ids.insert(task.id, new);
            Task { id: new, ..task }
        })
        .collect();
    let parties: Vec<PartyRow> = store::parties(&*tx, id)
        .await?
        .into_iter()
        .filter_map(|party| Some(PartyRow { id: new_id(), task_id: *ids.get(&party.task_id)?, ..party }))
        .collect();
    let citations = store::citations(&*tx, &[id]).await?;
    let citations: Vec<Citation> = citations.into_iter().map(|one| Citation { document_id: copy, ..one }).collect();
    store::insert_tasks(&*tx, copy, &tasks).await?;
    store::insert_parties(&*tx, copy, &parties).await?;
    store::insert_recipients(&*tx, copy, &store::recipients(&*tx, id).await?).await?;
    store::insert_citations(&*tx, &citations).await?;
    note(&tx, app, permit.actor(), "documents.correct", copy, json!({ "previous": id })).await?;
    tx.commit().await?;
    Ok(copy)
}
