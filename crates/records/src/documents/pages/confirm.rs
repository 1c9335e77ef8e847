//! Confirming a draft, and opening a correction.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum_extra::extract::Form;
use kernel::{FieldErrors, Permit, Uuid, text, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page, see_other},
};
use serde::Deserialize;

use crate::documents::{
    model::{self, Audience, Change, Mode},
    policy::Confirm,
    service::{self, Confirmation, Preparation},
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
}

impl ConfirmForm {
    fn heirs(&self) -> BTreeMap<String, (String, String)> {
        let pairs = self.heir.iter().cloned().zip(self.basis.iter().cloned());
        self.source.iter().cloned().zip(pairs).collect()
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
    tasks: usize,
    options: Vec<(String, String, bool)>,
    basis: String,
}

/// A paper that this one may change.
struct AmendView {
    id: Uuid,
    label: String,
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

    fn of(p: Chrome, preparation: Preparation, form: Option<ConfirmForm>, errors: FieldErrors) -> Self {
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
        let heirs = form.heirs();
        let gone = preparation.gone.iter().map(|gone| {
            let typed = heirs.get(&gone.source);
            let first = gone.options.first().filter(|_| gone.settled).map(|option| option.value.as_str());
            let chosen = |value: &str| typed.map_or(first == Some(value), |(heir, _)| heir == value);
            let options = gone.options.iter().map(|one| (one.value.clone(), one.label.clone(), chosen(&one.value)));
            GoneView {
                source: gone.source.clone(),
                label: gone.label.clone(),
                tasks: gone.tasks,
                options: options.collect(),
                basis: typed.map_or_else(|| gone.basis.clone(), |(_, basis)| basis.clone()),
            }
        });
        let amendable = preparation.amendable.iter().map(|(paper, _)| AmendView {
            id: paper.id,
            label: format!("{} {}: {}", paper.kind, paper.number, text::shorten(&paper.title, 90)),
            chosen: form.amends == paper.id.to_string(),
        });
        Self {
            p,
            id: document.id,
            label: document.label(),
            date: document.date().map(time::display_date).unwrap_or_default(),
            corrects: document.previous_id.is_some(),
            tasks: text::display_number(document.tasks),
            gone: gone.collect(),
            amendable: amendable.collect(),
            blanks_accepted: form.blanks.is_some(),
            mode: form.mode,
            audience: form.audience,
            how: form.how,
            blanks: preparation.blanks,
            errors,
        }
    }
}

/// `GET /van-ban/{id}/xac-nhan`
pub(in crate::documents) async fn form(
    State(app): State<App>,
    permit: Permit<Confirm>,
    Path(id): Path<Uuid>,
    p: Chrome,
) -> Result {
    let preparation = service::prepare(&app, &permit, id).await?;
    page(&ConfirmPage::of(p, preparation, None, FieldErrors::default()))
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
        "Đã xác nhận văn bản là hồ sơ lịch sử: nhiệm vụ được ghi lại như khi ban hành, không giao việc và không nhắc."
    } else {
        "Đã xác nhận văn bản. Nhiệm vụ đang được giao trong nền; có thể đóng trang này."
    };
    let done = |()| see_other(&format!("/van-ban/{id}"), Flash::ok(said));
    let again = |errors| async {
        let preparation = service::prepare(&app, &permit, id).await?;
        Ok(ConfirmPage::of(p, preparation, Some(form), errors))
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
