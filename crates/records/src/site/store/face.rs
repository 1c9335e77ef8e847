//! Name and footer, menu and banners.

use kernel::{Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, one};

use super::stale;

/// Name and footer of the portal. Everything may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Face {
    /// Name in the header and in the title of every page.
    pub name: String,
    /// Words below the name.
    pub slogan: String,
    /// Agency that runs the portal.
    pub agency: String,
    /// Its address.
    pub address: String,
    /// Its telephone.
    pub phone: String,
    /// Its mail.
    pub email: String,
    /// Who is responsible for what stands on it.
    pub person: String,
    /// Number of the licence.
    pub licence: String,
    /// Counts changes of the menu.
    pub menu_version: i64,
    /// Counts changes.
    pub version: i64,
    /// Who changed it last.
    pub changed_name: String,
    /// When; 0 for never.
    pub changed_at: i64,
}

/// Name and footer; all empty before they are set.
pub(crate) async fn face(c: &impl ConnectionTrait) -> Result<Face> {
    let sql = "SELECT name, slogan, agency, address, phone, email, person, licence, menu_version, version, changed_name, changed_at \
               FROM site_face WHERE id = 1";
    Ok(one(c, sql, vec![]).await?.unwrap_or_default())
}

/// Makes sure that there is a row, so that versions can be compared.
async fn prepare(c: &impl ConnectionTrait) -> Result<()> {
    let columns = [
        "id",
        "name",
        "slogan",
        "agency",
        "address",
        "phone",
        "email",
        "person",
        "licence",
        "menu_version",
        "version",
        "changed_name",
        "changed_at",
    ];
    let empty = || "".into();
    insert("site_face", &columns)
        .row([
            1i64.into(),
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
            0i64.into(),
            0i64.into(),
            empty(),
            0i64.into(),
        ])
        .run_with(c, "ON CONFLICT (id) DO NOTHING")
        .await
}

/// Keeps name and footer that were read at their version.
pub(crate) async fn save_face(c: &impl ConnectionTrait, face: &Face, by: &str, now: Timestamp) -> Result<()> {
    prepare(c).await?;
    let sql = "UPDATE site_face SET name = $1, slogan = $2, agency = $3, address = $4, phone = $5, email = $6, person = $7, licence = $8, \
               changed_name = $9, changed_at = $10, version = version + 1 WHERE id = 1 AND version = $11";
    let values = vec![
        face.name.as_str().into(),
        face.slogan.as_str().into(),
        face.agency.as_str().into(),
        face.address.as_str().into(),
        face.phone.as_str().into(),
        face.email.as_str().into(),
        face.person.as_str().into(),
        face.licence.as_str().into(),
        by.into(),
        now.0.into(),
        face.version.into(),
    ];
    if exec(c, sql, values).await? == 1 { Ok(()) } else { Err(stale()) }
}

/// An entry of the menu.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub path: String,
}

/// The menu, in order.
pub(crate) async fn menu(c: &impl ConnectionTrait) -> Result<Vec<Item>> {
    all(c, "SELECT label, path FROM site_menu ORDER BY position", vec![]).await
}

/// Replaces the menu that was read at its version.
pub(crate) async fn save_menu(c: &impl ConnectionTrait, items: &[Item], version: i64) -> Result<()> {
    prepare(c).await?;
    let sql = "UPDATE site_face SET menu_version = menu_version + 1 WHERE id = 1 AND menu_version = $1";
    if exec(c, sql, vec![version.into()]).await? != 1 {
        return Err(stale());
    }
    exec(c, "DELETE FROM site_menu", vec![]).await?;
    let mut block = insert("site_menu", &["position", "label", "path"]);
    for (at, item) in (1i64..).zip(items) {
        block.push::<3>([at.into(), item.label.as_str().into(), item.path.as_str().into()]);
    }
    block.run(c).await
}

/// Words on the home page for some days (yyyymmdd, both included).
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Banner {
    /// Its id.
    pub id: Uuid,
    /// What it says.
    pub text: String,
    /// Where it leads; may be empty.
    pub link: String,
    /// First day.
    pub from_on: i64,
    /// Last day.
    pub to_on: i64,
    /// The weightiest stands first.
    pub weight: i64,
    /// Counts changes.
    pub version: i64,
}

const BANNER: &str = "SELECT id, text, link, from_on, to_on, weight, version FROM site_banners";

/// Every banner, the latest first.
pub(crate) async fn banners(c: &impl ConnectionTrait) -> Result<Vec<Banner>> {
    all(c, &format!("{BANNER} ORDER BY to_on DESC, weight DESC, id"), vec![]).await
}

/// Those of a day, the weightiest first.
pub(crate) async fn banners_on(c: &impl ConnectionTrait, day: i64) -> Result<Vec<Banner>> {
    let sql = format!("{BANNER} WHERE from_on <= $1 AND to_on >= $1 ORDER BY weight DESC, from_on DESC, id");
    all(c, &sql, vec![day.into()]).await
}

pub(crate) async fn banner(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Banner>> {
    one(c, &format!("{BANNER} WHERE id = $1"), vec![id.into()]).await
}

/// Keeps a banner: a new one, or one that was read at its version.
pub(crate) async fn save_banner(c: &impl ConnectionTrait, row: &Banner, new: bool, now: Timestamp) -> Result<()> {
    if new {
        return insert("site_banners", &["id", "text", "link", "from_on", "to_on", "weight", "version", "changed_at"])
            .row([
                row.id.into(),
                row.text.as_str().into(),
                row.link.as_str().into(),
                row.from_on.into(),
                row.to_on.into(),
                row.weight.into(),
                0i64.into(),
                now.0.into(),
            ])
            .run(c)
            .await;
    }
    let sql = "UPDATE site_banners SET text = $1, link = $2, from_on = $3, to_on = $4, weight = $5, changed_at = $6, version = version + 1 \
               WHERE id = $7 AND version = $8";
    let values = vec![
        row.text.as_str().into(),
        row.link.as_str().into(),
        row.from_on.into(),
        row.to_on.into(),
        row.weight.into(),
        now.0.into(),
        row.id.into(),
        row.version.into(),
    ];
    if exec(c, sql, values).await? == 1 { Ok(()) } else { Err(stale()) }
}

pub(crate) async fn drop_banner(c: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    exec(c, "DELETE FROM site_banners WHERE id = $1", vec![id.into()]).await.map(drop)
}
