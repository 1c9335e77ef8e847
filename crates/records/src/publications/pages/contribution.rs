//! One contribution: its words as readers get them, where it stands, what was done, what can be done.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Permit, Timestamp, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, form as fields, page as show, page_invalid, see_other},
};

use crate::{
    activities::{definitions, name_in},
    publications::{
        forms::{DifferenceQuery, StepForm},
        model::{Act, Draft, Piece, State as Stage, difference as compare, kind_name, plain, render},
        policy::{EditPublications, ReadPublications, WritePublications},
        service::{self, Sight, Whither},
        store::{self, Edition, Section},
        views::{StepRow, moment, pill},
    },
};

#[derive(Template)]
#[template(path = "publications/templates/contribution.html")]
struct ContributionPage {
    p: Chrome,
    sight: Sight,
    edition: Edition,
    draft: Draft,
    /// Its words as readers get them.
    html: String,
    sections: Vec<Section>,
    steps: Vec<StepRow>,
    errors: FieldErrors,
    typed: StepForm,
}

impl ContributionPage {
    fn state(&self) -> Stage {
        self.edition.state()
    }

    fn pill(&self) -> &'static str {
        if self.sight.row.gone.is_empty() { pill(self.state()) } else { "plain" }
    }

    fn label(&self) -> &'static str {
        if self.sight.row.gone.is_empty() { self.state().label() } else { "Đã gỡ" }
    }

    fn kind(&self) -> &'static str {
        kind_name(&self.sight.row.kind)
    }

    fn can(&self, act: &str) -> bool {
        let act = match act {
            "write" => Act::Write,
            "submit" => Act::Submit,
            "take-back" => Act::TakeBack,
            "drop" => Act::Drop,
            "correct" => Act::Correct,
            "return" => Act::Return,
            "accept" => Act::Accept,
            "publish" => Act::Publish,
            "schedule" => Act::Schedule,
            "unschedule" => Act::Unschedule,
            _ => Act::Withdraw,
        };
        self.sight.can(act)
    }

    fn restorable(&self) -> bool {
        self.sight.edits && !self.sight.row.gone.is_empty()
    }

    /// Nothing waits for the person here.
    fn quiet(&self) -> bool {
        let acts =
            ["write", "submit", "take-back", "drop", "correct", "return", "accept", "publish", "schedule", "withdraw"];
        !self.restorable() && !acts.iter().any(|act| self.can(act))
    }

    fn public_path(&self) -> Option<String> {
        self.sight.row.live_id.map(|_| format!("/tin/{}", self.sight.row.slug))
    }

    fn at(&self, at: &i64) -> String {
        moment(*at)
    }

    fn field<'a>(&self, key: &'a str) -> &'a str {
        name_in(&definitions().fields, key)
    }

    fn group<'a>(&self, key: &'a str) -> &'a str {
        name_in(&definitions().groups, key)
    }

    fn moment_of(&self, at: &Option<chrono::NaiveDateTime>) -> String {
        at.map_or(String::new(), |at| at.format("%H:%M %d/%m/%Y").to_string())
    }
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadPublications>,
    id: Uuid,
    (errors, typed): (FieldErrors, StepForm),
) -> kernel::Result<ContributionPage> {
    let sight = service::sight(app, permit, id).await?;
    let edition = sight.newest().cloned().ok_or(Error::NotFound)?;
    let draft = service::draft_of(app, &sight.row, &edition).await?;
    let mut sections = store::sections(app.db.read()).await?;
    sections.retain(|section| draft.sections.contains(&section.id));
    let steps = sight.steps.iter().map(StepRow::of).collect();
    Ok(ContributionPage { html: render(&draft.body), p, sight, edition, draft, sections, steps, errors, typed })
}

/// `GET /toa-soan/{id}`
pub(in crate::publications) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPublications>,
    Path(id): Path<Uuid>,
) -> Result {
    show(&view(&app, p, &permit, id, Default::default()).await?)
}

/// Back to the contribution, or its page again with what is wrong.
async fn answer(
    app: &App,
    p: Chrome,
    actor: &kernel::Actor,
    (id, outcome): (Uuid, kernel::Result<()>),
    (done, typed): (&str, StepForm),
) -> Result {
    let errors = match outcome {
        Ok(()) => return Ok(see_other(&format!("/toa-soan/{id}"), Flash::ok(done))),
        Err(Error::Invalid(errors)) => errors,
        Err(error) => return Err(error.into()),
    };
    let read = Permit::<ReadPublications>::of(actor).ok_or(Error::NotFound)?;
    page_invalid(&view(app, p, &read, id, (errors, typed)).await?)
}

/// `POST /toa-soan/{id}/gui`
pub(in crate::publications) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<WritePublications>,
    Path(id): Path<Uuid>,
) -> Result {
    let outcome = service::decide(&app, &permit, id, &Whither::Submit).await;
    answer(&app, p, permit.actor(), (id, outcome), ("Đã gửi biên tập.", StepForm::default())).await
}

/// `POST /toa-soan/{id}/rut-lai`
pub(in crate::publications) async fn take_back(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<WritePublications>,
    Path(id): Path<Uuid>,
) -> Result {
    let outcome = service::decide(&app, &permit, id, &Whither::TakeBack).await;
    answer(&app, p, permit.actor(), (id, outcome), ("Đã rút bài lại để sửa.", StepForm::default())).await
}

/// `POST /toa-soan/{id}/bo`
pub(in crate::publications) async fn give_up(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<WritePublications>,
    Path(id): Path<Uuid>,
) -> Result {
    let outcome = service::decide(&app, &permit, id, &Whither::Drop).await;
    answer(&app, p, permit.actor(), (id, outcome), ("Đã bỏ bản này.", StepForm::default())).await
}

/// `POST /toa-soan/{id}/dinh-chinh`
pub(in crate::publications) async fn correct(
    State(app): State<App>,
    permit: Permit<WritePublications>,
    Path(id): Path<Uuid>,
) -> Result {
    service::correct(&app, &permit, id).await?;
    let flash = Flash::ok("Đã mở bản đính chính; bản đang đăng giữ nguyên cho đến khi bản này được xuất bản.");
    Ok(see_other(&format!("/toa-soan/{id}/sua"), flash))
}

/// `POST /toa-soan/{id}/tra`
pub(in crate::publications) async fn send_back(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditPublications>,
    Path(id): Path<Uuid>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let why = fields::bounded(&mut errors, "y_kien", &form.y_kien, 2_000);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::decide(&app, &permit, id, &Whither::Return(why)).await,
        Err(error) => Err(error),
    };
    answer(&app, p, permit.actor(), (id, outcome), ("Đã trả bài cho người viết.", form)).await
}

/// `POST /toa-soan/{id}/duyet`
pub(in crate::publications) async fn accept(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditPublications>,
    Path(id): Path<Uuid>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let word = fields::bounded(&mut errors, "y_kien", &form.y_kien, 2_000);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::decide(&app, &permit, id, &Whither::Accept(word)).await,
        Err(error) => Err(error),
    };
    answer(&app, p, permit.actor(), (id, outcome), ("Đã duyệt bài.", form)).await
}

/// `POST /toa-soan/{id}/xuat-ban`
pub(in crate::publications) async fn publish(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditPublications>,
    Path(id): Path<Uuid>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let why = fields::bounded(&mut errors, "ly_do", &form.ly_do, 1_000);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::publish(&app, &permit, id, &why).await,
        Err(error) => Err(error),
    };
    answer(&app, p, permit.actor(), (id, outcome), ("Đã xuất bản.", form)).await
}

/// `POST /toa-soan/{id}/hen-gio`
pub(in crate::publications) async fn schedule(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditPublications>,
    Path(id): Path<Uuid>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let at = form.at(&mut errors).unwrap_or(Timestamp(0));
    let outcome = match errors.into_result(()) {
        Ok(()) => service::decide(&app, &permit, id, &Whither::Schedule(at)).await,
        Err(error) => Err(error),
    };
    answer(&app, p, permit.actor(), (id, outcome), ("Đã hẹn giờ xuất bản.", form)).await
}

/// `POST /toa-soan/{id}/bo-hen`
pub(in crate::publications) async fn unschedule(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditPublications>,
    Path(id): Path<Uuid>,
) -> Result {
    let outcome = service::decide(&app, &permit, id, &Whither::Unschedule).await;
    answer(&app, p, permit.actor(), (id, outcome), ("Đã bỏ hẹn giờ xuất bản.", StepForm::default())).await
}

/// `POST /toa-soan/{id}/go`
pub(in crate::publications) async fn withdraw(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditPublications>,
    Path(id): Path<Uuid>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let why = fields::bounded(&mut errors, "ly_do_go", &form.ly_do_go, 1_000);
    let to = fields::bounded(&mut errors, "den", &form.den, 300);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::withdraw(&app, &permit, id, (&form.cach, &why, &to)).await,
        Err(error) => Err(error),
    };
    answer(&app, p, permit.actor(), (id, outcome), ("Đã gỡ bài.", form)).await
}

/// `POST /toa-soan/{id}/dang-lai`
pub(in crate::publications) async fn restore(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditPublications>,
    Path(id): Path<Uuid>,
    Form(form): Form<StepForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let why = fields::bounded(&mut errors, "ly_do", &form.ly_do, 1_000);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::restore(&app, &permit, id, &why).await,
        Err(error) => Err(error),
    };
    answer(&app, p, permit.actor(), (id, outcome), ("Đã đăng lại.", form)).await
}

#[derive(Template)]
#[template(path = "publications/templates/difference.html")]
struct DifferencePage {
    p: Chrome,
    id: Uuid,
    title: String,
    from: Edition,
    to: Edition,
    editions: Vec<Edition>,
    headline: Vec<Piece>,
    lead: Vec<Piece>,
    body: Vec<Piece>,
}

/// `GET /toa-soan/{id}/khac-biet`
pub(in crate::publications) async fn difference(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPublications>,
    Path(id): Path<Uuid>,
    Query(query): Query<DifferenceQuery>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    let newest = sight.newest().cloned().ok_or(Error::NotFound)?;
    let of = |number: i64| sight.editions.iter().find(|edition| edition.number == number).cloned();
    let to = of(query.den).unwrap_or_else(|| newest.clone());
    let from = of(query.tu).or_else(|| of(to.number - 1)).unwrap_or_else(|| to.clone());
    show(&DifferencePage {
        p,
        id,
        title: newest.title,
        headline: compare(&from.title, &to.title),
        lead: compare(&from.lead, &to.lead),
        body: compare(&plain(&from.body), &plain(&to.body)),
        editions: sight.editions,
        from,
        to,
    })
}
