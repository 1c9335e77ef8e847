//! Making, changing and withdrawing activities.

use kernel::{Error, Result, Timestamp, Uuid, text, time};
use store::{ConnectionTrait, Value, exec, insert};

use crate::activities::model::activity::{Draft, Partner, RECORDED, WITHDRAWN};

/// An activity to be stored.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub id: Uuid,
    pub draft: Draft,
    pub form: String,
    pub once: Option<String>,
    pub series: Option<Uuid>,
    pub copied: Option<Uuid>,
    pub generated: bool,
}

const COLUMNS: [&str; 30] = [
    "id",
    "owner_id",
    "state",
    "kind",
    "form",
    "title",
    "title_fold",
    "held_on",
    "ends_on",
    "place",
    "unit_id",
    "online",
    "turns",
    "women",
    "minorities",
    "young",
    "cost",
    "summary",
    "search_fold",
    "generated",
    "once",
    "series_id",
    "copied_from",
    "reason",
    "withdrawn_at",
    "version",
    "created_by",
    "created_name",
    "created_at",
    "changed_at",
];

fn days(draft: &Draft) -> (i64, i64) {
    let day = |day: Option<chrono::NaiveDate>| day.map_or(0, time::date_to_int);
    (day(draft.held_on), day(draft.last_day()))
}

/// Stores activities with everything that hangs on them; statements grow with blocks of rows, not with rows.
pub(crate) async fn insert_activities(
    c: &impl ConnectionTrait,
    rows: &[New],
    by: (Uuid, &str),
    now: Timestamp,
) -> Result<()> {
    let mut block = insert("activities", &COLUMNS);
    for new in rows {
        let draft = &new.draft;
        let (from, to) = days(draft);
        block.push::<30>([
            new.id.into(),
            draft.owner.into(),
            RECORDED.into(),
            draft.kind.as_str().into(),
            new.form.as_str().into(),
            draft.title.as_str().into(),
            text::fold(&draft.title).into(),
            from.into(),
            to.into(),
            draft.place.as_str().into(),
            draft.unit.into(),
            draft.online.into(),
            draft.turns.into(),
            draft.women.into(),
            draft.minorities.into(),
            draft.young.into(),
            draft.cost().into(),
            draft.summary.as_str().into(),
            draft.search_text().into(),
            new.generated.into(),
            new.once.as_deref().into(),
            new.series.into(),
            new.copied.into(),
            "".into(),
            None::<i64>.into(),
            0i64.into(),
            by.0.into(),
            by.1.into(),
            now.0.into(),
            now.0.into(),
        ]);
    }
    block.run(c).await?;
    let parts: Vec<(Uuid, &Draft)> = rows.iter().map(|new| (new.id, &new.draft)).collect();
    insert_parts(c, &parts).await
}

async fn insert_parts(c: &impl ConnectionTrait, rows: &[(Uuid, &Draft)]) -> Result<()> {
    let mut marks = insert("activity_marks", &["activity_id", "kind", "key"]);
    let mut partners = insert("activity_partners", &["activity_id", "position", "agency_id", "name"]);
    let mut reporters = insert("activity_reporters", &["activity_id", "position", "kind", "name", "name_fold"]);
    let mut materials = insert("activity_materials", &["activity_id", "position", "kind", "title", "copies", "online"]);
    let mut costs = insert("activity_costs", &["activity_id", "source", "amount"]);
    let mut documents = insert("activity_documents", &["activity_id", "position", "document_id", "title"]);
    let mut subjects = insert("activity_subjects", &["activity_id", "kind", "subject_id", "within_id", "label"]);
    for &(id, draft) in rows {
        for (kind, keys) in [("group", &draft.groups), ("field", &draft.fields)] {
            for key in distinct(keys) {
                marks.push::<3>([id.into(), kind.into(), key.as_str().into()]);
            }
        }
        for (at, one) in (0i64..).zip(&draft.partners) {
            partners.push::<4>([id.into(), at.into(), one.agency.into(), one.name.as_str().into()]);
        }
        for (at, one) in (0i64..).zip(&draft.reporters) {
            let fold = text::fold(&one.name);
            reporters.push::<5>([
                id.into(),
                at.into(),
                one.kind.as_str().into(),
                one.name.as_str().into(),
                fold.into(),
            ]);
        }
        for (at, one) in (0i64..).zip(&draft.materials) {
            let values: [Value; 6] = [
                id.into(),
                at.into(),
                one.kind.as_str().into(),
                one.title.as_str().into(),
                one.copies.into(),
                one.online.into(),
            ];
            materials.push(values);
        }
        for (source, amount) in draft.costs.iter().filter(|(_, amount)| *amount > 0) {
            costs.push::<3>([id.into(), source.as_str().into(), (*amount).into()]);
        }
        for (at, one) in (0i64..).zip(&draft.documents) {
            documents.push::<4>([id.into(), at.into(), one.document.into(), one.title.as_str().into()]);
        }
        for one in &draft.subjects {
            let label = one.label.as_str().into();
            subjects.push::<5>([id.into(), one.kind.as_str().into(), one.id.into(), one.within.into(), label]);
        }
    }
    for block in [marks, partners, reporters, materials, costs, documents, subjects] {
        block.run(c).await?;
    }
    Ok(())
}

fn distinct(keys: &[String]) -> Vec<&String> {
    let mut out: Vec<&String> = keys.iter().collect();
    out.sort_unstable();
    out.dedup();
    out
}

const PARTS: [&str; 7] = [
    "activity_marks",
    "activity_partners",
    "activity_reporters",
    "activity_materials",
    "activity_costs",
    "activity_documents",
    "activity_subjects",
];

/// Writes a changed activity.
///
/// # Errors
/// [`Error::Conflict`] when somebody else changed it since version `version`.
pub(crate) async fn update_activity(
    c: &impl ConnectionTrait,
    id: Uuid,
    version: i64,
    (draft, form): (&Draft, &str),
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE activities SET kind = $3, form = $4, title = $5, title_fold = $6, held_on = $7, ends_on = $8, place = $9, \
               unit_id = $10, online = $11, turns = $12, women = $13, minorities = $14, young = $15, cost = $16, summary = $17, \
               search_fold = $18, changed_at = $19, owner_id = $20, version = version + 1 \
               WHERE id = $1 AND version = $2 AND state = 'recorded'";
    let (from, to) = days(draft);
    let values = vec![
        id.into(),
        version.into(),
        draft.kind.as_str().into(),
        form.into(),
        draft.title.as_str().into(),
        text::fold(&draft.title).into(),
        from.into(),
        to.into(),
        draft.place.as_str().into(),
        draft.unit.into(),
        draft.online.into(),
        draft.turns.into(),
        draft.women.into(),
        draft.minorities.into(),
        draft.young.into(),
        draft.cost().into(),
        draft.summary.as_str().into(),
        draft.search_text().into(),
        now.0.into(),
        draft.owner.into(),
    ];
    changed_once(exec(c, sql, values).await?)?;
    for table in PARTS {
        exec(c, &format!("DELETE FROM {table} WHERE activity_id = $1"), vec![id.into()]).await?;
    }
    insert_parts(c, &[(id, draft)]).await
}

/// Writes one more partner, at its position, of an activity that was read at a version and can now be searched by these words.
///
/// # Errors
/// [`Error::Conflict`] when somebody else changed it since.
pub(crate) async fn join(
    c: &impl ConnectionTrait,
    (id, version): (Uuid, i64),
    (position, partner): (i64, &Partner),
    search: &str,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE activities SET search_fold = $3, changed_at = $4, version = version + 1 \
               WHERE id = $1 AND version = $2 AND state = 'recorded'";
    let values = vec![id.into(), version.into(), search.into(), now.0.into()];
    changed_once(exec(c, sql, values).await?)?;
    let mut block = insert("activity_partners", &["activity_id", "position", "agency_id", "name"]);
    block.push::<4>([id.into(), position.into(), partner.agency.into(), partner.name.as_str().into()]);
    block.run(c).await
}

fn changed_once(rows: u64) -> Result<()> {
    if rows == 1 {
        return Ok(());
    }
    Err(Error::Conflict("Người khác vừa sửa hoặc rút hoạt động này. Hãy tải lại trang để xem rồi làm tiếp.".into()))
}

/// Takes an activity back; it stays with its reason and no longer counts.
///
/// # Errors
/// [`Error::Conflict`] when somebody else changed it since version `version`.
pub(crate) async fn withdraw_activity(
    c: &impl ConnectionTrait,
    id: Uuid,
    version: i64,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE activities SET state = $3, reason = $4, withdrawn_at = $5, changed_at = $5, version = version + 1 \
               WHERE id = $1 AND version = $2 AND state = 'recorded'";
    let values = vec![id.into(), version.into(), WITHDRAWN.into(), reason.into(), now.0.into()];
    changed_once(exec(c, sql, values).await?)
}

/// Takes an activity back for a reason, or (not `gone`) counts again one that was taken back for just that reason; did it change?
pub(crate) async fn turn(c: &impl ConnectionTrait, id: Uuid, gone: bool, reason: &str, now: Timestamp) -> Result<bool> {
    let sql = if gone {
        "UPDATE activities SET state = 'withdrawn', reason = $2, withdrawn_at = $3, changed_at = $3, version = version + 1 \
         WHERE id = $1 AND state = 'recorded'"
    } else {
        "UPDATE activities SET state = 'recorded', reason = '', withdrawn_at = NULL, changed_at = $3, version = version + 1 \
         WHERE id = $1 AND state = 'withdrawn' AND reason = $2"
    };
    Ok(exec(c, sql, vec![id.into(), reason.into(), now.0.into()]).await? > 0)
}

/// A file to be kept with an activity.
#[derive(Debug, Clone)]
pub(crate) struct NewFile {
    pub name: String,
    pub hash: String,
    pub media_type: String,
    pub size: i64,
    pub people: bool,
    pub consent: bool,
    pub minors: bool,
}

/// Keeps files.
pub(crate) async fn insert_files(
    c: &impl ConnectionTrait,
    activity: Uuid,
    files: &[NewFile],
    by: Uuid,
    now: Timestamp,
) -> Result<()> {
    let columns = [
        "id",
        "activity_id",
        "file_name",
        "file_hash",
        "file_type",
        "file_size",
        "people",
        "consent",
        "minors",
        "added_by",
        "added_at",
    ];
    let mut block = insert("activity_files", &columns);
    for file in files {
        block.push::<11>([
            kernel::new_id().into(),
            activity.into(),
            file.name.as_str().into(),
            file.hash.as_str().into(),
            file.media_type.as_str().into(),
            file.size.into(),
            file.people.into(),
            file.consent.into(),
            file.minors.into(),
            by.into(),
            now.0.into(),
        ]);
    }
    block.run(c).await
}

/// Says anew what a file shows.
pub(crate) async fn mark_file(
    c: &impl ConnectionTrait,
    id: Uuid,
    (people, consent, minors): (bool, bool, bool),
) -> Result<u64> {
    let sql = "UPDATE activity_files SET people = $2, consent = $3, minors = $4 WHERE id = $1";
    exec(c, sql, vec![id.into(), people.into(), consent.into(), minors.into()]).await
}

/// Forgets a file; the blob stays for others who keep the same bytes.
pub(crate) async fn delete_file(c: &impl ConnectionTrait, id: Uuid) -> Result<u64> {
    exec(c, "DELETE FROM activity_files WHERE id = $1", vec![id.into()]).await
}
