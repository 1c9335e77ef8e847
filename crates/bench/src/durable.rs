//! What was acknowledged is there: the program is killed in the middle of intake, again and again; and a trace shows that the disk has each report
//! before its answer.

use std::{
    collections::BTreeMap,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use kernel::{Role, Uuid};
use store::{Db, FromQueryResult, all, exec, scalar};
use testkit::TestApp;
use tokio::task::JoinSet;

use crate::{
    country::Country,
    scene::{Sending, body, free_address, rounds, signed_in},
    wire::Wire,
};

/// Communes of the small country in which this is tried.
const COMMUNES: usize = 340;
const KILLS: usize = 50;
const TRACED: usize = 100;

/// The program on the data of a test, in a process of its own.
struct Program {
    child: Child,
    address: String,
}

impl Program {
    async fn start(mut command: Command, app: &TestApp, address: &str) -> Self {
        let folder = app.folder.path();
        command
            .env("LANTOA_STORAGE__DATA", folder)
            .env("LANTOA_STORAGE__DATABASE", app.app.config.database_url())
            .env("LANTOA_SERVER__LISTEN", address)
            .env("LANTOA_SERVER__PUBLIC_URL", format!("http://{address}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let program = Self { child: command.spawn().expect("the program"), address: address.to_owned() };
        while Wire::to(&program.address).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        program
    }

    /// `kill -9`.
    fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

fn lantoa() -> Command {
    let program = std::env::current_exe().expect("this program").with_file_name("lantoa");
    assert!(program.exists(), "{} is missing: cargo build --profile demo --bin lantoa", program.display());
    let mut command = Command::new(program);
    command.args(["serve", "--no-worker"]);
    command
}

/// A small country with a year of rounds; what is to be sent.
async fn scene() -> (TestApp, Vec<Sending>) {
    let app = TestApp::new().await;
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2026, 12, 31).expect("a date"));
    let country = Country::of(&app, COMMUNES).await;
    rounds(&app, country.root).await;
    let tx = app.app.db.begin().await.expect("a transaction");
    let combined =
        "INSERT INTO report_agencies (agency_id, combined, changed_by, changed_at) SELECT id, $1, id, 0 FROM agencies";
    exec(&*tx, combined, vec![true.into()]).await.expect("settings");
    tx.commit().await.expect("commit");
    let mut work = Vec::new();
    let communes: Vec<Uuid> = country.communes.into_iter().flatten().collect();
    let mut tokens: Vec<Arc<str>> = Vec::new();
    for (c, commune) in communes.iter().enumerate() {
        tokens.push(signed_in(&app, &format!("xa-{c}"), &[Role::Leader, Role::FocalPoint], *commune).await.into());
    }
    // The program under test keeps the real time.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis() as i64);
    let tx = app.app.db.begin().await.expect("a transaction");
    let sql = "UPDATE sessions SET seen_at = $1, expires_at = $2";
    exec(&*tx, sql, vec![now.into(), (now + 86_400_000).into()]).await.expect("sessions");
    exec(&*tx, "UPDATE holdings SET valid_from = 20200101", vec![]).await.expect("holdings");
    tx.commit().await.expect("commit");
    for month in 1..=12 {
        for (c, token) in tokens.iter().enumerate() {
            let body = body(month, &format!("xa-{c}-thang-{month}"), c * 13 + month);
            work.push(Sending { token: token.clone(), body });
        }
    }
    (app, work)
}

#[derive(FromQueryResult)]
struct Kept {
    intake_key: String,
    answer: String,
}

/// What is half there: reports without their receipt or history, receipts without their report.
async fn half_written(db: &Db) -> i64 {
    let mut found = 0;
    for sql in [
        "SELECT COUNT(*) FROM reports r WHERE r.version > 0 AND NOT EXISTS (SELECT 1 FROM report_intakes i WHERE i.report_id = r.id)",
        "SELECT COUNT(*) FROM report_intakes i JOIN reports r ON r.id = i.report_id WHERE r.state <> 'submitted' OR r.frozen = ''",
        "SELECT COUNT(*) FROM report_intakes i WHERE (SELECT COUNT(*) FROM report_steps s WHERE s.report_id = i.report_id) <> 4",
        "SELECT COUNT(*) FROM report_intakes i WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.subject_id = i.report_id)",
    ] {
        found += scalar(db.read(), sql, vec![]).await.expect("a count");
    }
    found
}

/// Kills the program fifty times in the middle of intake.
pub async fn kill() {
    let (app, work) = scene().await;
    let engine = if app.app.db.is_sqlite() { "sqlite" } else { "postgres" };
    let work = Arc::new(work);
    let told: Arc<Mutex<BTreeMap<usize, String>>> = Arc::default();
    let next = Arc::new(Mutex::new(Vec::<usize>::new()));
    let mut seed = 20_261_122u64;
    let (mut lost, mut half, mut refused) = (0, 0, 0);
    for round in 0..KILLS {
        let address = free_address();
        let program = Program::start(lantoa(), &app, &address).await;
        // Those in doubt are sent first, with the keys they had.
        let known = told.lock().expect("a lock").clone();
        *next.lock().expect("a lock") = (0..work.len()).rev().filter(|n| !known.contains_key(n)).collect();
        let mut senders = JoinSet::new();
        for _ in 0..8 {
            let (work, told, next, address) = (work.clone(), told.clone(), next.clone(), address.clone());
            senders.spawn(async move {
                let mut refused = 0;
                let Ok(mut wire) = Wire::to(&address).await else { return 0 };
                loop {
                    let Some(n) = next.lock().expect("a lock").pop() else { return refused };
                    match wire.ask("POST", "/api/bao-cao", &work[n].token, &work[n].body).await {
                        Ok((200, answer)) => drop(told.lock().expect("a lock").insert(n, answer)),
                        Ok(_) => refused += 1,
                        Err(_) => return refused,
                    }
                }
            });
        }
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_millis(20 + (seed >> 33) % 130)).await;
        program.kill();
        refused += senders.join_all().await.into_iter().sum::<usize>();
        let kept: Vec<Kept> =
            all(app.app.db.read(), "SELECT intake_key, answer FROM report_intakes", vec![]).await.expect("receipts");
        let kept: BTreeMap<String, String> = kept.into_iter().map(|row| (row.intake_key, row.answer)).collect();
        let told = told.lock().expect("a lock").clone();
        for (n, answer) in &told {
            let (month, commune) = (n / COMMUNES + 1, n % COMMUNES);
            if kept.get(&format!("xa-{commune}-thang-{month}")) != Some(answer) {
                lost += 1;
            }
        }
        half += half_written(&app.app.db).await;
        if round % 10 == 9 {
            println!("  {} kills, {} reports acknowledged, {} in the database", round + 1, told.len(), kept.len());
        }
    }
    println!("figure: durable.lost_after_{KILLS}_kills_{engine} = {lost} reports (goal 0)");
    println!("figure: durable.half_written_{engine} = {half} reports (goal 0); {refused} refused");
    app.end().await;
}

fn seconds() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |now| now.as_secs_f64())
}

/// Moments at which a write to the disk had ended, from a trace.
fn synced(trace: &Path) -> Vec<f64> {
    let text = std::fs::read_to_string(trace).unwrap_or_default();
    let ended = |line: &&str| {
        (line.contains("fdatasync(") || line.contains("fsync(") || line.contains("sync resumed>"))
            && line.contains("= 0")
    };
    text.lines().filter(ended).filter_map(|line| line.split_whitespace().nth(1)?.parse().ok()).collect()
}

/// A hundred reports, one after the other, under a trace of the process that writes.
pub async fn trace() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        println!("skipped: durable.synced needs strace (apt-get install strace)");
        return;
    }
    let (app, work) = scene().await;
    let sqlite = app.app.db.is_sqlite();
    let engine = if sqlite { "sqlite" } else { "postgres" };
    let file = app.folder.path().join("trace");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-ttt", "-e", "trace=fdatasync,fsync", "-o"]).arg(&file);
    let address = free_address();
    let mut tracer = None;
    let program = if sqlite {
        // The program itself is our child, to be killed; the tracer stands aside.
        strace.arg("-D").arg(lantoa().get_program()).args(lantoa().get_args());
        Program::start(strace, &app, &address).await
    } else {
        let row =
            scalar(app.app.db.read(), "SELECT CAST(pg_backend_pid() AS BIGINT)", vec![]).await.expect("a process");
        let status = std::fs::read_to_string(format!("/proc/{row}/status")).unwrap_or_default();
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:")).map(str::trim).unwrap_or_default();
        tracer = Some(strace.args(["-q", "-p", parent]).spawn().expect("a trace"));
        tokio::time::sleep(Duration::from_millis(500)).await;
        Program::start(lantoa(), &app, &address).await
    };
    let mut wire = Wire::to(&address).await.expect("a connection");
    let mut moments = Vec::new();
    for sending in work.iter().take(TRACED) {
        let begun = seconds();
        let (status, answer) =
            wire.ask("POST", "/api/bao-cao", &sending.token, &sending.body).await.expect("an answer");
        assert_eq!(status, 200, "{answer}");
        moments.push((begun, seconds()));
    }
    program.kill();
    if let Some(mut tracer) = tracer {
        // Asked to end, it writes what it still holds and lets go of the server.
        Command::new("kill").args(["-INT", &tracer.id().to_string()]).status().expect("asked to end");
        tracer.wait().expect("ended");
    }
    let synced = synced(&file);
    let covered = moments.iter().filter(|(begun, ended)| synced.iter().any(|at| begun <= at && at <= ended)).count();
    println!("figure: durable.synced_before_answer_{engine} = {covered} of {TRACED} reports (goal {TRACED})");
    app.end().await;
}
