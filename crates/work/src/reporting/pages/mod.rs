//! Pages of the reporting slice.

pub(super) mod forms;
