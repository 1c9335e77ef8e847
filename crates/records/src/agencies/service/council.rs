//! Who sits in a coordination council: entered, ended, corrected.

use ::store::Tx;
use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Uuid, new_id, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::{directory, projection::FOREVER};
use crate::agencies::{
    model::COUNCIL,
    policy::ManageAgencies,
    store::{self, SeatRow},
};

/// A seat to be entered.
#[derive(Debug, Clone)]
pub struct NewSeat {
    /// The agency that is represented.
    pub agency: Uuid,
    /// By whom.
    pub person: String,
    /// The person's position in the agency.
    pub position: String,
    /// What the person is in the council.
    pub seat: String,
    /// The decision on the council's members.
    pub basis: String,
    /// First day.
    pub from: NaiveDate,
    /// First day no more.
    pub until: Option<NaiveDate>,
}

/// Enters a seat.
///
/// # Errors
/// [`Error::NotFound`] when there is no such council within the permit; [`Error::Invalid`] when the person already has this seat.
pub async fn add_seat(app: &App, permit: &Permit<ManageAgencies>, council: Uuid, new: NewSeat) -> Result<Uuid> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    reach(app, &tx, permit, council).await?;
    let (valid_from, valid_to) = (time::date_to_int(new.from), new.until.map_or(FOREVER, time::date_to_int));
    let meets = |row: &SeatRow| row.valid_from < valid_to && valid_from < row.valid_to;
    let same = |row: &SeatRow| row.agency_id == new.agency && row.person == new.person;
    if store::seats_of(&*tx, council).await?.iter().any(|row| same(row) && meets(row)) {
        return Err(Error::invalid("nguoi", "Người này đã có trong danh sách với thời gian trùng nhau."));
    }
    let id = new_id();
    let detail = json!({ "council": council, "agency": new.agency, "person": new.person, "position": new.position,
                         "seat": new.seat, "basis": new.basis, "from": new.from, "to": new.until });
    let NewSeat { agency: agency_id, person, position, seat, basis, .. } = new;
    let row = SeatRow { id, council_id: council, agency_id, person, position, seat, basis, valid_from, valid_to };
    store::add_seat(&*tx, now, permit.actor().user, row).await?;
    finish(tx, app, permit, "agencies.seat", id, detail).await?;
    Ok(id)
}

/// Ends a seat: `last` is its last day. Its council.
///
/// # Errors
/// [`Error::NotFound`] for an unknown seat or one outside the permit; [`Error::Invalid`] when it would end before it began.
pub async fn end_seat(app: &App, permit: &Permit<ManageAgencies>, id: Uuid, last: NaiveDate) -> Result<Uuid> {
    let tx = app.db.begin().await?;
    let seat = store::seat(&*tx, id).await?.ok_or(Error::NotFound)?;
    reach(app, &tx, permit, seat.council_id).await?;
    let until = last.succ_opt().map_or(FOREVER, time::date_to_int);
    if until <= seat.valid_from {
        return Err(Error::invalid("den_ngay", "Ngày thôi tham gia phải từ ngày bắt đầu trở đi."));
    }
    store::end_seat(&*tx, id, until).await?;
    finish(tx, app, permit, "agencies.seat_end", id, json!({ "person": seat.person, "to": last })).await?;
    Ok(seat.council_id)
}

/// Takes away a seat that was entered by mistake. Its council.
///
/// # Errors
/// [`Error::NotFound`] for an unknown seat or one outside the permit.
pub async fn delete_seat(app: &App, permit: &Permit<ManageAgencies>, id: Uuid) -> Result<Uuid> {
    let tx = app.db.begin().await?;
    let seat = store::seat(&*tx, id).await?.ok_or(Error::NotFound)?;
    reach(app, &tx, permit, seat.council_id).await?;
    store::delete_seat(&*tx, id).await?;
    let detail = json!({ "council": seat.council_id, "agency": seat.agency_id, "person": seat.person });
    finish(tx, app, permit, "agencies.seat_delete", id, detail).await?;
    Ok(seat.council_id)
}

/// The council exists, is one, and lies within the permit.
async fn reach(app: &App, tx: &Tx, permit: &Permit<ManageAgencies>, council: Uuid) -> Result<()> {
    let dir = directory(app).await?;
    let unit = dir.agencies().unit(dir.find(council).ok_or(Error::NotFound)?);
    let is_council = unit.face(unit.day_within(app.clock.today())).kind == COUNCIL;
    if is_council && (permit.everywhere() || store::is_below(&**tx, permit.roots(), council).await?) {
        return Ok(());
    }
    Err(Error::NotFound)
}

async fn finish(
    tx: Tx,
    app: &App,
    permit: &Permit<ManageAgencies>,
    action: &str,
    id: Uuid,
    detail: serde_json::Value,
) -> Result<()> {
    // Classes that mean the council's members resolve anew from here on.
    store::bump(&*tx, app.clock.now(), store::ALIAS_VERSION).await?;
    let entry = Entry { action, subject: "council_member", id: Some(id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await
}
