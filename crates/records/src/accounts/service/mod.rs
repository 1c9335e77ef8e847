//! Use cases of the accounts slice.

pub mod directory;
pub mod factor;
pub mod invite;
pub mod others;
pub mod own;
pub mod password;
pub mod people;
pub mod roles;
pub mod sessions;
pub mod setup;
mod sign_in;
pub mod slips;

use ::store::ConnectionTrait;
use kernel::{Actor, Error, Result, Uuid};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::Value as Json;

pub use people::create_account;
pub use sign_in::{second_factor, sign_in, sign_out};

use super::store::{holdings, users};
pub use super::store::{
    holdings::NewHolding,
    users::{NewUser, Reach},
};

/// Records what was done to an account.
pub(in crate::accounts) async fn note(
    tx: &::store::Tx,
    app: &App,
    actor: &Actor,
    action: &str,
    user: Option<Uuid>,
    detail: Json,
) -> Result<()> {
    audit::record(&**tx, &*app.clock, actor, Entry { action, subject: "user", id: user, detail }).await
}

/// Today as yyyymmdd.
pub(super) fn today(app: &App) -> i64 {
    kernel::time::date_to_int(app.clock.today())
}

/// The account, when everything it may do lies within reach: who could close or reset an account with wider rights
/// would have those rights.
pub(super) async fn manageable(c: &impl ConnectionTrait, app: &App, reach: &Reach, id: Uuid) -> Result<users::UserRow> {
    let user = users::find(c, reach, id).await?.ok_or(Error::NotFound)?;
    if holdings::outside(c, reach, id, today(app), false).await? > 0 {
        return Err(Error::Conflict(
            "Người này còn giữ vai trò ở cơ quan ngoài phạm vi quản lý của ông/bà. Hãy đề nghị quản trị cấp trên."
                .into(),
        ));
    }
    Ok(user)
}

/// Refuses what would leave an agency without an administrator.
pub(super) async fn keeps_an_administrator(
    tx: &::store::Tx,
    app: &App,
    user: Uuid,
    holding: Option<Uuid>,
) -> Result<()> {
    holdings::lock_administrators(&**tx, app.clock.now()).await?;
    if holdings::left_alone(&**tx, user, holding, today(app)).await? > 0 {
        return Err(Error::Conflict(
            "Đây là người quản trị cuối cùng. Hãy cấp quyền quản trị cho người khác trước.".into(),
        ));
    }
    Ok(())
}
