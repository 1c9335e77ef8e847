//! Background work of the plans slice.

use kernel::{Permit, Result, Uuid};
use platform::{App, JobDef, Schedule, jobs::JobContext};
use serde::Deserialize;

use super::service;

/// Every kind of job.
pub(super) const JOBS: &[JobDef] = &[
    JobDef {
        kind: records::documents::CONFIRMED,
        run: |app, context| Box::pin(confirmed(app, context)),
        schedule: None,
    },
    JobDef { kind: "plans.settle", run: |app, context| Box::pin(settle(app, context)), schedule: None },
    JobDef {
        kind: "plans.extend",
        run: |app, context| Box::pin(extend(app, context)),
        schedule: Some(Schedule::DailyAt(3)),
    },
    JobDef { kind: "plans.mail", run: |app, context| Box::pin(mail(app, context)), schedule: None },
];

#[derive(Deserialize)]
struct Document {
    document: Uuid,
}

async fn confirmed(app: App, context: JobContext) -> Result<()> {
    let payload: Document = context.payload()?;
    service::expand_document(&app, &context, payload.document).await
}

async fn settle(app: App, context: JobContext) -> Result<()> {
    service::settle(&app, &Permit::system(), &context.payload()?).await
}

async fn extend(app: App, _: JobContext) -> Result<()> {
    service::extend_all(&app).await.map(drop)
}

async fn mail(app: App, context: JobContext) -> Result<()> {
    service::mail(&app, &context.payload()?).await
}
