//! Beginning a version of a publication in another language.

use axum::extract::{Path, State};
use axum_extra::extract::Form;
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Flash, Result, see_other},
};

use crate::publications::{forms::LanguageForm, policy::WritePublications, service};

/// `POST /toa-soan/{id}/ban-dich`
pub(in crate::publications) async fn begin(
    State(app): State<App>,
    permit: Permit<WritePublications>,
    Path(id): Path<Uuid>,
    Form(form): Form<LanguageForm>,
) -> Result {
    let version = service::translate(&app, &permit, id, &form.tieng).await?;
    let flash = Flash::ok("Đã mở bản dịch với lời của bản gốc; hãy viết đè lên từng đoạn.");
    Ok(see_other(&format!("/toa-soan/{version}/sua"), flash))
}
