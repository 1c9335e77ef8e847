//! What templates receive: rows in words.

use kernel::{Uuid, time};
pub(super) use platform::web::{day, number};

use super::{
    model::definitions::{Entry, Kind, definitions, name_in},
    store::{File, Line, Owner, Place},
};

/// One activity in a list.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub path: String,
    pub title: String,
    pub kind: &'static str,
    pub form: &'static str,
    pub owner: String,
    pub day: String,
    pub iso: String,
    pub place: String,
    pub turns: String,
    pub online: bool,
    pub generated: bool,
}

impl Row {
    /// The row of a line.
    pub(super) fn of(line: &Line) -> Self {
        let known = kind(&line.kind);
        let days = if line.ends_on == line.held_on {
            day(line.held_on)
        } else {
            format!("{} – {}", day(line.held_on), day(line.ends_on))
        };
        Self {
            path: format!("/hoat-dong/{}", line.id),
            title: line.title.clone(),
            kind: known.map_or("", |kind| &kind.name),
            form: known.map_or("", |kind| &kind.form),
            owner: line.owner_name.clone(),
            day: days,
            iso: time::date_from_int(line.held_on).map(|day| day.to_string()).unwrap_or_default(),
            place: where_it_was(&line.place, line.unit_name.as_deref()),
            turns: if known.is_some_and(|kind| !kind.turns) && line.turns == 0 {
                String::new()
            } else {
                number(line.turns)
            },
            online: line.online,
            generated: line.generated,
        }
    }
}

/// Words and unit of a place as one.
pub(super) fn where_it_was(place: &str, unit: Option<&str>) -> String {
    [place, unit.unwrap_or_default()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The kind with this key.
pub(super) fn kind(key: &str) -> Option<&'static Kind> {
    definitions().kind(key)
}

/// Kinds under their forms, for a select.
pub(super) fn kinds_by_form() -> Vec<(&'static Entry, Vec<&'static Kind>)> {
    let of = |form: &'static Entry| (form, definitions().of_form(&form.key).collect());
    definitions().forms.iter().map(of).collect()
}

/// Names of keys, as one line.
pub(super) fn names(list: &[Entry], keys: &[String]) -> String {
    keys.iter().map(|key| name_in(list, key)).collect::<Vec<_>>().join("; ")
}

/// A choice of a select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub id: String,
    pub name: String,
}

impl Choice {
    /// Agencies to choose from.
    pub(super) fn owners(owners: &[Owner]) -> Vec<Self> {
        owners.iter().map(|one| Self { id: one.id.to_string(), name: one.name.clone() }).collect()
    }

    /// Places to choose from.
    pub(super) fn places(places: &[Place]) -> Vec<Self> {
        places.iter().map(|one| Self { id: one.id.to_string(), name: one.name.clone() }).collect()
    }
}

/// A file of an activity.
#[derive(Debug, Clone)]
pub(super) struct FileRow {
    pub id: Uuid,
    pub name: String,
    pub size: String,
    pub picture: bool,
    pub people: bool,
    pub consent: bool,
    pub minors: bool,
}

impl FileRow {
    /// The row of a file.
    pub(super) fn of(file: &File) -> Self {
        Self {
            id: file.id,
            name: file.file_name.clone(),
            size: kernel::text::file_size(file.file_size),
            picture: picture_type(&file.file_type).is_some(),
            people: file.people,
            consent: file.consent,
            minors: file.minors,
        }
    }
}

/// The type under which a photo may be shown in a page; nothing else is.
pub(super) fn picture_type(stored: &str) -> Option<&'static str> {
    ["image/jpeg", "image/png", "image/webp"].into_iter().find(|kind| *kind == stored)
}
