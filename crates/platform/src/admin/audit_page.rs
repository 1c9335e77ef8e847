//! The audit trail, as a page and as a file.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{FieldErrors, Page, Paging, Permit, Role, Timestamp, Uuid, text, time};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{
    SeeAudit,
    audit_store::{self, Filter, LastSeal, Row},
};
use crate::{
    App, Lang,
    audit::{self, Entry},
    i18n,
    web::{Chrome, Result, download, form, guard, page, page_invalid},
};

/// Days shown when no dates are given.
const DAYS: u64 = 30;
/// Lines in a file at most.
const EXPORT: u32 = 100_000;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    p: Chrome,
    query: AuditQuery,
    query_text: String,
    actions: Vec<(&'static str, &'static str)>,
    seal: Option<LastSeal>,
    list: Page<Line>,
    errors: FieldErrors,
}

impl LastSeal {
    fn when(&self) -> String {
        Timestamp(self.at).display()
    }

    fn mark(&self) -> &str {
        self.hash.get(..12).unwrap_or_default()
    }
}

struct Line {
    at: String,
    person: String,
    pill: (&'static str, &'static str),
    action: String,
    detail: String,
    link: Option<String>,
    seal: Option<i64>,
}

impl Line {
    fn new(row: Row, lang: Lang) -> Self {
        let verb = row.action.rsplit('.').next().unwrap_or_default();
        let pill = match verb {
            "view" | "view_sessions" | "export" | "audit_export" => ("soon", "dữ liệu cá nhân"),
            "sign_in_failed" | "refuse" | "refused" => ("late", "từ chối"),
            "sign_in" | "sign_out" => ("quiet", "đăng nhập"),
            _ => ("plain", "thay đổi"),
        };
        let link = match (row.subject_kind.as_str(), row.subject_id) {
            ("user", Some(id)) => Some(format!("/tai-khoan/{id}")),
            _ => None,
        };
        Self {
            at: Timestamp(row.at).local().format("%d/%m/%Y %H:%M:%S").to_string(),
            person: row.actor_name,
            pill,
            action: i18n::label(&row.action).to_owned(),
            detail: words(&row.detail, lang),
            link,
            seal: row.seal,
        }
    }
}

/// The particulars as one line of words; ids say nothing to a reader.
fn words(detail: &str, lang: Lang) -> String {
    let Ok(Json::Object(fields)) = serde_json::from_str(detail) else { return String::new() };
    let name = |key: &str| lang.t(i18n::label(&format!("detail.{key}"))).trim_start_matches("detail.").to_owned();
    let parts: Vec<String> = fields
        .iter()
        .map(|(key, value)| (name(key), said(value, lang)))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    text::shorten(&parts.join(" · "), 240)
}

fn said(value: &Json, lang: Lang) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(true) => lang.t("có").into(),
        Json::Bool(false) => lang.t("không").into(),
        Json::String(text) if Uuid::parse_str(text).is_ok() => String::new(),
        Json::String(text) if text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok() => {
            text.parse().map(time::display_date).unwrap_or_default()
        }
        Json::String(text) => match Role::from_key(text) {
            Some(role) => lang.t(role.label()).to_owned(),
            None => lang.t(i18n::label(&format!("value.{text}"))).trim_start_matches("value.").to_owned(),
        },
        // Lists of changes and the like are for the file that is exported.
        Json::Object(_) => String::new(),
        Json::Array(list) => {
            list.iter().map(|one| said(one, lang)).filter(|one| !one.is_empty()).collect::<Vec<_>>().join(", ")
        }
        other => match other.as_i64().filter(|n| (19_000_101..=99_991_231).contains(n)).and_then(time::date_from_int) {
            Some(day) => time::display_date(day),
            None => other.to_string(),
        },
    }
}

/// The query.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AuditQuery {
    q: String,
    viec: String,
    tu: String,
    den: String,
    niem_phong: String,
    doi_tuong: Option<Uuid>,
    trang: Option<u32>,
}

impl AuditQuery {
    fn filter(&mut self, app: &App) -> (Filter, FieldErrors) {
        let mut errors = FieldErrors::default();
        let today = app.clock.today();
        if self.tu.is_empty() && self.den.is_empty() && self.doi_tuong.is_none() {
            let start = today.checked_sub_days(chrono::Days::new(DAYS)).unwrap_or(today);
            self.tu = time::display_date(start);
        }
        let from = form::date(&mut errors, "tu", &self.tu);
        let to = form::date(&mut errors, "den", &self.den).and_then(|day| day.succ_opt());
        let filter = Filter {
            words: self.q.clone(),
            action: self.viec.clone(),
            from: from.map(Timestamp::start_of),
            to: to.map(Timestamp::start_of),
            sealed: match self.niem_phong.as_str() {
                "co" => Some(true),
                "chua" => Some(false),
                _ => None,
            },
            subject: self.doi_tuong,
        };
        (filter, errors)
    }

    fn text(&self) -> String {
        let mut out = guard::query([
            ("q", self.q.as_str()),
            ("viec", &self.viec),
            ("tu", &self.tu),
            ("den", &self.den),
            ("niem_phong", &self.niem_phong),
        ]);
        if let Some(subject) = self.doi_tuong {
            out.push_str(&format!("doi_tuong={subject}&"));
        }
        out
    }
}

/// `GET /quan-tri/nhat-ky`
pub(super) async fn list(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<SeeAudit>,
    Query(mut query): Query<AuditQuery>,
) -> Result {
    let (filter, errors) = query.filter(&app);
    let paging = Paging::new(query.trang);
    let found = if errors.is_empty() {
        audit_store::list(app.db.read(), &permit, &filter, paging).await?
    } else {
        Page { rows: Vec::new(), total: 0, paging }
    };
    let list =
        Page { rows: found.rows.into_iter().map(|row| Line::new(row, p.lang)).collect(), total: found.total, paging };
    let view = AuditPage {
        query_text: query.text(),
        actions: i18n::labels()
            .filter(|(key, _)| !["detail.", "value.", "job."].iter().any(|other| key.starts_with(other)))
            .collect(),
        seal: audit_store::last_seal(app.db.read()).await?,
        list,
        errors,
        query,
        p,
    };
    if view.errors.is_empty() { page(&view) } else { page_invalid(&view) }
}

/// `GET /quan-tri/nhat-ky/xuat`: the same lines as CSV; taking them is recorded.
pub(super) async fn export(
    State(app): State<App>,
    permit: Permit<SeeAudit>,
    Query(mut query): Query<AuditQuery>,
) -> Result {
    let (filter, errors) = query.filter(&app);
    errors.into_result(())?;
    let paging = Paging { number: 1, size: EXPORT };
    let found = audit_store::list(app.db.read(), &permit, &filter, paging).await?;
    let mut out = String::from("\u{feff}Lúc,Người,Việc,Loại đối tượng,Đối tượng,Chi tiết,Mã yêu cầu,Niêm phong\r\n");
    for row in &found.rows {
        let at = Timestamp(row.at).local().format("%d/%m/%Y %H:%M:%S").to_string();
        let subject = row.subject_id.map(|id| id.to_string()).unwrap_or_default();
        let seal = row.seal.map(|seal| seal.to_string()).unwrap_or_default();
        let cells = [
            at.as_str(),
            &row.actor_name,
            &row.action,
            &row.subject_kind,
            &subject,
            &row.detail,
            &row.request_id,
            &seal,
        ];
        out.push_str(&cells.map(cell).join(","));
        out.push_str("\r\n");
    }
    let tx = app.db.begin().await?;
    let detail = json!({ "rows": found.rows.len(), "filter": query.text() });
    let entry = Entry { action: "platform.audit_export", subject: "audit", id: None, detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await?;
    Ok(download("nhat-ky.csv", "text/csv; charset=utf-8", out.into_bytes()))
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(words("{\"login\":\"ha\",\"x\":null}", Lang::Vi), format!("{}: ha", i18n::label("detail.login")));
        assert_eq!(words("nonsense", Lang::Vi), "");
        let detail = json!({ "roles": [["focal_point", Uuid::nil()], ["viewer", Uuid::nil()]], "day": 20_261_109 });
        let line = words(&detail.to_string(), Lang::Vi);
        assert_eq!(words("{\"login\":\"ha\"}", Lang::En), "account: ha");
        assert!(words("{\"date\":\"2026-07-01\"}", Lang::Vi).ends_with(": 01/07/2026"));
        assert!(line.contains("Đầu mối, Người xem") && line.contains("09/11/2026") && !line.contains("0000"), "{line}");
    }
}
