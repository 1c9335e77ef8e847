//! What a template holds on a day.

use chrono::NaiveDate;

use crate::agencies::model::definitions::{Entry, Template};

/// Entries that exist on `date` with their superiors by then.
pub(super) fn state(template: &Template, date: NaiveDate) -> Vec<(&Entry, &[String])> {
    let past = || template.events.iter().filter(|event| event.date <= date);
    let gone = |key: &String| {
        past().any(|event| {
            event.merge.iter().any(|m| m.from.contains(key) && m.into != *key)
                || event.split.iter().any(|s| s.from == *key && !s.into.contains(key))
                || event.abolish.iter().any(|a| a.unit == *key)
        })
    };
    let parent =
        |entry: &'_ Entry| past().flat_map(|e| &e.moves).rfind(|m| m.unit == entry.key).map(|m| m.parent.0.as_slice());
    let here = |entry: &&Entry| entry.from.is_none_or(|from| from <= date) && !gone(&entry.key);
    template.agencies.iter().filter(here).map(|entry| (entry, parent(entry).unwrap_or(&entry.parent.0))).collect()
}

/// What an entry became on `date`: itself when nothing happened to it.
pub(super) fn became(template: &Template, key: &str, date: NaiveDate) -> Vec<String> {
    for event in template.events.iter().filter(|event| event.date == date) {
        if let Some(merging) = event.merge.iter().find(|m| m.from.iter().any(|from| from == key)) {
            return vec![merging.into.clone()];
        }
        if let Some(splitting) = event.split.iter().find(|s| s.from == key) {
            return splitting.into.clone();
        }
        if event.abolish.iter().any(|a| a.unit == key) {
            return Vec::new();
        }
    }
    vec![key.to_owned()]
}
