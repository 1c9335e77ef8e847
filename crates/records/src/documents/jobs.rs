//! Background work of the documents slice.

use platform::JobDef;

use super::service::{self, READ_JOB, ReadJob};

/// The kinds.
pub(super) const JOBS: &[JobDef] = &[JobDef {
    kind: READ_JOB,
    run: |app, context| {
        Box::pin(async move {
            let job: ReadJob = context.payload()?;
            service::read_waiting(&app, job.document).await
        })
    },
    schedule: None,
}];
