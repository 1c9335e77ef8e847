//! Figures equal a recount from the activities, whatever was done before.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use kernel::{Paging, Uuid};
use records::activities::{
    Draft, Filter, Measure, Over, What, behind, definitions, measures,
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

/// What there should be: id → (version, activity).
type There = BTreeMap<Uuid, (i64, Draft)>;

/// A thousand times something is recorded, changed, withdrawn or copied.
async fn thousand(app: &TestApp, dice: &mut Dice, owners: &[Uuid], first: NaiveDate) -> There {
    let mut there = There::new();
    for _ in 0..1_000 {
        let known: Vec<Uuid> = there.keys().copied().collect();
        match dice.roll(10) {
            0..=5 => {
                let made = draft(dice, owners, first);
                there.insert(create(app, made.clone()).await, (0, made));
            }
            6 | 7 if !known.is_empty() => {
                let id = *dice.one(&known);
                let (version, before) = there[&id].clone();
                let after = Draft { owner: before.owner, ..draft(dice, owners, first) };
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
                there.insert(create(app, copy.clone()).await, (0, copy));
            }
            _ => {}
        }
    }
    there
}

/// A province, five agencies that report to it, and all that record: two of the five have an agency of their own below them.
async fn tree(app: &TestApp) -> (Uuid, Vec<(Uuid, Vec<Uuid>)>, Vec<Uuid>) {
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    crate::reporting::way::change(app, "UPDATE agencies SET kind = 'committee'").await;
    let mut units = Vec::new();
    for n in 0..5 {
        let unit = app.agency(&format!("Sở {n}"), Some(province)).await;
        let mut counted = vec![unit];
        if n < 2 {
            counted.push(app.agency(&format!("Phòng thuộc Sở {n}"), Some(unit)).await);
        }
        units.push((unit, counted));
    }
    let below = units.iter().flat_map(|(_, counted)| counted.iter().skip(1)).copied().collect::<Vec<_>>();
    let tx = app.app.db.begin().await.expect("a transaction");
    for agency in &below {
        let sql = "UPDATE agencies SET kind = 'unit' WHERE id = $1";
        store::exec(&*tx, sql, vec![(*agency).into()]).await.expect("a kind");
    }
    tx.commit().await.expect("commit");
    let owners = units.iter().flat_map(|(_, counted)| counted.iter().copied()).collect();
    (province, units, owners)
}

/// A measure as a definition writes it.
fn written(measure: &Measure) -> String {
    let value = serde_json::to_value(measure).expect("an object");
    let words = value.as_object().expect("an object").iter().filter(|(_, value)| match value {
        serde_json::Value::Null => false,
        serde_json::Value::Array(list) => !list.is_empty(),
        _ => true,
    });
    words.map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>().join(", ")
}

/// The cells that arrive filled in every agency's report equal a recount of what it and those below it recorded.
async fn reports_agree(app: &TestApp, province: Uuid, units: &[(Uuid, Vec<Uuid>)], wanted: &[Measure], there: &There) {
    let cells = wanted.iter().enumerate().map(|(n, measure)| {
        format!("[[cell]]\nkey = \"c{n}\"\nlabel = \"Ô {n}\"\ntype = \"count\"\nfrom = {{ {} }}\n", written(measure))
    });
    let source = format!(
        "key = \"dem-lai\"\nversion = 1\nname = \"Đếm lại\"\nlegal_basis = \"QĐ 1\"\nvalid_from = \"2020-01-01\"\nstatus = \"official\"\n\
         periods = [\"6-thang-lich\"]\n[[level]]\nkey = \"so\"\nname = \"Sở\"\nwho = \"kind:department\"\nto = \"tinh\"\ndue = \"+5\"\n\
         [[level]]\nkey = \"tinh\"\nname = \"Tỉnh\"\nwho = \"kind:committee\"\n{}",
        cells.collect::<String>()
    );
    let form = app.form("dem-lai", "Đếm lại", &source).await.to_string();
    let mut secretary = app.person("thu-ky", kernel::Role::Secretariat, province).await;
    let receiver = province.to_string();
    let fields =
        [("bieu", form.as_str()), ("ky", "6-thang-lich|2026-H1"), ("co_quan", &receiver), ("lan", "chinh-thuc")];
    let path = secretary.post("/ky-bao-cao/mo", &fields).await.expect(303).location().to_owned();
    app.run_jobs().await;
    let round = path.trim_start_matches("/ky-bao-cao/").parse().expect("a round");
    let last = NaiveDate::from_ymd_opt(2026, 6, 30);
    for (n, (unit, counted)) in units.iter().enumerate() {
        let report = crate::reporting::way::report(app, round, *unit).await;
        let mut person = app.person(&format!("lap-{n}"), kernel::Role::FocalPoint, *unit).await;
        let page = person.get(&format!("/bao-cao/{report}/dien")).await.expect(200).text();
        let rules = page.split("data-rules=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the values");
        let rules = rules.replace("&#34;", "\"").replace("&quot;", "\"").replace("&#60;", "<").replace("&#62;", ">");
        let rules: serde_json::Value =
            serde_json::from_str(&rules.replace("&#39;", "'").replace("&#38;", "&").replace("&amp;", "&"))
                .expect("JSON");
        let mine = there.values().filter(|(_, one)| counted.contains(&one.owner) && one.held_on <= last);
        let mine: Vec<Facts> = mine.map(|(_, one)| one.facts(definitions())).collect();
        for (n, measure) in wanted.iter().enumerate() {
            let filled = rules["auto"][format!("c{n}")].as_f64().expect("a figure");
            assert_eq!(filled, measure.of(&mine) as f64, "c{n}: {measure:?}");
        }
    }
}

#[tokio::test]
async fn any_figure_equals_a_recount_after_a_thousand_random_actions() {
    let app = TestApp::new().await;
    let (province, units, owners) = tree(&app).await;
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let mut dice = Dice(20_261_109);
    let there = thousand(&app, &mut dice, &owners, first).await;
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
    let over = |owners| Over { owners, from, to, within: None };
    let sums = totals(app.app.db.read(), over(&owners), &wanted).await.expect("figures");
    for (measure, number) in wanted.iter().zip(sums) {
        assert_eq!(number, measure.of(&together), "all together: {measure:?}");
    }
    for (measure, together) in wanted.iter().take(25).flat_map(|measure| [(measure, 1), (measure, owners.len())]) {
        let asked = &owners[..together];
        let list =
            behind(app.app.db.read(), over(asked), measure, Paging { number: 1, size: 5_000 }).await.expect("behind");
        assert_eq!(list.total, list.rows.len() as u64);
        if measure.what != What::Reporters {
            let sum: i64 = list.rows.iter().map(|share| share.amount).sum();
            let counted: i64 = asked.iter().map(|owner| measure.of(&facts(*owner))).sum();
            assert_eq!(sum, counted, "{measure:?}");
        }
    }
    reports_agree(&app, province, &units, &wanted[..40], &there).await;
    app.end().await;
}
