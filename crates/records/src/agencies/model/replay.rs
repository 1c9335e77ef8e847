//! Recorded events made a tree again. What people recorded counts; what the definitions say about units that people already changed otherwise
//! (a merger recorded with its real, earlier date) is left out.

use std::collections::HashSet;

use super::{
    event::{Change, Event, EventError},
    tree::Tree,
};

/// Who says that it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The definitions built into the program.
    BuiltIn,
    /// A person.
    Person,
}

impl Origin {
    /// Stable key, as stored.
    pub fn key(self) -> &'static str {
        match self {
            Origin::BuiltIn => "built_in",
            Origin::Person => "person",
        }
    }
}

/// An event with its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Who says so.
    pub origin: Origin,
    /// What happened.
    pub event: Event,
}

/// The tree after all events, which come in order of date.
///
/// # Errors
/// The first event of a person that does not fit, by its place in the list, and why.
pub fn replay<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Result<Tree, (usize, EventError)> {
    let mut tree = Tree::default();
    let mut touched = false;
    for (at, recorded) in events.into_iter().enumerate() {
        let applied = match recorded.origin {
            Origin::BuiltIn if touched => tree.apply(&fitting(&tree, &recorded.event)),
            _ => tree.apply(&recorded.event),
        };
        applied.map_err(|error| (at, error))?;
        touched |= recorded.origin == Origin::Person;
    }
    Ok(tree)
}

/// The changes of an event that are possible in this tree.
fn fitting(tree: &Tree, event: &Event) -> Event {
    let mut made: HashSet<&str> = HashSet::new();
    let mut gone: HashSet<&str> = HashSet::new();
    let mut changes = Vec::with_capacity(event.changes.len());
    for change in &event.changes {
        let living = |key: &str| {
            !gone.contains(key)
                && (made.contains(key) || tree.find(key).is_some_and(|ix| tree.unit(ix).lives(event.date)))
        };
        let parent_of = |parent: &Option<String>| parent.clone().filter(|key| living(key));
        match change {
            Change::Create(new) if tree.find(&new.key).is_none() => {
                let mut created = new.clone();
                created.parent = parent_of(&new.parent);
                made.insert(&new.key);
                changes.push(Change::Create(created));
            }
            Change::Rename { unit, .. } if living(unit) => changes.push(change.clone()),
            Change::Move { unit, parent } if living(unit) && parent.as_deref().is_none_or(living) => {
                changes.push(change.clone());
            }
            Change::Merge { from, into } if living(into) => {
                let ending: Vec<&String> = from.iter().filter(|key| living(key)).collect();
                if ending.iter().any(|key| *key != into) {
                    changes.push(Change::Merge {
                        from: ending.iter().map(ToString::to_string).collect(),
                        into: into.clone(),
                    });
                    gone.extend(ending.into_iter().filter(|key| *key != into).map(String::as_str));
                }
            }
            Change::Split { from, into } if living(from) => {
                let heirs: Vec<_> = into.iter().filter(|part| living(&part.unit)).cloned().collect();
                let lives_on = heirs.iter().any(|part| part.unit == *from);
                changes.push(match heirs.is_empty() {
                    true => Change::Abolish { unit: from.clone(), heir: None },
                    false => Change::Split { from: from.clone(), into: heirs },
                });
                if !lives_on {
                    gone.insert(from);
                }
            }
            Change::Abolish { unit, heir } if living(unit) => {
                changes.push(Change::Abolish { unit: unit.clone(), heir: parent_of(heir) });
                gone.insert(unit);
            }
            _ => {}
        }
    }
    Event { changes, ..event.clone() }
}
