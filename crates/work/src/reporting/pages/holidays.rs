//! Days of rest: what is in force, and another file in its place.

use askama::Template;
use axum::{
    extract::{Multipart, State},
    response::{IntoResponse, Response},
};
use chrono::{Datelike, NaiveDate};
use kernel::{Error, FieldErrors, Permit, Timestamp, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, download as send, page as show, page_invalid, see_other},
};

use crate::reporting::{forms::read_definition, model::form::Fault, policy::SetHolidays, service};

#[derive(Template)]
#[template(path = "reporting/templates/holidays.html")]
struct HolidaysPage {
    p: Chrome,
    /// Days of rest from this year on: name, from, to, days.
    rest: Vec<(String, String, String, i64)>,
    /// Saturdays and Sundays that are worked from this year on.
    worked: Vec<String>,
    /// Who put it in force and when; none for the file that came with the program.
    set: Option<(String, String)>,
    /// The last year of which it says anything.
    until: i32,
    this_year: i32,
    manages: bool,
    text: String,
    faults: Vec<Fault>,
    errors: FieldErrors,
}

impl HolidaysPage {
    fn next_year(&self) -> i32 {
        self.until + 1
    }
}

async fn view(app: &App, p: Chrome, typed: Option<String>, faults: Vec<Fault>) -> kernel::Result<HolidaysPage> {
    let (source, set) = service::holidays_file(app).await?;
    let days = service::days_of(&source)?;
    let manages = match p.actor.as_ref().and_then(Permit::<SetHolidays>::of) {
        Some(permit) => service::kept_above(app, &permit).await?.is_none(),
        None => false,
    };
    let this_year = app.clock.today().year();
    let current = |day: &NaiveDate| day.year() >= this_year;
    let rest = days.rest.iter().filter(|rest| current(&rest.to)).map(|rest| {
        let (from, to) = (time::display_date(rest.from), time::display_date(rest.to));
        (rest.name.clone(), from, to, (rest.to - rest.from).num_days() + 1)
    });
    Ok(HolidaysPage {
        rest: rest.collect(),
        worked: days.worked.iter().filter(|day| current(day)).map(|day| time::display_date(*day)).collect(),
        set: set.map(|(name, at)| (name, Timestamp(at).display())),
        until: days.rest.iter().map(|rest| rest.to.year()).max().unwrap_or(this_year),
        this_year,
        manages,
        text: typed.unwrap_or(source),
        faults,
        errors: FieldErrors::default(),
        p,
    })
}

/// `GET /bieu-mau/ngay-nghi`
pub(in crate::reporting) async fn page(State(app): State<App>, p: Chrome) -> Result {
    show(&view(&app, p, None, Vec::new()).await?)
}

/// `GET /bieu-mau/ngay-nghi/tai-ve`
pub(in crate::reporting) async fn download(State(app): State<App>) -> Result<Response> {
    let (source, _) = service::holidays_file(&app).await?;
    Ok(send("ngay-nghi.toml", "application/toml", source.into_bytes()).into_response())
}

/// `POST /bieu-mau/ngay-nghi`
pub(in crate::reporting) async fn set(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<SetHolidays>,
    parts: Multipart,
) -> Result {
    let text = match read_definition(parts).await {
        Ok(text) => text,
        Err(Error::Invalid(errors)) => {
            let mut page = view(&app, p, None, Vec::new()).await?;
            page.errors = errors;
            return page_invalid(&page);
        }
        Err(error) => return Err(error.into()),
    };
    let faults = service::set_holidays(&app, &permit, &text).await?;
    if faults.is_empty() {
        let flash = Flash::ok("Đã lưu ngày nghỉ; các kỳ báo cáo mở từ nay tính hạn theo lịch này.");
        return Ok(see_other("/bieu-mau/ngay-nghi", flash));
    }
    page_invalid(&view(&app, p, Some(text), faults).await?)
}
