//! Background work of the reporting slice.

use platform::JobDef;

/// Every kind of job.
pub(super) const JOBS: &[JobDef] = &[];
