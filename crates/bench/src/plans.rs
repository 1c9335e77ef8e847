//! Lists of late duties, my work, confirming a plan of 20,000 duties.

use std::time::Instant;

use chrono::NaiveDate;
use kernel::{Permit, Role, Uuid, new_id};
use papers::{Deadline, DeadlineKind, Force, TaskClass};
use records::documents::{Confirmed, ConfirmedTask, Mode, Party, PartyRole, Target};
use store::{exec, scalar};
use testkit::{Client, TestApp};

use crate::country::{Country, PROVINCES};

const COMMUNES: usize = 99;
const ROUNDS: usize = 200;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

fn communes(scope: Uuid) -> Party {
    Party {
        role: PartyRole::Lead,
        text: "Ủy ban nhân dân các xã".into(),
        force: Force::Assign,
        target: Target::Class { key: "kind:commune".into(), scope },
    }
}

fn paper(number: usize, owner: Uuid, tasks: Vec<Vec<Party>>) -> Confirmed {
    let tasks = (0usize..).zip(tasks).map(|(at, parties)| ConfirmedTask {
        id: new_id(),
        position: at as i64 + 1,
        anchor: format!("II.{}", at + 1),
        heading: format!("Nhóm {}", at / 5 + 1),
        text: format!("Nhiệm vụ thứ {} về phổ biến, giáo dục pháp luật", at + 1),
        force: Force::Assign,
        class: TaskClass::Task,
        deadline: Deadline { kind: DeadlineKind::Date, value: Some(format!("2026-{:02}-15", at % 12 + 1)) },
        deadline_text: String::new(),
        deadlines_more: Vec::new(),
        product: None,
        parties,
    });
    Confirmed {
        id: new_id(),
        number: format!("{number}/KH"),
        kind: "Kế hoạch".into(),
        title: "Phổ biến, giáo dục pháp luật năm 2026".into(),
        date: Some(day(1, 2)),
        issuer_agency: Some(owner),
        owner_agency: owner,
        mode: Mode::InForce,
        confirmed_on: day(1, 2),
        amends: None,
        how: None,
        corrects: None,
        addressees: Vec::new(),
        tasks: tasks.collect(),
    }
}

async fn p95(client: &mut Client, paths: &[&str]) -> f64 {
    let mut worst = 0f64;
    for path in paths {
        let mut times = Vec::with_capacity(ROUNDS);
        for round in 0..ROUNDS + 10 {
            let begun = Instant::now();
            client.get(path).await.expect(200);
            if round >= 10 {
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
        times.sort_by(f64::total_cmp);
        let at = times[ROUNDS * 95 / 100];
        println!("  {path}: {at:.1} ms");
        worst = worst.max(at);
    }
    worst
}

pub async fn run(large: bool) {
    let app = TestApp::at(day(1, 2)).await;
    let engine = if app.app.db.is_sqlite() { "sqlite" } else { "postgres" };
    let size = if large { "_large" } else { "" };
    let tree = Country::of(&app, PROVINCES * COMMUNES).await;
    let commune = tree.communes[PROVINCES - 1][COMMUNES - 1];
    for number in 1..=5 {
        let tasks = if large {
            (0..56).map(|_| vec![communes(tree.root)]).collect()
        } else {
            let scopes = |at: usize| 6 + usize::from(at < 10);
            let task = |at: usize| (0..scopes(at)).map(move |j| (at * 7 + j) % PROVINCES);
            (0..30).map(|at| task(at).map(|p| communes(tree.provinces[p])).collect()).collect()
        };
        // One plan belongs to a province: not everybody sees every plan whole.
        let owner = if number == 5 { tree.provinces[0] } else { tree.root };
        let paper = paper(number, owner, tasks);
        work::plans::service::expand(&app.app, &Permit::system(), &paper, None).await.expect("expanded");
    }
    let tx = app.app.db.begin().await.expect("a transaction");
    let sql = "UPDATE obligations SET state = 'done', urgent = 0, done_on = due_date \
               WHERE agency_id IN (SELECT id FROM agencies WHERE position % 4 <> 0)";
    exec(&*tx, sql, vec![]).await.expect("done");
    tx.commit().await.expect("commit");
    work::plans::service::repair_totals(&app.app, &Permit::system()).await.expect("totals");
    app.app.db.analyze().await.expect("statistics");
    app.clock.set(day(11, 21));
    let n = scalar(app.app.db.read(), "SELECT COUNT(*) FROM obligations", vec![]).await.expect("a count");
    let late = "SELECT COUNT(*) FROM obligations WHERE urgent = 1 AND due_date < 20261121";
    let late = scalar(app.app.db.read(), late, vec![]).await.expect("a count");
    println!("{n} obligations, {late} late, 5 plans, {} agencies, {engine}", PROVINCES * (COMMUNES + 1) + 1);
    let goal = if large { 50 } else { 20 };
    let lists = [
        "/nhiem-vu?khi=cham",
        "/nhiem-vu?khi=cham&trang=20",
        "/nhiem-vu?khi=cham&vt=chu-tri&sx=han-xa",
        "/nhiem-vu?khi=cham&q=thu%203",
        "/nhiem-vu?khi=cham&cq=tinh%20so%207&tt=new",
    ];
    let mut worst = 0f64;
    for (login, role, agency) in [
        ("trung-uong", Role::Secretariat, tree.root),
        ("tinh", Role::Secretariat, tree.provinces[0]),
        ("xa", Role::FocalPoint, commune),
    ] {
        println!(" {login}");
        let mut person = app.person(login, role, agency).await;
        worst = worst.max(p95(&mut person, &lists).await);
    }
    println!("figure: plans.late_list_p95_{engine}{size} = {worst:.1} ms (goal < {goal})");
    let mut person = app.person("can-bo", Role::FocalPoint, commune).await;
    let mine = p95(&mut person, &["/viec-cua-toi"]).await;
    println!("figure: plans.my_work_p95_{engine}{size} = {mine:.1} ms (goal < 20)");
    app.clock.set(day(1, 2));
    let paper = paper(99, tree.root, (0..6).map(|_| vec![communes(tree.root)]).collect());
    let begun = Instant::now();
    work::plans::service::expand(&app.app, &Permit::system(), &paper, None).await.expect("expanded");
    let seconds = begun.elapsed().as_secs_f64();
    println!("figure: plans.expand_{}_{engine}{size} = {seconds:.2} s (goal < 3)", 6 * PROVINCES * COMMUNES);
    app.end().await;
}
