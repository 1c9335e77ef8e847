//! The list of what agencies make public, as its keepers see it.

use kernel::{Error, Paging, Result, Timestamp, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert, one, scalar};

/// An entry of an agency's list. `made_on` is yyyymmdd; `state` "public" or "planned"; `public_at` 0 while it is planned.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub(crate) struct EntryRow {
    pub id: Uuid,
    pub agency_id: Uuid,
    pub agency_name: String,
    pub kind: String,
    pub field: String,
    pub title: String,
    pub note: String,
    pub made_on: i64,
    pub link: String,
    pub state: String,
    pub public_at: i64,
    pub version: i64,
    pub generated: bool,
}

const ENTRY: &str = "SELECT d.id, d.agency_id, a.name AS agency_name, d.kind, d.field, d.title, d.note, d.made_on, d.link, d.state, d.public_at, \
                     d.version, d.generated FROM disclosures d JOIN agencies a ON a.id = d.agency_id";

pub(crate) async fn entry(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<EntryRow>> {
    one(c, &format!("{ENTRY} WHERE d.id = $1"), vec![id.into()]).await
}

fn below(roots: &[Uuid], state: &str, kind: &str, params: &mut Params) -> String {
    let roots = params.list(roots.iter().copied());
    let mut out = format!("d.agency_id IN (SELECT descendant_id FROM agency_closure WHERE ancestor_id IN ({roots}))");
    if !state.is_empty() {
        out += &format!(" AND d.state = {}", params.mark(state));
    }
    if !kind.is_empty() {
        out += &format!(" AND d.kind = {}", params.mark(kind));
    }
    out
}

/// One page of the entries of subtrees, what is still to be made public first.
pub(crate) async fn entries(
    c: &impl ConnectionTrait,
    roots: &[Uuid],
    (state, kind): (&str, &str),
    paging: Paging,
) -> Result<Vec<EntryRow>> {
    let mut params = Params::new();
    let conditions = below(roots, state, kind, &mut params);
    let limit = params.mark(i64::from(paging.size));
    let offset = params.mark(i64::try_from(paging.offset()).unwrap_or(i64::MAX));
    let sql =
        format!("{ENTRY} WHERE {conditions} ORDER BY d.state, d.made_on DESC, d.id LIMIT {limit} OFFSET {offset}");
    all(c, &sql, params.values()).await
}

/// How many there are.
pub(crate) async fn entry_count(c: &impl ConnectionTrait, roots: &[Uuid], (state, kind): (&str, &str)) -> Result<i64> {
    let mut params = Params::new();
    let conditions = below(roots, state, kind, &mut params);
    scalar(c, &format!("SELECT COUNT(*) FROM disclosures d WHERE {conditions}"), params.values()).await
}

/// Keeps an entry: a new one, or one that was read at its version.
pub(crate) async fn save_entry(c: &impl ConnectionTrait, row: &EntryRow, new: bool, now: Timestamp) -> Result<()> {
    if new {
        let columns = [
            "id",
            "agency_id",
            "kind",
            "field",
            "title",
            "title_fold",
            "note",
            "made_on",
            "link",
            "state",
            "public_at",
            "version",
            "generated",
            "changed_at",
        ];
        return insert("disclosures", &columns)
            .row([
                row.id.into(),
                row.agency_id.into(),
                row.kind.as_str().into(),
                row.field.as_str().into(),
                row.title.as_str().into(),
                text::fold(&row.title).into(),
                row.note.as_str().into(),
                row.made_on.into(),
                row.link.as_str().into(),
                row.state.as_str().into(),
                row.public_at.into(),
                0i64.into(),
                row.generated.into(),
                now.0.into(),
            ])
            .run(c)
            .await;
    }
    let sql = "UPDATE disclosures SET kind = $1, field = $2, title = $3, title_fold = $4, note = $5, made_on = $6, link = $7, state = $8, \
               public_at = $9, changed_at = $10, version = version + 1 WHERE id = $11 AND version = $12";
    let values = vec![
        row.kind.as_str().into(),
        row.field.as_str().into(),
        row.title.as_str().into(),
        text::fold(&row.title).into(),
        row.note.as_str().into(),
        row.made_on.into(),
        row.link.as_str().into(),
        row.state.as_str().into(),
        row.public_at.into(),
        now.0.into(),
        row.id.into(),
        row.version.into(),
    ];
    match exec(c, sql, values).await? {
        1 => Ok(()),
        _ => Err(Error::Conflict("Người khác vừa thay đổi mục này. Hãy tải lại trang và làm lại.".into())),
    }
}
