//! Target groups × communes: who was not reached where.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{FieldErrors, Permit};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use super::provinces;
use crate::activities::{
    forms::ListQuery,
    model::definitions::{Definitions, Entry, Kind, definitions},
    policy::ReadActivities,
    service::{self, Gap},
    store::Place,
    views::kinds_by_form,
};

#[derive(Template)]
#[template(path = "activities/templates/coverage.html")]
struct CoveragePage {
    p: Chrome,
    query: ListQuery,
    province: Option<Place>,
    provinces: Vec<Place>,
    rows: Vec<Gap>,
    /// Communes reached, for each group.
    reached: Vec<(&'static Entry, usize)>,
    kinds: Vec<(&'static Entry, Vec<&'static Kind>)>,
    lists: &'static Definitions,
}

impl CoveragePage {
    fn is_shown(&self, place: &Place) -> bool {
        self.province.as_ref().is_some_and(|shown| shown.id == place.id)
    }

    fn class(&self, n: &i64) -> &'static str {
        match *n {
            0 => "h2",
            1 | 2 => "h4",
            _ => "h5",
        }
    }

    fn path(&self, row: &Gap, at: &usize) -> String {
        let group = definitions().groups.get(*at).map_or("", |group| group.key.as_str());
        let query = ListQuery { db: row.place.id.to_string(), dt: group.to_owned(), ..self.query.clone() };
        format!("/hoat-dong?{}", query.with("", ""))
    }
}

/// `GET /hoat-dong/do-phu`: this year unless days are given.
pub(in crate::activities) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadActivities>,
    Query(mut query): Query<ListQuery>,
) -> Result {
    use chrono::Datelike;
    let today = app.clock.today();
    if query.tu.is_empty() && query.den.is_empty() {
        query.tu = format!("01/01/{}", today.year());
        query.den = kernel::time::display_date(today);
    }
    let (province, provinces) = provinces(&app, &permit, &query.tinh).await?;
    let mut errors = FieldErrors::default();
    let wanted = query.query(&mut errors);
    let mut rows = match &province {
        Some(province) => service::gaps(&app, &permit, &wanted, &province.code).await?,
        None => Vec::new(),
    };
    let reached = definitions()
        .groups
        .iter()
        .enumerate()
        .map(|(at, group)| (group, rows.iter().filter(|row| row.counts.get(at).is_some_and(|n| *n > 0)).count()))
        .collect();
    rows.sort_by(|a, b| b.missing().cmp(&a.missing()).then(a.place.name.cmp(&b.place.name)));
    show(&CoveragePage { p, query, province, provinces, rows, reached, kinds: kinds_by_form(), lists: definitions() })
}
