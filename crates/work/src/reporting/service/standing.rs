//! What a form says at an agency in a period, wherever it is kept: in the sums of those that report to it, or in its own report. For other slices.

use std::sync::Arc;

use kernel::{Error, Result, Uuid};
use platform::App;

use super::{draft, form_of, table::Cover, table::Table, table::table};
use crate::reporting::{
    model::{
        form::{Form, Kind},
        payload::Frozen,
        value::{Value, Values},
    },
    store::{self, Report, Round},
};

/// See the module.
pub(crate) struct Standing {
    /// The round.
    pub round: Round,
    /// Its form.
    pub form: Arc<Form>,
    /// The agency's own report, where it makes one.
    pub report: Option<Report>,
    /// The agencies that report to it; none where nobody does.
    pub table: Option<Table>,
    /// The figures of the whole.
    pub values: Values,
    /// What stands behind them.
    pub cover: Cover,
    /// Are they sent, or sums of what is approved?
    pub settled: bool,
}

/// The round at an agency; `None` when it neither reports nor receives there. The number of statements does not depend on the number of agencies.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn standing(app: &App, round: Round, node: Uuid) -> Result<Option<Standing>> {
    let form = form_of(app, round.form_id).await?;
    let report = store::report_of(app.db.read(), round.id, node).await?;
    let table = table(app, &round, &form, node, false).await?;
    let table = (!table.lines.is_empty()).then_some(table);
    let (values, settled) = match (&report, &table) {
        (None, None) => return Ok(None),
        (Some(row), _) if row.fills => {
            let draft = draft(app, row, &round, &form).await?;
            (if draft.total.is_empty() { draft.values } else { draft.total }, !row.state().with_agency())
        }
        (_, Some(table)) => (table.total.clone(), true),
        (Some(_), None) => (Values::new(), false),
    };
    let own = Cover { counted: i64::from(settled), expected: 1 };
    let cover = table.as_ref().map_or(own, |table| table.cover);
    Ok(Some(Standing { round, form, report, table, values, cover, settled }))
}

/// A round by its id, for those whose right to it was established before.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn round_of(app: &App, id: Uuid) -> Result<Round> {
    store::round(app.db.read(), id).await?.ok_or(Error::NotFound)
}

/// The same for a form and period by name, over the programme of another round or over none.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn standing_of(
    app: &App,
    (form, rule, period): (&str, &str, &str),
    node: Uuid,
    like: &Round,
) -> Result<Option<Standing>> {
    match store::round_at(app.db.read(), form, (rule, period), node, like).await? {
        Some(round) => standing(app, round, node).await,
        None => Ok(None),
    }
}

/// What an agency wrote into a cell of text.
pub(crate) struct Words {
    pub agency: String,
    pub report: Uuid,
    pub cell: String,
    pub text: String,
}

/// The cells of text in the sent reports of the agencies directly below, or in the agency's own.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn words(app: &App, standing: &Standing, node: Uuid) -> Result<Vec<Words>> {
    let cells = standing.form.cells.iter().filter(|cell| cell.kind == Kind::Text);
    let cells: Vec<&str> = cells.map(|cell| cell.key.as_str()).collect();
    let mut out = Vec::new();
    if cells.is_empty() {
        return Ok(out);
    }
    let mut take = |row: &Report, values: &Values| {
        for cell in &cells {
            if let Some(Value::Text(text)) =
                values.get(*cell).filter(|value| matches!(value, Value::Text(text) if !text.trim().is_empty()))
            {
                let cell = (*cell).to_owned();
                out.push(Words { agency: row.agency_name.clone(), report: row.id, cell, text: text.clone() });
            }
        }
    };
    if standing.table.is_some() {
        let rows = store::reports_under(app.db.read(), standing.round.id, node).await?;
        for row in rows.iter().filter(|row| row.live && !row.state().with_agency()) {
            let frozen: Frozen = serde_json::from_str(&row.frozen).unwrap_or_default();
            take(row, &frozen.values);
        }
    } else if let Some(row) = &standing.report {
        take(row, &standing.values);
    }
    Ok(out)
}

/// An agency, those that report to it in a round, and everything below them.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn reached(app: &App, round: Uuid, node: Uuid) -> Result<Vec<Uuid>> {
    store::reached(app.db.read(), round, node).await
}

/// May one person be maker and head in this agency?
///
/// # Errors
/// When the database refuses.
pub(crate) async fn combined(app: &App, agency: Uuid) -> Result<bool> {
    store::combined(app.db.read(), agency).await
}
