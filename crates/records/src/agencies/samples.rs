//! Example values: the demonstration plan for any province.

use chrono::NaiveDate;
use kernel::{Error, Result};

use super::model::{build::Placeholders, definitions::Definitions, localities, tree::Unit};

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

/// The name of a province of today by its official code ("20"), and its demonstration plan.
///
/// # Errors
/// [`Error::Invalid`] for an unknown code.
pub fn demo_province(code: &str, date: NaiveDate) -> Result<(String, String)> {
    let places = localities::load(&localities::BUILT_IN).map_err(Error::internal)?;
    let definitions = Definitions::built_in().map_err(Error::internal)?;
    let (_, unit) = places
        .units()
        .find(|(_, unit)| unit.place == "province" && unit.role == code && unit.lives(date))
        .ok_or_else(|| Error::invalid("province", format!("Không có tỉnh, thành phố nào mang mã {code}.")))?;
    Ok((unit.face(date).name.clone(), demo_plan(&definitions, unit, date)))
}
