//! A backup that is the same for both databases: each table as lines of JSON arrays, read in one snapshot.

use std::io::{BufRead, Write};

use kernel::{Error, Result, Uuid};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use serde_json::Value as Json;

use crate::{Db, Insert, connect::MIGRATIONS, insert, scalar};

/// Kinds of column that the migrations use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Uuid,
    Text,
    Integer,
    Boolean,
    Real,
}

/// A table as the migrations describe it.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    columns: Vec<(String, Kind)>,
    /// Columns that point to rows of the same table.
    parents: Vec<usize>,
}

impl Table {
    /// The first column, where it alone is the key.
    fn key(&self) -> Option<(&str, Kind)> {
        let (name, kind) = self.columns.first()?;
        ["id", "key", "seal"].contains(&name.as_str()).then_some((name.as_str(), *kind))
    }

    /// Names of its columns.
    pub fn column_names(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }
}

/// Every table, those pointed to before those that point.
pub fn tables() -> Vec<Table> {
    MIGRATIONS.iter().flat_map(|migration| described(migration.sql.as_str())).collect()
}

/// Tables that have a column of this name.
pub fn tables_with(column: &str) -> Vec<String> {
    let has = |table: &Table| table.columns.iter().any(|(name, _)| name == column);
    tables().into_iter().filter(has).map(|table| table.name).collect()
}

fn described(sql: &str) -> Vec<Table> {
    let mut found = Vec::new();
    for part in sql.split("CREATE TABLE ").skip(1) {
        let Some((name, rest)) = part.split_once(" (") else { continue };
        let body = rest.split_once("\n);").map_or(rest, |(body, _)| body);
        let mut table = Table { name: name.trim().to_owned(), columns: Vec::new(), parents: Vec::new() };
        for line in body.lines().map(str::trim) {
            let mut words = line.split([' ', ',']);
            let (Some(column), Some(kind)) = (words.next(), words.next()) else { continue };
            let kind = match kind {
                "UUID" => Kind::Uuid,
                "TEXT" => Kind::Text,
                "BIGINT" => Kind::Integer,
                "BOOLEAN" => Kind::Boolean,
                "DOUBLE" => Kind::Real,
                _ => continue,
            };
            if line.contains(&format!("REFERENCES {} (", table.name)) {
                table.parents.push(table.columns.len());
            }
            table.columns.push((column.to_owned(), kind));
        }
        found.push(table);
    }
    found
}

fn json(row: &QueryResult, at: usize, kind: Kind) -> Result<Json, sea_orm::DbErr> {
    Ok(match kind {
        Kind::Uuid => row.try_get_by_index::<Option<Uuid>>(at)?.map(|id| id.to_string()).into(),
        Kind::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
        Kind::Integer => row.try_get_by_index::<Option<i64>>(at)?.into(),
        Kind::Boolean => row.try_get_by_index::<Option<bool>>(at)?.into(),
        Kind::Real => row.try_get_by_index::<Option<f64>>(at)?.into(),
    })
}

fn value(json: &Json, kind: Kind) -> Result<Value> {
    let wrong = || Error::invalid("", "Bản sao lưu bị hỏng: một ô không đúng kiểu.");
    Ok(match (kind, json) {
        (Kind::Uuid, Json::Null) => None::<Uuid>.into(),
        (Kind::Uuid, Json::String(text)) => Uuid::parse_str(text).map_err(|_| wrong())?.into(),
        (Kind::Text, Json::Null) => None::<String>.into(),
        (Kind::Text, Json::String(text)) => text.as_str().into(),
        (Kind::Integer, Json::Null) => None::<i64>.into(),
        (Kind::Integer, number) => number.as_i64().ok_or_else(wrong)?.into(),
        (Kind::Boolean, Json::Null) => None::<bool>.into(),
        (Kind::Boolean, flag) => flag.as_bool().ok_or_else(wrong)?.into(),
        (Kind::Real, Json::Null) => None::<f64>.into(),
        (Kind::Real, number) => number.as_f64().ok_or_else(wrong)?.into(),
        _ => return Err(wrong()),
    })
}

/// Rows fetched at a time.
const BLOCK: i64 = 2_000;

/// A moment at which the whole database is read.
pub struct Snapshot(crate::Tx);

impl Snapshot {
    /// Begins it; later changes are not seen.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin(db: &Db) -> Result<Self> {
        let tx = db.begin_snapshot().await?;
        // SQLite takes its snapshot with the first read.
        scalar(&*tx, "SELECT COUNT(*) FROM settings", vec![]).await?;
        Ok(Self(tx))
    }

    /// Writes a table, one row to a line; how many.
    ///
    /// # Errors
    /// When the database refuses or `out` cannot be written.
    pub async fn write(&self, table: &Table, out: &mut (impl Write + Send)) -> Result<u64> {
        let names = table.column_names().join(",");
        let (mut offset, mut count, mut after) = (0i64, 0u64, None::<Value>);
        // By key where there is one, so that the time grows with the rows; the small tables without one are counted off.
        let key = table.key();
        let order = key.map_or_else(|| names.clone(), |(name, _)| name.to_owned());
        let (head, tail) = (format!("SELECT {names} FROM {}", table.name), format!("ORDER BY {order} LIMIT $1"));
        loop {
            let (sql, values) = match (key, after.take()) {
                (Some((name, _)), Some(last)) => (format!("{head} WHERE {name} > $2 {tail}"), vec![BLOCK.into(), last]),
                (Some(_), None) => (format!("{head} {tail}"), vec![BLOCK.into()]),
                (None, _) => (format!("{head} {tail} OFFSET $2"), vec![BLOCK.into(), offset.into()]),
            };
            let statement = Statement::from_sql_and_values(self.0.get_database_backend(), &sql, values);
            let rows = self.0.query_all_raw(statement).await.map_err(crate::fail)?;
            for row in &rows {
                let cells: Vec<Json> = table
                    .columns
                    .iter()
                    .enumerate()
                    .map(|(at, (_, kind))| json(row, at, *kind))
                    .collect::<Result<_, _>>()
                    .map_err(crate::fail)?;
                if let (Some((_, kind)), Some(cell)) = (key, cells.first()) {
                    after = Some(value(cell, kind)?);
                }
                serde_json::to_writer(&mut *out, &cells).map_err(Error::internal)?;
                out.write_all(b"\n").map_err(Error::internal)?;
                count += 1;
            }
            if (rows.len() as i64) < BLOCK {
                return Ok(count);
            }
            offset += BLOCK;
        }
    }
}

/// Fills the tables of an empty database, all in one transaction.
pub struct Restore(crate::Tx);

impl Restore {
    /// Begins; the database must hold nothing but its schema.
    ///
    /// # Errors
    /// [`Error::Conflict`] when there is already something in it.
    pub async fn begin(db: &Db) -> Result<Self> {
        let tx = db.begin().await?;
        for table in tables() {
            let sql = format!("SELECT COUNT(*) FROM {}", table.name);
            if table.name != "jobs" && scalar(&*tx, &sql, vec![]).await? > 0 {
                let message = format!(
                    "Cơ sở dữ liệu đã có dữ liệu (bảng {}). Chỉ khôi phục vào cơ sở dữ liệu trống.",
                    table.name
                );
                return Err(Error::Conflict(message));
            }
        }
        crate::exec(&*tx, "DELETE FROM jobs", vec![]).await?;
        Ok(Self(tx))
    }

    /// Reads a table's lines and inserts its rows; how many.
    ///
    /// # Errors
    /// [`Error::Invalid`] for damaged lines.
    pub async fn read(&self, table: &Table, lines: impl BufRead) -> Result<u64> {
        let names = table.column_names();
        let damaged = || Error::invalid("", format!("Bản sao lưu bị hỏng ở bảng {}.", table.name));
        let mut waiting: Vec<Vec<Json>> = Vec::new();
        let mut known: std::collections::HashSet<String> = std::collections::HashSet::new();
        let (mut block, mut count) = (insert(&table.name, &names), 0u64);
        for line in lines.lines() {
            let cells: Vec<Json> = serde_json::from_str(&line.map_err(Error::internal)?).map_err(|_| damaged())?;
            if cells.len() != names.len() {
                return Err(damaged());
            }
            if table.parents.is_empty() {
                count += 1;
                self.push(table, &mut block, &cells)?;
                if count.is_multiple_of(5_000) {
                    std::mem::replace(&mut block, insert(&table.name, &names)).run(&*self.0).await?;
                }
            } else {
                waiting.push(cells);
            }
        }
        // Rows that point to others of the table come after those, in rounds.
        while !waiting.is_empty() {
            let ready = |cells: &Vec<Json>| {
                table.parents.iter().all(|&at| match cells.get(at) {
                    Some(Json::String(parent)) => known.contains(parent),
                    _ => true,
                })
            };
            let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(ready);
            if now.is_empty() {
                return Err(damaged());
            }
            for cells in &now {
                self.push(table, &mut block, cells)?;
                if let Some(Json::String(id)) = cells.first() {
                    known.insert(id.clone());
                }
                count += 1;
            }
            std::mem::replace(&mut block, insert(&table.name, &names)).run(&*self.0).await?;
            waiting = later;
        }
        block.run(&*self.0).await?;
        Ok(count)
    }

    fn push(&self, table: &Table, block: &mut Insert<'_>, cells: &[Json]) -> Result<()> {
        for (cell, (_, kind)) in cells.iter().zip(&table.columns) {
            block.push_value(value(cell, *kind)?);
        }
        Ok(())
    }

    /// Makes it last.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn commit(self) -> Result<()> {
        self.0.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_described_with_all_its_columns() {
        let tables = tables();
        let jobs = tables.iter().find(|table| table.name == "jobs").unwrap();
        assert_eq!(jobs.columns.len(), 13);
        let units = tables.iter().find(|table| table.name == "units").unwrap();
        assert_eq!(units.parents, [7]);
        assert!(tables.iter().all(|table| !table.columns.is_empty()));
    }
}
