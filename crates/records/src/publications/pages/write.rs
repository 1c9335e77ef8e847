//! Writing a contribution, with a look at it before it is kept.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Html,
};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    languages::language_name,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use crate::{
    activities::{Definitions, definitions, name_in, service::Topic},
    publications::{
        forms::WordsForm,
        model::{Act, KINDS, minutes},
        policy::{ReadPublications, WritePublications},
        service,
        store::{self, Named, Publication, Section},
    },
};

#[derive(Template)]
#[template(path = "publications/templates/write.html")]
pub(super) struct WritePage {
    p: Chrome,
    /// What was just done.
    said: String,
    /// Id of what is changed; empty for something new.
    of: String,
    /// Where it goes.
    path: String,
    /// Where one came from.
    back: String,
    form: WordsForm,
    errors: FieldErrors,
    owners: Vec<Named>,
    sections: Vec<Section>,
    /// What the quarter should be about, with the number of publications about it.
    topics: Vec<(Topic, i64)>,
    lists: &'static Definitions,
    kinds: &'static [(&'static str, &'static str)],
    /// A later edition of what is public: what it changes is said.
    correction: bool,
    /// Its kind and agency are settled.
    fixed: bool,
    /// Of a version in another language: the original's words, and what the version is.
    original: Option<Beside>,
}

/// What stands beside the form of a version in another language.
struct Beside {
    /// The language that is written.
    lang: &'static str,
    /// Number of the original's edition.
    number: i64,
    title: String,
    lead: String,
    html: String,
    path: String,
}

impl Beside {
    async fn of(app: &App, row: &Publication) -> kernel::Result<Option<Self>> {
        if row.of_id.is_none() {
            return Ok(None);
        }
        let original = service::original(app, row.of_id).await?;
        Ok(Some(Self {
            lang: language_name(&row.lang),
            number: original.edition.number,
            html: service::shown(app, &original.draft.body, app.clock.today()).await?.html,
            title: original.draft.title,
            lead: original.draft.lead,
            path: format!("/toa-soan/{}", original.row.id),
        }))
    }
}

impl WritePage {
    /// The page with a word about what was just done.
    pub(super) fn saying(self, said: String) -> Self {
        Self { said, ..self }
    }

    fn field<'a>(&self, key: &'a str) -> &'a str {
        name_in(&definitions().fields, key)
    }

    fn has(&self, list: &[String], key: &str) -> bool {
        list.iter().any(|one| one == key)
    }
}

pub(super) struct Place {
    path: String,
    of: String,
    back: String,
    correction: bool,
    fixed: bool,
    original: Option<Beside>,
}

/// The form with what is typed.
pub(super) async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<WritePublications>,
    place: Place,
    (form, errors): (WordsForm, FieldErrors),
) -> kernel::Result<WritePage> {
    let c = app.db.read();
    let owners = store::agencies(c, permit.roots()).await?;
    let sections = store::sections(c).await?;
    let topics = service::topics(app, permit.roots()).await?;
    let Place { path, of, back, correction, fixed, original } = place;
    Ok(WritePage {
        p,
        said: String::new(),
        of,
        path,
        back,
        form,
        errors,
        owners,
        sections,
        topics,
        lists: definitions(),
        kinds: &KINDS,
        correction,
        fixed,
        original,
    })
}

/// A form for something new.
pub(super) fn new() -> Place {
    Place {
        path: "/toa-soan/moi".into(),
        of: String::new(),
        back: "/toa-soan".into(),
        correction: false,
        fixed: false,
        original: None,
    }
}

/// `GET /toa-soan/moi`
pub(in crate::publications) async fn form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<WritePublications>,
) -> Result {
    let owner = permit.roots().first().map(Uuid::to_string).unwrap_or_default();
    let form = WordsForm { loai: "article".into(), co_quan: owner, ..WordsForm::default() };
    show(&view(&app, p, &permit, new(), (form, FieldErrors::default())).await?)
}

/// `POST /toa-soan/moi`
pub(in crate::publications) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<WritePublications>,
    Form(form): Form<WordsForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::create(&app, &permit, &draft, false).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => Ok(see_other(&format!("/toa-soan/{id}"), Flash::ok("Đã lưu bản thảo."))),
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &permit, new(), (form, errors)).await?),
        Err(error) => Err(error.into()),
    }
}

/// Where an edition that may be written is changed, and its words.
pub(super) async fn place(
    app: &App,
    permit: &Permit<WritePublications>,
    id: Uuid,
) -> kernel::Result<(Place, WordsForm)> {
    let read = Permit::<ReadPublications>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = service::sight(app, &read, id).await?;
    let edition = sight.newest().filter(|_| sight.writes).ok_or(Error::NotFound)?;
    if !sight.can(Act::Write) {
        let label = edition.state().label();
        return Err(Error::Conflict(format!("Bài đang ở bước “{label}”, không làm được việc này. Hãy tải lại trang.")));
    }
    let draft = service::draft_of(app, &sight.row, edition).await?;
    let public = sight.row.first_at > 0;
    let back = format!("/toa-soan/{id}");
    let original = Beside::of(app, &sight.row).await?;
    let fixed = public || original.is_some();
    Ok((
        Place { path: format!("{back}/sua"), of: id.to_string(), back, correction: public, fixed, original },
        WordsForm::of(&draft, edition.version),
    ))
}

/// `GET /toa-soan/{id}/sua`
pub(in crate::publications) async fn edit_form(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<WritePublications>,
    Path(id): Path<Uuid>,
) -> Result {
    let (place, form) = place(&app, &permit, id).await?;
    show(&view(&app, p, &permit, place, (form, FieldErrors::default())).await?)
}

/// `POST /toa-soan/{id}/sua`
pub(in crate::publications) async fn edit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<WritePublications>,
    Path(id): Path<Uuid>,
    Form(mut form): Form<WordsForm>,
) -> Result {
    let (place, before) = place(&app, &permit, id).await?;
    form.co_quan = before.co_quan;
    if place.fixed {
        form.loai = before.loai;
    }
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    let version = form.phien_ban.parse().unwrap_or(-1);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::edit(&app, &permit, id, version, &draft).await,
        Err(error) => Err(error),
    };
    let errors = match outcome {
        Ok(()) => return Ok(see_other(&format!("/toa-soan/{id}"), Flash::ok("Đã lưu bản thảo."))),
        Err(Error::Invalid(errors)) => errors,
        // What was typed stays on the page.
        Err(Error::Conflict(message)) => {
            let mut errors = FieldErrors::default();
            errors.add("", message);
            errors
        }
        Err(error) => return Err(error.into()),
    };
    page_invalid(&view(&app, p, &permit, place, (form, errors)).await?)
}

#[derive(Template)]
#[template(path = "publications/templates/preview.html")]
struct Preview {
    p: Chrome,
    title: String,
    lead: String,
    body: String,
    minutes: usize,
}

/// `POST /toa-soan/xem-thu`: how the words look, without keeping them.
pub(in crate::publications) async fn preview(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<WritePublications>,
    Form(form): Form<WordsForm>,
) -> Result<Html<String>> {
    if form.tieu_de.trim().is_empty() && form.noi_dung.trim().is_empty() {
        return Err(Error::invalid("noi_dung", "Chưa có gì để xem thử; hãy viết tiêu đề hoặc nội dung.").into());
    }
    let body: String = form.noi_dung.chars().take(100_000).collect();
    let view = Preview {
        body: service::shown(&app, &body, app.clock.today()).await?.html,
        title: form.tieu_de,
        lead: form.tom_tat,
        minutes: minutes(&form.noi_dung),
        p,
    };
    Ok(Html(view.render().map_err(Error::internal)?))
}
