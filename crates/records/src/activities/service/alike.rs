//! The same event, entered by two people or by two agencies: it is noticed, and whoever only took part joins the record that is there.

use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Uuid, time};
use platform::App;
use serde_json::json;

use super::{
    record::note,
    scope_of,
    sight::{records_for, sight},
};
use crate::activities::{
    model::activity::{Draft, Partner, RECORDED, likeness},
    policy::{ReadActivities, RecordActivities},
    store::{self, Near, Scope},
};

/// Titles at least this alike (percent) are shown as possibly the same activity.
const ALIKE: usize = 60;
/// Most candidates shown.
const SHOWN: usize = 5;

/// Whose record a candidate is, seen from the agency that enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Its own.
    Own,
    /// Another's, in which it is named as having taken part.
    Partner,
    /// Another's.
    Other,
}

impl Whose {
    /// As seen from `agency`.
    pub(super) fn of(one: &Near, agency: Uuid) -> Self {
        match one.owner_id == agency {
            true => Whose::Own,
            false if one.partner > 0 => Whose::Partner,
            false => Whose::Other,
        }
    }
}

/// An activity that may be the same.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Which.
    pub id: Uuid,
    /// Whose it is.
    pub whose: Whose,
    /// The agency that owns it.
    pub owner: String,
    /// Its title.
    pub title: String,
    /// Its day, yyyymmdd.
    pub held_on: i64,
    /// Its place in words.
    pub place: String,
    /// Its turns.
    pub turns: i64,
    /// Who recorded it.
    pub by: String,
}

/// What a person sees of others' activities.
pub(super) async fn seen(app: &App, permit: &Permit<RecordActivities>) -> Result<Scope> {
    match Permit::<ReadActivities>::of(permit.actor()) {
        Some(read) => scope_of(app, &read).await,
        None => Ok(Scope::default()),
    }
}

/// Activities that may be the same, one's own first: of the same owner and kind at most a day apart; those in which it took part; those that the
/// person sees at the same place on the same day. Two statements besides those of the sight.
pub(super) async fn alike(app: &App, permit: &Permit<RecordActivities>, draft: &Draft) -> Result<Vec<Candidate>> {
    let Some(day) = draft.held_on else { return Ok(Vec::new()) };
    let edge = |moved: Option<NaiveDate>| time::date_to_int(moved.unwrap_or(day));
    let span = (edge(day.pred_opt()), edge(day.succ_opt()));
    let scope = seen(app, permit).await?;
    let units: Vec<Uuid> = draft.unit.into_iter().collect();
    let near = store::near(app.db.read(), draft.owner, (&units, &scope), span).await?;
    let today = time::date_to_int(day);
    let same = |one: &Near| {
        let alike = likeness(&one.title, &draft.title);
        let here = draft.unit.is_some() && one.unit_id == draft.unit && one.held_on == today;
        match Whose::of(one, draft.owner) {
            Whose::Own => one.kind == draft.kind && (alike >= ALIKE || here && alike >= ALIKE / 2),
            Whose::Partner => alike >= ALIKE || here && alike >= ALIKE / 2,
            Whose::Other => here && alike >= ALIKE,
        }
    };
    let candidate = |one: Near| Candidate {
        whose: Whose::of(&one, draft.owner),
        id: one.id,
        owner: one.owner_name,
        title: one.title,
        held_on: one.held_on,
        place: one.place,
        turns: one.turns,
        by: one.created_name,
    };
    let mut found: Vec<Candidate> = near.into_iter().filter(same).map(candidate).collect();
    found.sort_by_key(|one| one.whose);
    found.truncate(SHOWN);
    Ok(found)
}

/// Names an agency as having taken part in another's activity, instead of a second record; nothing is counted by it.
///
/// # Errors
/// [`Error::NotFound`] for an activity that the person does not see or an agency for which it records nothing; [`Error::Conflict`] when the activity
/// was withdrawn or is the agency's own.
pub(crate) async fn join(app: &App, permit: &Permit<RecordActivities>, id: Uuid, agency: Uuid) -> Result<()> {
    if !records_for(permit, agency) {
        return Err(Error::NotFound);
    }
    let read = Permit::<ReadActivities>::of(permit.actor()).ok_or(Error::NotFound)?;
    let whole = sight(app, &read, id).await?.whole;
    if whole.row.state != RECORDED {
        return Err(Error::Conflict("Hoạt động này đã rút; hãy ghi hoạt động của đơn vị mình.".into()));
    }
    if whole.row.owner_id == agency {
        return Err(Error::Conflict("Hoạt động này do chính đơn vị chủ trì; không cần ghi phối hợp.".into()));
    }
    if whole.draft.partners.iter().any(|one| one.agency == Some(agency)) {
        return Ok(());
    }
    let owners = store::owners(app.db.read(), &[agency]).await?;
    let name = owners.into_iter().next().ok_or(Error::NotFound)?.name;
    let mut draft = whole.draft;
    draft.partners.push(Partner { agency: Some(agency), name: name.clone() });
    let tx = app.db.begin().await?;
    store::join(&*tx, (id, whole.row.version), &draft, app.clock.now()).await?;
    note(app, &tx, permit, "activities.join", id, json!({ "agency": name })).await?;
    tx.commit().await
}
