//! Special sections and the order of the home page.

use askama::Template;
use axum::extract::{Path, State};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, day, page as show, page_invalid, see_other},
};

use crate::publications::{
    forms::{HomeForm, SectionForm},
    policy::ArrangeSections,
    service,
    store::{self, Named, Section},
};

#[derive(Template)]
#[template(path = "publications/templates/sections.html")]
struct SectionsPage {
    p: Chrome,
    sections: Vec<Section>,
    owners: Vec<Named>,
    form: SectionForm,
    errors: FieldErrors,
}

impl SectionsPage {
    fn days(&self, section: &Section) -> String {
        days(section)
    }
}

/// "từ … đến …" of a section, as shown.
fn days(section: &Section) -> String {
    let shown = |stored: i64| if stored == 0 { "…".to_owned() } else { day(stored) };
    if section.opens_on == 0 && section.closes_on == 0 {
        String::new()
    } else {
        format!("{} – {}", shown(section.opens_on), shown(section.closes_on))
    }
}

async fn overview(
    app: &App,
    p: Chrome,
    permit: &Permit<ArrangeSections>,
    (form, errors): (SectionForm, FieldErrors),
) -> kernel::Result<SectionsPage> {
    let c = app.db.read();
    let (sections, owners) = (store::sections(c).await?, store::agencies(c, permit.roots()).await?);
    Ok(SectionsPage { p, sections, owners, form, errors })
}

/// `GET /toa-soan/chuyen-muc`
pub(in crate::publications) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSections>,
) -> Result {
    let owner = permit.roots().first().map(Uuid::to_string).unwrap_or_default();
    let form = SectionForm { co_quan: owner, ..SectionForm::default() };
    show(&overview(&app, p, &permit, (form, FieldErrors::default())).await?)
}

async fn saved(
    app: &App,
    permit: &Permit<ArrangeSections>,
    at: Option<(Uuid, i64)>,
    form: &SectionForm,
) -> kernel::Result<Uuid> {
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    errors.into_result(())?;
    service::save(app, permit, at, &draft).await
}

/// `POST /toa-soan/chuyen-muc`
pub(in crate::publications) async fn open(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSections>,
    Form(form): Form<SectionForm>,
) -> Result {
    match saved(&app, &permit, None, &form).await {
        Ok(_) => Ok(see_other("/toa-soan/chuyen-muc", Flash::ok("Đã mở chuyên mục."))),
        Err(Error::Invalid(errors)) => page_invalid(&overview(&app, p, &permit, (form, errors)).await?),
        Err(error) => Err(error.into()),
    }
}

/// `POST /toa-soan/chuyen-muc/trang-chu`
pub(in crate::publications) async fn home(
    State(app): State<App>,
    permit: Permit<ArrangeSections>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result {
    if pairs.is_empty() {
        return Err(Error::invalid("", "Chưa có chuyên mục nào để sắp xếp.").into());
    }
    service::arrange(&app, &permit, &HomeForm(pairs).order()).await?;
    Ok(see_other("/toa-soan/chuyen-muc", Flash::ok("Đã sắp xếp trang chủ.")))
}

#[derive(Template)]
#[template(path = "publications/templates/section.html")]
struct SectionPage {
    p: Chrome,
    section: Section,
    form: SectionForm,
    errors: FieldErrors,
}

/// `GET /toa-soan/chuyen-muc/{id}`
pub(in crate::publications) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSections>,
    Path(id): Path<Uuid>,
) -> Result {
    let (section, pins) = service::section(&app, &permit, id).await?;
    let shown = |stored: i64| if stored == 0 { String::new() } else { day(stored) };
    let form = SectionForm {
        co_quan: section.agency_id.to_string(),
        ten: section.title.clone(),
        mo_ta: section.description.clone(),
        tu_ngay: shown(section.opens_on),
        den_ngay: shown(section.closes_on),
        ghim: pins.iter().map(|pin| format!("/tin/{}", pin.slug)).collect::<Vec<_>>().join("\n"),
        phien_ban: section.version.to_string(),
    };
    show(&SectionPage { p, section, form, errors: FieldErrors::default() })
}

/// `POST /toa-soan/chuyen-muc/{id}`
pub(in crate::publications) async fn change(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSections>,
    Path(id): Path<Uuid>,
    Form(form): Form<SectionForm>,
) -> Result {
    let (section, _) = service::section(&app, &permit, id).await?;
    let at = Some((id, form.phien_ban.parse().unwrap_or(-1)));
    match saved(&app, &permit, at, &form).await {
        Ok(_) => Ok(see_other("/toa-soan/chuyen-muc", Flash::ok("Đã lưu chuyên mục."))),
        Err(Error::Invalid(errors)) => page_invalid(&SectionPage { p, section, form, errors }),
        Err(error) => Err(error.into()),
    }
}
