//! The tree of places from the tables in `data/admin-units`: 63/696/10,035 until 30/06/2025, 34/3,321 since.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Deserialize;

use super::{
    event::{Change, Event, EventError, NewUnit, Part},
    tree::{BEGINNING, Face, Tree},
};

/// The day the second level was dropped and the others were merged.
pub const REFORM: NaiveDate = match NaiveDate::from_ymd_opt(2025, 7, 1) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// The texts of the five tables.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// `units-legacy.tsv`.
    pub legacy: &'a str,
    /// `units-2025.tsv`.
    pub current: &'a str,
    /// `successors-2025.tsv`.
    pub successors: &'a str,
    /// `province-successors-2025.tsv`.
    pub province_successors: &'a str,
    /// `events.toml`.
    pub events: &'a str,
}

/// The tables that are built into the program.
pub const BUILT_IN: Tables<'static> = Tables {
    legacy: include_str!("../../../../../data/admin-units/units-legacy.tsv"),
    current: include_str!("../../../../../data/admin-units/units-2025.tsv"),
    successors: include_str!("../../../../../data/admin-units/successors-2025.tsv"),
    province_successors: include_str!("../../../../../data/admin-units/province-successors-2025.tsv"),
    events: include_str!("../../../../../data/admin-units/events.toml"),
};

/// Why the tables could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A row has too few columns.
    #[error("bảng {table}, dòng {line}: thiếu cột")]
    Columns {
        /// Which table.
        table: &'static str,
        /// Which line, from 1.
        line: usize,
    },
    /// `events.toml` is not as expected.
    #[error("events.toml: {0}")]
    Toml(#[from] toml::de::Error),
    /// The rows contradict each other.
    #[error(transparent)]
    Event(#[from] EventError),
}

/// A unit named in the tables.
struct Row<'a> {
    code: &'a str,
    name: &'a str,
    kind: &'static str,
    level: &'static str,
    parent: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SingleEvents {
    #[serde(default)]
    event: Vec<SingleEvent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SingleEvent {
    date: NaiveDate,
    title: String,
    basis: Option<String>,
    #[serde(default)]
    unverified: bool,
    unit: String,
    before: State,
    after: State,
    #[expect(dead_code, reason = "for readers of the file")]
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    name: String,
    #[serde(rename = "type")]
    kind: String,
}

/// All events of the places, in order of date: the first day, 01/07/2025 as one, and the single changes.
///
/// # Errors
/// [`TableError`] when a table is damaged.
pub fn events(tables: &Tables<'_>) -> Result<Vec<Event>, TableError> {
    let singles: SingleEvents = toml::from_str(tables.events)?;
    let legacy = read_legacy(tables.legacy)?;
    let current = read_current(tables.current)?;
    // The photographs show the state after earlier and before later single changes: each unit starts with the first `before` that is known.
    let mut first: HashMap<&str, &State> = HashMap::new();
    for single in &singles.event {
        first.entry(single.unit.as_str()).or_insert(&single.before);
    }
    let create = |row: &Row<'_>, key: String, parent: Option<String>| {
        let face =
            first.get(key.as_str()).map_or_else(|| place_face(row.name, row.kind), |s| place_face(&s.name, &s.kind));
        Change::Create(NewUnit { key, place: row.level.to_owned(), role: row.code.to_owned(), parent, face })
    };
    let beginning = Event {
        date: BEGINNING,
        title: "Đơn vị hành chính đến ngày 30/06/2025".into(),
        basis: None,
        unverified: true,
        changes: legacy.iter().map(|row| create(row, old_key(row), old_parent(row))).collect(),
    };
    let mut events = vec![beginning, reform(tables, &legacy, &current, create)?];
    for single in singles.event {
        let face = place_face(&single.after.name, &single.after.kind);
        events.push(Event {
            date: single.date,
            title: single.title,
            basis: single.basis,
            unverified: single.unverified,
            changes: vec![Change::Rename { unit: single.unit, face }],
        });
    }
    events.sort_by_key(|event| event.date);
    Ok(events)
}

/// The tree of all places.
///
/// # Errors
/// [`TableError`] when a table is damaged.
pub fn load(tables: &Tables<'_>) -> Result<Tree, TableError> {
    Ok(Tree::replay(&events(tables)?)?)
}

fn reform<'r>(
    tables: &Tables<'r>,
    legacy: &[Row<'r>],
    current: &[Row<'r>],
    create: impl Fn(&Row<'_>, String, Option<String>) -> Change,
) -> Result<Event, TableError> {
    let old: HashMap<(&str, &str), &Row<'_>> = legacy.iter().map(|row| ((class(row), row.code), row)).collect();
    let links = read_links(tables)?;
    let mut heirs: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
    let mut ancestors: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
    for &(class, from, into) in &links {
        heirs.entry((class, from)).or_default().push(into);
        ancestors.entry((class, into)).or_default().push(from);
    }
    // Same name and kind, no other ancestor, nobody else's heir: the same unit.
    let kept = |row: &Row<'_>| -> Option<String> {
        let [only] = ancestors.get(&(class(row), row.code))?.as_slice() else { return None };
        let before = old.get(&(class(row), only)).or_else(|| old.get(&("district", only)))?;
        let whole = heirs.get(&(class(row), only)).is_some_and(|all| all.len() == 1);
        (whole && before.name == row.name && before.kind == row.kind).then(|| old_key(before))
    };
    let keys: HashMap<(&str, &str), String> =
        current.iter().map(|row| ((class(row), row.code), kept(row).unwrap_or_else(|| new_key(row)))).collect();
    let mut changes = Vec::with_capacity(current.len() + legacy.len());
    let mut survivors: HashSet<&str> = HashSet::new();
    for row in current {
        let Some(key) = keys.get(&(class(row), row.code)) else { continue };
        let parent = keys.get(&("province", row.parent)).cloned();
        if key.ends_with(SUFFIX) {
            changes.push(create(row, key.clone(), parent));
        } else {
            survivors.insert(key);
            if parent.is_some() {
                changes.push(Change::Move { unit: key.clone(), parent });
            }
        }
    }
    // Communes, then districts, then provinces, so that what a district leaves finds its province alive.
    for row in legacy.iter().rev() {
        let key = old_key(row);
        if survivors.contains(key.as_str()) {
            continue;
        }
        let to = heirs
            .get(&(class(row), row.code))
            .or_else(|| heirs.get(&("commune", row.code)).filter(|_| row.level == "district"));
        let to: Vec<String> =
            to.into_iter().flatten().filter_map(|code| keys.get(&(class_of_heir(row), *code)).cloned()).collect();
        changes.push(match to.as_slice() {
            [] => Change::Abolish { unit: key, heir: None },
            [one] => Change::Merge { from: vec![key], into: one.clone() },
            _ => Change::Split { from: key, into: to.into_iter().map(|unit| Part { unit, weight: None }).collect() },
        });
    }
    Ok(Event {
        date: REFORM,
        title: "Tổ chức chính quyền địa phương hai cấp, sắp xếp đơn vị hành chính cấp tỉnh, cấp xã".into(),
        basis: Some("Nghị quyết số 202/2025/QH15; Luật Tổ chức chính quyền địa phương số 72/2025/QH15; các nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã".into()),
        unverified: false,
        changes,
    })
}

const SUFFIX: &str = ".2025";

/// Codes are unique within provinces, within districts and within communes.
fn class(row: &Row<'_>) -> &'static str {
    row.level
}

fn class_of_heir(row: &Row<'_>) -> &'static str {
    if row.level == "province" { "province" } else { "commune" }
}

fn old_key(row: &Row<'_>) -> String {
    let letter = row.level.get(..1).unwrap_or_default();
    format!("{letter}{}", row.code)
}

fn new_key(row: &Row<'_>) -> String {
    old_key(row) + SUFFIX
}

fn old_parent(row: &Row<'_>) -> Option<String> {
    match row.level {
        "district" => Some(format!("p{}", row.parent)),
        "commune" => Some(format!("d{}", row.parent)),
        _ => None,
    }
}

/// Kinds of place as they begin names; "Thành phố" and "Thị xã" before "Xã" does not matter, "Thị trấn" has two words.
const KINDS: [&str; 10] = ["Thành phố", "Tỉnh", "Thị xã", "Quận", "Huyện", "Thị trấn", "Đặc khu", "Phường", "Xã", ""];

/// The kind of place that a name begins with; empty when it does not.
pub fn kind_of(name: &str) -> &'static str {
    KINDS.into_iter().find(|kind| name.starts_with(kind)).unwrap_or_default()
}

/// A place of this name and kind.
pub fn place_face(name: &str, kind: &str) -> Face {
    let short = name.strip_prefix(kind).map_or(name, str::trim_start);
    Face { name: name.to_owned(), short: short.to_owned(), kind: kind.to_owned() }
}

fn rows<'a, const N: usize>(
    table: &'static str,
    text: &'a str,
) -> impl Iterator<Item = Result<[&'a str; N], TableError>> {
    text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()).map(move |(number, line)| {
        let mut columns = line.split('\t');
        let mut out = [""; N];
        for slot in &mut out {
            *slot = columns.next().ok_or(TableError::Columns { table, line: number + 1 })?.trim_end_matches('\r');
        }
        Ok(out)
    })
}

fn read_legacy(text: &str) -> Result<Vec<Row<'_>>, TableError> {
    let read = |row: Result<[_; 5], _>| {
        let [level, code, name, _, parent]: [&str; 5] = row?;
        let level = ["province", "district"].into_iter().find(|l| *l == level).unwrap_or("commune");
        Ok(Row { code, name, kind: kind_of(name), level, parent })
    };
    rows("units-legacy.tsv", text).map(read).collect()
}

fn read_current(text: &str) -> Result<Vec<Row<'_>>, TableError> {
    let read = |row: Result<[_; 4], _>| {
        let [code, name, _, parent]: [&str; 4] = row?;
        let level = if parent.is_empty() { "province" } else { "commune" };
        Ok(Row { code, name, kind: kind_of(name), level, parent })
    };
    rows("units-2025.tsv", text).map(read).collect()
}

/// (level of the heir, from, into); the main heir of a divided unit first.
fn read_links<'a>(tables: &Tables<'a>) -> Result<Vec<(&'static str, &'a str, &'a str)>, TableError> {
    let mut links = Vec::new();
    for row in rows::<2>("province-successors-2025.tsv", tables.province_successors) {
        let [from, into] = row?;
        links.push(("province", from, into));
    }
    let mut parts = Vec::new();
    for row in rows::<3>("successors-2025.tsv", tables.successors) {
        let [from, into, share] = row?;
        if share == "part" { &mut parts } else { &mut links }.push(("commune", from, into));
    }
    links.append(&mut parts);
    Ok(links)
}
