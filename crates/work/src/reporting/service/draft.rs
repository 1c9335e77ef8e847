//! A report as it stands: fresh while the maker has it, as frozen once it is sent.

use std::collections::BTreeMap;

use kernel::{Error, Result};
use platform::App;

use super::sources::{auto_values, beside};
use crate::reporting::{
    model::{
        evaluate::{Beside, Finding, compute, findings},
        form::Form,
        payload::{Frozen, Payload, current},
        sums::Sums,
        value::Values,
    },
    store::{self, Report, Round},
};

/// A report as it stands.
pub(crate) struct Draft {
    /// Every cell, computed ones too.
    pub values: Values,
    /// What the sources say (while it is with the maker: now; later: what they said).
    pub auto: Values,
    /// Why a cell says something else than its source.
    pub reasons: BTreeMap<String, String>,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
    /// With everything approved below; empty without.
    pub total: Values,
}

pub(super) fn payload_of(row: &Report) -> Payload {
    serde_json::from_str(&row.payload).unwrap_or_default()
}

/// What a report is made up from besides its own figures; loaded once, however many steps it takes in one go.
pub(super) struct Around {
    /// What it begins with while nothing is filled in.
    first: Payload,
    /// What the sources say now; empty once it has left the maker.
    pub(super) auto: Values,
    /// The period before, other forms.
    pub(super) beside: Beside,
    /// Everything approved below; none when nothing is below.
    below: Option<Sums>,
}

impl Around {
    /// # Errors
    /// When the database refuses.
    pub(super) async fn of(app: &App, row: &Report, round: &Round, form: &Form) -> Result<Self> {
        let fresh = row.state().with_maker();
        // A new official report begins with what people typed into the estimate of the same period.
        let begins = row.payload.is_empty() && row.fills && round.stage == "official";
        let (beside, estimate) = beside(app, row, round, form, begins).await?;
        let first = estimate.and_then(|payload| serde_json::from_str(&payload).ok()).unwrap_or_default();
        let auto = if fresh { auto_values(app, row, round, form).await? } else { Values::new() };
        let receives = form.below(&row.level).next().is_some();
        let rows =
            if receives { store::sums_at(app.db.read(), row.round_id, row.agency_id).await? } else { Vec::new() };
        let sum = |mut sums: Sums, row: &store::SumRow| {
            sums.merge(&serde_json::from_str(&row.payload).unwrap_or_default());
            sums
        };
        Ok(Self { first, auto, beside, below: (!rows.is_empty()).then(|| rows.iter().fold(Sums::default(), sum)) })
    }

    pub(super) fn payload(&self, row: &Report) -> Payload {
        if row.payload.is_empty() { self.first.clone() } else { payload_of(row) }
    }

    /// The report as it stands: fresh while the maker has it, as frozen once it is sent.
    ///
    /// # Errors
    /// When what is stored cannot be read.
    pub(super) fn draft(&self, row: &Report, form: &Form) -> Result<Draft> {
        let found = |values: &Values| if row.fills { findings(form, values, &self.beside) } else { Vec::new() };
        if !row.frozen.is_empty() && !row.state().with_maker() {
            let Frozen { values, auto, reasons, total } = serde_json::from_str(&row.frozen).map_err(Error::internal)?;
            return Ok(Draft { findings: found(&values), values, auto, reasons, total });
        }
        let payload = self.payload(row);
        let (auto, typed) = if row.state().with_maker() {
            (self.auto.clone(), current(form, &payload, &self.auto))
        } else {
            (payload.auto, payload.values)
        };
        let values = if row.fills { compute(form, &typed, &self.beside) } else { Values::new() };
        let mut total = Values::new();
        if let Some(mut sums) = self.below.clone() {
            if row.fills {
                sums.add(form, &values);
            }
            total = sums.values(form);
        }
        Ok(Draft { findings: found(&values), values, auto, reasons: payload.reasons, total })
    }
}

/// The report as it stands.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn draft(app: &App, row: &Report, round: &Round, form: &Form) -> Result<Draft> {
    Around::of(app, row, round, form).await?.draft(row, form)
}
