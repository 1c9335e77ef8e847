//! One obligation with everything about it, and what can be done to it.

use askama::Template;
use axum::{
    extract::{Form, FromRequestParts, Multipart, Path, State, multipart::MultipartRejection},
    http::request::Parts,
};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, download, page as show, see_other},
};

use records::activities::{self, Line as Activity, policy::RecordActivities};

use crate::letterhead::Letterhead;
use crate::plans::{
    forms::{WordForm, read_report},
    model::{
        kind::Stage,
        state::{Act, after},
    },
    policy::{DecidePlans, ReadPlans, ReportProgress},
    service::{self, Report, Sight},
    store::{self, Evidence, Request, Scope, Task},
    views::{HistoryRow, Row, day},
};

#[derive(Template)]
#[template(path = "plans/templates/obligation.html")]
struct ObligationPage {
    p: Chrome,
    letterhead: Letterhead,
    sight: Sight,
    task: Task,
    me: Row,
    others: Vec<Row>,
    others_more: bool,
    history: Vec<HistoryRow>,
    requests: Vec<Request>,
    files: Vec<Evidence>,
    activities: Vec<Activity>,
    records: bool,
    stages: [Stage; 4],
    typed: Typed,
}

/// What was typed into a form that did not pass, and why: it is shown again, so that nothing is lost.
#[derive(Default)]
struct Typed {
    report: Option<Report>,
    /// The form, by the last part of its address, and its fields.
    word: Option<(String, WordForm)>,
    errors: FieldErrors,
}

impl Typed {
    fn word(form: impl ToString, word: WordForm) -> Self {
        Self { word: Some((form.to_string(), word)), ..Self::default() }
    }

    fn of(&self, form: &str) -> Option<&WordForm> {
        self.word.as_ref().filter(|(name, _)| name == form).map(|(_, word)| word)
    }

    fn reason(&self, form: &str) -> &str {
        self.of(form).map_or("", |word| &word.ly_do)
    }

    fn answer(&self, form: impl AsRef<str>) -> &str {
        self.of(form.as_ref()).map_or("", |word| &word.tra_loi)
    }

    fn until(&self, form: impl AsRef<str>) -> &str {
        self.of(form.as_ref()).map_or("", |word| &word.den_ngay)
    }

    fn content(&self, form: &str) -> &str {
        self.of(form).map_or("", |word| &word.noi_dung)
    }

    /// What the owner is about to agree to: as typed, or as it was proposed.
    fn agreeing(&self, request: &Request) -> (String, String) {
        match self.of(&request.id.to_string()) {
            Some(word) => (word.noi_dung.clone(), word.den_ngay.clone()),
            None => (request.proposal.clone(), request.wanted_date.map(day).unwrap_or_default()),
        }
    }
}

impl ObligationPage {
    /// The report as typed, or as it was last given.
    fn report(&self) -> Report {
        self.typed.report.clone().unwrap_or_else(|| Report {
            percent: self.sight.row.percent,
            result: self.sight.row.result.clone(),
            difficulty: self.sight.row.difficulty.clone(),
            stage: self.sight.row.product_stage.clone(),
            product_number: self.sight.row.product_number.clone(),
            ..Report::default()
        })
    }

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

/// `GET /nghia-vu/{id}`: looking at it changes nothing.
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    show(&view(&app, p, &permit, sight, Typed::default()).await?)
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadPlans>,
    sight: Sight,
    typed: Typed,
) -> kernel::Result<ObligationPage> {
    let (c, today, id) = (app.db.read(), app.clock.today(), sight.row.id);
    let task = store::task(c, sight.row.task_id).await?.ok_or(Error::NotFound)?;
    let scope = Scope::of(c, permit).await?;
    let mut sides = store::sides(c, &sight.row).await?;
    let me = sides.iter().position(|line| line.id == id).map(|at| sides.remove(at)).ok_or(Error::NotFound)?;
    let shown: Vec<Row> = sides.iter().take(12).map(|line| Row::of(&p, line, today)).collect();
    Ok(ObligationPage {
        me: Row::of(&p, &me, today),
        letterhead: Letterhead::of(app, permit.actor()).await?,
        others_more: sides.len() > shown.len() || scope.sees_whole(sight.plan.id),
        others: shown,
        history: store::steps(c, id).await?.iter().map(|step| HistoryRow::of(&p, step)).collect(),
        requests: store::requests(c, id).await?,
        files: store::evidence(c, id).await?,
        activities: activities::serving(c, service::KIND, id).await?,
        records: sight.agency_side && Permit::<RecordActivities>::of(permit.actor()).is_some(),
        stages: Stage::ALL,
        task,
        sight,
        typed,
        p,
    })
}

/// Where a form was sent from.
pub(in crate::plans) struct Sender {
    app: App,
    p: Chrome,
    read: Permit<ReadPlans>,
}

impl FromRequestParts<App> for Sender {
    type Rejection = platform::web::Fail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Self, Self::Rejection> {
        let p = Chrome::from_request_parts(parts, app).await.unwrap_or_default();
        Ok(Self { app: app.clone(), p, read: Permit::from_request_parts(parts, app).await? })
    }
}

impl Sender {
    /// Back to the page with a word when it worked; else the form again as it was typed, with what is wrong.
    async fn answer(self, id: Uuid, outcome: kernel::Result<()>, done: &str, mut typed: Typed) -> Result {
        let done = |()| see_other(&format!("/nghia-vu/{id}"), Flash::ok(done));
        let again = |errors| async move {
            typed.errors = errors;
            if typed.report.as_ref().is_some_and(|report| !report.files.is_empty()) {
                typed.errors.add("tep", "Hãy chọn lại tệp minh chứng; trình duyệt không giữ tệp đã chọn.");
            }
            let sight = service::sight(&self.app, &self.read, id).await?;
            view(&self.app, self.p, &self.read, sight, typed).await
        };
        answer(outcome, done, again).await
    }
}

/// `POST /nghia-vu/{id}/tiep-nhan`
pub(in crate::plans) async fn receive(from: Sender, permit: Permit<ReportProgress>, Path(id): Path<Uuid>) -> Result {
    let outcome = service::receive(&from.app, &permit, id).await;
    from.answer(id, outcome, "Đã tiếp nhận.", Typed::default()).await
}

/// `POST /nghia-vu/{id}/bao-cao`
pub(in crate::plans) async fn report(
    from: Sender,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Result {
    service::may_act(&from.app, &permit, id).await?;
    let parts = parts.map_err(|e| Error::invalid("tep", e.body_text()))?;
    let mut report = Report::default();
    let outcome = match read_report(parts, &mut report).await {
        Ok(()) => service::report(&from.app, &permit, id, report.clone()).await,
        Err(error) => Err(error),
    };
    let typed = Typed { report: Some(report), ..Typed::default() };
    from.answer(id, outcome, "Đã gửi báo cáo tiến độ.", typed).await
}

/// `POST /nghia-vu/{id}/kien-nghi`
pub(in crate::plans) async fn propose(
    from: Sender,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    service::may_act(&from.app, &permit, id).await?;
    let outcome = match form.proposal() {
        Ok(proposal) => service::propose(&from.app, &permit, id, &proposal).await,
        Err(error) => Err(error),
    };
    from.answer(id, outcome, "Đã gửi kiến nghị điều chỉnh.", Typed::word("kien-nghi", form)).await
}

/// `POST /nghia-vu/{id}/gia-han`
pub(in crate::plans) async fn ask_for_time(
    from: Sender,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    service::may_act(&from.app, &permit, id).await?;
    let outcome = async {
        let until = form.until()?.ok_or_else(|| Error::invalid("den_ngay", "Hãy điền ngày đề nghị gia hạn đến."))?;
        service::ask_for_time(&from.app, &permit, id, &form.reason()?, until).await
    };
    let outcome = outcome.await;
    from.answer(id, outcome, "Đã gửi đề nghị gia hạn.", Typed::word("gia-han", form)).await
}

/// `POST /nghia-vu/{id}/khong-nhan`
pub(in crate::plans) async fn decline(
    from: Sender,
    permit: Permit<ReportProgress>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    let outcome = match form.reason() {
        Ok(reason) => service::decline(&from.app, &permit, id, &reason).await,
        Err(error) => Err(error),
    };
    from.answer(id, outcome, "Đã trả lời không nhận đề nghị.", Typed::word("khong-nhan", form)).await
}

/// `POST /nghia-vu/{id}/ket-luan`: confirms completion, or returns it.
pub(in crate::plans) async fn end(
    from: Sender,
    permit: Permit<DecidePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    let returned = form.lam == "tra-lai";
    let outcome = match form.answer() {
        Ok(word) if returned => service::give_back(&from.app, &permit, id, &word).await,
        Ok(word) => service::confirm(&from.app, &permit, id, &word).await,
        Err(error) => Err(error),
    };
    let done = if returned { "Đã trả lại đơn vị." } else { "Đã xác nhận hoàn thành." };
    from.answer(id, outcome, done, Typed::word("ket-luan", form)).await
}

/// `POST /de-nghi/{id}`: decides a proposal.
pub(in crate::plans) async fn decide(
    from: Sender,
    permit: Permit<DecidePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<WordForm>,
) -> Result {
    let agreed = form.lam == "dong-y";
    let of = store::request(from.app.db.read(), id).await?.ok_or(Error::NotFound)?.obligation_id;
    let outcome = match form.decision() {
        Ok(decision) => service::decide(&from.app, &permit, id, &decision).await.map(drop),
        Err(error) => Err(error),
    };
    let done = if agreed { "Đã đồng ý." } else { "Đã trả lời không đồng ý." };
    from.answer(of, outcome, done, Typed::word(id, form)).await
}

/// `GET /minh-chung/{id}`
pub(in crate::plans) async fn file(State(app): State<App>, permit: Permit<ReadPlans>, Path(id): Path<Uuid>) -> Result {
    let file = store::evidence_file(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    service::sight(&app, &permit, file.obligation_id).await?;
    let bytes = app.blobs.get(&file.file_hash).await?;
    let ascii: String = file.file_name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    Ok(download(&ascii, "application/octet-stream", bytes.to_vec()))
}
