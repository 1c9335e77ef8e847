//! Properties of trees under any sequence of events.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::day;
use crate::agencies::model::{
    event::{Change, Event, EventError, NewUnit, Part},
    series::{Basis, Point, apportion, as_it_was, in_units_of, ratio},
    tree::{BEGINNING, Face, Tree, UnitIx},
};

fn face(name: &str) -> Face {
    Face { name: name.into(), short: name.into(), kind: "Xã".into() }
}

fn event(date: NaiveDate, changes: Vec<Change>) -> Event {
    Event { date, title: String::new(), basis: None, unverified: false, changes }
}

fn create(key: &str, parent: Option<&str>) -> Change {
    Change::Create(NewUnit {
        key: key.into(),
        place: String::new(),
        role: String::new(),
        parent: parent.map(Into::into),
        face: face(key),
    })
}

/// A step of a random history: what to do, to whom, with whom.
type Step = (u8, usize, usize, usize, u8);

/// Applies what is possible of a random history and returns the tree with the last day.
fn grow(steps: &[Step]) -> (Tree, NaiveDate) {
    let mut tree = Tree::default();
    let first = ["a", "b", "c", "d", "e"].map(|key| create(key, (key > "b").then_some("a")));
    tree.apply(&event(BEGINNING, first.to_vec())).unwrap();
    let mut date = BEGINNING;
    for (n, (what, x, y, z, gap)) in steps.iter().enumerate() {
        date = date.checked_add_days(Days::new(u64::from(*gap % 40))).unwrap();
        let alive: Vec<String> = tree.as_of(date).units().map(|(_, unit)| unit.key.clone()).collect();
        let pick = |i: &usize| alive.get(i % alive.len().max(1)).cloned().unwrap_or_default();
        let (x, y, z) = (pick(x), pick(y), pick(z));
        let fresh = format!("n{n}");
        let weight = |i: u64| (n % 2 == 0).then_some(u64::from(*gap) + i);
        let part = |unit: &String, i| Part { unit: unit.clone(), weight: weight(i) };
        let changes = match what % 9 {
            0 => vec![create(&fresh, Some(&x))],
            1 => vec![Change::Rename { unit: x, face: face(&fresh) }],
            2 => vec![create(&fresh, None), Change::Merge { from: vec![x, y], into: fresh }],
            3 => vec![Change::Merge { from: vec![x], into: y }],
            4 => vec![
                create(&fresh, None),
                Change::Split { from: x, into: vec![part(&y, 0), part(&fresh, 3), part(&z, 1)] },
            ],
            5 => vec![create(&fresh, None), Change::Split { into: vec![part(&x, 2), part(&fresh, 0)], from: x }],
            6 => vec![Change::Move { unit: x, parent: Some(y) }],
            7 => vec![Change::Abolish { unit: x, heir: None }],
            _ => vec![Change::Abolish { unit: x, heir: Some(y) }, Change::Abolish { unit: z, heir: None }],
        };
        let mut next = tree.clone();
        if next.apply(&event(date, changes)).is_ok() {
            tree = next;
        }
    }
    (tree, date)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((any::<u8>(), 0..50_usize, 0..50_usize, 0..50_usize, any::<u8>()), 0..40)
}

proptest! {
    #[test]
    fn totals_are_equal_in_both_views(
        steps in steps(),
        figures in prop::collection::vec((0..60_usize, 0..1500_u64, 0..3_i32, -1000..100_000_i64), 0..60),
    ) {
        let (tree, last) = grow(&steps);
        let points: Vec<Point<i32>> = figures.iter().map(|(unit, on, period, value)| Point {
            unit: UnitIx(u32::try_from(unit % tree.len()).unwrap()),
            on: BEGINNING.checked_add_days(Days::new(*on)).unwrap(),
            period: *period,
            value: *value,
        }).collect();
        for today in [BEGINNING, day("2020-09-01"), last, day("2030-01-01")] {
            let now = in_units_of(&tree, today, &points);
            for period in 0..3 {
                let sum = |cells: &crate::agencies::model::series::Cells<i32>| -> i64 {
                    cells.iter().filter(|((_, p), _)| *p == period).map(|(_, a)| a.value).sum()
                };
                prop_assert_eq!(sum(&as_it_was(&points)), sum(&now));
            }
        }
        // Nothing stays with a unit that left an heir.
        for (unit, _) in in_units_of(&tree, day("2030-01-01"), &points).keys() {
            prop_assert!(tree.unit(*unit).lives(day("2030-01-01")) || tree.heirs(*unit, day("2030-01-01")).is_empty());
        }
    }

    #[test]
    fn the_living_hang_under_the_living_without_cycles(steps in steps()) {
        let (tree, last) = grow(&steps);
        for date in [BEGINNING, day("2020-05-01"), day("2021-01-01"), last, day("2030-01-01")] {
            let view = tree.as_of(date);
            let reached: usize = view.roots().iter().map(|root| view.subtree(*root).len()).sum();
            prop_assert_eq!(reached, view.units().count());
        }
    }

    #[test]
    fn apportioning_loses_nothing_and_stays_near(total in -1_000_000..1_000_000_i64, weights in prop::collection::vec(0..1000_u64, 1..12)) {
        let parts = apportion(total, &weights);
        prop_assert_eq!(parts.iter().sum::<i64>(), total);
        let sum: u64 = weights.iter().sum();
        if sum > 0 {
            for (part, weight) in parts.iter().zip(&weights) {
                let exact = total as f64 * *weight as f64 / sum as f64;
                prop_assert!((*part as f64 - exact).abs() < 1.0);
            }
        }
    }
}

#[test]
fn equal_remainders_favour_the_main_heir() {
    assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
    assert_eq!(apportion(-10, &[1, 1, 1]), [-4, -3, -3]);
    assert_eq!(apportion(7, &[2, 1]), [5, 2]);
    assert_eq!(apportion(5, &[0, 0]), [5, 0]);
    assert_eq!(apportion(i64::MAX, &[1]), [i64::MAX]);
    assert_eq!(ratio(1, 0), None);
}

#[test]
fn a_division_is_marked() {
    let date = day("2022-01-01");
    let part = |unit: &str, weight| Part { unit: unit.into(), weight };
    let tree = Tree::replay(&[
        event(BEGINNING, vec![create("a", None), create("b", None)]),
        event(
            date,
            vec![
                create("x", None),
                create("y", None),
                Change::Split { from: "a".into(), into: vec![part("x", None), part("y", None)] },
            ],
        ),
        event(date, vec![Change::Split { from: "b".into(), into: vec![part("x", Some(3)), part("b", Some(1))] }]),
    ])
    .unwrap();
    let unit = |key: &str| tree.find(key).unwrap();
    let point = |key: &str, on: &str| Point { unit: unit(key), on: day(on), period: (), value: 9 };
    let cells =
        in_units_of(&tree, date, &[point("a", "2021-05-01"), point("b", "2021-05-01"), point("b", "2022-05-01")]);
    let got = |key: &str| cells.get(&(unit(key), ())).map(|a| (a.value, a.basis));
    assert_eq!(got("x"), Some((5 + 7, Basis::Estimated)));
    assert_eq!(got("y"), Some((4, Basis::Estimated)));
    assert_eq!(got("b"), Some((2 + 9, Basis::Weighted)));
    assert_eq!(Basis::Estimated.mark(), "ước phân bổ");
}

#[test]
fn impossible_events_are_refused() {
    let date = day("2022-01-01");
    let base = Tree::replay(&[event(date, vec![create("a", None), create("b", Some("a"))])]).unwrap();
    let refuse = |date, change| base.clone().apply(&event(date, vec![change])).unwrap_err();
    assert_eq!(refuse(day("2021-01-01"), create("c", None)), EventError::OutOfOrder(day("2021-01-01")));
    assert_eq!(refuse(date, create("a", None)), EventError::Taken("a".into()));
    assert_eq!(
        refuse(date, Change::Move { unit: "a".into(), parent: Some("b".into()) }),
        EventError::Cycle("a".into())
    );
    assert_eq!(refuse(date, Change::Split { from: "b".into(), into: vec![] }), EventError::NoHeir("b".into()));
    assert_eq!(refuse(date, Change::Abolish { unit: "z".into(), heir: None }), EventError::Unknown("z".into()));
    let mut gone = base.clone();
    gone.apply(&event(date, vec![Change::Abolish { unit: "a".into(), heir: None }])).unwrap();
    assert_eq!(gone.unit(gone.find("b").unwrap()).parent(date), None);
    assert_eq!(gone.apply(&event(date, vec![create("c", Some("a"))])), Err(EventError::NotAlive("a".into())));
}
