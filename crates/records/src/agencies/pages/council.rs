//! Who sits in a coordination council: the list of a day, and the form in which it is kept.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{Error, FieldErrors, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, form, page, page_invalid, see_other},
};
use serde::Deserialize;

use super::agency::DayQuery;
use crate::agencies::{
    forms::{SEATS, SeatForm},
    model::COUNCIL,
    policy::{ManageAgencies, ReadAgencies},
    service::{self, Dir, directory},
    store::{self, SeatRow},
    views::{AsOf, Link},
};

/// A member as shown.
struct Member {
    id: Uuid,
    agency: Link,
    person: String,
    position: String,
    seat: String,
    basis: String,
    from: String,
    until: String,
}

impl Member {
    fn new(dir: &Dir, row: SeatRow) -> Self {
        let date = |day| time::date_from_int(day);
        let from = date(row.valid_from);
        let name = dir.find(row.agency_id).map(|ix| {
            let unit = dir.agencies().unit(ix);
            from.map_or_else(String::new, |from| unit.face(unit.day_within(from)).name.clone())
        });
        let last = date(row.valid_to).and_then(|day| day.pred_opt()).filter(|_| row.valid_to < service::FOREVER);
        Self {
            id: row.id,
            agency: Link { id: row.agency_id, name: name.unwrap_or_default() },
            person: row.person,
            position: row.position,
            seat: row.seat,
            basis: row.basis,
            from: from.map(time::display_date).unwrap_or_default(),
            until: last.map(time::display_date).unwrap_or_default(),
        }
    }
}

#[derive(Template)]
#[template(path = "agencies/templates/council.html")]
struct CouncilPage {
    p: Chrome,
    id: Uuid,
    name: String,
    as_of: AsOf,
    manages: bool,
    members: Vec<Member>,
    others: Vec<Member>,
    /// Those whom the definitions assume while nobody is entered.
    assumed: Vec<Link>,
    seats: [&'static str; 5],
    form: SeatForm,
    errors: FieldErrors,
}

/// `GET /co-quan/{id}/thanh-vien`
pub(in crate::agencies) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadAgencies>,
    Path(id): Path<Uuid>,
    Query(query): Query<DayQuery>,
) -> Result {
    page(&view(&app, p, &permit, id, &query.ngay, (SeatForm::default(), FieldErrors::default())).await?)
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadAgencies>,
    id: Uuid,
    day: &str,
    (form, errors): (SeatForm, FieldErrors),
) -> kernel::Result<CouncilPage> {
    let dir = directory(app).await?;
    let ix = dir.find(id).ok_or(Error::NotFound)?;
    let as_of = AsOf::new(day, app.clock.today());
    let unit = dir.agencies().unit(ix);
    let face = unit.face(unit.day_within(as_of.date));
    if face.kind != COUNCIL {
        return Err(Error::NotFound);
    }
    let on = time::date_to_int(as_of.date);
    let rows = store::seats_of(app.db.read(), id).await?;
    let (now, other): (Vec<SeatRow>, Vec<SeatRow>) =
        rows.into_iter().partition(|row| row.valid_from <= on && on < row.valid_to);
    let mut members: Vec<Member> = now.into_iter().map(|row| Member::new(&dir, row)).collect();
    members.sort_by_key(|member| SEATS.iter().position(|seat| *seat == member.seat));
    let assumed = match members.is_empty() {
        true => dir.inner.represented(ix, as_of.date).0,
        false => Vec::new(),
    };
    let link = |ix| Link { id: dir.id(ix), name: dir.agencies().unit(ix).face(as_of.date).name.clone() };
    Ok(CouncilPage {
        manages: Permit::<ManageAgencies>::of(permit.actor()).is_some(),
        name: face.name.clone(),
        assumed: assumed.into_iter().map(link).collect(),
        others: other.into_iter().rev().map(|row| Member::new(&dir, row)).collect(),
        seats: SEATS,
        p,
        id,
        as_of,
        members,
        form,
        errors,
    })
}

fn back(council: Uuid) -> String {
    format!("/co-quan/{council}/thanh-vien")
}

/// `POST /co-quan/{id}/thanh-vien`
pub(in crate::agencies) async fn add(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    reader: Permit<ReadAgencies>,
    Path(id): Path<Uuid>,
    Form(form): Form<SeatForm>,
) -> Result {
    service::within(&app, &permit, id).await?;
    let dir = directory(&app).await?;
    let outcome = match form.read(&dir) {
        Ok(seat) => service::add_seat(&app, &permit, id, seat).await,
        Err(errors) => Err(Error::Invalid(errors)),
    };
    match outcome {
        Ok(_) => Ok(see_other(&back(id), Flash::ok(format!("Đã ghi {} vào danh sách.", form.nguoi.trim())))),
        Err(Error::Invalid(errors)) => page_invalid(&view(&app, p, &reader, id, "", (form, errors)).await?),
        Err(error) => Err(error.into()),
    }
}

/// The last day of a seat.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct EndForm {
    den_ngay: String,
}

/// `POST /co-quan/thanh-vien/{id}/ket-thuc`
pub(in crate::agencies) async fn end(
    State(app): State<App>,
    permit: Permit<ManageAgencies>,
    Path(id): Path<Uuid>,
    Form(typed): Form<EndForm>,
) -> Result {
    let mut errors = FieldErrors::default();
    let last = form::date(&mut errors, "den_ngay", &typed.den_ngay);
    let last = errors.into_result(last)?.unwrap_or_else(|| app.clock.today());
    let council = service::end_seat(&app, &permit, id, last).await?;
    Ok(see_other(&back(council), Flash::ok("Đã ghi ngày thôi tham gia.")))
}

/// `POST /co-quan/thanh-vien/{id}/xoa`
pub(in crate::agencies) async fn delete(
    State(app): State<App>,
    permit: Permit<ManageAgencies>,
    Path(id): Path<Uuid>,
) -> Result {
    let council = service::delete_seat(&app, &permit, id).await?;
    Ok(see_other(&back(council), Flash::ok("Đã xóa dòng ghi nhầm.")))
}
