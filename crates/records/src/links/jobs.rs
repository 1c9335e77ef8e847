//! Background work on links.

use platform::{JobDef, Schedule};

use super::service;

/// Thousands of pages are asked for.
pub(super) const SLOW: &[JobDef] = &[
    JobDef {
        kind: service::LOOK,
        run: |app, context| Box::pin(async move { service::look(&app, &context).await }),
        schedule: Some(Schedule::DailyAt(2)),
    },
    JobDef {
        kind: service::AGAIN,
        run: |app, context| Box::pin(async move { service::look_again(&app, &context).await }),
        schedule: None,
    },
];
