//! What hangs on activities: groups, fields, partners, reporters, materials, costs, documents, subjects.

use std::collections::HashMap;

use kernel::{Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all};

use crate::activities::model::activity::{Disseminated, Draft, Material, Partner, Reporter, Served};

#[derive(FromQueryResult)]
struct SummaryRow {
    activity_id: Uuid,
    summary: String,
}

#[derive(FromQueryResult)]
struct Mark {
    activity_id: Uuid,
    kind: String,
    key: String,
}

#[derive(FromQueryResult)]
struct PartnerRow {
    activity_id: Uuid,
    agency_id: Option<Uuid>,
    name: String,
}

#[derive(FromQueryResult)]
struct ReporterRow {
    activity_id: Uuid,
    kind: String,
    name: String,
}

#[derive(FromQueryResult)]
struct MaterialRow {
    activity_id: Uuid,
    kind: String,
    title: String,
    copies: i64,
    online: bool,
}

#[derive(FromQueryResult)]
struct CostRow {
    activity_id: Uuid,
    source: String,
    amount: i64,
}

#[derive(FromQueryResult)]
struct DocumentRow {
    activity_id: Uuid,
    document_id: Option<Uuid>,
    title: String,
}

#[derive(FromQueryResult)]
struct SubjectRow {
    activity_id: Uuid,
    kind: String,
    subject_id: Uuid,
    within_id: Option<Uuid>,
    label: String,
}

/// Activities asked about in one statement.
const BLOCK: usize = 10_000;

/// For each of these activities its summary and what hangs on it, as a draft that says nothing else; eight statements for up to 10,000.
pub(crate) async fn parts(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Draft>> {
    let mut out: HashMap<Uuid, Draft> = HashMap::with_capacity(ids.len());
    for block in ids.chunks(BLOCK) {
        block_of(c, block, &mut out).await?;
    }
    Ok(out)
}

async fn block_of(c: &impl ConnectionTrait, ids: &[Uuid], out: &mut HashMap<Uuid, Draft>) -> Result<()> {
    let of = |columns: &str, table: &str, key: &str, order: &str| {
        let mut params = Params::new();
        let list = params.list(ids.iter().copied());
        (format!("SELECT {columns} FROM {table} WHERE {key} IN ({list}) ORDER BY {order}"), params.values())
    };
    let hung =
        |columns: &str, table: &str, order: &str| of(&format!("activity_id, {columns}"), table, "activity_id", order);
    let (sql, values) = of("id AS activity_id, summary", "activities", "id", "id");
    for row in all::<SummaryRow>(c, &sql, values).await? {
        out.insert(row.activity_id, Draft { summary: row.summary, ..Draft::default() });
    }
    let (sql, values) = hung("kind, key", "activity_marks", "activity_id, kind, key");
    for row in all::<Mark>(c, &sql, values).await? {
        let draft = out.entry(row.activity_id).or_default();
        if row.kind == "group" { &mut draft.groups } else { &mut draft.fields }.push(row.key);
    }
    let (sql, values) = hung("agency_id, name", "activity_partners", "activity_id, position");
    for row in all::<PartnerRow>(c, &sql, values).await? {
        out.entry(row.activity_id).or_default().partners.push(Partner { agency: row.agency_id, name: row.name });
    }
    let (sql, values) = hung("kind, name", "activity_reporters", "activity_id, position");
    for row in all::<ReporterRow>(c, &sql, values).await? {
        out.entry(row.activity_id).or_default().reporters.push(Reporter { kind: row.kind, name: row.name });
    }
    let (sql, values) = hung("kind, title, copies, online", "activity_materials", "activity_id, position");
    for MaterialRow { activity_id, kind, title, copies, online } in all(c, &sql, values).await? {
        out.entry(activity_id).or_default().materials.push(Material { kind, title, copies, online });
    }
    let (sql, values) = hung("source, amount", "activity_costs", "activity_id, source");
    for row in all::<CostRow>(c, &sql, values).await? {
        out.entry(row.activity_id).or_default().costs.push((row.source, row.amount));
    }
    let (sql, values) = hung("document_id, title", "activity_documents", "activity_id, position");
    for row in all::<DocumentRow>(c, &sql, values).await? {
        let document = Disseminated { document: row.document_id, title: row.title };
        out.entry(row.activity_id).or_default().documents.push(document);
    }
    let (sql, values) = hung("kind, subject_id, within_id, label", "activity_subjects", "activity_id, label");
    for row in all::<SubjectRow>(c, &sql, values).await? {
        let served = Served { kind: row.kind, id: row.subject_id, within: row.within_id, label: row.label };
        out.entry(row.activity_id).or_default().subjects.push(served);
    }
    Ok(())
}
