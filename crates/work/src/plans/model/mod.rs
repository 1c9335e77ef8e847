//! Plans: types and rules, pure.

pub mod due;
pub mod group;
pub mod kind;
pub mod matching;
pub mod review;
pub mod section;
pub mod state;

use chrono::NaiveDate;
use kernel::time;

/// `due_date` of an obligation without a clock.
pub const NEVER: i64 = 99_991_231;

/// Days from `today` to a stored date; `None` without a clock.
pub fn days_left(due: i64, today: NaiveDate) -> Option<i64> {
    (due < NEVER).then(|| time::date_from_int(due)).flatten().map(|date| (date - today).num_days())
}
