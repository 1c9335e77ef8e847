//! One task becomes two, two become one.

use kernel::{Error, Permit, Result, Uuid, new_id};
use platform::App;
use serde_json::json;

use super::{
    review::{draft, free_anchor},
    upload::note,
};
use crate::documents::{
    model::task::breaks,
    policy::Prepare,
    store::{self, PartyRow, Task},
};

/// Divides a task at a byte of its text; both halves keep parties and deadline.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the text cannot be divided there.
pub async fn split_task(app: &App, permit: &Permit<Prepare>, id: Uuid, task: Uuid, at: usize) -> Result<()> {
    let tx = app.db.begin().await?;
    let document = draft(&tx, permit, id).await?;
    let tasks = store::tasks(&*tx, id).await?;
    let mut first = tasks.iter().find(|one| one.id == task).cloned().ok_or(Error::NotFound)?;
    let halves = breaks(&first.body).contains(&at).then(|| first.body.split_at_checked(at)).flatten();
    let (head, tail) = halves.ok_or_else(|| Error::invalid("at", "Hãy chọn một chỗ tách trong danh sách."))?;
    let (head, tail) = (head.trim().to_owned(), tail.trim().to_owned());
    let mut second = first.clone();
    second.id = new_id();
    second.anchor = free_anchor(&tasks, &first.anchor);
    second.position = first.position + 1;
    second.body = tail;
    second.origin = "split".into();
    second.state = "open".into();
    if let Some(cut) = cut(&document.body, &first, &second.body) {
        second.span_start = cut;
        first.span_end = cut;
    }
    first.body = head;
    first.origin = "split".into();
    let parties: Vec<PartyRow> = store::parties_of(&*tx, first.id)
        .await?
        .into_iter()
        .map(|party| PartyRow { id: new_id(), task_id: second.id, ..party })
        .collect();
    store::shift_tasks(&*tx, id, first.position, 1).await?;
    store::update_task(&*tx, &first).await?;
    store::insert_tasks(&*tx, id, std::slice::from_ref(&second)).await?;
    store::insert_parties(&*tx, id, &parties).await?;
    store::count_tasks(&*tx, id).await?;
    note(&tx, app, permit.actor(), "documents.split_task", id, json!({ "task": first.anchor, "new": second.anchor }))
        .await?;
    tx.commit().await
}

/// Where the second half begins in the text of the paper.
fn cut(text: &str, first: &Task, tail: &str) -> Option<i64> {
    let span = store::span(first.span_start, first.span_end)?;
    let begin: String = tail.chars().take(40).collect();
    let at = text.get(span.start..span.end)?.rfind(&begin)?;
    i64::try_from(span.start + at).ok()
}

/// Joins a task with the next one that was not dropped; parties and deadlines of both.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when there is no next one.
pub async fn merge_task(app: &App, permit: &Permit<Prepare>, id: Uuid, task: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    draft(&tx, permit, id).await?;
    let tasks = store::tasks(&*tx, id).await?;
    let at = tasks.iter().position(|one| one.id == task).ok_or(Error::NotFound)?;
    let next = tasks.iter().skip(at + 1).find(|one| one.state != "dropped");
    let (Some(mut first), Some(next)) = (tasks.get(at).cloned(), next) else {
        return Err(Error::Conflict("Đây là nhiệm vụ cuối, không có mục sau để gộp.".into()));
    };
    first.body = format!("{}\n{}", first.body.trim_end(), next.body.trim_start());
    if first.deadline_kind == "none" {
        first.deadline_kind = next.deadline_kind.clone();
        first.deadline_value = next.deadline_value.clone();
        first.deadline_text = next.deadline_text.clone();
        (first.deadline_start, first.deadline_end) = (next.deadline_start, next.deadline_end);
    }
    let mut more = first.deadlines_more();
    more.push(next.deadline());
    more.extend(next.deadlines_more());
    first.set_deadlines_more(&more);
    if first.product.is_empty() {
        first.product = next.product.clone();
    }
    first.span_end = first.span_end.max(next.span_end);
    first.confidence = first.confidence.min(next.confidence);
    first.origin = "merged".into();
    first.state = "open".into();
    let own = store::parties_of(&*tx, first.id).await?;
    let joined: Vec<PartyRow> = store::parties_of(&*tx, next.id)
        .await?
        .into_iter()
        .filter(|party| !own.iter().any(|known| known.words == party.words))
        .zip(own.len() as i64 + 1..)
        .map(|(party, position)| PartyRow { id: new_id(), task_id: first.id, position, ..party })
        .collect();
    store::update_task(&*tx, &first).await?;
    store::insert_parties(&*tx, id, &joined).await?;
    store::delete_task(&*tx, next.id).await?;
    store::count_tasks(&*tx, id).await?;
    note(&tx, app, permit.actor(), "documents.merge_task", id, json!({ "task": first.anchor, "with": next.anchor }))
        .await?;
    tx.commit().await
}
