//! What the pages of this slice ask of the directory: names of kinds, events of an agency, which agency a person means who types its name or
//! code into a form.

use chrono::{Datelike, NaiveDate};
use kernel::{Uuid, text, time};

use super::Dir;
use crate::agencies::{
    model::{
        definitions::Level,
        event::{Change, Event},
        groups::Group,
        side::Side,
        tree::{Tree, UnitIx},
        view::View,
    },
    store::StoredEvent,
};

/// An event without its changes.
#[derive(Debug, Clone, Default)]
pub(in crate::agencies) struct EventHead {
    pub id: Uuid,
    pub title: String,
    pub basis: String,
    pub unverified: bool,
}

impl EventHead {
    /// The head of an event.
    pub(in crate::agencies) fn of(event: &Event) -> Self {
        let basis = event.basis.clone().unwrap_or_default();
        Self { id: Uuid::nil(), title: event.title.clone(), basis, unverified: event.unverified }
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

    /// The tree of a side.
    pub(in crate::agencies) fn tree(&self, side: Side) -> &Tree {
        match side {
            Side::Agencies => self.agencies(),
            Side::Localities => self.places(),
        }
    }

    /// Events to be listed, in order of date: of agencies those with rows of their own, of localities all.
    pub(in crate::agencies) fn listed_events(&self, side: Side) -> impl DoubleEndedIterator<Item = &StoredEvent> {
        let events = match side {
            Side::Agencies => &self.events,
            Side::Localities => &self.localities.events,
        };
        events.iter().filter(move |event| event.is_stored() || side == Side::Localities)
    }

    /// The event of a day that changed a unit.
    pub(in crate::agencies) fn head(&self, side: Side, unit: UnitIx, date: NaiveDate) -> Option<EventHead> {
        let key = self.tree(side).unit(unit).key.as_str();
        let of_day = || self.listed_events(side).rev().filter(|one| one.recorded.event.date == date && !one.withdrawn);
        let named = |stored: &&StoredEvent| stored.recorded.event.changes.iter().any(|change| names(change, key));
        // What made it says more of its first day than what else names it.
        let made = |stored: &&StoredEvent| {
            stored.recorded.event.changes.iter().any(|change| matches!(change, Change::Create(new) if new.key == key))
        };
        // A locality whose superior ended was moved by the event without being named in it.
        let found = of_day()
            .find(made)
            .or_else(|| of_day().find(named))
            .or_else(|| of_day().next().filter(|_| side == Side::Localities))?;
        Some(EventHead { id: found.id, ..EventHead::of(&found.recorded.event) })
    }

    /// The first day of an agency, and its last one where it ended.
    pub fn life(&self, agency: Uuid) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let unit = self.agencies().unit(self.find(agency)?);
        Some((unit.from, unit.until.and_then(|until| until.pred_opt())))
    }

    /// The event of a day that changed an agency, or else the one that changed the locality it follows; with where it stands.
    pub(in crate::agencies) fn head_of_agency(&self, ix: UnitIx, date: NaiveDate) -> (Option<EventHead>, &'static str) {
        let own = self.head(Side::Agencies, ix, date);
        let changed = |place: &UnitIx| {
            let unit = self.places().unit(*place);
            unit.from == date || unit.until == Some(date) || unit.faces().iter().any(|(day, _)| *day == date)
        };
        match (own, self.inner.place_of(ix).filter(changed)) {
            (None, Some(place)) => (self.head(Side::Localities, place, date), "/dia-ban"),
            (own, _) => (own, "/co-quan"),
        }
    }

    /// The paper on which an agency ended, or (where it ended with its place) its place did; where none was recorded, the event itself. Nothing while it
    /// lives on `date`.
    pub fn basis_of_end(&self, agency: Uuid, date: NaiveDate) -> Option<String> {
        let ix = self.find(agency)?;
        let until = self.agencies().unit(ix).until.filter(|until| *until <= date)?;
        let head = self.head(Side::Agencies, ix, until);
        let with_paper = |head: &EventHead| !head.basis.is_empty();
        let of_place = || {
            let place = self.inner.place_of(ix)?;
            let ended = self.places().unit(place).until == Some(until);
            self.head(Side::Localities, place, until).filter(|head| ended && with_paper(head))
        };
        let head = head.clone().filter(with_paper).or_else(of_place).or(head)?;
        Some(match head.basis.is_empty() {
            false => head.basis,
            true => format!("{} ({}, theo danh mục cơ quan)", head.title, time::display_date(until)),
        })
    }

    /// Like [`Dir::pick`] on the day of an event, at whose beginning an agency may still be what the event ends or renames; and, when an event is
    /// put right, on the day before what it said until now.
    pub(in crate::agencies) fn pick_around(
        &self,
        side: Side,
        typed: &str,
        date: NaiveDate,
        old: Option<NaiveDate>,
    ) -> Result<UnitIx, String> {
        let before = date.pred_opt().into_iter().chain(old.and_then(|old| old.pred_opt()));
        self.pick(side, typed, date)
            .or_else(|message| before.flat_map(|day| self.pick(side, typed, day)).next().ok_or(message))
    }

    /// The unit living on `date` that a person means.
    ///
    /// # Errors
    /// A message for the person: nobody, or several with their names.
    pub(in crate::agencies) fn pick(&self, side: Side, typed: &str, date: NaiveDate) -> Result<UnitIx, String> {
        match side {
            Side::Agencies => self.pick_agency(typed, date),
            Side::Localities => self.pick_place(typed, date),
        }
    }

    /// The agency living on `date` with this code or name (of the country or of its province); else the only one that the words find.
    fn pick_agency(&self, typed: &str, date: NaiveDate) -> Result<UnitIx, String> {
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

    /// The locality living on `date` with this key, official code or name, what lies around it behind a comma ("Xã Đoàn Kết, tỉnh Lạng Sơn"); of
    /// several of one name the one in the only province of this installation.
    fn pick_place(&self, typed: &str, date: NaiveDate) -> Result<UnitIx, String> {
        let typed = typed.trim();
        let tree = self.places();
        if let Some(ix) = tree.find(typed).filter(|ix| tree.unit(*ix).lives(date)) {
            return Ok(ix);
        }
        let mut words = typed.split(',').map(text::name_key);
        let name = words.next().unwrap_or_default();
        let around: Vec<String> = words.collect();
        let called = |ix: UnitIx, key: &str| {
            let face = tree.unit(ix).face(date);
            text::name_key(&face.name) == *key || text::name_key(&face.short) == *key
        };
        let fits = |ix: UnitIx| around.iter().all(|key| tree.chain(ix, date).skip(1).any(|above| called(above, key)));
        let living = || tree.units().filter(|(_, unit)| unit.lives(date)).map(|(ix, _)| ix);
        let whole =
            |ix: &UnitIx| text::name_key(&tree.unit(*ix).face(date).name) == name || tree.unit(*ix).role == typed;
        let mut found: Vec<UnitIx> = living().filter(whole).filter(|ix| fits(*ix)).collect();
        if found.is_empty() {
            found = living().filter(|ix| called(*ix, &name) && fits(*ix)).collect();
        }
        let here = |ix: &UnitIx| self.home().is_some_and(|home| tree.is_within(*ix, home, date));
        let at_home: Vec<UnitIx> = found.iter().copied().filter(here).collect();
        match (found.as_slice(), at_home.as_slice()) {
            ([one], _) | (_, [one]) => Ok(*one),
            ([], _) => Err(format!(
                "Không có đơn vị hành chính nào tên “{typed}” vào ngày đó; hãy tìm ở trang Địa bàn và chép đủ tên."
            )),
            (several, _) => {
                let full = |ix: &UnitIx| {
                    let names: Vec<&str> =
                        tree.chain(*ix, date).map(|ix| tree.unit(ix).face(date).name.as_str()).collect();
                    format!("{} (mã {})", names.join(", "), tree.unit(*ix).role)
                };
                let names: Vec<String> = several.iter().take(5).map(full).collect();
                Err(format!("“{typed}” khớp với nhiều nơi: {}; hãy viết thêm tỉnh hoặc viết mã.", names.join("; ")))
            }
        }
    }

    /// A free key for a new locality.
    pub(in crate::agencies) fn new_key(&self, level: Level, code: &str, name: &str, date: NaiveDate) -> String {
        let letter = level.key().get(..1).unwrap_or_default();
        let name = text::fold(name).replace(' ', "-");
        let stem = format!("{letter}{}.{}", if code.is_empty() { &name } else { code }, date.year());
        let numbered = (2..).map(|n| format!("{stem}-{n}"));
        std::iter::once(stem.clone()).chain(numbered).find(|key| self.places().find(key).is_none()).unwrap_or(stem)
    }

    /// A free code for a new agency at a place.
    pub(in crate::agencies) fn new_code(&self, place: &str, name: &str, taken: &[String]) -> String {
        let stem = crate::agencies::model::build::agency_key(place, &text::fold(name).replace(' ', "-"));
        let free = |code: &String| self.agencies().find(code).is_none() && !taken.contains(code);
        let numbered = (2..).map(|n| format!("{stem}-{n}"));
        std::iter::once(stem.clone()).chain(numbered).find(free).unwrap_or(stem)
    }
}
