//! Use cases of access to information, and what the public side reads and sends.

mod ask;
mod entries;
mod find;
mod generate;
mod public;
mod requests;

pub(crate) use ask::everyone;
pub use ask::{Asking, ask, choices, look_up};
pub(crate) use entries::{EntryDraft, entry, list, save};
pub(super) use find::{LINKS, SEARCH};
pub use generate::generate;
pub use public::{ListPage, answer_page, answers_page, entry_page, list_page};
pub(crate) use requests::{Decision, Sight, act, list as requests, look, sight};

use kernel::{Action, Error, Permit, Result, Uuid, workdays::Holidays};
use platform::App;

use super::store;
use crate::{activities::service::at, agencies::is_below};

/// Days of rest that are built into the program.
const REST: &str = include_str!("../../../../../definitions/forms/holidays/ngay-nghi.toml");

/// The days of rest in force, which time limits leave out.
///
/// # Errors
/// When the database refuses.
async fn holidays(app: &App) -> Result<Holidays> {
    let source = store::days_of_rest(app.db.read()).await?;
    toml::from_str(source.as_deref().unwrap_or(REST)).map_err(Error::internal)
}

/// Has the person the action at this agency or above it?
async fn above<A: Action>(app: &App, permit: &Permit<A>, agency: Uuid) -> Result<bool> {
    Ok(at(permit, agency) || is_below(app.db.read(), permit.roots(), agency).await?)
}
