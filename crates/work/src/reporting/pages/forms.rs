//! The library of forms: list, upload with faults by line, preview, differences, publishing.

use askama::Template;
use axum::{
    extract::{Form as PostForm, Multipart, Path, State},
    response::{IntoResponse, Response},
};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, download as send, form as read, page as show, page_invalid, see_other},
};

use crate::reporting::{
    forms::{PublishForm, read_definition},
    model::form::{Change, Fault, Form, HeadCell, header_rows},
    policy::{ManageReports, ReadReports},
    service::{self, Uploaded},
    store::{self, FormHead},
    views::{self, CellRow, FormRow},
};

#[derive(Template)]
#[template(path = "reporting/templates/forms.html")]
struct FormsPage {
    p: Chrome,
    rows: Vec<FormRow>,
    manages: bool,
}

/// `GET /bieu-mau`
pub(in crate::reporting) async fn list(State(app): State<App>, p: Chrome, permit: Permit<ReadReports>) -> Result {
    let today = kernel::time::date_to_int(app.clock.today());
    let forms = service::visible_forms(&app, &permit).await?;
    let rows = forms.iter().map(|row| FormRow::of(&p, row, today)).collect();
    let manages = Permit::<ManageReports>::of(permit.actor()).is_some();
    show(&FormsPage { p, rows, manages })
}

#[derive(Template)]
#[template(path = "reporting/templates/upload.html")]
struct UploadPage {
    p: Chrome,
    text: String,
    faults: Vec<Fault>,
    errors: FieldErrors,
}

/// `GET /bieu-mau/tai-len`
pub(in crate::reporting) async fn upload_form(p: Chrome, _: Permit<ManageReports>) -> Result {
    show(&UploadPage { p, text: String::new(), faults: Vec::new(), errors: FieldErrors::default() })
}

/// `POST /bieu-mau/tai-len`
pub(in crate::reporting) async fn upload(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageReports>,
    parts: Multipart,
) -> Result {
    let text = match read_definition(parts).await {
        Ok(text) => text,
        Err(Error::Invalid(errors)) => {
            return page_invalid(&UploadPage { p, text: String::new(), faults: Vec::new(), errors });
        }
        Err(error) => return Err(error.into()),
    };
    match service::upload(&app, &permit, &text).await {
        Ok(Uploaded::Draft(id)) => {
            Ok(see_other(&format!("/bieu-mau/{id}"), Flash::ok("Đã lưu bản thảo; hãy xem trước rồi ban hành.")))
        }
        Ok(Uploaded::Refused(faults)) => page_invalid(&UploadPage { p, text, faults, errors: FieldErrors::default() }),
        Err(Error::Conflict(message)) => {
            let mut errors = FieldErrors::default();
            errors.add("noi_dung", message);
            page_invalid(&UploadPage { p, text, faults: Vec::new(), errors })
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "reporting/templates/form.html")]
struct FormPage {
    p: Chrome,
    row: FormRow,
    form: std::sync::Arc<Form>,
    cells: Vec<CellRow>,
    head: Vec<Vec<HeadCell>>,
    levels: Vec<(String, String, String)>,
    before: Option<(i64, Vec<Change>)>,
    manages: bool,
    publish: PublishForm,
    errors: FieldErrors,
}

async fn view(app: &App, p: Chrome, row: FormHead, manages: bool, errors: FieldErrors) -> kernel::Result<FormPage> {
    let form = service::form_of(app, row.id).await?;
    let before = service::changes(app, &row).await?.map(|(old, changes)| (old.version, changes));
    let today = app.clock.today();
    let publish = PublishForm { tu_ngay: kernel::time::display_date(today.max(form.valid_from)) };
    let row = FormRow::of(&p, &row, kernel::time::date_to_int(today));
    let cells = views::cell_rows(&p, &form, &service::names_elsewhere(app, &form, None).await?);
    let (head, levels) = (header_rows(&form.cells), views::level_rows(&p, &form));
    Ok(FormPage { p, row, form, cells, head, levels, before, manages, publish, errors })
}

/// `GET /bieu-mau/{id}`
pub(in crate::reporting) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Path(id): Path<Uuid>,
) -> Result {
    let row = service::visible_form(&app, &permit, id).await?;
    let manages = Permit::<ManageReports>::of(permit.actor()).is_some();
    show(&view(&app, p, row, manages, FieldErrors::default()).await?)
}

/// `GET /bieu-mau/{id}/tai-ve`: the definition as a file, to be edited and uploaded as the next version.
pub(in crate::reporting) async fn download(
    State(app): State<App>,
    permit: Permit<ReadReports>,
    Path(id): Path<Uuid>,
) -> Result<Response> {
    let row = service::visible_form(&app, &permit, id).await?;
    let text = store::form_source(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    Ok(send(&format!("{}-{}.toml", row.form_key, row.version), "application/toml", text.into_bytes()).into_response())
}

/// `POST /bieu-mau/{id}/ban-hanh`
pub(in crate::reporting) async fn publish(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageReports>,
    reader: Permit<ReadReports>,
    Path(id): Path<Uuid>,
    PostForm(form): PostForm<PublishForm>,
) -> Result {
    let row = service::visible_form(&app, &reader, id).await?;
    let mut errors = FieldErrors::default();
    let from = read::required_date(&mut errors, "tu_ngay", &form.tu_ngay);
    let outcome = match errors.into_result(from) {
        Ok(from) => service::publish(&app, &permit, id, from.ok_or(Error::NotFound)?).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(see_other(&format!("/bieu-mau/{id}"), Flash::ok("Đã ban hành biểu."))),
        Err(Error::Invalid(errors)) => {
            let mut page = view(&app, p, row, true, errors).await?;
            page.publish = form;
            page_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /bieu-mau/{id}/bo`
pub(in crate::reporting) async fn drop(
    State(app): State<App>,
    permit: Permit<ManageReports>,
    Path(id): Path<Uuid>,
) -> Result {
    service::drop_draft(&app, &permit, id).await?;
    Ok(see_other("/bieu-mau", Flash::ok("Đã bỏ bản thảo.")))
}
