//! Fills a demonstration with a year of work on plans: most duties done in time, some late, some still under way. What is written says that it is made up.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};
use kernel::{Actor, Result, Role, Timestamp, Uuid, time};
use platform::App;
use records::agencies::{abbreviation, directory};

use crate::{
    made_up::{Dice, person},
    plans::{
        model::{
            due::ClockKind,
            kind::{PlanKind, Stage},
            review::ReviewKind,
            state::{Act, State},
        },
        store::{self, HeldReview, NewStep, Obligation, Plan, PlanSettings, Stored, Task, Which},
    },
};

/// Duties written in one transaction.
const BATCH: usize = 200;
/// Days before a duty is due in which agencies begin with it.
const AHEAD: u64 = 75;

/// Every so many duties that are done have evidence.
const PROOF: usize = 12;
/// What it says.
const PROOF_TEXT: &str = "BÁO CÁO KẾT QUẢ THỰC HIỆN NHIỆM VỤ (dữ liệu phát sinh để trình diễn)\r\n\r\n\
                          Nhiệm vụ đã hoàn thành; tệp này do chương trình tạo ra để trình diễn.\r\n";

const RESULTS: [&str; 6] = [
    "Đã ban hành văn bản triển khai và tổ chức thực hiện đúng nội dung được giao.",
    "Đã phối hợp tổ chức hội nghị, lồng ghép với sinh hoạt chuyên đề của cơ quan.",
    "Đã biên soạn, cấp phát tài liệu và đăng tải trên trang thông tin điện tử.",
    "Đã rà soát, lập danh sách và gửi báo cáo theo yêu cầu.",
    "Đã tổ chức tuyên truyền tại cơ sở, có sự tham gia của các tổ chức đoàn thể.",
    "Đã thực hiện theo kế hoạch, kết quả được cập nhật vào báo cáo kỳ.",
];
const DIFFICULTIES: [&str; 4] = [
    "Kinh phí được cấp chậm.",
    "Thiếu báo cáo viên pháp luật thuộc lĩnh vực này.",
    "Địa bàn rộng, giao thông khó khăn nên khó tập hợp người dân.",
    "Cán bộ làm công tác kiêm nhiệm, mới được phân công.",
];

/// How far an agency came with a duty.
enum Fate {
    /// Done and confirmed on this day.
    Done(NaiveDate),
    /// Reported as done on this day; nobody has looked yet.
    Waits(NaiveDate),
    /// Under way, so many percent.
    Doing(i64),
    Untouched,
}

fn fate(dice: &mut Dice, due: NaiveDate, today: NaiveDate, steady: bool) -> Fate {
    let before = |dice: &mut Dice, most: u64| due - Days::new(dice.roll(most));
    if due > today {
        return match dice.roll(10) {
            0 if due - Days::new(AHEAD / 2) < today => Fate::Done(today - Days::new(dice.roll(12) + 1)),
            1..=4 if due - Days::new(AHEAD) < today => Fate::Doing((dice.roll(8) as i64 + 1) * 10),
            _ => Fate::Untouched,
        };
    }
    match dice.roll(100) {
        0..=79 => Fate::Done(before(dice, 20)),
        _ if steady => Fate::Done(before(dice, 20)),
        80..=87 => Fate::Done((due + Days::new(dice.roll(25) + 1)).min(today)),
        88 => Fate::Waits(before(dice, 6).min(today)),
        89..=94 => Fate::Doing((dice.roll(6) as i64 + 3) * 10),
        _ => Fate::Untouched,
    }
}

/// Lets agencies work on every active plan up to today; those of `steady` were never late. How many duties were touched.
///
/// # Errors
/// When the database refuses.
pub async fn generate(app: &App, steady: &[Uuid], seed: u64) -> Result<usize> {
    let today = app.clock.today();
    let dir = directory(app).await?;
    let mut touched = 0;
    let proof = Stored {
        name: "bao-cao-ket-qua-trinh-dien.txt".into(),
        hash: app.blobs.put(PROOF_TEXT.as_bytes().into()).await?,
        media_type: "text/plain".into(),
        size: i64::try_from(PROOF_TEXT.len()).unwrap_or(0),
    };
    for (round, plan) in store::active_plans(app.db.read()).await?.into_iter().enumerate() {
        let begun = time::date_from_int(plan.in_force_from).unwrap_or(today);
        let owner = person(&mut Dice::at(seed, round, usize::MAX >> 24), Role::Secretariat, plan.owner_id);
        review(app, &plan, &owner).await?;
        let tasks = store::tasks(app.db.read(), plan.id).await?;
        let tasks: HashMap<Uuid, &Task> = tasks.iter().map(|task| (task.id, task)).collect();
        let rows = store::obligations_of(app.db.read(), plan.id, Which::Live).await?;
        for (batch, rows) in rows.chunks(BATCH).enumerate() {
            let mut changes = Vec::new();
            let mut steps = Vec::new();
            for (n, row) in rows.iter().enumerate() {
                let mut dice = Dice::at(seed, round + 1, batch * BATCH + n);
                let clock = ClockKind::from_key(&row.clock);
                let Some(due) = time::date_from_int(row.due_date).filter(|_| clock != ClockKind::Event) else {
                    continue;
                };
                let fate = fate(&mut dice, due, today, steady.contains(&row.agency_id));
                if let Some(mut next) = worked(row, &fate, (begun, today), &mut dice) {
                    if let Some(task) =
                        tasks.get(&row.task_id).filter(|task| row.role == "lead" && task.expects_product())
                    {
                        bring_out(&mut next, task, dir.name(row.agency_id, today).unwrap_or_default(), &mut dice);
                    }
                    let worker = person(&mut dice, Role::FocalPoint, row.agency_id);
                    steps.push((row.id, history(&next, &fate, (begun, today)), worker));
                    changes.push((row.clone(), next));
                }
            }
            // Some of those who were done sent a paper along.
            let done = changes.iter().filter(|(_, next)| next.state == State::Done.key());
            let proofs: HashSet<Uuid> = done.step_by(PROOF).map(|(row, _)| row.id).collect();
            let tx = app.db.begin().await?;
            store::change_many(&tx, &changes).await?;
            for (id, history, worker) in &steps {
                let mut last = None;
                for (act, day, percent, body) in history {
                    let actor: &Actor = if *act == Act::Confirm { &owner } else { worker };
                    let step = NewStep { kind: act.key(), percent: *percent, body, ..NewStep::default() };
                    let step = store::insert_step(&tx, noon(*day), actor, *id, step).await?;
                    if *act != Act::Confirm {
                        last = Some((step, *day));
                    }
                }
                if let Some((step, day)) = last.filter(|_| proofs.contains(id)) {
                    let files = vec![proof.clone()];
                    store::insert_evidence(&tx, noon(day), worker.user, *id, step, files).await?;
                }
            }
            tx.commit().await?;
            touched += changes.len();
        }
    }
    Ok(touched)
}

/// An interim review in July, held when the day is gone by, and a final one in December.
async fn review(app: &App, plan: &Plan, owner: &Actor) -> Result<()> {
    let today = app.clock.today();
    let on = |month, day| NaiveDate::from_ymd_opt(today.year(), month, day);
    let (interim, finale) = (on(7, 10), on(12, 18));
    let settings = PlanSettings {
        kind: PlanKind::from_key(&plan.kind).key(),
        parent: plan.parent_id,
        years: (plan.year_from, plan.year_to),
        year_end: plan.year_end,
        interim,
        finale,
    };
    let tx = app.db.begin().await?;
    store::set_plan_settings(&tx, plan.id, &settings).await?;
    if let Some(day) = interim.filter(|day| *day < today) {
        let held = HeldReview {
            kind: ReviewKind::Interim.key().to_owned(),
            due_date: time::date_to_int(day),
            held_on: time::date_to_int(day - Days::new(2)),
            paper: String::new(),
            note: "Tổ chức cùng hội nghị giao ban sáu tháng (dữ liệu phát sinh).".to_owned(),
            recorded_by: owner.user,
            recorded_name: owner.name.clone(),
            recorded_at: noon(day).0,
        };
        store::insert_review(&tx, plan.id, &held).await?;
    }
    tx.commit().await
}

fn noon(day: NaiveDate) -> Timestamp {
    Timestamp::start_of(day).plus_seconds(11 * 3600)
}

/// When work on a plan begins and the day up to which it goes.
type Span = (NaiveDate, NaiveDate);

/// So many days after the beginning, or today.
fn after((begun, today): Span, days: u64) -> NaiveDate {
    (begun + Days::new(days)).min(today)
}

/// The duty as its agency left it; none when it did nothing.
fn worked(row: &Obligation, fate: &Fate, span: Span, dice: &mut Dice) -> Option<Obligation> {
    let mut next = row.clone();
    let (state, percent, day) = match fate {
        Fate::Done(day) => (State::Done, 100, Some(*day)),
        Fate::Waits(day) => (State::Submitted, 100, Some(*day)),
        Fate::Doing(percent) => (State::Doing, *percent, None),
        Fate::Untouched => return None,
    };
    let day = day.map(|day| day.max(span.0));
    next.set_state(state);
    next.percent = percent;
    next.result = dice.one(&RESULTS).to_owned();
    if state == State::Doing {
        next.difficulty = dice.one(&DIFFICULTIES).to_owned();
    }
    next.received_at = Some(noon(after(span, dice.roll(6))).0);
    next.reported_at = Some(noon(day.unwrap_or(after(span, 20))).0);
    next.done_on = day.map(time::date_to_int);
    Some(next)
}

/// How far the product is that the duty asks for.
fn bring_out(duty: &mut Obligation, task: &Task, agency: &str, dice: &mut Dice) {
    let stage = match (duty.state(), duty.percent) {
        (State::Done | State::Submitted, _) => Stage::Issued,
        (_, 60..) => Stage::Submitted,
        _ => Stage::Drafting,
    };
    duty.product_stage = stage.key().to_owned();
    if stage == Stage::Issued && !task.product_kind.is_empty() {
        let (kind, issuer) = (abbreviation(&task.product_kind), abbreviation(agency));
        duty.product_number = format!("{}/{kind}-{issuer}", dice.roll(180) + 5);
    }
}

/// The steps that led there: act, day, percent, words.
fn history(next: &Obligation, fate: &Fate, span: Span) -> Vec<(Act, NaiveDate, Option<i64>, String)> {
    let words = [next.result.as_str(), next.difficulty.as_str()].into_iter().filter(|text| !text.is_empty());
    let words = format!("{} (dữ liệu phát sinh)", words.collect::<Vec<_>>().join("\nKhó khăn, vướng mắc: "));
    let mut out = vec![(Act::Receive, after(span, 2), None, String::new())];
    match fate {
        Fate::Done(day) => {
            let day = (*day).max(span.0);
            out.push((Act::Submit, day, Some(100), words));
            out.push((Act::Confirm, day, Some(100), String::new()));
        }
        Fate::Waits(day) => out.push((Act::Submit, (*day).max(span.0), Some(100), words)),
        _ => out.push((Act::Report, after(span, 20), Some(next.percent), words)),
    }
    out
}
