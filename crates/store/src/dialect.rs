//! Where the engines differ, and nothing else (each fork needs an ADR).

use sea_orm::{ConnectionTrait, DbBackend};

/// End of a `SELECT … LIMIT n` that claims rows: on PostgreSQL other workers skip them; SQLite has one writer anyway.
pub fn claim(c: &impl ConnectionTrait) -> &'static str {
    match c.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}

/// Statistics for SQLite's planner. Where it holds samples of values it plans a statement anew for each value that is bound, so they are kept only where
/// that pays (`docs/adr/0011-allocator.md`).
pub(crate) const ANALYZE: &str = "ANALYZE; DELETE FROM sqlite_stat4 WHERE tbl <> 'obligations'; ANALYZE sqlite_schema";
