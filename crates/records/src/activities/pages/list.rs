//! The list of activities, and the same as a workbook or CSV.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Error, FieldErrors, Page, Permit};
use platform::{
    App,
    web::{Chrome, Result, XLSX, download, page as show, page_invalid},
};

use crate::activities::{
    forms::ListQuery,
    model::definitions::{Definitions, Entry, Kind, definitions},
    policy::{ReadActivities, RecordActivities},
    service,
    store::Totals,
    views::{Row, kinds_by_form},
};

#[derive(Template)]
#[template(path = "activities/templates/list.html")]
struct ListPage {
    p: Chrome,
    query: ListQuery,
    errors: FieldErrors,
    list: Page<Row>,
    totals: Totals,
    partner: i64,
    kinds: Vec<(&'static Entry, Vec<&'static Kind>)>,
    lists: &'static Definitions,
    records: bool,
}

/// `GET /hoat-dong`
pub(in crate::activities) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadActivities>,
    Query(query): Query<ListQuery>,
) -> Result {
    let mut errors = FieldErrors::default();
    let wanted = query.query(&mut errors);
    let listing = service::listing(&app, &permit, &wanted, query.paging()).await?;
    let found = listing.page;
    let view = ListPage {
        records: Permit::<RecordActivities>::of(permit.actor()).is_some(),
        list: Page { rows: found.rows.iter().map(Row::of).collect(), total: found.total, paging: found.paging },
        totals: listing.totals,
        partner: listing.partner,
        kinds: kinds_by_form(),
        lists: definitions(),
        query,
        errors,
        p,
    };
    if view.errors.is_empty() { show(&view) } else { page_invalid(&view) }
}

async fn sheet(app: &App, permit: &Permit<ReadActivities>, query: &ListQuery) -> kernel::Result<press::Sheet> {
    let mut errors = FieldErrors::default();
    let wanted = query.query(&mut errors);
    errors.into_result(())?;
    service::export(app, permit, &wanted).await
}

/// `GET /hoat-dong.xlsx`
pub(in crate::activities) async fn workbook(
    State(app): State<App>,
    permit: Permit<ReadActivities>,
    Query(query): Query<ListQuery>,
) -> Result {
    let sheet = sheet(&app, &permit, &query).await?;
    let bytes = press::write_workbook(&[sheet]).map_err(Error::internal)?;
    Ok(download("hoat-dong.xlsx", XLSX, bytes))
}

/// `GET /hoat-dong.csv`
pub(in crate::activities) async fn csv(
    State(app): State<App>,
    permit: Permit<ReadActivities>,
    Query(query): Query<ListQuery>,
) -> Result {
    let sheet = sheet(&app, &permit, &query).await?;
    Ok(download("hoat-dong.csv", "text/csv; charset=utf-8", press::write_csv(&sheet)))
}
