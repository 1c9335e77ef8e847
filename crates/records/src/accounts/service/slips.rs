//! One-time slips: made, given again, used.

use kernel::{Actor, Error, Permit, Result, Timestamp, Uuid, time};
use platform::{App, secrets, web::Client};
use serde_json::json;

use super::{note, others, password, sessions, today};
use crate::accounts::{
    model::{SLIP_DAYS, State, slip_key},
    policy::{ManageAccounts, ResetAccess},
    store::{
        self, access, activations,
        holdings::{self, HoldingRow},
        users::{self, Reach, UserRow},
    },
};

/// A slip to be printed. The code is shown this once; only its hash is kept.
#[derive(Debug, Clone)]
pub struct Slip {
    /// Full name.
    pub name: String,
    /// Home agency.
    pub agency: String,
    /// Roles, as one line.
    pub roles: String,
    /// Login name.
    pub login: String,
    /// The code.
    pub code: String,
    /// Last day on which it can be used.
    pub until: String,
}

/// Makes slips for these accounts inside the caller's transaction; earlier unused ones no longer work.
pub(super) async fn issue(tx: &::store::Tx, app: &App, by: Uuid, people: &[UserRow]) -> Result<Vec<Slip>> {
    let now = app.clock.now();
    let expires = now.plus_seconds(SLIP_DAYS * 86_400);
    let ids: Vec<Uuid> = people.iter().map(|user| user.id).collect();
    let day = today(app);
    let mut held: Vec<HoldingRow> = Vec::new();
    for part in ids.chunks(1000) {
        held.extend(holdings::of(&**tx, part).await?.into_iter().filter(|held| !held.ended(day)));
    }
    activations::cancel(&**tx, &ids).await?;
    let slips: Vec<Slip> = people.iter().map(|user| slip(user, &held, expires)).collect();
    let hashes: Vec<(Uuid, String)> = ids.into_iter().zip(&slips).map(|(id, slip)| (id, hash(&slip.code))).collect();
    activations::issue(&**tx, &hashes, by, now, expires).await?;
    Ok(slips)
}

fn slip(user: &UserRow, held: &[HoldingRow], expires: Timestamp) -> Slip {
    let mut roles: Vec<String> = Vec::new();
    for held in held.iter().filter(|held| held.user_id == user.id) {
        let role = if held.agency_id == user.home_agency {
            held.label().to_owned()
        } else {
            format!("{} ({})", held.label(), held.agency_name)
        };
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    Slip {
        name: user.name.clone(),
        agency: user.agency_name.clone(),
        roles: roles.join(", "),
        login: user.login.clone(),
        code: secrets::slip_code(),
        until: time::display_date(expires.date()),
    }
}

fn hash(code: &str) -> String {
    secrets::sha256(slip_key(code).as_bytes())
}

/// Slips for those of these accounts that were never activated.
///
/// # Errors
/// [`Error::Invalid`] when none of them waits for one.
pub async fn print(app: &App, permit: &Permit<ManageAccounts>, ids: &[Uuid]) -> Result<Vec<Slip>> {
    let tx = app.db.begin().await?;
    let reach = Reach::of(permit);
    let mut people = Vec::new();
    for part in ids.chunks(500) {
        people.extend(users::invited(&*tx, &reach, part, today(app)).await?);
    }
    if people.is_empty() {
        return Err(Error::invalid("ids", "Hãy chọn ít nhất một tài khoản chưa kích hoạt."));
    }
    let slips = issue(&tx, app, permit.actor().user, &people).await?;
    for user in &people {
        note(&tx, app, permit.actor(), "accounts.slip", Some(user.id), json!({ "login": user.login })).await?;
    }
    tx.commit().await?;
    Ok(slips)
}

/// Takes away a person's password and second factor and gives a new slip; by whom: see [`others`].
///
/// # Errors
/// [`Error::NotFound`] out of reach, [`Error::Conflict`] where the rules there forbid it or the account is closed.
pub async fn reset(app: &App, permit: &Permit<ResetAccess>, id: Uuid) -> Result<Slip> {
    let tx = app.db.begin().await?;
    let actor = permit.actor();
    let user = others::of(&*tx, app, permit, id).await?;
    if State::from_key(&user.state) == State::Disabled {
        return Err(Error::Conflict("Tài khoản đang bị khóa; hãy mở khóa trước khi cấp lại phiếu.".into()));
    }
    access::clear_access(&*tx, id).await?;
    store::delete_sessions(&*tx, id, None).await?;
    let slips = issue(&tx, app, actor.user, std::slice::from_ref(&user)).await?;
    note(&tx, app, actor, "accounts.reset", Some(id), json!({ "login": user.login })).await?;
    tx.commit().await?;
    slips.into_iter().next().ok_or_else(|| Error::Internal("không có phiếu".into()))
}

/// Uses a slip: sets the password and signs in; the token for the cookie and the login name.
///
/// # Errors
/// [`Error::Invalid`] for a code that is unknown, used or too old (one message), or a password that will not do.
pub async fn activate(app: &App, client: &Client, code: &str, new: &str) -> Result<(String, String)> {
    let now = app.clock.now();
    let wrong =
        || Error::invalid("code", "Mã không đúng, đã dùng hoặc đã hết hạn. Hãy xem lại phiếu hoặc xin phiếu mới.");
    let slip = activations::open(app.db.read(), &hash(code), now).await?.ok_or_else(wrong)?;
    let hashed = password::choose(app, slip.user_id, &slip.login, new, false).await?;
    let tx = app.db.begin().await?;
    if !activations::use_up(&*tx, slip.id, now).await? {
        return Err(wrong());
    }
    access::clear_access(&*tx, slip.user_id).await?;
    access::set_password(&*tx, slip.user_id, &hashed, now, app.config.access.password_history).await?;
    store::delete_sessions(&*tx, slip.user_id, None).await?;
    let actor = Actor { holdings: Vec::new(), ..store::actor(&*tx, slip.user_id, slip.name, now.date()).await? };
    note(&tx, app, &actor, "accounts.activate", Some(slip.user_id), json!({ "address": client.address })).await?;
    store::touch_user(&*tx, slip.user_id, now).await?;
    let token = sessions::open(&tx, app, client, slip.user_id, true).await?;
    tx.commit().await?;
    Ok((token, slip.login))
}
