//! Requests for information at the agencies of a person.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{FieldErrors, Page, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, refused, see_other},
};

use crate::disclosures::{
    forms::{ListQuery, StepForm},
    model::{Act, Entry, Law, State as Stage, Way, definitions},
    policy::{HandleRequests, ReadRequests},
    service::{self, Decision, Sight},
    store::Named,
    views::{RequestRow, StepRow, pill, shown},
};

#[derive(Template)]
#[template(path = "disclosures/templates/requests.html")]
struct ListPage {
    p: Chrome,
    query: ListQuery,
    list: Page<RequestRow>,
    /// Key, label and number of each state; everything first, what is late last.
    states: Vec<(&'static str, &'static str, i64)>,
    law: &'static Law,
}

/// `GET /tiep-can-thong-tin/yeu-cau`
pub(in crate::disclosures) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadRequests>,
    Query(query): Query<ListQuery>,
) -> Result {
    let found = service::requests(&app, &permit, &query.tt, query.paging()).await?;
    let today = time::date_to_int(app.clock.today());
    let n = |key: &str| found.counts.iter().filter(|count| count.state == key).map(|count| count.n).sum::<i64>();
    let mut states = vec![("", "Tất cả", found.counts.iter().map(|count| count.n).sum())];
    states.extend(Stage::ALL.into_iter().map(|state| (state.key(), state.label(), n(state.key()))));
    states.push(("late", "Quá hạn", found.counts.iter().map(|count| count.late).sum()));
    let page = found.page;
    show(&ListPage {
        list: Page {
            rows: page.rows.iter().map(|line| RequestRow::of(line, today)).collect(),
            total: page.total,
            paging: page.paging,
        },
        states,
        law: &definitions().law,
        query,
        p,
    })
}

#[derive(Template)]
#[template(path = "disclosures/templates/request.html")]
struct RequestPage {
    p: Chrome,
    sight: Sight,
    way: Way,
    steps: Vec<StepRow>,
    /// Agencies to which it can be handed on.
    others: Vec<Named>,
    refusals: &'static [Entry],
    late: bool,
    form: StepForm,
    errors: FieldErrors,
}

impl RequestPage {
    fn can(&self, act: &str) -> bool {
        self.sight.can(match act {
            "accept" => Act::Accept,
            "extend" => Act::Extend,
            "answer" => Act::Answer,
            "refuse" => Act::Refuse,
            "hand-on" => Act::HandOn,
            _ => Act::Publish,
        })
    }

    fn open(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.errors.get(field).is_some())
    }

    fn pill(&self) -> &'static str {
        pill(self.sight.state(), self.late)
    }

    fn day(&self, stored: &i64) -> String {
        shown(*stored)
    }

    fn refusal(&self) -> String {
        let found = definitions().refusal(&self.sight.row.refused_for);
        found.map_or(String::new(), |reason| format!("{} ({})", reason.name, reason.basis))
    }
}

async fn view(app: &App, p: Chrome, sight: Sight, form: StepForm, errors: FieldErrors) -> kernel::Result<RequestPage> {
    let mut others = if sight.can(Act::HandOn) { service::everyone(app).await? } else { Vec::new() };
    others.retain(|other| other.id != sight.row.agency_id);
    let today = time::date_to_int(app.clock.today());
    let mut form = form;
    form.phien_ban = sight.row.version.to_string();
    if form.cau_hoi.is_empty() && form.cau_tra_loi.is_empty() {
        let public = sight.row.public_at > 0;
        form.cau_hoi.clone_from(if public { &sight.row.public_question } else { &sight.row.asked });
        form.cau_tra_loi.clone_from(if public { &sight.row.public_answer } else { &sight.row.answer });
    }
    Ok(RequestPage {
        way: definitions().way(&sight.row.way).cloned().unwrap_or_default(),
        steps: sight.steps.iter().map(StepRow::of).collect(),
        others,
        refusals: &definitions().refusals,
        late: sight.row.due_on > 0 && sight.row.due_on < today,
        form,
        errors,
        sight,
        p,
    })
}

/// `GET /tiep-can-thong-tin/yeu-cau/{id}`
pub(in crate::disclosures) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadRequests>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::look(&app, &permit, id).await?;
    show(&view(&app, p, sight, StepForm::default(), FieldErrors::default()).await?)
}

/// A button of the page that somebody pressed, with what was typed beside it.
type Pressed = (State<App>, Chrome, (Permit<HandleRequests>, Permit<ReadRequests>), Path<Uuid>, Form<StepForm>);

async fn step(pressed: Pressed, read: fn(&StepForm, &mut FieldErrors) -> Decision, done: &str) -> Result {
    let (State(app), p, (permit, see), Path(id), Form(form)) = pressed;
    let sight = service::sight(&app, &see, id).await?;
    let mut errors = FieldErrors::default();
    let decision = read(&form, &mut errors);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::act(&app, &permit, (id, form.version()), &decision).await,
        Err(error) => Err(error),
    };
    let back = match decision {
        Decision::HandOn { .. } => "/tiep-can-thong-tin/yeu-cau".to_owned(),
        _ => format!("/tiep-can-thong-tin/yeu-cau/{id}"),
    };
    match outcome {
        Ok(()) => Ok(see_other(&back, Flash::ok(done))),
        Err(error) => refused(error, |errors| view(&app, p, sight, form, errors)).await,
    }
}

macro_rules! buttons {
    ($($(#[$doc:meta])* $name:ident: $read:expr, $done:literal;)*) => {
        $(
            $(#[$doc])*
            pub(in crate::disclosures) async fn $name(
                app: State<App>,
                p: Chrome,
                permit: Permit<HandleRequests>,
                see: Permit<ReadRequests>,
                id: Path<Uuid>,
                form: Form<StepForm>,
            ) -> Result {
                step((app, p, (permit, see), id, form), $read, $done).await
            }
        )*
    };
}

buttons! {
    /// `POST /tiep-can-thong-tin/yeu-cau/{id}/nhan`
    accept: StepForm::accept, "Đã tiếp nhận; thời hạn trả lời đã được tính.";
    /// `POST /tiep-can-thong-tin/yeu-cau/{id}/gia-han`
    extend: StepForm::extend, "Đã gia hạn.";
    /// `POST /tiep-can-thong-tin/yeu-cau/{id}/tra-loi`
    answer: StepForm::answer, "Đã ghi nội dung cung cấp; người yêu cầu xem được bằng mã tra cứu.";
    /// `POST /tiep-can-thong-tin/yeu-cau/{id}/tu-choi`
    refuse: StepForm::refuse, "Đã từ chối, kèm căn cứ và lý do.";
    /// `POST /tiep-can-thong-tin/yeu-cau/{id}/chuyen`
    hand_on: StepForm::hand_on, "Đã chuyển yêu cầu sang cơ quan khác.";
    /// `POST /tiep-can-thong-tin/yeu-cau/{id}/cong-khai`
    publish: StepForm::publish, "Đã công khai câu hỏi và câu trả lời.";
    /// `POST /tiep-can-thong-tin/yeu-cau/{id}/thoi-cong-khai`
    unpublish: |_, _| Decision::Unpublish, "Câu trả lời không còn công khai.";
}
