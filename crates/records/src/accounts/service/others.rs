//! The sign-in of somebody else: who may give a new slip, see and end the sessions.
//!
//! An administrator over all that the person may do; or the secretariat of a superior agency, for people below it who are no
//! administrators. Nobody does it to himself: one's own account has its own page.

use ::store::ConnectionTrait;
use kernel::{Error, Permit, Result, Role, Uuid};
use platform::App;
use serde_json::json;

use super::{manageable, note, sessions, today};
use crate::accounts::{
    model::State,
    policy::ResetAccess,
    store::{
        self, OpenSession, holdings,
        users::{self, Reach, UserRow},
    },
};

/// The account, when the permit reaches it by the rule above.
pub(super) async fn of(c: &impl ConnectionTrait, app: &App, permit: &Permit<ResetAccess>, id: Uuid) -> Result<UserRow> {
    let (actor, reach) = (permit.actor(), Reach::of(permit));
    if actor.user == id {
        return Err(Error::Conflict(
            "Đây là tài khoản của chính mình; hãy dùng trang Tài khoản và bảo mật để đổi mật khẩu, kết thúc phiên."
                .into(),
        ));
    }
    let roots = actor.holdings.iter().filter(|held| held.role == Role::Administrator).map(|held| held.agency);
    let own = if permit.everywhere() { reach.clone() } else { Reach::below(roots.collect()) };
    if users::find(c, &own, id).await?.is_some() {
        manageable(c, app, &own, id).await
    } else {
        superior(c, app, &reach, id).await
    }
}

async fn superior(c: &impl ConnectionTrait, app: &App, reach: &Reach, id: Uuid) -> Result<UserRow> {
    let user = users::find(c, reach, id).await?.ok_or(Error::NotFound)?;
    let below =
        users::is_strictly_below(c, reach, id).await? && holdings::outside(c, reach, id, today(app), true).await? == 0;
    let held = holdings::of(c, &[id]).await?;
    let administrator = held.iter().any(|held| held.role == Role::Administrator.key() && !held.ended(today(app)));
    let refuse = |why: &str| Err(Error::Conflict(why.to_owned()));
    if administrator {
        return refuse("Người này giữ quyền quản trị. Hãy đề nghị người quản trị cấp trên thực hiện.");
    }
    if !below {
        return refuse(
            "Thư ký chỉ làm việc này cho người của cơ quan cấp dưới. Với người cùng cơ quan, hoặc còn giữ vai trò ở cơ quan khác, hãy đề nghị người quản trị.",
        );
    }
    Ok(user)
}

/// What stands in the way of a new slip, in words; nothing when it can be given.
///
/// # Errors
/// [`Error::NotFound`] out of reach.
pub async fn hindrance(app: &App, permit: &Permit<ResetAccess>, id: Uuid) -> Result<Option<String>> {
    match of(app.db.read(), app, permit, id).await {
        Ok(user) if State::from_key(&user.state) == State::Disabled => {
            Ok(Some("Tài khoản đang bị khóa; người quản trị phải mở khóa trước.".into()))
        }
        Ok(_) => Ok(None),
        Err(Error::Conflict(why)) => Ok(Some(why)),
        Err(error) => Err(error),
    }
}

/// Where a person is signed in. That it was looked at is recorded: these are personal data.
///
/// # Errors
/// [`Error::NotFound`] out of reach, [`Error::Conflict`] where the rule above forbids it.
pub async fn open_sessions(app: &App, permit: &Permit<ResetAccess>, id: Uuid) -> Result<(UserRow, Vec<OpenSession>)> {
    let tx = app.db.begin().await?;
    let user = of(&*tx, app, permit, id).await?;
    note(&tx, app, permit.actor(), "accounts.view_sessions", Some(id), json!({ "login": user.login })).await?;
    tx.commit().await?;
    let open = sessions::open_of(app, id).await?;
    Ok((user, open))
}

/// Ends one session of a person.
///
/// # Errors
/// See [`open_sessions`]; [`Error::NotFound`] also for a session of somebody else.
pub async fn end_session(app: &App, permit: &Permit<ResetAccess>, id: Uuid, session: Uuid) -> Result<()> {
    let tx = app.db.begin().await?;
    let user = of(&*tx, app, permit, id).await?;
    if !store::delete_session_of(&*tx, id, session).await? {
        return Err(Error::NotFound);
    }
    note(&tx, app, permit.actor(), "accounts.end_session", Some(id), json!({ "login": user.login })).await?;
    tx.commit().await
}

/// Ends every session of a person; how many.
///
/// # Errors
/// See [`open_sessions`].
pub async fn end_sessions(app: &App, permit: &Permit<ResetAccess>, id: Uuid) -> Result<u64> {
    let tx = app.db.begin().await?;
    let user = of(&*tx, app, permit, id).await?;
    let ended = store::delete_sessions(&*tx, id, None).await?;
    let detail = json!({ "login": user.login, "sessions": ended });
    note(&tx, app, permit.actor(), "accounts.end_session", Some(id), detail).await?;
    tx.commit().await?;
    Ok(ended)
}
