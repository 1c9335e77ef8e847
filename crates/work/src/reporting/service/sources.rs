//! Where figures come from by themselves: activities, obligations, approved totals of other forms, the period before.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use kernel::{Result, Uuid, periods::Rule, time};
use platform::App;
use records::activities::{self, Measure};

use super::form_of;
use crate::{
    plans::service::{Due, KIND, figures, with_parts},
    reporting::{
        model::{
            evaluate::Beside,
            form::{Form, PlanFigure, Source},
            operands::{Operand, named},
            payload::{Covers, Frozen},
            sums::Sums,
            value::{Value, Values},
        },
        store::{self, Over, Report, Round},
    },
};

#[expect(clippy::cast_precision_loss, reason = "figures stay far below 2^53")]
fn number(figure: i64) -> Value {
    Value::Number(figure as f64)
}

/// What the sources say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Auto {
    /// Cells that a source fills.
    pub values: Values,
    /// What stands behind those that are taken from the totals of other forms.
    pub cover: Covers,
}

/// What the sources say for a report now. The number of statements does not depend on the number of cells.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn auto_values(app: &App, row: &Report, round: &Round, form: &Form) -> Result<Auto> {
    let mut values = Values::new();
    let asked: Vec<(&str, &Measure)> = form
        .cells
        .iter()
        .filter_map(|cell| match &cell.source {
            Source::Activities(measure) => Some((cell.key.as_str(), measure)),
            _ => None,
        })
        .collect();
    let plans = form.cells.iter().any(|cell| matches!(cell.source, Source::Plans(_)));
    if !row.fills || (asked.is_empty() && !plans) {
        return below_values(app, row, round, form, values).await;
    }
    let owners = store::counted_owners(app.db.read(), round.id, row.agency_id).await?;
    let counted = Counted { owners, plans: programme(app, round).await?, today: app.clock.today() };
    if let Some(over) = counted.over(round) {
        let measures: Vec<Measure> = asked.iter().map(|(_, measure)| (*measure).clone()).collect();
        let sums = activities::totals(app.db.read(), over, &measures).await?;
        values.extend(asked.iter().zip(sums).map(|((key, _), sum)| ((*key).to_owned(), number(sum))));
    }
    if plans {
        let found = figures(app, counted.due(round), last_day(app, round)).await?;
        for cell in &form.cells {
            let Source::Plans(figure) = cell.source else { continue };
            let figure = match figure {
                PlanFigure::Assigned => found.assigned,
                PlanFigure::Done => found.done,
                PlanFigure::InTime => found.in_time,
                PlanFigure::Late => found.late,
                PlanFigure::Open => found.open,
            };
            values.insert(cell.key.clone(), number(figure));
        }
    }
    below_values(app, row, round, form, values).await
}

/// The plans that a round looks back on, where it does: what belongs to no other is counted.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn programme(app: &App, round: &Round) -> Result<Option<Vec<Uuid>>> {
    match round.plan_id {
        Some(plan) => with_parts(app, plan).await.map(Some),
        None => Ok(None),
    }
}

/// Whose activities and obligations a figure counts, and of which plans.
pub(crate) struct Counted {
    /// Agencies.
    pub owners: Vec<Uuid>,
    /// Only what belongs to these.
    pub plans: Option<Vec<Uuid>>,
    /// What lies ahead has not been done: it is not counted yet.
    pub today: NaiveDate,
}

impl Counted {
    /// The activities of a round.
    pub(crate) fn over(&self, round: &Round) -> Option<activities::Over<'_>> {
        let (from, to) = time::date_from_int(round.date_from).zip(time::date_from_int(round.date_to))?;
        let within = self.plans.as_deref().map(|plans| (KIND, plans));
        Some(activities::Over { owners: &self.owners, from, to: to.min(self.today), within })
    }

    /// The obligations of a round.
    pub(crate) fn due(&self, round: &Round) -> Due<'_> {
        Due { agencies: &self.owners, span: (round.date_from, round.date_to), plans: self.plans.as_deref() }
    }
}

/// The day that decides what was late: today, at the latest the one after the period.
pub(crate) fn last_day(app: &App, round: &Round) -> i64 {
    time::date_to_int(app.clock.today()).min(round.date_to + 1)
}

/// Adds what comes from totals of other forms.
async fn below_values(app: &App, row: &Report, round: &Round, form: &Form, values: Values) -> Result<Auto> {
    let mut auto = Auto { values, cover: Covers::new() };
    let sources = form.cells.iter().filter_map(|cell| match &cell.source {
        Source::Below { form, cell: other } => Some((cell.key.clone(), form.clone(), other.clone())),
        _ => None,
    });
    let sources: Vec<_> = sources.collect();
    if sources.is_empty() {
        return Ok(auto);
    }
    let keys: Vec<String> = sources.iter().map(|(_, form, _)| form.clone()).collect();
    let totals = totals_of(app, row.agency_id, round, &keys).await?;
    for (key, form, other) in sources {
        let Some(total) = totals.get(&form) else { continue };
        auto.cover.extend(total.cover(&other).map(|cover| (key.clone(), cover)));
        auto.values.extend(total.values.get(&other).map(|value| (key, value.clone())));
    }
    Ok(auto)
}

/// What another form says at an agency in the same period.
struct Total {
    values: Values,
    /// Sums of those who report there, with how many they are.
    sums: Option<(Arc<Form>, Sums, i64)>,
    /// As the agency's own report was sent.
    frozen: Covers,
}

impl Total {
    /// What stands behind a cell.
    fn cover(&self, cell: &str) -> Option<(i64, i64)> {
        let summed = || self.sums.as_ref().and_then(|(form, sums, asked)| Some((sums.behind(form, cell)?, *asked)));
        self.frozen.get(cell).copied().or_else(summed)
    }
}

/// The totals of other forms at an agency in the period of a round: its own figures there with everything approved below it.
async fn totals_of(app: &App, agency: Uuid, round: &Round, keys: &[String]) -> Result<BTreeMap<String, Total>> {
    let mut out = BTreeMap::new();
    if keys.is_empty() {
        return Ok(out);
    }
    for row in store::other_sums(app.db.read(), agency, round, keys).await? {
        let form = form_of(app, row.form_id).await?;
        let sums: Sums = serde_json::from_str(&row.payload).unwrap_or_default();
        let values = sums.values(&form);
        out.insert(row.form_key, Total { values, sums: Some((form, sums, row.expected)), frozen: Covers::new() });
    }
    for key in keys {
        let found =
            store::report_named(app.db.read(), agency, (key, &round.period_key), None, Over::Like(round)).await?;
        let report = found.map(|held| held.report);
        if let Some(found) = report.filter(|found| !found.frozen.is_empty() && found.fills) {
            let frozen: Frozen = serde_json::from_str(&found.frozen).unwrap_or_default();
            let values = frozen.whole().clone();
            out.insert(key.clone(), Total { values, sums: None, frozen: frozen.total_cover });
        }
    }
    Ok(out)
}

/// What a report is looked at together with: the period before, other forms; with `estimate` also what the estimate of the same period holds.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn beside(
    app: &App,
    row: &Report,
    round: &Round,
    form: &Form,
    estimate: bool,
) -> Result<(Beside, Option<String>)> {
    let mut asked = Vec::new();
    let cells = form.cells.iter().filter_map(|cell| match &cell.source {
        Source::Formula(expr) => Some(expr),
        _ => None,
    });
    for expr in cells.chain(form.checks.iter().map(|check| &check.expr)) {
        named(expr, &mut asked);
    }
    let form_of = |operand: &Operand| match operand {
        Operand::Other { form, .. } => Some(form.clone()),
        _ => None,
    };
    let mut keys: Vec<String> = asked.iter().filter_map(form_of).collect();
    keys.sort_unstable();
    keys.dedup();
    let before = asked.iter().any(|operand| matches!(operand, Operand::Before(_)));
    let others = totals_of(app, row.agency_id, round, &keys).await?;
    let others = others.into_iter().map(|(key, total)| (key, total.values)).collect();
    let mut beside = Beside { others, ..Beside::default() };
    let rule: Option<Rule> = round.rule.parse().ok();
    let period = rule.filter(|_| before).and_then(|rule| rule.before(&rule.find(&round.period_key)?));
    let mut periods: Vec<&str> = period.iter().map(|period| period.key.as_str()).collect();
    if estimate {
        periods.push(&round.period_key);
    }
    if periods.is_empty() {
        return Ok((beside, None));
    }
    let issues = store::issues(app.db.read(), row.agency_id, round, &periods).await?;
    if let Some(found) = period.and_then(|period| issues.iter().find(|issue| issue.period_key == period.key)) {
        let frozen: Frozen = serde_json::from_str(&found.frozen).unwrap_or_default();
        beside.prev = frozen.values;
    }
    let mut estimates = issues.into_iter().filter(|issue| issue.stage == "estimate");
    let same = estimates.find(|issue| estimate && issue.period_key == round.period_key);
    Ok((beside, same.map(|issue| issue.payload)))
}
