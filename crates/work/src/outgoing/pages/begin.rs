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
    reporting::{policy::ReadReports, service as reporting},
};

#[derive(Template)]
#[template(path = "outgoing/templates/new.html")]
struct NewPage {
    p: Chrome,
    form: NewForm,
    errors: FieldErrors,
    templates: Vec<&'static Model>,
    /// Rounds: id, name.
    rounds: Vec<(String, String)>,
    /// Agencies for which the person writes: id, name.
    agencies: Vec<(String, String)>,
    /// Name of the agency of the figures, where the address names one.
    node: String,
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<DraftPapers>,
    form: NewForm,
    errors: FieldErrors,
) -> kernel::Result<NewPage> {
    let today = app.clock.today();
    let read = Permit::<ReadReports>::of(permit.actor()).ok_or(Error::NotFound)?;
    let templates: Vec<_> = templates().iter().filter(|template| template.valid_on(today)).collect();
    let usable = |key: &String| templates.iter().any(|template| template.forms.contains(key));
    let rounds = reporting::rounds_in_sight(app, &read).await?;
    let rounds = rounds.into_iter().filter(|round| usable(&round.form_key));
    let rounds = rounds.map(|round| {
        let stage = if round.stage == "estimate" { format!(", {}", p.t("số ước tính")) } else { String::new() };
        (round.id.to_string(), format!("{} – {}{stage} ({})", round.period_label, round.title, round.owner_name))
    });
    let held = permit.actor().holdings.iter().filter(|held| permit.roots().contains(&held.agency));
    let mut agencies: Vec<_> = held.map(|held| (held.agency.to_string(), held.agency_name.clone())).collect();
    agencies.dedup();
    let node = Uuid::parse_str(&form.co).ok();
    let node = match node {
        Some(node) => records::agencies::directory(app).await?.name(node, today).unwrap_or_default().to_owned(),
        None => String::new(),
    };
    Ok(NewPage { rounds: rounds.collect(), p, form, errors, templates, agencies, node })
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
