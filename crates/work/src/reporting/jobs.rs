//! Background work of the reporting slice.

use kernel::Result;
use platform::{App, JobDef, Schedule, jobs::JobContext};

use super::service;

/// Every kind of job.
pub(super) const JOBS: &[JobDef] = &[
    JobDef { kind: "reporting.expand", run: |app, context| Box::pin(expand(app, context)), schedule: None },
    JobDef {
        kind: "reporting.remind",
        run: |app, _| Box::pin(service::remind(app)),
        schedule: Some(Schedule::DailyAt(7)),
    },
];

async fn expand(app: App, context: JobContext) -> Result<()> {
    service::expand(&app, &context.payload()?).await
}
