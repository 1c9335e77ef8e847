//! Gathers what the overview shows; the number of statements does not depend on the number of agencies.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use kernel::{Actor, Page, Paging, Permit, Result, Uuid, time};
use platform::App;
use records::activities::{self, Filter, Measure, MonthSum, PlaceSum, What};

use super::{
    model::{last_day, months},
    policy::ReadOverview,
    store::{self, Head, Punctuality},
};
use crate::plans::service::{AgencyProgress, PlanProgress, agencies_progress, plans_progress};

/// One agency and those who lead it.
pub(super) struct AgencyLine {
    pub progress: AgencyProgress,
    pub heads: Vec<Head>,
    pub reports: Punctuality,
    pub activities: i64,
}

/// What the overview shows.
pub(super) struct Overview {
    pub plans: Vec<PlanProgress>,
    /// First days of the months shown.
    pub months: Vec<NaiveDate>,
    /// Sums of these months and of the year before.
    pub sums: Vec<MonthSum>,
    pub places: Vec<PlaceSum>,
    pub agencies: Page<AgencyLine>,
}

/// See the module.
///
/// # Errors
/// When the database refuses.
pub(super) async fn overview(app: &App, permit: &Permit<ReadOverview>, paging: Paging) -> Result<Overview> {
    let (actor, today) = (permit.actor(), app.clock.today());
    let months = months(today);
    let first = months.first().copied().unwrap_or(today);
    let before = first.checked_sub_months(Months::new(12)).unwrap_or(first);
    Ok(Overview {
        plans: plans_progress(app, actor).await?,
        sums: activities::by_month(app, actor, before, last_day(today)).await?,
        places: activities::by_place(app, actor, first, today).await?,
        agencies: agencies(app, actor, (first, today), paging).await?,
        months,
    })
}

async fn agencies(
    app: &App,
    actor: &Actor,
    (first, today): (NaiveDate, NaiveDate),
    paging: Paging,
) -> Result<Page<AgencyLine>> {
    let c = app.db.read();
    let page = agencies_progress(app, actor, paging).await?;
    let ids: Vec<Uuid> = page.rows.iter().map(|row| row.agency_id).collect();
    let mut heads: HashMap<Uuid, Vec<Head>> = HashMap::new();
    for head in store::heads(c, &ids, time::date_to_int(today)).await? {
        heads.entry(head.agency_id).or_default().push(head);
    }
    let reports = store::punctuality(c, &ids, time::date_to_int(first), time::date_to_int(today)).await?;
    let mut reports: HashMap<Uuid, Punctuality> = reports.into_iter().map(|row| (row.agency_id, row)).collect();
    let measure = Measure { what: What::Activities, filter: Filter::default() };
    let counts = activities::measures(c, &ids, first, today, &[measure]).await?;
    let counts: HashMap<Uuid, i64> =
        counts.into_iter().map(|(id, figures)| (id, figures.first().copied().unwrap_or(0))).collect();
    let line = |progress: AgencyProgress| AgencyLine {
        heads: heads.remove(&progress.agency_id).unwrap_or_default(),
        reports: reports.remove(&progress.agency_id).unwrap_or_default(),
        activities: counts.get(&progress.agency_id).copied().unwrap_or(0),
        progress,
    };
    Ok(Page { rows: page.rows.into_iter().map(line).collect(), total: page.total, paging })
}
