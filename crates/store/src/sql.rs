//! Running SQL texts.

use kernel::Result;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

/// In our texts `$` stands in marks only. SQLite takes `$1` for a name and compares it with every name before it, which
/// makes long statements quadratic; `?1` is a number to it.
fn statement(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    let backend = c.get_database_backend();
    if backend == DbBackend::Sqlite {
        Statement::from_sql_and_values(backend, sql.replace('$', "?"), values)
    } else {
        Statement::from_sql_and_values(backend, sql, values)
    }
}

/// Every row.
///
/// # Errors
/// When the database refuses or a row does not fit `T`.
pub async fn all<T: FromQueryResult>(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<Vec<T>> {
    let rows = c.query_all_raw(statement(c, sql, values)).await.map_err(crate::fail)?;
    rows.iter().map(|row| T::from_query_result(row, "")).collect::<Result<_, _>>().map_err(crate::fail)
}

/// The first row, if any.
///
/// # Errors
/// See [`all`].
pub async fn one<T: FromQueryResult>(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<Option<T>> {
    let row = c.query_one_raw(statement(c, sql, values)).await.map_err(crate::fail)?;
    row.map(|row| T::from_query_result(&row, "")).transpose().map_err(crate::fail)
}

/// The first column of the first row, which must be there (a count, a sum cast to BIGINT).
///
/// # Errors
/// See [`all`].
pub async fn scalar(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<i64> {
    let row = c.query_one_raw(statement(c, sql, values)).await.map_err(crate::fail)?;
    match row {
        Some(row) => Ok(row.try_get_by_index::<Option<i64>>(0).map_err(crate::fail)?.unwrap_or(0)),
        None => Ok(0),
    }
}

/// Runs a change; rows affected.
///
/// # Errors
/// [`kernel::Error::Conflict`] on broken uniqueness, else [`kernel::Error::Internal`].
pub async fn exec(c: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64> {
    c.execute_raw(statement(c, sql, values)).await.map(|done| done.rows_affected()).map_err(crate::fail)
}

/// `$first, $first+1, …`: marks for a list of `count` values.
pub fn marks(first: usize, count: usize) -> String {
    let mut out = String::with_capacity(count * 6);
    for i in first..first + count {
        if i > first {
            out.push(',');
        }
        out.push('$');
        out.push_str(&i.to_string());
    }
    out
}

/// A `LIKE` pattern for "begins with", or "a word begins with" when `text` stands after a blank; `%`, `_` are dropped.
pub fn like_prefix(folded: &str) -> String {
    format!("{}%", folded.replace(['%', '_', '\\'], ""))
}

/// An address that nothing in the column `slug` of a table has: the wanted one, or the first free one with a number behind it.
///
/// # Errors
/// See [`all`].
pub async fn free_slug(c: &impl ConnectionTrait, table: &str, wanted: &str) -> Result<String> {
    let sql = format!("SELECT slug FROM {table} WHERE slug = $1 OR slug LIKE $2");
    let rows = c.query_all_raw(statement(c, &sql, vec![wanted.into(), format!("{wanted}-%").into()])).await;
    let rows = rows.map_err(crate::fail)?;
    let taken: Vec<String> =
        rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>().map_err(crate::fail)?;
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    let mut wished = std::iter::once(wanted.to_owned()).chain(numbered);
    Ok(wished.find(|slug| !taken.contains(slug)).unwrap_or_default())
}

/// Parameters of a statement built piece by piece: each value gets its mark.
#[derive(Debug, Default)]
pub struct Params(Vec<Value>);

impl Params {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value; the text that stands for it in the statement.
    pub fn mark(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("${}", self.0.len())
    }

    /// Adds a list of values; the text `$3,$4,…`. An empty list gives `NULL`, which matches nothing.
    pub fn list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> String {
        let first = self.0.len() + 1;
        self.0.extend(values.into_iter().map(Into::into));
        let count = self.0.len() + 1 - first;
        if count == 0 { "NULL".into() } else { marks(first, count) }
    }

    /// The values, in order.
    pub fn values(&self) -> Vec<Value> {
        self.0.clone()
    }
}

/// Rows to insert into one table.
#[derive(Debug)]
pub struct Insert<'a> {
    table: &'a str,
    columns: &'a [&'a str],
    values: Vec<Value>,
}

/// Begins an insert of rows with these columns.
pub fn insert<'a>(table: &'a str, columns: &'a [&'a str]) -> Insert<'a> {
    Insert { table, columns, values: Vec::new() }
}

impl Insert<'_> {
    /// Adds a row, values in the order of the columns.
    #[must_use]
    pub fn row<const N: usize>(mut self, values: [Value; N]) -> Self {
        self.push(values);
        self
    }

    /// Adds a row in place.
    pub fn push<const N: usize>(&mut self, values: [Value; N]) {
        debug_assert_eq!(N, self.columns.len(), "values of a row in {}", self.table);
        self.values.extend(values);
    }

    /// Adds one value; a whole row's worth must follow one another.
    pub(crate) fn push_value(&mut self, value: Value) {
        self.values.push(value);
    }

    /// Inserts all rows, many to a statement. About a thousand parameters each: SQLite looks up `$n` among all names before it, so that the time grows
    /// with the square of their number.
    ///
    /// # Errors
    /// See [`exec`].
    pub async fn run(self, c: &impl ConnectionTrait) -> Result<()> {
        self.run_with(c, "").await
    }

    /// Like [`Insert::run`], with an `ON CONFLICT …` clause at the end.
    ///
    /// # Errors
    /// See [`exec`].
    pub async fn run_with(self, c: &impl ConnectionTrait, conflict: &str) -> Result<()> {
        for (sql, values) in self.statements(conflict) {
            exec(c, &sql, values).await?;
        }
        Ok(())
    }

    /// Like [`Insert::run_with`], with what a `RETURNING …` after the clause gives.
    ///
    /// # Errors
    /// See [`all`].
    pub async fn returning<T: FromQueryResult>(self, c: &impl ConnectionTrait, clause: &str) -> Result<Vec<T>> {
        let mut out = Vec::new();
        for (sql, values) in self.statements(clause) {
            out.extend(all(c, &sql, values).await?);
        }
        Ok(out)
    }

    fn statements(&self, end: &str) -> impl Iterator<Item = (String, Vec<Value>)> {
        let width = self.columns.len().max(1);
        let per_statement = (1_000 / width).max(1) * width;
        self.values.chunks(per_statement).map(move |chunk| {
            let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, self.columns.join(","));
            for row in 0..chunk.len() / width {
                sql.push_str(if row == 0 { "(" } else { ",(" });
                sql.push_str(&marks(row * width + 1, width));
                sql.push(')');
            }
            sql.push(' ');
            sql.push_str(end);
            (sql, chunk.to_vec())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count_from_the_first() {
        assert_eq!(marks(3, 3), "$3,$4,$5");
        let mut params = Params::new();
        assert_eq!(params.mark(1i64), "$1");
        assert_eq!(params.list([2i64, 3]), "$2,$3");
        assert_eq!(params.list(Vec::<i64>::new()), "NULL");
        assert_eq!(like_prefix("a%b_"), "ab%");
    }
}
