//! Correcting the facts of a document, and saying that they were compared with the official source.

use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Permit, Result, time};
use platform::{App, revision};
use serde_json::json;

use super::note;
use crate::laws::{
    model::kind_name,
    policy::EditLaws,
    store::{self, Law},
};

/// Facts as somebody fills them in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FactsDraft {
    pub kind: String,
    pub title: String,
    pub issuer: String,
    pub issued: Option<NaiveDate>,
    pub effect: Option<NaiveDate>,
    pub ended: Option<NaiveDate>,
    pub version: i64,
}

impl FactsDraft {
    /// What is wrong with it.
    pub(crate) fn check(&self, errors: &mut FieldErrors) {
        if kind_name(&self.kind).is_empty() {
            errors.add("loai", "Hãy chọn loại văn bản trong danh sách.");
        }
        if let (Some(from), Some(to)) = (self.effect, self.ended)
            && to <= from
        {
            errors.add("het_hieu_luc", "Ngày hết hiệu lực phải sau ngày có hiệu lực.");
        }
    }
}

fn day(date: Option<NaiveDate>) -> i64 {
    date.map_or(0, time::date_to_int)
}

async fn save(app: &App, permit: &Permit<EditLaws>, law: &Law, action: &'static str) -> Result<()> {
    let tx = app.db.begin().await?;
    store::save_facts(&*tx, law, app.clock.now()).await?;
    note(app, &tx, permit.actor(), (action, "law", &[law.id]), json!({ "number": law.number })).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// Changes the facts of a document.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`], [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn facts(app: &App, permit: &Permit<EditLaws>, slug: &str, draft: &FactsDraft) -> Result<()> {
    let law = store::law_at(app.db.read(), slug).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    draft.check(&mut errors);
    errors.into_result(())?;
    let law = Law {
        kind: draft.kind.clone(),
        title: draft.title.clone(),
        issuer: draft.issuer.clone(),
        issued_on: day(draft.issued),
        effect_from: day(draft.effect),
        ended_on: day(draft.ended),
        version: draft.version,
        ..law
    };
    save(app, permit, &law, "laws.facts").await
}

/// Says that what is known of a document was compared with the official source today.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it was compared already.
pub(crate) async fn check(app: &App, permit: &Permit<EditLaws>, slug: &str) -> Result<()> {
    let law = store::law_at(app.db.read(), slug).await?.ok_or(Error::NotFound)?;
    let today = time::date_to_int(app.clock.today());
    if law.checked_on >= today {
        return Err(Error::Conflict("Văn bản này đã được đối chiếu hôm nay.".into()));
    }
    save(app, permit, &Law { checked_on: today, ..law }, "laws.check").await
}
