//! Making accounts.

use kernel::{Permit, Result, Role, Uuid};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use crate::accounts::{
    policy::ManageAccounts,
    store::{self, NewHolding, NewUser},
};

/// Makes an account with its roles (over the given agencies, from today); its id.
///
/// # Errors
/// [`kernel::Error::Conflict`] when the login name is taken.
pub async fn create_account(
    app: &App,
    permit: &Permit<ManageAccounts>,
    new: NewUser<'_>,
    roles: &[(Role, Uuid)],
) -> Result<Uuid> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let (login, name) = (new.login.to_owned(), new.name.to_owned());
    let id = store::insert_user(&*tx, now, new).await?;
    for &(role, agency) in roles {
        let holding = NewHolding { user: id, agency, role, from: now.date(), to: None };
        store::insert_holding(&*tx, now, permit.actor().user, holding, "").await?;
    }
    let detail = json!({ "login": login, "name": name, "roles": roles.iter().map(|(role, agency)| json!([role.key(), agency])).collect::<Vec<_>>() });
    let entry = Entry { action: "accounts.create", subject: "user", id: Some(id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(id)
}
