//! The platform's own slice: pages on its machinery (background work, the audit trail) and what every site answers.
//!
//! **What.** `/quan-tri/cong-viec` shows the queue and runs failed jobs again; `/quan-tri/nhat-ky` shows the trail.
//!
//! **States.** Those of a job ([`crate::jobs`]); an entry of the trail is sealed or not yet.
//!
//! **Invariants.** Nothing here changes the trail; taking it away as a file is itself recorded.
//!
//! **Who may.** Administrators: jobs as a whole; of the trail, what people did for their agencies and those below, and
//! (at the top of the tree) what nobody in particular did.

mod audit_page;
mod audit_store;
mod jobs_page;

use kernel::Action;

use crate::{Access, JobDef, MenuItem, Routes, Schedule, Slice, audit, jobs, strays, web};

kernel::actions! {
    /// See background work.
    SeeJobs = "platform.jobs", "Xem công việc nền", [Administrator];
    /// Run a failed job again.
    RetryJobs = "platform.retry", "Chạy lại công việc nền", [Administrator];
    /// Read the audit trail.
    SeeAudit = "platform.audit", "Xem nhật ký", [Administrator];
}

/// The slice.
pub const SLICE: Slice =
    Slice { name: "platform", routes: table, actions: ACTIONS, jobs: JOBS, menu: MENU, ..Slice::EMPTY };

const MENU: &[MenuItem] = &[
    MenuItem {
        label: "Công việc nền", path: "/quan-tri/cong-viec", access: Access::Action(&SeeJobs::DEF), order: 120
    },
    MenuItem { label: "Nhật ký", path: "/quan-tri/nhat-ky", access: Access::Action(&SeeAudit::DEF), order: 130 },
];

fn table() -> Routes {
    Routes::new()
        .get("/assets/{*name}", Access::Public, web::serve_asset)
        .get("/sw.js", Access::Public, web::worker)
        .get("/doc.js", Access::Public, web::reader)
        .get("/manifest.webmanifest", Access::Public, web::manifest)
        .get("/cong.webmanifest", Access::Public, web::portal_manifest)
        .get("/cho-gui", Access::SignedIn, web::waiting)
        .get("/cho-gui/nguoi", Access::SignedIn, web::who)
        .get("/favicon.ico", Access::Public, web::favicon)
        .get("/healthz", Access::Public, web::health)
        .get("/ngon-ngu/{code}", Access::Public, web::language)
        .get("/quan-tri/cong-viec", Access::Action(&SeeJobs::DEF), jobs_page::list)
        .post("/quan-tri/cong-viec/{id}/chay-lai", Access::Action(&RetryJobs::DEF), jobs_page::retry)
        .get("/quan-tri/nhat-ky", Access::Action(&SeeAudit::DEF), audit_page::list)
        .get("/quan-tri/nhat-ky/xuat", Access::Action(&SeeAudit::DEF), audit_page::export)
}

const JOBS: &[JobDef] = &[
    JobDef {
        kind: "audit.seal",
        run: |app, context| Box::pin(audit::seal_job(app, context)),
        schedule: Some(Schedule::EverySeconds(60)),
    },
    JobDef {
        kind: "jobs.forget",
        run: |app, context| Box::pin(jobs::forget_old(app, context)),
        schedule: Some(Schedule::DailyAt(2)),
    },
    JobDef {
        kind: "files.sweep",
        run: |app, context| Box::pin(strays::sweep(app, context)),
        schedule: Some(Schedule::DailyAt(4)),
    },
];
