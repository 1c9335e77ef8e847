//! Which papers a person may see or act on, and a paper as it stands. What is foreign is answered like what is not there.

use std::collections::BTreeMap;

use kernel::{Action, Error, Permit, Result, Uuid};
use platform::App;

use super::facts;
use crate::{
    outgoing::{
        model::{
            State,
            compose::{Composed, Finding, Signing, changes, compose},
            draft::Draft,
            facts::Facts,
            template::{Template, template},
        },
        policy::{DraftPapers, ReadPapers},
        store::{self, File, Filter, Line, Own, Paper, Step},
    },
    reporting::policy::SignReports,
};

/// A paper as one person sees it.
pub(crate) struct Sight {
    pub row: Paper,
    pub state: State,
    pub template: &'static Template,
    /// May write it.
    pub drafts: bool,
    /// May sign it.
    pub signs: bool,
    /// Of one who sees it only because reports of one's own agency are counted in it: these.
    pub own: Option<Vec<Own>>,
}

/// Has the person the action at exactly this agency?
pub(super) fn at<A: Action>(permit: &Permit<A>, agency: Uuid) -> bool {
    permit.everywhere() || permit.roots().contains(&agency)
}

/// The paper, when the person may see it: in one's own agency always; once it is signed also in those above it, in those that receive the reports
/// of its round, and in those whose reports are counted in it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn sight(app: &App, permit: &Permit<ReadPapers>, id: Uuid) -> Result<Sight> {
    let row = store::paper(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let state = State::from_key(&row.state).unwrap_or(State::Draft);
    let mut own = None;
    if !at(permit, row.owner_id) && !store::has_arrived(app.db.read(), id, permit.roots()).await? {
        let reports = store::own_reports(app.db.read(), id, permit.roots()).await?;
        own = Some(reports).filter(|reports| !reports.is_empty());
        if own.is_none() {
            return Err(Error::NotFound);
        }
    }
    let template = template(&row.template_key).ok_or(Error::NotFound)?;
    let drafts = Permit::<DraftPapers>::of(permit.actor()).is_some_and(|permit| at(&permit, row.owner_id));
    let signs = Permit::<SignReports>::of(permit.actor()).is_some_and(|permit| at(&permit, row.owner_id));
    Ok(Sight { row, state, template, drafts, signs, own })
}

/// The paper, for one who acts for its agency.
///
/// # Errors
/// [`Error::NotFound`] for anybody else; [`Error::Conflict`] in a state that is none of these.
pub(super) async fn acting<A: Action>(
    app: &App,
    permit: &Permit<A>,
    id: Uuid,
    states: &[State],
) -> Result<(Paper, &'static Template)> {
    let row = store::paper(app.db.read(), id).await?.filter(|row| at(permit, row.owner_id)).ok_or(Error::NotFound)?;
    let template = template(&row.template_key).ok_or(Error::NotFound)?;
    let now = State::from_key(&row.state).unwrap_or(State::Draft);
    if !states.contains(&now) {
        return Err(Error::Conflict(format!("Văn bản đang ở bước “{}”, không làm được việc này.", now.label())));
    }
    Ok((row, template))
}

/// The list of papers.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn list(app: &App, permit: &Permit<ReadPapers>, state: Option<State>) -> Result<Vec<Line>> {
    let filter = Filter { state: state.map_or("", State::key), at: None };
    store::papers(app.db.read(), permit.roots(), permit.everywhere(), filter).await
}

/// The papers of a round at an agency: with its figures, or with those of an agency that reports to it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn of_round(app: &App, permit: &Permit<ReadPapers>, round: Uuid, node: Uuid) -> Result<Vec<Line>> {
    let filter = Filter { at: Some((round, node)), ..Filter::default() };
    store::papers(app.db.read(), permit.roots(), permit.everywhere(), filter).await
}

/// A paper with its figures.
pub(crate) struct Whole {
    pub draft: Draft,
    pub composed: Composed,
    pub findings: Vec<Finding>,
    /// What references can name; none once it is frozen.
    pub facts: Option<Facts>,
    /// Figures that changed since somebody looked: reference, before, now.
    pub changes: Vec<(String, String, String)>,
    pub steps: Vec<Step>,
    pub files: Vec<File>,
}

pub(super) fn draft_of(row: &Paper) -> Draft {
    serde_json::from_str(&row.draft).unwrap_or_default()
}

/// Where a figure leads one whose reports are counted in it: to the same cell of one's own report; others' are not shown.
fn own_part(link: &str, node: Uuid, own: &[Own]) -> String {
    let part = |one: &Own| {
        let report = format!("/bao-cao/{}", one.id);
        if link.starts_with(&report) {
            return Some(link.to_owned());
        }
        let cell =
            link.strip_prefix(&format!("/ky-bao-cao/{}/o/", one.round_id))?.strip_suffix(&format!("?co={node}"))?;
        Some(format!("{report}/o/{cell}"))
    };
    own.iter().find_map(part).unwrap_or_default()
}

/// The paper as it stands: fresh figures until it is signed, the frozen ones after.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn whole(app: &App, sight: &Sight) -> Result<Whole> {
    let (row, draft) = (&sight.row, draft_of(&sight.row));
    let steps = store::steps(app.db.read(), row.id).await?;
    let files = store::files(app.db.read(), row.id).await?;
    let (mut composed, findings, facts) = stands(app, row, sight.template, &draft).await?;
    if let Some(own) = &sight.own {
        for source in composed.sources.values_mut() {
            source.link = own_part(&source.link, row.node_id, own);
        }
    }
    let seen: BTreeMap<String, String> = serde_json::from_str(&row.seen).unwrap_or_default();
    let changes = if sight.state.frozen() { Vec::new() } else { changes(&seen, &composed.sources) };
    Ok(Whole { draft, composed, findings, facts, changes, steps, files })
}

/// The frozen paper, or the draft with the figures of now.
///
/// # Errors
/// When the database refuses.
pub(super) async fn stands(
    app: &App,
    row: &Paper,
    template: &Template,
    draft: &Draft,
) -> Result<(Composed, Vec<Finding>, Option<Facts>)> {
    if !row.frozen.is_empty() {
        let composed = serde_json::from_str(&row.frozen).map_err(Error::internal)?;
        return Ok((composed, Vec::new(), None));
    }
    let facts = facts::load(app, row, template, draft).await?;
    let year = kernel::time::date_to_int(app.clock.today()) / 10_000;
    let signing = Signing { year: i32::try_from(year).ok(), ..Signing::default() };
    let (composed, findings) = compose(draft, &facts, &signing, row.fragment);
    Ok((composed, findings, Some(facts)))
}
