//! Accounts for the command line, without bounds.

use kernel::{Error, Paging, Permit, Result, Uuid};
use platform::App;

use super::today;
use crate::accounts::{
    policy::ManageAccounts,
    store::users::{self, Filter, Reach, UserRow},
};

/// Accounts listed at most.
const LISTED: u32 = 10_000;

/// The account with this login name.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn id_of(app: &App, login: &str) -> Result<Uuid> {
    let login = login.trim().to_lowercase();
    users::by_login(app.db.read(), &login).await?.map(|user| user.id).ok_or(Error::NotFound)
}

/// Accounts with these words in name, login name or agency.
///
/// # Errors
/// When the database refuses.
pub async fn list(app: &App, words: &str) -> Result<Vec<UserRow>> {
    let reach = Reach::of(&Permit::<ManageAccounts>::system());
    let filter = Filter { words: words.to_owned(), ..Filter::default() };
    let paging = Paging { number: 1, size: LISTED };
    Ok(users::list(app.db.read(), &reach, &filter, today(app), paging).await?.rows)
}

/// The position of a person; empty when the account is gone.
///
/// # Errors
/// When the database refuses.
pub async fn position_of(app: &App, user: Uuid) -> Result<String> {
    Ok(users::by_id(app.db.read(), user).await?.map(|user| user.position).unwrap_or_default())
}
