//! Cards: the list with those that lag, writing, comparing.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, page_invalid, see_other},
};

use crate::laws::{
    forms::{CardForm, CardsQuery},
    policy::{EditLaws, ReadLaws},
    service::{self, CardView, Topic},
};

#[derive(Template)]
#[template(path = "laws/templates/cards.html")]
struct CardsPage {
    p: Chrome,
    cards: Vec<CardView>,
    /// Only those that lag are shown.
    only: bool,
    all: usize,
    lagging: usize,
    edits: bool,
}

/// `GET /tu-sach/the`
pub(in crate::laws) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadLaws>,
    Query(query): Query<CardsQuery>,
) -> Result {
    let (mut cards, _) = service::cards_overview(&app, false).await?;
    let (all, lagging) = (cards.len(), cards.iter().filter(|card| card.changed).count());
    let only = query.loc == "doi";
    cards.retain(|card| !only || card.changed);
    let edits = Permit::<EditLaws>::of(permit.actor()).is_some();
    show(&CardsPage { p, cards, only, all, lagging, edits })
}

#[derive(Template)]
#[template(path = "laws/templates/card.html")]
struct CardPage {
    p: Chrome,
    /// Where it goes.
    path: String,
    /// The card as it stands, when there is one.
    view: Option<CardView>,
    form: CardForm,
    errors: FieldErrors,
    topics: Vec<(&'static str, Vec<Topic>)>,
}

impl CardPage {
    fn topics(&self, kind: &str) -> &[Topic] {
        self.topics.iter().find(|(known, _)| *known == kind).map(|(_, list)| list.as_slice()).unwrap_or_default()
    }

    fn has(&self, list: &[String], key: &str) -> bool {
        list.iter().any(|one| one == key)
    }
}

async fn page(
    app: &App,
    p: Chrome,
    view: Option<CardView>,
    (form, errors): (CardForm, FieldErrors),
) -> kernel::Result<CardPage> {
    let topics = service::topics(app).await?;
    let path = view.as_ref().map_or("/tu-sach/the/moi".to_owned(), |view| format!("/tu-sach/the/{}", view.card.id));
    Ok(CardPage { p, path, view, form, errors, topics })
}

async fn saved(app: &App, permit: &Permit<EditLaws>, at: Option<(Uuid, i64)>, form: &CardForm) -> kernel::Result<Uuid> {
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    errors.into_result(())?;
    service::save(app, permit, at, &draft).await
}

/// `GET /tu-sach/the/moi`
pub(in crate::laws) async fn form(State(app): State<App>, p: Chrome, _permit: Permit<EditLaws>) -> Result {
    let form = CardForm { hien: "1".into(), ..CardForm::default() };
    show(&page(&app, p, None, (form, FieldErrors::default())).await?)
}

/// `POST /tu-sach/the/moi`
pub(in crate::laws) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Form(form): Form<CardForm>,
) -> Result {
    match saved(&app, &permit, None, &form).await {
        Ok(_) => Ok(see_other("/tu-sach/the", Flash::ok("Đã lưu thẻ."))),
        Err(Error::Invalid(errors)) => page_invalid(&page(&app, p, None, (form, errors)).await?),
        Err(error) => Err(error.into()),
    }
}

/// `GET /tu-sach/the/{id}`
pub(in crate::laws) async fn edit_form(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<EditLaws>,
    Path(id): Path<Uuid>,
) -> Result {
    let view = service::card_for_staff(&app, id).await?;
    let form = CardForm::of(&view);
    show(&page(&app, p, Some(view), (form, FieldErrors::default())).await?)
}

/// `POST /tu-sach/the/{id}`
pub(in crate::laws) async fn edit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Path(id): Path<Uuid>,
    Form(form): Form<CardForm>,
) -> Result {
    let view = service::card_for_staff(&app, id).await?;
    match saved(&app, &permit, Some((id, form.phien_ban.parse().unwrap_or(-1))), &form).await {
        Ok(_) => Ok(see_other("/tu-sach/the", Flash::ok("Đã lưu thẻ."))),
        Err(Error::Invalid(errors)) => page_invalid(&page(&app, p, Some(view), (form, errors)).await?),
        Err(error) => Err(error.into()),
    }
}

/// `POST /tu-sach/the/{id}/doi-chieu`
pub(in crate::laws) async fn compare(State(app): State<App>, permit: Permit<EditLaws>, Path(id): Path<Uuid>) -> Result {
    service::compare(&app, &permit, id).await?;
    Ok(see_other("/tu-sach/the", Flash::ok("Đã ghi nhận: thẻ vẫn đúng với điều luật hiện nay.")))
}
