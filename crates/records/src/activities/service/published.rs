//! What an agency publishes on the portal is an activity of it: recorded with the publication, counted once, taken back when the publication was an error.

use ::store::{ConnectionTrait, Tx};
use kernel::{Permit, Result, Uuid, new_id};
use platform::App;

use super::record::{form_of, note, write};
use crate::activities::{
    model::activity::{Draft, Served},
    policy::RecordActivities,
    store::{self, New},
};

/// Kind of activity: "Đăng tải trên cổng, trang thông tin điện tử" of `definitions/activities/kinds.toml`.
const KIND: &str = "trang-tin";

/// First part of the address of a publication in the newsroom; what such an activity serves.
const NEWSROOM: &str = "toa-soan";

/// A publication that became public today.
pub(crate) struct Published<'a> {
    /// Which.
    pub id: Uuid,
    /// Whose.
    pub agency: Uuid,
    /// Headline.
    pub title: &'a str,
    /// Fields of law.
    pub fields: Vec<String>,
    /// Target groups.
    pub groups: Vec<String>,
    /// Made by the program to show what it can do.
    pub generated: bool,
}

fn once(publication: Uuid) -> String {
    format!("publication:{publication}")
}

fn reason(why: &str) -> String {
    format!("Bài đã gỡ khỏi cổng do đăng nhầm: {why}")
}

/// Records a publication as an activity; one that is recorded already stays as it is.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn published(app: &App, tx: &Tx, what: Published<'_>) -> Result<()> {
    if store::made_once(&**tx, &once(what.id)).await?.is_some() {
        return Ok(());
    }
    let served =
        Served { kind: NEWSROOM.into(), id: what.id, within: None, label: format!("Bài đăng: {}", what.title) };
    let draft = Draft {
        owner: what.agency,
        kind: KIND.into(),
        title: what.title.to_owned(),
        held_on: Some(app.clock.today()),
        online: true,
        fields: what.fields,
        groups: what.groups,
        subjects: vec![served],
        ..Draft::default()
    };
    let new = New {
        id: new_id(),
        draft,
        form: form_of(KIND),
        once: Some(once(what.id)),
        series: None,
        copied: None,
        generated: what.generated,
    };
    write(app, tx, &Permit::<RecordActivities>::system(), &[new], &[]).await
}

/// The publication was an error (`gone`: why), or is given back: its activity stops counting, or counts again. One that a person took back stays so.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn taken_away(app: &App, tx: &Tx, publication: Uuid, (gone, why): (bool, &str)) -> Result<()> {
    let Some(id) = store::made_once(&**tx, &once(publication)).await? else { return Ok(()) };
    let reason = reason(why);
    if store::turn(&**tx, id, gone, &reason, app.clock.now()).await? {
        let action = if gone { "activities.withdraw" } else { "activities.create" };
        let detail = serde_json::json!({ "reason": reason });
        note(app, tx, &Permit::<RecordActivities>::system(), action, id, detail).await?;
    }
    Ok(())
}

/// The activity as which a publication is recorded.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn published_as(c: &impl ConnectionTrait, publication: Uuid) -> Result<Option<Uuid>> {
    store::made_once(c, &once(publication)).await
}
