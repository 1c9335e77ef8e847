//! Making, correcting, closing and opening accounts.

use kernel::{Error, Permit, Result, Role, Uuid};
use platform::App;
use serde_json::json;

use super::{keeps_an_administrator, manageable, note};
use crate::accounts::{
    model::{State, login},
    policy::{ManageAccounts, SeeAccounts},
    store::{
        self, access, activations,
        holdings::{self, HoldingRow, NewHolding},
        users::{self, Details, NewUser, Reach, UserRow},
    },
};

/// Makes an account with its roles (over the given agencies, from today); its id.
///
/// # Errors
/// [`Error::Conflict`] when the login name is taken, [`Error::NotFound`] when an agency is out of reach.
pub async fn create_account(
    app: &App,
    permit: &Permit<ManageAccounts>,
    new: NewUser<'_>,
    roles: &[(Role, Uuid)],
) -> Result<Uuid> {
    let now = app.clock.now();
    let reach = Reach::of(permit);
    if !login::is_valid(new.login) && !permit.everywhere() {
        return Err(Error::invalid(
            "login",
            "Tên đăng nhập gồm 3–64 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.",
        ));
    }
    let tx = app.db.begin().await?;
    for agency in roles.iter().map(|(_, agency)| *agency).chain([new.home]) {
        if !users::covers(&*tx, &reach, agency).await? {
            return Err(Error::NotFound);
        }
    }
    if users::by_login(&*tx, new.login).await?.is_some() {
        return Err(Error::invalid("login", "Tên đăng nhập này đã có người dùng; hãy chọn tên khác."));
    }
    let (login, name, hash) = (new.login.to_owned(), new.name.to_owned(), new.password.clone());
    let id = users::insert_user(&*tx, now, new).await?;
    if let Some(hash) = hash {
        access::remember_password(&*tx, id, &hash, now).await?;
    }
    for &(role, agency) in roles {
        let holding = NewHolding { user: id, agency, role, from: now.date(), to: None };
        holdings::insert_holding(&*tx, now, permit.actor().user, holding, "").await?;
    }
    let roles: Vec<_> = roles.iter().map(|(role, agency)| json!([role.key(), agency])).collect();
    let detail = json!({ "login": login, "name": name, "roles": roles });
    note(&tx, app, permit.actor(), "accounts.create", Some(id), detail).await?;
    tx.commit().await?;
    Ok(id)
}

/// An account with its holdings, past ones too. That it was looked at is recorded: these are personal data.
///
/// # Errors
/// [`Error::NotFound`] for an unknown account and one of another agency alike.
pub async fn view(app: &App, permit: &Permit<SeeAccounts>, id: Uuid) -> Result<(UserRow, Vec<HoldingRow>)> {
    let tx = app.db.begin().await?;
    let user = users::find(&*tx, &Reach::of(permit), id).await?.ok_or(Error::NotFound)?;
    let held = holdings::of(&*tx, &[id]).await?;
    note(&tx, app, permit.actor(), "accounts.view", Some(id), json!({ "login": user.login })).await?;
    tx.commit().await?;
    Ok((user, held))
}

/// Corrects an account.
///
/// # Errors
/// [`Error::NotFound`] when the account or its new agency is out of reach.
pub async fn update(app: &App, permit: &Permit<ManageAccounts>, id: Uuid, new: Details<'_>) -> Result<()> {
    let reach = Reach::of(permit);
    let tx = app.db.begin().await?;
    let old = manageable(&*tx, app, &reach, id).await?;
    if !users::covers(&*tx, &reach, new.home).await? {
        return Err(Error::NotFound);
    }
    users::update(&*tx, id, &new).await?;
    let changed: Vec<&str> = [
        ("name", old.name != new.name),
        ("position", old.position != new.position),
        ("email", old.email != new.email),
        ("phone", old.phone != new.phone),
        ("agency", old.home_agency != new.home),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect();
    let detail = json!({ "login": old.login, "changed": changed });
    note(&tx, app, permit.actor(), "accounts.update", Some(id), detail).await?;
    tx.commit().await
}

/// Closes an account and ends its sessions at once.
///
/// # Errors
/// [`Error::Conflict`] for one's own account and for the last administrator.
pub async fn disable(app: &App, permit: &Permit<ManageAccounts>, id: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    let user = manageable(&*tx, app, &Reach::of(permit), id).await?;
    if permit.actor().user == id {
        return Err(Error::Conflict("Không tự khóa tài khoản của mình được.".into()));
    }
    keeps_an_administrator(&tx, app, id, None).await?;
    users::set_state(&*tx, id, State::Disabled, None).await?;
    store::delete_sessions(&*tx, id, None).await?;
    activations::cancel(&*tx, &[id]).await?;
    note(&tx, app, permit.actor(), "accounts.disable", Some(id), json!({ "login": user.login })).await?;
    tx.commit().await
}

/// Opens a closed account, or one locked after wrong passwords.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn enable(app: &App, permit: &Permit<ManageAccounts>, id: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    let user = manageable(&*tx, app, &Reach::of(permit), id).await?;
    let state = if access::has_password(&*tx, id).await? { State::Active } else { State::Invited };
    users::set_state(&*tx, id, state, Some(app.clock.now())).await?;
    note(&tx, app, permit.actor(), "accounts.enable", Some(id), json!({ "login": user.login })).await?;
    tx.commit().await
}

/// Notes that a list of people left the system as a file.
///
/// # Errors
/// When the database refuses.
pub async fn note_export(app: &App, permit: &Permit<SeeAccounts>, rows: usize, words: &str) -> Result<()> {
    let tx = app.db.begin().await?;
    note(&tx, app, permit.actor(), "accounts.export", None, json!({ "rows": rows, "filter": words })).await?;
    tx.commit().await
}
