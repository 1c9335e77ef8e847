//! One account: what is known, roles, opening and closing, a new slip.

use askama::Template;
use axum::extract::{Form, Path, State};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page, page_invalid, see_other},
};
use serde::Deserialize;

use crate::accounts::{
    forms::RoleForm,
    model::{State as Condition, import::Place},
    policy::{ManageAccounts, ResetAccess, SeeAccounts},
    service::{NewHolding, Reach, own, people, roles, slips},
    store::{holdings::HoldingRow, users::UserRow},
    views::{self, Choice, Pill},
};

/// Agencies offered for completion at most; more are found by typing their name.
pub(super) const OFFERED: usize = 400;

#[derive(Template)]
#[template(path = "accounts/templates/user.html")]
struct UserPage {
    p: Chrome,
    user: UserRow,
    pill: Pill,
    seen: String,
    open: Vec<HoldingRow>,
    past: Vec<HoldingRow>,
    manages: bool,
    resets: bool,
    myself: bool,
    disabled: bool,
    locked: bool,
    form: RoleForm,
    roles: Vec<Choice>,
    offered: Vec<Place>,
    errors: FieldErrors,
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<SeeAccounts>,
    id: Uuid,
    (form, errors): (RoleForm, FieldErrors),
) -> kernel::Result<UserPage> {
    let (user, held) = people::view(app, permit, id).await?;
    let now = app.clock.now();
    let today = kernel::time::date_to_int(now.date());
    let (past, open) = held.into_iter().partition(|held: &HoldingRow| held.ended(today));
    let manage = Permit::<ManageAccounts>::of(permit.actor());
    let offered = match &manage {
        Some(manage) => own::places(app, &Reach::of(manage)).await?,
        None => Default::default(),
    };
    let state = Condition::from_key(&user.state);
    let mut form = form;
    if form.agency.is_empty() && errors.is_empty() {
        form.agency = user.agency_name.clone();
    }
    Ok(UserPage {
        pill: views::pill(&user, now),
        seen: views::seen(&user),
        manages: manage.is_some(),
        resets: Permit::<ResetAccess>::of(permit.actor()).is_some(),
        myself: permit.actor().user == id,
        disabled: state == Condition::Disabled,
        locked: user.locked_until > now.0,
        roles: views::roles(&form.role),
        offered: if offered.len() <= OFFERED { offered.iter().cloned().collect() } else { Vec::new() },
        user,
        open,
        past,
        form,
        errors,
        p,
    })
}

/// `GET /tai-khoan/{id}`
pub(in crate::accounts) async fn show(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<SeeAccounts>,
    Path(id): Path<Uuid>,
) -> Result {
    page(&view(&app, p, &permit, id, Default::default()).await?)
}

/// `POST /tai-khoan/{id}/khoa`
pub(in crate::accounts) async fn disable(
    State(app): State<App>,
    permit: Permit<ManageAccounts>,
    Path(id): Path<Uuid>,
) -> Result {
    people::disable(&app, &permit, id).await?;
    Ok(see_other(&format!("/tai-khoan/{id}"), Flash::ok("Đã khóa tài khoản; các phiên đang mở đã kết thúc.")))
}

/// `POST /tai-khoan/{id}/mo-khoa`
pub(in crate::accounts) async fn enable(
    State(app): State<App>,
    permit: Permit<ManageAccounts>,
    Path(id): Path<Uuid>,
) -> Result {
    people::enable(&app, &permit, id).await?;
    Ok(see_other(&format!("/tai-khoan/{id}"), Flash::ok("Đã mở khóa tài khoản.")))
}

/// `POST /tai-khoan/{id}/cap-lai-phieu`
pub(in crate::accounts) async fn reset(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ResetAccess>,
    Path(id): Path<Uuid>,
) -> Result {
    let slip = slips::reset(&app, &permit, id).await?;
    super::invite::slips_page(&app, p, vec![slip])
}

/// `POST /tai-khoan/{id}/vai-tro`
pub(in crate::accounts) async fn grant(
    State(app): State<App>,
    p: Chrome,
    (permit, sees): (Permit<ManageAccounts>, Permit<SeeAccounts>),
    Path(id): Path<Uuid>,
    Form(form): Form<RoleForm>,
) -> Result {
    let done = async {
        let places = own::places(&app, &Reach::of(&permit)).await?;
        let new = form.read(&places, app.clock.today())?;
        let held = NewHolding { user: id, agency: new.agency, role: new.role, from: new.from, to: new.to };
        roles::grant(&app, &permit, held, &new.note).await
    };
    match done.await {
        Ok(()) => Ok(see_other(&format!("/tai-khoan/{id}"), Flash::ok("Đã cấp vai trò."))),
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &sees, id, (form, errors)).await?),
        Err(error) => Err(error.into()),
    }
}

/// The form that ends a role.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct EndForm {
    from: String,
}

/// `POST /tai-khoan/{id}/vai-tro/{holding}/ket-thuc`
pub(in crate::accounts) async fn end_role(
    State(app): State<App>,
    permit: Permit<ManageAccounts>,
    Path((id, holding)): Path<(Uuid, Uuid)>,
    Form(form): Form<EndForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let day = platform::web::form::date(&mut errors, "from", &form.from);
    errors.into_result(())?;
    roles::end(&app, &permit, id, holding, day).await?;
    Ok(see_other(&format!("/tai-khoan/{id}"), Flash::ok("Đã kết thúc vai trò.")))
}
