//! Filling in a report.

use askama::Template;
use axum::{
    extract::{Form as PostForm, Path, State},
    response::IntoResponse,
};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use super::book::overtaken;
use crate::reporting::{
    forms::CellsForm,
    model::{evaluate::Beside, portable::portable},
    policy::{FillReports, ReadReports},
    service::{self, Draft, Sight},
    views::{FillRow, Head, fill_rows},
};

#[derive(Template)]
#[template(path = "reporting/templates/fill.html")]
struct FillPage {
    p: Chrome,
    head: Head,
    rows: Vec<FillRow>,
    errors: FieldErrors,
    version: i64,
    returned: String,
    /// The rules, and what stands in the cells, for the scripts of the page.
    rules: String,
}

/// The report, for one who may fill it in.
pub(super) async fn own(app: &App, permit: &Permit<FillReports>, id: Uuid) -> kernel::Result<Sight> {
    let read = Permit::<ReadReports>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = service::sight(app, &read, id).await?;
    if !sight.fills {
        return Err(Error::NotFound);
    }
    Ok(sight)
}

async fn view(
    app: &App,
    p: Chrome,
    sight: &Sight,
    typed: Option<&CellsForm>,
    errors: FieldErrors,
) -> kernel::Result<FillPage> {
    let draft = service::draft(app, &sight.row, &sight.round, &sight.form).await?;
    let (returned, reasons) = service::last_return(app, sight).await?;
    let names = service::names_elsewhere(app, &sight.form, Some((sight.row.agency_id, &sight.round))).await?;
    let rows = fill_rows(&p, (sight, &names), &draft, typed, &errors, &reasons);
    let version = typed.and_then(|typed| typed.get("phien_ban").parse().ok()).unwrap_or(sight.row.version);
    let rules = rules(sight, &draft, &service::beside_of(app, sight).await?);
    Ok(FillPage { head: Head::of(&p, sight, app.clock.today()), p, rows, errors, version, returned, rules })
}

/// What the page's scripts compute and check with, also without a line.
fn rules(sight: &Sight, draft: &Draft, beside: &Beside) -> String {
    serde_json::json!({
        "form": portable(&sight.form),
        "values": draft.values,
        "reasons": draft.reasons,
        "auto": draft.auto,
        "prev": beside.prev,
        "others": beside.others,
    })
    .to_string()
}

/// The page again, with what is wrong in a workbook that was sent.
pub(super) async fn refill(app: &App, p: Chrome, sight: &Sight, errors: FieldErrors) -> Result {
    page_invalid(&view(app, p, sight, None, errors).await?)
}

/// `GET /bao-cao/{id}/dien`
pub(in crate::reporting) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<FillReports>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = own(&app, &permit, id).await?;
    if !sight.row.fills || sight.row.state().after(crate::reporting::model::flow::Act::Fill).is_none() {
        return Ok(see_other(
            &format!("/bao-cao/{id}"),
            Flash::warn("Báo cáo đã chuyển bước, không điền được lúc này."),
        ));
    }
    show(&view(&app, p, &sight, None, FieldErrors::default()).await?)
}

/// `POST /bao-cao/{id}/dien`: saves; with `lam=trinh` passes the report on to the checker too.
pub(in crate::reporting) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<FillReports>,
    Path(id): Path<Uuid>,
    PostForm(form): PostForm<CellsForm>,
) -> Result {
    let sight = own(&app, &permit, id).await?;
    let on = form.get("lam") == "trinh";
    let mut errors = FieldErrors::default();
    if sight.row.fills {
        let filling = form.filling(&sight.form, &mut errors);
        match service::save(&app, &permit, id, &filling).await {
            Ok(()) => {}
            Err(Error::Invalid(more)) => errors.0.extend(more.0),
            Err(Error::Conflict(_)) => return overtaken(&app, p, (&permit, &sight), &form, (filling, errors)).await,
            Err(error) => return Err(error.into()),
        }
    }
    if !errors.is_empty() {
        return page_invalid(&view(&app, p, &sight, Some(&form), errors).await?);
    }
    if !on {
        return Ok(see_other(&format!("/bao-cao/{id}/dien"), Flash::ok("Đã lưu số liệu.")));
    }
    match service::finish(&app, &permit, id).await {
        Ok(()) => Ok(see_other(&format!("/bao-cao/{id}"), Flash::ok("Đã trình người kiểm tra."))),
        Err(Error::Invalid(errors)) if sight.row.fills => {
            let sight = own(&app, &permit, id).await?;
            page_invalid(&view(&app, p, &sight, None, errors).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /bao-cao/{id}/dinh-chinh`: begins a corrected revision.
pub(in crate::reporting) async fn correct(
    State(app): State<App>,
    permit: Permit<FillReports>,
    Path(id): Path<Uuid>,
    PostForm(form): PostForm<CellsForm>,
) -> Result {
    let (new, fills) = service::correct(&app, &permit, id, &form.reason()?).await?;
    let (page, words) = if fills {
        ("/dien", "Đã mở bản đính chính; sửa số liệu rồi trình như thường.")
    } else {
        ("", "Đã mở bản đính chính với số liệu cấp dưới hiện nay; xem lại rồi trình như thường.")
    };
    Ok(see_other(&format!("/bao-cao/{new}{page}"), Flash::ok(words)).into_response())
}
