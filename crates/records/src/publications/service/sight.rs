//! Which contributions a person may see or act on; a foreign one is answered like one that is not there.

use kernel::{Action, Error, Permit, Result, Uuid};
use platform::App;

use crate::publications::{
    model::{Act, Draft, State},
    policy::{EditPublications, ReadPublications, WritePublications},
    store::{self, Edition, Publication, Step},
};

pub(super) use crate::activities::service::{above, at};

/// A contribution as one person sees it.
pub(crate) struct Sight {
    pub row: Publication,
    /// The newest first.
    pub editions: Vec<Edition>,
    pub steps: Vec<Step>,
    /// May write for its agency.
    pub writes: bool,
    /// May decide on it.
    pub edits: bool,
    /// Who looks at it.
    pub person: Uuid,
}

impl Sight {
    /// The newest edition that is not given up; the only one when all are.
    pub(crate) fn newest(&self) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.state() != State::Dropped).or(self.editions.last())
    }

    /// The edition that readers see.
    pub(crate) fn live(&self) -> Option<&Edition> {
        self.editions.iter().find(|edition| Some(edition.id) == self.row.live_id)
    }

    /// Can the person do this with the newest edition now? Publishing what oneself wrote is possible with a reason only: see [`Sight::forces`].
    pub(crate) fn can(&self, act: Act) -> bool {
        let Some(edition) = self.newest() else { return false };
        let who = match act {
            Act::Write | Act::Submit | Act::TakeBack | Act::Drop | Act::Correct => self.writes,
            _ => self.edits,
        };
        let gone = !self.row.gone.is_empty() && matches!(act, Act::Correct | Act::Withdraw);
        who && !gone && act.from(edition.state()).is_some()
    }

    /// Would publishing need a reason: is the person the one who wrote the edition?
    pub(crate) fn forces(&self) -> bool {
        self.newest().is_some_and(|edition| edition.written_by == self.person)
    }
}

/// The contribution, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn sight(app: &App, permit: &Permit<ReadPublications>, id: Uuid) -> Result<Sight> {
    let c = app.db.read();
    let row = store::publication(c, id).await?.ok_or(Error::NotFound)?;
    if !above(app, permit, row.agency_id).await? {
        return Err(Error::NotFound);
    }
    let edits = match Permit::<EditPublications>::of(permit.actor()) {
        Some(edit) => above(app, &edit, row.agency_id).await?,
        None => false,
    };
    let writes = Permit::<WritePublications>::of(permit.actor()).is_some_and(|write| at(&write, row.agency_id));
    let (editions, steps) = tokio::try_join!(store::editions(c, id), store::steps(c, id))?;
    Ok(Sight { row, editions, steps, writes, edits, person: permit.actor().user })
}

/// The contribution and its newest edition, for a step that the person may take.
///
/// # Errors
/// [`Error::NotFound`] for who may not take it anywhere; [`Error::Conflict`] where the edition stands otherwise.
pub(super) async fn acting<A: Action>(app: &App, permit: &Permit<A>, id: Uuid, act: Act) -> Result<(Sight, Edition)> {
    let read = Permit::<ReadPublications>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = sight(app, &read, id).await?;
    let edition = sight.newest().cloned().ok_or(Error::NotFound)?;
    let mine = match act {
        Act::Write | Act::Submit | Act::TakeBack | Act::Drop | Act::Correct => sight.writes,
        _ => sight.edits,
    };
    if !mine {
        return Err(Error::NotFound);
    }
    if !sight.can(act) {
        let label = if sight.row.gone.is_empty() { edition.state().label() } else { "Đã gỡ" };
        return Err(Error::Conflict(format!("Bài đang ở bước “{label}”, không làm được việc này. Hãy tải lại trang.")));
    }
    Ok((sight, edition))
}

/// The words of an edition with everything that belongs to them.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn draft_of(app: &App, row: &Publication, edition: &Edition) -> Result<Draft> {
    let marks = store::marks(app.db.read(), edition.id).await?;
    Ok(Draft {
        agency: row.agency_id,
        kind: row.kind.clone(),
        lang: row.lang.clone(),
        of: row.of_id,
        base: edition.base,
        title: edition.title.clone(),
        lead: edition.lead.clone(),
        body: edition.body.clone(),
        byline: edition.byline.clone(),
        checker: edition.checker.clone(),
        audio: edition.audio_id,
        note: edition.note.clone(),
        starts: minute(edition.starts_at),
        ends: minute(edition.ends_at),
        place: edition.place.clone(),
        sections: marks.sections,
        fields: marks.fields,
        groups: marks.groups,
    })
}

/// From yyyymmddhhmm; none for 0.
pub(super) fn minute(stored: i64) -> Option<chrono::NaiveDateTime> {
    let part = |number: i64| u32::try_from(number).ok();
    kernel::time::date_from_int(stored / 10_000)?.and_hms_opt(part(stored / 100 % 100)?, part(stored % 100)?, 0)
}
