//! What the pages show, made from the directory.

use chrono::NaiveDate;
use kernel::{Uuid, time};
use platform::web::guard;

use super::{
    model::{
        groups::Group,
        tree::{BEGINNING, Tree, Unit, UnitIx},
        view::View,
    },
    service::{Dir, EventHead},
};

/// The day as of which a page shows the tree.
#[derive(Debug, Clone)]
pub(super) struct AsOf {
    pub date: NaiveDate,
    pub today: NaiveDate,
    /// What was typed in place of a day.
    pub wrong: Option<String>,
}

impl AsOf {
    /// The day that was asked for; today when there is none, or it is no date, which the page says.
    pub(super) fn new(text: &str, today: NaiveDate) -> Self {
        let date = time::parse_date(text);
        let wrong = (date.is_none() && !text.trim().is_empty()).then(|| text.chars().take(40).collect());
        Self { date: date.unwrap_or(today), today, wrong }
    }

    /// As the field shows it: what was typed stays.
    pub(super) fn typed(&self) -> String {
        self.wrong.clone().unwrap_or_else(|| self.shown())
    }

    /// Is it today?
    pub(super) fn is_today(&self) -> bool {
        self.date == self.today
    }

    /// dd/mm/yyyy
    pub(super) fn shown(&self) -> String {
        time::display_date(self.date)
    }

    /// yyyy-mm-dd
    pub(super) fn iso(&self) -> String {
        self.date.to_string()
    }

    /// "?ngay=…", or nothing today.
    pub(super) fn query(&self) -> String {
        if self.is_today() { String::new() } else { format!("?ngay={}", self.iso()) }
    }

    /// "&ngay=…", or nothing today.
    pub(super) fn and(&self) -> String {
        if self.is_today() { String::new() } else { format!("&ngay={}", self.iso()) }
    }
}

/// An agency in the tree.
pub(super) struct Node {
    pub id: Uuid,
    pub name: String,
    pub children: usize,
    pub since: Option<String>,
}

/// Agencies of one kind.
pub(super) struct Kin {
    pub label: String,
    pub count: usize,
    pub nodes: Vec<Node>,
}

/// What hangs under an agency.
pub(super) struct Branch {
    pub groups: Vec<Kin>,
    pub flat: bool,
    pub total: usize,
}

/// More subordinates than this are grouped by kind.
const FLAT: usize = 10;

impl Branch {
    /// Those under `parent`; those without a superior when there is none.
    pub(super) fn new(dir: &Dir, view: &View<'_>, parent: Option<UnitIx>) -> Self {
        let list = parent.map_or(view.roots(), |parent| view.children(parent));
        let mut groups: Vec<Kin> = Vec::new();
        for ix in list {
            let unit = dir.agencies().unit(*ix);
            let label = dir.kind_name(&unit.face(view.date).kind);
            let year_before = view.date.pred_opt().and_then(|day| day.checked_sub_months(chrono::Months::new(12)));
            let young = unit.from > BEGINNING && year_before.is_some_and(|day| unit.from > day);
            let node = Node {
                id: dir.id(*ix),
                name: if parent.is_some() {
                    unit.face(view.date).short.clone()
                } else {
                    unit.face(view.date).name.clone()
                },
                children: view.children(*ix).len(),
                since: young.then(|| time::display_date(unit.from)),
            };
            match groups.iter_mut().find(|group| group.label == label) {
                Some(group) => group.nodes.push(node),
                None => groups.push(Kin { label, count: 0, nodes: vec![node] }),
            }
        }
        // Communes have the same names for the same agencies: there the full names tell them apart.
        for group in &mut groups {
            group.count = group.nodes.len();
        }
        Self { flat: list.len() <= FLAT || groups.len() == 1, total: list.len(), groups }
    }
}

/// A link to an agency.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub id: Uuid,
    pub name: String,
}

/// An agency that was found.
pub(super) struct Found {
    pub id: Uuid,
    pub name: String,
    /// The name under which it was found, when it is another one now.
    pub parent: String,
    pub kind: String,
    pub ended: Option<String>,
}

/// Agencies whose name, now or once, holds the words: living ones first.
pub(super) fn found(dir: &Dir, q: &str, as_of: &AsOf, limit: usize) -> Vec<Found> {
    let tree = dir.agencies();
    let living = dir.find_named(q, limit, |ix| tree.unit(ix).lives(as_of.date));
    let rest = limit.saturating_sub(living.len());
    let ended = dir.find_named(q, rest, |ix| tree.unit(ix).until.is_some_and(|until| until <= as_of.date));
    let row = |ix: UnitIx| {
        let unit = tree.unit(ix);
        let day = unit.day_within(as_of.date);
        let face = unit.face(day);
        Found {
            id: dir.id(ix),
            name: face.name.clone(),
            parent: unit.parent(day).map(|parent| tree.unit(parent).face(day).name.clone()).unwrap_or_default(),
            kind: dir.kind_name(&face.kind),
            ended: unit.until.filter(|until| *until <= as_of.date).map(last_day),
        }
    };
    living.into_iter().chain(ended).map(row).collect()
}

/// The last day before `until`, as shown.
pub(super) fn last_day(until: NaiveDate) -> String {
    time::display_date(until.pred_opt().unwrap_or(until))
}

/// One line of a history.
pub(super) struct Moment {
    pub date: NaiveDate,
    /// What happened.
    pub what: &'static str,
    /// The names before and after.
    pub renamed: Option<(String, String)>,
    /// The words before those that took part.
    pub lead: &'static str,
    pub others: Vec<Other>,
    /// The event that it was part of.
    pub head: Option<EventHead>,
    /// Where events of its kind stand.
    pub base: &'static str,
}

impl Moment {
    pub(super) fn shown(&self) -> String {
        time::display_date(self.date)
    }
}

/// Who else took part in what happened.
pub(super) struct Other {
    pub path: String,
    pub name: String,
}

/// What happened to a unit of a tree, latest first. `head` is the event of a day and where it stands.
pub(super) fn moments(
    tree: &Tree,
    ix: UnitIx,
    other: impl Fn(UnitIx, NaiveDate) -> Other,
    head: impl Fn(NaiveDate) -> (Option<EventHead>, &'static str),
) -> Vec<Moment> {
    let unit = tree.unit(ix);
    let mut out: Vec<Moment> = Vec::new();
    let mut push = |date: NaiveDate, (what, lead): (&'static str, &'static str), others: Vec<Other>| {
        let (head, base) = head(date);
        out.push(Moment { date, what, renamed: None, lead, others, head, base });
    };
    let day_before = |date: NaiveDate| date.pred_opt().unwrap_or(date);
    let mut came: Vec<NaiveDate> = tree.ancestors_of(ix).into_iter().map(|(date, _)| date).collect();
    came.dedup();
    if !came.contains(&unit.from) {
        push(unit.from, (if unit.from == BEGINNING { "Bắt đầu dữ liệu" } else { "Thành lập" }, ""), Vec::new());
    }
    for date in came {
        let from = tree.ancestors_of(ix).into_iter().filter(|(day, _)| *day == date);
        let others = from.map(|(_, from)| other(from, day_before(date))).collect();
        push(
            date,
            if date == unit.from {
                ("Thành lập", "trên cơ sở")
            } else {
                ("Nhận sáp nhập", "từ đơn vị")
            },
            others,
        );
    }
    for (date, parent) in unit.parents().iter().skip(1) {
        match parent {
            Some(parent) => {
                push(*date, ("Chuyển cơ quan cấp trên", "về trực thuộc"), vec![other(*parent, *date)]);
            }
            None => push(*date, ("Không còn cơ quan cấp trên trực tiếp", ""), Vec::new()),
        }
    }
    for division in tree.divisions().iter().filter(|division| division.from == ix && unit.until != Some(division.date))
    {
        let shares = division.shares.iter().map(|share| other(share.unit, division.date)).collect();
        push(division.date, ("Chia, giữ lại một phần", "các phần về"), shares);
    }
    if let Some(until) = unit.until {
        let heirs: Vec<Other> = tree.heirs(ix, until).into_iter().map(|heir| other(heir, until)).collect();
        push(until, ("Kết thúc hoạt động", if heirs.is_empty() { "" } else { "chuyển cho" }), heirs);
    }
    for (date, face) in unit.faces().iter().skip(1) {
        let (before, (head, base)) = (unit.face(day_before(*date)).name.clone(), head(*date));
        let what = if before == face.name { "Đổi loại, tên gọi trong tỉnh" } else { "Đổi tên" };
        let renamed = (before != face.name).then(|| (before, face.name.clone()));
        out.push(Moment { date: *date, what, renamed, lead: "", others: Vec::new(), head, base });
    }
    out.sort_by_key(|moment| std::cmp::Reverse(moment.date));
    out
}

/// Classes whose members include an agency on a day: id, name and number of members.
pub(super) fn classes_of(dir: &Dir, ix: UnitIx, date: NaiveDate) -> Vec<(String, String, usize)> {
    let unit = dir.agencies().unit(ix);
    if !unit.lives(date) {
        return Vec::new();
    }
    let anchor = dir.inner.place_of(ix).and_then(|place| dir.places().chain(place, date).last());
    let classes = dir.inner.definitions().classes.classes.iter().filter(|class| !class.vague);
    classes
        .filter_map(|class| {
            let group = Group::Class(class.key.clone());
            let members = dir.inner.members(&group, anchor, date).agencies;
            members.contains(&ix).then(|| (group.to_string(), class.name.clone(), members.len()))
        })
        .collect()
}

/// A locality in a list.
pub(super) struct PlaceRow {
    pub key: String,
    pub name: String,
    pub inside: String,
    pub until: Option<String>,
    /// Where it is now, when it is no more.
    pub now: Vec<(String, String)>,
    pub communes: usize,
}

/// A locality on a day, with what it became.
pub(super) fn place_row(places: &Tree, ix: UnitIx, as_of: &AsOf, communes: usize) -> PlaceRow {
    let unit = places.unit(ix);
    let day = unit.day_within(as_of.date);
    let above: Vec<String> = places.chain(ix, day).skip(1).map(|ix| places.unit(ix).face(day).name.clone()).collect();
    let gone = unit.until.filter(|until| *until <= as_of.date);
    let now = |heir: UnitIx| {
        let heir_unit = places.unit(heir);
        let above = heir_unit.parent(as_of.date).map(|ix| places.unit(ix).face(as_of.date).name.clone());
        let name = &heir_unit.face(as_of.date).name;
        (heir_unit.key.clone(), above.map_or_else(|| name.clone(), |above| format!("{name}, {above}")))
    };
    PlaceRow {
        key: unit.key.clone(),
        name: unit.face(day).name.clone(),
        inside: above.join(", "),
        until: gone.map(last_day),
        now: if gone.is_some() { places.heirs(ix, as_of.date).into_iter().map(now).collect() } else { Vec::new() },
        communes,
    }
}

/// Places whose name holds the words, those of the day first, then those that are no more; provinces before communes.
pub(super) fn find_places(places: &Tree, q: &str, as_of: &AsOf, limit: usize) -> Vec<UnitIx> {
    let folded = kernel::text::fold(q);
    let typed = kernel::text::name_key(q);
    let words: Vec<String> = folded.split_whitespace().map(|word| format!(" {word} ")).collect();
    let rank = |unit: &Unit| ["province", "district", "commune"].iter().position(|level| *level == unit.place);
    let mut found = Vec::new();
    for (ix, unit) in places.units().filter(|(_, unit)| unit.from <= as_of.date) {
        let name = &unit.face(unit.day_within(as_of.date)).name;
        let line = format!(" {} ", kernel::text::fold(name));
        if !words.is_empty() && words.iter().all(|word| line.contains(word.as_str())) {
            let exact = kernel::text::name_key(name).contains(&typed);
            found.push(((!exact, !unit.lives(as_of.date), rank(unit), line.len()), ix));
        }
    }
    found.sort_unstable();
    found.into_iter().take(limit).map(|(_, ix)| ix).collect()
}

/// A link to a locality.
pub(super) struct PlaceLink {
    pub key: String,
    pub name: String,
    /// What lies around it.
    pub around: String,
}

impl PlaceLink {
    /// As it was called on a day.
    pub(super) fn new(places: &Tree, ix: UnitIx, on: NaiveDate) -> Self {
        let day = places.unit(ix).day_within(on);
        let above: Vec<&str> =
            places.chain(ix, day).skip(1).map(|ix| places.unit(ix).face(day).name.as_str()).collect();
        Self {
            key: places.unit(ix).key.clone(),
            name: places.unit(ix).face(day).name.clone(),
            around: above.join(", "),
        }
    }
}

/// A query value.
pub(super) fn encoded(text: &str) -> String {
    guard::encode(text)
}
