//! Confirming a draft, and opening a correction.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum_extra::extract::Form;
use kernel::{FieldErrors, Permit, Uuid, text, time};
use platform::{
    App, Forecast,
    web::{Chrome, Flash, Result, answer, page, see_other},
};
use serde::Deserialize;

use crate::documents::{
    model::{self, Audience, Change, Mode},
    policy::Confirm,
    service::{self, Confirmation, Gone, Preparation},
};

/// The form, as typed. The heirs are three lists of the same length.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::documents) struct ConfirmForm {
    mode: String,
    audience: String,
    blanks: Option<String>,
    amends: String,
    how: String,
    source: Vec<String>,
    heir: Vec<String>,
    basis: Vec<String>,
    /// For the rows without a basis of their own.
    basis_all: String,
}

impl ConfirmForm {
    fn heirs(&self) -> BTreeMap<String, (String, String)> {
        let basis = |own: &String| if own.trim().is_empty() { self.basis_all.clone() } else { own.clone() };
        let pairs = self.heir.iter().cloned().zip(self.basis.iter().map(basis));
        self.source.iter().cloned().zip(pairs).collect()
    }

    /// Nothing was typed yet: every form that is sent says who may read the paper.
    fn is_fresh(&self) -> bool {
        self.audience.is_empty() && self.source.is_empty()
    }

    fn wanted(&self) -> Confirmation {
        let amended = Uuid::parse_str(&self.amends).ok();
        Confirmation {
            mode: model::from_key(&self.mode),
            audience: model::from_key(&self.audience).unwrap_or(Audience::Internal),
            heirs: self.heirs(),
            blanks_accepted: self.blanks.is_some(),
            amends: amended.zip(model::from_key(&self.how)),
        }
    }
}

/// A body that is no more, with what is chosen for it.
struct GoneView {
    source: String,
    label: String,
    /// Its last day.
    last_day: String,
    tasks: usize,
    options: Vec<(String, String, bool)>,
    basis: String,
    /// Names of its fields, for what is said about them.
    fields: (String, String),
    decided: bool,
}

impl GoneView {
    fn of(gone: &Gone, row: usize, form: &ConfirmForm) -> Self {
        let typed = form.source.iter().position(|source| *source == gone.source);
        let (value, basis) = gone.choice(&form.heirs());
        let options = gone.options.iter().map(|one| (one.value.clone(), one.label.clone(), one.value == value));
        Self {
            source: gone.source.clone(),
            label: gone.label.clone(),
            last_day: gone.last_day.map(time::display_date).unwrap_or_default(),
            tasks: gone.tasks,
            options: options.collect(),
            basis: typed.map_or(basis, |at| form.basis.get(at).cloned().unwrap_or_default()),
            fields: (service::heir_field(row), service::basis_field(row)),
            decided: gone.decided(),
        }
    }
}

/// What confirming would make.
struct ForecastView {
    duties: String,
    agencies: String,
    none: bool,
    /// Not the last word: more will follow, or somebody is still to be chosen.
    about: bool,
    through: Option<i32>,
    idle: usize,
}

impl ForecastView {
    fn of(forecast: &Forecast, undecided: usize) -> Self {
        Self {
            duties: text::display_number(forecast.duties as i64),
            agencies: text::display_number(forecast.agencies as i64),
            none: forecast.duties == 0,
            about: forecast.through.is_some() || undecided > 0,
            through: forecast.through,
            idle: forecast.idle,
        }
    }
}

/// A paper that this one may change.
struct AmendView {
    id: Uuid,
    name: String,
    /// What it is kept as, and since when: two papers may have one number.
    kept: String,
    title: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "documents/templates/confirm.html")]
pub(in crate::documents) struct ConfirmPage {
    p: Chrome,
    id: Uuid,
    label: String,
    date: String,
    corrects: bool,
    tasks: String,
    mode: String,
    audience: String,
    blanks: Vec<String>,
    blanks_accepted: bool,
    twin: Option<Uuid>,
    left_out: Vec<String>,
    in_force: Option<ForecastView>,
    undecided: usize,
    basis_all: String,
    gone: Vec<GoneView>,
    amendable: Vec<AmendView>,
    how: String,
    errors: FieldErrors,
}

impl ConfirmPage {
    fn audiences(&self) -> Vec<(String, &'static str)> {
        Audience::ALL.iter().map(|audience| (model::key(audience), audience.label())).collect()
    }

    fn changes(&self) -> Vec<(String, &'static str)> {
        Change::ALL.iter().map(|change| (model::key(change), change.label())).collect()
    }

    /// Bodies whose heir is known, or (false) still to be chosen.
    fn gone_that(&self, are_decided: bool) -> Vec<&GoneView> {
        self.gone.iter().filter(|one| one.decided == are_decided).collect()
    }

    /// Something is wrong with a row that is folded away.
    fn decided_wrong(&self) -> bool {
        let wrong = |one: &&GoneView| self.errors.get(&one.fields.0).or(self.errors.get(&one.fields.1)).is_some();
        self.gone_that(true).iter().any(wrong)
    }

    async fn of(
        app: &App,
        p: Chrome,
        preparation: Preparation,
        form: Option<ConfirmForm>,
        errors: FieldErrors,
    ) -> kernel::Result<Self> {
        let document = &preparation.sheet.document;
        let proposed = preparation.amendable.iter().find_map(|(paper, how)| how.map(|how| (paper.id, how)));
        // A paper of this year is in force unless the officer says otherwise; for one of the past she must say it.
        let fresh = ConfirmForm {
            mode: if preparation.past { String::new() } else { model::key(&Mode::InForce) },
            audience: document.audience.clone(),
            amends: proposed.map(|(id, _)| id.to_string()).unwrap_or_default(),
            how: proposed.map(|(_, how)| model::key(&how)).unwrap_or_default(),
            ..ConfirmForm::default()
        };
        let form = form.unwrap_or(fresh);
        let foreseen = service::foresee(app, &preparation, &form.heirs()).await?;
        let gone = preparation.gone.iter().enumerate().map(|(row, gone)| GoneView::of(gone, row, &form));
        let amendable = preparation.amendable.iter().map(|(paper, _)| AmendView {
            id: paper.id,
            name: format!("{} {}", paper.kind, paper.number),
            kept: model::kept(model::entry(&paper.mode, paper.confirmed_on)),
            title: text::shorten(&paper.title, 90),
            chosen: form.amends == paper.id.to_string(),
        });
        Ok(Self {
            p,
            id: document.id,
            label: document.label(),
            date: document.date().map(time::display_date).unwrap_or_default(),
            corrects: document.previous_id.is_some(),
            tasks: text::display_number(document.tasks),
            in_force: foreseen.in_force.map(|forecast| ForecastView::of(&forecast, foreseen.undecided)),
            undecided: foreseen.undecided,
            twin: preparation.twin.as_ref().map(|twin| twin.id),
            left_out: preparation.left_out.clone(),
            gone: gone.collect(),
            amendable: amendable.collect(),
            blanks_accepted: form.blanks.is_some(),
            mode: form.mode,
            audience: form.audience,
            how: form.how,
            basis_all: form.basis_all,
            blanks: preparation.blanks,
            errors,
        })
    }
}

/// `GET /van-ban/{id}/xac-nhan`; with the fields of the form, as they are so far: what confirming would make then.
pub(in crate::documents) async fn form(
    State(app): State<App>,
    permit: Permit<Confirm>,
    Path(id): Path<Uuid>,
    p: Chrome,
    Form(form): Form<ConfirmForm>,
) -> Result {
    let preparation = service::prepare(&app, &permit, id).await?;
    let form = Some(form).filter(|form| !form.is_fresh());
    page(&ConfirmPage::of(&app, p, preparation, form, FieldErrors::default()).await?)
}

/// `POST /van-ban/{id}/xac-nhan`
pub(in crate::documents) async fn submit(
    State(app): State<App>,
    permit: Permit<Confirm>,
    Path(id): Path<Uuid>,
    p: Chrome,
    Form(form): Form<ConfirmForm>,
) -> Result {
    let outcome = service::confirm(&app, &permit, id, form.wanted()).await;
    let said = if form.mode == "history" {
        "Đã xác nhận văn bản là hồ sơ lịch sử: nhiệm vụ được ghi lại như khi ban hành, không giao cho cơ quan và không nhắc."
    } else {
        "Đã xác nhận văn bản. Nhiệm vụ đang được giao trong nền; có thể đóng trang này."
    };
    let done = |()| see_other(&format!("/van-ban/{id}"), Flash::ok(said));
    let again = |errors| async {
        let preparation = service::prepare(&app, &permit, id).await?;
        ConfirmPage::of(&app, p, preparation, Some(form), errors).await
    };
    answer(outcome, done, again).await
}

/// `POST /van-ban/{id}/dinh-chinh`
pub(in crate::documents) async fn correct(
    State(app): State<App>,
    permit: Permit<Confirm>,
    Path(id): Path<Uuid>,
) -> Result {
    let copy = service::correct(&app, &permit, id).await?;
    Ok(see_other(
        &format!("/van-ban/{copy}/ra-soat"),
        Flash::ok("Đã mở bản đính chính. Bản cũ giữ nguyên cho đến khi bản này được xác nhận."),
    ))
}
