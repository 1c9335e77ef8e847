//! Every query of the reporting slice.

mod forms;

pub(super) use forms::*;
