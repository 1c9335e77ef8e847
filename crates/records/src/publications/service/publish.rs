//! Becoming public and ceasing to be.

use ::store::Tx;
use kernel::{Actor, Error, FieldErrors, Permit, Result, Timestamp, Uuid};
use platform::{App, revision, search};

use super::{find::KIND, note, sight::acting, uses::hidden, versions::readable};
use crate::{
    activities::service::{Published, published, taken_away},
    publications::{
        model::Act,
        policy::EditPublications,
        store::{self, Edition},
    },
};

/// Makes the newest edition public. Who wrote it gives a reason (`why`), which is recorded: otherwise a second pair of eyes publishes.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`]; [`Error::Invalid`] without the reason.
pub(crate) async fn publish(app: &App, permit: &Permit<EditPublications>, id: Uuid, why: &str) -> Result<()> {
    let (sight, edition) = acting(app, permit, id, Act::Publish).await?;
    let forced = sight.forces();
    if forced && why.is_empty() {
        let message = "Bài do chính bạn viết: hãy để biên tập viên khác xuất bản, hoặc nêu lý do phải tự xuất bản.";
        return Err(Error::invalid("ly_do", message));
    }
    let mut errors = FieldErrors::default();
    hidden(app, &edition, &mut errors).await?;
    errors.into_result(())?;
    readable(app, &sight.row).await?;
    make_public(app, permit.actor(), &edition, if forced { why } else { "" }).await
}

/// Readers see something else of a publication, and of its versions in other languages, from now on.
async fn shown(tx: &Tx, id: Uuid, now: Timestamp) -> Result<()> {
    let versions = store::versions(&**tx, id).await?;
    let ids: Vec<Uuid> = versions.into_iter().map(|version| version.id).chain([id]).collect();
    search::changed(&**tx, KIND, &ids).await?;
    revision::bump(&**tx, now).await
}

async fn make_public(app: &App, actor: &Actor, edition: &Edition, forced: &str) -> Result<()> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::make_live(&*tx, edition, (&actor.name, forced), now).await?;
    shown(&tx, edition.publication_id, now).await?;
    let kind = if forced.is_empty() { "publish" } else { "force" };
    note(app, &tx, actor, (edition.publication_id, edition.number), (kind, forced)).await?;
    count(app, &tx, edition).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// Publishing counts as an activity of the agency, once; a version in another language counts with its original. An event is recorded by who holds it, when it has been held.
async fn count(app: &App, tx: &Tx, edition: &Edition) -> Result<()> {
    let row = store::publication(&**tx, edition.publication_id).await?.ok_or(Error::NotFound)?;
    if row.kind == "event" || row.of_id.is_some() {
        return Ok(());
    }
    let marks = store::marks(&**tx, edition.id).await?;
    let what = Published {
        id: row.id,
        agency: row.agency_id,
        title: &edition.title,
        fields: marks.fields,
        groups: marks.groups,
        generated: row.generated,
    };
    published(app, tx, what).await
}

/// Makes public what is due.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn publish_due(app: &App) -> Result<()> {
    for edition in store::due(app.db.read(), app.clock.now()).await? {
        match make_public(app, &Actor::system(), &edition, "").await {
            // An editor was faster.
            Ok(()) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Takes a publication away: `withdrawn` leaves its words below the notice `why`; `error` leads its address to another page of the site.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`], [`Error::Invalid`].
pub(crate) async fn withdraw(
    app: &App,
    permit: &Permit<EditPublications>,
    id: Uuid,
    (kind, why, to): (&str, &str, &str),
) -> Result<()> {
    let (sight, _) = acting(app, permit, id, Act::Withdraw).await?;
    let mut errors = FieldErrors::default();
    if !["withdrawn", "error"].contains(&kind) {
        errors.add("cach", "Hãy chọn cách gỡ bài.");
    }
    if why.is_empty() {
        errors.add("ly_do_go", "Hãy nêu lý do gỡ bài.");
    }
    let own = format!("/tin/{}", sight.row.slug);
    if kind == "error" && (!to.starts_with('/') || to.starts_with("//") || to.trim_end_matches('/') == own) {
        errors.add("den", "Hãy ghi địa chỉ trang thay thế trên cổng này, ví dụ /tin/ten-bai-dung.");
    }
    errors.into_result(())?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::set_gone(&*tx, id, (kind, why, if kind == "error" { to } else { "" }), now).await?;
    if kind == "error" {
        taken_away(app, &tx, id, (true, why)).await?;
    }
    shown(&tx, id, now).await?;
    let number = sight.live().map_or(0, |edition| edition.number);
    note(app, &tx, permit.actor(), (id, number), ("withdraw", why)).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

/// Gives back what was taken away.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is public; [`Error::Invalid`] without a reason.
pub(crate) async fn restore(app: &App, permit: &Permit<EditPublications>, id: Uuid, why: &str) -> Result<()> {
    let read = Permit::of(permit.actor()).ok_or(Error::NotFound)?;
    let sight = super::sight(app, &read, id).await?;
    if !sight.edits {
        return Err(Error::NotFound);
    }
    if sight.row.gone.is_empty() {
        return Err(Error::Conflict("Bài này chưa bị gỡ.".into()));
    }
    if why.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do đăng lại."));
    }
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::set_gone(&*tx, id, ("", "", ""), now).await?;
    taken_away(app, &tx, id, (false, &sight.row.gone_note)).await?;
    shown(&tx, id, now).await?;
    let number = sight.live().map_or(0, |edition| edition.number);
    note(app, &tx, permit.actor(), (id, number), ("restore", why)).await?;
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}
