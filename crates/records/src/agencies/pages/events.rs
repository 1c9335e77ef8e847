//! What happened to agencies: the list and one event.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use kernel::{Error, FieldErrors, Page, Paging, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, form, page, page_invalid, see_other},
};
use serde::Deserialize;

use super::About;
use crate::agencies::{
    forms::{Words, words},
    model::{event::Change, replay::Origin, side::Side},
    policy::{ManageAgencies, ReadAgencies},
    service::{Dir, directory, set_withdrawn, verify, within_event},
    store::StoredEvent,
};

/// The query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::agencies) struct EventsQuery {
    nguon: String,
    trang: Option<u32>,
}

struct Line {
    id: Uuid,
    date: String,
    title: String,
    basis: String,
    unverified: bool,
    withdrawn: bool,
    person: bool,
    /// Can it be taken back?
    stored: bool,
    changes: String,
}

fn line(stored: &StoredEvent) -> Line {
    let event = &stored.recorded.event;
    Line {
        id: stored.id,
        date: time::display_date(event.date),
        title: event.title.clone(),
        basis: event.basis.clone().unwrap_or_default(),
        unverified: event.unverified,
        withdrawn: stored.withdrawn,
        person: stored.recorded.origin == Origin::Person,
        stored: stored.is_stored(),
        changes: kernel::text::display_number(i64::try_from(event.changes.len()).unwrap_or(i64::MAX)),
    }
}

#[derive(Template)]
#[template(path = "agencies/templates/events.html")]
struct EventsPage {
    p: Chrome,
    words: &'static Words,
    manages: bool,
    source: String,
    query: String,
    list: Page<Line>,
}

/// `GET /co-quan/su-kien`, `GET /dia-ban/su-kien`
pub(in crate::agencies) async fn list<A: About>(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadAgencies>,
    Query(query): Query<EventsQuery>,
) -> Result {
    let dir = directory(&app).await?;
    let wanted = |stored: &&StoredEvent| match query.nguon.as_str() {
        "nguoi" => stored.recorded.origin == Origin::Person,
        "san" => stored.recorded.origin == Origin::BuiltIn,
        "chua-kiem-chung" => stored.recorded.event.unverified,
        _ => true,
    };
    let all: Vec<&StoredEvent> = dir.listed_events(A::SIDE).rev().filter(wanted).collect();
    let paging = Paging::new(query.trang);
    let skip = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let rows = all.iter().skip(skip).take(paging.size as usize).map(|stored| line(stored)).collect();
    let list = Page { rows, total: all.len() as u64, paging };
    let text = if query.nguon.is_empty() {
        String::new()
    } else {
        format!("nguon={}&", super::super::views::encoded(&query.nguon))
    };
    page(&EventsPage {
        words: words(A::SIDE),
        manages: Permit::<ManageAgencies>::of(permit.actor()).is_some(),
        source: query.nguon,
        query: text,
        p,
        list,
    })
}

/// Changes shown on a page at most.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "agencies/templates/event.html")]
struct EventPage {
    p: Chrome,
    words: &'static Words,
    manages: bool,
    event: Line,
    changes: Vec<String>,
    more: usize,
    basis: String,
    errors: FieldErrors,
}

/// `GET /co-quan/su-kien/{id}`, `GET /dia-ban/su-kien/{id}`
pub(in crate::agencies) async fn event<A: About>(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadAgencies>,
    Path(id): Path<Uuid>,
) -> Result {
    page(&view(&app, p, &permit, (A::SIDE, id), None).await?)
}

async fn view(
    app: &App,
    p: Chrome,
    permit: &Permit<ReadAgencies>,
    (side, id): (Side, Uuid),
    again: Option<(String, FieldErrors)>,
) -> kernel::Result<EventPage> {
    let dir = directory(app).await?;
    let stored = dir.listed_events(side).find(|stored| stored.id == id).ok_or(Error::NotFound)?;
    let event = line(stored);
    let list = &stored.recorded.event.changes;
    let (basis, errors) = again.unwrap_or_else(|| (event.basis.clone(), FieldErrors::default()));
    Ok(EventPage {
        words: words(side),
        manages: Permit::<ManageAgencies>::of(permit.actor()).is_some(),
        changes: list.iter().take(SHOWN).map(|change| in_words(&dir, side, stored, change)).collect(),
        more: list.len().saturating_sub(SHOWN),
        p,
        event,
        basis,
        errors,
    })
}

/// A change in one sentence.
fn in_words(dir: &Dir, side: Side, stored: &StoredEvent, change: &Change) -> String {
    let date = stored.recorded.event.date;
    let before = date.pred_opt().unwrap_or(date);
    let name = |key: &str| {
        let unit = dir.tree(side).find(key).map(|ix| dir.tree(side).unit(ix));
        unit.map_or_else(|| key.to_owned(), |unit| unit.face(before).name.clone())
    };
    match change {
        Change::Create(new) => match &new.parent {
            Some(parent) => format!("Thành lập {}, trực thuộc {}", new.face.name, name(parent)),
            None => format!("Thành lập {}", new.face.name),
        },
        Change::Rename { unit, face } => format!("{} đổi tên thành {}", name(unit), face.name),
        Change::Merge { from, into } => {
            let list: Vec<String> = from.iter().filter(|key| *key != into).map(|key| name(key)).collect();
            format!("{} nhập vào {}", list.join("; "), name(into))
        }
        Change::Split { from, into } => {
            let part = |part: &crate::agencies::model::event::Part| match part.weight {
                Some(weight) => format!("{} ({weight})", name(&part.unit)),
                None => name(&part.unit),
            };
            format!("{} chia cho {}", name(from), into.iter().map(part).collect::<Vec<_>>().join("; "))
        }
        Change::Move { unit, parent } => match parent {
            Some(parent) => format!("{} về trực thuộc {}", name(unit), name(parent)),
            None => format!("{} không còn cơ quan cấp trên", name(unit)),
        },
        Change::Abolish { unit, heir } => match heir {
            Some(heir) => format!("{} kết thúc hoạt động, chuyển cho {}", name(unit), name(heir)),
            None => format!("{} kết thúc hoạt động", name(unit)),
        },
    }
}

/// Which way.
#[derive(Debug, Deserialize)]
pub(in crate::agencies) struct WithdrawForm {
    #[serde(default)]
    khoi_phuc: String,
}

/// `POST /co-quan/su-kien/{id}/thu-hoi`, `POST /dia-ban/su-kien/{id}/thu-hoi`
pub(in crate::agencies) async fn withdraw<A: About>(
    State(app): State<App>,
    permit: Permit<ManageAgencies>,
    Path(id): Path<Uuid>,
    Form(form): Form<WithdrawForm>,
) -> Result {
    let back = !form.khoi_phuc.is_empty();
    set_withdrawn(&app, &permit, A::SIDE, id, !back).await?;
    let text = match (back, A::SIDE) {
        (true, _) => "Sự kiện có hiệu lực trở lại.",
        (false, Side::Agencies) => "Đã thu hồi sự kiện; cây cơ quan được dựng lại.",
        (false, Side::Localities) => "Đã thu hồi thay đổi; địa bàn và cơ quan ở đó được dựng lại.",
    };
    Ok(see_other(&format!("{}/su-kien/{id}", words(A::SIDE).base), Flash::ok(text)))
}

/// The paper with which an event was compared.
#[derive(Debug, Deserialize)]
pub(in crate::agencies) struct VerifyForm {
    #[serde(default)]
    can_cu: String,
}

/// `POST /co-quan/su-kien/{id}/kiem-chung`, `POST /dia-ban/su-kien/{id}/kiem-chung`
pub(in crate::agencies) async fn check<A: About>(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAgencies>,
    reader: Permit<ReadAgencies>,
    Path(id): Path<Uuid>,
    Form(form): Form<VerifyForm>,
) -> Result {
    within_event(&app, &permit, A::SIDE, id).await?;
    let mut errors = FieldErrors::default();
    let basis = form::required(&mut errors, "can_cu", &form.can_cu, 500);
    if !errors.is_empty() {
        return page_invalid(&view(&app, p, &reader, (A::SIDE, id), Some((form.can_cu, errors))).await?);
    }
    verify(&app, &permit, A::SIDE, id, &basis).await?;
    Ok(see_other(&format!("{}/su-kien/{id}", words(A::SIDE).base), Flash::ok("Đã ghi nhận sự kiện được kiểm chứng.")))
}
