//! A report in the middle of its way, as rows: for tests of who may see it.

use kernel::{Uuid, new_id};
use store::{exec, insert};

use crate::{Client, TestApp, objects::Object};

/// A form of one typed cell.
pub(crate) const FORM: &str = "key = \"thu\"\nversion = 1\nname = \"Biểu thử\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2026-01-01\"\n\
    status = \"official\"\nperiods = [\"nam\"]\n[[cell]]\nkey = \"c1\"\nlabel = \"Một\"\ntype = \"count\"\n";

/// A round of a published form, the report of an agency to itself in it, and a question about the report.
pub(crate) async fn report(app: &TestApp, (focal, officer): (&Client, &Client), agency: Uuid) -> Vec<Object> {
    let (round, report) = (new_id(), new_id());
    let form = app.form("thu-hai", "Biểu thử", &FORM.replace("\"thu\"", "\"thu-hai\"")).await;
    let tx = app.app.db.begin().await.expect("a transaction");
    let sql = "INSERT INTO report_rounds (id, form_id, form_key, title, owner_id, owner_level, rule, period_key, period_label, \
               date_from, date_to, stage, state, opened_on, opened_by, opened_at, expected, generated, plan_name) VALUES ($1, $2, 'thu-hai', \
               'Biểu thử', $3, 'xa', 'nam', '2026', 'Năm 2026', 20251215, 20261214, 'official', 'open', 20261109, $1, 0, 1, $4, '')";
    exec(&*tx, sql, vec![round.into(), form.into(), agency.into(), false.into()]).await.expect("a round");
    let sql = "INSERT INTO reports (id, round_id, agency_id, parent_id, level, fills, revision, live, counted, state, due_date, \
               payload, frozen, version, changed_at) VALUES ($1, $2, $3, $3, 'xa', $4, 1, $4, $5, 'draft', 20261219, '', '', 0, 0)";
    let values = vec![report.into(), round.into(), agency.into(), true.into(), false.into()];
    exec(&*tx, sql, values).await.expect("a report");
    let question = new_id();
    insert(
        "report_questions",
        &[
            "id",
            "report_id",
            "cell",
            "body",
            "asked_by",
            "asked_name",
            "asked_at",
            "answer",
            "answered_name",
            "follow_up",
        ],
    )
    .row([
        question.into(),
        report.into(),
        "c1".into(),
        "Vì sao tăng?".into(),
        new_id().into(),
        "Thư ký".into(),
        0i64.into(),
        "".into(),
        "".into(),
        true.into(),
    ])
    .run(&*tx)
    .await
    .expect("a question");
    let schedule = new_id();
    let sql = "INSERT INTO report_schedules (id, form_key, rule, owner_id, owner_level, opens, first_from, basis, compared, state, decided_by, \
               decided_name, decided_at, changed_name, changed_at, outcome, failed, outcome_at) VALUES ($1, 'thu-hai', 'nam', \
               (SELECT parent_id FROM agencies WHERE id = $2), 'xa', 'end', 20261215, 'QĐ 1', 0, 'running', $1, 'Thư ký', 0, '', 0, '', $3, 0)";
    exec(&*tx, sql, vec![schedule.into(), agency.into(), false.into()]).await.expect("a schedule");
    let hash = app.app.blobs.put(b"ban ky".as_slice().into()).await.expect("a blob");
    let (paper, file) = outgoing(&tx, round, agency, &hash).await;
    tx.commit().await.expect("commit");
    let object = |pattern, values| Object { pattern, values, owner: focal.clone() };
    let (round, report) = (round.to_string(), report.to_string());
    vec![
        object("/van-ban-di/{id}", vec![paper.to_string()]),
        object("/van-ban-di/{id}/{as}", vec![paper.to_string(), "docx".into()]),
        object("/van-ban-di/{id}/nguon/{key}", vec![paper.to_string(), "tatca".into()]),
        object("/tep-van-ban-di/{id}", vec![file.to_string()]),
        object("/ky-bao-cao/{id}", vec![round.clone()]),
        object("/ky-bao-cao/{id}/o/{cell}", vec![round.clone(), "c1".into()]),
        object("/ky-bao-cao/{id}/qua-cac-ky/{cell}", vec![round, "c1".into()]),
        object("/bao-cao/{id}", vec![report.clone()]),
        object("/bao-cao/{id}/o/{cell}", vec![report.clone(), "c1".into()]),
        object("/bao-cao/{id}/tra-loi/{question}", vec![report.clone(), question.to_string()]),
        Object { pattern: "/ky-bao-cao/tu-dong/{id}", values: vec![schedule.to_string()], owner: officer.clone() },
        Object {
            pattern: "/bao-cao/{id}/theo-doi/{question}",
            values: vec![report, question.to_string()],
            owner: officer.clone(),
        },
    ]
}

/// A draft paper of the agency from the round, and a signed file of it; both ids.
async fn outgoing(tx: &store::Tx, round: Uuid, agency: Uuid, hash: &str) -> (Uuid, Uuid) {
    let (paper, file) = (new_id(), new_id());
    let sql = "INSERT INTO outgoing_papers (id, owner_id, node_id, round_id, template_key, template_version, fragment, title, state, \
               draft, seen, frozen, version, maker_id, maker_name, symbol, signer, generated, created_at, changed_at) \
               VALUES ($1, $2, $2, $3, 'bao-cao-pbgdpl-tinh', 1, $4, 'Kết quả', 'draft', '{}', '{}', '', 0, $1, 'Thư ký', 'BC', '', $4, 0, 0)";
    let values = vec![paper.into(), agency.into(), round.into(), false.into()];
    exec(&**tx, sql, values).await.expect("a paper");
    let sql = "INSERT INTO outgoing_files (id, paper_id, file_name, file_hash, media_type, size, marks, by_id, by_name, at) \
               VALUES ($1, $2, 'ban-ky.pdf', $3, 'application/pdf', 1, '{}', $1, 'Thư ký', 0)";
    exec(&**tx, sql, vec![file.into(), paper.into(), hash.into()]).await.expect("a file");
    (paper, file)
}
