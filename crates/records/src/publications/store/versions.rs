//! Versions of a publication in other languages.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, all};

/// A version in another language, by its newest edition that is not given up.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct VersionLine {
    pub id: Uuid,
    pub lang: String,
    pub agency_name: String,
    pub state: String,
    pub base: i64,
    pub gone: String,
}

/// Versions of a publication, in order of the codes of their languages.
pub(crate) async fn versions(c: &impl ConnectionTrait, original: Uuid) -> Result<Vec<VersionLine>> {
    let sql = "SELECT p.id, p.lang, a.name AS agency_name, e.state, e.base, p.gone FROM publications p JOIN agencies a ON a.id = p.agency_id \
               JOIN editions e ON e.publication_id = p.id AND e.number = \
               (SELECT MAX(x.number) FROM editions x WHERE x.publication_id = p.id AND (x.state <> 'dropped' OR x.number = 1)) \
               WHERE p.of_id = $1 ORDER BY p.lang";
    all(c, sql, vec![original.into()]).await
}
