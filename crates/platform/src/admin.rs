//! The platform's own slice: its background work and the pages on its machinery.

use crate::{JobDef, Routes, Schedule, Slice, audit, jobs};

/// The slice.
pub const SLICE: Slice = Slice { name: "platform", routes: Routes::new, actions: &[], jobs: JOBS, menu: &[] };

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
];
