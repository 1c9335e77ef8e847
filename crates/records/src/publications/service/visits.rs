//! What readers read: by day, never finer, and without a trace of who.

use chrono::Days;
use kernel::{Permit, Result, Uuid, time};
use platform::App;
use press::{Cell, Sheet};

use super::list::days_of;
use crate::{
    activities::service::overseen_by,
    laws::service::{self as laws, ReadThing},
    publications::{
        model::kind_name,
        policy::ReadPublications,
        store::{self, AgencyViews, ReadLine, Views},
    },
};

/// Lines of a list.
const MOST: i64 = 100;

/// Lines of a sheet.
const SHEET: i64 = 20_000;

/// What was read most in a period.
pub(crate) struct Reads {
    /// Publications, of one agency or of all that the person sees.
    pub lines: Vec<ReadLine>,
    /// Views by agency.
    pub agencies: Vec<AgencyViews>,
    /// The law bookshelf and its cards, of the whole installation.
    pub shelf: Vec<ReadThing>,
}

/// What was read most in a period ("7", "30": days up to today; "2026-Q4", "2026"); three statements.
///
/// # Errors
/// [`kernel::Error::NotFound`] for what is no period.
pub(crate) async fn reads(
    app: &App,
    permit: &Permit<ReadPublications>,
    (period, agency): (&str, Option<Uuid>),
) -> Result<Reads> {
    gather(app, permit, (period, agency), MOST).await
}

async fn gather(
    app: &App,
    permit: &Permit<ReadPublications>,
    (period, agency): (&str, Option<Uuid>),
    most: i64,
) -> Result<Reads> {
    let span = days_of(app, period)?;
    let roots = overseen_by(app, permit.roots()).await?;
    let (c, roots) = (app.db.read(), roots.as_deref());
    let (lines, agencies, shelf) = tokio::try_join!(
        store::most_read(c, (roots, agency), span, most),
        store::agency_views(c, roots, span),
        laws::most_read(app, span, most)
    )?;
    Ok(Reads { lines, agencies, shelf: if agency.is_none() { shelf } else { Vec::new() } })
}

/// The same as a sheet, with everything that was read.
///
/// # Errors
/// See [`reads`].
pub(crate) async fn reads_sheet(
    app: &App,
    permit: &Permit<ReadPublications>,
    (period, agency): (&str, Option<Uuid>),
) -> Result<Sheet> {
    let all = gather(app, permit, (period, agency), SHEET).await?;
    let base = app.config.server.public_url.trim_end_matches('/');
    let text = |text: &str| Cell::from(text.to_owned());
    let lines = all.lines.iter().map(|line| {
        let path = format!("{base}/tin/{}", line.slug);
        vec![text(kind_name(&line.kind)), text(&line.title), text(&line.agency_name), text(&path), line.views.into()]
    });
    let shelf = all.shelf.iter().map(|one| {
        let path = format!("{base}{}", one.path);
        vec![text(one.kind), text(&one.title), text(""), text(&path), one.views.into()]
    });
    let columns = [("Loại", 24.0), ("Tên", 60.0), ("Cơ quan", 40.0), ("Địa chỉ", 50.0), ("Lượt đọc", 12.0)];
    Ok(Sheet {
        name: "Lượt đọc".into(),
        columns: columns.map(|(title, width)| (title.to_owned(), width)).into(),
        rows: lines.chain(shelf).collect(),
    })
}

/// How often a publication was read: in all, and in the thirty days up to today.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn views_of(app: &App, id: Uuid) -> Result<Views> {
    let today = app.clock.today();
    let since = today.checked_sub_days(Days::new(29)).unwrap_or(today);
    store::views_of(app.db.read(), id, time::date_to_int(since)).await
}
