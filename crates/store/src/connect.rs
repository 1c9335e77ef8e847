//! Pools, pragmas, migrations, transactions.

use std::{
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use crate::{
    dialect,
    queue::{Queue, Queues},
};
use kernel::{Error, Result};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, IsolationLevel, SqliteTransactionMode,
    SqlxPostgresConnector, SqlxSqliteConnector, TransactionOptions, TransactionTrait,
};
use sqlx::{
    Connection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};

/// The schema, in order.
pub(crate) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// The checksums of every migration in this program, one after the other: equal when the schemas are.
pub fn schema_checksums() -> Vec<u8> {
    MIGRATIONS.iter().flat_map(|migration| migration.checksum.iter().copied()).collect()
}

/// Where the database is: `sqlite:PATH` or `postgres://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DbUrl {
    /// Path of the file.
    Sqlite(String),
    /// The whole URL.
    Postgres(String),
}

impl FromStr for DbUrl {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Ok(DbUrl::Sqlite(path.trim_start_matches("//").to_owned()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(DbUrl::Postgres(url.to_owned()));
        }
        Err(Error::invalid("database.url", "Địa chỉ cơ sở dữ liệu phải bắt đầu bằng sqlite: hoặc postgres://"))
    }
}

/// After so long without work a connection to PostgreSQL is asked whether it still stands.
const PAUSE: Duration = Duration::from_secs(2);

/// How often SQLite's log is folded into its file while there is work.
const FOLD_EVERY: Duration = Duration::from_secs(1);

/// From so many pages of 4 KiB on, its log must begin anew.
const LOG_PAGES: i64 = 8_000;

/// The longest that the writer is held for it.
const HELD: Duration = Duration::from_millis(100);

/// The database: a pool for reading and, on SQLite, one connection for writing.
#[derive(Debug, Clone)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    sqlite: bool,
    queries: Arc<AtomicU64>,
    queues: Queues,
    folding: Option<Arc<Folding>>,
}

/// One use case's changes; rolled back unless [`Tx::commit`] is reached.
#[derive(Debug)]
pub struct Tx(DatabaseTransaction);

impl std::ops::Deref for Tx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.0
    }
}

impl Tx {
    /// Makes the changes last.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn commit(self) -> Result<()> {
        self.0.commit().await.map_err(crate::fail)
    }
}

impl Db {
    /// Connects and brings the schema up to date. `connections` bounds each pool.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database cannot be reached, [`Error::Internal`] when a migration fails.
    pub async fn open(url: &DbUrl, connections: u32) -> Result<Self> {
        let queries = Arc::new(AtomicU64::new(0));
        let (mut read, mut write, folding) = match url {
            DbUrl::Sqlite(path) => {
                let (read, write, log) = open_sqlite(path, connections).await?;
                (read, write, Some(Arc::new(Folding::start(log, queries.clone()))))
            }
            DbUrl::Postgres(url) => {
                let pool = open_postgres(url, connections).await?;
                (pool.clone(), pool, None)
            }
        };
        for connection in [&mut read, &mut write] {
            let count = queries.clone();
            connection.set_metric_callback(move |_| {
                count.fetch_add(1, Ordering::Relaxed);
            });
        }
        let sqlite = folding.is_some();
        Ok(Self { read, write, sqlite, queries, queues: Queues::default(), folding })
    }

    /// For reading outside a transaction.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Starts a use case's transaction; on SQLite it takes the write lock at once (`BEGIN IMMEDIATE`), so that
    /// reading before writing never fails half-way.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn begin(&self) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: self.sqlite.then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.write.begin_with_options(options).await.map(Tx).map_err(crate::fail)
    }

    /// The queue of what arrives by the hundred in a second and is written together.
    pub fn queue<T: Send + 'static>(&self) -> Arc<Queue<T>> {
        self.queues.of()
    }

    /// Starts a transaction that only reads and sees one moment.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub(crate) async fn begin_snapshot(&self) -> Result<Tx> {
        let options = TransactionOptions {
            isolation_level: (!self.sqlite).then_some(IsolationLevel::RepeatableRead),
            ..TransactionOptions::default()
        };
        self.read.begin_with_options(options).await.map(Tx).map_err(crate::fail)
    }

    /// Is it SQLite?
    pub fn is_sqlite(&self) -> bool {
        self.sqlite
    }

    /// Statements run since the start; tests compare it before and after a request.
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }

    /// Gives the planner fresh statistics, after bulk loading; PostgreSQL also notes which pages everybody may see, so that it can answer from an index alone.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn analyze(&self) -> Result<()> {
        if !self.is_sqlite() {
            // Not inside a transaction.
            return self.read().execute_unprepared("VACUUM (ANALYZE)").await.map(drop).map_err(crate::fail);
        }
        let tx = self.begin().await?;
        tx.execute_unprepared(dialect::ANALYZE).await.map_err(crate::fail)?;
        tx.commit().await
    }

    /// Closes the pools; SQLite folds its log into the file.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close(self) -> Result<()> {
        self.read.close().await.map_err(crate::fail)?;
        if let Some(folding) = &self.folding {
            folding.stop().await;
        }
        self.write.close().await.map_err(crate::fail)
    }
}

/// Folds SQLite's log into its file beside the work. Whoever commits would do it otherwise, and with it wait for everybody's pages.
#[derive(Debug)]
struct Folding {
    log: SqlitePool,
    task: tokio::task::JoinHandle<()>,
}

impl Folding {
    fn start(log: SqlitePool, queries: Arc<AtomicU64>) -> Self {
        let pool = log.clone();
        let task = tokio::spawn(async move {
            let (mut clock, mut folded) = (tokio::time::interval(FOLD_EVERY), 0);
            loop {
                clock.tick().await;
                let now = queries.load(Ordering::Relaxed);
                if now != folded
                    && fold(&pool, LOG_PAGES).await.inspect_err(|e| tracing::warn!("wal_checkpoint: {e}")).is_ok()
                {
                    folded = now;
                }
            }
        });
        Self { log, task }
    }

    async fn stop(&self) {
        self.task.abort();
        self.log.close().await;
    }
}

impl Drop for Folding {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Pages are copied while others write on; where the writer is always ahead, it is held for the few that are left, so that the log begins anew. Not
/// while somebody still reads what the log has overtaken (a backup): the writer would wait for them. Says whether it was held.
async fn fold(log: &SqlitePool, most: i64) -> std::result::Result<bool, sqlx::Error> {
    let (_, pages, copied): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(log).await?;
    let held = pages > most && copied == pages;
    if held {
        sqlx::query("PRAGMA wal_checkpoint(RESTART)").execute(log).await?;
    }
    Ok(held)
}

/// Readers, the writer, and the connection that folds the log.
async fn open_sqlite(path: &str, connections: u32) -> Result<(DatabaseConnection, DatabaseConnection, SqlitePool)> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-32768")
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", "0")
        .statement_cache_capacity(256);
    let unreachable = |e: sqlx::Error| Error::Unavailable(format!("Không mở được cơ sở dữ liệu SQLite {path}: {e}"));
    // A file does not hang up: the pool need not ask before every statement.
    let pool = || SqlitePoolOptions::new().test_before_acquire(false);
    let write = pool().max_connections(1).connect_with(options.clone()).await.map_err(unreachable)?;
    let log = pool().max_connections(1).connect_lazy_with(options.clone().busy_timeout(HELD));
    MIGRATIONS.run(&write).await.map_err(|e| Error::Internal(format!("cập nhật lược đồ: {e}")))?;
    let read = pool()
        .max_connections(connections)
        .connect_with(options.read_only(true).create_if_missing(false))
        .await
        .map_err(unreachable)?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(read), SqlxSqliteConnector::from_sqlx_sqlite_pool(write), log))
}

async fn open_postgres(url: &str, connections: u32) -> Result<DatabaseConnection> {
    let unreachable = |e: sqlx::Error| Error::Unavailable(format!("Không kết nối được PostgreSQL: {e}"));
    // Short statements by the thousand: compiling one (JIT), planning it anew for each set of values, or starting others to help with it, takes longer
    // than running it.
    let options = PgConnectOptions::from_str(url).map_err(unreachable)?.statement_cache_capacity(256).options([
        ("jit", "off"),
        ("plan_cache_mode", "force_generic_plan"),
        ("max_parallel_workers_per_gather", "0"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(connections.max(2))
        .acquire_timeout(Duration::from_secs(10))
        // The pool would ask before every statement whether the server is still there; only after a pause may it have gone.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > PAUSE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await
        .map_err(unreachable)?;
    MIGRATIONS.run(&pool).await.map_err(|e| Error::Internal(format!("cập nhật lược đồ: {e}")))?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_log_begins_anew_but_not_under_somebody_who_reads() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log.db").display().to_string();
        let db = Db::open(&DbUrl::Sqlite(path), 2).await.expect("a database");
        let log = db.folding.as_ref().expect("a log").log.clone();
        let write = async |key: &str| {
            let tx = db.begin().await.expect("a transaction");
            let sql =
                format!("INSERT INTO settings (key, value, updated_at) VALUES ('{key}', hex(zeroblob(40000)), 0)");
            tx.execute_unprepared(&sql).await.expect("a row");
            tx.commit().await.expect("commit");
        };
        write("one").await;
        let reader = db.begin_snapshot().await.expect("a reader");
        crate::scalar(&*reader, "SELECT COUNT(*) FROM settings", vec![]).await.expect("a count");
        write("two").await;
        assert!(!fold(&log, 0).await.expect("folded"), "somebody reads what was before");
        reader.commit().await.expect("read");
        assert!(fold(&log, 0).await.expect("folded"), "all is copied, the log begins anew");
        db.close().await.expect("closed");
    }
}
