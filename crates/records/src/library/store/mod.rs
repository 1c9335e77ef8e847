//! Every query of the library slice.

mod collections;
mod items;
mod list;
mod packages;
mod practices;
mod uploads;

pub use collections::Collection;
pub(super) use collections::*;
pub use items::Item;
pub(super) use items::*;
pub use list::Line;
pub(super) use list::*;
pub(super) use packages::*;
pub use practices::Practice;
pub(super) use practices::*;
pub(super) use uploads::*;

pub(crate) use crate::agencies::{Named, named as agencies};
use kernel::{Error, Result, Uuid, text};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, free_slug, insert};

/// A free address in a table for something with this title.
pub(crate) async fn address(c: &impl ConnectionTrait, table: &str, title: &str) -> Result<String> {
    let wanted = Some(text::slug(title)).filter(|slug| !slug.is_empty());
    free_slug(c, table, wanted.as_deref().unwrap_or("tu-lieu")).await
}

/// A mark of an item or a practice.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Mark {
    pub owner: Uuid,
    pub kind: String,
    pub key: String,
}

/// Where marks stand: table and the column that names their owner.
pub(crate) type MarkTable = (&'static str, &'static str);

/// Marks of items.
pub(crate) const MEDIA_MARKS: MarkTable = ("media_marks", "media_id");
/// Marks of practices.
pub(crate) const PRACTICE_MARKS: MarkTable = ("practice_marks", "practice_id");

/// Marks of several owners.
pub(crate) async fn marks(c: &impl ConnectionTrait, (table, column): MarkTable, owners: &[Uuid]) -> Result<Vec<Mark>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT {column} AS owner, kind, key FROM {table} WHERE {column} IN ({}) ORDER BY {column}, kind, key",
        params.list(owners.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// Gives an owner these marks and no others.
pub(crate) async fn replace_marks(
    c: &impl ConnectionTrait,
    (table, column): MarkTable,
    owner: Uuid,
    marks: impl IntoIterator<Item = (&'static str, String)>,
) -> Result<()> {
    exec(c, &format!("DELETE FROM {table} WHERE {column} = $1"), vec![owner.into()]).await?;
    let columns = [column, "kind", "key"];
    let mut block = insert(table, &columns);
    for (kind, key) in marks {
        block.push::<3>([owner.into(), kind.into(), key.into()]);
    }
    block.run_with(c, "ON CONFLICT DO NOTHING").await
}

/// Was the row still as it was read?
fn faster(changed: u64) -> Result<()> {
    if changed == 1 {
        return Ok(());
    }
    Err(Error::Conflict("Người khác vừa thay đổi mục này. Hãy tải lại trang và làm lại.".into()))
}
