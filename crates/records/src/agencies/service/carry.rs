//! Figures of the past in the agencies of a later day, for other slices.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::Uuid;

use super::Dir;
use crate::agencies::model::series::{Point, in_units_of};

impl Dir {
    /// Additive figures (agency, day, what it is summed under, figure) in the agencies living on `today`: summed where agencies were merged, divided
    /// where one was split. With each sum a mark that says how sure it is, empty when it is exact. The total stays the same.
    pub fn in_units_of<P: Ord + Clone>(
        &self,
        today: NaiveDate,
        points: Vec<(Uuid, NaiveDate, P, i64)>,
    ) -> BTreeMap<(Uuid, P), (i64, &'static str)> {
        let points: Vec<Point<P>> = points
            .into_iter()
            .filter_map(|(agency, on, period, value)| Some(Point { unit: self.find(agency)?, on, period, value }))
            .collect();
        in_units_of(self.agencies(), today, &points)
            .into_iter()
            .map(|((unit, period), amount)| ((self.id(unit), period), (amount.value, amount.basis.mark())))
            .collect()
    }
}
