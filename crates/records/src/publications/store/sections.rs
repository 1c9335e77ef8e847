//! Special sections of the portal.

use kernel::{Error, Result, Timestamp, Uuid};
use store::{ConnectionTrait, FromQueryResult, all, exec, insert, one};

/// A special section. Days are yyyymmdd, 0 when open; `home` is its place on the home page, 0 when it is not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Section {
    /// Its id.
    pub id: Uuid,
    /// Whose editors arrange it.
    pub agency_id: Uuid,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// First day.
    pub opens_on: i64,
    /// Last day.
    pub closes_on: i64,
    /// Place on the home page.
    pub home: i64,
    /// Counts changes.
    pub version: i64,
}

const SECTION: &str =
    "SELECT id, agency_id, slug, title, description, opens_on, closes_on, home, version FROM sections";

/// Every section: those of the home page in their order, then the newest.
pub(crate) async fn sections(c: &impl ConnectionTrait) -> Result<Vec<Section>> {
    let sql = format!("{SECTION} ORDER BY CASE home WHEN 0 THEN 1 ELSE 0 END, home, opens_on DESC, title, id");
    all(c, &sql, vec![]).await
}

pub(crate) async fn section(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Section>> {
    one(c, &format!("{SECTION} WHERE id = $1"), vec![id.into()]).await
}

pub(crate) async fn section_at(c: &impl ConnectionTrait, slug: &str) -> Result<Option<Section>> {
    one(c, &format!("{SECTION} WHERE slug = $1"), vec![slug.into()]).await
}

/// Keeps a section: a new one, or one that was read at its version.
pub(crate) async fn save_section(c: &impl ConnectionTrait, section: &Section, new: bool, now: Timestamp) -> Result<()> {
    if new {
        let columns = [
            "id",
            "agency_id",
            "slug",
            "title",
            "description",
            "opens_on",
            "closes_on",
            "home",
            "version",
            "changed_at",
        ];
        return insert("sections", &columns)
            .row([
                section.id.into(),
                section.agency_id.into(),
                section.slug.as_str().into(),
                section.title.as_str().into(),
                section.description.as_str().into(),
                section.opens_on.into(),
                section.closes_on.into(),
                section.home.into(),
                0i64.into(),
                now.0.into(),
            ])
            .run(c)
            .await;
    }
    let sql = "UPDATE sections SET title = $1, description = $2, opens_on = $3, closes_on = $4, home = $5, changed_at = $6, version = version + 1 \
               WHERE id = $7 AND version = $8";
    let values = vec![
        section.title.as_str().into(),
        section.description.as_str().into(),
        section.opens_on.into(),
        section.closes_on.into(),
        section.home.into(),
        now.0.into(),
        section.id.into(),
        section.version.into(),
    ];
    match exec(c, sql, values).await? {
        1 => Ok(()),
        _ => Err(Error::Conflict("Người khác vừa thay đổi chuyên mục này. Hãy tải lại trang và làm lại.".into())),
    }
}

/// Publications that stand first in a section, in order.
pub(crate) async fn replace_pins(c: &impl ConnectionTrait, section: Uuid, pins: &[Uuid]) -> Result<()> {
    exec(c, "DELETE FROM section_pins WHERE section_id = $1", vec![section.into()]).await?;
    let mut block = insert("section_pins", &["section_id", "position", "publication_id"]);
    for (at, pin) in (1i64..).zip(pins) {
        block.push::<3>([section.into(), at.into(), (*pin).into()]);
    }
    block.run(c).await
}

/// A publication that stands first in a section.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Pin {
    pub publication_id: Uuid,
    pub slug: String,
    pub title: String,
}

/// What stands first in a section, in order.
pub(crate) async fn pins(c: &impl ConnectionTrait, section: Uuid) -> Result<Vec<Pin>> {
    let sql = "SELECT s.publication_id, p.slug, e.title FROM section_pins s JOIN publications p ON p.id = s.publication_id \
               JOIN editions e ON e.id = p.live_id WHERE s.section_id = $1 ORDER BY s.position";
    all(c, sql, vec![section.into()]).await
}

/// The public publication at an address.
pub(crate) async fn public_at(c: &impl ConnectionTrait, slug: &str) -> Result<Option<Pin>> {
    let sql = "SELECT p.id AS publication_id, p.slug, e.title FROM publications p JOIN editions e ON e.id = p.live_id \
               WHERE p.slug = $1 AND p.gone = ''";
    one(c, sql, vec![slug.into()]).await
}
