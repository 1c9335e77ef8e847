//! Papers that tasks wait for: who is how far.

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

use super::{
    Line, Obligation, Plan, Scope,
    list::{JOINS, LINE},
    obligations::COLUMNS,
    plans::COLUMNS as PLAN,
};

/// How many agencies of a task are at a stage of its product.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct StageCount {
    pub task_id: Uuid,
    pub product_stage: String,
    pub n: i64,
}

/// "`o` gives its agency a product to bring out".
const WAITED: &str = "o.role = 'lead' AND o.state NOT IN ('replaced', 'withdrawn', 'ended', 'declined', 'historical')";
/// How far the product of `o` is: what is done has brought it out.
const STAGE: &str = "CASE WHEN o.state = 'done' THEN 'issued' ELSE o.product_stage END";
/// "`t` waits for a product".
const EXPECTING: &str = "(t.product <> '' OR t.product_kind <> '')";

/// Stages of all products of a plan, as far as they may be seen.
pub(crate) async fn product_stages(c: &impl ConnectionTrait, scope: &Scope, plan: Uuid) -> Result<Vec<StageCount>> {
    let mut params = Params::new();
    let plan = params.mark(plan);
    let sight = scope.walking_condition(&mut params).map_or(String::new(), |sight| format!("AND {sight}"));
    let sql = format!(
        "SELECT o.task_id, {STAGE} AS product_stage, COUNT(*) AS n FROM plan_tasks t JOIN obligations o ON o.task_id = t.id \
         WHERE t.plan_id = {plan} AND {EXPECTING} AND {WAITED} {sight} GROUP BY o.task_id, {STAGE}"
    );
    all(c, &sql, params.values()).await
}

/// Who is at one stage of the products of a plan (all but those brought out, when none is given), the least advanced first.
pub(crate) async fn product_lines(
    c: &impl ConnectionTrait,
    scope: &Scope,
    plan: Uuid,
    stage: Option<&str>,
) -> Result<Vec<Line>> {
    let mut params = Params::new();
    let plan = params.mark(plan);
    let sight = scope.walking_condition(&mut params).map_or(String::new(), |sight| format!("AND {sight}"));
    let stage = match stage {
        Some(stage) => format!("{STAGE} = {}", params.mark(stage)),
        None => format!("{STAGE} <> 'issued'"),
    };
    let sql = format!(
        "SELECT {LINE} FROM obligations o {JOINS} WHERE t.plan_id = {plan} AND {EXPECTING} AND {WAITED} AND {stage} {sight} \
         ORDER BY t.position, CASE o.product_stage WHEN '' THEN 0 WHEN 'drafting' THEN 1 WHEN 'submitted' THEN 2 ELSE 3 END, \
         a.name_fold, o.due_date, o.id LIMIT 10000"
    );
    all(c, &sql, params.values()).await
}

/// Plans in force that were made from these documents.
pub(crate) async fn plans_of_documents(c: &impl ConnectionTrait, documents: &[Uuid]) -> Result<Vec<Plan>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT {PLAN} FROM plans p JOIN agencies a ON a.id = p.owner_id \
         WHERE p.state IN ('active', 'building') AND p.document_id IN ({}) ORDER BY p.issued_on DESC, p.id",
        params.list(documents.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// Duties of these tasks whose product is not out yet.
pub(crate) async fn awaiting(c: &impl ConnectionTrait, tasks: &[Uuid]) -> Result<Vec<Obligation>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT {COLUMNS} FROM obligations o WHERE o.task_id IN ({}) AND {WAITED} AND o.product_stage <> 'issued' ORDER BY o.id",
        params.list(tasks.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// Duties whose product this document is.
pub(crate) async fn fulfilled_by(c: &impl ConnectionTrait, document: Uuid) -> Result<Vec<Obligation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM obligations o WHERE o.product_document_id = $1 AND o.product_document_id IS NOT NULL ORDER BY o.id"
    );
    all(c, &sql, vec![document.into()]).await
}
