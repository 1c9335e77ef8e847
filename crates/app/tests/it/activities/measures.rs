//! Figures equal a recount from the activities, whatever was done before.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use kernel::{Paging, Uuid};
use records::activities::{
    Draft, Filter, Measure, What, behind, definitions, measures,
    model::{
        activity::{Material, Partner, Reporter},
        measure::Facts,
    },
    service, totals,
};
use testkit::TestApp;

use super::{create, recorder};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len() as u64) as usize]
    }

    fn some(&mut self, list: &[String]) -> Vec<String> {
        let keep: Vec<String> = list.iter().filter(|_| self.roll(4) == 0).cloned().collect();
        keep
    }
}

fn keys(list: &[records::activities::model::definitions::Entry]) -> Vec<String> {
    list.iter().map(|entry| entry.key.clone()).collect()
}

fn draft(dice: &mut Dice, owners: &[Uuid], first: NaiveDate) -> Draft {
    let lists = definitions();
    let turns = dice.roll(300) as i64;
    let owner = *dice.one(owners);
    let materials = (0..dice.roll(3))
        .map(|_| Material {
            kind: dice.one(&lists.materials).key.clone(),
            title: "Tài liệu".into(),
            copies: dice.roll(500) as i64,
            online: dice.roll(2) == 0,
        })
        .collect();
    let reporters = (0..dice.roll(3))
        .map(|_| Reporter {
            kind: dice.one(&lists.reporters).key.clone(), name: format!("Người số {}", dice.roll(6))
        })
        .collect();
    let partner = *dice.one(owners);
    Draft {
        owner,
        kind: dice.one(&lists.kinds).key.clone(),
        title: format!("Hoạt động {}", dice.roll(1_000)),
        held_on: first.checked_add_days(Days::new(dice.roll(300))),
        turns,
        women: turns / 2,
        minorities: turns / 3,
        young: turns / 4,
        online: dice.roll(5) == 0,
        groups: dice.some(&keys(&lists.groups)),
        fields: dice.some(&keys(&lists.fields)),
        partners: vec![Partner {
            agency: Some(partner).filter(|one| *one != owner), name: "Đơn vị phối hợp".into()
        }],
        reporters,
        materials,
        costs: keys(&lists.sources)
            .into_iter()
            .map(|key| (key, dice.roll(9) as i64 * 100_000))
            .filter(|(_, n)| *n > 0)
            .collect(),
        ..Draft::default()
    }
}

fn measure(dice: &mut Dice) -> Measure {
    let lists = definitions();
    let mut some = |list: Vec<String>, odds: u64| if dice.roll(odds) == 0 { dice.some(&list) } else { Vec::new() };
    let filter = Filter {
        kinds: some(lists.kinds.iter().map(|kind| kind.key.clone()).collect(), 4),
        forms: some(keys(&lists.forms), 4),
        groups: some(keys(&lists.groups), 4),
        fields: some(keys(&lists.fields), 4),
        online: None,
        sources: some(keys(&lists.sources), 4),
        materials: some(keys(&lists.materials), 4),
        reporters: some(keys(&lists.reporters), 4),
    };
    let online = [None, None, Some(true), Some(false)][dice.roll(4) as usize];
    Measure { what: What::ALL[dice.roll(10) as usize], filter: Filter { online, ..filter } }
}

#[tokio::test]
async fn any_figure_equals_a_recount_after_a_thousand_random_actions() {
    let app = TestApp::new().await;
    let mut owners = Vec::new();
    for n in 0..5 {
        owners.push(app.agency(&format!("UBND xã {n}"), None).await);
    }
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let mut dice = Dice(20_261_109);
    // What there should be: id → (version, activity).
    let mut there: BTreeMap<Uuid, (i64, Draft)> = BTreeMap::new();
    for _ in 0..1_000 {
        let known: Vec<Uuid> = there.keys().copied().collect();
        match dice.roll(10) {
            0..=5 => {
                let made = draft(&mut dice, &owners, first);
                there.insert(create(&app, made.clone()).await, (0, made));
            }
            6 | 7 if !known.is_empty() => {
                let id = *dice.one(&known);
                let (version, before) = there[&id].clone();
                let after = Draft { owner: before.owner, ..draft(&mut dice, &owners, first) };
                service::edit(&app.app, &recorder(before.owner), id, version, &after).await.expect("changed");
                there.insert(id, (version + 1, after));
            }
            8 if !known.is_empty() => {
                let id = *dice.one(&known);
                let (version, before) = there[&id].clone();
                service::withdraw(&app.app, &recorder(before.owner), id, version, "ghi nhầm").await.expect("withdrawn");
                there.remove(&id);
            }
            _ if !known.is_empty() => {
                let copy = Draft { held_on: Some(first), ..there[dice.one(&known)].1.clone() };
                there.insert(create(&app, copy.clone()).await, (0, copy));
            }
            _ => {}
        }
    }
    let (from, to) = (first, first.checked_add_days(Days::new(150)).expect("a day"));
    let wanted: Vec<Measure> =
        What::ALL.map(Measure::all).into_iter().chain((0..60).map(|_| measure(&mut dice))).collect();
    let facts = |owner: Uuid| -> Vec<Facts> {
        let of = there
            .values()
            .filter(|(_, one)| one.owner == owner && one.held_on.is_some_and(|day| day >= from && day <= to));
        of.map(|(_, one)| one.facts(definitions())).collect()
    };
    let before = app.app.db.queries();
    let found = measures(app.app.db.read(), &owners, from, to, &wanted).await.expect("figures");
    assert!(app.app.db.queries() - before <= 4, "at most four statements");
    let mut all = 0;
    for (owner, numbers) in &found {
        let mine = facts(*owner);
        for (measure, number) in wanted.iter().zip(numbers) {
            assert_eq!(*number, measure.of(&mine), "{measure:?}");
        }
        all += numbers[0];
    }
    let distinct = there.values().filter(|(_, one)| one.held_on.is_some_and(|day| day >= from && day <= to)).count();
    assert_eq!(all, distinct as i64, "the sum over agencies is the number of distinct activities");
    let together: Vec<Facts> = owners.iter().flat_map(|owner| facts(*owner)).collect();
    let sums = totals(app.app.db.read(), &owners, from, to, &wanted).await.expect("figures");
    for (measure, number) in wanted.iter().zip(sums) {
        assert_eq!(number, measure.of(&together), "all together: {measure:?}");
    }
    for (measure, together) in wanted.iter().take(25).flat_map(|measure| [(measure, 1), (measure, owners.len())]) {
        let asked = &owners[..together];
        let list = behind(app.app.db.read(), asked, from, to, measure, Paging { number: 1, size: 5_000 })
            .await
            .expect("behind");
        assert_eq!(list.total, list.rows.len() as u64);
        if measure.what != What::Reporters {
            let sum: i64 = list.rows.iter().map(|share| share.amount).sum();
            let counted: i64 = asked.iter().map(|owner| measure.of(&facts(*owner))).sum();
            assert_eq!(sum, counted, "{measure:?}");
        }
    }
    app.end().await;
}
