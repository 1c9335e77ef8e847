//! The catalogue: entries written, made public, taken back.

use kernel::{Error, FieldErrors, Page, Paging, Permit, Result, Uuid, new_id, text};
use platform::{App, revision};
use serde_json::json;

use super::{
    note,
    sight::{above, at, holds},
    turn,
};
use crate::{
    activities::{definitions, service::overseen_by},
    library::{
        model::{PracticeDraft, practice_name},
        policy::{KeepLibrary, ReadLibrary, ShowLibrary},
        store::{self, PRACTICE_MARKS, Practice, PracticeFilter},
    },
};

/// An entry as one person sees it.
pub(crate) struct PracticeSight {
    pub practice: Practice,
    pub draft: PracticeDraft,
    /// Name and address of its photo or video.
    pub media: Option<(String, Uuid)>,
    pub keeps: bool,
    pub shows: bool,
}

/// The entry, when the person may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn practice_sight(app: &App, permit: &Permit<ReadLibrary>, id: Uuid) -> Result<PracticeSight> {
    let c = app.db.read();
    let practice = store::practice(c, id).await?.ok_or(Error::NotFound)?;
    if !above(app, permit, practice.agency_id).await? {
        return Err(Error::NotFound);
    }
    let actor = permit.actor();
    let shows = holds::<ShowLibrary>(app, actor, practice.agency_id).await?;
    let keeps = shows || Permit::<KeepLibrary>::of(actor).is_some_and(|keep| at(&keep, practice.agency_id));
    let marks = store::marks(c, PRACTICE_MARKS, &[id]).await?;
    let of = |kind: &'static str| marks.iter().filter(move |mark| mark.kind == kind).map(|mark| mark.key.clone());
    let draft = PracticeDraft {
        agency: practice.agency_id,
        kind: practice.kind.clone(),
        title: practice.title.clone(),
        summary: practice.summary.clone(),
        body: practice.body.clone(),
        results: practice.results.clone(),
        cost: practice.cost.clone(),
        contact: practice.contact.clone(),
        replicated: practice.replicated.clone(),
        since: practice.since,
        media: practice.media_id,
        fields: of("field").collect(),
        groups: of("group").collect(),
    };
    let media = match practice.media_id {
        Some(media) => store::item(c, media).await?.map(|item| (item.title, item.id)),
        None => None,
    };
    Ok(PracticeSight { practice, draft, media, keeps, shows })
}

/// One page of the catalogue for staff.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn list_practices(
    app: &App,
    permit: &Permit<ReadLibrary>,
    (kind, words): (&str, &str),
    paging: Paging,
) -> Result<Page<Practice>> {
    let filter = PracticeFilter {
        roots: overseen_by(app, permit.roots()).await?,
        kind: kind.to_owned(),
        words: text::fold(words),
        ..PracticeFilter::default()
    };
    let c = app.db.read();
    let (rows, total) = tokio::try_join!(store::practices(c, &filter, paging), store::count_practices(c, &filter))?;
    Ok(Page { rows, total, paging })
}

async fn judge(app: &App, permit: &Permit<KeepLibrary>, draft: &PracticeDraft) -> Result<()> {
    let mut errors = FieldErrors::default();
    if practice_name(&draft.kind).is_empty() {
        errors.add("loai", "Hãy chọn loại.");
    }
    let lists = definitions();
    if draft.fields.iter().any(|key| !lists.fields.iter().any(|one| one.key == *key)) {
        errors.add("linh_vuc", "Có lĩnh vực không nằm trong danh sách; hãy chọn lại.");
    }
    if draft.groups.iter().any(|key| !lists.groups.iter().any(|one| one.key == *key)) {
        errors.add("doi_tuong", "Có đối tượng không nằm trong danh sách; hãy chọn lại.");
    }
    if let Some(media) = draft.media {
        let read = Permit::<ReadLibrary>::of(permit.actor());
        let item = store::item(app.db.read(), media).await?;
        let seen = match (&read, &item) {
            (Some(read), Some(item)) => item.shown_at > 0 || above(app, read, item.agency_id).await?,
            _ => false,
        };
        if !seen {
            errors.add("tu_lieu", "Không có tư liệu này trong thư viện; hãy dán đúng địa chỉ trang tư liệu.");
        }
    }
    errors.into_result(())
}

/// A new entry; its id.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong.
pub async fn create_practice(
    app: &App,
    permit: &Permit<KeepLibrary>,
    draft: &PracticeDraft,
    generated: bool,
) -> Result<Uuid> {
    if !at(permit, draft.agency) {
        return Err(Error::invalid("co_quan", "Hãy chọn cơ quan mà tài khoản này được đưa mô hình vào thư viện."));
    }
    judge(app, permit, draft).await?;
    let (id, actor, now) = (new_id(), permit.actor(), app.clock.now());
    let tx = app.db.begin().await?;
    let slug = store::address(&*tx, "practices", &draft.title).await?;
    store::insert_practice(&*tx, (id, &slug), draft, (&actor.name, generated), now).await?;
    platform::search::changed(&*tx, "practice", &[id]).await?;
    note(app, &tx, actor, ("library.practice", "practice", id), json!({ "title": draft.title })).await?;
    tx.commit().await?;
    Ok(id)
}

/// Other words for an entry that was read at `version`.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster, [`Error::Invalid`].
pub(crate) async fn edit_practice(
    app: &App,
    permit: &Permit<KeepLibrary>,
    (id, version): (Uuid, i64),
    draft: &PracticeDraft,
) -> Result<()> {
    let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = practice_sight(app, &read, id).await?;
    if !sight.keeps {
        return Err(Error::NotFound);
    }
    judge(app, permit, draft).await?;
    let actor = permit.actor();
    let tx = app.db.begin().await?;
    store::update_practice(&*tx, (id, version), draft, &actor.name, app.clock.now()).await?;
    turn(app, &tx, "practice", &[id]).await?;
    note(app, &tx, actor, ("library.practice", "practice", id), json!({ "title": draft.title })).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

async fn set_shown(app: &App, permit: &Permit<ShowLibrary>, id: Uuid, now: i64, why: &str) -> Result<()> {
    let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::NotFound)?;
    if !practice_sight(app, &read, id).await?.shows {
        return Err(Error::NotFound);
    }
    if now == 0 && why.trim().is_empty() {
        return Err(Error::invalid("ly_do", "Hãy ghi lý do thôi công khai."));
    }
    let tx = app.db.begin().await?;
    if !store::show_practice(&*tx, id, now).await? {
        return Err(Error::Conflict("Mục này đã ở trạng thái đó. Hãy tải lại trang.".into()));
    }
    turn(app, &tx, "practice", &[id]).await?;
    let action = if now > 0 { "library.show_practice" } else { "library.hide_practice" };
    note(app, &tx, permit.actor(), (action, "practice", id), json!({ "reason": why })).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// Makes an entry public.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is.
pub(crate) async fn show_practice(app: &App, permit: &Permit<ShowLibrary>, id: Uuid) -> Result<()> {
    set_shown(app, permit, id, app.clock.now().0, "").await
}

/// Takes an entry back from readers.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] without a reason; [`Error::Conflict`] when it is not public.
pub(crate) async fn hide_practice(app: &App, permit: &Permit<ShowLibrary>, id: Uuid, why: &str) -> Result<()> {
    set_shown(app, permit, id, 0, why).await
}
