//! Granting, ending and handing over roles.

use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Role, Uuid, time};
use platform::App;
use serde_json::json;

use super::{keeps_an_administrator, manageable, note, today};
use crate::accounts::{
    model::State,
    policy::ManageAccounts,
    store::{
        holdings::{self, FOR_EVER, NewHolding},
        users::{self, Reach},
    },
};

/// Grants a role over an agency and everything below it.
///
/// # Errors
/// [`Error::NotFound`] when person or agency is out of reach, [`Error::Conflict`] when it is held already or the
/// administrator means himself, [`Error::Invalid`] for dates that cannot be.
pub async fn grant(app: &App, permit: &Permit<ManageAccounts>, new: NewHolding, why: &str) -> Result<()> {
    let reach = Reach::of(permit);
    let tx = app.db.begin().await?;
    let user = users::find(&*tx, &reach, new.user).await?.ok_or(Error::NotFound)?;
    if !users::covers(&*tx, &reach, new.agency).await? {
        return Err(Error::NotFound);
    }
    if permit.actor().user == new.user {
        return Err(Error::Conflict(
            "Không tự cấp vai trò cho chính mình được; hãy đề nghị người quản trị khác.".into(),
        ));
    }
    if new.from < app.clock.today() && !permit.everywhere() {
        return Err(Error::invalid("from", "Ngày bắt đầu không được trước hôm nay."));
    }
    if new.to.is_some_and(|to| to <= new.from) {
        return Err(Error::invalid("until", "Ngày kết thúc phải sau ngày bắt đầu."));
    }
    if holdings::overlaps(&*tx, &new).await? {
        return Err(Error::invalid("role", "Người này đã giữ vai trò đó ở cơ quan này trong thời gian ấy."));
    }
    holdings::insert_holding(&*tx, app.clock.now(), permit.actor().user, new, why).await?;
    let detail = json!({
        "login": user.login, "role": new.role.key(), "agency": new.agency,
        "from": time::date_to_int(new.from), "to": new.to.map(time::date_to_int), "note": why,
    });
    note(&tx, app, permit.actor(), "accounts.grant", Some(new.user), detail).await?;
    tx.commit().await
}

/// Ends a role: it no longer holds from this day on.
///
/// # Errors
/// [`Error::NotFound`] when the holding is out of reach, [`Error::Conflict`] when it is over or was the last
/// administrator's.
pub async fn end(
    app: &App,
    permit: &Permit<ManageAccounts>,
    user: Uuid,
    holding: Uuid,
    from: Option<NaiveDate>,
) -> Result<()> {
    let tx = app.db.begin().await?;
    let held = holdings::find(&*tx, &Reach::of(permit), user, holding).await?.ok_or(Error::NotFound)?;
    if held.ended(today(app)) {
        return Err(Error::Conflict("Vai trò này đã kết thúc.".into()));
    }
    let day = from.unwrap_or_else(|| app.clock.today()).max(app.clock.today());
    let day = time::date_from_int(held.valid_from).map_or(day, |first| day.max(first));
    if time::date_to_int(day) > held.valid_to {
        return Err(Error::invalid("from", "Vai trò này kết thúc trước ngày đó."));
    }
    if held.role == Role::Administrator.key() {
        keeps_an_administrator(&tx, app, user, Some(holding)).await?;
    }
    holdings::end(&*tx, holding, day, &held.note).await?;
    let detail = json!({ "role": held.role, "agency": held.agency_id, "from": time::date_to_int(day) });
    note(&tx, app, permit.actor(), "accounts.end_role", Some(user), detail).await?;
    tx.commit().await
}

/// Hands every role that one person still holds to a successor, from a day on; how many.
///
/// # Errors
/// [`Error::NotFound`] when one of the two is out of reach; [`Error::Conflict`] when there is nothing to hand over,
/// the two are one, or the successor cannot take it.
pub async fn hand_over(
    app: &App,
    permit: &Permit<ManageAccounts>,
    (from, to): (Uuid, Uuid),
    day: NaiveDate,
) -> Result<usize> {
    let (reach, now) = (Reach::of(permit), app.clock.now());
    let tx = app.db.begin().await?;
    let leaving = manageable(&*tx, app, &reach, from).await?;
    let successor = users::find(&*tx, &reach, to).await?.ok_or(Error::NotFound)?;
    if from == to {
        return Err(Error::invalid("successor", "Người nhận phải là người khác."));
    }
    if to == permit.actor().user {
        return Err(Error::Conflict(
            "Không tự nhận bàn giao cho chính mình được; hãy đề nghị người quản trị khác.".into(),
        ));
    }
    if day < app.clock.today() {
        return Err(Error::invalid("day", "Ngày bàn giao không được trước hôm nay."));
    }
    if State::from_key(&successor.state) == State::Disabled {
        return Err(Error::invalid("successor", "Tài khoản của người nhận đang bị khóa."));
    }
    let start = time::date_to_int(day);
    let open: Vec<_> = holdings::of(&*tx, &[from]).await?.into_iter().filter(|held| held.valid_to > start).collect();
    if open.is_empty() {
        return Err(Error::Conflict("Người này không còn vai trò nào để bàn giao.".into()));
    }
    let administrator = open.iter().any(|held| held.role == Role::Administrator.key());
    if administrator && State::from_key(&successor.state) != State::Active {
        return Err(Error::invalid("successor", "Người nhận quyền quản trị phải kích hoạt tài khoản trước."));
    }
    holdings::lock_administrators(&*tx, now).await?;
    for held in &open {
        let begins = time::date_from_int(held.valid_from.max(start)).unwrap_or(day);
        let ends = (held.valid_to != FOR_EVER).then(|| time::date_from_int(held.valid_to)).flatten();
        let role = Role::from_key(&held.role).ok_or_else(|| Error::Internal(format!("vai trò {}", held.role)))?;
        let new = NewHolding { user: to, agency: held.agency_id, role, from: begins, to: ends };
        if !holdings::overlaps(&*tx, &new).await? {
            let why = format!("Nhận bàn giao từ {}", leaving.name);
            holdings::insert_holding(&*tx, now, permit.actor().user, new, &why).await?;
        }
        holdings::end(&*tx, held.id, begins, &format!("Bàn giao cho {}", successor.name)).await?;
    }
    let detail = json!({
        "from": leaving.login, "to": successor.login, "day": start,
        "roles": open.iter().map(|held| json!([held.role, held.agency_id])).collect::<Vec<_>>(),
    });
    note(&tx, app, permit.actor(), "accounts.hand_over", Some(from), detail.clone()).await?;
    note(&tx, app, permit.actor(), "accounts.take_over", Some(to), detail).await?;
    tx.commit().await?;
    Ok(open.len())
}
