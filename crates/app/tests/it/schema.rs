//! The schema is the same on both databases.

use std::collections::BTreeMap;

use store::{FromQueryResult, all};
use testkit::TestApp;

#[derive(FromQueryResult)]
struct Column {
    table_name: String,
    column_name: String,
}

/// Tables and columns as the migrations' text names them: what either engine must have.
fn written() -> BTreeMap<String, Vec<String>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/migrations");
    let mut tables = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("migrations") {
        let text = std::fs::read_to_string(entry.expect("a migration").path()).expect("a migration");
        for part in text.split("CREATE TABLE ").skip(1) {
            let (name, rest) = part.split_once(" (").expect("a table");
            let (body, _) = rest.split_once("\n);").expect("the end of a table");
            let mut columns: Vec<String> = body
                .lines()
                .map(str::trim)
                .filter(|line| {
                    !line.is_empty()
                        && !["PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "--"].iter().any(|w| line.starts_with(w))
                })
                .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
                .collect();
            columns.sort();
            tables.insert(name.to_owned(), columns);
        }
    }
    tables
}

#[tokio::test]
async fn every_table_has_the_columns_that_the_migrations_name() {
    let app = TestApp::new().await;
    let sql = if app.app.db.is_sqlite() {
        "SELECT m.name AS table_name, c.name AS column_name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'"
    } else {
        "SELECT table_name::text, column_name::text FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'"
    };
    let columns: Vec<Column> = all(app.app.db.read(), sql, vec![]).await.expect("columns");
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for column in columns {
        found.entry(column.table_name).or_default().push(column.column_name);
    }
    found.values_mut().for_each(|columns| columns.sort());
    assert_eq!(found, written());
    app.end().await;
}
