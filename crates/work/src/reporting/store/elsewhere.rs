//! What other forms say in the period of a round: their sums, the versions by which they were asked for.

use std::collections::HashMap;

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

use super::Round;

/// Sums of other forms at an agency in a period: round, key of the form, definition, sums.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct OtherSums {
    pub round_id: Uuid,
    pub expected: i64,
    pub form_id: Uuid,
    pub form_key: String,
    pub payload: String,
}

/// See [`OtherSums`].
pub(crate) async fn other_sums(
    c: &impl ConnectionTrait,
    agency: Uuid,
    round: &Round,
    keys: &[String],
) -> Result<Vec<OtherSums>> {
    let mut params = Params::new();
    let (key, to) = (params.mark(round.period_key.as_str()), params.mark(round.date_to));
    let (agency, plan) = (params.mark(agency), params.mark(round.plan_name.as_str()));
    let sql = format!(
        "SELECT r.id AS round_id, s.expected, r.form_id, r.form_key, s.payload FROM report_sums s JOIN report_rounds r ON r.id = s.round_id \
         WHERE s.parent_id = {agency} AND r.period_key = {key} AND r.date_to = {to} AND r.form_key IN ({}) \
         AND r.plan_name IN ({plan}, '') ORDER BY CASE WHEN r.plan_name = {plan} THEN 1 ELSE 0 END, r.stage",
        params.list(keys.iter().cloned())
    );
    all(c, &sql, params.values()).await
}

#[derive(FromQueryResult)]
struct OtherForm {
    form_key: String,
    form_id: Uuid,
}

/// The versions by which other forms were asked for in the period of a round, where the agency reports or receives: by key of the form.
pub(crate) async fn other_forms(
    c: &impl ConnectionTrait,
    agency: Uuid,
    round: &Round,
    keys: &[String],
) -> Result<HashMap<String, Uuid>> {
    let mut params = Params::new();
    let (key, to) = (params.mark(round.period_key.as_str()), params.mark(round.date_to));
    let (agency, plan) = (params.mark(agency), params.mark(round.plan_name.as_str()));
    // What comes later in the order is taken.
    let sql = format!(
        "SELECT r.form_key, r.form_id FROM report_rounds r WHERE r.period_key = {key} AND r.date_to = {to} AND r.form_key IN ({}) \
         AND r.plan_name IN ({plan}, '') AND (EXISTS (SELECT 1 FROM report_sums s WHERE s.round_id = r.id AND s.parent_id = {agency}) \
         OR EXISTS (SELECT 1 FROM reports p WHERE p.round_id = r.id AND p.agency_id = {agency})) \
         ORDER BY CASE WHEN r.plan_name = {plan} THEN 1 ELSE 0 END, r.stage",
        params.list(keys.iter().cloned())
    );
    let rows: Vec<OtherForm> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().map(|row| (row.form_key, row.form_id)).collect())
}
