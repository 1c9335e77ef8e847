//! Background work of the reporting slice.

use kernel::Result;
use platform::{App, JobDef, Schedule, jobs::JobContext};

use super::service;

/// Every kind of job.
pub(super) const JOBS: &[JobDef] = &[
    JobDef { kind: "reporting.expand", run: |app, context| Box::pin(expand(app, context)), schedule: None },
    JobDef { kind: service::JOB, run: |app, _| Box::pin(open_due(app)), schedule: Some(Schedule::DailyAt(1)) },
    JobDef {
        kind: "reporting.remind",
        run: |app, _| Box::pin(service::remind(app)),
        schedule: Some(Schedule::DailyAt(7)),
    },
];

async fn open_due(app: App) -> Result<()> {
    service::open_due(&app).await
}

async fn expand(app: App, context: JobContext) -> Result<()> {
    service::expand(&app, &context.payload()?).await
}
