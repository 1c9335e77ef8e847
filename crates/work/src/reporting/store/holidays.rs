//! Files of days of rest; the newest is in force.

use kernel::{Actor, Result, Timestamp, new_id};
use store::{ConnectionTrait, FromQueryResult, Tx, insert, one};

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

/// Puts a file in force.
pub(crate) async fn insert_days_file(tx: &Tx, source: &str, by: &Actor, now: Timestamp) -> Result<()> {
    insert("report_holidays", &["id", "source", "by_id", "by_name", "at"])
        .row([new_id().into(), source.into(), by.user.into(), by.name.as_str().into(), now.0.into()])
        .run(&**tx)
        .await
}
