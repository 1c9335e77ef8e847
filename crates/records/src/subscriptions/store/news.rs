//! Who is due, and what is new for them.

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec};

use crate::subscriptions::model::Choice;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Confirmed ones after an id whose last letter told nothing after these instants (of daily, of weekly ones), in order of id.
pub(crate) async fn due(
    c: &impl ConnectionTrait,
    (daily, weekly): (Timestamp, Timestamp),
    after: Uuid,
    most: i64,
) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM subscriptions WHERE state = 'confirmed' AND id > $3 \
               AND ((period = 'daily' AND told_to < $1) OR (period = 'weekly' AND told_to < $2)) ORDER BY id LIMIT $4";
    let rows: Vec<Id> = all(c, sql, vec![daily.0.into(), weekly.0.into(), after.into(), most.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Notes up to when a subscription is told; `false` when it is not any more where it was thought to be.
pub(crate) async fn tell(c: &impl ConnectionTrait, id: Uuid, from: i64, to: i64) -> Result<bool> {
    let sql = "UPDATE subscriptions SET told_to = $3 WHERE id = $1 AND told_to = $2 AND state = 'confirmed'";
    Ok(exec(c, sql, vec![id.into(), from.into(), to.into()]).await? > 0)
}

/// A publication in a letter.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct News {
    pub slug: String,
    pub title: String,
    pub lead: String,
    pub agency_name: String,
}

/// What became public after an instant, up to another, and is wanted; the newest first.
pub(crate) async fn news(
    c: &impl ConnectionTrait,
    choice: &Choice,
    (from, to): (i64, i64),
    most: i64,
) -> Result<Vec<News>> {
    let mut params = Params::new();
    let (from, to) = (params.mark(from), params.mark(to));
    let mut wanted = Vec::new();
    if !choice.agencies.is_empty() {
        wanted.push(format!("p.agency_id IN ({})", params.list(choice.agencies.iter().copied())));
    }
    let sections: Vec<String> = choice.sections.iter().map(Uuid::to_string).collect();
    for (kind, keys) in [("section", &sections), ("field", &choice.fields)] {
        if !keys.is_empty() {
            let keys = params.list(keys.iter().map(String::as_str));
            wanted.push(format!(
                "p.live_id IN (SELECT edition_id FROM edition_marks WHERE kind = '{kind}' AND key IN ({keys}))"
            ));
        }
    }
    let wanted = if wanted.is_empty() { "1 = 1".to_owned() } else { wanted.join(" OR ") };
    let most = params.mark(most);
    let sql = format!(
        "SELECT p.slug, e.title, e.lead, a.name AS agency_name FROM publications p JOIN editions e ON e.id = p.live_id \
         JOIN agencies a ON a.id = p.agency_id WHERE p.gone = '' AND p.of_id IS NULL AND p.first_at > {from} AND p.first_at <= {to} AND ({wanted}) \
         ORDER BY p.first_at DESC, p.id LIMIT {most}"
    );
    all(c, &sql, params.values()).await
}
