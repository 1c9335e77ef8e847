//! What stands behind a figure of a report: activities, obligations, other cells, the total of another form.

use kernel::{Error, Page, Paging, Result, Uuid, periods::Rule};
use platform::App;
use records::activities;

use super::{
    draft::Draft,
    form_of, names_elsewhere,
    sight::Sight,
    sources::{Counted, auto_values, last_day, programme},
};
use crate::{
    plans::service as plans,
    reporting::{
        model::{
            form::{Cell, PlanFigure, Source},
            operands::{Operand, operands},
            payload::{Difference, Frozen, differences},
            value::{Value, Values},
        },
        store::{self, Held},
    },
};

/// Another cell behind a figure.
pub(crate) struct Origin {
    /// What it counts, where it stands.
    pub label: String,
    pub unit: String,
    pub value: Option<Value>,
    /// Its page; none where there is none.
    pub path: Option<String>,
}

/// See the module.
pub(crate) enum Behind {
    /// Somebody typed it.
    Typed,
    /// Counted from activities.
    Activities(activities::Behind),
    /// Counted from obligations.
    Duties(Page<plans::Line>),
    /// Computed from, or taken from, other cells.
    Cells(Vec<Origin>),
}

/// What stands behind a cell of a report now. The number of statements does not depend on the number of agencies.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn behind(app: &App, sight: &Sight, cell: &Cell, draft: &Draft, paging: Paging) -> Result<Behind> {
    let round = &sight.round;
    match &cell.source {
        Source::Typed => Ok(Behind::Typed),
        Source::Activities(measure) => {
            let counted = counted(app, sight).await?;
            let over = counted.over(round).ok_or(Error::NotFound)?;
            Ok(Behind::Activities(activities::behind(app.db.read(), over, measure, paging).await?))
        }
        Source::Plans(figure) => {
            Ok(Behind::Duties(duties_behind(app, round, &counted(app, sight).await?, *figure, paging).await?))
        }
        Source::Below { form, cell: other } => {
            let mut origin = elsewhere(app, sight, form, other).await?;
            origin.value = draft.auto.get(&cell.key).cloned();
            Ok(Behind::Cells(vec![origin]))
        }
        Source::Formula(_) | Source::Ratio { .. } => {
            let mut cells = Vec::new();
            for operand in operands(cell) {
                cells.push(origin(app, sight, draft, &operand).await?);
            }
            Ok(Behind::Cells(cells))
        }
    }
}

/// Whose activities and obligations a report counts.
async fn counted(app: &App, sight: &Sight) -> Result<Counted> {
    let owners = store::counted_owners(app.db.read(), sight.round.id, sight.row.agency_id).await?;
    Ok(Counted { owners, plans: programme(app, &sight.round).await?, today: app.clock.today() })
}

/// The obligations that are counted behind a figure over plans in a round.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn duties_behind(
    app: &App,
    round: &store::Round,
    counted: &Counted,
    figure: PlanFigure,
    paging: Paging,
) -> Result<Page<plans::Line>> {
    let part = match figure {
        PlanFigure::Assigned => plans::Part::Assigned,
        PlanFigure::Done => plans::Part::Done,
        PlanFigure::InTime => plans::Part::InTime,
        PlanFigure::Late => plans::Part::Late,
        PlanFigure::Open => plans::Part::Open,
    };
    plans::behind_figure(app, counted.due(round), (part, last_day(app, round)), paging).await
}

async fn origin(app: &App, sight: &Sight, draft: &Draft, operand: &Operand) -> Result<Origin> {
    let form = &sight.form;
    match operand {
        Operand::Cell(key) => {
            let path = Some(format!("/bao-cao/{}/o/{key}", sight.row.id));
            let (label, unit) = named(form.cell(key), key);
            Ok(Origin { label, unit, value: draft.values.get(key).cloned(), path })
        }
        Operand::Other { form, cell } => elsewhere(app, sight, form, cell).await,
        Operand::Before(key) => {
            let (label, unit) = named(form.cell(key), key);
            let (round, agency) = (&sight.round, sight.row.agency_id);
            let rule: Option<Rule> = round.rule.parse().ok();
            let period = rule.and_then(|rule| rule.before(&rule.find(&round.period_key)?));
            let mut origin = Origin { label, unit, value: None, path: None };
            if let Some(period) = period {
                let held = store::report_named(
                    app.db.read(),
                    agency,
                    (&form.key, &period.key),
                    None,
                    store::Over::Like(round),
                )
                .await?;
                origin.label = format!("{}, {}", origin.label, period.label);
                if let Some(Held { report, .. }) = held {
                    let frozen: Frozen = serde_json::from_str(&report.frozen).unwrap_or_default();
                    origin.value = frozen.values.get(key).cloned();
                    origin.path = Some(format!("/bao-cao/{}/o/{key}", report.id));
                }
            }
            Ok(origin)
        }
    }
}

fn named(cell: Option<&Cell>, key: &str) -> (String, String) {
    cell.map_or_else(|| (key.to_owned(), String::new()), |cell| (cell.label.clone(), cell.unit.clone()))
}

/// A cell of another form at the report's agency in the same period: the total of those who report there, or the agency's own report.
async fn elsewhere(app: &App, sight: &Sight, key: &str, cell: &str) -> Result<Origin> {
    let (agency, round) = (sight.row.agency_id, &sight.round);
    let keys = [key.to_owned()];
    let sums = store::other_sums(app.db.read(), agency, round, &keys).await?.pop();
    let held =
        store::report_named(app.db.read(), agency, (key, &round.period_key), None, store::Over::Like(round)).await?;
    let form_id = sums.as_ref().map(|sums| sums.form_id).or_else(|| held.as_ref().map(|held| held.round.form_id));
    let Some(form_id) = form_id else {
        let mut names = names_elsewhere(app, &sight.form, Some((agency, round))).await?;
        let named = names.remove(&(key.to_owned(), cell.to_owned()));
        let label = named.map_or_else(|| "Biểu khác".to_owned(), |(form, label)| format!("{label} – {form}"));
        return Ok(Origin { label, unit: String::new(), value: None, path: None });
    };
    let form = form_of(app, form_id).await?;
    let (label, unit) = named(form.cell(cell), cell);
    let mut origin = Origin { label: format!("{label} – {}", form.name), unit, value: None, path: None };
    if let Some(sums) = sums {
        let total: crate::reporting::model::sums::Sums = serde_json::from_str(&sums.payload).unwrap_or_default();
        origin.value = total.values(&form).remove(cell);
        origin.path = Some(format!("/ky-bao-cao/{}/o/{cell}?co={agency}", sums.round_id));
    } else if let Some(Held { report, .. }) = held {
        let frozen: Frozen = serde_json::from_str(&report.frozen).unwrap_or_default();
        origin.value = frozen.values.get(cell).cloned();
        origin.path = Some(format!("/bao-cao/{}/o/{cell}", report.id));
    }
    Ok(origin)
}

/// What the sources say now of figures that have left their maker, where that differs from what they said then. Of obligations it always does: they go
/// on; so does everything of which an estimate was given.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn moved(app: &App, sight: &Sight, draft: &Draft) -> Result<Vec<Difference>> {
    let (row, form) = (&sight.row, &sight.form);
    let followed = |cell: &Cell| matches!(cell.source, Source::Activities(_) | Source::Below { .. });
    if sight.round.stage == "estimate"
        || !row.in_use()
        || !row.fills
        || row.state().with_maker()
        || !form.cells.iter().any(followed)
    {
        return Ok(Vec::new());
    }
    let only = |values: &Values| -> Values {
        let cells = form.cells.iter().filter(|cell| followed(cell));
        cells.filter_map(|cell| Some((cell.key.clone(), values.get(&cell.key)?.clone()))).collect()
    };
    let now = auto_values(app, row, &sight.round, form).await?.values;
    Ok(differences(form, &only(&draft.auto), &only(&now)))
}

/// The agency's own figure in a cell, where it reports to somebody and others report to it by the same form: value and report.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn own_figure(
    app: &App,
    round: &store::Round,
    node: Uuid,
    cell: &str,
) -> Result<Option<(Uuid, Option<Value>)>> {
    if node == round.owner_id {
        return Ok(None);
    }
    let row = store::report_of(app.db.read(), round.id, node).await?.filter(|row| row.fills && row.counted);
    Ok(row.map(|row| {
        let mut frozen: Frozen = serde_json::from_str(&row.frozen).unwrap_or_default();
        (row.id, frozen.values.remove(cell))
    }))
}
