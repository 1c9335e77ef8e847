//! Files of days of rest; the newest is in force.

use kernel::{Actor, Result, Timestamp, Uuid, new_id};
use store::{ConnectionTrait, FromQueryResult, Params, Tx, insert, one};

/// A file of days of rest.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct DaysFile {
    pub source: String,
    pub by_name: String,
    pub at: i64,
}

/// The file in force; none while it is the one built into the program.
pub(crate) async fn days_file(c: &impl ConnectionTrait) -> Result<Option<DaysFile>> {
    one(c, "SELECT source, by_name, at FROM report_holidays ORDER BY at DESC, id DESC LIMIT 1", vec![]).await
}

#[derive(FromQueryResult)]
struct Above {
    name: String,
}

/// An agency above these in which an administrator works today; none when these stand highest.
pub(crate) async fn administered_above(c: &impl ConnectionTrait, roots: &[Uuid], on: i64) -> Result<Option<String>> {
    let mut params = Params::new();
    let (roots, on) = (params.list(roots.iter().copied()), params.mark(on));
    let sql = format!(
        "SELECT a.name FROM holdings h JOIN users u ON u.id = h.user_id JOIN agencies a ON a.id = h.agency_id \
         JOIN agency_closure c ON c.ancestor_id = h.agency_id WHERE c.descendant_id IN ({roots}) AND h.agency_id NOT IN ({roots}) \
         AND h.role = 'administrator' AND h.valid_from <= {on} AND h.valid_to > {on} AND u.state = 'active' ORDER BY a.id LIMIT 1"
    );
    let found: Option<Above> = one(c, &sql, params.values()).await?;
    Ok(found.map(|row| row.name))
}

/// Puts a file in force.
pub(crate) async fn insert_days_file(tx: &Tx, source: &str, by: &Actor, now: Timestamp) -> Result<()> {
    insert("report_holidays", &["id", "source", "by_id", "by_name", "at"])
        .row([new_id().into(), source.into(), by.user.into(), by.name.as_str().into(), now.0.into()])
        .run(&**tx)
        .await
}
