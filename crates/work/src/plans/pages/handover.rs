//! What agencies that are no more left open, and who carries on.

use askama::Template;
use axum::extract::{Path, State};
use axum_extra::extract::Form;
use kernel::{FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};

use super::Head;
use crate::plans::{
    forms::HandoverForm,
    policy::ManagePlans,
    service::{self, Left},
    views::Row,
};

#[derive(Template)]
#[template(path = "plans/templates/handover.html")]
struct HandoverPage {
    p: Chrome,
    head: Head,
    groups: Vec<Group>,
    typed: HandoverForm,
    errors: FieldErrors,
}

/// What one agency left.
struct Group {
    agency: Uuid,
    name: String,
    heirs: Vec<(Uuid, String)>,
    basis: String,
    rows: Vec<Row>,
}

impl HandoverPage {
    /// Was the form of this agency sent?
    fn sent(&self, group: &Group) -> bool {
        self.typed.co_quan == group.agency.to_string()
    }

    /// Is this obligation ticked? All are until somebody sends the form.
    fn ticked(&self, group: &Group, row: &Row) -> bool {
        !self.sent(group) || self.typed.nv.contains(&row.id.to_string())
    }

    /// Is this heir chosen? The only one that the events know is until somebody sends the form.
    fn chosen(&self, group: &Group, heir: &str) -> bool {
        if self.sent(group) {
            return self.typed.noi_nhan == heir;
        }
        matches!(group.heirs.as_slice(), [(only, _)] if only.to_string() == heir)
    }

    /// What was typed into the form of this agency; before that the paper on which it ended.
    fn basis<'a>(&'a self, group: &'a Group) -> &'a str {
        if self.sent(group) { &self.typed.can_cu } else { &group.basis }
    }

    fn called(&self, group: &Group) -> &str {
        if self.sent(group) { &self.typed.ten } else { "" }
    }
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ManagePlans>,
    id: Uuid,
    typed: HandoverForm,
    errors: FieldErrors,
) -> kernel::Result<HandoverPage> {
    let (plan, left) = service::left_open(app, permit, id).await?;
    let today = app.clock.today();
    let group = |left: Left| Group {
        agency: left.agency,
        name: left.name,
        heirs: left.heirs,
        basis: left.basis,
        rows: left.rows.iter().map(|line| Row::of(&p, line, today)).collect(),
    };
    let groups = left.into_iter().map(group).collect();
    Ok(HandoverPage { head: Head::of(app, &p, permit, &plan).await?, groups, typed, errors, p })
}

/// `GET /ke-hoach/{id}/tiep-nhan`
pub(in crate::plans) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
) -> Result {
    show(&view(&app, p, &permit, id, HandoverForm::default(), FieldErrors::default()).await?)
}

/// `POST /ke-hoach/{id}/tiep-nhan`
pub(in crate::plans) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManagePlans>,
    Path(id): Path<Uuid>,
    Form(form): Form<HandoverForm>,
) -> Result {
    let outcome = async {
        let (ids, heir, basis) = form.read()?;
        service::hand_over(&app, &permit, id, &ids, heir, &basis).await
    };
    let outcome = outcome.await;
    let ended = form.noi_nhan == "cham-dut";
    let done = |count: usize| {
        let ended = ended.then(|| format!("Đã chấm dứt {count} nhiệm vụ."));
        let text = ended.unwrap_or_else(|| format!("Đã giao nơi tiếp nhận {count} nhiệm vụ."));
        see_other(&format!("/ke-hoach/{id}/tiep-nhan"), Flash::ok(text))
    };
    answer(outcome, done, |errors| view(&app, p, &permit, id, form, errors)).await
}
