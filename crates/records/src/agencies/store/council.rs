//! Who sits in councils.

use ::store::{ConnectionTrait, FromQueryResult, all, exec, insert, one};
use kernel::{Result, Timestamp, Uuid};

/// A seat as stored.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::agencies) struct SeatRow {
    pub id: Uuid,
    pub council_id: Uuid,
    pub agency_id: Uuid,
    pub person: String,
    pub position: String,
    pub seat: String,
    pub basis: String,
    pub valid_from: i64,
    pub valid_to: i64,
}

const COLUMNS: &str = "id, council_id, agency_id, person, position, seat, basis, valid_from, valid_to";

/// Every seat of every council, for the directory.
pub(in crate::agencies) async fn seats(c: &impl ConnectionTrait) -> Result<Vec<SeatRow>> {
    all(c, &format!("SELECT {COLUMNS} FROM council_members ORDER BY valid_from, id"), vec![]).await
}

/// The seats of a council, the oldest first.
pub(in crate::agencies) async fn seats_of(c: &impl ConnectionTrait, council: Uuid) -> Result<Vec<SeatRow>> {
    let sql = format!("SELECT {COLUMNS} FROM council_members WHERE council_id = $1 ORDER BY valid_from, id");
    all(c, &sql, vec![council.into()]).await
}

/// A seat by its id.
pub(in crate::agencies) async fn seat(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<SeatRow>> {
    one(c, &format!("SELECT {COLUMNS} FROM council_members WHERE id = $1"), vec![id.into()]).await
}

/// Adds a seat.
pub(in crate::agencies) async fn add_seat(
    c: &impl ConnectionTrait,
    now: Timestamp,
    by: Uuid,
    row: SeatRow,
) -> Result<()> {
    let columns = [
        "id",
        "council_id",
        "agency_id",
        "person",
        "position",
        "seat",
        "basis",
        "valid_from",
        "valid_to",
        "created_by",
        "created_at",
    ];
    insert("council_members", &columns)
        .row([
            row.id.into(),
            row.council_id.into(),
            row.agency_id.into(),
            row.person.into(),
            row.position.into(),
            row.seat.into(),
            row.basis.into(),
            row.valid_from.into(),
            row.valid_to.into(),
            by.into(),
            now.0.into(),
        ])
        .run(c)
        .await
}

/// Ends a seat.
pub(in crate::agencies) async fn end_seat(c: &impl ConnectionTrait, id: Uuid, valid_to: i64) -> Result<()> {
    exec(c, "UPDATE council_members SET valid_to = $1 WHERE id = $2", vec![valid_to.into(), id.into()]).await.map(drop)
}

/// Takes away a seat that was entered by mistake.
pub(in crate::agencies) async fn delete_seat(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    exec(c, "DELETE FROM council_members WHERE id = $1", vec![id.into()]).await.map(drop)
}
