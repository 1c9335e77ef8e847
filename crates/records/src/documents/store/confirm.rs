//! What confirming writes: the mode, heirs, readers, versions.

use chrono::NaiveDate;
use kernel::{Actor, Result, Timestamp, Uuid, new_id, time};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert};

use super::super::model::{self, Audience, Change, Mode};

/// Who carries on for an agency or class.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Heir {
    pub source: String,
    pub source_label: String,
    pub target: String,
    pub agency_id: Option<Uuid>,
    pub class_key: String,
    pub scope_id: Option<Uuid>,
    pub label: String,
    pub basis: String,
}

/// Heirs recorded with a document.
pub(in crate::documents) async fn heirs(c: &impl ConnectionTrait, document: Uuid) -> Result<Vec<Heir>> {
    let sql = "SELECT source, source_label, target, agency_id, class_key, scope_id, label, basis FROM document_heirs \
               WHERE document_id = $1 ORDER BY source_label, source";
    all(c, sql, vec![document.into()]).await
}

/// Records heirs.
pub(in crate::documents) async fn insert_heirs(c: &impl ConnectionTrait, document: Uuid, heirs: &[Heir]) -> Result<()> {
    let mut rows = insert(
        "document_heirs",
        &[
            "id",
            "document_id",
            "source",
            "source_label",
            "target",
            "agency_id",
            "class_key",
            "scope_id",
            "label",
            "basis",
        ],
    );
    for heir in heirs {
        rows.push([
            new_id().into(),
            document.into(),
            heir.source.as_str().into(),
            heir.source_label.as_str().into(),
            heir.target.as_str().into(),
            heir.agency_id.into(),
            heir.class_key.as_str().into(),
            heir.scope_id.into(),
            heir.label.as_str().into(),
            heir.basis.as_str().into(),
        ]);
    }
    rows.run(c).await
}

/// Records which agencies may read the document because it names them.
pub(in crate::documents) async fn insert_readers(
    c: &impl ConnectionTrait,
    document: Uuid,
    agencies: &[Uuid],
) -> Result<()> {
    let mut rows = insert("document_readers", &["document_id", "agency_id"]);
    for agency in agencies {
        rows.push([document.into(), (*agency).into()]);
    }
    rows.run_with(c, "ON CONFLICT (document_id, agency_id) DO NOTHING").await
}

/// What the officer decides on confirming.
pub(in crate::documents) struct Decision {
    pub mode: Mode,
    pub audience: Audience,
    pub amends: Option<(Uuid, Change)>,
}

/// Confirms a draft; how many rows that changed (0: somebody was faster).
pub(in crate::documents) async fn set_confirmed(
    c: &impl ConnectionTrait,
    id: Uuid,
    decision: &Decision,
    actor: &Actor,
    now: Timestamp,
) -> Result<u64> {
    let sql = "UPDATE documents SET state = 'confirmed', mode = $1, audience = $2, amends_id = $3, amends_how = $4, \
               confirmed_by = $5, confirmed_name = $6, confirmed_at = $7, confirmed_on = $8 \
               WHERE id = $9 AND state = 'draft'";
    let today: NaiveDate = now.date();
    let values = vec![
        model::key(&decision.mode).into(),
        model::key(&decision.audience).into(),
        decision.amends.map(|(id, _)| id).into(),
        decision.amends.map(|(_, how)| model::key(&how)).unwrap_or_default().into(),
        actor.user.into(),
        actor.name.as_str().into(),
        now.0.into(),
        time::date_to_int(today).into(),
        id.into(),
    ];
    exec(c, sql, values).await
}

/// Marks an earlier version as corrected by a later one.
pub(in crate::documents) async fn set_superseded(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    exec(c, "UPDATE documents SET state = 'superseded' WHERE id = $1", vec![id.into()]).await.map(drop)
}

/// Copies a confirmed document into a new draft that will correct it (tasks and parties are copied by the caller).
pub(in crate::documents) async fn copy_document(
    c: &impl ConnectionTrait,
    from: Uuid,
    to: Uuid,
    by: Uuid,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO documents (id, state, owner_id, audience, mode, number, number_key, kind, title, issued_on, \
               place, issuer, issuer_id, parent_body, signer_authority, signer_position, signer_name, urgency, \
               search_fold, body, marks, problem, tasks, file_name, file_hash, file_type, file_size, previous_id, \
               amends_id, amends_how, created_by, created_at, confirmed_name, confirmed_on) \
               SELECT $1, 'draft', owner_id, audience, '', number, number_key, kind, title, issued_on, place, issuer, \
               issuer_id, parent_body, signer_authority, signer_position, signer_name, urgency, search_fold, body, \
               marks, '', tasks, file_name, file_hash, file_type, file_size, id, amends_id, amends_how, $2, $3, '', 0 \
               FROM documents WHERE id = $4";
    exec(c, sql, vec![to.into(), by.into(), now.0.into(), from.into()]).await.map(drop)
}
