//! The list of what an agency makes public.

use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Page, Paging, Permit, Result, Uuid, new_id, time};
use platform::{
    App,
    audit::{self, Entry},
    revision, search,
    web::form::sound_link,
};
use serde_json::json;

use super::{above, at, find::KIND};
use crate::{
    activities::definitions as activity_lists,
    disclosures::{
        model::definitions,
        policy::{KeepDisclosures, ReadDisclosures},
        store::{self, EntryRow},
    },
};

/// An entry as somebody fills it in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct EntryDraft {
    pub agency: Uuid,
    pub kind: String,
    pub field: String,
    pub title: String,
    pub note: String,
    pub made_on: Option<NaiveDate>,
    pub link: String,
    pub public: bool,
    pub generated: bool,
}

/// One page of the list, with what the person filtered by.
pub(crate) struct Listing {
    pub page: Page<EntryRow>,
    /// Entries that are still to be made public, under the same kind.
    pub planned: i64,
}

/// Entries of the person's agencies and those below.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn list(
    app: &App,
    permit: &Permit<ReadDisclosures>,
    (state, kind): (&str, &str),
    paging: Paging,
) -> Result<Listing> {
    let (c, roots) = (app.db.read(), permit.roots());
    let (rows, total, planned) = tokio::try_join!(
        store::entries(c, roots, (state, kind), paging),
        store::entry_count(c, roots, (state, kind)),
        store::entry_count(c, roots, ("planned", kind)),
    )?;
    Ok(Listing { page: Page { rows, total: u64::try_from(total).unwrap_or(0), paging }, planned })
}

/// The entry, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn entry(app: &App, permit: &Permit<ReadDisclosures>, id: Uuid) -> Result<EntryRow> {
    let row = store::entry(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if above(app, permit, row.agency_id).await? { Ok(row) } else { Err(Error::NotFound) }
}

fn check(draft: &EntryDraft, errors: &mut FieldErrors) {
    if definitions().kind(&draft.kind).is_none() {
        errors.add("loai", "Hãy chọn loại thông tin trong danh sách.");
    }
    if !draft.field.is_empty() && !activity_lists().fields.iter().any(|field| field.key == draft.field) {
        errors.add("linh_vuc", "Hãy chọn lĩnh vực trong danh sách.");
    }
    if !draft.link.is_empty() && !sound_link(&draft.link) {
        errors.add(
            "dia_chi",
            "Hãy ghi địa chỉ trang trên cổng này (bắt đầu bằng /) hoặc địa chỉ đầy đủ bắt đầu bằng https://.",
        );
    }
    if draft.public && draft.link.is_empty() && draft.note.is_empty() {
        errors.add("dia_chi", "Thông tin đã công khai cần địa chỉ để đọc, hoặc mô tả nơi xem.");
    }
    if draft.public && draft.made_on.is_none() {
        errors.add("ngay", "Hãy điền ngày tạo ra thông tin.");
    }
}

/// Adds an entry, or (`old`: id and version) changes one; its id.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn save(
    app: &App,
    permit: &Permit<KeepDisclosures>,
    old: Option<(Uuid, i64)>,
    draft: &EntryDraft,
) -> Result<Uuid> {
    let mut errors = FieldErrors::default();
    let before = match old {
        Some((id, version)) => {
            let row = store::entry(app.db.read(), id).await?.ok_or(Error::NotFound)?;
            if !at(permit, row.agency_id) {
                return Err(Error::NotFound);
            }
            Some(EntryRow { version, ..row })
        }
        None => {
            if !at(permit, draft.agency) {
                errors.add("co_quan", "Hãy chọn cơ quan của mình.");
            }
            None
        }
    };
    check(draft, &mut errors);
    errors.into_result(())?;
    let now = app.clock.now();
    let new = before.is_none();
    let was_public = before.as_ref().is_some_and(|row| row.state == "public");
    let fresh =
        || EntryRow { id: new_id(), agency_id: draft.agency, generated: draft.generated, ..EntryRow::default() };
    let mut row = before.unwrap_or_else(fresh);
    row.kind = draft.kind.clone();
    row.field = draft.field.clone();
    row.title = draft.title.clone();
    row.note = draft.note.clone();
    row.made_on = draft.made_on.map_or(0, time::date_to_int);
    row.link = draft.link.clone();
    row.state = if draft.public { "public" } else { "planned" }.to_owned();
    row.public_at = match (draft.public, was_public) {
        (true, true) => row.public_at,
        (true, false) => now.0,
        (false, _) => 0,
    };
    let tx = app.db.begin().await?;
    store::save_entry(&*tx, &row, new, now).await?;
    let detail = json!({ "title": row.title, "state": row.state });
    let action = if new { "disclosures.add" } else { "disclosures.change" };
    let entry = Entry { action, subject: "disclosure", id: Some(row.id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    let seen = draft.public || was_public;
    if seen {
        search::changed(&*tx, KIND, &[row.id]).await?;
        revision::bump(&*tx, now).await?;
    }
    tx.commit().await?;
    if seen {
        revision::moved(app);
    }
    Ok(row.id)
}
