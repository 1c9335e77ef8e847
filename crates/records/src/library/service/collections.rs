//! Collections: opened and changed.

use kernel::{Error, Permit, Result, Uuid, new_id};
use platform::{App, revision};
use serde_json::json;

use super::{note, sight::at};
use crate::library::{
    policy::ShowLibrary,
    store::{self, CollectionDraft},
};

/// A new collection, or (`at`: id and the version that was read) other words for one; its id.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when somebody else was faster, [`Error::Invalid`].
pub(crate) async fn save_collection(
    app: &App,
    permit: &Permit<ShowLibrary>,
    place: Option<(Uuid, i64)>,
    draft: CollectionDraft,
) -> Result<Uuid> {
    let (actor, now) = (permit.actor(), app.clock.now());
    let id = match place {
        Some((id, _)) => {
            let known = store::collection(app.db.read(), id).await?.ok_or(Error::NotFound)?;
            if !at(permit, known.agency_id) {
                return Err(Error::NotFound);
            }
            id
        }
        None if at(permit, draft.agency) => new_id(),
        None => return Err(Error::invalid("co_quan", "Hãy chọn cơ quan mà tài khoản này được lập bộ sưu tập.")),
    };
    let tx = app.db.begin().await?;
    match place {
        Some(place) => store::update_collection(&*tx, place, &draft, now).await?,
        None => {
            let slug = store::address(&*tx, "media_collections", &draft.title).await?;
            store::insert_collection(&*tx, (id, &slug), &draft, now).await?;
        }
    }
    revision::bump(&*tx, now).await?;
    let detail = json!({ "title": draft.title, "shown": draft.shown });
    note(app, &tx, actor, ("library.collection", "media_collection", id), detail).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(id)
}
