//! My work.

use askama::Template;
use axum::extract::State;
use chrono::Datelike;
use kernel::{Permit, Role, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, guard::SignedIn, page as show, see_other},
};

use super::today_in_words;
use crate::plans::{
    policy::ReadPlans,
    store::{self, Finished, Line, Notice, Scope, Waiting},
    views::{Row, day},
};

/// Most rows of one's own work on the page; the full list is elsewhere.
const ROWS: i64 = 300;

#[derive(Template)]
#[template(path = "plans/templates/mine.html")]
struct MinePage {
    p: Chrome,
    today: String,
    works: bool,
    late: Vec<Row>,
    soon: Vec<Row>,
    fresh: i64,
    rest: Vec<Row>,
    waiting: Vec<WaitingRow>,
    notices: Vec<Notice>,
    longest: i64,
    nearest: String,
    finished: Finished,
}

struct WaitingRow {
    path: String,
    class: &'static str,
    pill: &'static str,
    head: String,
    body: String,
}

impl WaitingRow {
    fn of(p: &Chrome, row: Waiting) -> Self {
        let until = row.wanted_date.map(day).unwrap_or_default();
        let (class, pill, head) = match row.kind.as_str() {
            "extend" => ("plain", "gia hạn", format!("{} {} {}", row.agency_name, p.t("đề nghị gia hạn đến"), until)),
            "adjust" => ("plain", "kiến nghị", format!("{} {}", row.agency_name, p.t("kiến nghị điều chỉnh"))),
            _ => ("done", "chờ xác nhận", format!("{} {}", row.agency_name, p.t("báo hoàn thành"))),
        };
        let head = format!("{head}: {} {}", row.anchor, kernel::text::shorten(&row.title, 80));
        let body = kernel::text::shorten(&row.body, 160);
        Self { path: format!("/nghia-vu/{}", row.obligation_id), class, pill, head, body }
    }
}

/// `GET /viec-cua-toi`
pub(in crate::plans) async fn page(State(app): State<App>, p: Chrome, SignedIn(actor): SignedIn) -> Result {
    let c = app.db.read();
    let today = app.clock.today();
    let working = [Role::FocalPoint, Role::Contributor, Role::Secretariat, Role::Leader, Role::Editor];
    let mut agencies: Vec<Uuid> =
        actor.holdings.iter().filter(|held| working.contains(&held.role)).map(|held| held.agency).collect();
    agencies.dedup();
    let lines = store::mine(c, &agencies, ROWS).await?;
    let finished = store::finished(c, &agencies, i64::from(today.year()) * 10_000).await?;
    let waiting = match Permit::<ReadPlans>::of(&actor) {
        Some(permit) => {
            let scope = Scope::of(c, &permit).await?;
            store::waiting(c, &scope, 50).await?
        }
        None => Vec::new(),
    };
    let notices = store::notices(c, actor.user).await?;
    let left = |line: &Line| crate::plans::model::days_left(line.due_date, today).unwrap_or(i64::MAX);
    let late = |line: &&Line| line.urgent == 1 && left(line) < 0;
    let soon = |line: &&Line| line.urgent == 1 && (0..=7).contains(&left(line));
    let all = Row::with_activities(&app, &p, &lines, today).await?;
    let rows = |keep: &dyn Fn(&&Line) -> bool| {
        lines.iter().zip(&all).filter(|(line, _)| keep(line)).map(|(_, row)| row.clone()).collect()
    };
    let view = MinePage {
        today: today_in_words(p.lang, today),
        works: !agencies.is_empty(),
        late: rows(&late),
        soon: rows(&soon),
        rest: rows(&|line| !late(line) && !soon(line)),
        fresh: i64::try_from(lines.iter().filter(|line| line.state == "new").count()).unwrap_or(0),
        waiting: waiting.into_iter().map(|row| WaitingRow::of(&p, row)).collect(),
        notices,
        longest: lines.iter().filter(late).map(|line| -left(line)).max().unwrap_or(0),
        nearest: lines.iter().find(soon).map(|line| day(line.due_date)).unwrap_or_default(),
        finished,
        p,
    };
    show(&view)
}

/// `POST /viec-cua-toi/da-doc`
pub(in crate::plans) async fn read(State(app): State<App>, SignedIn(actor): SignedIn) -> Result {
    let tx = app.db.begin().await?;
    store::read_notices(&tx, actor.user, app.clock.now()).await?;
    tx.commit().await?;
    Ok(see_other("/viec-cua-toi", Flash::ok("Đã đánh dấu mọi thông báo là đã đọc.")))
}
