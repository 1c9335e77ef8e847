//! The same event, entered by two people or by two agencies: it is noticed, and whoever only took part joins the record that is there.

use ::store::Tx;
use kernel::{Error, Permit, Result, Uuid, time};
use platform::App;
use serde_json::json;

use super::{record::note, scope_of, sight::records_for};
use crate::activities::{
    model::activity::{Draft, Partner, RECORDED, likeness},
    policy::{ReadActivities, RecordActivities},
    store::{self, Near, Scope, Whole},
};

/// How alike (percent) titles are at least that may be of the same activity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Least {
    /// Of the same day and place.
    pub here: usize,
    /// Of another.
    pub apart: usize,
}

/// What is shown to a person who enters one.
const LEAST: Least = Least { here: 30, apart: 60 };
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
    /// May the person open it? Of another's in the commune of the agency that enters only title, owner and day are told.
    pub seen: bool,
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

/// May it be what `draft` says? One's own of the same kind; one in which one took part; another's only at the same place on the same day.
pub(super) fn same(one: &Near, draft: &Draft, least: Least) -> bool {
    let here = draft.unit.is_some() && one.unit_id == draft.unit && time::date_from_int(one.held_on) == draft.held_on;
    let title = likeness(&one.title, &draft.title);
    let alike = title >= least.apart || here && title >= least.here;
    match Whose::of(one, draft.owner) {
        Whose::Own => alike && one.kind == draft.kind,
        Whose::Partner => alike,
        Whose::Other => here && title >= least.apart,
    }
}

/// Activities that may be the same, one's own first: of the same owner and kind at most a day apart; those in which it took part; those at the same
/// place on the same day that the person sees, or that are in the commune of the agency. Three statements besides those of the sight.
pub(super) async fn alike(app: &App, permit: &Permit<RecordActivities>, draft: &Draft) -> Result<Vec<Candidate>> {
    let Some(day) = draft.held_on else { return Ok(Vec::new()) };
    let days = [day.pred_opt(), Some(day), day.succ_opt()].into_iter().flatten().map(time::date_to_int);
    let scope = seen(app, permit).await?;
    let units: Vec<Uuid> = draft.unit.into_iter().collect();
    let c = app.db.read();
    let home = store::owners(c, &[draft.owner]).await?.first().and_then(|owner| owner.commune());
    let near = store::near(c, (draft.owner, home), (&units, &scope), &days.collect::<Vec<_>>()).await?;
    let candidate = |one: Near| Candidate {
        whose: Whose::of(&one, draft.owner),
        seen: one.seen > 0,
        id: one.id,
        owner: one.owner_name,
        title: one.title,
        held_on: one.held_on,
        place: one.place,
        turns: one.turns,
        by: one.created_name,
    };
    let mut found: Vec<Candidate> = near.into_iter().filter(|one| same(one, draft, LEAST)).map(candidate).collect();
    found.sort_by_key(|one| one.whose);
    found.truncate(SHOWN);
    Ok(found)
}

/// Names an agency as having taken part in another's activity, instead of a second record; nothing is counted by it.
///
/// # Errors
/// [`Error::NotFound`] for an activity that the person does not see and that was not in the commune of the agency, or an agency for which it records
/// nothing; [`Error::Conflict`] when the activity was withdrawn or is the agency's own.
pub(crate) async fn join(app: &App, permit: &Permit<RecordActivities>, id: Uuid, agency: Uuid) -> Result<()> {
    let joins = joins(app, permit, &[id], agency).await?;
    let tx = app.db.begin().await?;
    joins.write(app, &tx, permit).await?;
    tx.commit().await
}

/// Activities that an agency joins.
pub(super) struct Joins {
    partner: Partner,
    wholes: Vec<Whole>,
}

impl Joins {
    /// Names the agency in each of them.
    pub(super) async fn write(self, app: &App, tx: &Tx, permit: &Permit<RecordActivities>) -> Result<()> {
        for Whole { row, mut draft } in self.wholes {
            let last = (draft.partners.len() as i64, &self.partner);
            draft.partners.push(self.partner.clone());
            store::join(&**tx, (row.id, row.version), last, &draft.search_text(), app.clock.now()).await?;
            note(app, tx, permit, "activities.join", row.id, json!({ "agency": self.partner.name })).await?;
        }
        Ok(())
    }
}

/// See [`join`]; those in which the agency is named already are left out. A constant number of statements.
pub(super) async fn joins(app: &App, permit: &Permit<RecordActivities>, ids: &[Uuid], agency: Uuid) -> Result<Joins> {
    if !records_for(permit, agency) {
        return Err(Error::NotFound);
    }
    let c = app.db.read();
    let owner = store::owners(c, &[agency]).await?.into_iter().next().ok_or(Error::NotFound)?;
    let mut wholes = store::several(c, ids).await?;
    let home = owner.commune();
    let apart = wholes.iter().filter(|one| home.is_none() || one.draft.unit != home);
    let apart: Vec<Uuid> = apart.map(|one| one.row.id).collect();
    if wholes.len() != ids.len() || !seen(app, permit).await?.sees(c, &apart).await? {
        return Err(Error::NotFound);
    }
    if wholes.iter().any(|one| one.row.state != RECORDED) {
        return Err(Error::Conflict("Hoạt động này đã rút; hãy ghi hoạt động của đơn vị mình.".into()));
    }
    if wholes.iter().any(|one| one.row.owner_id == agency) {
        return Err(Error::Conflict("Hoạt động này do chính đơn vị chủ trì; không cần ghi phối hợp.".into()));
    }
    wholes.retain(|one| one.draft.partners.iter().all(|partner| partner.agency != Some(agency)));
    Ok(Joins { partner: Partner { agency: Some(agency), name: owner.name }, wholes })
}
