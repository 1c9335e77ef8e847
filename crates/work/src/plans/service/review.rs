//! Interim and final reviews: the owner of a plan records that one was held.

use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Uuid, time};
use platform::{
    App,
    audit::{self, Entry},
};
use serde_json::json;

use super::object;
use crate::plans::{
    model::review::ReviewKind,
    policy::ManagePlans,
    store::{self, HeldReview},
};

/// What a person says about a review that was held.
#[derive(Debug, Clone)]
pub(crate) struct Review {
    pub kind: ReviewKind,
    /// The day for which it was planned, as the person saw it.
    pub due: i64,
    pub on: NaiveDate,
    /// Number of the paper that speaks of it, if any.
    pub paper: String,
    pub note: String,
}

/// Records a review: it is not due any more. What was recorded stays; another day in the settings asks for another review.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`], [`Error::Conflict`] when it is not due, or not on that day any more.
pub(crate) async fn record_review(app: &App, permit: &Permit<ManagePlans>, plan: Uuid, review: &Review) -> Result<()> {
    let plan = object::plan_to_manage(app, permit, plan).await?;
    if !plan.active() || plan.history() {
        return Err(Error::Conflict("Kế hoạch này không còn được theo dõi.".into()));
    }
    if plan.review_on(review.kind) != Some(review.due) {
        return Err(Error::Conflict("Ngày sơ kết, tổng kết vừa được đổi. Hãy xem lại rồi ghi nhận.".into()));
    }
    if review.on > app.clock.today() {
        return Err(Error::invalid("ngay", "Ngày tổ chức không thể sau hôm nay."));
    }
    let actor = permit.actor();
    let held = HeldReview {
        kind: review.kind.key().to_owned(),
        due_date: review.due,
        held_on: time::date_to_int(review.on),
        paper: review.paper.clone(),
        note: review.note.clone(),
        recorded_by: actor.user,
        recorded_name: actor.name.clone(),
        recorded_at: app.clock.now().0,
    };
    let tx = app.db.begin().await?;
    if !store::insert_review(&tx, plan.id, &held).await? {
        return Err(Error::Conflict("Cuộc sơ kết, tổng kết này đã được ghi nhận.".into()));
    }
    let detail = json!({ "kind": review.kind.label(), "until": time::date_from_int(held.due_date), "day": review.on, "number": held.paper });
    let entry = Entry { action: "plans.review", subject: "plan", id: Some(plan.id), detail };
    audit::record(&*tx, &*app.clock, actor, entry).await?;
    tx.commit().await
}

/// A corrected version is the same plan: what was held stays held.
pub(super) async fn inherit(tx: &::store::Tx, plan: Uuid, earlier: Uuid) -> Result<()> {
    for held in store::held_reviews(&**tx, earlier).await? {
        store::insert_review(tx, plan, &held).await?;
    }
    Ok(())
}
