//! A report as it stands: fresh while the maker has it, as frozen once it is sent.

use std::collections::BTreeMap;

use kernel::{Error, Result};
use platform::App;

use super::{
    sources::{Auto, auto_values, beside},
    table::{differs, least},
};
use crate::reporting::{
    model::{
        evaluate::{Beside, Finding, compute, findings},
        form::Form,
        operands::needs,
        payload::{Covers, Frozen, Payload, current},
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
    /// What stands behind figures taken from the totals of other forms.
    pub cover: Covers,
    /// What stands behind the total.
    pub total_cover: Covers,
    /// What the total would be now, where that differs from what was sent.
    pub total_now: Option<Values>,
}

impl Draft {
    /// What stands behind a cell that is taken, or computed, from the totals of other forms.
    pub(crate) fn cover_of(&self, form: &Form, key: &str) -> Option<(i64, i64)> {
        least(needs(form, key).iter().filter_map(|key| self.cover.get(key).copied()))
    }
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
    /// What stands behind them.
    cover: Covers,
    /// The period before, other forms.
    pub(super) beside: Beside,
    /// Everything approved below, and how many were asked there; none when nothing is below.
    below: Option<(Sums, i64)>,
}

/// What is approved below a report, and of how many; those that only consolidate have nothing to give.
fn below(rows: &[store::SumRow], row: &Report, form: &Form) -> (Sums, i64) {
    let fills = |level: &str| form.below(level).any(|level| level.fills);
    let between = form.below(&row.level).any(|level| fills(&level.key));
    let (mut all, mut asked) = (Sums::default(), 0);
    for sums in rows {
        all.merge(&serde_json::from_str(&sums.payload).unwrap_or_default());
        let counts = if sums.parent_id == row.agency_id { fills(&row.level) } else { between };
        asked += if counts { sums.expected } else { 0 };
    }
    (all, asked)
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
        let auto = if fresh { auto_values(app, row, round, form).await? } else { Auto::default() };
        let receives = form.below(&row.level).next().is_some();
        let rows =
            if receives { store::sums_at(app.db.read(), row.round_id, row.agency_id).await? } else { Vec::new() };
        let below = (!rows.is_empty()).then(|| below(&rows, row, form));
        Ok(Self { first, auto: auto.values, cover: auto.cover, beside, below })
    }

    /// The total of these figures with everything approved below, and what stands behind it; empty when nothing is below.
    fn whole(&self, row: &Report, form: &Form, values: &Values) -> (Values, Covers) {
        let Some((mut sums, mut asked)) = self.below.clone() else { return Default::default() };
        if row.fills {
            sums.add(form, values);
            asked += 1;
        }
        let cover =
            form.cells.iter().filter_map(|cell| Some((cell.key.clone(), (sums.behind(form, &cell.key)?, asked))));
        (sums.values(form), cover.collect())
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
            let frozen: Frozen = serde_json::from_str(&row.frozen).map_err(Error::internal)?;
            let Frozen { values, auto, reasons, total, cover, total_cover } = frozen;
            let now = self.whole(row, form, &values).0;
            let total_now = (row.in_use() && differs(form, &total, &now)).then_some(now);
            return Ok(Draft { findings: found(&values), values, auto, reasons, total, cover, total_cover, total_now });
        }
        let payload = self.payload(row);
        let (auto, typed, cover) = if row.state().with_maker() {
            (self.auto.clone(), current(form, &payload, &self.auto), self.cover.clone())
        } else {
            (payload.auto, payload.values, payload.cover)
        };
        let values = if row.fills { compute(form, &typed, &self.beside) } else { Values::new() };
        let (total, total_cover) = self.whole(row, form, &values);
        Ok(Draft {
            findings: found(&values),
            values,
            auto,
            reasons: payload.reasons,
            total,
            cover,
            total_cover,
            total_now: None,
        })
    }
}

/// The report as it stands.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn draft(app: &App, row: &Report, round: &Round, form: &Form) -> Result<Draft> {
    Around::of(app, row, round, form).await?.draft(row, form)
}
