//! Figures of forms over activities, and the activities behind a figure: what other slices ask.

use ::store::ConnectionTrait;
use chrono::NaiveDate;
use kernel::{Page, Paging, Result, Timestamp, Uuid, time};

use crate::activities::{
    model::{
        activity::{RECORDED, Served},
        measure::Measure,
    },
    store,
};

/// For each owner the figures of these measures, in their order, over what it recorded from `from` to `to` (both included). Only what is
/// recorded counts, and only for its owner. At most four statements for up to 20,000 owners, however many measures.
///
/// # Errors
/// When the database refuses.
pub async fn measures(
    c: &impl ConnectionTrait,
    owners: &[Uuid],
    from: NaiveDate,
    to: NaiveDate,
    measures: &[Measure],
) -> Result<Vec<(Uuid, Vec<i64>)>> {
    store::measure(c, owners, (time::date_to_int(from), time::date_to_int(to)), measures).await
}

/// Activities that figures are taken over: recorded by these owners from one day to another, both included.
#[derive(Debug, Clone, Copy)]
pub struct Over<'a> {
    /// Who owns them.
    pub owners: &'a [Uuid],
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Only those that serve subjects of this kind which are part of one of these.
    pub within: Option<(&'a str, &'a [Uuid])>,
}

impl Over<'_> {
    fn span(&self) -> (i64, i64) {
        (time::date_to_int(self.from), time::date_to_int(self.to))
    }

    fn only(&self) -> store::Only<'_> {
        self.within.map_or(store::Only::All, |(kind, wholes)| store::Only::Serving(kind, wholes))
    }
}

/// The figures of these measures over what all owners together recorded: additive figures sum, a law reporter who spoke for several of them
/// counts once. At most four statements for up to 20,000 owners.
///
/// # Errors
/// When the database refuses.
pub async fn totals(c: &impl ConnectionTrait, over: Over<'_>, measures: &[Measure]) -> Result<Vec<i64>> {
    store::total(c, (over.owners, over.span(), over.only()), measures).await
}

/// An activity as other slices list it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which; its page is `/hoat-dong/{id}`.
    pub id: Uuid,
    /// Who owns and counts it.
    pub owner: Uuid,
    /// Name of the owner.
    pub owner_name: String,
    /// Name of the kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// First day.
    pub held_on: NaiveDate,
    /// Place in words and administrative unit.
    pub place: String,
    /// Turns of attendance.
    pub turns: i64,
    /// Cost in whole đồng.
    pub cost: i64,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

impl Line {
    /// From a stored line.
    pub(crate) fn of(line: store::Line) -> Self {
        let unit = line.unit_name.unwrap_or_default();
        let place = [line.place, unit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        Self {
            id: line.id,
            owner: line.owner_id,
            owner_name: line.owner_name,
            kind: crate::activities::definitions().kind_name(&line.kind).to_owned(),
            title: line.title,
            held_on: time::date_from_int(line.held_on).unwrap_or_default(),
            place,
            turns: line.turns,
            cost: line.cost,
            generated: line.generated,
        }
    }
}

/// An activity and what it adds to a figure.
#[derive(Debug, Clone)]
pub struct Share {
    /// The activity.
    pub line: Line,
    /// What it adds (for reporters: how many took part in it; together they may be fewer, because each counts once).
    pub amount: i64,
}

/// The activities behind one figure.
pub type Behind = Page<Share>;

/// The activities behind one figure of its owners together, the latest first; three statements.
///
/// # Errors
/// When the database refuses.
pub async fn behind(c: &impl ConnectionTrait, over: Over<'_>, measure: &Measure, paging: Paging) -> Result<Behind> {
    let (shares, total) = store::behind(c, (over.owners, over.span(), over.only()), measure, paging).await?;
    let rows = shares.into_iter().map(|share| Share { line: Line::of(share.line), amount: share.amount }).collect();
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0), paging })
}

/// One recorded activity, as a slice that counts it sees it.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Which.
    pub id: Uuid,
    /// Who counts it.
    pub owner: Uuid,
    /// First day: it decides in which period it counts.
    pub held_on: NaiveDate,
    /// When it was recorded; what the program made to show what it can do counts as recorded all along.
    pub recorded_at: Timestamp,
    /// What it serves.
    pub subjects: Vec<Served>,
}

/// The activity of this id, when it counts; ten statements at most.
///
/// # Errors
/// When the database refuses.
pub async fn counted(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Counted>> {
    let whole = store::whole(c, id).await?.filter(|whole| whole.row.state == RECORDED);
    Ok(whole.map(|store::Whole { row, draft }| Counted {
        id,
        owner: row.owner_id,
        held_on: draft.held_on.unwrap_or_default(),
        recorded_at: Timestamp(if row.generated { 0 } else { row.created_at }),
        subjects: draft.subjects,
    }))
}

/// What one activity adds to each of these figures (for reporters: how many took part in it). At most four statements, however many measures.
///
/// # Errors
/// When the database refuses.
pub async fn adds(c: &impl ConnectionTrait, one: &Counted, measures: &[Measure]) -> Result<Vec<i64>> {
    let day = time::date_to_int(one.held_on);
    store::total(c, (&[one.owner], (day, day), store::Only::One(one.id)), measures).await
}
