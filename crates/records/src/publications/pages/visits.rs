//! What readers read.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, download, page as show},
};

use super::list::periods;
use crate::publications::{
    forms::ReadQuery,
    model::kind_name,
    policy::ReadPublications,
    service::{self, Reads},
};

#[derive(Template)]
#[template(path = "publications/templates/reads.html")]
struct ReadsPage {
    p: Chrome,
    /// Key, label and whether it is shown.
    periods: Vec<(String, String, bool)>,
    period: String,
    agency: Option<Uuid>,
    reads: Reads,
}

impl ReadsPage {
    fn kind(&self, key: &str) -> &'static str {
        kind_name(key)
    }

    fn chosen(&self, agency: &Uuid) -> bool {
        self.agency == Some(*agency)
    }
}

/// `GET /toa-soan/luot-doc`
pub(in crate::publications) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPublications>,
    Query(query): Query<ReadQuery>,
) -> Result {
    let (period, agency) = (query.period(), query.agency());
    let reads = service::reads(&app, &permit, (&period, agency)).await?;
    let recent = [("7", "7 ngày qua"), ("30", "30 ngày qua")];
    let recent = recent.map(|(key, label)| (key.to_owned(), p.t(label).to_owned(), key == period));
    let mut all = recent.to_vec();
    all.extend(periods(&app, &p, &period));
    show(&ReadsPage { periods: all, period, agency, reads, p })
}

/// `GET /toa-soan/luot-doc.csv`
pub(in crate::publications) async fn csv(
    State(app): State<App>,
    permit: Permit<ReadPublications>,
    Query(query): Query<ReadQuery>,
) -> Result {
    let sheet = service::reads_sheet(&app, &permit, (&query.period(), query.agency())).await?;
    Ok(download("luot-doc.csv", "text/csv; charset=utf-8", press::write_csv(&sheet)))
}
