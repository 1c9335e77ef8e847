//! Reading the addresses of the overview slice.

use kernel::Paging;
use platform::web::guard;
use serde::Deserialize;

/// The query of the overview.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct OverviewQuery {
    /// "luot": turns of attendance instead of activities.
    pub theo: String,
    /// Page of the agencies.
    pub trang: Option<u32>,
    /// Which chart is taken away.
    pub hinh: String,
}

impl OverviewQuery {
    pub(super) fn by_turns(&self) -> bool {
        self.theo == "luot"
    }

    pub(super) fn paging(&self) -> Paging {
        Paging { size: 20, ..Paging::new(self.trang) }
    }

    /// The same overview; ends in `&` when not empty.
    pub(super) fn kept(&self) -> String {
        guard::query([("theo", self.theo.as_str())])
    }
}
