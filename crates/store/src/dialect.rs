//! Where the engines differ, and nothing else (each fork needs an ADR).

use sea_orm::{ConnectionTrait, DbBackend};

/// End of a `SELECT … LIMIT n` that claims rows: on PostgreSQL other workers skip them; SQLite has one writer anyway.
pub fn claim(c: &impl ConnectionTrait) -> &'static str {
    match c.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}
