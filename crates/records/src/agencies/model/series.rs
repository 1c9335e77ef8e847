//! Figures of the past in the units of a later day. Additive figures only; a ratio is computed anew from its two parts.
//!
//! Figures are carried through every division in order of date. A divided unit's figure goes by weights where they are known, otherwise in equal
//! parts, in whole numbers by the method of largest remainders, so that nothing is lost or made: the total is the same in both views. Carry sums
//! per period, not single small figures: a one cannot be divided.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    event::{Division, Share},
    tree::{Tree, UnitIx},
};

/// An additive figure as it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point<P> {
    /// Whose.
    pub unit: UnitIx,
    /// The day it belongs to (not the day it was typed).
    pub on: NaiveDate,
    /// The row or column it is summed under (a year, a quarter, an indicator …).
    pub period: P,
    /// The figure.
    pub value: i64,
}

/// How a carried figure came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Summed from whole units.
    Exact,
    /// A part of it was divided by known weights.
    Weighted,
    /// A part of it was divided without weights: "ước phân bổ".
    Estimated,
}

impl Basis {
    /// The mark printed beside the figure.
    pub fn mark(self) -> &'static str {
        match self {
            Basis::Exact => "",
            Basis::Weighted => "phân bổ theo tỷ lệ",
            Basis::Estimated => "ước phân bổ",
        }
    }
}

/// A sum in the units of the later day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The sum.
    pub value: i64,
    /// The least certain of its parts.
    pub basis: Basis,
}

impl Amount {
    fn add(&mut self, value: i64, basis: Basis) {
        self.value = self.value.saturating_add(value);
        if value != 0 {
            self.basis = self.basis.max(basis);
        }
    }
}

/// Sums by unit and period.
pub type Cells<P> = BTreeMap<(UnitIx, P), Amount>;

/// Sums as they were, by the units of the time.
pub fn as_it_was<P: Ord + Clone>(points: &[Point<P>]) -> Cells<P> {
    let mut cells = Cells::new();
    for point in points {
        add(&mut cells, (point.unit, point.period.clone()), point.value, Basis::Exact);
    }
    cells
}

/// Sums in the units of `today`. What belonged to a unit that ended without an heir stays with it.
pub fn in_units_of<P: Ord + Clone>(tree: &Tree, today: NaiveDate, points: &[Point<P>]) -> Cells<P> {
    // A figure dated after the end of its unit is carried as if dated before that end.
    let day = |point: &Point<P>| match tree.unit(point.unit).until {
        Some(until) if until <= point.on => until.pred_opt().unwrap_or(until),
        _ => point.on,
    };
    let mut points: Vec<(NaiveDate, &Point<P>)> = points.iter().map(|point| (day(point), point)).collect();
    points.sort_by_key(|(on, _)| *on);
    let mut waiting = points.into_iter().peekable();
    let mut by_unit: BTreeMap<UnitIx, BTreeMap<P, Amount>> = BTreeMap::new();
    let mut enter = |by_unit: &mut BTreeMap<UnitIx, BTreeMap<P, Amount>>, before: Option<NaiveDate>| {
        while let Some((_, point)) = waiting.next_if(|(on, _)| before.is_none_or(|date| *on < date)) {
            add(by_unit.entry(point.unit).or_default(), point.period.clone(), point.value, Basis::Exact);
        }
    };
    for division in tree.divisions().iter().take_while(|division| division.date <= today) {
        enter(&mut by_unit, Some(division.date));
        let Some(row) = by_unit.remove(&division.from) else { continue };
        for (period, amount) in row {
            divide(&mut by_unit, division, &period, amount);
        }
    }
    enter(&mut by_unit, None);
    by_unit
        .into_iter()
        .flat_map(|(unit, row)| row.into_iter().map(move |(period, amount)| ((unit, period), amount)))
        .collect()
}

fn divide<P: Ord + Clone>(
    by_unit: &mut BTreeMap<UnitIx, BTreeMap<P, Amount>>,
    division: &Division,
    period: &P,
    amount: Amount,
) {
    let weighted = division.shares.iter().all(|share| share.weight.is_some()) && total_weight(&division.shares) > 0;
    let basis = match (division.shares.len(), weighted) {
        (1, _) => Basis::Exact,
        (_, true) => Basis::Weighted,
        (_, false) => Basis::Estimated,
    };
    let weights: Vec<u64> =
        division.shares.iter().map(|share| if weighted { share.weight.unwrap_or(0) } else { 1 }).collect();
    for (share, value) in division.shares.iter().zip(apportion(amount.value, &weights)) {
        add(by_unit.entry(share.unit).or_default(), period.clone(), value, amount.basis.max(basis));
    }
}

fn total_weight(shares: &[Share]) -> u128 {
    shares.iter().map(|share| u128::from(share.weight.unwrap_or(0))).sum()
}

fn add<K: Ord>(cells: &mut BTreeMap<K, Amount>, key: K, value: i64, basis: Basis) {
    cells.entry(key).or_insert(Amount { value: 0, basis: Basis::Exact }).add(value, basis);
}

/// Whole numbers in proportion to the weights whose sum is `total`, by largest remainders; between equal remainders the earlier one gains.
/// Without any weight everything goes to the first.
pub fn apportion(total: i64, weights: &[u64]) -> Vec<i64> {
    let sum: u128 = weights.iter().map(|w| u128::from(*w)).sum();
    let size = u128::from(total.unsigned_abs());
    if sum == 0 {
        return weights.iter().enumerate().map(|(i, _)| if i == 0 { total } else { 0 }).collect();
    }
    let mut parts: Vec<(usize, u128, u128)> = weights
        .iter()
        .enumerate()
        .map(|(i, weight)| {
            let exact = size * u128::from(*weight);
            (i, exact / sum, exact % sum)
        })
        .collect();
    let given: u128 = parts.iter().map(|(_, part, _)| part).sum();
    parts.sort_by_key(|(i, _, remainder)| (std::cmp::Reverse(*remainder), *i));
    let left = usize::try_from(size - given).unwrap_or(0);
    for part in parts.iter_mut().take(left) {
        part.1 += 1;
    }
    parts.sort_by_key(|(i, ..)| *i);
    let signed = |part: u128| {
        let part = i128::try_from(part).unwrap_or(i128::MAX);
        i64::try_from(if total < 0 { -part } else { part }).unwrap_or(total)
    };
    parts.into_iter().map(|(_, part, _)| signed(part)).collect()
}

/// Numerator over denominator, recomputed from carried sums; `None` when the denominator is not positive.
pub fn ratio(numerator: i64, denominator: i64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a ratio for display")]
    (denominator > 0).then(|| numerator as f64 / denominator as f64)
}
