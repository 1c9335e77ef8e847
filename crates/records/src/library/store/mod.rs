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

use kernel::{Error, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, exec, insert};

/// An agency, as forms choose it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Named {
    pub id: Uuid,
    pub name: String,
}

/// Agencies by their ids, in order of name.
pub(crate) async fn agencies(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Named>> {
    let mut params = Params::new();
    let sql = format!(
        "SELECT id, name FROM agencies WHERE id IN ({}) ORDER BY name_fold, id",
        params.list(ids.iter().copied())
    );
    all(c, &sql, params.values()).await
}

/// An address like this that nothing in the table has: the wanted one, or the first free one with a number behind it.
pub(crate) async fn free_slug(c: &impl ConnectionTrait, table: &str, wanted: &str) -> Result<String> {
    #[derive(FromQueryResult)]
    struct Taken {
        slug: String,
    }
    let wanted = if wanted.is_empty() { "tu-lieu" } else { wanted };
    let sql = format!("SELECT slug FROM {table} WHERE slug = $1 OR slug LIKE $2");
    let taken: Vec<Taken> = all(c, &sql, vec![wanted.into(), format!("{wanted}-%").into()]).await?;
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    let mut wished = std::iter::once(wanted.to_owned()).chain(numbered);
    Ok(wished.find(|slug| !taken.iter().any(|row| row.slug == *slug)).unwrap_or_default())
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
