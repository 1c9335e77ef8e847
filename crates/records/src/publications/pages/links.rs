//! Links that lead nowhere.

use askama::Template;
use axum::extract::{Query, State};
use axum_extra::extract::Form;
use kernel::{Error, Page, Paging, Permit};
use platform::{
    App,
    web::{Chrome, Flash, Result, page as show, see_other},
};

use crate::publications::{
    forms::{LookForm, PageQuery},
    policy::{EditPublications, ReadPublications},
    service,
    store::{DeadLine, Look},
    views::moment,
};

#[derive(Template)]
#[template(path = "publications/templates/links.html")]
struct LinksPage {
    p: Chrome,
    list: Page<DeadLine>,
    look: Option<Look>,
    /// May ask for another look.
    edits: bool,
    /// Are other sites asked?
    asks: bool,
}

impl LinksPage {
    fn at(&self, at: &i64) -> String {
        moment(*at)
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
pub(in crate::publications) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadPublications>,
    Query(query): Query<PageQuery>,
) -> Result {
    let (list, look) = service::dead_links(&app, &permit, Paging::new(query.trang)).await?;
    let edits = Permit::<EditPublications>::of(permit.actor()).is_some();
    show(&LinksPage { p, list, look, edits, asks: app.config.links.outside })
}

/// `POST /toa-soan/lien-ket`
pub(in crate::publications) async fn look(
    State(app): State<App>,
    permit: Permit<EditPublications>,
    Form(form): Form<LookForm>,
) -> Result {
    if form.viec != "kiem-tra" {
        return Err(Error::invalid("viec", "Hãy bấm nút “Kiểm tra ngay”.").into());
    }
    service::look_now(&app, &permit).await?;
    Ok(see_other("/toa-soan/lien-ket", Flash::ok("Đã xếp lượt kiểm tra; kết quả có sau ít phút.")))
}
