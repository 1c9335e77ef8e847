//! A merger for demonstrations, so that figures of the past can be read in the agencies of then and of now.

use chrono::NaiveDate;
use kernel::{Error, Permit, Result, Uuid};
use platform::App;

use super::{directory, record::record};
use crate::agencies::{
    model::{
        event::{Change, Event},
        side::Side,
    },
    policy::ManageAgencies,
};

/// Two communes of which the second went up in the first: their people's committees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedPair {
    /// Lives on.
    pub heir: Uuid,
    /// Ended.
    pub gone: Uuid,
}

/// Merges two neighbouring communes of the province of `scope` from `on`; the event says that it is made up. `None` in a province with few communes.
///
/// # Errors
/// When the database refuses or a commune has a body that cannot be merged.
pub async fn merge_for_demonstration(
    app: &App,
    permit: &Permit<ManageAgencies>,
    scope: Uuid,
    on: NaiveDate,
) -> Result<Option<MergedPair>> {
    let dir = directory(app).await?;
    let mut all = dir.members("each:ubnd@commune", scope, on);
    all.retain(|id| dir.name(*id, on).is_some_and(|name| name.starts_with("Ủy ban nhân dân xã ")));
    // Codes of communes follow each other within a former district: next in the list is a neighbour.
    let [heir, gone] = match all.get(all.len() / 2..) {
        Some([heir, gone, ..]) => [*heir, *gone],
        _ => return Ok(None),
    };
    let tree = dir.agencies();
    let unit = |id: Uuid| dir.find(id).map(|ix| tree.unit(ix)).ok_or(Error::NotFound);
    let (into, from) = (unit(heir)?, unit(gone)?);
    let changes: Vec<Change> = tree
        .units()
        .filter(|(_, body)| body.place == from.place && body.lives(on))
        .filter_map(|(_, body)| {
            let heir = tree
                .units()
                .find(|(_, other)| other.place == into.place && other.role == body.role && other.lives(on))?;
            Some(Change::Merge { from: vec![body.key.clone()], into: heir.1.key.clone() })
        })
        .collect();
    let name = |id: Uuid| dir.name(id, on).unwrap_or_default().trim_start_matches("Ủy ban nhân dân ").to_owned();
    let event = Event {
        date: on,
        title: format!("Giả định để trình diễn: {} nhập vào {}", name(gone), name(heir)),
        basis: Some("Sự kiện giả định, không có trên thực tế; dùng để trình diễn số liệu trước và sau sắp xếp".into()),
        unverified: true,
        changes,
    };
    record(app, permit, Side::Agencies, event).await?;
    Ok(Some(MergedPair { heir, gone }))
}
