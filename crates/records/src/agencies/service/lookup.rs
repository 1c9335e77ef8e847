//! What the pages of this slice ask of the directory: names of kinds, events of an agency, which agency a person means who types its name or
//! code into a form.

use chrono::NaiveDate;
use kernel::text;

use super::Dir;
use crate::agencies::{
    model::{
        definitions::Level,
        event::{Change, Event},
        groups::Group,
        tree::UnitIx,
        view::View,
    },
    store::StoredEvent,
};

/// An event without its changes.
#[derive(Debug, Clone, Default)]
pub(in crate::agencies) struct EventHead {
    pub title: String,
    pub basis: String,
    pub unverified: bool,
}

impl EventHead {
    /// The head of an event.
    pub(in crate::agencies) fn of(event: &Event) -> Self {
        let basis = event.basis.clone().unwrap_or_default();
        Self { title: event.title.clone(), basis, unverified: event.unverified }
    }
}

/// Does an event name a unit?
fn names(change: &Change, key: &str) -> bool {
    match change {
        Change::Create(new) => new.key == key,
        Change::Rename { unit, .. } | Change::Move { unit, .. } | Change::Abolish { unit, .. } => unit == key,
        Change::Merge { from, into } => into == key || from.iter().any(|from| from == key),
        Change::Split { from, into } => from == key || into.iter().any(|part| part.unit == key),
    }
}

impl Dir {
    /// Name of a kind of agency.
    pub(in crate::agencies) fn kind_name(&self, kind: &str) -> String {
        self.inner.definitions().kind(kind).map_or_else(|| kind.to_owned(), |kind| kind.name.clone())
    }

    /// The province whose agencies this installation has, when it is the only one: there the tree stands open.
    pub(in crate::agencies) fn only_root(&self, view: &View<'_>) -> Option<UnitIx> {
        if let [only] = view.roots() {
            return Some(*only);
        }
        let area = |ix: &&UnitIx| {
            let unit = view.tree.unit(**ix);
            unit.face(view.date).kind == "area" && !unit.place.is_empty()
        };
        let mut areas = view.roots().iter().filter(area);
        areas.next().copied().filter(|_| areas.next().is_none())
    }

    /// Classes of the only province with the number of their members, for the page of the tree.
    pub(in crate::agencies) fn main_classes(&self, date: NaiveDate) -> Vec<(String, usize)> {
        let Some(home) = self.home() else { return Vec::new() };
        let classes = self.inner.definitions().classes.classes.iter();
        let classes = classes.filter(|class| !class.vague && class.level == Level::Province);
        let size = |key: &str| self.inner.members(&Group::Class(key.to_owned()), Some(home), date).agencies.len();
        classes.map(|class| (class.name.clone(), size(&class.key))).filter(|(_, size)| *size > 0).take(12).collect()
    }

    /// Events with rows of their own, in order of date.
    pub(in crate::agencies) fn stored_events(&self) -> impl DoubleEndedIterator<Item = &StoredEvent> {
        self.events.iter().filter(|event| event.is_stored())
    }

    /// The event of a day that changed an agency.
    pub(in crate::agencies) fn head(&self, agency: UnitIx, date: NaiveDate) -> Option<EventHead> {
        let key = self.agencies().unit(agency).key.as_str();
        let of_day = self.stored_events().filter(|stored| stored.recorded.event.date == date && !stored.withdrawn);
        let found =
            of_day.rev().find(|stored| stored.recorded.event.changes.iter().any(|change| names(change, key)))?;
        Some(EventHead::of(&found.recorded.event))
    }

    /// Like [`Dir::pick`] on the day of an event, at whose beginning an agency may still be what the event ends or renames; and, when an event is
    /// put right, on the day before what it said until now.
    pub(in crate::agencies) fn pick_around(
        &self,
        typed: &str,
        date: NaiveDate,
        old: Option<NaiveDate>,
    ) -> Result<UnitIx, String> {
        let before = date.pred_opt().into_iter().chain(old.and_then(|old| old.pred_opt()));
        self.pick(typed, date).or_else(|message| before.flat_map(|day| self.pick(typed, day)).next().ok_or(message))
    }

    /// The agency living on `date` with this code or name (of the country or of its province); else the only one that the words find.
    ///
    /// # Errors
    /// A message for the person: nobody, or several with their names.
    pub(in crate::agencies) fn pick(&self, typed: &str, date: NaiveDate) -> Result<UnitIx, String> {
        let typed = typed.trim();
        let tree = self.agencies();
        let living = |ix: UnitIx| tree.unit(ix).lives(date);
        if let Some(ix) = tree.find(typed).filter(|ix| living(*ix)) {
            return Ok(ix);
        }
        let near = self.find_named(typed, 50, living);
        let key = text::name_key(typed);
        let names = |ix: &UnitIx| {
            let face = tree.unit(*ix).face(date);
            text::name_key(&face.name) == key || text::name_key(&face.short) == key
        };
        let same: Vec<UnitIx> = near.iter().copied().filter(names).collect();
        match (same.as_slice(), near.as_slice()) {
            ([one], _) | ([], [one]) => Ok(*one),
            ([], []) => {
                Err(format!("Không có cơ quan nào tên “{typed}” vào ngày đó; hãy tìm ở trang Cơ quan và chép đủ tên."))
            }
            (several, _) => {
                let list = if several.is_empty() { near.as_slice() } else { several };
                let names: Vec<String> = list
                    .iter()
                    .take(5)
                    .map(|ix| format!("{} (mã {})", tree.unit(*ix).face(date).name, tree.unit(*ix).key))
                    .collect();
                Err(format!("“{typed}” khớp với nhiều cơ quan: {}; hãy viết đủ tên hoặc mã.", names.join("; ")))
            }
        }
    }

    /// A free code for a new agency at a place.
    pub(in crate::agencies) fn new_code(&self, place: &str, name: &str, taken: &[String]) -> String {
        let stem = crate::agencies::model::build::agency_key(place, &text::fold(name).replace(' ', "-"));
        let free = |code: &String| self.agencies().find(code).is_none() && !taken.contains(code);
        let numbered = (2..).map(|n| format!("{stem}-{n}"));
        std::iter::once(stem.clone()).chain(numbered).find(free).unwrap_or(stem)
    }
}
