//! Name, footer, menu and banners.

use askama::Template;
use axum::extract::{Form as OneForm, Path, State};
use axum_extra::extract::Form;
use kernel::{FieldErrors, Permit, Uuid, time};
use platform::{
    App,
    web::{Chrome, Flash, Result, answer, day, page as show, see_other},
};

use crate::site::{
    forms::{BannerForm, FaceForm, MenuForm},
    policy::ArrangeSite,
    service,
    store::{Banner, Item, PageRow},
};

#[derive(Template)]
#[template(path = "site/templates/face.html")]
struct FacePage {
    p: Chrome,
    face: FaceForm,
    changed: String,
    menu: Vec<Item>,
    menu_version: i64,
    banners: Vec<Banner>,
    banner: BannerForm,
    pages: Vec<PageRow>,
    today: i64,
    errors: FieldErrors,
}

impl FacePage {
    fn days(&self, banner: &Banner) -> String {
        format!("{} – {}", day(banner.from_on), day(banner.to_on))
    }

    fn has(&self, field: &str, at: &usize) -> bool {
        self.errors.get(&format!("{field}-{at}")).is_some()
    }
}

/// What was typed into one of the forms, shown again.
#[derive(Default)]
struct Typed {
    face: Option<FaceForm>,
    menu: Option<Vec<Item>>,
    banner: BannerForm,
}

async fn view(app: &App, p: Chrome, typed: Typed, errors: FieldErrors) -> kernel::Result<FacePage> {
    let (look, banners, pages) = service::overview(app).await?;
    let changed = match look.face.changed_at {
        0 => String::new(),
        at => format!("{}, {}", look.face.changed_name, kernel::Timestamp(at).display()),
    };
    Ok(FacePage {
        face: typed.face.unwrap_or_else(|| FaceForm::of(&look.face)),
        changed,
        menu: typed.menu.unwrap_or(look.menu),
        menu_version: look.face.menu_version,
        banners,
        banner: typed.banner,
        pages,
        today: time::date_to_int(app.clock.today()),
        errors,
        p,
    })
}

/// `GET /giao-dien-cong`
pub(in crate::site) async fn page(State(app): State<App>, p: Chrome, _permit: Permit<ArrangeSite>) -> Result {
    show(&view(&app, p, Typed::default(), FieldErrors::default()).await?)
}

fn done<T>(text: &'static str) -> impl FnOnce(T) -> axum::response::Response {
    move |_| see_other("/giao-dien-cong", Flash::ok(text))
}

/// `POST /giao-dien-cong`
pub(in crate::site) async fn save(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSite>,
    OneForm(form): OneForm<FaceForm>,
) -> Result {
    let saved = async {
        let mut errors = FieldErrors::default();
        let draft = form.read(&mut errors);
        errors.into_result(())?;
        service::save_face(&app, &permit, &draft).await
    };
    let outcome = saved.await;
    let again = |errors| view(&app, p, Typed { face: Some(form), ..Typed::default() }, errors);
    answer(outcome, done("Đã lưu tên và chân trang."), again).await
}

/// `POST /giao-dien-cong/thuc-don`
pub(in crate::site) async fn menu(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSite>,
    Form(form): Form<MenuForm>,
) -> Result {
    let items = form.items();
    let outcome = service::save_menu(&app, &permit, &items, form.phien_ban.parse().unwrap_or(-1)).await;
    let again = |errors| view(&app, p, Typed { menu: Some(items), ..Typed::default() }, errors);
    answer(outcome, done("Đã lưu thực đơn."), again).await
}

async fn banner_saved(
    app: &App,
    permit: &Permit<ArrangeSite>,
    old: Option<Uuid>,
    form: &BannerForm,
) -> kernel::Result<()> {
    let mut errors = FieldErrors::default();
    let draft = form.read(&mut errors);
    errors.into_result(())?;
    let old = old.map(|id| (id, form.phien_ban.parse().unwrap_or(-1)));
    service::save_banner(app, permit, old, &draft).await
}

/// `POST /giao-dien-cong/thong-bao`
pub(in crate::site) async fn add_banner(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSite>,
    OneForm(form): OneForm<BannerForm>,
) -> Result {
    let outcome = banner_saved(&app, &permit, None, &form).await;
    let again = |errors| view(&app, p, Typed { banner: form, ..Typed::default() }, errors);
    answer(outcome, done("Đã thêm thông báo."), again).await
}

#[derive(Template)]
#[template(path = "site/templates/banner.html")]
struct BannerPage {
    p: Chrome,
    id: Uuid,
    banner: BannerForm,
    errors: FieldErrors,
}

/// `GET /giao-dien-cong/thong-bao/{id}`
pub(in crate::site) async fn banner(
    State(app): State<App>,
    p: Chrome,
    _permit: Permit<ArrangeSite>,
    Path(id): Path<Uuid>,
) -> Result {
    let banner = BannerForm::of(&service::banner(&app, id).await?);
    show(&BannerPage { p, id, banner, errors: FieldErrors::default() })
}

/// `POST /giao-dien-cong/thong-bao/{id}`
pub(in crate::site) async fn change_banner(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ArrangeSite>,
    Path(id): Path<Uuid>,
    OneForm(banner): OneForm<BannerForm>,
) -> Result {
    service::banner(&app, id).await?;
    let outcome = banner_saved(&app, &permit, Some(id), &banner).await;
    let again = |errors| std::future::ready(Ok(BannerPage { p, id, banner, errors }));
    answer(outcome, done("Đã lưu thông báo."), again).await
}

/// `POST /giao-dien-cong/thong-bao/{id}/bo`
pub(in crate::site) async fn drop_banner(
    State(app): State<App>,
    permit: Permit<ArrangeSite>,
    Path(id): Path<Uuid>,
) -> Result {
    service::drop_banner(&app, &permit, id).await?;
    Ok(see_other("/giao-dien-cong", Flash::ok("Đã bỏ thông báo.")))
}
