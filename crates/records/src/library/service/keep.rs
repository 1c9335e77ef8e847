//! Items: put in, described, made public, taken back.

use kernel::{Actor, Error, FieldErrors, Permit, Result, Uuid, new_id};
use platform::{App, jobs, revision, search as index};
use serde_json::json;

use super::{
    note,
    sight::{Sight, at, holds, keeping, showing},
    turn,
    upload::{Taken, received},
};
use crate::{
    activities::definitions,
    library::{
        model::{Draft, Said, hidden_because, sort},
        policy::{KeepLibrary, ReadLibrary, ShowLibrary},
        store::{self, By, FileFacts, Item},
    },
};

/// What is wrong with what is said of an item, beyond what its fields say by themselves.
async fn judge(app: &App, draft: &Draft) -> Result<()> {
    let mut errors = FieldErrors::default();
    draft.check(app.clock.today(), &mut errors);
    let lists = definitions();
    if draft.fields.iter().any(|key| !lists.fields.iter().any(|one| one.key == *key)) {
        errors.add("linh_vuc", "Có lĩnh vực không nằm trong danh sách; hãy chọn lại.");
    }
    if draft.groups.iter().any(|key| !lists.groups.iter().any(|one| one.key == *key)) {
        errors.add("doi_tuong", "Có đối tượng không nằm trong danh sách; hãy chọn lại.");
    }
    if !draft.collections.is_empty() {
        let known = store::collections(app.db.read(), false).await?;
        if draft.collections.iter().any(|id| !known.iter().any(|one| one.id == *id)) {
            errors.add("bo_suu_tap", "Có bộ sưu tập không còn nữa; hãy chọn lại.");
        }
    }
    errors.into_result(())
}

/// Why an item cannot be public now; nothing when it can.
pub(crate) fn reasons_of(item: &Item, made: bool) -> Vec<&'static str> {
    let waiting = item.work == "waiting";
    let said = Said {
        file: !item.file_hash.is_empty(),
        rights: &item.rights,
        people: item.people,
        consent: item.consent,
        minors: item.minors,
        alt: &item.alt,
        waiting,
        broken: !waiting && !made && item.kind != "document" && !item.file_hash.is_empty(),
    };
    hidden_because(&item.kind, &said)
}

/// A new item with a file that came before (`upload`) or at once (`file`), or with a physical carrier alone; its id.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong.
pub async fn create(
    app: &App,
    permit: &Permit<KeepLibrary>,
    draft: &Draft,
    (upload, file): (Option<Uuid>, Option<Taken>),
    generated: bool,
) -> Result<Uuid> {
    if !at(permit, draft.agency) {
        return Err(Error::invalid("co_quan", "Hãy chọn cơ quan mà tài khoản này được đưa tư liệu vào thư viện."));
    }
    judge(app, draft).await?;
    let actor = permit.actor();
    let file = found(app, actor, (upload, file)).await?;
    if file.hash.is_empty() && draft.carrier.is_empty() {
        return Err(Error::invalid("tep", "Hãy chọn tệp, hoặc ghi nơi giữ băng, đĩa."));
    }
    if !file.hash.is_empty()
        && let Some(twin) = store::twin(app.db.read(), draft.agency, &file.hash).await?
    {
        return Err(Error::invalid("tep", format!("Tệp này đã có trong thư viện với tên “{}”.", twin.title)));
    }
    let kind = match sort::kind_of(&file.media_type) {
        Some(kind) => kind.to_owned(),
        None => draft.kind.clone(),
    };
    if crate::library::model::name_of(&crate::library::model::KINDS, &kind).is_empty() {
        return Err(Error::invalid("loai", "Hãy chọn loại tư liệu."));
    }
    let draft = Draft { kind, ..draft.clone() };
    let (id, now) = (new_id(), app.clock.now());
    let tx = app.db.begin().await?;
    let slug = store::address(&*tx, "media", &draft.title).await?;
    let by = By { user: actor.user, name: &actor.name, now };
    store::insert_item(&*tx, (id, &slug), &draft, &file, (&by, generated)).await?;
    if let Some(upload) = upload {
        store::drop_upload(&*tx, upload).await?;
    }
    if !file.hash.is_empty() {
        jobs::enqueue(&*tx, &*app.clock, "library.check", &id, None).await?;
    }
    let detail = json!({ "title": draft.title, "file": file.name, "sha256": file.hash });
    index::changed(&*tx, "media", &[id]).await?;
    note(app, &tx, actor, ("library.create", "media", id), detail).await?;
    tx.commit().await?;
    Ok(id)
}

async fn found(app: &App, actor: &Actor, (upload, file): (Option<Uuid>, Option<Taken>)) -> Result<FileFacts> {
    match (upload, file) {
        (Some(id), _) => received(app, actor, id).await,
        (None, Some(taken)) => Ok(taken.0),
        (None, None) => Ok(FileFacts::default()),
    }
}

/// Other words for an item that was read at `version`. What readers may no longer see is taken back.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster, [`Error::Invalid`].
pub(crate) async fn edit(
    app: &App,
    permit: &Permit<KeepLibrary>,
    (id, version): (Uuid, i64),
    draft: &Draft,
) -> Result<bool> {
    let sight = keeping(app, permit, id).await?;
    judge(app, draft).await?;
    let after = Item {
        rights: draft.rights.clone(),
        people: draft.people,
        consent: draft.consent,
        minors: draft.minors,
        alt: draft.alt.clone(),
        ..sight.item.clone()
    };
    let taken_back = sight.item.shown_at > 0 && !reasons_of(&after, !sight.renditions.is_empty()).is_empty();
    let tx = app.db.begin().await?;
    store::update_item(&*tx, (id, version), draft, app.clock.now()).await?;
    note(app, &tx, permit.actor(), ("library.edit", "media", id), json!({ "title": draft.title })).await?;
    if taken_back {
        store::set_shown(&*tx, id, 0).await?;
        let why = json!({ "reason": "không còn đủ điều kiện công khai" });
        note(app, &tx, permit.actor(), ("library.hide", "media", id), why).await?;
    }
    if sight.item.shown_at > 0 {
        turn(app, &tx, "media", &[id]).await?;
    } else {
        index::changed(&*tx, "media", &[id]).await?;
    }
    tx.commit().await?;
    revision::moved(app);
    Ok(taken_back)
}

/// Gives a file to an item that had a physical carrier alone.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Invalid`]; [`Error::Conflict`] when it has one.
pub(crate) async fn give_file(
    app: &App,
    permit: &Permit<KeepLibrary>,
    id: Uuid,
    (upload, file): (Option<Uuid>, Option<Taken>),
) -> Result<()> {
    let sight = keeping(app, permit, id).await?;
    let file = found(app, permit.actor(), (upload, file)).await?;
    if file.hash.is_empty() {
        return Err(Error::invalid("tep", "Hãy chọn tệp."));
    }
    if sort::kind_of(&file.media_type) != Some(sight.item.kind.as_str()) {
        return Err(Error::invalid("tep", "Tệp không phải loại của tư liệu này; hãy chọn tệp khác."));
    }
    let tx = app.db.begin().await?;
    store::give_file(&*tx, id, &file, app.clock.now()).await?;
    if let Some(upload) = upload {
        store::drop_upload(&*tx, upload).await?;
    }
    jobs::enqueue(&*tx, &*app.clock, "library.check", &id, None).await?;
    let detail = json!({ "file": file.name, "sha256": file.hash });
    note(app, &tx, permit.actor(), ("library.file", "media", id), detail).await?;
    tx.commit().await
}

/// Looks at a file again: a program was installed, the rules changed.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when there is no file or it is being looked at.
pub(crate) async fn check_again(app: &App, permit: &Permit<KeepLibrary>, id: Uuid) -> Result<()> {
    let sight = keeping(app, permit, id).await?;
    if sight.item.file_hash.is_empty() || sight.item.work == "waiting" {
        return Err(Error::Conflict("Tư liệu này không có tệp, hoặc tệp đang được kiểm tra.".into()));
    }
    let tx = app.db.begin().await?;
    store::set_waiting(&*tx, id).await?;
    jobs::enqueue(&*tx, &*app.clock, "library.check", &id, None).await?;
    note(app, &tx, permit.actor(), ("library.check", "media", id), json!({})).await?;
    tx.commit().await
}

/// Makes an item public.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] with the reasons why it cannot be.
pub(crate) async fn show(app: &App, permit: &Permit<ShowLibrary>, id: Uuid) -> Result<()> {
    let Sight { item, renditions, .. } = showing(app, permit, id).await?;
    let why = reasons_of(&item, !renditions.is_empty());
    if !why.is_empty() {
        return Err(Error::Conflict(format!("Chưa công khai được: {}", why.join(" "))));
    }
    set_shown(app, permit, id, app.clock.now().0, "library.show", "").await
}

/// Takes an item back from readers.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] without a reason.
pub(crate) async fn hide(app: &App, permit: &Permit<ShowLibrary>, id: Uuid, why: &str) -> Result<()> {
    showing(app, permit, id).await?;
    if why.trim().is_empty() {
        return Err(Error::invalid("ly_do", "Hãy ghi lý do thôi công khai."));
    }
    set_shown(app, permit, id, 0, "library.hide", why.trim()).await
}

async fn set_shown(
    app: &App,
    permit: &Permit<ShowLibrary>,
    id: Uuid,
    at: i64,
    action: &'static str,
    why: &str,
) -> Result<()> {
    let tx = app.db.begin().await?;
    if !store::set_shown(&*tx, id, at).await? {
        return Err(Error::Conflict("Tư liệu này đã ở trạng thái đó. Hãy tải lại trang.".into()));
    }
    turn(app, &tx, "media", &[id]).await?;
    note(app, &tx, permit.actor(), (action, "media", id), json!({ "reason": why })).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// Is this a sound that the person may use: one that is public or that they see?
///
/// # Errors
/// When the database refuses.
pub async fn is_sound(app: &App, actor: &Actor, id: Uuid) -> Result<bool> {
    let Some(item) = store::item(app.db.read(), id).await?.filter(|item| item.kind == "audio") else {
        return Ok(false);
    };
    Ok(item.shown_at > 0 || holds::<ReadLibrary>(app, actor, item.agency_id).await?)
}

/// Which of these are not public, by their names; what is not there by its id.
///
/// # Errors
/// When the database refuses.
pub async fn unshown(app: &App, ids: &[Uuid]) -> Result<Vec<String>> {
    let known = store::items(app.db.read(), ids).await?;
    let missing = ids.iter().filter(|id| !known.iter().any(|item| item.id == **id)).map(Uuid::to_string);
    let hidden = known.iter().filter(|item| item.shown_at == 0).map(|item| item.title.clone());
    Ok(missing.chain(hidden).collect())
}
