//! The newsroom's list, and what each agency has contributed.

use askama::Template;
use axum::extract::{Query, State};
use chrono::Datelike;
use kernel::{Action, Page, Permit};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use crate::{
    activities::{definitions, name_in, service::Topic},
    publications::{
        forms::{ListQuery, PeriodQuery},
        model::{KINDS, State as Stage},
        policy::{ArrangeSections, ReadPublications, WritePublications},
        service::{self, Score},
        views::Row,
    },
};

#[derive(Template)]
#[template(path = "publications/templates/list.html")]
struct ListPage {
    p: Chrome,
    query: ListQuery,
    list: Page<Row>,
    /// Key, label and number of each state that occurs; everything first.
    states: Vec<(&'static str, &'static str, i64)>,
    kinds: &'static [(&'static str, &'static str)],
    writes: bool,
    arranges: bool,
}

/// `GET /toa-soan`
pub(in crate::publications) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPublications>,
    Query(query): Query<ListQuery>,
) -> Result {
    let listing = service::list(&app, &permit, &query.query(), query.paging()).await?;
    let n = |key: &str| listing.counts.iter().filter(|count| count.state == key).map(|count| count.n).sum::<i64>();
    let mut states = vec![("", "Tất cả", listing.counts.iter().map(|count| count.n).sum())];
    states.extend(Stage::ALL.into_iter().map(|state| (state.key(), state.label(), n(state.key()))));
    states.push(("gone", "Đã gỡ", n("gone")));
    states.retain(|(key, _, n)| key.is_empty() || *n > 0 || *key == query.tt);
    let actor = permit.actor();
    show(&ListPage {
        list: Page {
            rows: listing.page.rows.iter().map(Row::of).collect(),
            total: listing.page.total,
            paging: listing.page.paging,
        },
        states,
        kinds: &KINDS,
        writes: actor.may(&WritePublications::DEF),
        arranges: actor.may(&ArrangeSections::DEF),
        query,
        p,
    })
}

#[derive(Template)]
#[template(path = "publications/templates/score.html")]
struct ScorePage {
    p: Chrome,
    /// Key, label and whether it is shown.
    periods: Vec<(String, String, bool)>,
    kinds: &'static [(&'static str, &'static str)],
    scores: Vec<Score>,
    /// What this quarter should be about, with the number of publications about it.
    topics: Vec<(Topic, i64)>,
}

impl ScorePage {
    fn field<'a>(&self, key: &'a str) -> &'a str {
        name_in(&definitions().fields, key)
    }
}

/// Years and quarters to choose from: key, label and whether it is the one shown.
pub(super) fn periods(app: &App, p: &Chrome, shown: &str) -> Vec<(String, String, bool)> {
    let year = app.clock.today().year();
    let years = [year, year - 1].map(|year| (year.to_string(), p.t1("Năm {}", year)));
    let quarters = (1..=4).map(|q| (format!("{year}-Q{q}"), p.t2("Quý {}/{}", q, year)));
    let all = years.into_iter().chain(quarters).map(|(key, label)| {
        let current = key == shown;
        (key, label, current)
    });
    all.collect()
}

/// `GET /toa-soan/dong-gop`
pub(in crate::publications) async fn score(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPublications>,
    Query(query): Query<PeriodQuery>,
) -> Result {
    let shown = if query.ky.is_empty() { app.clock.today().year().to_string() } else { query.ky };
    let scores = service::score(&app, &permit, &shown).await?;
    let topics = service::topics(&app, permit.roots()).await?;
    show(&ScorePage { periods: periods(&app, &p, &shown), kinds: &KINDS, scores, topics, p })
}
