//! The tables that replaying the events yields. Only rows that differ are written, so that one more event in a country of 35,000 agencies is
//! a small change.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Debug,
};

use ::store::{ConnectionTrait, FromQueryResult, Insert, all, exec, insert, marks};
use kernel::{Result, Uuid, text};

use crate::agencies::model::side::Side;

/// Names of the tables of one tree.
#[derive(Debug, Clone, Copy)]
pub(in crate::agencies) struct Trees {
    /// Units themselves.
    pub main: &'static str,
    /// Their dated states.
    pub states: &'static str,
    /// Column of `states` that names the unit.
    pub owner: &'static str,
    /// Who carries on for whom.
    pub successions: &'static str,
    /// What happened.
    pub events: &'static str,
}

impl Trees {
    /// The tables of one side.
    pub(in crate::agencies) const fn of(side: Side) -> Self {
        match side {
            Side::Agencies => Self::AGENCIES,
            Side::Localities => Self::UNITS,
        }
    }

    /// Localities.
    pub(in crate::agencies) const UNITS: Trees = Trees {
        main: "units",
        states: "unit_states",
        owner: "unit_id",
        successions: "unit_successions",
        events: "unit_events",
    };
    /// Agencies.
    pub(in crate::agencies) const AGENCIES: Trees = Trees {
        main: "agencies",
        states: "agency_states",
        owner: "agency_id",
        successions: "agency_successions",
        events: "agency_events",
    };
}

#[derive(FromQueryResult)]
struct Identity {
    id: Uuid,
    code: String,
}

/// Identifiers by code.
pub(in crate::agencies) async fn ids_by_code(c: &impl ConnectionTrait, trees: Trees) -> Result<HashMap<String, Uuid>> {
    let rows: Vec<Identity> = all(c, &format!("SELECT id, code FROM {}", trees.main), vec![]).await?;
    Ok(rows.into_iter().map(|row| (row.code, row.id)).collect())
}

/// A unit or agency as of today. `sort` is the official code of a unit and the system of an agency; `level` is the level of a unit.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(in crate::agencies) struct MainRow {
    pub id: Uuid,
    pub code: String,
    pub kind: String,
    pub sort: String,
    pub level: String,
    pub name: String,
    pub parent_id: Option<Uuid>,
    pub unit_id: Option<Uuid>,
    pub valid_from: i64,
    pub valid_to: i64,
    pub position: i64,
}

/// Writes the rows that differ, superiors before subordinates; how many.
pub(in crate::agencies) async fn put_main(
    c: &impl ConnectionTrait,
    trees: Trees,
    wanted: Vec<MainRow>,
) -> Result<usize> {
    let units = trees.main == Trees::UNITS.main;
    let columns = if units {
        "id, code, kind, official_code AS sort, level, name, parent_id, CAST(NULL AS UUID) AS unit_id"
    } else {
        "id, code, kind, system AS sort, '' AS level, name, parent_id, unit_id"
    };
    let sql = format!("SELECT {columns}, valid_from, valid_to, position FROM {}", trees.main);
    let rows: Vec<MainRow> = all(c, &sql, vec![]).await?;
    let known: HashMap<Uuid, MainRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let above: HashMap<Uuid, Option<Uuid>> = wanted.iter().map(|row| (row.id, row.parent_id)).collect();
    let depth =
        |row: &MainRow| std::iter::successors(row.parent_id, |id| above.get(id).copied().flatten()).take(64).count();
    let mut changed: Vec<(usize, MainRow)> =
        wanted.into_iter().filter(|row| known.get(&row.id) != Some(row)).map(|row| (depth(&row), row)).collect();
    changed.sort_by_key(|(depth, row)| (*depth, row.position));
    let count = changed.len();
    let last = if units { ["official_code", "level"] } else { ["system", "unit_id"] };
    let names = [
        "id",
        "code",
        "kind",
        "name",
        "name_fold",
        "parent_id",
        "valid_from",
        "valid_to",
        "position",
        last[0],
        last[1],
    ];
    let mut rows = insert(trees.main, &names);
    for (_, row) in changed {
        rows.push([
            row.id.into(),
            row.code.into(),
            row.kind.into(),
            row.name.as_str().into(),
            text::fold(&row.name).into(),
            row.parent_id.into(),
            row.valid_from.into(),
            row.valid_to.into(),
            row.position.into(),
            row.sort.into(),
            if units { row.level.into() } else { row.unit_id.into() },
        ]);
    }
    let set: Vec<String> = names.iter().skip(2).map(|name| format!("{name} = excluded.{name}")).collect();
    rows.run_with(c, &format!("ON CONFLICT (id) DO UPDATE SET {}", set.join(", "))).await?;
    Ok(count)
}

/// Rows that belong to one unit and are compared and replaced together.
pub(in crate::agencies) trait Owned: FromQueryResult + Ord + Clone + Debug + Send + Sync {
    /// The table.
    fn table(trees: Trees) -> &'static str;
    /// Its columns, as selected.
    fn columns(trees: Trees) -> Vec<&'static str>;
    /// The column that names the owner, and its value here.
    fn owner_column(trees: Trees) -> &'static str;
    /// The owner.
    fn owner(&self) -> Uuid;
    /// Adds the values in the order of the columns.
    fn push(self, rows: &mut Insert<'_>);
}

/// Makes the rows of every owner in `wanted` what they should be; rows of owners that are not in `owners` stay.
pub(in crate::agencies) async fn settle<R: Owned>(
    c: &impl ConnectionTrait,
    trees: Trees,
    wanted: Vec<R>,
    owners: &[Uuid],
) -> Result<()> {
    let columns = R::columns(trees);
    let named =
        |column: &&str| if *column == trees.owner { format!("{column} AS owner") } else { (*column).to_owned() };
    let list: Vec<String> = columns.iter().map(named).collect();
    let known: Vec<R> = all(c, &format!("SELECT {} FROM {}", list.join(", "), R::table(trees)), vec![]).await?;
    let mut known = grouped(known);
    let mut wanted = grouped(wanted);
    let mut stale: Vec<Uuid> = Vec::new();
    let mut rows = insert(R::table(trees), &columns);
    for owner in owners {
        let (old, new) = (known.remove(owner).unwrap_or_default(), wanted.remove(owner).unwrap_or_default());
        if old == new {
            continue;
        }
        if !old.is_empty() {
            stale.push(*owner);
        }
        new.into_iter().for_each(|row| row.push(&mut rows));
    }
    for part in stale.chunks(500) {
        let sql =
            format!("DELETE FROM {} WHERE {} IN ({})", R::table(trees), R::owner_column(trees), marks(1, part.len()));
        exec(c, &sql, part.iter().map(|id| (*id).into()).collect()).await?;
    }
    rows.run(c).await
}

fn grouped<R: Owned>(rows: Vec<R>) -> BTreeMap<Uuid, Vec<R>> {
    let mut groups: BTreeMap<Uuid, Vec<R>> = BTreeMap::new();
    for row in rows {
        groups.entry(row.owner()).or_default().push(row);
    }
    groups.values_mut().for_each(|rows| rows.sort_unstable());
    groups
}

/// See `agency_states`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub(in crate::agencies) struct State {
    pub valid_from: i64,
    pub valid_to: i64,
    pub name: String,
    pub short: String,
    pub kind: String,
    pub parent_id: Option<Uuid>,
    pub owner: Uuid,
}

impl Owned for State {
    fn table(trees: Trees) -> &'static str {
        trees.states
    }

    fn columns(trees: Trees) -> Vec<&'static str> {
        vec!["valid_from", "valid_to", "name", "short", "kind", "parent_id", trees.owner]
    }

    fn owner_column(trees: Trees) -> &'static str {
        trees.owner
    }

    fn owner(&self) -> Uuid {
        self.owner
    }

    fn push(self, rows: &mut Insert<'_>) {
        rows.push([
            self.valid_from.into(),
            self.valid_to.into(),
            self.name.into(),
            self.short.into(),
            self.kind.into(),
            self.parent_id.into(),
            self.owner.into(),
        ]);
    }
}

/// See `agency_successions`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub(in crate::agencies) struct Succession {
    pub event_date: i64,
    pub position: i64,
    pub from_id: Uuid,
    pub to_id: Uuid,
    pub weight: Option<i64>,
}

impl Owned for Succession {
    fn table(trees: Trees) -> &'static str {
        trees.successions
    }

    fn columns(_: Trees) -> Vec<&'static str> {
        vec!["event_date", "position", "from_id", "to_id", "weight"]
    }

    fn owner_column(_: Trees) -> &'static str {
        "from_id"
    }

    fn owner(&self) -> Uuid {
        self.from_id
    }

    fn push(self, rows: &mut Insert<'_>) {
        rows.push([
            self.event_date.into(),
            self.position.into(),
            self.from_id.into(),
            self.to_id.into(),
            self.weight.into(),
        ]);
    }
}

/// See `agency_closure`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub(in crate::agencies) struct Closure {
    pub ancestor_id: Uuid,
    pub descendant_id: Uuid,
}

impl Owned for Closure {
    fn table(_: Trees) -> &'static str {
        "agency_closure"
    }

    fn columns(_: Trees) -> Vec<&'static str> {
        vec!["ancestor_id", "descendant_id"]
    }

    fn owner_column(_: Trees) -> &'static str {
        "descendant_id"
    }

    fn owner(&self) -> Uuid {
        self.descendant_id
    }

    fn push(self, rows: &mut Insert<'_>) {
        rows.push([self.ancestor_id.into(), self.descendant_id.into()]);
    }
}
