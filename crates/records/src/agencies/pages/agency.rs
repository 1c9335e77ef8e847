//! One agency: facts, history, what hangs under it, how it is called, the classes it belongs to.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{Error, FieldErrors, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, form, page, page_invalid, see_other},
};
use serde::Deserialize;

use crate::agencies::{
    model::COUNCIL,
    policy::{ManageAgencies, ReadAgencies},
    service::{add_alias, directory, forget_alias, within},
    store::{self, AliasRow},
    views::{AsOf, Branch, Link, Moment, Other, classes_of, last_day, moments},
};

/// The query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct DayQuery {
    pub(super) ngay: String,
}

#[derive(Template)]
#[template(path = "agencies/templates/agency.html")]
struct AgencyPage {
    p: Chrome,
    as_of: AsOf,
    id: Uuid,
    manages: bool,
    is_council: bool,
    name: String,
    short: String,
    code: String,
    kind: String,
    place: String,
    parent: Option<Link>,
    path: Vec<Link>,
    since: String,
    ended: Option<String>,
    heirs: Vec<Link>,
    moments: Vec<Moment>,
    branch: Branch,
    aliases: Vec<AliasRow>,
    people: i64,
    classes: Vec<(String, String, usize)>,
    alias: String,
    errors: FieldErrors,
}

/// `GET /co-quan/{id}`
pub(in crate::agencies) async fn agency(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadAgencies>,
    Path(id): Path<Uuid>,
    Query(query): Query<DayQuery>,
) -> Result {
    page(&view(&app, p, &permit, id, &query.ngay, ("", FieldErrors::default())).await?)
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadAgencies>,
    id: Uuid,
    day: &str,
    (alias, errors): (&str, FieldErrors),
) -> kernel::Result<AgencyPage> {
    let today = app.clock.today();
    let dir = directory(app).await?;
    let ix = dir.find(id).ok_or(Error::NotFound)?;
    let as_of = AsOf::new(day, today);
    let tree = dir.agencies();
    let unit = tree.unit(ix);
    let day = unit.day_within(as_of.date);
    let face = unit.face(day);
    let link = |ix, date| Link { id: dir.id(ix), name: tree.unit(ix).face(date).name.clone() };
    let other = |ix, date: chrono::NaiveDate| {
        let Link { id, name } = link(ix, date);
        Other { path: format!("/co-quan/{id}?ngay={date}"), name }
    };
    let mut path: Vec<Link> = tree.chain(ix, day).skip(1).map(|above| link(above, day)).collect();
    let parent = path.first().cloned();
    path.reverse();
    let ended = unit.until.filter(|until| *until <= as_of.date);
    let place = dir.inner.place_of(ix).map(|place| dir.places().unit(place).face(day).name.clone());
    let c = app.db.read();
    Ok(AgencyPage {
        manages: Permit::<ManageAgencies>::of(permit.actor()).is_some(),
        is_council: face.kind == COUNCIL,
        name: face.name.clone(),
        short: face.short.clone(),
        code: unit.key.clone(),
        kind: dir.kind_name(&face.kind),
        place: place.unwrap_or_default(),
        since: time::display_date(unit.from),
        heirs: ended
            .map(|_| tree.heirs(ix, as_of.date).into_iter().map(|ix| link(ix, as_of.date)).collect())
            .unwrap_or_default(),
        ended: ended.map(last_day),
        moments: moments(tree, ix, other, |date| dir.head_of_agency(ix, date)),
        branch: Branch::new(&dir, &tree.as_of(day), Some(ix)),
        aliases: store::aliases_of(c, id).await?,
        people: store::count_people(c, id, time::date_to_int(today)).await?,
        classes: classes_of(&dir, ix, as_of.date),
        alias: alias.to_owned(),
        p,
        as_of,
        id,
        parent,
        path,
        errors,
    })
}

/// A printed name to be remembered.
#[derive(Debug, Deserialize)]
pub(in crate::agencies) struct AliasForm {
    #[serde(default)]
    ten: String,
}

/// `POST /co-quan/{id}/cach-goi`
pub(in crate::agencies) async fn remember(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    reader: Permit<ReadAgencies>,
    Path(id): Path<Uuid>,
    Form(form): Form<AliasForm>,
) -> Result {
    within(&app, &permit, id).await?;
    let mut errors = FieldErrors::default();
    let printed = form::required(&mut errors, "ten", &form.ten, 200);
    if !errors.is_empty() {
        return page_invalid(&view(&app, p, &reader, id, "", (&form.ten, errors)).await?);
    }
    add_alias(&app, &permit, id, &printed).await?;
    Ok(see_other(&format!("/co-quan/{id}"), Flash::ok(format!("Đã nhớ cách gọi “{printed}”."))))
}

/// `POST /co-quan/cach-goi/{id}/xoa`
pub(in crate::agencies) async fn forget(
    State(app): State<App>,
    permit: Permit<ManageAgencies>,
    Path(id): Path<Uuid>,
) -> Result {
    let agency = forget_alias(&app, &permit, id).await?;
    let back = agency.map_or_else(|| "/co-quan".to_owned(), |agency| format!("/co-quan/{agency}"));
    Ok(see_other(&back, Flash::ok("Đã bỏ cách gọi.")))
}
