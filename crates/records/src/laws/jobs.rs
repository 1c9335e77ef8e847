//! Background work of the bookshelf.

use platform::{JobDef, Schedule};

use super::service;

/// The kinds.
pub(super) const JOBS: &[JobDef] = &[JobDef {
    kind: "laws.day",
    run: |app, _| Box::pin(async move { service::new_day(&app).await }),
    schedule: Some(Schedule::DailyAt(0)),
}];
