//! Accounts over HTTP.

mod activate;
mod administer;
mod audit;
pub(crate) mod factor;
mod first;
mod invite;
mod others;
mod own;
mod password;
mod roles;
mod sign_in;

use testkit::{Answer, TestApp};

/// The id of the account with this login name.
async fn id_of(app: &TestApp, login: &str) -> String {
    records::accounts::service::directory::id_of(&app.app, login).await.expect("an account").to_string()
}

/// The first slip code on a page.
#[track_caller]
fn code_on(page: &Answer) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("<code class=\"secret\">").expect("a slip");
    rest.split_once('<').expect("an end").0.to_owned()
}

/// A password of the four classes, unlike the others.
fn password(number: usize) -> String {
    format!("Ruong-bac-thang-{number}")
}
