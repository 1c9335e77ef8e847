//! The list of accounts, as a page and as a workbook.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Error, FieldErrors, Page, Paging, Permit, Role, Uuid};
use platform::{
    App,
    web::{Chrome, Result, XLSX, download, guard, page, page_invalid},
};
use press::{Cell, Sheet};
use serde::Deserialize;

use crate::accounts::{
    model,
    policy::{ManageAccounts, SeeAccounts},
    service::{Reach, people},
    store::{holdings, users, users::Filter},
    views::{self, Choice, Line},
};

/// Rows in an export at most.
const EXPORT: u32 = 20_000;

/// The query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct ListQuery {
    q: String,
    vt: String,
    tt: String,
    cq: Option<Uuid>,
    trang: Option<u32>,
}

impl ListQuery {
    fn filter(&self, app: &App) -> Filter {
        let days = app.config.access.unused_days;
        Filter {
            words: self.q.clone(),
            agency: self.cq,
            role: Role::from_key(&self.vt),
            state: ["invited", "active", "disabled"]
                .contains(&self.tt.as_str())
                .then(|| model::State::from_key(&self.tt)),
            unseen_since: (self.tt == "unused").then(|| app.clock.now().plus_seconds(-86_400 * days)),
        }
    }

    /// The query without the page, ending in `&` when not empty.
    fn text(&self) -> String {
        let mut out = guard::query([("q", self.q.as_str()), ("vt", &self.vt), ("tt", &self.tt)]);
        if let Some(agency) = self.cq {
            out.push_str(&format!("cq={agency}&"));
        }
        out
    }
}

#[derive(Template)]
#[template(path = "accounts/templates/users.html")]
struct UsersPage {
    p: Chrome,
    errors: FieldErrors,
    query: ListQuery,
    query_text: String,
    states: Vec<Choice>,
    roles: Vec<Choice>,
    manages: bool,
    /// Are there people on this page to whom slips can be given?
    picks: bool,
    counts: [i64; 4],
    list: Page<Line>,
}

fn states(chosen: &str) -> Vec<Choice> {
    [("active", "Đang dùng"), ("invited", "Chưa kích hoạt"), ("disabled", "Đã khóa"), ("unused", "Lâu không đăng nhập")]
        .map(|(key, label)| Choice { key, label, on: key == chosen })
        .to_vec()
}

async fn lines(
    app: &App,
    permit: &Permit<SeeAccounts>,
    query: &ListQuery,
    paging: Paging,
) -> kernel::Result<Page<Line>> {
    let (c, now) = (app.db.read(), app.clock.now());
    let today = kernel::time::date_to_int(now.date());
    let found = users::list(c, &Reach::of(permit), &query.filter(app), today, paging).await?;
    let mut held = Vec::new();
    for part in found.rows.chunks(1000) {
        let ids: Vec<Uuid> = part.iter().map(|user| user.id).collect();
        held.extend(holdings::of(c, &ids).await?);
    }
    let rows = found.rows.into_iter().map(|user| Line::new(user, &held, now, today)).collect();
    Ok(Page { rows, total: found.total, paging })
}

/// `GET /tai-khoan`
pub(in crate::accounts) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<SeeAccounts>,
    Query(query): Query<ListQuery>,
) -> Result {
    page(&of(&app, p, &permit, query, FieldErrors::default()).await?)
}

/// The list again, of those who were never activated, with what is wrong about what was asked of it.
pub(super) async fn again(app: &App, p: Chrome, errors: FieldErrors) -> Result {
    let permit = p.actor.as_ref().and_then(Permit::<SeeAccounts>::of).ok_or(Error::NotFound)?;
    let query = ListQuery { tt: "invited".into(), ..ListQuery::default() };
    page_invalid(&of(app, p, &permit, query, errors).await?)
}

async fn of(
    app: &App,
    p: Chrome,
    permit: &Permit<SeeAccounts>,
    query: ListQuery,
    errors: FieldErrors,
) -> kernel::Result<UsersPage> {
    let list = lines(app, permit, &query, Paging::new(query.trang)).await?;
    let mut counts = [0; 4];
    for (state, n) in users::state_counts(app.db.read(), &Reach::of(permit)).await? {
        let at = match state {
            model::State::Active => 1,
            model::State::Invited => 2,
            model::State::Disabled => 3,
        };
        for place in [0, at] {
            if let Some(count) = counts.get_mut(place) {
                *count += n;
            }
        }
    }
    let manages = Permit::<ManageAccounts>::of(permit.actor()).is_some();
    Ok(UsersPage {
        errors,
        manages,
        picks: manages && list.rows.iter().any(|line| line.invited),
        query_text: query.text(),
        states: states(&query.tt),
        roles: views::roles(&query.vt),
        counts,
        list,
        query,
        p,
    })
}

/// `GET /tai-khoan/xuat`: the list as a workbook; that it was taken is recorded.
pub(in crate::accounts) async fn export(
    State(app): State<App>,
    permit: Permit<SeeAccounts>,
    Query(query): Query<ListQuery>,
) -> Result {
    let list = lines(&app, &permit, &query, Paging { number: 1, size: EXPORT }).await?;
    people::note_export(&app, &permit, list.rows.len(), &query.text()).await?;
    let columns = [
        ("Họ tên", 28.0),
        ("Tên đăng nhập", 18.0),
        ("Chức vụ", 24.0),
        ("Cơ quan", 36.0),
        ("Vai trò", 32.0),
        ("Trạng thái", 16.0),
        ("Đăng nhập gần nhất", 18.0),
    ];
    let sheet = Sheet {
        name: "Tài khoản".into(),
        columns: columns.map(|(title, width)| (title.to_owned(), width)).to_vec(),
        rows: list
            .rows
            .into_iter()
            .map(|line| {
                vec![
                    Cell::from(line.name),
                    line.login.into(),
                    line.position.into(),
                    line.agency.into(),
                    line.roles.into(),
                    line.pill.text.into(),
                    line.seen.into(),
                ]
            })
            .collect(),
    };
    let bytes = press::write_workbook(&[sheet]).map_err(Error::internal)?;
    Ok(download("tai-khoan.xlsx", XLSX, bytes))
}
