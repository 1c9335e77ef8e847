//! Passing a report on: checker, head, the level above; questions.

use axum::extract::{Form as PostForm, Path, State};
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Flash, Result, see_other},
};

use serde::Deserialize;

use crate::reporting::{
    forms::CellsForm,
    policy::{CheckReports, DecideReports, FillReports, SignReports},
    service,
};

fn back(id: Uuid, words: &str) -> Result {
    Ok(see_other(&format!("/bao-cao/{id}"), Flash::ok(words)))
}

/// Back to the report with what is wrong, when that can be put right there.
fn said(id: Uuid, outcome: kernel::Result<()>, words: &str) -> Result {
    match outcome {
        Ok(()) => back(id, words),
        Err(error) => Err(error.into()),
    }
}

/// `POST /bao-cao/{id}/kiem-tra`
pub(in crate::reporting) async fn check(
    State(app): State<App>,
    permit: Permit<CheckReports>,
    Path(id): Path<Uuid>,
) -> Result {
    said(id, service::check(&app, &permit, id).await, "Đã trình thủ trưởng.")
}

/// `POST /bao-cao/{id}/tra-nguoi-lap`
pub(in crate::reporting) async fn give_back(
    State(app): State<App>,
    permit: Permit<CheckReports>,
    Path(id): Path<Uuid>,
    PostForm(form): PostForm<CellsForm>,
) -> Result {
    said(id, service::give_back(&app, &permit, id, &form.reason()?).await, "Đã trả người lập.")
}

/// `POST /bao-cao/{id}/gui`
pub(in crate::reporting) async fn send(
    State(app): State<App>,
    permit: Permit<SignReports>,
    Path(id): Path<Uuid>,
) -> Result {
    said(id, service::send(&app, &permit, id).await, "Đã gửi báo cáo lên cấp trên.")
}

/// `POST /bao-cao/{id}/tra-lai`
pub(in crate::reporting) async fn return_report(
    State(app): State<App>,
    permit: Permit<DecideReports>,
    Path(id): Path<Uuid>,
    PostForm(form): PostForm<CellsForm>,
) -> Result {
    let outcome = service::return_report(&app, &permit, id, &form.reason()?, &form.reasons()).await;
    said(id, outcome, "Đã trả lại báo cáo kèm lý do.")
}

/// `POST /bao-cao/{id}/duyet`
pub(in crate::reporting) async fn approve(
    State(app): State<App>,
    permit: Permit<DecideReports>,
    Path(id): Path<Uuid>,
) -> Result {
    said(id, service::approve(&app, &permit, id).await, "Đã duyệt; số liệu đã vào bảng tổng hợp.")
}

/// `POST /bao-cao/{id}/tiep-nhan`
pub(in crate::reporting) async fn accept(
    State(app): State<App>,
    permit: Permit<DecideReports>,
    Path(id): Path<Uuid>,
) -> Result {
    said(id, service::accept(&app, &permit, id).await, "Đã tiếp nhận và khóa báo cáo.")
}

/// Of which agency the approved reports are accepted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::reporting) struct NodeForm {
    co: Uuid,
}

/// `POST /ky-bao-cao/{id}/tiep-nhan`: everything that was approved.
pub(in crate::reporting) async fn accept_all(
    State(app): State<App>,
    permit: Permit<DecideReports>,
    Path(id): Path<Uuid>,
    PostForm(NodeForm { co }): PostForm<NodeForm>,
) -> Result {
    let count = service::accept_all(&app, &permit, id, co).await?;
    let words = format!("Đã tiếp nhận và khóa {count} báo cáo.");
    Ok(see_other(&format!("/ky-bao-cao/{id}?co={co}"), Flash::ok(words)))
}

/// `POST /bao-cao/{id}/hoi`
pub(in crate::reporting) async fn ask(
    State(app): State<App>,
    permit: Permit<DecideReports>,
    Path(id): Path<Uuid>,
    PostForm(form): PostForm<CellsForm>,
) -> Result {
    let body: String = form.get("cau_hoi").chars().take(2000).collect();
    said(id, service::ask(&app, &permit, id, form.get("o"), &body).await, "Đã gửi câu hỏi cho đơn vị.")
}

/// `POST /bao-cao/{id}/tra-loi/{question}`
pub(in crate::reporting) async fn answer(
    State(app): State<App>,
    permit: Permit<FillReports>,
    Path((id, question)): Path<(Uuid, Uuid)>,
    PostForm(form): PostForm<CellsForm>,
) -> Result {
    let body: String = form.get("tra_loi").chars().take(2000).collect();
    said(id, service::answer(&app, &permit, id, question, &body).await, "Đã trả lời.")
}

/// `POST /bao-cao/{id}/theo-doi/{question}`
pub(in crate::reporting) async fn follow(
    State(app): State<App>,
    permit: Permit<DecideReports>,
    Path((id, question)): Path<(Uuid, Uuid)>,
) -> Result {
    said(id, service::follow(&app, &permit, id, question).await, "Đã đổi dấu theo dõi.")
}
