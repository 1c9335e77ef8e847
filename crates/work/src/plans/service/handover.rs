//! What an agency that is no more left open: the owner of the plan says who carries on, or that it ends.

use kernel::{Actor, Error, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use records::agencies::directory;
use serde_json::json;

use super::object;
use crate::plans::{
    model::state::State,
    policy::ManagePlans,
    store::{self, Line, NewStep, Obligation, Plan, Slot},
};

/// Most obligations shown at once.
const SHOWN: i64 = 400;

/// What one agency left open in a plan.
pub(crate) struct Left {
    pub agency: Uuid,
    pub name: String,
    /// Those who carry on for it by the events, the main one first.
    pub heirs: Vec<(Uuid, String)>,
    /// The paper on which it ended, as far as the events tell.
    pub basis: String,
    pub rows: Vec<Line>,
}

/// Who carries on.
#[derive(Debug, Clone)]
pub(crate) enum Heir {
    /// This agency.
    Known(Uuid),
    /// The one with this name.
    Called(String),
    /// Nobody.
    Nobody,
}

/// What ended agencies left open in a plan, by agency; at most some hundreds of obligations at once.
///
/// # Errors
/// [`Error::NotFound`] for a plan that the person does not manage.
pub(crate) async fn left_open(app: &App, permit: &Permit<ManagePlans>, plan: Uuid) -> Result<(Plan, Vec<Left>)> {
    let plan = object::plan_to_manage(app, permit, plan).await?;
    let (dir, today) = (directory(app).await?, app.clock.today());
    let mut out: Vec<Left> = Vec::new();
    for line in store::orphan_lines(app.db.read(), plan.id, SHOWN).await? {
        if out.last().is_none_or(|left| left.agency != line.agency_id) {
            let named = |id: Uuid| (id, dir.name(id, today).unwrap_or_default().to_owned());
            let heirs = dir.heirs(line.agency_id, today).into_iter().filter(|heir| *heir != line.agency_id);
            let (agency, name) = (line.agency_id, line.agency_name.clone());
            let basis = dir.basis_of_end(agency, today).unwrap_or_default();
            out.push(Left { agency, name, heirs: heirs.map(named).collect(), basis, rows: Vec::new() });
        }
        if let Some(left) = out.last_mut() {
            left.rows.push(line);
        }
    }
    Ok((plan, out))
}

/// Hands these obligations over to an heir, or ends them; how many.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] without obligations, heir or basis.
pub(crate) async fn hand_over(
    app: &App,
    permit: &Permit<ManagePlans>,
    plan: Uuid,
    ids: &[Uuid],
    heir: Heir,
    basis: &str,
) -> Result<usize> {
    let plan = object::plan_to_manage(app, permit, plan).await?;
    let mut errors = kernel::FieldErrors::default();
    if ids.is_empty() {
        errors.add("nv", "Hãy đánh dấu ít nhất một nhiệm vụ.");
    }
    if basis.is_empty() {
        errors.add("can_cu", "Hãy ghi căn cứ: văn bản hoặc lý do.");
    }
    let heir = match living(app, heir).await {
        Ok(heir) => heir,
        Err(message) => {
            errors.add("noi_nhan", message?);
            None
        }
    };
    errors.into_result(())?;
    let rows = store::orphans_of_plan(app.db.read(), plan.id, ids).await?;
    if rows.len() != ids.len() {
        return Err(Error::Conflict("Có nhiệm vụ vừa được xử lý. Hãy tải lại trang để xem phần còn lại.".into()));
    }
    let tx = app.db.begin().await?;
    for row in &rows {
        match &heir {
            Some((id, name)) => {
                let said = format!("Giao {name} tiếp nhận. Căn cứ: {basis}");
                give(app, &tx, permit.actor(), row, *id, &said).await?;
            }
            None => {
                let mut after = row.clone();
                after.mark.clear();
                after.set_state(State::Ended);
                let body = format!("Không còn nơi thực hiện. Căn cứ: {basis}");
                write(app, &tx, permit.actor(), (row, &after), "ended", &body).await?;
                store::drop_requests(&tx, row.id).await?;
            }
        }
    }
    if let Some((id, _)) = &heir {
        let day = time::date_to_int(app.clock.today());
        let body = format!("Tiếp nhận {} nhiệm vụ của cơ quan đã kết thúc hoạt động.", rows.len());
        for contact in store::contacts(&*tx, &[*id], day).await? {
            store::insert_notice(&tx, app.clock.now(), contact.user_id, &body, "/viec-cua-toi").await?;
        }
    }
    let detail = json!({ "obligations": ids, "heir": heir.as_ref().map(|(id, _)| id), "basis": basis });
    let entry = Entry { action: "plans.handover", subject: "plan", id: Some(plan.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(rows.len())
}

/// The heir with its name, when it exists today; else what is wrong.
async fn living(app: &App, heir: Heir) -> std::result::Result<Option<(Uuid, String)>, Result<String>> {
    let dir = directory(app).await.map_err(Err)?;
    let today = app.clock.today();
    let id = match heir {
        Heir::Nobody => return Ok(None),
        Heir::Known(id) => id,
        Heir::Called(name) if name.is_empty() => {
            return Err(Ok("Hãy chọn nơi tiếp nhận, hoặc chọn chấm dứt.".to_owned()));
        }
        Heir::Called(name) => {
            let found = dir.search(&name, today, 20);
            let same = |one: &&(Uuid, String, String)| kernel::text::fold(&one.1) == kernel::text::fold(&name);
            match (found.iter().find(same), found.as_slice()) {
                (Some((id, ..)), _) | (None, [(id, ..)]) => *id,
                (None, []) => return Err(Ok(format!("Không có cơ quan nào tên “{name}”; hãy gõ tên đầy đủ."))),
                (None, several) => {
                    let names: Vec<&str> = several.iter().take(4).map(|(_, name, _)| name.as_str()).collect();
                    return Err(Ok(format!("Có nhiều cơ quan như vậy ({}…); hãy gõ tên đầy đủ.", names.join("; "))));
                }
            }
        }
    };
    match dir.name(id, today).filter(|_| dir.lives(id, today)) {
        Some(name) => Ok(Some((id, name.to_owned()))),
        None => Err(Ok("Nơi tiếp nhận phải là cơ quan đang hoạt động.".to_owned())),
    }
}

/// Gives an obligation to an heir; where the heir has the same duty already, one of the two is enough.
pub(super) async fn give(
    app: &App,
    tx: &::store::Tx,
    actor: &Actor,
    row: &Obligation,
    heir: Uuid,
    said: &str,
) -> Result<()> {
    let slot = Slot { task_id: row.task_id, agency_id: heir, role: row.role.clone(), period: row.period.clone() };
    let mut after = row.clone();
    after.mark.clear();
    let own = store::at_slot(&**tx, &slot).await?;
    let body = match &own {
        Some(own) => {
            after.moved_to = Some(own.id);
            after.set_state(State::Ended);
            format!("{said} Nơi đó đã có nhiệm vụ này.")
        }
        None => {
            after.take_over(heir, store::agency_groups(&**tx, std::iter::once(heir)).await?);
            after.settle();
            said.to_owned()
        }
    };
    write(app, tx, actor, (row, &after), "handover", &body).await
}

async fn write(
    app: &App,
    tx: &::store::Tx,
    actor: &Actor,
    (row, after): (&Obligation, &Obligation),
    kind: &str,
    body: &str,
) -> Result<()> {
    store::change(tx, row, after).await?;
    let step = NewStep { kind, body, ..NewStep::default() };
    store::insert_step(tx, app.clock.now(), actor, row.id, step).await.map(drop)
}
