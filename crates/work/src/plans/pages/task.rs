//! One task: its words, who it is given to, how each stands.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{Error, Page, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, see_other},
};

use super::Head;
use crate::plans::{
    forms::{EventForm, ListQuery, ProductForm},
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
    event_on: String,
}

/// `GET /ke-hoach/{id}/nhiem-vu/{task}`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPlans>,
    Path((id, task)): Path<(Uuid, Uuid)>,
    Query(query): Query<ListQuery>,
) -> Result {
    let c = app.db.read();
    let (plan, scope) = service::plan_in_sight(&app, &permit, id).await?;
    let task = store::task(c, task).await?.filter(|task| task.plan_id == id).ok_or(Error::NotFound)?;
    let today = app.clock.today();
    let days = service::days(today);
    let count = store::task_counts(c, id, days.today, days.in_30).await?.into_iter().find(|one| one.task_id == task.id);
    let total = u64::try_from(store::task_total(c, &scope, task.id).await?).unwrap_or(0);
    let rows = store::task_lines(c, &scope, task.id, query.paging()).await?;
    let view = TaskPage {
        head: Head::of(&app, &p, &permit, &plan).await?,
        assignments: store::assignments(c, id).await?.into_iter().filter(|a| a.task_id == task.id).collect(),
        count: count.filter(|_| scope.sees_whole(id)),
        list: Page { rows: rows.iter().map(|line| Row::of(&p, line, today)).collect(), total, paging: query.paging() },
        event_on: task.event_on.map(day).unwrap_or_default(),
        task,
        p,
    };
    show(&view)
}

fn outcome(plan: Uuid, task: Uuid, outcome: kernel::Result<()>, text: &str) -> Result {
    let path = format!("/ke-hoach/{plan}/nhiem-vu/{task}");
    match outcome {
        Ok(()) => Ok(see_other(&path, Flash::ok(text))),
        Err(Error::Invalid(errors)) => {
            let why: Vec<String> = errors.0.into_values().collect();
            Ok(see_other(&path, Flash::warn(why.join(" "))))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /ke-hoach/{id}/nhiem-vu/{task}/su-kien`
pub(in crate::plans) async fn event(
    State(app): State<App>,
    permit: Permit<ManagePlans>,
    Path((id, task)): Path<(Uuid, Uuid)>,
    Form(form): Form<EventForm>,
) -> Result {
    service::plan_to_manage(&app, &permit, id).await?;
    let done = async {
        let (on, days, note) = form.read()?;
        service::record_event(&app, &permit, task, on, days, &note).await.map(drop)
    };
    outcome(id, task, done.await, "Đã ghi nhận sự kiện; các đơn vị đã có hạn.")
}

/// `POST /ke-hoach/{id}/nhiem-vu/{task}/san-pham`
pub(in crate::plans) async fn product(
    State(app): State<App>,
    permit: Permit<ManagePlans>,
    Path((id, task)): Path<(Uuid, Uuid)>,
    Form(form): Form<ProductForm>,
) -> Result {
    let short = |text: &str| kernel::text::shorten(text.trim(), 300);
    let (what, kind, issuer) = (short(&form.san_pham), short(&form.loai), short(&form.ban_hanh));
    let each = form.moi_noi == "1";
    let done = service::set_product(&app, &permit, task, [&what, &kind, &issuer], each).await.map(drop);
    outcome(id, task, done, "Đã lưu sản phẩm dự kiến.")
}
