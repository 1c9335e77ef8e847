//! Settings of a plan, and what becomes of it when another replaces it.

use askama::Template;
use axum::extract::{Form, Path, State};
use kernel::{FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};

use super::Head;
use crate::plans::{
    forms::{FateForm, SettingsForm},
    model::kind::{OPEN_END, PlanKind},
    policy::{ManagePlans, ReadPlans},
    service,
    store::{Plan, Scope},
    views::day,
};

#[derive(Template)]
#[template(path = "plans/templates/settings.html")]
struct SettingsPage {
    p: Chrome,
    head: Head,
    form: SettingsForm,
    fate: FateForm,
    errors: FieldErrors,
    kinds: [PlanKind; 4],
    others: Vec<Plan>,
    active: bool,
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ManagePlans>,
    plan: &Plan,
    (form, fate): (SettingsForm, FateForm),
    errors: FieldErrors,
) -> kernel::Result<SettingsPage> {
    let mut others = Vec::new();
    if let Some(read) = Permit::<ReadPlans>::of(permit.actor()) {
        let scope = Scope::of(app.db.read(), &read).await?;
        others = service::visible_plans(app, &scope).await?;
        others.retain(|other| other.id != plan.id);
    }
    let head = Head::of(app, &p, permit, plan).await?;
    Ok(SettingsPage { p, head, form, fate, errors, kinds: PlanKind::ALL, others, active: plan.active() })
}

/// `GET /ke-hoach/{id}/thiet-lap`
pub(in crate::plans) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
) -> Result {
    let plan = service::plan_to_manage(&app, &permit, id).await?;
    let forms = (settings_of(&plan), FateForm::default());
    show(&view(&app, p, &permit, &plan, forms, FieldErrors::default()).await?)
}

/// The form as a plan has it.
fn settings_of(plan: &Plan) -> SettingsForm {
    let open = plan.year_to >= i64::from(OPEN_END);
    SettingsForm {
        loai: plan.kind.clone(),
        thuoc: plan.parent_id.map(|id| id.to_string()).unwrap_or_default(),
        tu_nam: plan.year_from.to_string(),
        den_nam: if open { String::new() } else { plan.year_to.to_string() },
        cuoi_nam: plan.year_end.to_string(),
        so_ket: plan.interim_on.map(day).unwrap_or_default(),
        tong_ket: plan.final_on.map(day).unwrap_or_default(),
    }
}

/// `POST /ke-hoach/{id}/thiet-lap`
pub(in crate::plans) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<SettingsForm>,
) -> Result {
    let plan = service::plan_to_manage(&app, &permit, id).await?;
    let outcome = match form.read() {
        Ok(settings) => service::set_settings(&app, &permit, id, settings).await,
        Err(error) => Err(error),
    };
    let done = |()| see_other(&format!("/ke-hoach/{id}"), Flash::ok("Đã lưu thiết lập của kế hoạch."));
    answer(outcome, done, |errors| view(&app, p, &permit, &plan, (form, FateForm::default()), errors)).await
}

/// `POST /ke-hoach/{id}/thay-the`
pub(in crate::plans) async fn fate(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<FateForm>,
) -> Result {
    let plan = service::plan_to_manage(&app, &permit, id).await?;
    let outcome = async {
        let new = match Uuid::parse_str(&form.moi) {
            Ok(new) => Some(service::plan_to_manage(&app, &permit, new).await?),
            Err(_) => None,
        };
        service::settle_later(&app, &permit, &plan, new.as_ref(), form.how()?).await
    };
    let outcome = outcome.await;
    let text = "Đang xử lý nhiệm vụ các cơ quan còn đang làm; tải lại trang sau ít phút để xem kết quả.";
    let done = |()| see_other(&format!("/ke-hoach/{id}"), Flash::ok(text));
    let settings = settings_of(&plan);
    answer(outcome, done, |errors| view(&app, p, &permit, &plan, (settings, form), errors)).await
}
