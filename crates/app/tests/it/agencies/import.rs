//! Importing places and agencies.

use std::time::{Duration, Instant};

use kernel::Uuid;
use records::agencies::service::import_agencies;
use store::{FromQueryResult, all, scalar};
use testkit::TestApp;

#[derive(FromQueryResult, PartialEq, Debug)]
struct Row {
    id: Uuid,
    code: String,
}

#[derive(FromQueryResult, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Pair {
    ancestor_id: Uuid,
    descendant_id: Uuid,
}

async fn agencies(app: &TestApp) -> Vec<Row> {
    all(app.app.db.read(), "SELECT id, code FROM agencies ORDER BY code", vec![]).await.expect("agencies")
}

#[tokio::test]
async fn a_province_imported_twice_keeps_its_identifiers_and_changes_nothing() {
    let app = TestApp::new().await;
    let begun = Instant::now();
    app.province("20").await;
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let before = agencies(&app).await;
    assert!(before.len() > 600, "{}", before.len());
    let again = import_agencies(&app.app, &["20"]).await.expect("again");
    assert_eq!(again.changed, 0);
    assert_eq!(agencies(&app).await, before);
    app.end().await;
}

#[tokio::test]
async fn a_second_province_leaves_the_first_as_it_is() {
    let app = TestApp::new().await;
    app.province("20").await;
    let before = agencies(&app).await;
    app.province("11").await;
    let after = agencies(&app).await;
    assert!(after.len() > before.len());
    assert!(before.iter().all(|row| after.contains(row)));
    app.end().await;
}

#[tokio::test]
async fn an_unknown_province_is_refused_with_advice() {
    let app = TestApp::new().await;
    let error = import_agencies(&app.app, &["99"]).await.expect_err("no such province");
    let kernel::Error::Invalid(errors) = error else { panic!("{error}") };
    assert!(errors.get("province").expect("a message").contains("mã 99"));
    app.end().await;
}

#[tokio::test]
async fn who_stands_under_whom_today_is_what_recursion_finds() {
    let app = TestApp::new().await;
    app.province("20").await;
    let c = app.app.db.read();
    let recursive = "WITH RECURSIVE up (ancestor_id, descendant_id) AS ( \
                     SELECT agency_id, agency_id FROM agency_states WHERE valid_from <= $1 AND valid_to > $1 \
                     UNION ALL SELECT s.parent_id, up.descendant_id FROM up JOIN agency_states s ON s.agency_id = up.ancestor_id \
                     WHERE s.parent_id IS NOT NULL AND s.valid_from <= $1 AND s.valid_to > $1) \
                     SELECT ancestor_id, descendant_id FROM up ORDER BY ancestor_id, descendant_id";
    let mut expected: Vec<Pair> = all(c, recursive, vec![20_261_109i64.into()]).await.expect("recursion");
    let stored = "SELECT ancestor_id, descendant_id FROM agency_closure WHERE descendant_id IN \
                  (SELECT id FROM agencies WHERE valid_to > $1) ORDER BY ancestor_id, descendant_id";
    let mut stored: Vec<Pair> = all(c, stored, vec![20_261_109i64.into()]).await.expect("closure");
    expected.sort();
    stored.sort();
    assert!(expected.len() > 1_000, "{}", expected.len());
    assert_eq!(stored, expected);
    // Whoever ended stands with those who carry on.
    let sql = "SELECT COUNT(*) FROM agencies a WHERE a.valid_to <= $1 AND NOT EXISTS \
               (SELECT 1 FROM agency_closure c JOIN agencies top ON top.id = c.ancestor_id \
               WHERE c.descendant_id = a.id AND top.code = 'p20/dia-ban') AND a.code LIKE 'd%'";
    assert_eq!(scalar(c, sql, vec![20_261_109i64.into()]).await.expect("a count"), 0);
    app.end().await;
}
