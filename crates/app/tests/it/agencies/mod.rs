//! Agencies and localities.

mod directory;
mod import;

use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}
