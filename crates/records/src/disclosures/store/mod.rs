//! Every query of the disclosures slice.

mod entries;
mod public;
mod requests;

pub(super) use entries::*;
pub(super) use public::*;
pub use public::{Answered, Disclosure};
pub(super) use requests::*;
pub use requests::{OpenRequest, Step};

pub use crate::agencies::Named;
pub(crate) use crate::agencies::named as agencies;
use kernel::{Result, Role, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, like_prefix, one};

/// Agencies with somebody who answers requests today, with these words in their name (or exactly one), in order of name; at most so many.
pub(crate) async fn answering(
    c: &impl ConnectionTrait,
    (roles, on): (&[Role], i64),
    words: &str,
    only: Option<Uuid>,
    most: i64,
) -> Result<Vec<Named>> {
    let mut params = Params::new();
    let roles = params.list(roles.iter().map(|role| role.key()));
    let on = params.mark(on);
    let mut sql = format!(
        "SELECT a.id, a.name FROM agencies a WHERE EXISTS (SELECT 1 FROM holdings h JOIN users u ON u.id = h.user_id \
         WHERE h.agency_id = a.id AND h.role IN ({roles}) AND h.valid_from <= {on} AND h.valid_to > {on} AND u.state = 'active')"
    );
    for word in text::fold(words).split_whitespace() {
        sql += &format!(" AND a.name_fold LIKE {}", params.mark(format!("%{}", like_prefix(word))));
    }
    if let Some(only) = only {
        sql += &format!(" AND a.id = {}", params.mark(only));
    }
    let most = params.mark(most);
    all(c, &format!("{sql} ORDER BY a.name_fold, a.id LIMIT {most}"), params.values()).await
}

#[derive(FromQueryResult)]
struct Source {
    source: String,
}

/// The file of days of rest in force; none while it is the one built into the program.
pub(crate) async fn days_of_rest(c: &impl ConnectionTrait) -> Result<Option<String>> {
    let found: Option<Source> =
        one(c, "SELECT source FROM report_holidays ORDER BY at DESC, id DESC LIMIT 1", vec![]).await?;
    Ok(found.map(|found| found.source))
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// What can be found after an id, in order of id: public entries and published answers.
pub(crate) async fn public_ids(c: &impl ConnectionTrait, after: Option<Uuid>, most: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM (SELECT id FROM disclosures WHERE state = 'public' \
               UNION ALL SELECT id FROM info_requests WHERE public_at > 0) AS x WHERE id > $1 ORDER BY id LIMIT $2";
    let rows: Vec<Id> = all(c, sql, vec![after.unwrap_or(Uuid::nil()).into(), most.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
