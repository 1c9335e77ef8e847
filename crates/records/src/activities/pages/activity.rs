//! One activity with everything about it.

use askama::Template;
use axum::{
    extract::{Form, Multipart, Path, State, multipart::MultipartRejection},
    http::header,
    response::IntoResponse,
};
use kernel::{Error, FieldErrors, Permit, Timestamp, Uuid};
use platform::{
    App, Use,
    web::{Chrome, Flash, Result, download, form as fields, page as show, page_invalid, see_other},
};

use crate::activities::{
    forms::{JoinForm, WithdrawForm, read_upload, shown},
    model::{
        activity::{Draft, RECORDED, Served},
        definitions::{Definitions, definitions, name_in},
    },
    policy::{ReadActivities, RecordActivities},
    service::{self, Sight},
    store,
    views::{FileRow, day, kind, names, picture_type, where_it_was},
};

#[derive(Template)]
#[template(path = "activities/templates/activity.html")]
struct ActivityPage {
    p: Chrome,
    sight: Sight,
    files: Vec<FileRow>,
    lists: &'static Definitions,
    series: i64,
    /// Where it is counted.
    uses: Vec<Use>,
    errors: FieldErrors,
    reason: String,
}

impl ActivityPage {
    fn draft(&self) -> &Draft {
        &self.sight.whole.draft
    }

    fn row(&self) -> &store::Activity {
        &self.sight.whole.row
    }

    fn withdrawn(&self) -> bool {
        self.row().state != RECORDED
    }

    fn days(&self) -> String {
        let row = self.row();
        if row.ends_on == row.held_on {
            day(row.held_on)
        } else {
            format!("{} – {}", day(row.held_on), day(row.ends_on))
        }
    }

    fn kind_name(&self) -> &'static str {
        kind(&self.row().kind).map_or("", |kind| &kind.name)
    }

    fn form_line(&self) -> String {
        let Some(kind) = kind(&self.row().kind) else { return String::new() };
        format!("{}. {}", kind.form, name_in(&self.lists.forms, &kind.form))
    }

    fn basis(&self) -> &'static str {
        let form =
            kind(&self.row().kind).and_then(|kind| definitions().forms.iter().find(|form| form.key == kind.form));
        form.map_or("", |form| &form.basis)
    }

    fn place(&self) -> String {
        where_it_was(&self.row().place, self.row().unit_name.as_deref())
    }

    fn names(&self, list: &[crate::activities::model::definitions::Entry], keys: &[String]) -> String {
        names(list, keys)
    }

    fn path_of(&self, served: &Served) -> String {
        // Only one slice offers subjects whose pages are named like their kind.
        format!("/{}/{}", served.kind, served.id)
    }

    fn recorded_at(&self) -> String {
        Timestamp(self.row().created_at).display()
    }

    fn changed_at(&self) -> String {
        Timestamp(self.row().changed_at).display()
    }
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadActivities>,
    id: Uuid,
    (errors, reason): (FieldErrors, String),
) -> kernel::Result<ActivityPage> {
    let sight = service::sight(app, permit, id).await?;
    let series = match sight.whole.row.series_id {
        Some(series) => store::series_size(app.db.read(), series).await?,
        None => 0,
    };
    Ok(ActivityPage {
        files: sight.files.iter().map(FileRow::of).collect(),
        lists: definitions(),
        uses: service::uses(app, permit.actor(), id).await?,
        sight,
        series,
        errors,
        reason,
        p,
    })
}

/// `GET /hoat-dong/{id}`
pub(in crate::activities) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadActivities>,
    Path(id): Path<Uuid>,
) -> Result {
    show(&view(&app, p, &permit, id, Default::default()).await?)
}

/// Back to the activity, or its page again with what is wrong.
async fn answer(
    app: &App,
    p: Chrome,
    permit: &Permit<RecordActivities>,
    (id, outcome): (Uuid, kernel::Result<()>),
    (done, reason): (&str, String),
) -> Result {
    let mut errors = FieldErrors::default();
    match outcome {
        Ok(()) => return Ok(see_other(&format!("/hoat-dong/{id}"), Flash::ok(done))),
        Err(Error::Invalid(wrong)) => errors = wrong,
        Err(Error::Conflict(message)) => errors.add("", message),
        Err(error) => return Err(error.into()),
    }
    let read = Permit::<ReadActivities>::of(permit.actor()).ok_or(Error::NotFound)?;
    page_invalid(&view(app, p, &read, id, (errors, reason)).await?)
}

/// `POST /hoat-dong/{id}/rut`
pub(in crate::activities) async fn withdraw(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<RecordActivities>,
    Path(id): Path<Uuid>,
    Form(form): Form<WithdrawForm>,
) -> Result {
    service::may_record(&app, &permit, id).await?;
    let mut errors = FieldErrors::default();
    let reason = fields::bounded(&mut errors, "ly_do", &form.ly_do, 1_000);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::withdraw(&app, &permit, id, form.phien_ban.parse().unwrap_or(-1), &reason).await,
        Err(error) => Err(error),
    };
    answer(&app, p, &permit, (id, outcome), ("Đã rút hoạt động; hoạt động này không còn được tính.", reason)).await
}

/// `POST /hoat-dong/{id}/phoi-hop`
pub(in crate::activities) async fn join(
    State(app): State<App>,
    permit: Permit<RecordActivities>,
    Path(id): Path<Uuid>,
    Form(form): Form<JoinForm>,
) -> Result {
    let agency = Uuid::parse_str(&form.co_quan).map_err(|_| Error::NotFound)?;
    service::join(&app, &permit, id, agency).await?;
    let flash = Flash::ok("Đã ghi đơn vị tham gia phối hợp; hoạt động được tính cho cơ quan chủ trì.");
    Ok(see_other(&format!("/hoat-dong/{id}"), flash))
}

/// `POST /hoat-dong/{id}/tep`
pub(in crate::activities) async fn add(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<RecordActivities>,
    Path(id): Path<Uuid>,
    parts: std::result::Result<Multipart, MultipartRejection>,
) -> Result {
    service::may_record(&app, &permit, id).await?;
    let outcome = async {
        let parts = parts.map_err(|e| Error::invalid("tep", e.body_text()))?;
        let (upload, _) = read_upload(parts).await?;
        service::add_files(&app, &permit, id, upload).await.map(drop)
    };
    let outcome = outcome.await;
    answer(&app, p, &permit, (id, outcome), ("Đã lưu tệp.", String::new())).await
}

/// `GET /tep-hoat-dong/{id}`: a photo to look at, anything else to be saved.
pub(in crate::activities) async fn file(
    State(app): State<App>,
    permit: Permit<ReadActivities>,
    Path(id): Path<Uuid>,
) -> Result {
    let (file, bytes) = service::open_file(&app, &permit, id).await?;
    if let Some(kind) = picture_type(&file.file_type) {
        return Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response());
    }
    let ascii: String = file.file_name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    Ok(download(&ascii, "application/octet-stream", bytes.to_vec()))
}

/// `POST /tep-hoat-dong/{id}/danh-dau`
pub(in crate::activities) async fn mark_file(
    State(app): State<App>,
    permit: Permit<RecordActivities>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result {
    let activity = service::mark_file(&app, &permit, id, shown(&fields)).await?;
    Ok(see_other(&format!("/hoat-dong/{activity}#files"), Flash::ok("Đã lưu ghi chú về người trong ảnh.")))
}

/// `POST /tep-hoat-dong/{id}/bo`
pub(in crate::activities) async fn drop_file(
    State(app): State<App>,
    permit: Permit<RecordActivities>,
    Path(id): Path<Uuid>,
) -> Result {
    let activity = service::drop_file(&app, &permit, id).await?;
    Ok(see_other(&format!("/hoat-dong/{activity}"), Flash::ok("Đã bỏ tệp.")))
}
