//! The newsroom's list, and what each agency has contributed.

use chrono::{Datelike, Days};
use kernel::{Page, Paging, Permit, Result, Timestamp, Uuid, periods::Rule, text, time};
use platform::App;

use crate::{
    activities::service::{Topic, orientation, overseen_by},
    publications::{
        model::KINDS,
        policy::ReadPublications,
        store::{self, Filter, Line, StateCount},
    },
};

/// What the address of the list says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    pub state: String,
    pub kind: String,
    pub words: String,
    /// Only what the person wrote.
    pub mine: bool,
}

/// The list as shown.
pub(crate) struct Listing {
    pub page: Page<Line>,
    pub counts: Vec<StateCount>,
}

/// One page of the list with numbers by state; a constant number of statements.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn list(
    app: &App,
    permit: &Permit<ReadPublications>,
    query: &Query,
    paging: Paging,
) -> Result<Listing> {
    let filter = Filter {
        roots: overseen_by(app, permit.roots()).await?,
        state: query.state.clone(),
        kind: query.kind.clone(),
        words: text::fold(&query.words),
        mine: query.mine.then_some(permit.actor().user),
    };
    let c = app.db.read();
    let (counts, rows) = tokio::try_join!(store::state_counts(c, &filter), store::lines(c, &filter, paging))?;
    let shown = counts.iter().filter(|count| filter.state.is_empty() || count.state == filter.state);
    let total = u64::try_from(shown.map(|count| count.n).sum::<i64>()).unwrap_or(0);
    Ok(Listing { page: Page { rows, total, paging }, counts })
}

/// What one agency contributed in a period: numbers in the order of [`KINDS`], and all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Score {
    pub agency: Uuid,
    pub name: String,
    pub kinds: Vec<i64>,
    pub all: i64,
    /// Versions in other languages; not part of `all`.
    pub versions: i64,
    /// How often what it published, then or before, was read in the period.
    pub views: i64,
}

/// First instant of a quarter ("2026-Q4") or a year ("2026"), and the first after it.
fn span_of(period: &str) -> Result<(i64, i64)> {
    let rule = if period.contains('Q') { Rule::CalendarQuarter } else { Rule::CalendarYear };
    let period = rule.find(period).ok_or(kernel::Error::NotFound)?;
    let after = period.to.succ_opt().unwrap_or(period.to);
    Ok((Timestamp::start_of(period.from).0, Timestamp::start_of(after).0))
}

/// First and last day (yyyymmdd) of a period: "7", "30": so many days up to today; a quarter, a year.
pub(super) fn days_of(app: &App, period: &str) -> Result<(i64, i64)> {
    let today = app.clock.today();
    let (from, to) = match period {
        "7" | "30" => {
            let back = period.parse::<u64>().map_or(0, |days| days - 1);
            (today.checked_sub_days(Days::new(back)).unwrap_or(today), today)
        }
        period => {
            let rule = if period.contains('Q') { Rule::CalendarQuarter } else { Rule::CalendarYear };
            let period = rule.find(period).ok_or(kernel::Error::NotFound)?;
            (period.from, period.to)
        }
    };
    Ok((time::date_to_int(from), time::date_to_int(to)))
}

/// What the quarter of today should be about for these agencies, each topic with the number of publications about it by them and what they oversee.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn topics(app: &App, agencies: &[Uuid]) -> Result<Vec<(Topic, i64)>> {
    let today = app.clock.today();
    let topics = orientation(app, agencies, today).await?;
    if topics.is_empty() {
        return Ok(Vec::new());
    }
    let roots = overseen_by(app, agencies).await?;
    let span = span_of(&format!("{}-Q{}", today.year(), today.month0() / 3 + 1))?;
    let counts = store::field_tally(app.db.read(), roots.as_deref(), span).await?;
    let n = |topic: &Topic| counts.iter().find(|count| count.key == topic.field).map_or(0, |count| count.n);
    Ok(topics
        .into_iter()
        .map(|topic| {
            let n = n(&topic);
            (topic, n)
        })
        .collect())
}

/// Contributions by agency, the busiest first, published first in a quarter ("2026-Q4") or a year ("2026").
///
/// # Errors
/// [`kernel::Error::NotFound`] for what is no period.
pub(crate) async fn score(app: &App, permit: &Permit<ReadPublications>, period: &str) -> Result<Vec<Score>> {
    let span = span_of(period)?;
    let roots = overseen_by(app, permit.roots()).await?;
    let mut out: Vec<Score> = Vec::new();
    for row in store::tally(app.db.read(), roots.as_deref(), span).await? {
        let at = KINDS.iter().position(|(key, _)| *key == row.kind);
        if out.last().is_none_or(|last| last.agency != row.agency_id) {
            out.push(Score {
                agency: row.agency_id,
                name: row.agency_name,
                kinds: vec![0; KINDS.len()],
                all: 0,
                versions: 0,
                views: 0,
            });
        }
        let Some(last) = out.last_mut() else { continue };
        match at {
            Some(at) => {
                last.all += row.n;
                last.kinds.iter_mut().skip(at).take(1).for_each(|n| *n += row.n);
            }
            None => last.versions += row.n,
        }
    }
    for read in store::agency_views(app.db.read(), roots.as_deref(), days_of(app, period)?).await? {
        out.iter_mut().filter(|score| score.agency == read.id).for_each(|score| score.views = read.views);
    }
    out.sort_by_key(|score| std::cmp::Reverse(score.all));
    Ok(out)
}
