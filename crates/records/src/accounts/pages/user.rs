//! One account: what is known, roles, opening and closing, a new slip.

use askama::Template;
use axum::extract::{Form, Path, State};
use kernel::{FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page, refused, see_other},
};
use serde::Deserialize;

use crate::accounts::{
    forms::RoleForm,
    model::{State as Condition, import::Place},
    policy::{ManageAccounts, ResetAccess, SeeAccounts},
    service::{NewHolding, Reach, others, own, people, roles, slips},
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
    /// A new slip can be given, and the sessions ended.
    resets: bool,
    /// Why not, to those who may do it for others.
    hindrance: String,
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
    (mut form, errors): (RoleForm, FieldErrors),
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
    let myself = permit.actor().user == id;
    let hindrance = match Permit::<ResetAccess>::of(permit.actor()).filter(|_| !myself) {
        Some(reset) => Some(others::hindrance(app, &reset, id).await?),
        None => None,
    };
    let state = Condition::from_key(&user.state);
    if form.agency.is_empty() && errors.is_empty() {
        form.agency = user.agency_name.clone();
    }
    Ok(UserPage {
        pill: views::pill(&user, now),
        seen: views::seen(&user),
        manages: manage.is_some(),
        resets: hindrance == Some(None),
        hindrance: hindrance.flatten().unwrap_or_default(),
        myself,
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
    p: Chrome,
    (permit, sees): (Permit<ManageAccounts>, Permit<SeeAccounts>),
    Path(id): Path<Uuid>,
) -> Result {
    let done = |()| see_other(&path(id), Flash::ok("Đã khóa tài khoản; các phiên đang mở đã kết thúc."));
    let again = |errors| view(&app, p, &sees, id, (RoleForm::default(), errors));
    answer(people::disable(&app, &permit, id).await, done, again).await
}

/// `POST /tai-khoan/{id}/mo-khoa`
pub(in crate::accounts) async fn enable(
    State(app): State<App>,
    p: Chrome,
    (permit, sees): (Permit<ManageAccounts>, Permit<SeeAccounts>),
    Path(id): Path<Uuid>,
) -> Result {
    let done = |()| see_other(&path(id), Flash::ok("Đã mở khóa tài khoản."));
    let again = |errors| view(&app, p, &sees, id, (RoleForm::default(), errors));
    answer(people::enable(&app, &permit, id).await, done, again).await
}

/// `POST /tai-khoan/{id}/cap-lai-phieu`
pub(in crate::accounts) async fn reset(
    State(app): State<App>,
    p: Chrome,
    (permit, sees): (Permit<ResetAccess>, Permit<SeeAccounts>),
    Path(id): Path<Uuid>,
) -> Result {
    match slips::reset(&app, &permit, id).await {
        Ok(slip) => super::invite::slips_page(&app, p, vec![slip]),
        Err(error) => refused(error, |errors| view(&app, p, &sees, id, (RoleForm::default(), errors))).await,
    }
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
    let outcome = done.await;
    let done = |()| see_other(&path(id), Flash::ok("Đã cấp vai trò."));
    answer(outcome, done, |errors| view(&app, p, &sees, id, (form, errors))).await
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
    p: Chrome,
    (permit, sees): (Permit<ManageAccounts>, Permit<SeeAccounts>),
    Path((id, holding)): Path<(Uuid, Uuid)>,
    Form(form): Form<EndForm>,
) -> Result {
    let done = async {
        let mut errors = FieldErrors::default();
        let day = platform::web::form::date(&mut errors, "", &form.from);
        errors.into_result(())?;
        roles::end(&app, &permit, id, holding, day).await
    };
    let outcome = done.await;
    let done = |()| see_other(&path(id), Flash::ok("Đã kết thúc vai trò."));
    answer(outcome, done, |errors| view(&app, p, &sees, id, (RoleForm::default(), errors))).await
}

fn path(id: Uuid) -> String {
    format!("/tai-khoan/{id}")
}
