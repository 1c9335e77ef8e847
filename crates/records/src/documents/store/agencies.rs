//! What this slice asks of the table of agencies.

use std::collections::HashMap;

use kernel::{Result, Uuid, time};
use store::{ConnectionTrait, FromQueryResult, Params, all};

#[derive(FromQueryResult)]
struct Kind {
    id: Uuid,
    kind: String,
}

/// Bodies to which a state body gives no orders, and party committees, with their kinds.
pub(in crate::documents) async fn kinds_outside_orders(c: &impl ConnectionTrait) -> Result<HashMap<Uuid, String>> {
    let sql = "SELECT id, kind FROM agencies \
               WHERE kind IN ('front', 'mass', 'association', 'court', 'procuracy', 'party-committee')";
    let rows: Vec<Kind> = all(c, sql, vec![]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.kind)).collect())
}

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

#[derive(FromQueryResult)]
struct Basis {
    id: Uuid,
    basis: String,
    title: String,
    event_date: i64,
}

impl Basis {
    /// The paper; where none was recorded, the event itself.
    fn words(&self) -> String {
        if !self.basis.is_empty() {
            return self.basis.clone();
        }
        let date = time::date_from_int(self.event_date).map(time::display_date).unwrap_or_default();
        format!("{} ({date}, theo danh mục cơ quan)", self.title)
    }
}

/// The papers on which agencies ended, by agency, as far as the events tell.
pub(in crate::documents) async fn ending_bases(
    c: &impl ConnectionTrait,
    agencies: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    if agencies.is_empty() {
        return Ok(HashMap::new());
    }
    let mut params = Params::new();
    let marks = params.list(agencies.iter().copied());
    let sql = format!(
        "SELECT a.id, e.basis, e.title, e.event_date FROM agencies a JOIN agency_successions s ON s.from_id = a.id \
         JOIN agency_events e ON e.event_date = s.event_date AND NOT e.withdrawn \
         WHERE a.id IN ({marks}) AND e.changes LIKE '%\"' || a.code || '\"%' ORDER BY e.event_date, e.position"
    );
    let rows: Vec<Basis> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.words())).collect())
}
