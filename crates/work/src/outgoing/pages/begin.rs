//! Beginning a paper: template, round, agency.

use askama::Template;
use axum::extract::{Form, Query, State};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use crate::{
    outgoing::{
        forms::NewForm,
        model::template::{Template as Model, templates},
        policy::DraftPapers,
        service::{self, Creating},
    },
    reporting::{policy::ReadReports, service as reporting, service::Round},
};

#[derive(Template)]
#[template(path = "outgoing/templates/new.html")]
struct NewPage {
    p: Chrome,
    form: NewForm,
    errors: FieldErrors,
    /// The round that was chosen; none while it is still to be.
    chosen: Option<String>,
    /// Templates that fit it.
    templates: Vec<&'static Model>,
    /// Rounds to choose from: id, name.
    rounds: Vec<(String, String)>,
    /// Agencies for which the person writes: id, name.
    agencies: Vec<(String, String)>,
    /// Name of the agency of the figures.
    node: String,
}

fn name_of(p: &Chrome, round: &Round) -> String {
    let stage = if round.stage == "estimate" { format!(", {}", p.t("số ước tính")) } else { String::new() };
    let plan = if round.plan_name.is_empty() { String::new() } else { format!(": {}", round.plan_name) };
    format!("{} – {}{stage}{plan} ({})", round.period_label, round.title, round.owner_name)
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<DraftPapers>,
    mut form: NewForm,
    errors: FieldErrors,
) -> kernel::Result<NewPage> {
    let today = app.clock.today();
    let read = Permit::<ReadReports>::of(permit.actor()).ok_or(Error::NotFound)?;
    let held = permit.actor().holdings.iter().filter(|held| permit.roots().contains(&held.agency));
    let mut agencies: Vec<_> = held.map(|held| (held.agency.to_string(), held.agency_name.clone())).collect();
    agencies.dedup();
    let (mut chosen, mut fitting, mut node_name) = (None, Vec::new(), String::new());
    if let Ok(id) = Uuid::parse_str(&form.ky) {
        let round = reporting::round_in_sight(app, &read, id).await?;
        let first = agencies.first().map(|(id, _)| id.as_str()).unwrap_or_default();
        let wanted = [form.co.as_str(), form.cq.as_str(), first].into_iter().find(|id| !id.is_empty());
        let node = wanted.and_then(|id| Uuid::parse_str(id).ok()).ok_or(Error::NotFound)?;
        if !reporting::reaches(app, &read, round.id, node).await? {
            return Err(Error::NotFound);
        }
        fitting = service::fitting(app, &round, node).await?;
        records::agencies::directory(app).await?.name(node, today).unwrap_or_default().clone_into(&mut node_name);
        form.co = node.to_string();
        chosen = Some(name_of(&p, &round));
    }
    let mut rounds = Vec::new();
    if chosen.is_none() {
        let usable =
            |round: &&Round| templates().iter().any(|one| one.valid_on(today) && one.forms.contains(&round.form_key));
        let seen = reporting::rounds_in_sight(app, &read).await?;
        rounds = seen.iter().filter(usable).map(|round| (round.id.to_string(), name_of(&p, round))).collect();
    }
    Ok(NewPage { rounds, p, form, errors, chosen, templates: fitting, agencies, node: node_name })
}

/// `GET /van-ban-di/moi`
pub(in crate::outgoing) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<DraftPapers>,
    Query(form): Query<NewForm>,
) -> Result {
    show(&view(&app, p, &permit, form, FieldErrors::default()).await?)
}

/// `POST /van-ban-di/moi`
pub(in crate::outgoing) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<DraftPapers>,
    Form(form): Form<NewForm>,
) -> Result {
    let outcome = match form.read() {
        Ok((round, node, owner)) => {
            let wanted = Creating { template: &form.mau, round, node: node.unwrap_or(owner), owner };
            service::create(&app, &permit, wanted).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => Ok(see_other(
            &format!("/van-ban-di/{id}/soan"),
            Flash::ok("Đã lập dự thảo. Số liệu trong ngoặc nhọn tự cập nhật cho đến khi ký."),
        )),
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &permit, form, errors).await?),
        Err(error) => Err(error.into()),
    }
}
