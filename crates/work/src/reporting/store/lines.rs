//! Lines of the lists of reports.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, one};

/// A line of the lists on `/bao-cao`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct ReportLine {
    pub id: Uuid,
    pub agency_name: String,
    pub title: String,
    /// The programme looked back on; empty for other reports.
    pub plan_name: String,
    pub period_label: String,
    pub stage: String,
    pub state: String,
    pub due_date: i64,
    pub revision: i64,
}

const LINE: &str = "SELECT p.id, a.name AS agency_name, r.title, r.plan_name, r.period_label, r.stage, p.state, p.due_date, p.revision \
     FROM reports p JOIN report_rounds r ON r.id = p.round_id JOIN agencies a ON a.id = p.agency_id";

/// Reports that these agencies make, the open ones first.
pub(crate) async fn own_reports(c: &impl ConnectionTrait, agencies: &[Uuid]) -> Result<Vec<ReportLine>> {
    let mut params = Params::new();
    let sql = format!(
        "{LINE} WHERE p.live AND p.agency_id IN ({}) ORDER BY CASE WHEN p.state IN ('approved', 'accepted') THEN 1 ELSE 0 END, \
         p.due_date DESC, p.id LIMIT 100",
        params.list(agencies.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// Reports that wait for these agencies to decide.
pub(crate) async fn waiting_reports(c: &impl ConnectionTrait, parents: &[Uuid]) -> Result<Vec<ReportLine>> {
    let mut params = Params::new();
    let sql = format!(
        "{LINE} WHERE p.live AND p.state = 'submitted' AND p.parent_id IN ({}) ORDER BY p.due_date, p.id LIMIT 200",
        params.list(parents.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// The report to be decided next, and how many wait.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct NextWaiting {
    pub id: Uuid,
    pub n: i64,
}

/// What waits for these agencies to decide besides one report: first of the same round, then what is due first.
pub(crate) async fn next_waiting(
    c: &impl ConnectionTrait,
    parents: &[Uuid],
    (report, round): (Uuid, Uuid),
) -> Result<Option<NextWaiting>> {
    let mut params = Params::new();
    let (report, round) = (params.mark(report), params.mark(round));
    let sql = format!(
        "SELECT p.id, COUNT(*) OVER () AS n FROM reports p WHERE p.live AND p.state = 'submitted' AND p.parent_id IN ({}) \
         AND p.id <> {report} ORDER BY CASE WHEN p.round_id = {round} THEN 0 ELSE 1 END, p.due_date, p.id LIMIT 1",
        params.list(parents.iter().copied())
    );
    one(c, &sql, params.values()).await
}
