//! Settings of a plan, and what becomes of it when another replaces it.

use askama::Template;
use axum::extract::{Form, Path, State};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use super::Head;
use crate::plans::{
    forms::{FateForm, SettingsForm},
    model::kind::{OPEN_END, PlanKind},
    policy::{ManagePlans, ReadPlans},
    service::{self, How},
    store::{Plan, Scope},
    views::day,
};

#[derive(Template)]
#[template(path = "plans/templates/settings.html")]
struct SettingsPage {
    p: Chrome,
    head: Head,
    form: SettingsForm,
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
    form: SettingsForm,
    errors: FieldErrors,
) -> kernel::Result<SettingsPage> {
    let mut others = Vec::new();
    if let Some(read) = Permit::<ReadPlans>::of(permit.actor()) {
        let scope = Scope::of(app.db.read(), &read).await?;
        others = service::visible_plans(app, &scope).await?;
        others.retain(|other| other.id != plan.id);
    }
    let head = Head::of(app, &p, permit, plan).await?;
    Ok(SettingsPage { p, head, form, errors, kinds: PlanKind::ALL, others, active: plan.active() })
}

/// `GET /ke-hoach/{id}/thiet-lap`
pub(in crate::plans) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
) -> Result {
    let plan = service::plan_to_manage(&app, &permit, id).await?;
    let open = plan.year_to >= i64::from(OPEN_END);
    let form = SettingsForm {
        loai: plan.kind.clone(),
        thuoc: plan.parent_id.map(|id| id.to_string()).unwrap_or_default(),
        tu_nam: plan.year_from.to_string(),
        den_nam: if open { String::new() } else { plan.year_to.to_string() },
        cuoi_nam: plan.year_end.to_string(),
        so_ket: plan.interim_on.map(day).unwrap_or_default(),
        tong_ket: plan.final_on.map(day).unwrap_or_default(),
    };
    show(&view(&app, p, &permit, &plan, form, FieldErrors::default()).await?)
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
    match outcome {
        Ok(()) => Ok(see_other(&format!("/ke-hoach/{id}"), Flash::ok("Đã lưu thiết lập của kế hoạch."))),
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &permit, &plan, form, errors).await?),
        Err(error) => Err(error.into()),
    }
}

/// `POST /ke-hoach/{id}/thay-the`
pub(in crate::plans) async fn fate(
    State(app): State<App>,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<FateForm>,
) -> Result {
    let plan = service::plan_to_manage(&app, &permit, id).await?;
    let how = match form.cach.as_str() {
        "thay-the" => How::Replaces,
        "sua-doi" => How::Amends,
        "thu-hoi" => How::Withdraws,
        _ => return Err(Error::invalid("cach", "Hãy chọn cách xử lý.").into()),
    };
    let new = match Uuid::parse_str(&form.moi) {
        Ok(new) => Some(service::plan_to_manage(&app, &permit, new).await?),
        Err(_) => None,
    };
    let path = format!("/ke-hoach/{id}/thiet-lap");
    match service::settle_later(&app, &permit, &plan, new.as_ref(), how).await {
        Ok(()) => {
            let text = "Đang xử lý các nghĩa vụ còn mở; tải lại trang sau ít phút để xem kết quả.";
            Ok(see_other(&format!("/ke-hoach/{id}"), Flash::ok(text)))
        }
        Err(Error::Invalid(errors)) => {
            Ok(see_other(&path, Flash::warn(errors.0.into_values().collect::<Vec<_>>().join(" "))))
        }
        Err(error) => Err(error.into()),
    }
}
