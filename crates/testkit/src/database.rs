//! One database per test, copied from a migrated template.

use std::path::Path;

use kernel::new_id;
use platform::secrets::sha256;
use sqlx::{Connection, PgConnection};
use store::Db;

/// A database that belongs to one test.
pub(crate) struct TestDatabase {
    /// Its address.
    pub url: String,
    postgres: Option<(String, String)>,
}

/// The template's name changes with the migrations that this program holds.
fn template_name() -> String {
    format!("lantoa_test_{}", &sha256(&store::schema_checksums())[..12])
}

impl TestDatabase {
    /// Makes it.
    pub async fn create(folder: &Path) -> Self {
        match std::env::var("TEST_DATABASE_URL") {
            Ok(server) if !server.is_empty() => Self::postgres(&server).await,
            _ => Self::sqlite(folder).await,
        }
    }

    async fn sqlite(folder: &Path) -> Self {
        let template = std::env::temp_dir().join(format!("{}.db", template_name()));
        if !template.exists() {
            // Made under another name and moved, since tests run in processes of their own.
            let draft = std::env::temp_dir().join(format!("{}-{}.db", template_name(), new_id()));
            let url = format!("sqlite:{}", draft.display()).parse().expect("an address");
            Db::open(&url, 1).await.expect("a template").close().await.expect("closed");
            std::fs::rename(&draft, &template).expect("a template");
        }
        let file = folder.join("test.db");
        std::fs::copy(&template, &file).expect("a copy");
        Self { url: format!("sqlite:{}", file.display()), postgres: None }
    }

    async fn postgres(server: &str) -> Self {
        let template = template_name();
        let mut admin = PgConnection::connect(server).await.expect("PostgreSQL");
        let (base, _) = server.rsplit_once('/').expect("an address with a database");
        // One process makes the template, the others wait for it.
        sqlx::query("SELECT pg_advisory_lock(20261121)").execute(&mut admin).await.expect("a lock");
        let known: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pg_database WHERE datname = $1")
            .bind(&template)
            .fetch_one(&mut admin)
            .await
            .expect("a list of databases");
        if known == 0 {
            let draft = format!("{template}_draft");
            for sql in [format!("DROP DATABASE IF EXISTS {draft}"), format!("CREATE DATABASE {draft}")] {
                sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.expect("a draft");
            }
            let url = format!("{base}/{draft}").parse().expect("an address");
            Db::open(&url, 2).await.expect("a template").close().await.expect("closed");
            let sql = format!("ALTER DATABASE {draft} RENAME TO {template}");
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.expect("a template");
        }
        let name = format!("lantoa_t_{}", new_id().simple());
        let sql = format!("CREATE DATABASE {name} TEMPLATE {template}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.expect("a database");
        sqlx::query("SELECT pg_advisory_unlock(20261121)").execute(&mut admin).await.expect("unlocked");
        admin.close().await.ok();
        Self { url: format!("{base}/{name}"), postgres: Some((server.to_owned(), name)) }
    }

    /// Drops it.
    pub async fn remove(self) {
        if let Some((server, name)) = self.postgres
            && let Ok(mut admin) = PgConnection::connect(&server).await
        {
            let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.ok();
        }
    }
}
