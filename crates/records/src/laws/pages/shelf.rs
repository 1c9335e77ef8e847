//! Documents on the shelf, and the facts of one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Page, Permit};
use platform::{
    App,
    web::{Chrome, Flash, Result, day, page as show, page_invalid, see_other},
};

use crate::laws::{
    forms::{LawForm, ListQuery},
    model::{KINDS, kind_name},
    policy::{EditLaws, ReadLaws},
    service::{self, Standing},
    store::{self, Draft},
};

#[derive(Template)]
#[template(path = "laws/templates/shelf.html")]
pub(in crate::laws) struct ShelfPage {
    p: Chrome,
    query: ListQuery,
    list: Page<Standing>,
    kinds: &'static [(&'static str, &'static str)],
    drafts: Vec<Draft>,
    /// Cards that lag behind their articles.
    lagging: usize,
    edits: bool,
    errors: FieldErrors,
}

impl ShelfPage {
    fn day(&self, stored: &i64) -> String {
        if *stored == 0 { String::new() } else { day(*stored) }
    }

    fn moment(&self, draft: &Draft) -> String {
        kernel::Timestamp(draft.added_at).display()
    }

    fn kind(&self, one: &Standing) -> &'static str {
        kind_name(&one.law.kind)
    }
}

/// The shelf, with what was wrong with a file.
pub(super) async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadLaws>,
    (query, errors): (ListQuery, FieldErrors),
) -> kernel::Result<ShelfPage> {
    let listed = service::list(app, &query.loai, &query.q, query.paging()).await?;
    let (cards, _) = service::cards_overview(app, false).await?;
    Ok(ShelfPage {
        list: listed.page,
        kinds: &KINDS,
        drafts: store::drafts(app.db.read()).await?,
        lagging: cards.iter().filter(|card| card.changed).count(),
        edits: Permit::<EditLaws>::of(permit.actor()).is_some(),
        query,
        errors,
        p,
    })
}

/// `GET /tu-sach`
pub(in crate::laws) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadLaws>,
    Query(query): Query<ListQuery>,
) -> Result {
    show(&view(&app, p, &permit, (query, FieldErrors::default())).await?)
}

#[derive(Template)]
#[template(path = "laws/templates/facts.html")]
struct FactsPage {
    p: Chrome,
    slug: String,
    checked: String,
    source: String,
    form: LawForm,
    errors: FieldErrors,
    kinds: &'static [(&'static str, &'static str)],
}

async fn facts(
    app: &App,
    p: Chrome,
    slug: String,
    form: Option<LawForm>,
    errors: FieldErrors,
) -> kernel::Result<FactsPage> {
    let law = store::law_at(app.db.read(), &slug).await?.ok_or(Error::NotFound)?;
    Ok(FactsPage {
        checked: if law.checked_on == 0 { String::new() } else { day(law.checked_on) },
        form: form.unwrap_or_else(|| LawForm::of(&law)),
        source: law.source,
        kinds: &KINDS,
        errors,
        slug,
        p,
    })
}

/// `GET /tu-sach/van-ban/{slug}`
pub(in crate::laws) async fn form(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<EditLaws>,
    Path(slug): Path<String>,
) -> Result {
    show(&facts(&app, p, slug, None, FieldErrors::default()).await?)
}

/// `POST /tu-sach/van-ban/{slug}`
pub(in crate::laws) async fn change(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<EditLaws>,
    Path(slug): Path<String>,
    Form(form): Form<LawForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let draft = form.facts(&mut errors);
    let outcome = match errors.into_result(()) {
        Ok(()) => service::facts(&app, &permit, &slug, &draft).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(see_other(&format!("/tu-sach/van-ban/{slug}"), Flash::ok("Đã lưu thông tin văn bản."))),
        Err(Error::Invalid(errors)) => page_invalid(&facts(&app, p, slug, Some(form), errors).await?),
        Err(error) => Err(error.into()),
    }
}

/// `POST /tu-sach/van-ban/{slug}/doi-chieu`
pub(in crate::laws) async fn check(
    State(app): State<App>,
    permit: Permit<EditLaws>,
    Path(slug): Path<String>,
) -> Result {
    service::check(&app, &permit, &slug).await?;
    Ok(see_other(&format!("/tu-sach/van-ban/{slug}"), Flash::ok("Đã ghi nhận: đối chiếu hôm nay.")))
}
