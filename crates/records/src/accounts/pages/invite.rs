//! Inviting from a spreadsheet; slips.

use askama::Template;
use axum::{
    extract::{Multipart, State},
    response::{IntoResponse, Redirect},
};
use axum_extra::extract::Form;
use kernel::{Error, FieldErrors, Permit, Role, Uuid};
use platform::{
    App,
    web::{Chrome, Flash, Result, XLSX, download, page, page_invalid, see_other},
};
use press::{Cell, Sheet};
use serde::Deserialize;

use crate::accounts::{
    model::import::{self, Raw, Verdict},
    policy::ManageAccounts,
    service::{
        invite,
        slips::{self, Slip},
    },
    views::{Checked, Choice},
};

/// Rows in a list at most.
const ROWS: usize = 5_000;
/// Good rows shown on the check page; what is to be corrected is always shown.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "accounts/templates/slips.html")]
struct SlipsPage {
    p: Chrome,
    host: String,
    slips: Vec<Slip>,
}

/// The page with the codes, which are shown this once.
pub(super) fn slips_page(app: &App, p: Chrome, slips: Vec<Slip>) -> Result {
    let url = app.config.server.public_url.trim_end_matches('/');
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    page(&SlipsPage { p, host: format!("{host}/kich-hoat"), slips })
}

#[derive(Template)]
#[template(path = "accounts/templates/invite.html")]
struct InvitePage {
    p: Chrome,
    file: String,
    rows: Vec<Checked>,
    hidden: usize,
    json: String,
    counts: [usize; 3],
    roles: Vec<Choice>,
    errors: FieldErrors,
}

fn empty(p: Chrome, errors: FieldErrors) -> InvitePage {
    InvitePage {
        p,
        file: String::new(),
        rows: Vec::new(),
        hidden: 0,
        json: String::new(),
        counts: [0; 3],
        roles: Vec::new(),
        errors,
    }
}

/// `GET /tai-khoan/moi-tu-bang-tinh`
pub(in crate::accounts) async fn form(p: Chrome, _: Permit<ManageAccounts>) -> Result {
    page(&empty(p, FieldErrors::default()))
}

/// `GET /tai-khoan/bang-mau`
pub(in crate::accounts) async fn sample(_: Permit<ManageAccounts>) -> Result {
    let sheet = |name: &str, columns: &[(&str, f64)], rows| Sheet {
        name: name.into(),
        columns: columns.iter().map(|(title, width)| ((*title).to_owned(), *width)).collect(),
        rows,
    };
    let widths = [28.0, 24.0, 40.0, 24.0, 28.0, 16.0];
    let columns: Vec<(&str, f64)> = import::HEADINGS.into_iter().zip(widths).collect();
    let roles = import::ROLES.map(|role| vec![Cell::from(role.label())]).to_vec();
    let sheets = [sheet("Người dùng", &columns, Vec::new()), sheet("Vai trò", &[("Vai trò", 24.0)], roles)];
    let bytes = press::write_workbook(&sheets).map_err(Error::internal)?;
    Ok(download("bang-mau-tai-khoan.xlsx", XLSX, bytes))
}

/// `POST /tai-khoan/moi-tu-bang-tinh/kiem-tra`: reads the file and shows what each row comes to.
pub(in crate::accounts) async fn check(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAccounts>,
    mut upload: Multipart,
) -> Result {
    let mut file = None;
    while let Some(field) = upload.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            file = Some((name, field.bytes().await.map_err(unreadable)?));
        }
    }
    let read = match &file {
        Some((_, bytes)) if !bytes.is_empty() => press::read_rows(bytes)
            .map_err(|error| error.to_string())
            .and_then(|rows| import::columns(&rows))
            .and_then(|rows| match rows.len() {
                0 => Err("Tệp không có dòng nào.".to_owned()),
                n if n > ROWS => Err(format!("Tệp có {n} dòng; mỗi lần mời nhiều nhất {ROWS} người.")),
                _ => Ok(rows),
            }),
        _ => Err("Hãy chọn tệp bảng tính.".to_owned()),
    };
    match read {
        Ok(rows) => {
            let name = file.map(|(name, _)| name).unwrap_or_default();
            page(&judged(&app, p, &permit, name, rows).await?)
        }
        Err(message) => {
            let mut errors = FieldErrors::default();
            errors.add("file", message);
            page_invalid(&empty(p, errors))
        }
    }
}

fn unreadable(error: axum::extract::multipart::MultipartError) -> Error {
    Error::invalid("file", format!("Không nhận được tệp: {error}"))
}

async fn judged(
    app: &App,
    p: Chrome,
    permit: &Permit<ManageAccounts>,
    file: String,
    rows: Vec<(usize, Raw)>,
) -> kernel::Result<InvitePage> {
    let json = serde_json::to_string(&rows).map_err(Error::internal)?;
    let rows = invite::check(app, permit, rows).await?;
    let count = |test: fn(&Verdict) -> bool| rows.iter().filter(|row| test(&row.verdict)).count();
    let counts = [
        count(|verdict| matches!(verdict, Verdict::Good { .. })),
        count(|verdict| matches!(verdict, Verdict::Bad(_))),
        count(|verdict| matches!(verdict, Verdict::Known)),
    ];
    let (bad, rest): (Vec<_>, Vec<_>) = rows.iter().partition(|row| matches!(row.verdict, Verdict::Bad(_)));
    let hidden = rest.len().saturating_sub(SHOWN);
    let rows = bad.into_iter().chain(rest.into_iter().take(SHOWN)).map(Checked::new).collect();
    let roles = import::ROLES.map(|role: Role| Choice { key: role.key(), label: role.label(), on: false }).to_vec();
    Ok(InvitePage { p, file, rows, hidden, json, counts, roles, errors: FieldErrors::default() })
}

/// `POST /tai-khoan/moi-tu-bang-tinh`: invites the good rows. Fields: `rows` (the file's rows), `file`, and for a row
/// corrected on the page `agency-LINE`, `role-LINE`; with `again` the list is only judged once more.
pub(in crate::accounts) async fn submit(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAccounts>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result {
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut rows: Vec<(usize, Raw)> = serde_json::from_str(field("rows").unwrap_or("[]")).unwrap_or_default();
    rows.truncate(ROWS);
    for (line, raw) in &mut rows {
        for (name, at) in [("agency", 2), ("role", 3)] {
            if let (Some(chosen), Some(cell)) = (field(&format!("{name}-{line}")), raw.get_mut(at))
                && !chosen.is_empty()
            {
                chosen.clone_into(cell);
            }
        }
    }
    if rows.is_empty() {
        let mut errors = FieldErrors::default();
        errors.add("file", "Hãy chọn tệp bảng tính.");
        return page_invalid(&empty(p, errors));
    }
    if field("again").is_some() {
        return page(&judged(&app, p, &permit, field("file").unwrap_or_default().to_owned(), rows).await?);
    }
    let made = invite::invite(&app, &permit, rows).await?;
    if made.is_empty() {
        return Ok(see_other("/tai-khoan", Flash::warn("Không có ai để mời: mọi dòng đạt yêu cầu đã có tài khoản.")));
    }
    slips_page(&app, p, made)
}

/// Accounts chosen in the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct Chosen {
    ids: Vec<Uuid>,
}

/// `POST /tai-khoan/phieu`: new slips for the chosen accounts that were never activated.
pub(in crate::accounts) async fn print(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ManageAccounts>,
    Form(chosen): Form<Chosen>,
) -> Result {
    match slips::print(&app, &permit, &chosen.ids).await {
        Ok(made) => slips_page(&app, p, made),
        Err(Error::Invalid(errors)) => super::users::again(&app, p, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// `GET /tai-khoan/phieu`: codes are never shown again.
pub(in crate::accounts) async fn no_slips(_: Permit<ManageAccounts>) -> Result {
    Ok(Redirect::to("/tai-khoan?tt=invited").into_response())
}
