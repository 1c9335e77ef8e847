//! The first administrator: there is nobody yet who could make an account.
//!
//! The page works with a one-time code that stands in the log of the start only. "Only from this machine" would be less
//! safe: behind a proxy on the same machine every request comes from it.

use std::sync::atomic::{AtomicBool, Ordering};

use kernel::{Actor, Error, FieldErrors, Permit, Result, Role, Uuid};
use platform::{App, secrets, web::Client};
use serde_json::json;

use super::{NewHolding, NewUser, Reach, note, password, sessions, slips, slips::Slip, today};
use crate::accounts::{
    forms,
    model::{import::Places, login, slip_key},
    policy::ManageAccounts,
    store::{access, activations, holdings, users},
};

/// Has this node seen an account? Accounts are locked, never removed, so that seeing one once is enough.
#[derive(Default)]
struct Seen(AtomicBool);

/// Is there no account yet? Every visitor of the portal asks this, so the database is asked only until there is one.
///
/// # Errors
/// When the database refuses.
pub async fn needed(app: &App) -> Result<bool> {
    let seen = app.memory.of::<Seen>();
    if !seen.0.load(Ordering::Relaxed) && users::any(app.db.read()).await? {
        seen.0.store(true, Ordering::Relaxed);
    }
    Ok(!seen.0.load(Ordering::Relaxed))
}

/// At start-up: the code for the first administrator, when there is no account; only its hash is kept.
///
/// # Errors
/// When the database refuses.
pub async fn prepare(app: &App) -> Result<Option<String>> {
    if !needed(app).await? {
        return Ok(None);
    }
    let code = secrets::slip_code();
    let tx = app.db.begin().await?;
    activations::set_setup_code(&*tx, &secrets::sha256(slip_key(&code).as_bytes()), app.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(code))
}

/// What the first administrator tells about himself.
#[derive(Debug)]
pub struct First<'a> {
    /// Login name.
    pub login: &'a str,
    /// Full name.
    pub name: &'a str,
    /// Name of his agency, which is made when there is none yet.
    pub agency: &'a str,
    /// The password.
    pub password: &'a str,
}

/// Makes the first administrator and signs in; the token for the cookie.
///
/// # Errors
/// [`Error::NotFound`] once there is an account, [`Error::Invalid`] by field.
pub async fn first(app: &App, client: &Client, code: &str, new: First<'_>) -> Result<String> {
    if !needed(app).await? {
        return Err(Error::NotFound);
    }
    let name = new.login.trim().to_lowercase();
    if !login::is_valid(&name) {
        return Err(Error::invalid(
            "login",
            "Tên đăng nhập gồm 3–64 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.",
        ));
    }
    let hash = password::choose(app, Uuid::nil(), &name, new.password, false).await?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    if !activations::use_setup_code(&*tx, &secrets::sha256(slip_key(code).as_bytes())).await? {
        return Err(Error::invalid("code", "Mã không đúng. Mã nằm trong nhật ký của lần khởi động gần nhất."));
    }
    if users::any(&*tx).await? {
        return Err(Error::NotFound);
    }
    let account = NewUser { password: Some(hash.clone()), ..administrator(&name, new.name) };
    let id = insert(&tx, app, account, new.agency).await?;
    access::remember_password(&*tx, id, &hash, now).await?;
    let actor = Actor { user: id, name: new.name.to_owned(), holdings: Vec::new() };
    note(&tx, app, &actor, "accounts.first", Some(id), json!({ "login": name, "address": client.address })).await?;
    let token = sessions::open(&tx, app, client, id, true).await?;
    tx.commit().await?;
    Ok(token)
}

fn administrator<'a>(login: &'a str, name: &'a str) -> NewUser<'a> {
    NewUser {
        login,
        name,
        position: "Quản trị hệ thống",
        email: "",
        phone: "",
        home: Uuid::nil(),
        password: None,
        must_change: false,
    }
}

/// An administrator over every top of the tree; the tree gets its first agency when it is empty.
async fn insert(tx: &::store::Tx, app: &App, account: NewUser<'_>, agency: &str) -> Result<Uuid> {
    let mut tops = activations::tops(&**tx, today(app)).await?;
    let name = agency.trim();
    let mut home = tops.first().copied();
    if !tops.is_empty() && !name.is_empty() {
        let everywhere = Reach::of(&Permit::<ManageAccounts>::system());
        let places = Places::new(users::places(&**tx, &everywhere, today(app)).await?);
        let mut errors = FieldErrors::default();
        home = Some(forms::place(&mut errors, "agency", name, &places));
        errors.into_result(())?;
    }
    if tops.is_empty() {
        if name.is_empty() {
            return Err(Error::invalid("agency", "Chưa có cơ quan nào; hãy điền tên cơ quan quản trị hệ thống."));
        }
        tops.push(activations::insert_first_agency(&**tx, name, today(app)).await?);
    }
    let home = home.or_else(|| tops.first().copied()).unwrap_or_default();
    let id = users::insert_user(&**tx, app.clock.now(), NewUser { home, ..account }).await?;
    for agency in tops {
        let held = NewHolding { user: id, agency, role: Role::Administrator, from: app.clock.today(), to: None };
        holdings::insert_holding(&**tx, app.clock.now(), Uuid::nil(), held, "").await?;
    }
    Ok(id)
}

/// `lantoa user create-admin`: an administrator over every top of the tree, with a slip.
///
/// # Errors
/// [`Error::Invalid`] for a login name that is taken or none.
pub async fn administrator_from_command(
    app: &App,
    permit: &Permit<ManageAccounts>,
    (login_name, name, agency): (&str, &str, &str),
) -> Result<Slip> {
    if !login::is_valid(login_name) {
        return Err(Error::invalid(
            "login",
            "Tên đăng nhập gồm 3–64 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.",
        ));
    }
    let tx = app.db.begin().await?;
    if users::by_login(&*tx, login_name).await?.is_some() {
        return Err(Error::invalid("login", "Tên đăng nhập này đã có người dùng."));
    }
    let id = insert(&tx, app, administrator(login_name, name), agency).await?;
    note(&tx, app, permit.actor(), "accounts.create", Some(id), json!({ "login": login_name, "name": name })).await?;
    let user = users::by_id(&*tx, id).await?.ok_or(Error::NotFound)?;
    let slips = slips::issue(&tx, app, permit.actor().user, &[user]).await?;
    tx.commit().await?;
    slips.into_iter().next().ok_or_else(|| Error::Internal("không có phiếu".into()))
}
