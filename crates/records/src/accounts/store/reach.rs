//! How far a permit reaches.

use kernel::{Permit, Uuid};
use store::Params;

/// Over which agencies something may be done.
#[derive(Debug, Clone)]
pub struct Reach {
    roots: Vec<Uuid>,
    everywhere: bool,
}

impl Reach {
    /// Of a permit.
    pub fn of<A: kernel::Action>(permit: &Permit<A>) -> Self {
        Self { roots: permit.roots().to_vec(), everywhere: permit.everywhere() }
    }

    /// These agencies and everything below them.
    pub fn below(roots: Vec<Uuid>) -> Self {
        Self { roots, everywhere: false }
    }

    /// The condition that the agency in `column` is within it; `strictly`: below the tops, not one of them.
    pub(in crate::accounts) fn holds(&self, params: &mut Params, column: &str, strictly: bool) -> String {
        if self.everywhere {
            return "1 = 1".into();
        }
        let below = if strictly { " AND c.ancestor_id <> c.descendant_id" } else { "" };
        format!(
            "EXISTS (SELECT 1 FROM agency_closure c WHERE c.ancestor_id IN ({}) AND c.descendant_id = {column}{below})",
            params.list(self.roots.iter().copied())
        )
    }
}
