//! One item: put in, seen, described, made public.

use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    response::Response,
};
use axum_extra::extract::Form;
use bytes::Bytes;
use kernel::{Error, FieldErrors, Permit, Timestamp, Uuid};
use platform::{
    App, Use,
    languages::{Language, languages},
    web::{Chrome, Flash, Result, answer, page as show, page_invalid, see_other},
};

use crate::{
    activities::{Definitions, definitions},
    library::{
        forms::{ItemForm, WhyForm},
        model::{KINDS, RIGHTS, broadcast, name_of, verdict_name},
        policy::{KeepLibrary, ReadLibrary, ShowLibrary},
        service::{self, Sight, Source, draft_of},
        store::{self, Collection, Item, Named},
        views::{measured, said, verdict_pill},
    },
};

#[derive(Template)]
#[template(path = "library/templates/form.html")]
struct FormPage {
    p: Chrome,
    /// Where it goes.
    path: String,
    form: ItemForm,
    errors: FieldErrors,
    owners: Vec<Named>,
    collections: Vec<Collection>,
    lists: &'static Definitions,
    kinds: &'static [(&'static str, &'static str)],
    rights: &'static [(&'static str, &'static str)],
    languages: &'static [Language],
    /// Name of a file that came already.
    arrived: String,
    /// Largest file in one go and in pieces, megabytes.
    limits: (usize, u64),
    /// There already: agency, kind and file are settled.
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
    item: Option<&Item>,
    (mut form, errors): (ItemForm, FieldErrors),
) -> kernel::Result<FormPage> {
    let c = app.db.read();
    let came = match Uuid::parse_str(&form.tai_len) {
        Ok(id) => service::received(app, permit.actor(), id).await.ok(),
        Err(_) => None,
    };
    if came.is_none() {
        form.tai_len.clear();
    }
    let server = &app.config.server;
    Ok(FormPage {
        path: item.map_or("/tu-lieu/moi".to_owned(), |item| format!("/tu-lieu/{}/sua", item.id)),
        owners: store::agencies(c, permit.roots()).await?,
        collections: store::collections(c, false).await?,
        lists: definitions(),
        kinds: &KINDS,
        rights: &RIGHTS,
        languages: languages(),
        arrived: came.map_or(String::new(), |file| file.name),
        limits: (server.upload_mb, server.media_mb),
        fixed: item.is_some(),
        form,
        errors,
        p,
    })
}

/// The fields of a form with its file.
async fn fields(mut parts: Multipart) -> kernel::Result<(ItemForm, Option<(String, Bytes)>)> {
    let bad =
        |_| Error::invalid("tep", "Tệp chưa đến đủ, hoặc lớn quá mức cho phép khi trình duyệt không chạy mã lệnh.");
    let (mut form, mut file) = (ItemForm::default(), None);
    while let Some(part) = parts.next_field().await.map_err(bad)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "tep" {
            let called = part.file_name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(bad)?;
            file = file.or(Some((called, bytes)).filter(|(_, bytes)| !bytes.is_empty()));
        } else {
            form.set(&name, part.text().await.map_err(bad)?);
        }
    }
    Ok((form, file))
}

/// A file as it is kept: in pieces before, or at once now.
async fn file_of(
    app: &App,
    form: &ItemForm,
    file: Option<(String, Bytes)>,
) -> kernel::Result<(Option<Uuid>, Option<service::Taken>)> {
    if let Ok(id) = Uuid::parse_str(&form.tai_len) {
        return Ok((Some(id), None));
    }
    match file {
        Some((name, bytes)) => Ok((None, Some(service::take(app, Source::Bytes(name, bytes)).await?))),
        None => Ok((None, None)),
    }
}

/// `GET /tu-lieu/moi`
pub(in crate::library) async fn form(State(app): State<App>, p: Chrome, permit: Permit<KeepLibrary>) -> Result {
    let form = ItemForm {
        co_quan: permit.roots().first().map(Uuid::to_string).unwrap_or_default(),
        ban_quyen: "own".into(),
        ngon_ngu: "vi".into(),
        ..ItemForm::default()
    };
    show(&view(&app, p, &permit, None, (form, FieldErrors::default())).await?)
}

async fn created(
    app: &App,
    permit: &Permit<KeepLibrary>,
    form: &ItemForm,
    file: Option<(String, Bytes)>,
) -> kernel::Result<Uuid> {
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    errors.into_result(())?;
    service::create(app, permit, &draft, file_of(app, form, file).await?, false).await
}

/// `POST /tu-lieu/moi`
pub(in crate::library) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepLibrary>,
    parts: std::result::Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result {
    let parts = parts.map_err(|_| Error::invalid("", "Biểu mẫu không đến đủ; hãy tải lại trang và gửi lại."))?;
    let (form, file) = fields(parts).await?;
    let outcome = created(&app, &permit, &form, file).await;
    let done = |id: Uuid| see_other(&format!("/tu-lieu/{id}"), Flash::ok("Đã đưa vào thư viện."));
    answer(outcome, done, |errors| view(&app, p, &permit, None, (form, errors))).await
}

#[derive(Template)]
#[template(path = "library/templates/item.html")]
struct ItemPage {
    p: Chrome,
    sight: Sight,
    /// What is said of it: label and words.
    said: Vec<(&'static str, String)>,
    /// What was measured: label and words.
    measured: Vec<(&'static str, String)>,
    findings: Vec<broadcast::Finding>,
    /// Why it cannot be public.
    reasons: Vec<&'static str>,
    why: String,
    /// Largest file in one go and in pieces, megabytes.
    limits: (usize, u64),
    errors: FieldErrors,
}

impl ItemPage {
    fn limits(&self) -> (usize, u64) {
        self.limits
    }

    fn kind(&self) -> &'static str {
        name_of(&KINDS, &self.sight.item.kind)
    }

    fn verdict(&self) -> &'static str {
        verdict_name(&self.sight.item.verdict)
    }

    fn pill(&self) -> &'static str {
        verdict_pill(&self.sight.item.verdict)
    }

    fn has(&self, name: &str) -> bool {
        self.sight.renditions.iter().any(|one| one.name == name)
    }

    /// What a writer puts into an article to show it.
    fn quote(&self) -> Option<String> {
        let item = &self.sight.item;
        let words = |text: &str| text.replace(['[', ']', '\n', '"'], " ");
        match item.kind.as_str() {
            "photo" if item.width > 0 => Some(format!(
                "![{}](/anh/{}/{}x{} \"{}\")",
                words(&item.alt),
                item.id,
                item.width,
                item.height,
                words(&item.title)
            )),
            kind @ ("video" | "audio") if self.has("web") => {
                Some(format!("![{}](/tep/{}/web#{kind})", words(&item.title), item.id))
            }
            _ => None,
        }
    }

    fn shown_on(&self) -> String {
        Timestamp(self.sight.item.shown_at).display()
    }

    fn uses(&self) -> &[Use] {
        &self.sight.uses
    }
}

fn seen(app: &App, p: Chrome, sight: Sight, (why, errors): (String, FieldErrors)) -> ItemPage {
    let server = &app.config.server;
    ItemPage {
        said: said(&sight),
        measured: measured(&sight.item),
        findings: serde_json::from_str(&sight.item.findings).unwrap_or_default(),
        reasons: service::reasons_of(&sight.item, !sight.renditions.is_empty()),
        p,
        sight,
        why,
        limits: (server.upload_mb, server.media_mb),
        errors,
    }
}

/// `GET /tu-lieu/{id}`
pub(in crate::library) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    show(&seen(&app, p, sight, (String::new(), FieldErrors::default())))
}

/// The item that may be changed.
async fn mine(app: &App, permit: &Permit<KeepLibrary>, id: Uuid) -> kernel::Result<Sight> {
    let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = service::sight(app, &read, id).await?;
    if sight.keeps { Ok(sight) } else { Err(Error::NotFound) }
}

/// `GET /tu-lieu/{id}/sua`
pub(in crate::library) async fn edit_form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = mine(&app, &permit, id).await?;
    let form = ItemForm::of(&draft_of(&sight), sight.item.version);
    show(&view(&app, p, &permit, Some(&sight.item), (form, FieldErrors::default())).await?)
}

/// `POST /tu-lieu/{id}/sua`
pub(in crate::library) async fn edit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
    parts: std::result::Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result {
    let sight = mine(&app, &permit, id).await?;
    let parts = parts.map_err(|_| Error::invalid("", "Biểu mẫu không đến đủ; hãy tải lại trang và gửi lại."))?;
    let (mut form, _) = fields(parts).await?;
    form.co_quan = sight.item.agency_id.to_string();
    form.loai = sight.item.kind.clone();
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    let version = form.phien_ban.parse().unwrap_or(-1);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::edit(&app, &permit, (id, version), &draft).await,
        Err(error) => Err(error),
    };
    let done = |taken_back: bool| {
        let words = if taken_back {
            "Đã lưu. Tư liệu không còn đủ điều kiện nên đã thôi công khai."
        } else {
            "Đã lưu thông tin tư liệu."
        };
        see_other(&format!("/tu-lieu/{id}"), Flash::ok(words))
    };
    answer(outcome, done, |errors| view(&app, p, &permit, Some(&sight.item), (form, errors))).await
}

/// `POST /tu-lieu/{id}/tep`
pub(in crate::library) async fn give_file(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
    parts: std::result::Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result {
    let sight = mine(&app, &permit, id).await?;
    let outcome = async {
        let parts = parts.map_err(|_| Error::invalid("tep", "Hãy chọn tệp."))?;
        let (form, file) = fields(parts).await?;
        service::give_file(&app, &permit, id, file_of(&app, &form, file).await?).await
    };
    match outcome.await {
        Ok(()) => Ok(back(id, "Đã nhận tệp; đang kiểm tra.")),
        Err(Error::Invalid(errors)) => page_invalid(&seen(&app, p, sight, (String::new(), errors))),
        Err(error) => Err(error.into()),
    }
}

fn back(id: Uuid, words: &'static str) -> Response {
    see_other(&format!("/tu-lieu/{id}"), Flash::ok(words))
}

/// `POST /tu-lieu/{id}/kiem-tra`
pub(in crate::library) async fn check(
    State(app): State<App>,
    permit: Permit<KeepLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    service::check_again(&app, &permit, id).await?;
    Ok(back(id, "Đang kiểm tra lại tệp."))
}

/// `POST /tu-lieu/{id}/cong-khai`
pub(in crate::library) async fn show_it(
    State(app): State<App>,
    permit: Permit<ShowLibrary>,
    Path(id): Path<Uuid>,
) -> Result {
    service::show(&app, &permit, id).await?;
    Ok(back(id, "Đã công khai trên cổng."))
}

/// `POST /tu-lieu/{id}/thoi-cong-khai`
pub(in crate::library) async fn hide(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ShowLibrary>,
    Path(id): Path<Uuid>,
    Form(form): Form<WhyForm>,
) -> Result {
    match service::hide(&app, &permit, id, &form.ly_do).await {
        Ok(()) => Ok(back(id, "Đã thôi công khai.")),
        Err(Error::Invalid(errors)) => {
            let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::NotFound)?;
            page_invalid(&seen(&app, p, service::sight(&app, &read, id).await?, (form.ly_do, errors)))
        }
        Err(error) => Err(error.into()),
    }
}
