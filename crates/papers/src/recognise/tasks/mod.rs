//! Clause tree, tables, tasks, deadlines and agencies.

use super::clean::Clean;
use crate::Paper;

/// Fills the clauses, tables and tasks of `paper` from the cleaned text.
pub(crate) fn fill(clean: &Clean, paper: &mut Paper) {
    let _ = (clean, paper);
}
