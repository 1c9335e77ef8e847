//! One's own work: how much stands in each section, and a page of it; the number of statements does not depend on how much.

use chrono::Datelike;
use kernel::{Actor, Paging, Permit, Result, Role, Uuid};
use platform::App;

use super::days;
use crate::plans::{
    model::section::Section,
    policy::{DecidePlans, ManagePlans},
    store::{self, DueOf, DueReview, Finished, Line, Scope, SectionCount, Waiting, WaitingCount},
};

/// Rows of a section on the page of all sections.
pub(crate) const FIRST: usize = 5;

/// See the module.
pub(crate) struct MyWork {
    /// Does the person work for any agency?
    pub works: bool,
    pub counts: Vec<SectionCount>,
    pub lines: Vec<Line>,
    pub waiting: WaitingCount,
    pub decide: Vec<Waiting>,
    pub confirm: Vec<Waiting>,
    /// Reviews that one may record for the agencies that owe them as owners of plans: late, or due in 30 days.
    pub reviews: Vec<DueReview>,
    pub finished: Finished,
}

impl MyWork {
    /// How many stand in a section.
    pub(crate) fn count(&self, section: Section) -> i64 {
        match section {
            Section::Decide => self.waiting.decide,
            Section::Confirm => self.waiting.confirm,
            Section::Review => i64::try_from(self.reviews.len()).unwrap_or(i64::MAX),
            Section::Fresh => self.counts.iter().map(|one| one.fresh).sum(),
            own => self.of(own).map_or(0, |one| one.n),
        }
    }

    /// The count of one's own section.
    pub(crate) fn of(&self, section: Section) -> Option<&SectionCount> {
        self.counts.iter().find(|one| one.section == section.key())
    }
}

/// The agencies whose duties are this person's own work.
fn working(actor: &Actor) -> Vec<Uuid> {
    const WORKING: [Role; 5] = [Role::FocalPoint, Role::Contributor, Role::Secretariat, Role::Leader, Role::Editor];
    let mut agencies: Vec<Uuid> =
        actor.holdings.iter().filter(|held| WORKING.contains(&held.role)).map(|held| held.agency).collect();
    agencies.sort_unstable();
    agencies.dedup();
    agencies
}

/// The first rows of every section, or a page of one.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn my_work(app: &App, actor: &Actor, section: Option<Section>, paging: Paging) -> Result<MyWork> {
    let (c, today) = (app.db.read(), app.clock.today());
    let days = days(today);
    let agencies = working(actor);
    let counts = store::section_counts(c, &agencies, days).await?;
    let paging = if section.is_some() { paging } else { Paging { number: 1, size: FIRST as u32 } };
    let wanted = |one: Section| section.is_none_or(|section| section == one);
    let own: Vec<Section> = match section {
        Some(Section::Decide | Section::Confirm | Section::Review) => Vec::new(),
        Some(section) => vec![section],
        None => Section::OWN.to_vec(),
    };
    let lines = match own.is_empty() {
        true => Vec::new(),
        false => store::section_lines(c, &agencies, days, &own, paging).await?,
    };
    let (mut waiting, mut decide, mut confirm) = (WaitingCount::default(), Vec::new(), Vec::new());
    let reviews = match Permit::<ManagePlans>::of(actor) {
        Some(permit) => store::due_reviews(c, DueOf::Owners(permit.roots(), days.in_30)).await?,
        None => Vec::new(),
    };
    if let Some(permit) = Permit::<DecidePlans>::of(actor) {
        let scope = Scope::owned(c, &permit).await?;
        waiting = store::waiting_count(c, &scope).await?;
        if wanted(Section::Decide) {
            decide = store::waiting_requests(c, &scope, paging).await?;
        }
        if wanted(Section::Confirm) {
            confirm = store::waiting_completions(c, &scope, paging).await?;
        }
    }
    let finished = store::finished(c, &agencies, i64::from(today.year()) * 10_000).await?;
    Ok(MyWork { works: !agencies.is_empty(), counts, lines, waiting, decide, confirm, reviews, finished })
}
