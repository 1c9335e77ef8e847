//! Agencies and localities.

mod council;
mod directory;
mod import;
mod localities;
mod pages;

use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}
