//! What an agency does with its obligation: receive, report with evidence, decline a request.

use bytes::Bytes;
use kernel::{Error, Permit, Result, Role, Timestamp, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use records::documents::place_label;
use serde_json::json;

use super::object;
use crate::plans::{
    model::{
        kind::Stage,
        state::{Act, State, after},
    },
    policy::ReportProgress,
    store::{self, NewStep, Obligation, Stored, Task},
};

/// Most files in one report.
const FILES: usize = 20;

/// A file as it came.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub name: String,
    pub media_type: String,
    pub bytes: Bytes,
}

/// What an agency reports.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    /// Version of the obligation that the form was made from.
    pub version: i64,
    pub percent: i64,
    pub result: String,
    pub difficulty: String,
    /// Key of a [`Stage`].
    pub stage: String,
    pub product_number: String,
    /// Done, or still under way?
    pub done: bool,
    pub files: Vec<Upload>,
}

/// The state after an act, or why not.
pub(super) fn step_to(row: &Obligation, act: Act) -> Result<State> {
    after(row.state(), act, row.nature()).ok_or_else(|| {
        let label = row.state().label();
        Error::Conflict(format!("Nhiệm vụ này đang ở trạng thái “{label}” nên không thực hiện được thao tác đó."))
    })
}

/// Notes that the agency has received it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`].
pub(crate) async fn receive(app: &App, permit: &Permit<ReportProgress>, id: Uuid) -> Result<()> {
    let (row, _) = object::for_agency(app, permit, id).await?;
    step_to(&row, Act::Receive)?;
    take(app, permit, vec![row]).await
}

/// Notes it for several at once; how many of them were new.
///
/// # Errors
/// [`Error::Invalid`] when none of them is new and of the person's agencies, [`Error::Conflict`] when one changed meanwhile.
pub(crate) async fn receive_many(app: &App, permit: &Permit<ReportProgress>, ids: &[Uuid]) -> Result<usize> {
    let rows = store::new_obligations(app.db.read(), ids, permit.roots()).await?;
    if rows.is_empty() {
        return Err(Error::invalid("nv", "Hãy đánh dấu ít nhất một nhiệm vụ chưa tiếp nhận."));
    }
    let count = rows.len();
    take(app, permit, rows).await?;
    Ok(count)
}

async fn take(app: &App, permit: &Permit<ReportProgress>, rows: Vec<Obligation>) -> Result<()> {
    let now = app.clock.now();
    let changes: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let mut next = row.clone();
            next.set_state(State::Received);
            next.received_at = Some(now.0);
            (row, next)
        })
        .collect();
    let tx = app.db.begin().await?;
    store::change_many(&tx, &changes).await?;
    for (row, _) in &changes {
        received(&tx, now, permit, row).await?;
        note(app, &tx, permit, "plans.receive", row.id, json!({})).await?;
    }
    tx.commit().await
}

/// What an agency does first is also its receiving: the step, when the duty was new.
pub(super) async fn received(
    tx: &::store::Tx,
    now: Timestamp,
    permit: &Permit<ReportProgress>,
    row: &Obligation,
) -> Result<()> {
    if row.state() == State::New {
        let step = NewStep { kind: Act::Receive.key(), ..NewStep::default() };
        store::insert_step(tx, now, permit.actor(), row.id, step).await?;
    }
    Ok(())
}

/// Declines what was only requested; the secretariat of the plan's owner is told.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it was ordered, [`Error::Invalid`] without a reason.
pub(crate) async fn decline(app: &App, permit: &Permit<ReportProgress>, id: Uuid, reason: &str) -> Result<()> {
    let (row, plan) = object::for_agency(app, permit, id).await?;
    let state = step_to(&row, Act::Decline)?;
    if reason.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do không nhận."));
    }
    let line = store::line(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let day = time::date_to_int(app.clock.today());
    let mut told = store::contacts(app.db.read(), &[plan.owner_id], day).await?;
    told.retain(|contact| contact.role == Role::Secretariat.key());
    let mut next = row.clone();
    next.set_state(state);
    let tx = app.db.begin().await?;
    store::change(&tx, &row, &next).await?;
    store::drop_requests(&tx, id).await?;
    let step = NewStep { kind: Act::Decline.key(), body: reason, ..NewStep::default() };
    store::insert_step(&tx, app.clock.now(), permit.actor(), id, step).await?;
    let body =
        format!("{} không nhận đề nghị ở {}, {}: {reason}", line.agency_name, place_label(&line.anchor), plan.number);
    for contact in told {
        store::insert_notice(&tx, app.clock.now(), contact.user_id, &body, &format!("/nghia-vu/{id}")).await?;
    }
    note(app, &tx, permit, "plans.decline", id, json!({})).await?;
    tx.commit().await
}

/// Reports progress, or completion, with evidence.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it changed meanwhile, [`Error::Invalid`] with what is wrong.
pub(crate) async fn report(app: &App, permit: &Permit<ReportProgress>, id: Uuid, report: Report) -> Result<()> {
    let (row, _) = object::for_agency(app, permit, id).await?;
    let act = if report.done { Act::Submit } else { Act::Report };
    let state = step_to(&row, act)?;
    let task = store::task(app.db.read(), row.task_id).await?.ok_or(Error::NotFound)?;
    check(app, &row, &task, &report)?;
    let files = keep(app, report.files).await?;
    let now = app.clock.now();
    let mut next = row.clone();
    next.set_state(state);
    next.percent = if report.done { 100 } else { report.percent };
    next.result = report.result;
    next.difficulty = report.difficulty;
    if row.product_document_id.is_none() {
        next.product_stage = Stage::from_key(&report.stage).key().to_owned();
        next.product_number = report.product_number;
    }
    next.received_at = row.received_at.or(Some(now.0));
    next.reported_at = Some(now.0);
    if report.done {
        next.done_on = Some(time::date_to_int(now.date()));
    }
    let tx = app.db.begin().await?;
    store::change(&tx, &row, &next).await?;
    let body = [next.result.as_str(), next.difficulty.as_str()].into_iter().filter(|text| !text.is_empty());
    let body = body.collect::<Vec<_>>().join("\nKhó khăn, vướng mắc: ");
    received(&tx, now, permit, &row).await?;
    let step = NewStep { kind: act.key(), percent: Some(next.percent), body: &body, ..NewStep::default() };
    let step = store::insert_step(&tx, now, permit.actor(), id, step).await?;
    let count = files.len();
    store::insert_evidence(&tx, now, permit.actor().user, id, step, files).await?;
    let detail = json!({ "percent": next.percent, "state": next.state, "files": count });
    note(app, &tx, permit, "plans.report", id, detail).await?;
    tx.commit().await
}

fn check(app: &App, row: &Obligation, task: &Task, report: &Report) -> Result<()> {
    if row.version != report.version {
        return Err(Error::Conflict(
            "Người khác vừa cập nhật nhiệm vụ này. Hãy tải lại trang để xem rồi báo cáo tiếp.".into(),
        ));
    }
    let mut errors = kernel::FieldErrors::default();
    if !(0..=100).contains(&report.percent) {
        errors.add("phan_tram", "Tỷ lệ phải từ 0 đến 100.");
    }
    if report.done && report.result.is_empty() {
        errors.add("ket_qua", "Hãy nêu kết quả trước khi báo hoàn thành.");
    }
    if report.done && row.role == "lead" && row.product_document_id.is_none() && task.expects_product() {
        let issued = Stage::Issued;
        if Stage::from_key(&report.stage) != issued {
            let label = issued.label();
            errors.add("san_pham", format!("Khi báo hoàn thành, sản phẩm phải ở bước “{label}”."));
        } else if !task.product_kind.is_empty() && report.product_number.is_empty() {
            errors.add("so_van_ban", "Hãy ghi số, ký hiệu văn bản đã ban hành.");
        }
    }
    let product = |stage: &str, number: &str| (Stage::from_key(stage), number.to_owned());
    let same = (report.percent, &report.result, &report.difficulty) == (row.percent, &row.result, &row.difficulty)
        && product(&report.stage, &report.product_number) == product(&row.product_stage, &row.product_number);
    if !report.done && same && report.files.is_empty() {
        errors.add(
            "ket_qua",
            "Báo cáo chưa có gì mới; hãy ghi kết quả, khó khăn, tỷ lệ đã làm hoặc đính kèm minh chứng.",
        );
    }
    if report.files.len() > FILES {
        errors.add("tep", format!("Mỗi lần gửi nhiều nhất {FILES} tệp."));
    }
    let limit = app.config.server.upload_mb.saturating_mul(1 << 20);
    for file in &report.files {
        if file.bytes.is_empty() {
            errors.add("tep", format!("Tệp “{}” rỗng.", file.name));
        } else if file.bytes.len() > limit {
            let most = app.config.server.upload_mb;
            errors.add("tep", format!("Tệp “{}” lớn hơn {most} MB; hãy gửi tệp nhỏ hơn.", file.name));
        }
    }
    errors.into_result(())
}

async fn keep(app: &App, files: Vec<Upload>) -> Result<Vec<Stored>> {
    let mut out = Vec::with_capacity(files.len());
    for file in files {
        let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        let hash = app.blobs.put(file.bytes).await?;
        out.push(Stored { name: file.name, hash, media_type: file.media_type, size });
    }
    Ok(out)
}

/// Records what was done to an obligation.
pub(super) async fn note<A: kernel::Action>(
    app: &App,
    tx: &::store::Tx,
    permit: &Permit<A>,
    action: &str,
    id: Uuid,
    detail: serde_json::Value,
) -> Result<()> {
    let entry = Entry { action, subject: "obligation", id: Some(id), detail };
    audit::record(&**tx, &*app.clock, permit.actor(), entry).await
}
