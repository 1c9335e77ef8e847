//! Five years of months: before 01/07/2025 sixty-three provinces, of which twenty-nine were merged into others.

use kernel::{Uuid, new_id};
use store::{FromQueryResult, all, exec, insert};
use testkit::TestApp;

use crate::country::Country;

const MERGED: usize = 29;
const MERGER: i64 = 20_250_701;

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

async fn merged(app: &TestApp, country: &Country) -> Vec<Uuid> {
    let mut rows = insert(
        "agencies",
        &["id", "code", "kind", "system", "name", "name_fold", "parent_id", "valid_from", "valid_to", "position"],
    );
    let mut heirs = insert("agency_successions", &["from_id", "to_id", "event_date", "position"]);
    let mut ids = Vec::new();
    for n in 0..MERGED {
        let (id, name) = (new_id(), format!("Ủy ban nhân dân tỉnh cũ số {n}"));
        rows.push([
            id.into(),
            id.to_string().into(),
            "province".into(),
            "state".into(),
            name.as_str().into(),
            kernel::text::fold(&name).into(),
            country.root.into(),
            20_200_101i64.into(),
            MERGER.into(),
            (100 + n as i64).into(),
        ]);
        heirs.push([id.into(), country.provinces[n].into(), MERGER.into(), 0i64.into()]);
        ids.push(id);
    }
    let tx = app.app.db.begin().await.expect("a transaction");
    rows.run(&*tx).await.expect("provinces");
    heirs.run(&*tx).await.expect("heirs");
    let sql = "UPDATE settings SET value = $1 WHERE key = 'agencies.tree'";
    exec(&*tx, sql, vec![new_id().to_string().into()]).await.expect("a new version of the tree");
    tx.commit().await.expect("commit");
    ids
}

/// Copies the months of this year into the four years before: every sum, the reports of all provinces and of the communes of one.
pub(crate) async fn before(app: &TestApp, country: &Country, rounds: &[Uuid]) {
    let old = merged(app, country).await;
    let tx = app.app.db.begin().await.expect("a transaction");
    for (n, from) in (1i64..).zip(rounds) {
        let sql = "SELECT id FROM reports WHERE round_id = $1 AND parent_id IN ($2, $3)";
        let values = vec![(*from).into(), country.root.into(), country.provinces[0].into()];
        let reports: Vec<Id> = all(&*tx, sql, values).await.expect("reports");
        for year in 2022..=2025i64 {
            let (round, first) = (new_id(), year * 10_000 + n * 100 + 1);
            let sql = "INSERT INTO report_rounds (id, form_id, form_key, title, owner_id, owner_level, rule, period_key, period_label, date_from, \
                       date_to, stage, state, opened_on, opened_by, opened_at, expected, generated, plan_name) SELECT $1, form_id, form_key, title, owner_id, \
                       owner_level, rule, $2, $3, $4, $5, stage, state, $5, opened_by, opened_at, expected, generated, plan_name FROM report_rounds WHERE id = $6";
            let key = format!("{year}-T{n:02}");
            let label = format!("Tháng {n} năm {year}");
            let values =
                vec![round.into(), key.into(), label.into(), first.into(), (first + 26).into(), (*from).into()];
            exec(&*tx, sql, values).await.expect("a round");
            let copy = "INSERT INTO reports (id, round_id, agency_id, parent_id, level, fills, revision, live, counted, state, due_date, payload, \
                        frozen, version, submitted_on, first_submitted_on, changed_at) SELECT $1, $2, agency_id, parent_id, level, fills, revision, \
                        live, counted, state, due_date, payload, frozen, version, submitted_on, first_submitted_on, changed_at \
                        FROM reports WHERE id = $3";
            for report in &reports {
                exec(&*tx, copy, vec![new_id().into(), round.into(), report.id.into()]).await.expect("a report");
            }
            let sums = "INSERT INTO report_sums (round_id, parent_id, expected, counted, payload) SELECT $1, parent_id, expected, counted, payload \
                        FROM report_sums WHERE round_id = $2";
            exec(&*tx, sums, vec![round.into(), (*from).into()]).await.expect("sums");
            if first < MERGER {
                for (at, province) in old.iter().enumerate() {
                    let sql = "INSERT INTO reports (id, round_id, agency_id, parent_id, level, fills, revision, live, counted, state, due_date, \
                               payload, frozen, version, changed_at) SELECT $1, $2, $3, parent_id, level, fills, revision, live, counted, state, \
                               due_date, payload, frozen, version, changed_at FROM reports WHERE round_id = $4 AND agency_id = $5";
                    let like = country.provinces[at];
                    let values = vec![new_id().into(), round.into(), (*province).into(), (*from).into(), like.into()];
                    exec(&*tx, sql, values).await.expect("a province's report");
                    let sql = "INSERT INTO report_sums (round_id, parent_id, expected, counted, payload) SELECT $1, $2, expected, counted, payload \
                               FROM report_sums WHERE round_id = $3 AND parent_id = $4";
                    let values = vec![round.into(), (*province).into(), (*from).into(), like.into()];
                    exec(&*tx, sql, values).await.expect("a province's sums");
                }
            }
        }
    }
    tx.commit().await.expect("commit");
    app.app.db.analyze().await.expect("statistics");
}
