//! A new account, and corrections of one.

use askama::Template;
use axum::extract::{Form, Path, State};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page, page_invalid, see_other},
};

use super::user::OFFERED;
use crate::accounts::{
    forms::{self, UserForm},
    model::import::{Place, Places},
    policy::ManageAccounts,
    service::{self, NewUser, Reach, own, people, slips},
    store::users::{self, Details},
    views::{self, Choice},
};

#[derive(Template)]
#[template(path = "accounts/templates/edit.html")]
struct EditPage {
    p: Chrome,
    id: Option<Uuid>,
    form: UserForm,
    roles: Vec<Choice>,
    offered: Vec<Place>,
    errors: FieldErrors,
}

fn view(p: Chrome, id: Option<Uuid>, places: &Places, form: UserForm, errors: FieldErrors) -> EditPage {
    let offered = if places.len() <= OFFERED { places.iter().cloned().collect() } else { Vec::new() };
    EditPage { p, id, roles: views::roles(&form.role), offered, form, errors }
}

/// `GET /tai-khoan/moi`
pub(in crate::accounts) async fn new_form(State(app): State<App>, p: Chrome, permit: Permit<ManageAccounts>) -> Result {
    let places = own::places(&app, &Reach::of(&permit)).await?;
    let form = UserForm { role: "focal_point".into(), ..UserForm::default() };
    page(&view(p, None, &places, form, FieldErrors::default()))
}

/// `POST /tai-khoan/moi`: makes the account and shows its slip.
pub(in crate::accounts) async fn create(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAccounts>,
    Form(form): Form<UserForm>,
) -> Result {
    let places = own::places(&app, &Reach::of(&permit)).await?;
    let done = async {
        let input = form.read(&places);
        let mut errors = match &input {
            Err(Error::Invalid(errors)) => errors.clone(),
            _ => FieldErrors::default(),
        };
        let role = forms::role(&mut errors, &form.role);
        let login = form.login.trim().to_lowercase();
        if login.is_empty() {
            errors.add("login", "Hãy điền tên đăng nhập.");
        }
        errors.into_result(())?;
        let input = input?;
        let new = NewUser {
            login: &login,
            name: &input.name,
            position: &input.position,
            email: &input.email,
            phone: &input.phone,
            home: input.home,
            password: None,
            must_change: false,
        };
        let id = service::create_account(&app, &permit, new, &[(role, input.home)]).await?;
        slips::print(&app, &permit, &[id]).await
    };
    match done.await {
        Ok(made) => super::invite::slips_page(&app, p, made),
        Err(Error::Invalid(errors)) => page_invalid(&view(p, None, &places, form, errors)),
        Err(error) => Err(error.into()),
    }
}

/// `GET /tai-khoan/{id}/sua`
pub(in crate::accounts) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAccounts>,
    Path(id): Path<Uuid>,
) -> Result {
    let reach = Reach::of(&permit);
    let user = users::find(app.db.read(), &reach, id).await?.ok_or(Error::NotFound)?;
    let places = own::places(&app, &reach).await?;
    let form = UserForm {
        login: user.login,
        name: user.name,
        position: user.position,
        email: user.email,
        phone: user.phone,
        agency: places.iter().find(|place| place.id == user.home_agency).map_or(user.agency_name, Place::label),
        role: String::new(),
    };
    page(&view(p, Some(id), &places, form, FieldErrors::default()))
}

/// `POST /tai-khoan/{id}/sua`
pub(in crate::accounts) async fn update(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAccounts>,
    Path(id): Path<Uuid>,
    Form(mut form): Form<UserForm>,
) -> Result {
    let reach = Reach::of(&permit);
    form.login = users::find(app.db.read(), &reach, id).await?.ok_or(Error::NotFound)?.login;
    let places = own::places(&app, &reach).await?;
    let done = async {
        let input = form.read(&places)?;
        let new = Details {
            name: &input.name,
            position: &input.position,
            email: &input.email,
            phone: &input.phone,
            home: input.home,
        };
        people::update(&app, &permit, id, new).await
    };
    match done.await {
        Ok(()) => Ok(see_other(&format!("/tai-khoan/{id}"), Flash::ok("Đã lưu."))),
        Err(Error::Invalid(errors)) => page_invalid(&view(p, Some(id), &places, form, errors)),
        Err(error) => Err(error.into()),
    }
}
