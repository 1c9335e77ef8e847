//! What this slice asks of the table of agencies.

use std::collections::HashMap;

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

#[derive(FromQueryResult)]
struct Coded {
    id: Uuid,
    code: String,
    name: String,
}

/// Agencies by their codes.
pub(in crate::documents) async fn by_codes(
    c: &impl ConnectionTrait,
    codes: &[String],
) -> Result<HashMap<String, (Uuid, String)>> {
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    let mut params = Params::new();
    let marks = params.list(codes.iter().map(String::as_str));
    let sql = format!("SELECT id, code, name FROM agencies WHERE code IN ({marks})");
    let rows: Vec<Coded> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().map(|row| (row.code, (row.id, row.name))).collect())
}
