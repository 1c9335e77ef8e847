//! One task: its words, who it is given to, how each stands.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{Error, FieldErrors, Page, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};

use super::Head;
use crate::plans::{
    forms::{EventBack, EventForm, ListQuery, ProductForm},
    model::due::days_after,
    policy::{ManagePlans, ReadPlans},
    service,
    store::{self, Assignment, Task, TaskCount},
    views::{Row, day},
};

#[derive(Template)]
#[template(path = "plans/templates/task.html")]
struct TaskPage {
    p: Chrome,
    head: Head,
    task: Task,
    assignments: Vec<Assignment>,
    count: Option<TaskCount>,
    list: Page<Row>,
    /// Do its duties go on?
    active: bool,
    /// Events that took place: the day, the day on which they made it due, the note.
    /// Events that took place: which, day, due date, note.
    events: Vec<(Uuid, String, String, String)>,
    /// Forms as typed, or as the task has them.
    event: EventForm,
    product: ProductForm,
    errors: FieldErrors,
}

impl TaskPage {
    /// Rules of its further due dates, in words.
    fn more_deadlines(&self) -> Vec<String> {
        self.task.deadlines().iter().skip(1).map(records::documents::deadline_label).collect()
    }
}

/// `GET /ke-hoach/{id}/nhiem-vu/{task}`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path(at): Path<(Uuid, Uuid)>,
    Query(query): Query<ListQuery>,
) -> Result {
    show(&view(&app, p, &permit, at, &query).await?)
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadPlans>,
    (id, task): (Uuid, Uuid),
    query: &ListQuery,
) -> kernel::Result<TaskPage> {
    let c = app.db.read();
    let (plan, scope) = service::plan_in_sight(app, permit, id).await?;
    let task = store::task(c, task).await?.filter(|task| task.plan_id == id).ok_or(Error::NotFound)?;
    let today = app.clock.today();
    let days = service::days(today);
    let count = store::task_counts(c, id, days.today, days.in_30).await?.into_iter().find(|one| one.task_id == task.id);
    let events = store::events(c, id).await?.into_iter().filter(|event| event.task_id == task.id);
    let total = u64::try_from(store::task_total(c, &scope, task.id).await?).unwrap_or(0);
    let rows = store::task_lines(c, &scope, task.id, query.paging()).await?;
    Ok(TaskPage {
        head: Head::of(app, &p, permit, &plan).await?,
        active: plan.active(),
        assignments: store::assignments(c, id).await?.into_iter().filter(|a| a.task_id == task.id).collect(),
        count: count.filter(|_| scope.sees_whole(id)),
        list: Page { rows: Row::with_activities(app, &p, &rows, today).await?, total, paging: query.paging() },
        events: events.map(|event| (event.id, day(event.on_day), day(event.due_date), event.note)).collect(),
        event: EventForm { so_ngay: days_after(&task.deadline_text).unwrap_or(0).to_string(), ..EventForm::default() },
        product: ProductForm {
            san_pham: task.product.clone(),
            loai: task.product_kind.clone(),
            ban_hanh: task.product_issuer.clone(),
            moi_noi: if task.per_locality { "1".into() } else { String::new() },
        },
        errors: FieldErrors::default(),
        task,
        p,
    })
}

/// `POST /ke-hoach/{id}/nhiem-vu/{task}/su-kien`
pub(in crate::plans) async fn event(
    State(app): State<App>,
    p: Chrome,
    read: Permit<ReadPlans>,
    permit: Permit<ManagePlans>,
    Path((id, task)): Path<(Uuid, Uuid)>,
    Form(form): Form<EventForm>,
) -> Result {
    service::plan_to_manage(&app, &permit, id).await?;
    let outcome = async { service::record_event(&app, &permit, task, &form.read()?).await.map(drop) };
    let outcome = outcome.await;
    let said = Flash::ok("Đã ghi nhận sự kiện; các đơn vị đã có hạn.");
    let done = |()| see_other(&format!("/ke-hoach/{id}/nhiem-vu/{task}"), said);
    let again = |errors| async {
        let page = view(&app, p, &read, (id, task), &ListQuery::default()).await?;
        Ok(TaskPage { event: form, errors, ..page })
    };
    answer(outcome, done, again).await
}

/// `POST /ke-hoach/{id}/nhiem-vu/{task}/rut-su-kien`
pub(in crate::plans) async fn event_back(
    State(app): State<App>,
    permit: Permit<ManagePlans>,
    Path((id, task)): Path<(Uuid, Uuid)>,
    Form(EventBack { su_kien }): Form<EventBack>,
) -> Result {
    service::plan_to_manage(&app, &permit, id).await?;
    service::take_back_event(&app, &permit, task, su_kien).await?;
    Ok(see_other(
        &format!("/ke-hoach/{id}/nhiem-vu/{task}"),
        Flash::ok("Đã rút sự kiện; hạn do sự kiện này mở không còn."),
    ))
}

/// `POST /ke-hoach/{id}/nhiem-vu/{task}/san-pham`
pub(in crate::plans) async fn product(
    State(app): State<App>,
    p: Chrome,
    read: Permit<ReadPlans>,
    permit: Permit<ManagePlans>,
    Path((id, task)): Path<(Uuid, Uuid)>,
    Form(form): Form<ProductForm>,
) -> Result {
    service::plan_to_manage(&app, &permit, id).await?;
    let outcome = async {
        let [what, kind, issuer] = form.read()?;
        service::set_product(&app, &permit, task, [&what, &kind, &issuer], form.moi_noi == "1").await.map(drop)
    };
    let outcome = outcome.await;
    let said = Flash::ok("Đã lưu sản phẩm dự kiến.");
    let done = |()| see_other(&format!("/ke-hoach/{id}/nhiem-vu/{task}"), said);
    let again = |errors| async {
        let page = view(&app, p, &read, (id, task), &ListQuery::default()).await?;
        Ok(TaskPage { product: form, errors, ..page })
    };
    answer(outcome, done, again).await
}
