//! The queue of background work.

use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Permit, Timestamp, Uuid, text};
use serde::Deserialize;
use serde_json::json;

use super::{RetryJobs, SeeJobs};
use crate::{
    App,
    audit::{self, Entry},
    i18n,
    jobs::{self, Job},
    web::{Chrome, Flash, Result, page, see_other},
};

/// Jobs shown at most.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "jobs.html")]
struct JobsPage {
    p: Chrome,
    state: &'static str,
    chips: Vec<Chip>,
    rows: Vec<Line>,
}

struct Chip {
    key: &'static str,
    label: &'static str,
    count: String,
    late: bool,
}

struct Line {
    id: Uuid,
    label: String,
    detail: String,
    pill: (&'static str, &'static str),
    progress: i64,
    total: i64,
    at: String,
    failed: bool,
}

impl Line {
    fn new(job: Job) -> Self {
        let pill = match job.state.as_str() {
            "running" => ("plain", "đang chạy"),
            "done" => ("done", "xong"),
            "failed" => ("late", "hỏng"),
            _ if job.attempts > 0 => ("soon", "chờ thử lại"),
            _ => ("quiet", "chờ"),
        };
        let at = job.finished_at.unwrap_or(if job.state == "queued" { job.run_at } else { job.created_at });
        let detail = match job.error {
            Some(error) => format!("{} (lần {})", text::shorten(&error, 300), job.attempts),
            None => String::new(),
        };
        Self {
            id: job.id,
            label: i18n::label(&job.kind).to_owned(),
            detail,
            pill,
            progress: job.progress,
            total: job.progress_total,
            at: Timestamp(at).display(),
            failed: job.state == "failed",
        }
    }

    fn progress_text(&self) -> String {
        format!("{}/{}", text::display_number(self.progress), text::display_number(self.total))
    }
}

/// The query.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct JobsQuery {
    tt: String,
}

/// `GET /quan-tri/cong-viec`
pub(super) async fn list(
    State(app): State<App>,
    p: Chrome,
    _: Permit<SeeJobs>,
    Query(query): Query<JobsQuery>,
) -> Result {
    const STATES: [(&str, &str); 5] =
        [("", "Tất cả"), ("running", "Đang chạy"), ("queued", "Chờ"), ("failed", "Hỏng"), ("done", "Xong")];
    let state = STATES.iter().find(|(key, _)| *key == query.tt).map_or("", |(key, _)| *key);
    let counts = jobs::counts(&app.db).await?;
    let count = |key: &str| {
        let wanted = |(state, _): &&(String, i64)| key.is_empty() || state == key;
        counts.iter().filter(wanted).map(|(_, n)| n).sum::<i64>()
    };
    let chips = STATES
        .iter()
        .map(|(key, label)| Chip {
            key,
            label,
            count: text::display_number(count(key)),
            late: *key == "failed" && count(key) > 0,
        })
        .collect();
    let rows = jobs::recent(&app.db, (!state.is_empty()).then_some(state), SHOWN).await?;
    page(&JobsPage { p, state, chips, rows: rows.into_iter().map(Line::new).collect() })
}

/// `POST /quan-tri/cong-viec/{id}/chay-lai`
pub(super) async fn retry(State(app): State<App>, permit: Permit<RetryJobs>, Path(id): Path<Uuid>) -> Result {
    let job = jobs::get(&app.db, id).await?;
    jobs::retry(&app.db, id, app.clock.now()).await?;
    let tx = app.db.begin().await?;
    let entry = Entry { action: "platform.retry", subject: "job", id: Some(id), detail: json!({ "kind": job.kind }) };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(see_other("/quan-tri/cong-viec", Flash::ok("Công việc đã được xếp hàng để chạy lại.")))
}
