//! Which rounds a demonstration has, when each is opened and answered.

use chrono::{Days, NaiveDate};
use kernel::{
    Uuid,
    periods::{Period, Rule},
};

use crate::reporting::model::form::shipped;

/// One round of the demonstration.
pub(super) struct Plan {
    pub form: &'static str,
    pub rule: Rule,
    pub period: Period,
    pub owner: Uuid,
    /// Reports of this round still wait for a decision.
    pub newest: bool,
    /// Figures before the official ones.
    pub estimate: bool,
    /// It looks back on a programme that still runs, and is answered at once.
    pub programme: Option<Uuid>,
}

impl Plan {
    /// Has the time for answering come?
    pub(super) fn over(&self, today: NaiveDate) -> bool {
        self.period.to < today || self.programme.is_some()
    }

    /// When it is opened.
    pub(super) fn opened(&self, today: NaiveDate) -> NaiveDate {
        let before = self.period.to - Days::new(if self.estimate { 20 } else { 10 });
        match self.programme {
            Some(_) => today - Days::new(25),
            None if before > today => today - Days::new(3),
            None => before,
        }
    }

    /// When a report is sent that comes so many days after its due date.
    pub(super) fn sent(&self, due: NaiveDate, late: i64, today: NaiveDate) -> NaiveDate {
        match (self.programme, late) {
            (Some(_), _) => today - Days::new(3 + late.unsigned_abs() % 9),
            _ if self.estimate => self.period.to - Days::new(3 + late.unsigned_abs() % 4),
            (None, ..0) => due - Days::new(late.unsigned_abs()),
            (None, _) => due + Days::new(late.unsigned_abs()),
        }
    }
}

/// The rounds, the oldest first: the last four quarters, two half-years and year, and the quarter and the year that still run.
pub(super) fn plans(today: NaiveDate, justice: Uuid, ministry: Option<Uuid>, programme: Option<Uuid>) -> Vec<Plan> {
    let mut out = Vec::new();
    let mut add = |form, rule, period: Option<Period>, owner, newest| {
        out.extend(period.map(|period| Plan { form, rule, period, owner, newest, estimate: false, programme: None }));
    };
    let before = |rule: Rule, times: usize| {
        let mut period = rule.containing(today);
        for _ in 0..times {
            period = period.and_then(|period| rule.before(&period));
        }
        period
    };
    let top = ministry.unwrap_or(justice);
    for times in (0..=4).rev() {
        add("pbgdpl-cap-xa", Rule::Quarter, before(Rule::Quarter, times), top, times == 1);
    }
    for (rule, times) in [(Rule::Year, 1), (Rule::HalfYear, 2), (Rule::HalfYear, 1)] {
        add("pbgdpl-cap-xa", rule, before(rule, times), top, false);
        add("pbgdpl-so-nganh", rule, before(rule, times), justice, false);
        if ministry.is_some() {
            add("pbgdpl-cap-tinh", rule, before(rule, times), top, false);
        }
    }
    add("pbgdpl-so-nganh", Rule::Quarter, before(Rule::Quarter, 1), justice, true);
    add("bao-cao-nam-pbgdpl", Rule::HalfYear, before(Rule::HalfYear, 1), top, false);
    // Departments told the half-year's figures before it was over.
    if let Some(period) = before(Rule::HalfYear, 1) {
        let rule = Rule::HalfYear;
        out.push(Plan {
            form: "pbgdpl-so-nganh",
            rule,
            period,
            owner: justice,
            newest: false,
            estimate: true,
            programme: None,
        });
    }
    let back = shipped::forms().iter().find(|(form, _)| form.programme).and_then(|(form, _)| form.periods.first());
    if let Some(&rule @ Rule::Campaign { to, .. }) = back
        && let Some(period) = rule.containing(to).filter(|period| period.to < today && programme.is_some())
    {
        out.push(Plan {
            form: "tong-ket-de-an",
            rule,
            period,
            owner: justice,
            newest: false,
            estimate: false,
            programme,
        });
    }
    out.sort_by_key(|plan| (plan.period.to, !plan.estimate));
    out
}
