//! Filling in away from the program: the form as a workbook, its way back, and what two people changed side by side.

use askama::Template;
use axum::{
    extract::{Form as PostForm, Multipart, Path, State, multipart::MultipartRejection},
    http::StatusCode,
};
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, XLSX, download, page as show, see_other},
};

use super::fill::{own, refill};
use crate::reporting::{
    forms::{CellsForm, read_book},
    model::merge::Merged,
    policy::FillReports,
    service::{self, Filling, Sight},
    views::{ClashRow, Head, RefusedRow, clash_rows, refused_rows},
};

/// `GET /bao-cao/{id}/tai-bieu`
pub(in crate::reporting) async fn workbook(
    State(app): State<App>,
    permit: Permit<FillReports>,
    Path(id): Path<Uuid>,
) -> Result {
    let (name, bytes) = service::workbook(&app, &permit, id).await?;
    Ok(download(&name, XLSX, bytes))
}

#[derive(Template)]
#[template(path = "reporting/templates/merged.html")]
struct MergedPage {
    p: Chrome,
    head: Head,
    /// Did the figures come in a workbook?
    book: bool,
    /// Cells that were taken.
    saved: usize,
    refused: Vec<RefusedRow>,
    clashes: Vec<ClashRow>,
    /// Nothing was chosen for a cell.
    unchosen: bool,
    /// What the browser keeps until this is settled.
    kept: String,
    /// Somebody else saved while this was typed.
    overtaken: bool,
}

/// What became of figures: back to the form when all were taken, else a page on what was not.
fn outcome(page: MergedPage) -> Result {
    if page.refused.is_empty() && page.clashes.is_empty() {
        let words = match page.saved {
            saved if page.overtaken => {
                format!(
                    "Người khác cũng vừa sửa báo cáo này; đã giữ phần sửa của cả hai ({saved} ô của bạn). Hãy xem lại rồi trình."
                )
            }
            0 => "Không có ô nào khác với bản nháp hiện nay.".to_owned(),
            saved => format!("Đã lưu {saved} ô vào bản nháp."),
        };
        let kept = if page.kept.is_empty() { String::new() } else { format!("?xong={}", page.kept) };
        return Ok(see_other(&format!("/bao-cao/{}/dien{kept}", page.head.id), Flash::ok(words)));
    }
    let mut response = show(&page)?;
    *response.status_mut() =
        if page.refused.is_empty() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(response)
}

fn merged_page(app: &App, p: Chrome, sight: &Sight, merged: &Merged) -> MergedPage {
    MergedPage {
        head: Head::of(&p, sight, app.clock.today()),
        book: false,
        saved: merged.saved.len(),
        refused: refused_rows(&p, &sight.form, &merged.refused),
        clashes: clash_rows(&p, &sight.form, &merged.clashes),
        unchosen: false,
        kept: String::new(),
        overtaken: false,
        p,
    }
}

/// Figures of the fill page when somebody else saved meanwhile: what only one of them changed is kept, the rest is laid side by side.
pub(super) async fn overtaken(
    app: &App,
    p: Chrome,
    (permit, sight): (&Permit<FillReports>, &Sight),
    form: &CellsForm,
    (filling, unread): (Filling, FieldErrors),
) -> Result {
    let merged = service::bring(app, permit, sight.row.id, form.changes(filling)).await?;
    let mut page = merged_page(app, p, sight, &merged);
    let unread = unread.0.iter();
    let unread = unread.map(|(cell, why)| RefusedRow::unread(&sight.form, cell, form.get(&format!("c.{cell}")), why));
    page.refused.extend(unread);
    page.kept = sight.row.id.to_string();
    page.overtaken = true;
    outcome(page)
}

/// `POST /bao-cao/{id}/nop-bieu`: a workbook comes back.
pub(in crate::reporting) async fn upload(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<FillReports>,
    Path(id): Path<Uuid>,
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Result {
    let sight = own(&app, &permit, id).await?;
    let read = async {
        let bytes = read_book(parts).await?;
        service::read_workbook(&app, &permit, id, &bytes).await
    };
    let returned = match read.await {
        Ok(returned) => returned,
        Err(Error::Invalid(errors)) => return refill(&app, p, &sight, errors).await,
        Err(error) => return Err(error.into()),
    };
    let merged = service::bring(&app, &permit, id, returned.patches).await?;
    let mut page = merged_page(&app, p, &sight, &merged);
    page.book = true;
    let unread = returned.unread.iter().map(|(cell, raw, why)| RefusedRow::unread(&sight.form, cell, raw, why));
    page.refused.extend(unread);
    let at = |cell: &str| returned.addresses.get(cell).cloned();
    for row in &mut page.refused {
        row.address = at(&row.key).unwrap_or_default();
    }
    for row in &mut page.clashes {
        row.address = at(&row.key).unwrap_or_default();
    }
    page.refused.sort_by_key(|row| sight.form.cells.iter().position(|cell| cell.key == row.key));
    outcome(page)
}

/// `POST /bao-cao/{id}/doi-chieu`: figures from a browser that had no line, or what was chosen where two people changed the same.
pub(in crate::reporting) async fn compare(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<FillReports>,
    Path(id): Path<Uuid>,
    PostForm(form): PostForm<CellsForm>,
) -> Result {
    let sight = own(&app, &permit, id).await?;
    let (patches, unchosen) = form.patches()?;
    let again = !unchosen.is_empty();
    let merged = if again {
        let clashes = patches.into_iter().chain(unchosen).map(|patch| {
            let now = patch.was.clone();
            (patch, now)
        });
        Merged { clashes: clashes.collect(), ..Merged::default() }
    } else {
        service::bring(&app, &permit, id, patches).await?
    };
    let mut page = merged_page(&app, p, &sight, &merged);
    page.unchosen = again;
    page.kept = form.get("ban_giu").chars().filter(|c| c.is_ascii_hexdigit() || *c == '-').take(40).collect();
    outcome(page)
}
