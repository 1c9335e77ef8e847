//! What the reviewer does to one task.

use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer},
};

use super::review::{again, back};
use crate::documents::{
    forms::{ChoiceForm, SplitForm, TaskForm},
    policy::Prepare,
    service::{self, Choice},
    views::review::{Asked, ReviewView},
};

/// `POST /van-ban/{id}/nhiem-vu`
pub(in crate::documents) async fn add(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path(id): Path<Uuid>,
    p: Chrome,
    Form(form): Form<TaskForm>,
) -> Result {
    let outcome = match form.parse() {
        Ok(edit) => {
            let after = Uuid::parse_str(&form.after).ok();
            service::add_task(&app, &permit, id, after, form.anchor.trim(), edit).await
        }
        Err(error) => Err(error),
    };
    let done = |task| back(id, Some(task), Flash::ok("Đã thêm nhiệm vụ."));
    let asked = Asked { adding: true, ..Asked::default() };
    answer(outcome, done, |errors| again(&app, &permit, p, id, asked, |v| v.task_form = form, errors)).await
}

/// `POST /van-ban/{id}/nhiem-vu/{task}/sua`
pub(in crate::documents) async fn edit(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path((id, task)): Path<(Uuid, Uuid)>,
    p: Chrome,
    Form(form): Form<TaskForm>,
) -> Result {
    let outcome = match form.parse() {
        Ok(edit) => service::edit_task(&app, &permit, id, task, edit).await,
        Err(error) => Err(error),
    };
    let done = |()| back(id, Some(task), Flash::ok("Đã lưu nhiệm vụ."));
    let asked = Asked { editing: Some(task), ..Asked::default() };
    answer(outcome, done, |errors| again(&app, &permit, p, id, asked, |v| v.task_form = form, errors)).await
}

/// `POST /van-ban/{id}/nhiem-vu/{task}/nhan`
pub(in crate::documents) async fn accept(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path((id, task)): Path<(Uuid, Uuid)>,
) -> Result {
    mark(&app, &permit, id, task, "accepted", "Đã nhận nhiệm vụ.").await
}

/// `POST /van-ban/{id}/nhiem-vu/{task}/bo`
pub(in crate::documents) async fn remove(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path((id, task)): Path<(Uuid, Uuid)>,
) -> Result {
    mark(&app, &permit, id, task, "dropped", "Đã bỏ, không tính là nhiệm vụ.").await
}

/// `POST /van-ban/{id}/nhiem-vu/{task}/mo-lai`
pub(in crate::documents) async fn reopen(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path((id, task)): Path<(Uuid, Uuid)>,
) -> Result {
    mark(&app, &permit, id, task, "open", "Đã mở lại nhiệm vụ.").await
}

async fn mark(
    app: &App,
    permit: &Permit<Prepare>,
    id: Uuid,
    task: Uuid,
    state: &'static str,
    said: &'static str,
) -> Result<Response> {
    service::set_task_state(app, permit, id, task, state).await?;
    Ok(back(id, Some(task), Flash::ok(said)))
}

/// `POST /van-ban/{id}/nhiem-vu/{task}/tach`
pub(in crate::documents) async fn split(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path((id, task)): Path<(Uuid, Uuid)>,
    Form(form): Form<SplitForm>,
) -> Result {
    // Nothing begins a second half at the beginning: no choice is refused like a wrong one, once the task was found.
    let at = form.at.parse().unwrap_or(0);
    service::split_task(&app, &permit, id, task, at).await?;
    Ok(back(id, Some(task), Flash::ok("Đã tách thành hai nhiệm vụ.")))
}

/// `POST /van-ban/{id}/nhiem-vu/{task}/gop`
pub(in crate::documents) async fn merge(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path((id, task)): Path<(Uuid, Uuid)>,
) -> Result {
    service::merge_task(&app, &permit, id, task).await?;
    Ok(back(id, Some(task), Flash::ok("Đã gộp với mục sau.")))
}

/// `POST /van-ban/{id}/ben/{party}`
pub(in crate::documents) async fn choose(
    State(app): State<App>,
    permit: Permit<Prepare>,
    Path((id, party)): Path<(Uuid, Uuid)>,
    p: Chrome,
    Form(form): Form<ChoiceForm>,
) -> Result {
    let called = form.called.trim();
    let choice = match form.agency.as_str() {
        _ if !called.is_empty() => Choice::Called(called.to_owned()),
        "khong" => Choice::Nobody,
        "tat-ca" => Choice::Everybody,
        known if !known.is_empty() => Choice::Known(known.to_owned()),
        _ => Choice::Called(String::new()),
    };
    let outcome = service::choose_party(&app, &permit, id, party, choice, form.remember.is_some()).await;
    let done = |count| back(id, None, Flash::ok(format!("Đã ghi nhận cho {count} chỗ nêu cơ quan này.")));
    let typed = |v: &mut ReviewView| v.choice = Some((party, form));
    answer(outcome, done, |errors| again(&app, &permit, p, id, Asked::default(), typed, errors)).await
}
