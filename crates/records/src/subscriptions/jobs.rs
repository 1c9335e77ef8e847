//! Background work of the subscriptions.

use platform::{JobDef, Schedule};

use super::service;

/// The kinds.
pub(super) const JOBS: &[JobDef] = &[
    JobDef {
        kind: "subscriptions.letter",
        run: |app, context| Box::pin(async move { service::send_letter(&app, &context.payload()?).await }),
        schedule: None,
    },
    JobDef {
        kind: "subscriptions.digest",
        run: |app, _| Box::pin(async move { service::queue_digests(&app).await }),
        schedule: Some(Schedule::DailyAt(7)),
    },
    JobDef {
        kind: "subscriptions.mail",
        run: |app, context| Box::pin(async move { service::send_digest(&app, &context.payload()?).await }),
        schedule: None,
    },
    JobDef {
        kind: "subscriptions.forget",
        run: |app, _| Box::pin(async move { service::forget_unconfirmed(&app).await }),
        schedule: Some(Schedule::DailyAt(3)),
    },
];
