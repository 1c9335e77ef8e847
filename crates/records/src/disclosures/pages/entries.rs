//! The list of what agencies make public.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{Action, FieldErrors, Page, Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, page as show, see_other},
};

use crate::{
    activities::{definitions as activity_lists, model::definitions::Entry as Field},
    disclosures::{
        forms::{EntryForm, ListQuery},
        model::{Entry, Law, definitions},
        policy::{KeepDisclosures, ReadDisclosures, ReadRequests},
        service,
        store::{self, EntryRow, Named},
        views::EntryLine,
    },
};

#[derive(Template)]
#[template(path = "disclosures/templates/entries.html")]
struct ListPage {
    p: Chrome,
    query: ListQuery,
    list: Page<EntryLine>,
    planned: i64,
    kinds: &'static [Entry],
    law: &'static Law,
    keeps: bool,
    sees_requests: bool,
}

/// `GET /tiep-can-thong-tin`
pub(in crate::disclosures) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadDisclosures>,
    Query(query): Query<ListQuery>,
) -> Result {
    let listing = service::list(&app, &permit, (&query.tt, &query.loai), query.paging()).await?;
    let page = listing.page;
    show(&ListPage {
        list: Page { rows: page.rows.iter().map(EntryLine::of).collect(), total: page.total, paging: page.paging },
        planned: listing.planned,
        kinds: &definitions().kinds,
        law: &definitions().law,
        keeps: permit.actor().may(&KeepDisclosures::DEF),
        sees_requests: permit.actor().may(&ReadRequests::DEF),
        query,
        p,
    })
}

#[derive(Template)]
#[template(path = "disclosures/templates/entry.html")]
struct EntryPage {
    p: Chrome,
    /// None while it is added.
    row: Option<EntryRow>,
    owners: Vec<Named>,
    kinds: &'static [Entry],
    fields: &'static [Field],
    form: EntryForm,
    errors: FieldErrors,
    /// May the person change it?
    keeps: bool,
}

async fn view(
    app: &App,
    p: Chrome,
    (row, owners): (Option<EntryRow>, &[Uuid]),
    form: EntryForm,
    errors: FieldErrors,
) -> kernel::Result<EntryPage> {
    let keeps = row.as_ref().is_none_or(|row| owners.contains(&row.agency_id));
    let owners = store::agencies(app.db.read(), owners).await?;
    let (kinds, fields) = (&definitions().kinds, &activity_lists().fields);
    Ok(EntryPage { p, row, owners, kinds, fields, form, errors, keeps })
}

/// `GET /tiep-can-thong-tin/moi`
pub(in crate::disclosures) async fn form(State(app): State<App>, p: Chrome, permit: Permit<KeepDisclosures>) -> Result {
    let owner = permit.roots().first().map(Uuid::to_string).unwrap_or_default();
    let form = EntryForm { co_quan: owner, trang_thai: "public".into(), ..EntryForm::default() };
    show(&view(&app, p, (None, permit.roots()), form, FieldErrors::default()).await?)
}

async fn saved(
    app: &App,
    permit: &Permit<KeepDisclosures>,
    old: Option<Uuid>,
    form: &EntryForm,
) -> kernel::Result<Uuid> {
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    errors.into_result(())?;
    let old = old.map(|id| (id, form.phien_ban.parse().unwrap_or(-1)));
    service::save(app, permit, old, &draft).await
}

/// `POST /tiep-can-thong-tin/moi`
pub(in crate::disclosures) async fn add(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepDisclosures>,
    Form(form): Form<EntryForm>,
) -> Result {
    let outcome = saved(&app, &permit, None, &form).await;
    let done = |_| see_other("/tiep-can-thong-tin", Flash::ok("Đã thêm vào danh mục."));
    answer(outcome, done, |errors| view(&app, p, (None, permit.roots()), form, errors)).await
}

/// `GET /tiep-can-thong-tin/muc/{id}`
pub(in crate::disclosures) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadDisclosures>,
    Path(id): Path<Uuid>,
) -> Result {
    let row = service::entry(&app, &permit, id).await?;
    let form = EntryForm::of(&row);
    let owners = permit.actor().agencies_for(&KeepDisclosures::DEF);
    show(&view(&app, p, (Some(row), &owners), form, FieldErrors::default()).await?)
}

/// `POST /tiep-can-thong-tin/muc/{id}`
pub(in crate::disclosures) async fn change(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<KeepDisclosures>,
    read: Permit<ReadDisclosures>,
    Path(id): Path<Uuid>,
    Form(form): Form<EntryForm>,
) -> Result {
    let row = service::entry(&app, &read, id).await?;
    let outcome = saved(&app, &permit, Some(id), &form).await;
    let done = |_| see_other("/tiep-can-thong-tin", Flash::ok("Đã lưu danh mục."));
    answer(outcome, done, |errors| view(&app, p, (Some(row), permit.roots()), form, errors)).await
}
