//! A file of law: sent, looked at, confirmed.

use askama::Template;
use axum::extract::{Multipart, Path, State};
use axum_extra::extract::Form;
use bytes::Bytes;
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use super::shelf;
use crate::laws::{
    forms::{LawForm, ListQuery},
    model::KINDS,
    policy::{EditLaws, ReadLaws},
    service::{self, Review},
};

/// Name and bytes of the first file.
async fn file(mut parts: Multipart) -> kernel::Result<(String, Bytes)> {
    let bad = |_| Error::invalid("tep", "Tệp chưa đến đủ, hoặc lớn quá mức cho phép. Hãy kiểm tra rồi tải lại.");
    while let Some(field) = parts.next_field().await.map_err(bad)? {
        if field.name() == Some("tep") {
            let name = field.file_name().unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            let name: String = name.chars().filter(|sign| !sign.is_control()).take(150).collect();
            return Ok((name, field.bytes().await.map_err(bad)?));
        }
    }
    Ok((String::new(), Bytes::new()))
}

/// `POST /tu-sach/tai-len`
pub(in crate::laws) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    parts: Multipart,
) -> Result {
    let received = match file(parts).await {
        Ok((name, bytes)) => service::upload(&app, &permit, &name, bytes).await,
        Err(error) => Err(error),
    };
    match received {
        Ok(id) => Ok(see_other(&format!("/tu-sach/nhap/{id}"), Flash::ok("Đã đọc tệp. Hãy rà soát rồi xác nhận."))),
        Err(Error::Invalid(errors)) => {
            let read = Permit::<ReadLaws>::of(permit.actor()).ok_or(Error::Denied)?;
            page_invalid(&shelf::view(&app, p, &read, (ListQuery::default(), errors)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "laws/templates/review.html")]
struct ReviewPage {
    p: Chrome,
    review: Review,
    /// Number, heading and what confirming does to each article.
    articles: Vec<(String, String, &'static str)>,
    form: LawForm,
    errors: FieldErrors,
    kinds: &'static [(&'static str, &'static str)],
    edits: bool,
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadLaws>,
    id: Uuid,
    (form, errors): (Option<LawForm>, FieldErrors),
) -> kernel::Result<ReviewPage> {
    let review = service::review(app, permit, id, form.as_ref().map(|form| form.so_hieu.as_str())).await?;
    let form = form.unwrap_or_else(|| LawForm::found(&review));
    Ok(ReviewPage {
        articles: if review.codified() { Vec::new() } else { review.effects(&form.so_hieu) },
        edits: Permit::<EditLaws>::of(permit.actor()).is_some(),
        kinds: &KINDS,
        review,
        form,
        errors,
        p,
    })
}

/// `GET /tu-sach/nhap/{id}`
pub(in crate::laws) async fn review(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadLaws>,
    Path(id): Path<Uuid>,
) -> Result {
    show(&view(&app, p, &permit, id, (None, FieldErrors::default())).await?)
}

/// `POST /tu-sach/nhap/{id}`
pub(in crate::laws) async fn confirm(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Path(id): Path<Uuid>,
    Form(form): Form<LawForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let confirmation = form.confirmation(&mut errors);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::confirm(&app, &permit, id, confirmation).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok((_, slug)) => {
            let path = slug.map_or("/tu-sach".to_owned(), |slug| format!("/tu-sach/van-ban/{slug}"));
            Ok(see_other(&path, Flash::ok("Đã đưa vào tủ sách.")))
        }
        Err(Error::Invalid(errors)) => {
            let read = Permit::<ReadLaws>::of(permit.actor()).ok_or(Error::Denied)?;
            page_invalid(&view(&app, p, &read, id, (Some(form), errors)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /tu-sach/nhap/{id}/bo`
pub(in crate::laws) async fn throw_away(
    State(app): State<App>,
    permit: Permit<EditLaws>,
    Path(id): Path<Uuid>,
) -> Result {
    service::throw_away(&app, &permit, id).await?;
    Ok(see_other("/tu-sach", Flash::ok("Đã bỏ tệp.")))
}
