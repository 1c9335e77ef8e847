//! Special sections: opening, changing, what stands first in them, their place on the home page.

use ::store::Tx;
use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Permit, Result, Uuid, new_id, time};
use platform::{
    App,
    audit::{self, Entry},
    revision,
};
use serde_json::json;

use super::sight::above;
use crate::publications::{
    model::slug,
    policy::ArrangeSections,
    store::{self, Section},
};

/// A section as somebody fills it in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SectionDraft {
    pub agency: Uuid,
    pub title: String,
    pub description: String,
    pub opens: Option<NaiveDate>,
    pub closes: Option<NaiveDate>,
    /// Addresses of what stands first, in order.
    pub pins: Vec<String>,
}

/// The section with what stands first in it, for one who may arrange it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn section(
    app: &App,
    permit: &Permit<ArrangeSections>,
    id: Uuid,
) -> Result<(Section, Vec<store::Pin>)> {
    let section = store::section(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if !above(app, permit, section.agency_id).await? {
        return Err(Error::NotFound);
    }
    let pins = store::pins(app.db.read(), id).await?;
    Ok((section, pins))
}

/// Opens a section, or (`at`: id and version) changes one; its id.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn save(
    app: &App,
    permit: &Permit<ArrangeSections>,
    at: Option<(Uuid, i64)>,
    draft: &SectionDraft,
) -> Result<Uuid> {
    let old = match at {
        Some((id, _)) => Some(section(app, permit, id).await?.0),
        None => None,
    };
    let mut errors = FieldErrors::default();
    if old.is_none() && !super::sight::at(permit, draft.agency) {
        errors.add("co_quan", "Hãy chọn cơ quan mở chuyên mục.");
    }
    if let (Some(from), Some(to)) = (draft.opens, draft.closes)
        && to < from
    {
        errors.add("den_ngay", "Ngày kết thúc phải sau ngày bắt đầu.");
    }
    let mut pins = Vec::new();
    for pin in &draft.pins {
        let address = pin.rsplit('/').next().unwrap_or_default();
        match store::public_at(app.db.read(), address).await? {
            Some(found) if !pins.contains(&found.publication_id) => pins.push(found.publication_id),
            Some(_) => {}
            None => errors.add("ghim", format!("Không có bài đã xuất bản nào ở địa chỉ “{pin}”.")),
        }
    }
    errors.into_result(())?;
    let day = |date: Option<NaiveDate>| date.map_or(0, time::date_to_int);
    let new = old.is_none();
    let wanted = slug(&draft.title);
    let mut row = old.unwrap_or(Section { id: new_id(), agency_id: draft.agency, ..Section::default() });
    row.title = draft.title.clone();
    row.description = draft.description.clone();
    row.opens_on = day(draft.opens);
    row.closes_on = day(draft.closes);
    row.version = at.map_or(0, |(_, version)| version);
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    if new {
        row.slug =
            if store::section_at(&*tx, &wanted).await?.is_some() { format!("{wanted}-{}", now.0) } else { wanted };
    }
    store::save_section(&*tx, &row, new, now).await?;
    store::replace_pins(&*tx, row.id, &pins).await?;
    note(app, &tx, permit, row.id, &row.title).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(row.id)
}

/// Sets which sections stand on the home page, in order.
///
/// # Errors
/// [`Error::NotFound`] for a section that the person may not arrange; [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn arrange(app: &App, permit: &Permit<ArrangeSections>, order: &[Uuid]) -> Result<()> {
    let all = store::sections(app.db.read()).await?;
    let mut changed = Vec::new();
    for section in all {
        let home = order.iter().position(|id| *id == section.id).map_or(0, |at| i64::try_from(at).unwrap_or(0) + 1);
        if home != section.home {
            if !above(app, permit, section.agency_id).await? {
                return Err(Error::NotFound);
            }
            changed.push(Section { home, ..section });
        }
    }
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    for section in &changed {
        store::save_section(&*tx, section, false, now).await?;
        note(app, &tx, permit, section.id, &section.title).await?;
    }
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

async fn note(app: &App, tx: &Tx, permit: &Permit<ArrangeSections>, id: Uuid, title: &str) -> Result<()> {
    revision::bump(&**tx, app.clock.now()).await?;
    let entry =
        Entry { action: "publications.section", subject: "section", id: Some(id), detail: json!({ "title": title }) };
    audit::record(&**tx, &*app.clock, permit.actor(), entry).await
}
