//! Many activities from a file: first shown with what is wrong in which cell, then recorded.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use kernel::{Error, FieldErrors, Permit, Result, Uuid, new_id, text, time};
use platform::App;

use super::{
    alike::{Least, Whose, joins, same, seen},
    record::{check, form_of, write},
    sight::records_for,
    subjects::{Words, resolve_words},
};
use crate::activities::{
    model::{
        activity::Draft,
        definitions::definitions,
        sheet::{self, Row},
    },
    policy::RecordActivities,
    store::{self, Near, New},
};

/// How alike titles on the same day are that are taken for the same activity.
const LEAST: Least = Least { here: 70, apart: 70 };

/// What would become of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RowOutcome {
    /// It can be recorded.
    Good,
    /// It looks like one that is there, and whose that is.
    Alike {
        /// That one.
        id: Uuid,
        /// Whose it is.
        whose: Whose,
        /// May the person open it?
        seen: bool,
    },
    /// It came with the same file before.
    Already,
    /// Cells and what is wrong in them.
    Wrong,
}

/// A file as it would be recorded.
pub(crate) struct Preview {
    /// Under this hash the file is kept until it is confirmed.
    pub file: String,
    pub owner: Uuid,
    pub rows: Vec<(Row, RowOutcome)>,
}

impl Preview {
    /// Rows with this outcome.
    pub(crate) fn count(&self, of: fn(&RowOutcome) -> bool) -> usize {
        self.rows.iter().filter(|(_, outcome)| of(outcome)).count()
    }
}

/// What was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Imported {
    pub recorded: usize,
    /// Others' activities in which the agency is now named as having taken part.
    pub joined: usize,
    pub left_out: usize,
}

/// Reads a file and says what each row would become.
///
/// # Errors
/// [`Error::Invalid`] when it is no such list.
pub(crate) async fn preview(
    app: &App,
    permit: &Permit<RecordActivities>,
    owner: Uuid,
    bytes: Bytes,
) -> Result<Preview> {
    if !records_for(permit, owner) {
        return Err(Error::invalid("co_quan", "Hãy chọn cơ quan mà tài khoản này được ghi hoạt động."));
    }
    if bytes.is_empty() {
        return Err(Error::invalid("tep", "Hãy chọn tệp bảng tính."));
    }
    let cells = press::read_rows(&bytes).map_err(|e| Error::invalid("tep", e.to_string()))?;
    let rows = sheet::read(&cells, definitions()).map_err(|message| Error::invalid("tep", message))?;
    let file = app.blobs.put(bytes).await?;
    let rows = judge(app, permit, owner, &file, rows).await?;
    Ok(Preview { file, owner, rows })
}

async fn judge(
    app: &App,
    permit: &Permit<RecordActivities>,
    owner: Uuid,
    file: &str,
    rows: Vec<Row>,
) -> Result<Vec<(Row, RowOutcome)>> {
    let c = app.db.read();
    let today = app.clock.today();
    let owners = store::owners(c, &[owner]).await?;
    let own = owners.first().and_then(|owner| owner.commune());
    let places: Vec<&str> = owners.iter().map(|owner| owner.place()).collect();
    let mut communes: HashMap<String, Uuid> = HashMap::new();
    for province in store::provinces_around(c, &places).await? {
        for commune in store::communes(c, &province.code, time::date_to_int(today)).await? {
            communes.insert(text::fold(&commune.name), commune.id);
        }
    }
    let days: HashSet<i64> = rows.iter().filter_map(|row| row.draft.held_on).map(time::date_to_int).collect();
    let days: Vec<i64> = days.into_iter().collect();
    let scope = seen(app, permit).await?;
    let unit_of = |row: &Row| if row.unit.is_empty() { own } else { communes.get(&text::fold(&row.unit)).copied() };
    let units: HashSet<Uuid> = rows.iter().filter_map(unit_of).collect();
    let units: Vec<Uuid> = units.into_iter().collect();
    let there = store::near(c, (owner, own), (&units, &scope), &days).await?;
    let known = store::made_with(c, &format!("{owner}:{file}:")).await?;
    let mut out = Vec::with_capacity(rows.len());
    for mut row in rows {
        row.draft.owner = owner;
        row.draft.unit = unit_of(&row);
        if !row.unit.is_empty() && row.draft.unit.is_none() {
            let message = format!("Không có xã, phường “{}” trong tỉnh.", row.unit);
            row.blame("dia_ban", &message);
        }
        let mut errors = FieldErrors::default();
        row.draft.check(definitions(), today, &mut errors);
        for (field, message) in errors.0 {
            row.blame(&field, &message);
        }
        let day = row.draft.held_on.map_or(0, time::date_to_int);
        let same = |one: &&Near| one.held_on == day && same(one, &row.draft, LEAST);
        let alike = there.iter().filter(same).min_by_key(|one| Whose::of(one, owner));
        let outcome = if known.contains(&once(owner, file, row.number)) {
            RowOutcome::Already
        } else if !row.errors.is_empty() {
            RowOutcome::Wrong
        } else {
            alike.map_or(RowOutcome::Good, |one| RowOutcome::Alike {
                id: one.id,
                whose: Whose::of(one, owner),
                seen: one.seen > 0,
            })
        };
        out.push((row, outcome));
    }
    let mut errors = FieldErrors::default();
    if let Some((row, _)) = out.iter().find(|(row, _)| row.errors.is_empty()) {
        check(app, permit, &row.draft, &mut errors).await?;
    }
    errors.into_result(out)
}

fn once(owner: Uuid, file: &str, row: usize) -> String {
    format!("{owner}:{file}:{row}")
}

/// What to do with rows that look like activities that are there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct IfAlike {
    /// Another agency recorded it: the agency joins that record.
    pub join: bool,
    /// The others are recorded too.
    pub record: bool,
}

/// Records the good rows of a file that was shown before; those that look like others by `alike`.
///
/// # Errors
/// [`Error::NotFound`] for an unknown file, [`Error::Invalid`] when nothing can be recorded.
pub(crate) async fn import(
    app: &App,
    permit: &Permit<RecordActivities>,
    owner: Uuid,
    file: &str,
    alike: IfAlike,
) -> Result<Imported> {
    let bytes = match file.len() == 64 && file.bytes().all(|b| b.is_ascii_hexdigit()) {
        true => app.blobs.get(file).await?,
        false => return Err(Error::invalid("tep", "Hãy chọn tệp bảng tính.")),
    };
    let shown = preview(app, permit, owner, bytes).await?;
    let joined = |outcome: &RowOutcome| match outcome {
        RowOutcome::Alike { id, whose: Whose::Other, .. } if alike.join => Some(*id),
        _ => None,
    };
    let wanted = |outcome: &RowOutcome| match outcome {
        RowOutcome::Good => true,
        RowOutcome::Alike { .. } => alike.record && joined(outcome).is_none(),
        RowOutcome::Already | RowOutcome::Wrong => false,
    };
    let total = shown.rows.len();
    // Several rows may mean one activity.
    let meant: Vec<Uuid> = shown.rows.iter().filter_map(|(_, outcome)| joined(outcome)).collect();
    let distinct: Vec<Uuid> = meant.iter().copied().collect::<HashSet<_>>().into_iter().collect();
    let (mut rows, nothing) = (Vec::new(), Draft::default());
    for (row, _) in shown.rows.into_iter().filter(|(_, outcome)| wanted(outcome)) {
        let mut draft = row.draft;
        let words = Words { partners: &row.partners, documents: &row.documents, subjects: Vec::new(), known: &nothing };
        let day = draft.held_on.unwrap_or_default();
        let mut errors = FieldErrors::default();
        (draft.partners, draft.documents, _) =
            resolve_words(app, permit.actor(), (owner, day), words, &mut errors).await?;
        rows.push(New {
            id: new_id(),
            form: form_of(&draft.kind),
            draft,
            once: Some(once(owner, &shown.file, row.number)),
            series: None,
            copied: None,
            generated: false,
        });
    }
    if rows.is_empty() && meant.is_empty() {
        return Err(Error::invalid("tep", "Không có dòng nào nhập được; hãy sửa các ô báo lỗi rồi tải tệp lên lại."));
    }
    let joins = joins(app, permit, &distinct, owner).await?;
    let tx = app.db.begin().await?;
    write(app, &tx, permit, &rows, &[]).await?;
    joins.write(app, &tx, permit).await?;
    tx.commit().await?;
    Ok(Imported { recorded: rows.len(), joined: distinct.len(), left_out: total - rows.len() - meant.len() })
}
