//! One obligation with everything about it, and what can be done to it.

use askama::Template;
use axum::extract::{Form, Multipart, Path, State, multipart::MultipartRejection};
use kernel::{Error, Permit, Role, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, download, page as show, see_other},
};

use crate::plans::{
    forms::{WordForm, read_report},
    model::{
        kind::Stage,
        state::{Act, State as Where, after},
    },
    policy::{DecidePlans, ReadPlans, ReportProgress},
    service::{self, Sight},
    store::{self, Evidence, Obligation, Request, Scope, Task},
    views::{HistoryRow, Row},
};

#[derive(Template)]
#[template(path = "plans/templates/obligation.html")]
struct ObligationPage {
    p: Chrome,
    sight: Sight,
    task: Task,
    me: Row,
    others: Vec<Row>,
    others_more: bool,
    history: Vec<HistoryRow>,
    requests: Vec<Request>,
    files: Vec<Evidence>,
    stages: [Stage; 4],
}

impl ObligationPage {
    fn can(&self, act: Act) -> bool {
        after(self.sight.row.state(), act, self.sight.row.nature()).is_some()
    }

    fn acts(&self) -> bool {
        self.sight.agency_side && self.sight.row.state().open()
    }

    fn open_requests(&self) -> Vec<&Request> {
        self.requests.iter().filter(|request| request.state == "open").collect()
    }

    fn moved(&self) -> Option<Uuid> {
        self.sight.row.moved_to
    }
}

/// `GET /nghia-vu/{id}`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path(id): Path<Uuid>,
) -> Result {
    let mut sight = service::sight(&app, &permit, id).await?;
    if opened_by_its_own(&permit, &sight.row)
        && sight.row.state() == Where::New
        && let Some(report) = Permit::<ReportProgress>::of(permit.actor())
    {
        // Opening it is receiving it; somebody who did so at the same moment was first.
        match service::receive(&app, &report, id).await {
            Ok(()) | Err(Error::Conflict(_)) => sight = service::sight(&app, &permit, id).await?,
            Err(error) => return Err(error.into()),
        }
    }
    let c = app.db.read();
    let today = app.clock.today();
    let task = store::task(c, sight.row.task_id).await?.ok_or(Error::NotFound)?;
    let scope = Scope::of(c, &permit).await?;
    let mut sides = store::sides(c, &sight.row).await?;
    let me = sides.iter().position(|line| line.id == id).map(|at| sides.remove(at)).ok_or(Error::NotFound)?;
    let shown: Vec<Row> = sides.iter().take(12).map(|line| Row::of(&p, line, today)).collect();
    let view = ObligationPage {
        me: Row::of(&p, &me, today),
        others_more: sides.len() > shown.len() || scope.sees_whole(sight.plan.id),
        others: shown,
        history: store::steps(c, id).await?.iter().map(|step| HistoryRow::of(&p, step)).collect(),
        requests: store::requests(c, id).await?,
        files: store::evidence(c, id).await?,
        stages: Stage::ALL,
        task,
        sight,
        p,
    };
    show(&view)
}

/// Somebody who works at exactly this agency.
fn opened_by_its_own(permit: &Permit<ReadPlans>, row: &Obligation) -> bool {
    let working = [Role::FocalPoint, Role::Contributor, Role::Secretariat];
    permit.actor().holdings.iter().any(|held| held.agency == row.agency_id && working.contains(&held.role))
}

fn back(id: Uuid, text: &str) -> axum::response::Response {
    see_other(&format!("/nghia-vu/{id}"), Flash::ok(text))
}

/// A form that did not pass goes back to the page with the reason.
fn or_back(id: Uuid, outcome: kernel::Result<()>, text: &str) -> Result {
    match outcome {
        Ok(()) => Ok(back(id, text)),
        Err(Error::Invalid(errors)) => {
            let why: Vec<String> = errors.0.into_values().collect();
            Ok(see_other(&format!("/nghia-vu/{id}"), Flash::warn(why.join(" "))))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /nghia-vu/{id}/tiep-nhan`
pub(in crate::plans) async fn receive(
    State(app): State<App>,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
) -> Result {
    or_back(id, service::receive(&app, &permit, id).await, "Đã tiếp nhận.")
}

/// `POST /nghia-vu/{id}/bao-cao`
pub(in crate::plans) async fn report(
    State(app): State<App>,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Result {
    service::may_act(&app, &permit, id).await?;
    let parts = parts.map_err(|e| Error::invalid("tep", e.body_text()))?;
    let outcome = match read_report(parts).await {
        Ok(report) => service::report(&app, &permit, id, report).await,
        Err(error) => Err(error),
    };
    or_back(id, outcome, "Đã gửi báo cáo tiến độ.")
}

/// `POST /nghia-vu/{id}/kien-nghi`
pub(in crate::plans) async fn propose(
    State(app): State<App>,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    let outcome = match form.reason() {
        Ok(reason) => service::propose(&app, &permit, id, &reason).await,
        Err(error) => Err(error),
    };
    or_back(id, outcome, "Đã gửi kiến nghị điều chỉnh.")
}

/// `POST /nghia-vu/{id}/gia-han`
pub(in crate::plans) async fn ask_for_time(
    State(app): State<App>,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    service::may_act(&app, &permit, id).await?;
    let outcome = async {
        let until = form.until()?.ok_or_else(|| Error::invalid("den_ngay", "Hãy điền ngày xin gia hạn đến."))?;
        service::ask_for_time(&app, &permit, id, &form.reason()?, until).await
    };
    or_back(id, outcome.await, "Đã gửi đơn xin gia hạn.")
}

/// `POST /nghia-vu/{id}/khong-nhan`
pub(in crate::plans) async fn decline(
    State(app): State<App>,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    let outcome = match form.reason() {
        Ok(reason) => service::decline(&app, &permit, id, &reason).await,
        Err(error) => Err(error),
    };
    or_back(id, outcome, "Đã trả lời không nhận đề nghị.")
}

/// `POST /nghia-vu/{id}/ket-luan`: confirms completion, or returns it.
pub(in crate::plans) async fn end(
    State(app): State<App>,
    permit: Permit<DecidePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    let returned = form.lam == "tra-lai";
    let outcome = match form.answer() {
        Ok(word) if returned => service::give_back(&app, &permit, id, &word).await,
        Ok(word) => service::confirm(&app, &permit, id, &word).await,
        Err(error) => Err(error),
    };
    or_back(id, outcome, if returned { "Đã trả lại đơn vị." } else { "Đã xác nhận hoàn thành." })
}

/// `POST /de-nghi/{id}`: decides a proposal.
pub(in crate::plans) async fn decide(
    State(app): State<App>,
    permit: Permit<DecidePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    let agreed = form.lam == "dong-y";
    let of = store::request(app.db.read(), id).await?.ok_or(Error::NotFound)?.obligation_id;
    let outcome = async {
        let (until, answer) = (form.until()?, form.answer()?);
        service::decide(&app, &permit, id, agreed, until, &answer).await.map(drop)
    };
    or_back(of, outcome.await, if agreed { "Đã đồng ý." } else { "Đã trả lời không đồng ý." })
}

/// `GET /minh-chung/{id}`
pub(in crate::plans) async fn file(State(app): State<App>, permit: Permit<ReadPlans>, Path(id): Path<Uuid>) -> Result {
    let file = store::evidence_file(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    service::sight(&app, &permit, file.obligation_id).await?;
    let bytes = app.blobs.get(&file.file_hash).await?;
    let ascii: String = file.file_name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    Ok(download(&ascii, "application/octet-stream", bytes.to_vec()))
}
