//! Links that lead nowhere.

use askama::Template;
use axum::extract::{Query, State};
use axum_extra::extract::Form;
use kernel::{Error, Page, Paging, Permit, Timestamp};
use platform::{
    App,
    web::{Chrome, Flash, Result, guard, page as show, see_other},
};

use super::{
    forms::{LinksQuery, LookForm},
    service::{self, Line, Sought},
    store::Look,
};
use crate::publications::policy::{EditPublications, ReadPublications};

#[derive(Template)]
#[template(path = "links/templates/links.html")]
struct LinksPage {
    p: Chrome,
    query: LinksQuery,
    /// Kinds of things, by key.
    kinds: Vec<(&'static str, &'static str)>,
    list: Page<Line>,
    look: Option<Look>,
    /// May ask for another look.
    edits: bool,
    /// Are other sites asked?
    asks: bool,
}

impl LinksPage {
    fn at(&self, at: &i64) -> String {
        Timestamp(*at).display()
    }

    fn narrowed(&self) -> bool {
        !self.query.loai.is_empty() || !self.query.noi.is_empty()
    }

    /// The query of the list, but for its page.
    fn tail(&self) -> String {
        guard::query([("loai", self.query.loai.as_str()), ("noi", self.query.noi.as_str())])
    }

    fn why(&self, status: &i64) -> &'static str {
        match status {
            400 => "Địa chỉ viết sai",
            401 | 403 => "Trang chỉ dành cho cán bộ, người đọc không xem được",
            404 => "Không có trang này",
            410 => "Trang đã gỡ",
            1 => "Không có trang mạng tên này",
            2 => "Trang mạng không trả lời",
            3 => "Chứng thư bảo mật của trang mạng không hợp lệ",
            _ => "Trang gặp lỗi",
        }
    }
}

/// `GET /toa-soan/lien-ket`
pub(super) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPublications>,
    Query(query): Query<LinksQuery>,
) -> Result {
    let kinds: Vec<_> = service::definitions(&app).map(|def| (def.kind, def.label)).collect();
    let kind = if kinds.iter().any(|(key, _)| *key == query.loai) { query.loai.clone() } else { String::new() };
    let outside = match query.noi.as_str() {
        "trong" => Some(false),
        "ngoai" => Some(true),
        _ => None,
    };
    let query = LinksQuery { loai: kind.clone(), noi: outside.map_or(String::new(), |_| query.noi), ..query };
    let (list, look) = service::dead_links(&app, &permit, &Sought { kind, outside }, Paging::new(query.trang)).await?;
    let edits = Permit::<EditPublications>::of(permit.actor()).is_some();
    show(&LinksPage { p, query, kinds, list, look, edits, asks: app.config.links.outside })
}

/// `POST /toa-soan/lien-ket`
pub(super) async fn look(
    State(app): State<App>,
    permit: Permit<ReadPublications>,
    Form(form): Form<LookForm>,
) -> Result {
    match (form.viec.as_str(), form.lien_ket) {
        ("kiem-tra", _) => service::look_now(&app, &permit).await?,
        ("kiem-tra-lai", Some(link)) => service::look_one(&app, &permit, link).await?,
        _ => return Err(Error::invalid("viec", "Hãy bấm nút “Kiểm tra ngay” hoặc “Kiểm tra lại”.").into()),
    }
    Ok(see_other("/toa-soan/lien-ket", Flash::ok("Đã xếp lượt kiểm tra; kết quả có sau ít phút.")))
}
