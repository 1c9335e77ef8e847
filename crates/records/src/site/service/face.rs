//! Name, footer, menu and banners.

use chrono::NaiveDate;
use kernel::{Error, FieldErrors, Permit, Result, Uuid, new_id, time};
use platform::{App, revision, web::form::sound_link};

use super::note;
use crate::site::{
    policy::ArrangeSite,
    store::{self, Banner, Face, Item, PageRow},
};

/// Entries of the menu at most: more do not fit a phone.
const ENTRIES: usize = 12;

/// What stands around every public page.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Name and footer.
    pub face: Face,
    /// The menu; empty while nobody set one.
    pub menu: Vec<Item>,
}

/// What stands around every public page: two statements.
///
/// # Errors
/// When the database refuses.
pub async fn look(app: &App) -> Result<Look> {
    let c = app.db.read();
    let (face, menu) = tokio::try_join!(store::face(c), store::menu(c))?;
    Ok(Look { face, menu })
}

/// The banners of today, the weightiest first.
///
/// # Errors
/// When the database refuses.
pub async fn banners_today(app: &App) -> Result<Vec<Banner>> {
    store::banners_on(app.db.read(), time::date_to_int(app.clock.today())).await
}

/// Everything that can be set.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn overview(app: &App) -> Result<(Look, Vec<Banner>, Vec<PageRow>)> {
    let c = app.db.read();
    let (look, banners, pages) = tokio::try_join!(look(app), store::banners(c), store::pages(c))?;
    Ok((look, banners, pages))
}

/// Name and footer as somebody fills them in, read at a version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FaceDraft(pub Face);

/// Keeps name and footer.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn save_face(app: &App, permit: &Permit<ArrangeSite>, draft: &FaceDraft) -> Result<()> {
    let face = &draft.0;
    let mut errors = FieldErrors::default();
    if !face.email.is_empty() && !face.email.contains('@') {
        errors.add("thu", "Hãy ghi địa chỉ thư điện tử đầy đủ.");
    }
    errors.into_result(())?;
    let tx = app.db.begin().await?;
    store::save_face(&*tx, face, &permit.actor().name, app.clock.now()).await?;
    note(app, &tx, permit.actor(), "site.face", (None, &face.name)).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// Replaces the menu that was read at a version.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn save_menu(app: &App, permit: &Permit<ArrangeSite>, items: &[Item], version: i64) -> Result<()> {
    let mut errors = FieldErrors::default();
    if items.len() > ENTRIES {
        errors.add("thuc_don", format!("Thực đơn có nhiều nhất {ENTRIES} mục."));
    }
    for (at, item) in items.iter().enumerate() {
        if item.label.is_empty() || item.label.chars().count() > 40 {
            errors.add(&format!("nhan-{at}"), "Mỗi mục cần một tên, nhiều nhất 40 ký tự.");
        }
        if !sound_link(&item.path) {
            let message =
                "Hãy ghi địa chỉ trang trên cổng này (bắt đầu bằng /) hoặc địa chỉ đầy đủ bắt đầu bằng https://.";
            errors.add(&format!("den-{at}"), message);
        }
    }
    errors.into_result(())?;
    let tx = app.db.begin().await?;
    store::save_menu(&*tx, items, version).await?;
    let labels: Vec<&str> = items.iter().map(|item| item.label.as_str()).collect();
    note(app, &tx, permit.actor(), "site.menu", (None, &labels.join(", "))).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// A banner as somebody fills it in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BannerDraft {
    pub text: String,
    pub link: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub weight: i64,
}

/// The banner with this id.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn banner(app: &App, id: Uuid) -> Result<Banner> {
    store::banner(app.db.read(), id).await?.ok_or(Error::NotFound)
}

/// Adds a banner, or (`old`: id and version) changes one.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`]; [`Error::Conflict`] when somebody else was faster.
pub(crate) async fn save_banner(
    app: &App,
    permit: &Permit<ArrangeSite>,
    old: Option<(Uuid, i64)>,
    draft: &BannerDraft,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    if !draft.link.is_empty() && !sound_link(&draft.link) {
        let message = "Hãy ghi địa chỉ trang trên cổng này (bắt đầu bằng /) hoặc địa chỉ đầy đủ bắt đầu bằng https://.";
        errors.add("lien_ket", message);
    }
    let days = draft.from.zip(draft.to);
    if days.is_some_and(|(from, to)| to < from) {
        errors.add("den_ngay", "Ngày cuối phải không trước ngày đầu.");
    }
    errors.into_result(())?;
    let (from, to) = days.ok_or_else(|| Error::invalid("tu_ngay", "Hãy điền ngày."))?;
    let row = Banner {
        id: old.map_or_else(new_id, |(id, _)| id),
        text: draft.text.clone(),
        link: draft.link.clone(),
        from_on: time::date_to_int(from),
        to_on: time::date_to_int(to),
        weight: draft.weight,
        version: old.map_or(0, |(_, version)| version),
    };
    let tx = app.db.begin().await?;
    store::save_banner(&*tx, &row, old.is_none(), app.clock.now()).await?;
    note(app, &tx, permit.actor(), "site.banner", (Some(row.id), &row.text)).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// Takes a banner away.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn drop_banner(app: &App, permit: &Permit<ArrangeSite>, id: Uuid) -> Result<()> {
    let row = banner(app, id).await?;
    let tx = app.db.begin().await?;
    store::drop_banner(&*tx, id).await?;
    note(app, &tx, permit.actor(), "site.banner_dropped", (Some(id), &row.text)).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}
