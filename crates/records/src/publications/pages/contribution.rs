//! One contribution: its words as readers get them, where it stands, what was done, what can be done.

use askama::Template;
use axum::{
    extract::{FromRequest, FromRequestParts, Path, Query, Request, State},
    response::Response,
};
use axum_extra::extract::Form;
use kernel::{Action, Error, FieldErrors, Permit, Timestamp, Uuid, time};
use platform::{
    App,
    languages::{Language, VIETNAMESE, language_name, languages},
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};

use crate::{
    activities::{definitions, name_in, service::published_as},
    publications::{
        forms::{DifferenceQuery, StepForm},
        model::{Act, Draft, Piece, State as Stage, difference as compare, kind_name, plain},
        policy::{EditPublications, ReadPublications, WritePublications},
        service::{self, Doubt, Original, Shown, Sight, Version, Whither},
        store::{self, Edition, Section, Views},
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
    /// Quotes of law that are not what the law says.
    doubts: Vec<Doubt>,
    /// The day whose law counts.
    day: String,
    sections: Vec<Section>,
    steps: Vec<StepRow>,
    /// The activity as which it counts.
    activity: Option<Uuid>,
    views: Views,
    /// The original, if this is a version in another language.
    original: Option<Original>,
    /// Versions in other languages.
    versions: Vec<Version>,
    /// May begin a version in one of these.
    languages: Vec<&'static Language>,
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

    fn language(&self) -> &'static str {
        language_name(&self.sight.row.lang)
    }

    /// The original has been corrected since this was translated.
    fn outdated(&self) -> bool {
        self.original.as_ref().is_some_and(|original| self.edition.base < original.edition.number)
    }

    fn version_pill(&self, version: &Version) -> &'static str {
        if version.gone { "plain" } else { pill(version.state) }
    }

    fn version_label(&self, version: &Version) -> &'static str {
        if version.gone { "Đã gỡ" } else { version.state.label() }
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
    let activity = published_as(app.db.read(), id).await?;
    let views = service::views_of(app, id).await?;
    let steps = sight.steps.iter().map(StepRow::of).collect();
    let day = match sight.row.first_at {
        0 => app.clock.today(),
        first => Timestamp(first).date(),
    };
    let original = match sight.row.of_id {
        Some(of) => Some(service::original(app, Some(of)).await?),
        None => None,
    };
    let versions = match original {
        Some(_) => Vec::new(),
        None => service::versions(app, id, sight.live().map(|live| live.number)).await?,
    };
    let begins = original.is_none() && Permit::<WritePublications>::of(permit.actor()).is_some();
    let free = |one: &&Language| {
        let taken = |version: &Version| version.lang == one.name && version.state != Stage::Dropped;
        begins && one.code != VIETNAMESE && !one.spoken && !versions.iter().any(taken)
    };
    let languages = languages().iter().filter(free).collect();
    let Shown { html, doubts } = service::shown(app, &draft.body, day).await?;
    Ok(ContributionPage {
        html,
        doubts,
        day: time::display_date(day),
        p,
        sight,
        edition,
        draft,
        sections,
        steps,
        activity,
        views,
        original,
        versions,
        languages,
        errors,
        typed,
    })
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

/// A button of the page that somebody pressed, with what was typed beside it.
pub(in crate::publications) struct Pressed<A: Action> {
    app: App,
    p: Chrome,
    permit: Permit<A>,
    id: Uuid,
    typed: StepForm,
}

impl<A: Action> FromRequest<App> for Pressed<A>
where
    Permit<A>: FromRequestParts<App>,
{
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, Response> {
        type Parts<A> = (State<App>, Chrome, Permit<A>, Path<Uuid>, Form<StepForm>);
        let (State(app), p, permit, Path(id), Form(typed)) = Parts::<A>::from_request(request, app).await?;
        Ok(Self { app, p, permit, id, typed })
    }
}

impl<A: Action> Pressed<A> {
    /// Reads what the step needs, takes it and says what was done; else the page again with what is wrong.
    async fn take<T>(
        self,
        done: &str,
        read: impl FnOnce(&StepForm, &mut FieldErrors) -> T,
        step: impl AsyncFnOnce(&App, &Permit<A>, Uuid, T) -> kernel::Result<()>,
    ) -> Result {
        let Self { app, p, permit, id, typed } = self;
        let mut errors = FieldErrors::default();
        let needed = read(&typed, &mut errors);
        let outcome = match errors.into_result(needed) {
            Ok(needed) => step(&app, &permit, id, needed).await,
            Err(error) => Err(error),
        };
        let back = |()| see_other(&format!("/toa-soan/{id}"), Flash::ok(done));
        answer(outcome, back, |errors| async {
            let read = Permit::<ReadPublications>::of(permit.actor()).ok_or(Error::NotFound)?;
            view(&app, p, &read, id, (errors, typed)).await
        })
        .await
    }

    async fn decide(self, done: &str, read: impl FnOnce(&StepForm, &mut FieldErrors) -> Whither) -> Result {
        self.take(done, read, async |app, permit, id, whither| service::decide(app, permit, id, &whither).await).await
    }
}

/// `POST /toa-soan/{id}/gui`
pub(in crate::publications) async fn submit(pressed: Pressed<WritePublications>) -> Result {
    pressed.decide("Đã gửi biên tập.", |_, _| Whither::Submit).await
}

/// `POST /toa-soan/{id}/rut-lai`
pub(in crate::publications) async fn take_back(pressed: Pressed<WritePublications>) -> Result {
    pressed.decide("Đã rút bài lại để sửa.", |_, _| Whither::TakeBack).await
}

/// `POST /toa-soan/{id}/bo`
pub(in crate::publications) async fn give_up(pressed: Pressed<WritePublications>) -> Result {
    pressed.decide("Đã bỏ bản này.", |_, _| Whither::Drop).await
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
pub(in crate::publications) async fn send_back(pressed: Pressed<EditPublications>) -> Result {
    let why = |form: &StepForm, errors: &mut FieldErrors| Whither::Return(form.word(errors));
    pressed.decide("Đã trả bài cho người viết.", why).await
}

/// `POST /toa-soan/{id}/duyet`
pub(in crate::publications) async fn accept(pressed: Pressed<EditPublications>) -> Result {
    pressed.decide("Đã duyệt bài.", |form, errors| Whither::Accept(form.word(errors))).await
}

/// `POST /toa-soan/{id}/hen-gio`
pub(in crate::publications) async fn schedule(pressed: Pressed<EditPublications>) -> Result {
    let at = |form: &StepForm, errors: &mut FieldErrors| Whither::Schedule(form.at(errors).unwrap_or(Timestamp(0)));
    pressed.decide("Đã hẹn giờ xuất bản.", at).await
}

/// `POST /toa-soan/{id}/bo-hen`
pub(in crate::publications) async fn unschedule(pressed: Pressed<EditPublications>) -> Result {
    pressed.decide("Đã bỏ hẹn giờ xuất bản.", |_, _| Whither::Unschedule).await
}

/// `POST /toa-soan/{id}/xuat-ban`
pub(in crate::publications) async fn publish(pressed: Pressed<EditPublications>) -> Result {
    let step = async |app: &App, permit: &Permit<_>, id, why: String| service::publish(app, permit, id, &why).await;
    pressed.take("Đã xuất bản.", StepForm::reason, step).await
}

/// `POST /toa-soan/{id}/go`
pub(in crate::publications) async fn withdraw(pressed: Pressed<EditPublications>) -> Result {
    let step = async |app: &App, permit: &Permit<_>, id, (how, why, to): (String, String, String)| {
        service::withdraw(app, permit, id, (&how, &why, &to)).await
    };
    pressed.take("Đã gỡ bài.", StepForm::withdrawal, step).await
}

/// `POST /toa-soan/{id}/dang-lai`
pub(in crate::publications) async fn restore(pressed: Pressed<EditPublications>) -> Result {
    let step = async |app: &App, permit: &Permit<_>, id, why: String| service::restore(app, permit, id, &why).await;
    pressed.take("Đã đăng lại.", StepForm::reason, step).await
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
