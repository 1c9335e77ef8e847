//! Citizens ask and look up what became of it, without an account.

use chrono::NaiveDate;
use kernel::{Action, Actor, Error, FieldErrors, Result, Uuid, new_id, time};
use platform::{
    App,
    audit::{self, Entry},
    secrets,
};
use serde_json::json;

use super::holidays;
use crate::disclosures::{
    model::{contact_key, definitions},
    policy::HandleRequests,
    store::{self, Named, OpenRequest, Step},
};

/// Agencies offered at a time: to citizens, who can narrow them down by name, and to staff, who cannot.
const CHOICES: i64 = 100;
const ALL: i64 = 5_000;

/// A request as a citizen fills it in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asking {
    /// Who is to answer.
    pub agency: Option<Uuid>,
    /// Who asks.
    pub name: String,
    /// Mail or telephone.
    pub contact: String,
    /// Where the asker lives.
    pub address: String,
    /// What is asked for.
    pub asked: String,
    /// Key of the way in which it is to be given.
    pub way: String,
    /// What for; may be empty.
    pub purpose: String,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

/// Agencies at which somebody answers requests today, with these words in their names, in order of name; at most a hundred.
///
/// # Errors
/// When the database refuses.
pub async fn choices(app: &App, words: &str) -> Result<Vec<Named>> {
    let who = (HandleRequests::DEF.roles, time::date_to_int(app.clock.today()));
    store::answering(app.db.read(), who, words, None, CHOICES).await
}

/// Every agency at which somebody answers requests today.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn everyone(app: &App) -> Result<Vec<Named>> {
    let who = (HandleRequests::DEF.roles, time::date_to_int(app.clock.today()));
    store::answering(app.db.read(), who, "", None, ALL).await
}

fn citizen() -> Actor {
    Actor { user: Uuid::nil(), name: "Người yêu cầu".into(), holdings: Vec::new() }
}

/// Keeps a request; the code with which its asker, and nobody else, looks it up.
///
/// # Errors
/// [`Error::Invalid`] with what is to be corrected.
pub async fn ask(app: &App, asking: &Asking, errors: FieldErrors) -> Result<String> {
    ask_where(app, asking, errors, app.clock.today()).await
}

/// See [`ask`]; `staffed`: the day on which somebody must answer requests at the agency.
pub(super) async fn ask_where(
    app: &App,
    asking: &Asking,
    mut errors: FieldErrors,
    staffed: NaiveDate,
) -> Result<String> {
    let way = definitions().way(&asking.way);
    if way.is_none() {
        errors.add("cach", "Hãy chọn cách nhận thông tin.");
    }
    let key = contact_key(&asking.contact);
    if key.is_none() {
        errors.add("lien_he", "Hãy ghi thư điện tử (ví dụ lan@vi-du.vn) hoặc số điện thoại từ 9 chữ số.");
    }
    let today = app.clock.today();
    let who = (HandleRequests::DEF.roles, time::date_to_int(staffed));
    let agency = match asking.agency {
        Some(id) => store::answering(app.db.read(), who, "", Some(id), 1).await?.into_iter().next(),
        None => None,
    };
    if agency.is_none() {
        errors.add("co_quan", "Hãy chọn cơ quan trong danh sách.");
    }
    errors.into_result(())?;
    let (Some(way), Some(key), Some(agency)) = (way, key, agency) else {
        return Err(Error::internal("a request that was found right is not whole"));
    };
    let code = secrets::slip_code();
    let row = OpenRequest {
        id: new_id(),
        agency_id: agency.id,
        agency_name: agency.name,
        name: asking.name.clone(),
        contact: asking.contact.clone(),
        contact_key: key,
        address: asking.address.clone(),
        asked: asking.asked.clone(),
        purpose: asking.purpose.clone(),
        way: asking.way.clone(),
        state: "received".into(),
        received_on: time::date_to_int(today),
        due_on: time::date_to_int(way.accept_by(today, &holidays(app).await?)),
        generated: asking.generated,
        ..OpenRequest::default()
    };
    let (now, by) = (app.clock.now(), citizen());
    let tx = app.db.begin().await?;
    store::insert_request(&*tx, &row, &secrets::sha256(code.as_bytes()), now).await?;
    store::insert_step(&*tx, (row.id, &row.agency_name), ("receive", ""), &by, now).await?;
    let detail = json!({ "agency": row.agency_id, "way": row.way });
    let entry = Entry { action: "disclosures.ask", subject: "info-request", id: Some(row.id), detail };
    audit::record(&*tx, &*app.clock, &by, entry).await?;
    tx.commit().await?;
    Ok(code)
}

/// The request of this code and contact with its history, the newest step first; none when the two do not belong together.
///
/// # Errors
/// When the database refuses.
pub async fn look_up(app: &App, code: &str, contact: &str) -> Result<Option<(OpenRequest, Vec<Step>)>> {
    let signs: Vec<char> = code.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
    let code = signs.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-");
    let Some(key) = contact_key(contact) else { return Ok(None) };
    let c = app.db.read();
    let Some(row) = store::request_by_code(c, &secrets::sha256(code.as_bytes()), &key).await? else { return Ok(None) };
    let steps = store::steps(c, row.id).await?;
    Ok(Some((row, steps)))
}
