//! 3,321 communes × 12 months × 40 cells: intake over the network, what is sent twice, approvals, tables of the nation and of a province.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use kernel::{Role, Uuid};
use store::{FromQueryResult, all, exec, scalar};
use testkit::TestApp;
use tokio::task::JoinSet;

use crate::{
    country::{Country, PROVINCES},
    scene::{Sending, body, free_address, rounds, signed_in},
    wire::Wire,
    years,
};

/// Communes since 01/07/2025.
const COMMUNES: usize = 3_321;
/// Reports a second of the open arrivals, and for how many seconds.
const RATE: usize = 300;
const SECONDS: usize = 20;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    agency_id: Uuid,
}

fn percentile(times: &mut [f64], share: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// Sends each report at its moment, whatever became of those before; milliseconds from that moment to the answer.
async fn arrivals(address: &str, work: &[Sending]) -> (Vec<f64>, usize) {
    let (give, take) = async_channel(work.len());
    let begun = Instant::now() + Duration::from_millis(200);
    let mut senders = JoinSet::new();
    for _ in 0..32 {
        let (take, address) = (take.clone(), address.to_owned());
        senders.spawn(async move {
            let mut wire = Wire::to(&address).await.expect("a connection");
            let mut out = Vec::new();
            loop {
                let next = take.lock().await.recv().await;
                let Some((at, token, body)): Option<(Instant, Arc<str>, String)> = next else { return out };
                let (status, _) = wire.ask("POST", "/api/bao-cao", &token, &body).await.expect("an answer");
                out.push((at.elapsed().as_secs_f64() * 1000.0, status));
            }
        });
    }
    drop(take);
    for (n, sending) in work.iter().enumerate() {
        let at = begun + Duration::from_secs_f64(n as f64 / RATE as f64);
        tokio::time::sleep_until(at.into()).await;
        give.send((at, sending.token.clone(), sending.body.clone())).expect("a sender");
    }
    drop(give);
    let all: Vec<(f64, u16)> = senders.join_all().await.into_iter().flatten().collect();
    let refused = all.iter().filter(|(_, status)| *status != 200).count();
    (all.into_iter().map(|(time, _)| time).collect(), refused)
}

type Queue = (
    tokio::sync::mpsc::UnboundedSender<(Instant, Arc<str>, String)>,
    Arc<tokio::sync::Mutex<tokio::sync::mpsc::UnboundedReceiver<(Instant, Arc<str>, String)>>>,
);

fn async_channel(_: usize) -> Queue {
    let (give, take) = tokio::sync::mpsc::unbounded_channel();
    (give, Arc::new(tokio::sync::Mutex::new(take)))
}

/// 34 senders, each with a connection and the communes of its province: seconds, answers that were not 200, a digest of all answers.
async fn saturated(address: &str, work: &Arc<Vec<Vec<Sending>>>) -> (f64, usize, Vec<f64>, u64) {
    let begun = Instant::now();
    let mut senders = JoinSet::new();
    for p in 0..work.len() {
        let (work, address) = (work.clone(), address.to_owned());
        senders.spawn(async move {
            let mut wire = Wire::to(&address).await.expect("a connection");
            let (mut refused, mut times, mut digest) = (0, Vec::new(), 0u64);
            for sending in &work[p] {
                let at = Instant::now();
                let (status, answer) =
                    wire.ask("POST", "/api/bao-cao", &sending.token, &sending.body).await.expect("an answer");
                times.push(at.elapsed().as_secs_f64() * 1000.0);
                if status != 200 {
                    if refused == 0 {
                        println!("  refused: {status} {answer}");
                    }
                    refused += 1;
                }
                let sum = answer.bytes().fold(0u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
                digest = digest.wrapping_add(sum);
            }
            (refused, times, digest)
        });
    }
    let parts = senders.join_all().await;
    let seconds = begun.elapsed().as_secs_f64();
    let refused = parts.iter().map(|(refused, ..)| refused).sum();
    let digest = parts.iter().fold(0u64, |sum, (_, _, digest)| sum.wrapping_add(*digest));
    (seconds, refused, parts.into_iter().flat_map(|(_, times, _)| times).collect(), digest)
}

/// What the communes of each province send for these months.
fn by_province(
    tokens: &[Vec<Arc<str>>],
    months: std::ops::RangeInclusive<usize>,
    sending: &impl Fn(usize, usize, usize) -> Sending,
    wanted: impl Fn(&Sending) -> bool,
) -> Vec<Vec<Sending>> {
    let of = |(p, communes): (usize, &Vec<Arc<str>>)| {
        let pairs = months.clone().flat_map(|month| (0..communes.len()).map(move |c| (c, month)));
        pairs.map(|(c, month)| sending(p, c, month)).filter(&wanted).collect()
    };
    tokens.iter().enumerate().map(of).collect()
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}

async fn page(wire: &mut Wire, token: &str, path: &str, rounds: usize) -> f64 {
    let mut times = Vec::new();
    for _ in 0..rounds {
        let begun = Instant::now();
        let (status, _) = wire.ask("GET", path, token, "").await.expect("an answer");
        assert_eq!(status, 200, "{path}");
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    percentile(&mut times, 95)
}

/// Runs it.
pub async fn run() {
    let address = free_address();
    let app = TestApp::with(|config| {
        config.server.listen = address.clone();
        config.storage.connections = 8;
    })
    .await;
    app.clock.set(NaiveDate::from_ymd_opt(2026, 12, 31).expect("a date"));
    let engine = if app.app.db.is_sqlite() { "sqlite" } else { "postgres" };
    let country = Country::of(&app, COMMUNES).await;
    let begun = Instant::now();
    let rounds = rounds(&app, country.root).await;
    let reports = count(&app, "SELECT COUNT(*) FROM reports").await;
    println!("{reports} reports in {} rounds opened in {:.1} s, {engine}", rounds.len(), begun.elapsed().as_secs_f64());
    let combined =
        "INSERT INTO report_agencies (agency_id, combined, changed_by, changed_at) SELECT id, $1, id, 0 FROM agencies";
    let tx = app.app.db.begin().await.expect("a transaction");
    exec(&*tx, combined, vec![true.into()]).await.expect("settings");
    tx.commit().await.expect("commit");
    let mut tokens: Vec<Vec<Arc<str>>> = Vec::new();
    for (p, communes) in country.communes.iter().enumerate() {
        let mut here = Vec::new();
        for (c, commune) in communes.iter().enumerate() {
            let roles = [Role::Leader, Role::FocalPoint];
            here.push(signed_in(&app, &format!("xa-{p}-{c}"), &roles, *commune).await.into());
        }
        tokens.push(here);
    }
    app.app.db.analyze().await.expect("statistics");
    let serving = tokio::spawn(app::start::serve(app.app.clone(), false, std::future::pending()));
    while Wire::to(&address).await.is_err() {
        tokio::task::yield_now().await;
    }
    let sending = |p: usize, c: usize, month: usize| Sending {
        token: tokens[p][c].clone(),
        body: body(month, &format!("tinh-{p}-xa-{c}-thang-{month}"), p * 101 + c * 13 + month),
    };
    // Open arrivals: communes of all provinces by turns, two months.
    let open: Vec<Sending> = (1..=2)
        .flat_map(|month| (0..98).flat_map(move |c| (0..PROVINCES).map(move |p| (p, c, month))))
        .filter(|(p, c, _)| *c < country.communes[*p].len())
        .take(RATE * SECONDS)
        .map(|(p, c, month)| sending(p, c, month))
        .collect();
    // What the open arrivals leave of these months comes first: like any database that has lived a day, this one then knows how large its tables are.
    let asked: HashSet<&str> = open.iter().map(|sending| sending.body.as_str()).collect();
    let rest = by_province(&tokens, 1..=2, &sending, |sending| !asked.contains(sending.body.as_str()));
    let (_, mut refused_in_all, ..) = saturated(&address, &Arc::new(rest)).await;
    app.app.db.analyze().await.expect("statistics");
    let (mut times, refused) = arrivals(&address, &open).await;
    refused_in_all += refused;
    println!("  {} reports at {RATE}/s, {refused} refused, p50 {:.1} ms", open.len(), percentile(&mut times, 50));
    println!("figure: reports.intake_p95_{engine} = {:.1} ms (goal < 10)", percentile(&mut times, 95));
    let early = Arc::new(by_province(&tokens, 1..=2, &sending, |_| true));
    let months = Arc::new(by_province(&tokens, 3..=12, &sending, |_| true));
    let total: usize = months.iter().map(Vec::len).sum();
    let (seconds, refused, mut times, digest) = saturated(&address, &months).await;
    refused_in_all += refused;
    println!(
        "  {total} reports by 34 senders in {seconds:.1} s, {refused} refused, p95 {:.1} ms",
        percentile(&mut times, 95)
    );
    println!("figure: reports.intake_rate_{engine} = {:.0} reports/s (goal ≥ 1000)", total as f64 / seconds);
    let marks = "SELECT CAST(SUM(version) AS BIGINT) FROM reports";
    let before = (count(&app, marks).await, count(&app, "SELECT COUNT(*) FROM report_steps").await);
    let (again, refused, _, second) = saturated(&address, &months).await;
    let (_, refused_early, ..) = saturated(&address, &early).await;
    let after = (count(&app, marks).await, count(&app, "SELECT COUNT(*) FROM report_steps").await);
    let all = tokens.iter().map(Vec::len).sum::<usize>() * 12;
    let taken = 2 * all - (refused_in_all + refused + refused_early);
    println!("  {all} reports, those of the open arrivals among them, each sent twice");
    println!("figure: reports.success_{engine} = {:.3} % (goal 100)", taken as f64 / (2 * all) as f64 * 100.0);
    let effect = i64::from(digest != second) + (after.0 - before.0).abs() + (after.1 - before.1).abs();
    println!("figure: reports.changed_by_resending_{engine} = {effect} reports (goal 0)");
    println!("figure: reports.resent_rate_{engine} = {:.0} reports/s", total as f64 / again);
    approvals(&app, &address, &country, &rounds, engine).await;
    serving.abort();
    app.end().await;
}

/// Every report approved by its province, tables read between.
async fn approvals(app: &TestApp, address: &str, country: &Country, rounds: &[Uuid], engine: &str) {
    let mut deciders = Vec::new();
    for (p, province) in country.provinces.iter().enumerate() {
        let token: Arc<str> = signed_in(app, &format!("tinh-{p}"), &[Role::Secretariat], *province).await.into();
        deciders.push(token);
    }
    let sent = "SELECT id, parent_id AS agency_id FROM reports WHERE state = 'submitted' ORDER BY round_id, id";
    let sent: Vec<Row> = all(app.app.db.read(), sent, vec![]).await.expect("reports");
    let mut by_province: Vec<Vec<Uuid>> = vec![Vec::new(); PROVINCES];
    for row in sent {
        if let Some(p) = country.provinces.iter().position(|province| *province == row.agency_id) {
            by_province[p].push(row.id);
        }
    }
    // A hundred are kept back: the tables are read right after each of them.
    let kept: Vec<(usize, Uuid)> =
        (0..100).filter_map(|n| Some((n % PROVINCES, by_province[n % PROVINCES].pop()?))).collect();
    let begun = Instant::now();
    let mut senders = JoinSet::new();
    let total: usize = by_province.iter().map(Vec::len).sum();
    for (token, ids) in deciders.iter().cloned().zip(by_province) {
        let address = address.to_owned();
        senders.spawn(async move {
            let mut wire = Wire::to(&address).await.expect("a connection");
            for id in ids {
                let (status, _) =
                    wire.ask("POST", &format!("/bao-cao/{id}/duyet"), &token, "").await.expect("an answer");
                assert_eq!(status, 303, "an approval");
            }
        });
    }
    senders.join_all().await;
    let seconds = begun.elapsed().as_secs_f64();
    println!("figure: reports.approval_rate_{engine} = {:.0} reports/s", total as f64 / seconds);
    let ministry = signed_in(app, "bo", &[Role::Secretariat], country.root).await;
    let mut wire = Wire::to(address).await.expect("a connection");
    let (mut national, mut province) = (Vec::new(), Vec::new());
    for (p, id) in kept {
        wire.ask("POST", &format!("/bao-cao/{id}/duyet"), &deciders[p], "").await.expect("an answer");
        let round: Vec<Row> = all(
            app.app.db.read(),
            "SELECT round_id AS id, parent_id AS agency_id FROM reports WHERE id = $1",
            vec![id.into()],
        )
        .await
        .expect("a report");
        let round = round[0].id;
        let path = format!("/ky-bao-cao/{round}");
        national.push(page(&mut wire, &ministry, &path, 1).await);
        province.push(page(&mut wire, &ministry, &format!("{path}?co={}", country.provinces[p]), 1).await);
    }
    let (whole, part) = (percentile(&mut national, 95), percentile(&mut province, 95));
    println!("figure: reports.national_table_p95_{engine} = {whole:.1} ms (goal < 100)");
    println!("figure: reports.province_table_p95_{engine} = {part:.1} ms (goal < 100)");
    grows("table_1_to_34_provinces", part, whole, engine);
    let today = page(&mut wire, &ministry, &format!("/ky-bao-cao/{}?xem=nay", rounds[0]), 50).await;
    println!("figure: reports.national_table_today_p95_{engine} = {today:.1} ms (goal < 100)");
    let last = rounds[rounds.len() - 1];
    let mut before = None;
    for (years, cell) in [(1, "c1"), (5, "c38")] {
        if years == 5 {
            years::before(app, country, rounds).await;
        }
        let path = format!("/ky-bao-cao/{last}/qua-cac-ky/{cell}?xem=nay");
        let nation = page(&mut wire, &ministry, &path, 20).await;
        let province = page(&mut wire, &ministry, &format!("{path}&co={}", country.provinces[0]), 20).await;
        println!("figure: reports.history_{years}_years_nation_p95_{engine} = {nation:.0} ms (goal < 500)");
        println!("figure: reports.history_{years}_years_province_p95_{engine} = {province:.0} ms (goal < 500)");
        grows(&format!("history_{years}_years_1_to_34_provinces"), province, nation, engine);
        if let Some((province_before, nation_before)) = before.replace((province, nation)) {
            grows("history_province_1_to_5_years", province_before, province, engine);
            grows("history_nation_1_to_5_years", nation_before, nation, engine);
        }
    }
    let list = page(&mut wire, &deciders[0], "/ky-bao-cao", 50).await;
    println!("figure: reports.rounds_list_province_p95_{engine} = {list:.1} ms (goal < 30)");
    let province = page(&mut wire, &deciders[0], "/ky-bao-cao/bang", 50).await;
    println!("figure: reports.board_province_p95_{engine} = {province:.1} ms (goal < 30)");
    let nation = page(&mut wire, &ministry, "/ky-bao-cao/bang", 20).await;
    println!("figure: reports.board_nation_p95_{engine} = {nation:.1} ms");
    grows("board_1_to_34_provinces", province, nation, engine);
}

/// By how much a time grows from little to much.
fn grows(what: &str, little: f64, much: f64, engine: &str) {
    println!("figure: reports.growth_{what}_{engine} = {:.2} times", much / little.max(0.001));
}
