//! The catalogue of models, exemplary collectives and persons.

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use axum_extra::extract::Form;
use chrono::Datelike;
use kernel::{Error, FieldErrors, Page, Permit, Timestamp, Uuid};
use platform::{
    App,
    markdown::render,
    web::{Chrome, Flash, Result, answer, page as show, page_invalid, see_other},
};

use crate::{
    activities::{Definitions, definitions},
    library::{
        forms::{PracticeForm, PracticesQuery, WhyForm},
        model::{PRACTICES, practice_name},
        policy::{KeepLibrary, ReadLibrary, ShowLibrary},
        service::{self, PracticeSight},
        store::{self, Named, Practice},
    },
};

#[derive(Template)]
#[template(path = "library/templates/practices.html")]
struct PracticesPage {
    p: Chrome,
    query: PracticesQuery,
    list: Page<Practice>,
    kinds: &'static [(&'static str, &'static str, &'static str)],
    keeps: bool,
}

impl PracticesPage {
    fn kind(&self, one: &Practice) -> &'static str {
        practice_name(&one.kind)
    }
}

/// `GET /tu-lieu/mo-hinh`
pub(in crate::library) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadLibrary>,
    Query(query): Query<PracticesQuery>,
) -> Result {
    let list = service::list_practices(&app, &permit, (&query.loai, &query.q), query.paging()).await?;
    let keeps = Permit::<KeepLibrary>::of(permit.actor()).is_some();
    show(&PracticesPage { p, query, list, kinds: &PRACTICES, keeps })
}

#[derive(Template)]
#[template(path = "library/templates/practice.html")]
struct PracticePage {
    p: Chrome,
    sight: PracticeSight,
    why: String,
    errors: FieldErrors,
}

impl PracticePage {
    fn one(&self) -> &Practice {
        &self.sight.practice
    }

    fn kind(&self) -> &'static str {
        practice_name(&self.sight.practice.kind)
    }

    fn html(&self, text: &str) -> String {
        render(text)
    }

    fn changed(&self) -> String {
        Timestamp(self.sight.practice.changed_at).display()
    }
}

/// `GET /tu-lieu/mo-hinh/{id}`
pub(in crate::library) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::practice_sight(&app, &permit, id).await?;
    show(&PracticePage { p, sight, why: String::new(), errors: FieldErrors::default() })
}

#[derive(Template)]
#[template(path = "library/templates/practice-form.html")]
struct FormPage {
    p: Chrome,
    path: String,
    form: PracticeForm,
    errors: FieldErrors,
    owners: Vec<Named>,
    lists: &'static Definitions,
    kinds: &'static [(&'static str, &'static str, &'static str)],
    fixed: bool,
}

impl FormPage {
    fn has(&self, list: &[String], key: &str) -> bool {
        list.iter().any(|one| one == key)
    }
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<KeepLibrary>,
    at: Option<Uuid>,
    (form, errors): (PracticeForm, FieldErrors),
) -> kernel::Result<FormPage> {
    Ok(FormPage {
        path: at.map_or("/tu-lieu/mo-hinh/moi".to_owned(), |id| format!("/tu-lieu/mo-hinh/{id}/sua")),
        owners: store::agencies(app.db.read(), permit.roots()).await?,
        lists: definitions(),
        kinds: &PRACTICES,
        fixed: at.is_some(),
        p,
        form,
        errors,
    })
}

/// `GET /tu-lieu/mo-hinh/moi`
pub(in crate::library) async fn form(State(app): State<App>, p: Chrome, permit: Permit<KeepLibrary>) -> Result {
    let owner = permit.roots().first().map(Uuid::to_string).unwrap_or_default();
    let form = PracticeForm { loai: "model".into(), co_quan: owner, ..PracticeForm::default() };
    show(&view(&app, p, &permit, None, (form, FieldErrors::default())).await?)
}

fn back(id: Uuid, words: &'static str) -> Response {
    see_other(&format!("/tu-lieu/mo-hinh/{id}"), Flash::ok(words))
}

async fn saved(app: &App, permit: &Permit<KeepLibrary>, at: Option<Uuid>, form: &PracticeForm) -> kernel::Result<Uuid> {
    let mut errors = FieldErrors::default();
    let draft = form.read(app.clock.today().year(), &mut errors);
    errors.into_result(())?;
    match at {
        Some(id) => {
            let version = form.phien_ban.parse().unwrap_or(-1);
            service::edit_practice(app, permit, (id, version), &draft).await.map(|()| id)
        }
        None => service::create_practice(app, permit, &draft, false).await,
    }
}

/// `POST /tu-lieu/mo-hinh/moi`
pub(in crate::library) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepLibrary>,
    Form(form): Form<PracticeForm>,
) -> Result {
    let outcome = saved(&app, &permit, None, &form).await;
    let done = |id| back(id, "Đã lưu.");
    answer(outcome, done, |errors| view(&app, p, &permit, None, (form, errors))).await
}

/// The entry that may be changed.
async fn mine(app: &App, permit: &Permit<KeepLibrary>, id: Uuid) -> kernel::Result<PracticeSight> {
    let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = service::practice_sight(app, &read, id).await?;
    if sight.keeps { Ok(sight) } else { Err(Error::NotFound) }
}

/// `GET /tu-lieu/mo-hinh/{id}/sua`
pub(in crate::library) async fn edit_form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = mine(&app, &permit, id).await?;
    let form = PracticeForm::of(&sight.draft, sight.practice.version);
    show(&view(&app, p, &permit, Some(id), (form, FieldErrors::default())).await?)
}

/// `POST /tu-lieu/mo-hinh/{id}/sua`
pub(in crate::library) async fn edit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
    Form(mut form): Form<PracticeForm>,
) -> Result {
    form.co_quan = mine(&app, &permit, id).await?.practice.agency_id.to_string();
    let outcome = saved(&app, &permit, Some(id), &form).await;
    let done = |id| back(id, "Đã lưu.");
    answer(outcome, done, |errors| view(&app, p, &permit, Some(id), (form, errors))).await
}

/// `POST /tu-lieu/mo-hinh/{id}/cong-khai`
pub(in crate::library) async fn show_it(
    State(app): State<App>,
    permit: Permit<ShowLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    service::show_practice(&app, &permit, id).await?;
    Ok(back(id, "Đã công khai trên cổng."))
}

/// `POST /tu-lieu/mo-hinh/{id}/thoi-cong-khai`
pub(in crate::library) async fn hide(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ShowLibrary>,
    Path(id): Path<Uuid>,
    Form(form): Form<WhyForm>,
) -> Result {
    match service::hide_practice(&app, &permit, id, &form.ly_do).await {
        Ok(()) => Ok(back(id, "Đã thôi công khai.")),
        Err(Error::Invalid(errors)) => {
            let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::NotFound)?;
            let sight = service::practice_sight(&app, &read, id).await?;
            page_invalid(&PracticePage { p, sight, why: form.ly_do, errors })
        }
        Err(error) => Err(error.into()),
    }
}
