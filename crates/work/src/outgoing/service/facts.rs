//! Loading what the references of a paper name. The number of statements depends on the kinds of reference only, not on cells or agencies.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kernel::{
    Error, Page, Paging, Result, Uuid,
    periods::{Period, Rule},
    time,
};
use platform::App;
use records::activities::{self, Measure};

use crate::{
    outgoing::{
        model::{
            draft::{Draft, Kind},
            facts::{Difficulty, Earlier, Facts, LateUnit, Place, Progress, Standing as Known, Unit},
            reference::{Against, Piece, Reference, pieces},
            template::Template,
        },
        store::Paper,
    },
    plans::service as plans,
    reporting::model::form::PlanFigure,
    reporting::service::{
        Counted, Round, Standing, Table, duties_behind, last_day, programme, reached, round_of, standing, standing_of,
        words,
    },
};

/// Most difficulties that are read.
const MOST: i64 = 200;

/// What a draft needs to know.
#[derive(Debug, Default)]
struct Needs {
    earlier: BTreeSet<Against>,
    others: BTreeSet<String>,
    activities: bool,
    plans: bool,
    difficulties: bool,
}

impl Needs {
    fn of(draft: &Draft) -> Self {
        let mut needs = Self::default();
        for (_, text) in draft.texts() {
            for piece in pieces(text) {
                match piece {
                    Piece::Live(_, Reference::Other { form, .. }) => {
                        needs.others.insert(form);
                    }
                    Piece::Live(_, reference) if reference.against().is_some() => {
                        needs.earlier.extend(reference.against());
                    }
                    Piece::Live(_, Reference::Activity(_)) => needs.activities = true,
                    Piece::Live(_, Reference::Plan(_) | Reference::PlanRate) => needs.plans = true,
                    _ => {}
                }
            }
        }
        if draft.blocks.iter().any(|block| block.kind == Kind::Comparison) {
            needs.earlier.extend(Against::ALL);
        }
        needs.difficulties = draft.blocks.iter().any(|block| matches!(block.kind, Kind::Difficulties | Kind::Answers));
        needs
    }
}

fn place(standing: &Standing, node: Uuid) -> Place {
    match (&standing.table, &standing.report) {
        (None, Some(report)) => Place::Report(report.id),
        _ => Place::Round(standing.round.id, node),
    }
}

fn known(standing: &Standing, node: Uuid) -> Known {
    Known {
        round: standing.round.id,
        form: standing.form.clone(),
        place: place(standing, node),
        values: standing.values.clone(),
        settled: standing.settled,
    }
}

/// Days from one stored date to another.
fn days(from: i64, to: i64) -> i64 {
    let (from, to) = (time::date_from_int(from), time::date_from_int(to));
    from.zip(to).map_or(0, |(from, to)| (to - from).num_days())
}

fn late(table: &Table, round: Uuid, today: NaiveDate) -> Vec<LateUnit> {
    let today = time::date_to_int(today);
    let of = |line: &crate::reporting::service::Line| {
        let late = days(line.due, line.sent.unwrap_or(today));
        let link = line.report.map_or_else(|| format!("/ky-bao-cao/{round}"), |report| format!("/bao-cao/{report}"));
        (late > 0 && line.state.is_some()).then(|| LateUnit {
            name: line.name.clone(),
            days: late,
            sent: line.sent.is_some(),
            link,
        })
    };
    let mut found: Vec<LateUnit> = table.lines.iter().filter_map(of).collect();
    found.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.name.cmp(&b.name)));
    found
}

fn units(table: &Table, round: Uuid) -> Vec<Unit> {
    let of = |line: &crate::reporting::service::Line| Unit {
        id: line.agency,
        name: line.name.clone(),
        place: match line.report {
            Some(report) if !line.node => Place::Report(report),
            _ => Place::Round(round, line.agency),
        },
        values: line.values.clone(),
    };
    table.lines.iter().map(of).collect()
}

/// Everything that a draft's references name.
///
/// # Errors
/// [`Error::Conflict`] when the round says nothing about the agency.
pub(crate) async fn load(app: &App, paper: &Paper, template: &Template, draft: &Draft) -> Result<Facts> {
    let node = paper.node_id;
    let round = round_of(app, paper.round_id).await?;
    let now = standing(app, round, node).await?;
    let now = now.ok_or_else(|| Error::Conflict("Kỳ báo cáo này không có số liệu của cơ quan đã chọn.".into()))?;
    let round = now.round.clone();
    let needs = Needs::of(draft);
    let mut earlier = BTreeMap::new();
    for (against, period) in periods_before(&round.rule, &round.period_key) {
        let mut standing = None;
        if needs.earlier.contains(&against) {
            standing = standing_of(app, (&round.form_key, &round.rule, &period.key), node, &round).await?;
        }
        let standing = standing.map(|standing| known(&standing, node));
        earlier.insert(against, Earlier { name: period.label, standing });
    }
    let mut others = BTreeMap::new();
    for form in needs.others.iter().take(5) {
        if let Some(found) = standing_of(app, (form, &round.rule, &round.period_key), node, &round).await? {
            others.insert(form.clone(), known(&found, node));
        }
    }
    let span = (round.date_from, round.date_to);
    let counted = match needs.activities || needs.plans || needs.difficulties {
        true => counted(app, &round, node).await?,
        false => Counted { owners: Vec::new(), plans: None, today: app.clock.today() },
    };
    let day = |number: i64| time::date_from_int(number).map(time::display_date).unwrap_or_default();
    let (from, to) = (day(span.0), day(span.1));
    let today = app.clock.today();
    Ok(Facts {
        activities: if needs.activities { figures(app, template, &counted, &round).await? } else { BTreeMap::new() },
        page: format!("/van-ban-di/{}", paper.id),
        progress: if needs.plans { progress(app, &round, &counted).await? } else { Progress::default() },
        difficulties: if needs.difficulties { difficulties(app, &now, node, &counted).await? } else { Vec::new() },
        late: now.table.as_ref().map(|table| late(table, round.id, today)).unwrap_or_default(),
        units: now.table.as_ref().map(|table| units(table, round.id)).unwrap_or_default(),
        answered: now.table.as_ref().map(|table| table.answered.clone()).unwrap_or_default(),
        cover: (now.cover.counted, now.cover.expected),
        now: known(&now, node),
        earlier,
        others,
        period: round.period_label.clone(),
        programme: round.plan_name.clone(),
        days: (from, to),
        agency: paper.node_name.clone(),
    })
}

/// The periods with which one is compared; of a year both are the same, so it stands once.
fn periods_before(rule: &str, key: &str) -> Vec<(Against, Period)> {
    let Ok(rule) = rule.parse::<Rule>() else { return Vec::new() };
    let year = year_before(key).and_then(|key| rule.find(&key));
    let last = rule.find(key).and_then(|period| rule.before(&period)).filter(|last| Some(last) != year.as_ref());
    let year = year.map(|period| (Against::Year, period));
    year.into_iter().chain(last.map(|period| (Against::Last, period))).collect()
}

/// Key of the same period of the year before.
fn year_before(key: &str) -> Option<String> {
    let (year, rest) = key.split_at_checked(4)?;
    let year: i32 = year.parse().ok()?;
    Some(format!("{:04}{rest}", year - 1))
}

/// Whose activities and obligations the figures of a round at an agency count.
async fn counted(app: &App, round: &Round, node: Uuid) -> Result<Counted> {
    Ok(Counted {
        owners: reached(app, round.id, node).await?,
        plans: programme(app, round).await?,
        today: app.clock.today(),
    })
}

async fn figures(app: &App, template: &Template, counted: &Counted, round: &Round) -> Result<BTreeMap<String, i64>> {
    let measures: Vec<Measure> = template.measures.values().map(|named| named.measure.clone()).collect();
    let over = counted.over(round).ok_or_else(|| Error::Conflict("Kỳ báo cáo này có ngày không đúng.".into()))?;
    let sums = activities::totals(app.db.read(), over, &measures).await?;
    Ok(template.measures.keys().cloned().zip(sums).collect())
}

/// What a figure of a paper's template is called, what it is now, and the activities behind it.
///
/// # Errors
/// [`Error::NotFound`] for a figure that the template has not.
pub(crate) async fn behind(
    app: &App,
    paper: &Paper,
    template: &Template,
    key: &str,
    paging: Paging,
) -> Result<(String, i64, activities::Behind)> {
    let named = template.measures.get(key).ok_or(Error::NotFound)?;
    let round = round_of(app, paper.round_id).await?;
    let counted = counted(app, &round, paper.node_id).await?;
    let over = counted.over(&round).ok_or(Error::NotFound)?;
    let found = activities::behind(app.db.read(), over, &named.measure, paging).await?;
    let now = activities::totals(app.db.read(), over, std::slice::from_ref(&named.measure)).await?;
    Ok((named.label.clone(), now.first().copied().unwrap_or(0), found))
}

/// The obligations behind a figure over plans.
///
/// # Errors
/// [`Error::NotFound`] when the round is gone.
pub(crate) async fn duties(app: &App, paper: &Paper, figure: PlanFigure, paging: Paging) -> Result<Page<plans::Line>> {
    let round = round_of(app, paper.round_id).await?;
    let counted = counted(app, &round, paper.node_id).await?;
    duties_behind(app, &round, &counted, figure, paging).await
}

async fn progress(app: &App, round: &Round, counted: &Counted) -> Result<Progress> {
    let found = plans::figures(app, counted.due(round), last_day(app, round)).await?;
    Ok(Progress {
        assigned: found.assigned,
        done: found.done,
        in_time: found.in_time,
        open: found.open,
        late: found.late,
    })
}

async fn difficulties(app: &App, now: &Standing, node: Uuid, counted: &Counted) -> Result<Vec<Difficulty>> {
    let written = words(app, now, node).await?.into_iter().map(|words| Difficulty {
        link: format!("/bao-cao/{}/o/{}", words.report, words.cell),
        agency: words.agency,
        text: words.text,
        cell: words.cell,
    });
    let reported = plans::difficulties(app, counted.due(&now.round), MOST).await?;
    let reported = reported.into_iter().map(|found| Difficulty {
        agency: found.agency_name,
        text: found.difficulty,
        link: format!("/nghia-vu/{}", found.id),
        cell: String::new(),
    });
    Ok(written.chain(reported).collect())
}

#[cfg(test)]
mod tests {
    use super::{Against, periods_before, year_before};

    #[test]
    fn a_half_year_is_compared_with_two_periods_and_a_year_with_one() {
        let keys = |rule, key| {
            let found = periods_before(rule, key);
            found.into_iter().map(|(against, period)| (against, period.key)).collect::<Vec<_>>()
        };
        assert_eq!(keys("6-thang", "2026-H1"), [(Against::Year, "2025-H1".into()), (Against::Last, "2025-H2".into())]);
        assert_eq!(keys("nam", "2026"), [(Against::Year, "2025".into())]);
        assert_eq!(keys("dot:2012-01-01..2026-12-31", "2012-2026"), []);
    }

    #[test]
    fn the_same_period_of_the_year_before() {
        assert_eq!(year_before("2026-H1").as_deref(), Some("2025-H1"));
        assert_eq!(year_before("2026").as_deref(), Some("2025"));
        assert_eq!(year_before("đợt"), None);
    }
}
