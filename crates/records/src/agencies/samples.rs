//! Example values: the demonstration plan for any province.

use chrono::NaiveDate;

use super::model::{build::Placeholders, definitions::Definitions, tree::Unit};

/// A plan of 2026 written for this project, with placeholders; see `definitions/demo/README.md`.
pub const DEMO_PLAN: &str = include_str!("../../../../definitions/demo/plan.md");

/// The demonstration plan of a province, as text in the form of an official paper.
pub fn demo_plan(definitions: &Definitions, province: &Unit, date: NaiveDate) -> String {
    let fill = Placeholders::of(definitions, Some(province), date);
    let place = fill.fill("{place}");
    let unit: String = fill.fill("{unit}");
    let mut initial = unit.chars();
    let capital: String = initial.next().into_iter().flat_map(char::to_uppercase).chain(initial).collect();
    let text = DEMO_PLAN
        .replace("{province}", &place)
        .replace("{PROVINCE}", &place.to_uppercase())
        .replace("{Unit}", &capital);
    fill.fill(&text)
}
