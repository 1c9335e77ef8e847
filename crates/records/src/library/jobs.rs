//! Background work of the library.

use platform::{JobDef, Schedule};

use super::service;

/// Looking at films and packing them takes minutes.
pub(super) const SLOW: &[JobDef] = &[
    JobDef {
        kind: "library.check",
        run: |app, context| Box::pin(async move { service::check(&app, &context).await }),
        schedule: None,
    },
    JobDef {
        kind: "library.package",
        run: |app, context| Box::pin(async move { service::make_package(&app, &context).await }),
        schedule: None,
    },
];

/// The kinds.
pub(super) const JOBS: &[JobDef] = &[JobDef {
    kind: "library.sweep",
    run: |app, _| Box::pin(async move { service::sweep(&app).await }),
    schedule: Some(Schedule::DailyAt(3)),
}];
