//! What waits for a person: reports to make, reports to decide; how an agency works.

use askama::Template;
use axum::extract::{Form as PostForm, State};
use kernel::{Error, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, see_other},
};

use crate::reporting::{
    forms::AgencyForm,
    policy::{DecideReports, FillReports, ManageReports, ReadReports},
    service, store,
    views::{AskedRow, MineRow},
};

#[derive(Template)]
#[template(path = "reporting/templates/mine.html")]
struct MinePage {
    p: Chrome,
    own: Vec<MineRow>,
    waiting: Vec<MineRow>,
    /// Questions to the person's agencies without an answer, for those who answer.
    asked: Vec<AskedRow>,
    /// Questions that the person's agencies follow.
    followed: Vec<AskedRow>,
    manages: bool,
}

/// `GET /bao-cao`
pub(in crate::reporting) async fn page(State(app): State<App>, p: Chrome, permit: Permit<ReadReports>) -> Result {
    let c = app.db.read();
    let today = app.clock.today();
    let row = |line: &store::ReportLine| MineRow::of(&p, line, today);
    let own: Vec<_> = store::own_reports(c, permit.roots()).await?.iter().map(row).collect();
    let (mut waiting, mut asked, mut followed) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(decide) = Permit::<DecideReports>::of(permit.actor()) {
        waiting = store::waiting_reports(c, decide.roots()).await?.iter().map(row).collect();
        followed = asked_rows(&app, &p, &store::followed_questions(c, decide.roots(), None).await?).await?;
    }
    if let Some(fill) = Permit::<FillReports>::of(permit.actor()) {
        asked = asked_rows(&app, &p, &store::open_questions(c, fill.roots()).await?).await?;
    }
    let manages = Permit::<ManageReports>::of(permit.actor()).is_some();
    show(&MinePage { p, own, waiting, asked, followed, manages })
}

async fn asked_rows(app: &App, p: &Chrome, lines: &[store::QuestionLine]) -> kernel::Result<Vec<AskedRow>> {
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let form = service::form_of(app, line.form_id).await?;
        rows.push(AskedRow::of(p, &form, line));
    }
    Ok(rows)
}

#[derive(Template)]
#[template(path = "reporting/templates/settings.html")]
struct SettingsPage {
    p: Chrome,
    /// Agencies: id, name, may one person do all three?
    agencies: Vec<(Uuid, String, bool)>,
}

/// `GET /bao-cao/thiet-lap`
pub(in crate::reporting) async fn settings(State(app): State<App>, p: Chrome, permit: Permit<ManageReports>) -> Result {
    let mut agencies: Vec<(Uuid, String, bool)> = Vec::new();
    for held in permit.actor().holdings.iter().filter(|held| permit.roots().contains(&held.agency)) {
        if !agencies.iter().any(|(id, ..)| *id == held.agency) {
            let combined = store::combined(app.db.read(), held.agency).await?;
            agencies.push((held.agency, held.agency_name.clone(), combined));
        }
    }
    show(&SettingsPage { p, agencies })
}

/// `POST /bao-cao/thiet-lap`
pub(in crate::reporting) async fn set(
    State(app): State<App>,
    permit: Permit<ManageReports>,
    PostForm(form): PostForm<AgencyForm>,
) -> Result {
    let agency = Uuid::parse_str(&form.co_quan).map_err(|_| Error::invalid("co_quan", "Hãy chọn cơ quan."))?;
    service::set_combined(&app, &permit, agency, form.kiem_nhiem == "1").await?;
    Ok(see_other("/bao-cao/thiet-lap", Flash::ok("Đã lưu.")))
}
