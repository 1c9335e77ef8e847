//! What other slices count of obligations.

use kernel::{Page, Paging, Result, Uuid};
use platform::App;

use crate::plans::store::{self, Figures};
pub(crate) use crate::plans::store::{Line, Part};

/// Obligations of these agencies that fall due between two days (yyyymmdd), and what became of them until `today`.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn figures(app: &App, agencies: &[Uuid], period: (i64, i64), today: i64) -> Result<Figures> {
    store::figures(app.db.read(), agencies, period, today).await
}

/// The obligations behind one of these figures.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn behind_figure(
    app: &App,
    agencies: &[Uuid],
    period: (i64, i64),
    part: (Part, i64),
    paging: Paging,
) -> Result<Page<Line>> {
    store::behind_figure(app.db.read(), agencies, period, part, paging).await
}

/// Difficulties that were reported with obligations of a period, the newest first.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn difficulties(
    app: &App,
    agencies: &[Uuid],
    period: (i64, i64),
    limit: i64,
) -> Result<Vec<store::Difficulty>> {
    store::difficulties(app.db.read(), agencies, period, limit).await
}
