//! Inviting many at once from a spreadsheet.

use std::collections::HashSet;

use kernel::{Permit, Result, text};
use platform::App;
use serde_json::json;

use super::{NewHolding, NewUser, note, slips, slips::Slip, today};
use crate::accounts::{
    model::{
        import::{self, Places, Raw, Row, Verdict},
        login,
    },
    policy::ManageAccounts,
    store::{
        holdings,
        users::{self, Reach},
    },
};

/// Judges the rows of a list: which can be invited, which are there already, which are to be corrected.
///
/// # Errors
/// When the database refuses.
pub async fn check(app: &App, permit: &Permit<ManageAccounts>, rows: Vec<(usize, Raw)>) -> Result<Vec<Row>> {
    let places = Places::new(users::places(app.db.read(), &Reach::of(permit), today(app)).await?);
    let known = users::everybody(app.db.read()).await?.into_iter().map(|(_, name, home)| (name, home)).collect();
    Ok(import::judge(rows, &places, &known))
}

/// Makes the accounts of the good rows, with slips.
///
/// # Errors
/// When the database refuses; then nobody is invited.
pub async fn invite(app: &App, permit: &Permit<ManageAccounts>, rows: Vec<(usize, Raw)>) -> Result<Vec<Slip>> {
    let (now, reach) = (app.clock.now(), Reach::of(permit));
    let tx = app.db.begin().await?;
    let places = Places::new(users::places(&*tx, &reach, today(app)).await?);
    let everybody = users::everybody(&*tx).await?;
    let mut taken: HashSet<String> = everybody.iter().map(|(login, ..)| login.clone()).collect();
    let known = everybody.into_iter().map(|(_, name, home)| (name, home)).collect();
    let mut made = Vec::new();
    for row in import::judge(rows, &places, &known) {
        let Verdict::Good { agency, roles } = row.verdict else { continue };
        let [name, position, _, _, email, phone] = &row.raw;
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let login = login::propose(&name, &mut taken);
        let new = NewUser {
            login: &login,
            name: &name,
            position,
            email,
            phone,
            home: agency,
            password: None,
            must_change: false,
        };
        let id = users::insert_user(&*tx, now, new).await?;
        for role in &roles {
            let held = NewHolding { user: id, agency, role: *role, from: now.date(), to: None };
            holdings::insert_holding(&*tx, now, permit.actor().user, held, "").await?;
        }
        let keys: Vec<&str> = roles.iter().map(|role| role.key()).collect();
        let detail = json!({ "login": login, "name": name, "agency": agency, "roles": keys });
        note(&tx, app, permit.actor(), "accounts.invite", Some(id), detail).await?;
        made.push(id);
    }
    let mut people = Vec::new();
    for part in made.chunks(500) {
        people.extend(users::invited(&*tx, &reach, part, today(app)).await?);
    }
    people.sort_by_cached_key(|user| (text::fold(&user.agency_name), text::fold(&user.name)));
    let slips = slips::issue(&tx, app, permit.actor().user, &people).await?;
    tx.commit().await?;
    Ok(slips)
}
