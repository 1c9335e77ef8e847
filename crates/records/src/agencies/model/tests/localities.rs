//! The places of the country against the counts of the tables.

use std::collections::BTreeMap;

use super::{PLACES, day};
use crate::agencies::model::{
    series::{Basis, Point, in_units_of},
    tree::UnitIx,
};

fn counts(date: &str) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (_, unit) in PLACES.as_of(day(date)).units() {
        *counts.entry(unit.place.as_str()).or_default() += 1;
    }
    counts
}

#[test]
fn both_photographs_are_complete() {
    assert_eq!(counts("2025-06-30"), BTreeMap::from([("province", 63), ("district", 696), ("commune", 10_035)]));
    assert_eq!(counts("2025-07-01"), BTreeMap::from([("province", 34), ("commune", 3_321)]));
    assert_eq!(counts("2026-11-21"), counts("2025-07-01"));
}

#[test]
fn every_unit_hangs_under_a_living_one_of_the_right_level() {
    for date in ["2020-01-01", "2025-06-30", "2025-07-01", "2026-05-01"] {
        let date = day(date);
        for (ix, unit) in PLACES.as_of(date).units() {
            let above: Vec<&str> = PLACES.chain(ix, date).skip(1).map(|ix| PLACES.unit(ix).place.as_str()).collect();
            let districts = date < day("2025-07-01");
            match (unit.place.as_str(), districts) {
                ("province", _) => assert!(above.is_empty(), "{}", unit.key),
                ("commune", true) => assert_eq!(above, ["district", "province"], "{}", unit.key),
                _ => assert_eq!(above, ["province"], "{}", unit.key),
            }
            assert!(PLACES.chain(ix, date).all(|above| PLACES.unit(above).lives(date)), "{}", unit.key);
        }
    }
}

#[test]
fn unchanged_units_stay_and_merged_ones_are_new() {
    assert!(PLACES.find("p20.2025").is_none());
    let kept =
        PLACES.units().filter(|(_, u)| u.place == "commune" && u.from < day("2025-07-01") && u.until.is_none()).count();
    assert_eq!(kept, 121);
    let thai_nguyen = PLACES.find("p19").unwrap();
    let heirs: Vec<&str> =
        PLACES.heirs(thai_nguyen, day("2026-01-01")).iter().map(|ix| PLACES.unit(*ix).key.as_str()).collect();
    assert_eq!(heirs, ["p19.2025"]);
    let ly_son = PLACES.find("d536").unwrap();
    let heirs: Vec<&str> = PLACES
        .heirs(ly_son, day("2026-01-01"))
        .iter()
        .map(|ix| PLACES.unit(*ix).face(day("2026-01-01")).name.as_str())
        .collect();
    assert_eq!(heirs, ["Đặc khu Lý Sơn"]);
}

#[test]
fn single_changes_are_dated() {
    let dong_nai = PLACES.unit(PLACES.find("p75.2025").unwrap());
    assert_eq!(dong_nai.face(day("2026-04-29")).name, "Tỉnh Đồng Nai");
    assert_eq!(dong_nai.face(day("2026-04-30")).name, "Thành phố Đồng Nai");
    assert_eq!(dong_nai.face(day("2026-04-30")).short, "Đồng Nai");
    let hue = PLACES.unit(PLACES.find("p46").unwrap());
    assert_eq!(hue.face(day("2024-12-31")).name, "Tỉnh Thừa Thiên Huế");
    assert_eq!(hue.face(day("2025-07-01")).name, "Thành phố Huế");
}

#[test]
fn what_belonged_to_a_district_stays_under_its_province() {
    let date = day("2024-06-30");
    let point = |(ix, unit): (UnitIx, &crate::agencies::model::tree::Unit)| {
        let value = unit.role.parse::<i64>().unwrap() % 97 + 1;
        Point { unit: ix, on: date, period: 2024, value }
    };
    let points: Vec<Point<i32>> = PLACES.as_of(date).units().map(point).collect();
    let today = day("2026-01-01");
    let cells = in_units_of(&PLACES, today, &points);
    assert_eq!(cells.values().map(|a| a.value).sum::<i64>(), points.iter().map(|p| p.value).sum::<i64>());
    // Per province, too: everything under the provinces that were merged is under the one they became.
    let province = |unit, date| PLACES.chain(unit, date).last().unwrap();
    let mut then: BTreeMap<UnitIx, i64> = BTreeMap::new();
    for p in &points {
        let heirs = PLACES.heirs(province(p.unit, date), today);
        assert_eq!(heirs.len(), 1);
        *then.entry(heirs[0]).or_default() += p.value;
    }
    let mut now: BTreeMap<UnitIx, i64> = BTreeMap::new();
    for ((unit, _), amount) in &cells {
        assert!(PLACES.unit(*unit).lives(today));
        *now.entry(province(*unit, today)).or_default() += amount.value;
    }
    assert_eq!(then, now);
    assert!(cells.values().any(|a| a.basis == Basis::Estimated) && cells.values().any(|a| a.basis == Basis::Exact));
}
