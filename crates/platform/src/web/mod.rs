//! The web kit: building the router, guards, pages, forms, errors, assets.

pub mod asked;
mod assets;
mod chrome;
mod errors;
pub mod form;
pub mod guard;
pub mod kept;
mod limit;
mod offline;
mod part;
mod router;
mod shown;
mod takeaway;

pub(crate) use assets::serve as serve_asset;
pub use chrome::{Chrome, Client, Flash, MenuLink};
pub use errors::{Fail, Result};
pub use limit::Attempts;
pub(crate) use offline::{manifest, portal_manifest, reader, waiting, who, worker};
pub use part::{File, part};
pub use router::{Onlooker, front, router};
pub(crate) use router::{favicon, health, language};
pub use shown::{Int, day, number};
pub use takeaway::{Take, Takeaway};

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{Error, FieldErrors};

/// A page.
///
/// # Errors
/// When the template fails, which is a fault of ours.
pub fn page(view: &impl Template) -> Result {
    Ok(Html(view.render().map_err(kernel::Error::internal)?).into_response())
}

/// A form shown again with what is wrong in it.
///
/// # Errors
/// See [`page`].
pub fn page_invalid(view: &impl Template) -> Result {
    let mut response = page(view)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// Answers a form: on to what `done` says when it worked; else its page again, made by `again` from what was typed and
/// with what is wrong in it: 422, or 409 when things changed meanwhile.
///
/// # Errors
/// Every other error as it is; see [`page`].
pub async fn answer<T, V: Template, F: Future<Output = kernel::Result<V>>>(
    outcome: kernel::Result<T>,
    done: impl FnOnce(T) -> Response,
    again: impl FnOnce(FieldErrors) -> F,
) -> Result {
    match outcome {
        Ok(value) => Ok(done(value)),
        Err(error) => refused(error, again).await,
    }
}

/// Answers a form that did not work out: see [`answer`].
///
/// # Errors
/// See [`answer`].
pub async fn refused<V: Template, F: Future<Output = kernel::Result<V>>>(
    error: Error,
    again: impl FnOnce(FieldErrors) -> F,
) -> Result {
    let (status, errors) = match error {
        Error::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        Error::Conflict(message) => {
            let mut errors = FieldErrors::default();
            errors.add("", message);
            (StatusCode::CONFLICT, errors)
        }
        error => return Err(error.into()),
    };
    let mut response = page(&again(errors).await?)?;
    *response.status_mut() = status;
    Ok(response)
}

/// A form shown again because there were too many attempts from this address.
///
/// # Errors
/// See [`page`].
pub fn page_too_many(view: &impl Template) -> Result {
    let mut response = page(view)?;
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    Ok(response)
}

/// To another page after a change, with a word on what was done.
pub fn see_other(path: &str, flash: Flash) -> Response {
    (flash.cookie(), Redirect::to(path)).into_response()
}

/// A file to be saved under `name` (plain ASCII).
pub fn download(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{}\"", name.replace(['"', '\\', '\n', '\r'], ""));
    ([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// Media type of XLSX.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
