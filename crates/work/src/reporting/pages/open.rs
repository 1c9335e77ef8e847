//! Opening a round: choose a form, then its period and the agency that receives.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form as PostForm, Query, State};
use chrono::Datelike;
use kernel::{Error, FieldErrors, Permit, Uuid, time::date_to_int};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use crate::plans::{policy::ReadPlans, service::to_name};
use crate::reporting::{
    forms::{NodeQuery, OpenForm},
    model::form::{Form, Status},
    policy::ManageReports,
    service,
    store::FormHead,
};

#[derive(Template)]
#[template(path = "reporting/templates/open.html")]
struct OpenPage {
    p: Chrome,
    form: OpenForm,
    errors: FieldErrors,
    /// Definitions: id, name.
    forms: Vec<(String, String)>,
    /// Periods: value, label.
    periods: Vec<(String, String)>,
    /// Agencies for which the person manages: id, name.
    agencies: Vec<(String, String)>,
    /// What a round can look back on, when the form asks for that: id, name.
    plans: Option<Vec<(String, String)>>,
    unverified: bool,
}

/// Definitions to choose from: id, name.
pub(super) fn named(p: &Chrome, heads: &[FormHead]) -> Vec<(String, String)> {
    let name = |head: &FormHead| format!("{} ({}, {})", head.name, head.form_key, p.t1("bản {}", head.version));
    heads.iter().map(|head| (head.id.to_string(), name(head))).collect()
}

/// The definition that was chosen among these.
pub(super) async fn chosen(app: &App, heads: &[FormHead], id: &str) -> kernel::Result<Option<Arc<Form>>> {
    let head = Uuid::parse_str(id).ok().and_then(|id| heads.iter().find(|head| head.id == id));
    match head {
        Some(head) => service::form_of(app, head.id).await.map(Some),
        None => Ok(None),
    }
}

/// Agencies for which the person manages: id, name.
pub(super) fn managed(permit: &Permit<ManageReports>) -> Vec<(String, String)> {
    let held = permit.actor().holdings.iter().filter(|held| permit.roots().contains(&held.agency));
    let mut agencies: Vec<_> = held.map(|held| (held.agency.to_string(), held.agency_name.clone())).collect();
    agencies.dedup();
    agencies
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ManageReports>,
    form: OpenForm,
    errors: FieldErrors,
) -> kernel::Result<OpenPage> {
    let today = app.clock.today();
    let mut heads: Vec<_> = service::library(app).await?.into_iter().filter(|head| head.state == "published").collect();
    // Forms of the past stand last: rounds of their time can still be opened.
    heads.sort_by_key(|head| head.valid_to <= date_to_int(today));
    let (mut periods, mut unverified, mut plans) = (Vec::new(), false, None);
    if let Some(definition) = chosen(app, &heads, &form.bieu).await? {
        unverified = definition.status == Status::Unverified;
        if let Some(read) = Permit::<ReadPlans>::of(permit.actor()).filter(|_| definition.programme) {
            let named = to_name(app, &read).await?;
            plans = Some(named.into_iter().map(|(id, name)| (id.to_string(), name)).collect());
        }
        for rule in &definition.periods {
            let all = (today.year() - 2..=today.year() + 1).flat_map(|year| rule.periods(year));
            let mut all: Vec<_> = all.filter(|period| period.from <= today).collect();
            all.reverse();
            let option = |period: &kernel::periods::Period| {
                (format!("{rule}|{}", period.key), format!("{} ({})", period.label, period.range()))
            };
            periods.extend(all.iter().take(14).map(option));
        }
    }
    let (forms, agencies) = (named(&p, &heads), managed(permit));
    Ok(OpenPage { p, form, errors, forms, periods, agencies, plans, unverified })
}

/// `GET /ky-bao-cao/mo`
pub(in crate::reporting) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageReports>,
    Query(query): Query<NodeQuery>,
) -> Result {
    let form = OpenForm { bieu: query.bieu, ..OpenForm::default() };
    show(&view(&app, p, &permit, form, FieldErrors::default()).await?)
}

/// `POST /ky-bao-cao/mo`
pub(in crate::reporting) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageReports>,
    PostForm(form): PostForm<OpenForm>,
) -> Result {
    let outcome = match form.read() {
        Ok(opening) => service::open_round(&app, &permit, opening).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => Ok(see_other(&format!("/ky-bao-cao/{id}"), Flash::ok("Đã mở kỳ; danh sách đơn vị đang được lập."))),
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &permit, form, errors).await?),
        Err(error) => Err(error.into()),
    }
}
