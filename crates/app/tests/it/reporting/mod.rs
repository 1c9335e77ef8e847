//! Forms and reports over HTTP.

mod forms;
mod way;

use kernel::{Uuid, new_id};
use store::{exec, insert};
use testkit::TestApp;

/// A report of an agency to itself, for tests of who may see it.
pub async fn some(app: &TestApp, agency: Uuid) -> Uuid {
    let (form, round, report) = (new_id(), new_id(), new_id());
    let tx = app.app.db.begin().await.expect("a transaction");
    let columns = &[
        "id",
        "form_key",
        "version",
        "name",
        "code",
        "status",
        "state",
        "source",
        "valid_from",
        "valid_to",
        "created_by",
        "created_at",
    ];
    let source = forms::definition(1, "Một");
    insert("form_versions", columns)
        .row([
            form.into(),
            "thu".into(),
            1i64.into(),
            "Biểu thử".into(),
            "".into(),
            "official".into(),
            "published".into(),
            source.into(),
            20_260_101i64.into(),
            99_991_231i64.into(),
            new_id().into(),
            0i64.into(),
        ])
        .run(&*tx)
        .await
        .expect("a form");
    let sql = "INSERT INTO report_rounds (id, form_id, form_key, title, owner_id, owner_level, rule, period_key, period_label, \
               date_from, date_to, stage, state, opened_on, opened_by, opened_at, expected, generated) VALUES ($1, $2, 'thu', \
               'Biểu thử', $3, 'xa', 'nam', '2026', 'Năm 2026', 20251215, 20261214, 'official', 'open', 20261109, $1, 0, 1, $4)";
    exec(&*tx, sql, vec![round.into(), form.into(), agency.into(), false.into()]).await.expect("a round");
    let sql = "INSERT INTO reports (id, round_id, agency_id, parent_id, level, fills, revision, live, counted, state, due_date, \
               payload, frozen, version, changed_at) VALUES ($1, $2, $3, $3, 'xa', $4, 1, $4, $5, 'draft', 20261219, '', '', 0, 0)";
    let values = vec![report.into(), round.into(), agency.into(), true.into(), false.into()];
    exec(&*tx, sql, values).await.expect("a report");
    tx.commit().await.expect("commit");
    report
}
