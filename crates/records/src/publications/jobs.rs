//! Background work of the newsroom.

use platform::{JobDef, Schedule};

use super::service;

/// The kinds.
pub(super) const JOBS: &[JobDef] = &[JobDef {
    kind: "publications.due",
    run: |app, _| Box::pin(async move { service::publish_due(&app).await }),
    schedule: Some(Schedule::EverySeconds(20)),
}];
