//! Writing: a new contribution, other words, a correction of what is public.

use kernel::{Error, FieldErrors, Permit, Result, Uuid, new_id};
use platform::{App, languages::VIETNAMESE};

use super::{
    note,
    sight::{acting, at, draft_of},
    versions::{bound, original},
};
use crate::{
    activities::definitions,
    library::service::is_sound,
    publications::{
        model::{Act, Draft, slug},
        policy::WritePublications,
        store,
    },
};

/// What is wrong with a draft, beyond what its fields say by themselves.
async fn check(app: &App, permit: &Permit<WritePublications>, draft: &Draft) -> Result<()> {
    let mut errors = FieldErrors::default();
    draft.check(false, &mut errors);
    if !at(permit, draft.agency) {
        errors.add("co_quan", "Hãy chọn cơ quan mà tài khoản này được viết bài.");
    }
    let lists = definitions();
    if draft.fields.iter().any(|key| !lists.fields.iter().any(|one| one.key == *key)) {
        errors.add("linh_vuc", "Có lĩnh vực không nằm trong danh sách; hãy chọn lại.");
    }
    if draft.groups.iter().any(|key| !lists.groups.iter().any(|one| one.key == *key)) {
        errors.add("doi_tuong", "Có đối tượng không nằm trong danh sách; hãy chọn lại.");
    }
    if !draft.sections.is_empty() {
        let known = store::sections(app.db.read()).await?;
        if draft.sections.iter().any(|id| !known.iter().any(|section| section.id == *id)) {
            errors.add("chuyen_muc", "Có chuyên mục không còn nữa; hãy chọn lại.");
        }
    }
    if let Some(audio) = draft.audio
        && !is_sound(app, permit.actor(), audio).await?
    {
        errors.add(
            "ban_thu",
            "Không có bản thu âm nào như vậy trong thư viện; hãy dán địa chỉ trang của một tư liệu âm thanh.",
        );
    }
    errors.into_result(())
}

/// A new contribution; its id.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong.
pub async fn create(app: &App, permit: &Permit<WritePublications>, draft: &Draft, generated: bool) -> Result<Uuid> {
    let draft = &Draft { lang: VIETNAMESE.into(), of: None, base: 0, checker: String::new(), ..draft.clone() };
    check(app, permit, draft).await?;
    let (id, actor, now) = (new_id(), permit.actor(), app.clock.now());
    let tx = app.db.begin().await?;
    let slug = ::store::free_slug(&*tx, "publications", &slug(&draft.title)).await?;
    store::insert_publication(&*tx, id, draft, &slug, (now, generated)).await?;
    store::insert_edition(&*tx, (new_id(), id, 1), draft, (actor.user, &actor.name), now).await?;
    note(app, &tx, actor, (id, 1), ("create", &draft.title)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Other words for the edition that is being written, read at `version`.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster or an editor has it, [`Error::Invalid`].
pub(crate) async fn edit(
    app: &App,
    permit: &Permit<WritePublications>,
    id: Uuid,
    version: i64,
    draft: &Draft,
) -> Result<()> {
    let (sight, edition) = acting(app, permit, id, Act::Write).await?;
    let row = &sight.row;
    let draft = Draft { agency: row.agency_id, lang: row.lang.clone(), of: row.of_id, ..draft.clone() };
    let draft = match row.of_id {
        Some(_) => bound(&draft, &original(app, row.of_id).await?.draft),
        None => Draft { base: 0, checker: String::new(), ..draft },
    };
    check(app, permit, &draft).await?;
    let (actor, now) = (permit.actor(), app.clock.now());
    let tx = app.db.begin().await?;
    store::update_words(&*tx, (edition.id, version), &draft, (actor.user, &actor.name), now).await?;
    store::touch(&*tx, id, (sight.row.first_at == 0).then_some(&draft), now).await?;
    note(app, &tx, actor, (id, edition.number), ("edit", "")).await?;
    tx.commit().await
}

/// Begins a new edition of what is public, with its words.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] while another edition is being worked on.
pub(crate) async fn correct(app: &App, permit: &Permit<WritePublications>, id: Uuid) -> Result<()> {
    let (sight, edition) = acting(app, permit, id, Act::Correct).await?;
    let mut words = Draft { note: String::new(), ..draft_of(app, &sight.row, &edition).await? };
    if words.of.is_some() {
        words.base = original(app, words.of).await?.edition.number;
    }
    let number = sight.editions.first().map_or(1, |newest| newest.number + 1);
    let (actor, now) = (permit.actor(), app.clock.now());
    let tx = app.db.begin().await?;
    store::insert_edition(&*tx, (new_id(), id, number), &words, (actor.user, &actor.name), now).await.map_err(
        |error| match error {
            Error::Conflict(_) => Error::Conflict("Người khác vừa bắt đầu sửa bài này. Hãy tải lại trang.".into()),
            other => other,
        },
    )?;
    store::touch(&*tx, id, None, now).await?;
    note(app, &tx, actor, (id, number), ("correct", "")).await?;
    tx.commit().await
}
