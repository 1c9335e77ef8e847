//! The only crate that knows which database runs: one set of SQL texts for SQLite and PostgreSQL.
//!
//! A query is SQL text with `$1` parameters that means the same on both engines (the rules are in
//! `docs/database.md`); [`all`], [`one`], [`exec`] and [`insert`] run it. Reads go through [`Db::read`],
//! changes through [`Db::begin`] and one [`Tx`] per use case. The few places where the engines differ are in [`dialect`].

pub mod backup;
mod connect;
pub mod dialect;
mod queue;
mod sql;

pub use connect::{Db, DbUrl, Tx, schema_checksums};
pub use queue::Queue;
pub use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};
pub use sql::{Insert, Params, all, exec, free_slug, insert, like_prefix, marks, one, scalar};

/// A database error as the kernel knows it: broken uniqueness is a conflict, everything else is ours.
pub(crate) fn fail(error: sea_orm::DbErr) -> kernel::Error {
    match error.sql_err() {
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => {
            kernel::Error::Conflict("Dữ liệu này đã có trong hệ thống.".into())
        }
        _ => kernel::Error::Internal(format!("cơ sở dữ liệu: {error}")),
    }
}
