//! How many get news by mail; never who.

use askama::Template;
use axum::extract::State;
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use super::{model::PERIODS, service};
use crate::{
    activities::{definitions, name_in},
    publications::{policy::EditPublications, service as publications},
};

#[derive(Template)]
#[template(path = "subscriptions/templates/numbers.html")]
struct NumbersPage {
    p: Chrome,
    available: bool,
    /// Name of the period and how many confirmed it.
    periods: Vec<(&'static str, i64)>,
    /// How many wait for confirmation.
    asked: i64,
    /// What is wanted and by how many.
    wanted: Vec<(String, i64)>,
}

/// `GET /toa-soan/nhan-tin`
pub(super) async fn numbers(State(app): State<App>, p: Chrome, _: Permit<EditPublications>) -> Result {
    let (counts, wanted) = service::numbers(&app).await?;
    let (sections, directory) = (publications::sections(&app).await?, publications::directory(&app).await?);
    let name = |kind: &str, key: &str| {
        let id = Uuid::parse_str(key).ok();
        match kind {
            "section" => sections.iter().find(|one| Some(one.id) == id).map(|one| one.title.clone()),
            "agency" => directory.agencies.iter().find(|(known, _)| Some(*known) == id).map(|(_, name)| name.clone()),
            _ => Some(name_in(&definitions().fields, key).to_owned()),
        }
    };
    let of = |state: &str, period: &str| {
        let mine = counts.iter().filter(|one| one.kind == state && (period.is_empty() || one.key == period));
        mine.map(|one| one.n).sum::<i64>()
    };
    show(&NumbersPage {
        available: service::available(&app),
        periods: PERIODS.iter().map(|(key, label)| (*label, of("confirmed", key))).collect(),
        asked: of("asked", ""),
        wanted: wanted.iter().filter_map(|one| Some((name(&one.kind, &one.key)?, one.n))).collect(),
        p,
    })
}
