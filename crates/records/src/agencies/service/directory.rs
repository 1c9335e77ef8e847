//! The directory as other slices use it: who is meant by a printed name, with the identifiers of the tables.
//!
//! One snapshot per process, read when first asked for and again when the version in table `settings` has changed; asking costs one short query.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use chrono::NaiveDate;
use kernel::{Result, Uuid, text, time};
use platform::App;
use tokio::sync::Mutex;

use super::projection::FOREVER;
use super::replay::{Places, definitions, tree_of, with_plain};
use super::resolved::{Membership, Resolved, Who};
use crate::agencies::{
    model::{
        directory::{Alias, Context, Directory, Meaning, Resolution, Target},
        groups::{Group, Seat},
        tree::{Tree, Unit, UnitIx},
    },
    store::{self, AliasRow, SeatRow, StoredEvent, Trees},
};

/// What begins the id of a relative phrase.
pub(in crate::agencies) const RELATIVE: &str = "relative:";

/// See the module.
#[derive(Debug)]
pub struct Dir {
    pub(in crate::agencies) inner: Directory,
    agencies: Arc<Tree>,
    ids: Vec<Uuid>,
    by_id: HashMap<Uuid, UnitIx>,
    pub(in crate::agencies) events: Arc<Vec<StoredEvent>>,
    pub(in crate::agencies) localities: Places,
    /// Province assumed when a paper's issuer is not known: the only one whose agencies exist.
    home: Option<UnitIx>,
    searchable: OnceLock<Vec<String>>,
    tree_version: String,
    alias_version: String,
}

/// The directory as it is now.
///
/// # Errors
/// When the database refuses or the stored events contradict each other.
pub async fn directory(app: &App) -> Result<Arc<Dir>> {
    // One per process. Versions are random, so two databases never share one.
    static CURRENT: Mutex<Option<Arc<Dir>>> = Mutex::const_new(None);
    let (tree, alias) = store::versions(app.db.read()).await?;
    let mut current = CURRENT.lock().await;
    if let Some(dir) =
        current.as_ref().filter(|dir| dir.tree_version == tree && dir.alias_version == alias && !tree.is_empty())
    {
        return Ok(dir.clone());
    }
    let before = current.as_ref().filter(|dir| dir.tree_version == tree && !tree.is_empty()).cloned();
    let dir = Arc::new(load(app, before, tree, alias).await?);
    *current = Some(dir.clone());
    Ok(dir)
}

async fn load(app: &App, before: Option<Arc<Dir>>, tree_version: String, alias_version: String) -> Result<Dir> {
    let c = app.db.read();
    let rows = store::agencies(c).await?;
    let aliases = store::aliases(c).await?;
    let seats = store::seats(c).await?;
    let events = match &before {
        Some(dir) => dir.events.clone(),
        None => Arc::new(with_plain(store::events(c, Trees::AGENCIES).await?, &rows)),
    };
    let recorded = match &before {
        Some(_) => Vec::new(),
        None => store::events(c, Trees::UNITS).await?,
    };
    // Seconds for a whole country: not on a thread that answers requests.
    tokio::task::spawn_blocking(move || {
        let (agencies, localities) = match before {
            Some(dir) => (dir.agencies.clone(), dir.localities.clone()),
            None => (Arc::new(tree_of(&events)?), Places::with(recorded)?),
        };
        let by_code: HashMap<&str, Uuid> = rows.iter().map(|row| (row.code.as_str(), row.id)).collect();
        let ids: Vec<Uuid> =
            agencies.units().map(|(_, unit)| by_code.get(unit.key.as_str()).copied().unwrap_or_default()).collect();
        let by_id = agencies.units().zip(&ids).map(|((ix, _), id)| (*id, ix)).collect::<HashMap<_, _>>();
        let places = localities.tree.clone();
        let aliases: Vec<Alias> = aliases.iter().filter_map(|row| alias(row, &agencies, &places, &by_id)).collect();
        let mut provinces: Vec<UnitIx> = agencies
            .units()
            .filter(|(_, unit)| unit.role == "ubnd" && unit.until.is_none())
            .filter_map(|(_, unit)| places.find(&unit.place))
            .filter(|place| places.unit(*place).place == "province")
            .collect();
        provinces.dedup();
        let home = provinces.first().copied().filter(|_| provinces.len() == 1);
        let inner = Directory::new(
            definitions()?,
            places,
            agencies.clone(),
            &aliases,
            seats.iter().filter_map(|row| seated(row, &by_id)).collect(),
        );
        let searchable = OnceLock::new();
        Ok(Dir { inner, agencies, ids, by_id, events, localities, home, searchable, tree_version, alias_version })
    })
    .await
    .map_err(kernel::Error::internal)?
}

fn seated(row: &SeatRow, by_id: &HashMap<Uuid, UnitIx>) -> Option<Seat> {
    let until = (row.valid_to < FOREVER).then(|| time::date_from_int(row.valid_to)).flatten();
    Some((*by_id.get(&row.council_id)?, *by_id.get(&row.agency_id)?, time::date_from_int(row.valid_from)?, until))
}

fn alias(row: &AliasRow, agencies: &Tree, places: &Tree, by_id: &HashMap<Uuid, UnitIx>) -> Option<Alias> {
    let place = |id: Uuid| by_id.get(&id).and_then(|ix| places.find(&agencies.unit(*ix).place));
    let target = match (row.agency_id, row.class_key.as_deref()) {
        (Some(id), _) => Target::Agency(*by_id.get(&id)?),
        (None, Some(key)) => match key.strip_prefix(RELATIVE) {
            Some(key) => Target::Relative(key.to_owned()),
            None => Target::Group(key.parse().ok()?),
        },
        (None, None) => return None,
    };
    Some(Alias { printed: row.alias.clone(), scope: row.scope_id.and_then(place), target })
}

impl Dir {
    /// The identifier of an agency of the tree.
    pub(in crate::agencies) fn id(&self, agency: UnitIx) -> Uuid {
        self.ids.get(agency.0 as usize).copied().unwrap_or_default()
    }

    /// The place of an agency in the tree.
    pub(in crate::agencies) fn find(&self, id: Uuid) -> Option<UnitIx> {
        self.by_id.get(&id).copied()
    }

    /// The only province whose agencies exist.
    pub(in crate::agencies) fn home(&self) -> Option<UnitIx> {
        self.home
    }

    /// The tree of agencies.
    pub(in crate::agencies) fn agencies(&self) -> &Tree {
        &self.agencies
    }

    /// The tree of places.
    pub(in crate::agencies) fn places(&self) -> &Tree {
        self.inner.places()
    }

    pub(in crate::agencies) fn to_ids(&self, list: &[UnitIx]) -> Vec<Uuid> {
        list.iter().map(|ix| self.id(*ix)).collect()
    }

    fn context(&self, issuer: Uuid, date: NaiveDate) -> Context {
        let place = self.find(issuer).and_then(|ix| self.inner.place_of(ix));
        Context { place, date }
    }

    /// Who a name printed in a paper of `issuer` means on `date`, the date of the paper.
    pub fn resolve(&self, printed: &str, issuer: Uuid, date: NaiveDate) -> Resolved {
        let context = self.context(issuer, date);
        let found = self.inner.resolve(printed, &context);
        self.resolved(found, &context)
    }

    /// Whose letterhead this is: one agency, with its superior on the line above or without; of any time.
    pub fn resolve_issuer(&self, printed: &str, date: NaiveDate) -> Option<Uuid> {
        let mut context = Context { place: self.home, date };
        let one = |text: &str, context: &Context| match self.inner.resolve(text, context).meaning {
            Meaning::Agency(unit) | Meaning::NotThen { unit, .. } => Some(unit),
            _ => None,
        };
        let lines: Vec<&str> = printed.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let joined = lines.join(" ");
        if let Some(unit) = one(&joined, &context) {
            return Some(self.id(unit));
        }
        // The superior stands above and says in which place to look.
        for cut in 1..lines.len() {
            let (above, below) = lines.split_at(cut);
            if let Some(place) = one(&above.join(" "), &context).and_then(|unit| self.inner.place_of(unit)) {
                context.place = Some(place);
            }
            if let Some(unit) = one(&below.join(" "), &context) {
                return Some(self.id(unit));
            }
        }
        None
    }

    fn resolved(&self, found: Resolution, context: &Context) -> Resolved {
        let who = match found.meaning {
            Meaning::Agency(unit) => Who::Agency(self.id(unit)),
            Meaning::NotThen { unit, heirs } => Who::NotThen { agency: self.id(unit), heirs: self.to_ids(&heirs) },
            Meaning::Group(group) => Who::Class {
                members: self.inner.members(&group, context.place, context.date).agencies.len(),
                label: self.inner.group_name(&group),
                key: group.to_string(),
            },
            Meaning::Relative(key) => {
                let key = format!("{RELATIVE}{key}");
                Who::Relative { label: self.label(&key), key }
            }
            Meaning::Several(parts) => {
                Who::Several(parts.into_iter().map(|part| self.resolved(part, context)).collect())
            }
            Meaning::Unknown(near) => {
                let (mut candidates, mut classes) = (Vec::new(), Vec::new());
                for candidate in near {
                    match candidate.target {
                        Target::Agency(unit) => candidates.push((self.id(unit), candidate.name)),
                        Target::Group(group) => classes.push((group.to_string(), candidate.name)),
                        Target::Relative(key) => classes.push((format!("{RELATIVE}{key}"), candidate.name)),
                    }
                }
                Who::Unresolved { candidates, classes }
            }
        };
        Resolved { printed: found.printed, who, sure: found.sure, office: found.office, related: found.related }
    }

    /// Who belongs to a class on `date`, seen from the agency `scope` (the issuer); for a relative phrase `scope` is the addressee and the answer
    /// those that are meant for it. Empty for an unknown key.
    pub fn members(&self, key: &str, scope: Uuid, date: NaiveDate) -> Vec<Uuid> {
        self.membership(key, scope, date).agencies
    }

    /// Like [`Dir::members`], with those left out and whether the words mean nobody in particular.
    pub fn membership(&self, key: &str, scope: Uuid, date: NaiveDate) -> Membership {
        if let Some(key) = key.strip_prefix(RELATIVE) {
            let units = self.find(scope).map(|addressee| self.inner.relative(key, addressee, date));
            return Membership { agencies: self.to_ids(&units.unwrap_or_default()), ..Membership::default() };
        }
        let Ok(group) = key.parse::<Group>() else { return Membership::default() };
        let found = self.inner.members(&group, self.context(scope, date).place, date);
        Membership {
            agencies: self.to_ids(&found.agencies),
            left_out: self.to_ids(&found.left_out),
            vague: found.vague,
        }
    }

    /// Those who carry on for an agency on `date`: itself while it lives, otherwise its heirs, the main one first.
    pub fn heirs(&self, agency: Uuid, date: NaiveDate) -> Vec<Uuid> {
        self.find(agency).map(|ix| self.to_ids(&self.agencies.heirs(ix, date))).unwrap_or_default()
    }

    /// What may take over from a class that ended: ids of classes, `agency:<key>@<level>`, or `none`; empty when nothing is proposed.
    pub fn heirs_of_class(&self, key: &str) -> Vec<String> {
        let heirs =
            key.parse::<Group>().ok().and_then(|group| self.inner.heirs_of_group(&group).map(|(to, _)| to.to_vec()));
        heirs.unwrap_or_default()
    }

    /// The legal basis of [`Dir::heirs_of_class`].
    pub fn basis_of_class_heirs(&self, key: &str) -> Option<String> {
        let group = key.parse::<Group>().ok()?;
        self.inner.heirs_of_group(&group).map(|(_, basis)| basis.to_owned())
    }

    /// What an agency is called on `date`; outside its life the nearest name that it had.
    pub fn name(&self, agency: Uuid, date: NaiveDate) -> Option<&str> {
        self.find(agency).map(|ix| self.agencies.unit(ix).face(date).name.as_str())
    }

    /// Does it exist on `date`?
    pub fn lives(&self, agency: Uuid, date: NaiveDate) -> bool {
        self.find(agency).is_some_and(|ix| self.agencies.unit(ix).lives(date))
    }

    /// The name of a class or relative phrase.
    pub fn label(&self, key: &str) -> String {
        if let Some(key) = key.strip_prefix(RELATIVE) {
            let relatives = &self.inner.definitions().classes.relatives;
            let phrase = relatives.iter().find(|relative| relative.key == key).and_then(|r| r.phrases.first());
            return phrase.cloned().unwrap_or_else(|| key.to_owned());
        }
        key.parse::<Group>().map_or_else(|_| key.to_owned(), |group| self.inner.group_name(&group))
    }

    /// Classes and relative phrases for a pick list: id and name.
    pub fn classes(&self) -> Vec<(String, String)> {
        let classes = &self.inner.definitions().classes;
        let groups = classes.classes.iter().map(|class| (format!("class:{}", class.key), class.name.clone()));
        let relatives = classes.relatives.iter().map(|relative| format!("{RELATIVE}{}", relative.key));
        groups.chain(relatives.map(|key| (self.label(&key), key)).map(|(label, key)| (key, label))).collect()
    }

    /// The province around an agency today (or when it ended): key and name of the place.
    pub fn province_of(&self, agency: Uuid, date: NaiveDate) -> Option<(String, String)> {
        let place = self.inner.place_of(self.find(agency)?)?;
        let places = self.inner.places();
        let province = places.chain(place, places.unit(place).day_within(date)).last()?;
        let unit = places.unit(*places.heirs(province, date).first().unwrap_or(&province));
        Some((unit.key.clone(), unit.face(date).name.clone()))
    }

    /// Agencies living on `date` whose name, now or before, holds every word of `q`, with or without tone marks: id, name, name of the superior.
    /// Those with the tones as typed come first, then shorter names.
    pub fn search(&self, q: &str, date: NaiveDate, limit: usize) -> Vec<(Uuid, String, String)> {
        let living = |ix: UnitIx| self.agencies.unit(ix).lives(date);
        self.find_named(q, limit, living).into_iter().map(|ix| self.shown(ix, date)).collect()
    }

    fn shown(&self, ix: UnitIx, date: NaiveDate) -> (Uuid, String, String) {
        let unit = self.agencies.unit(ix);
        let parent = unit.parent(date).map(|parent| self.agencies.unit(parent).face(date).name.clone());
        (self.id(ix), unit.face(date).name.clone(), parent.unwrap_or_default())
    }

    /// See [`Dir::search`].
    pub(in crate::agencies) fn find_named(
        &self,
        q: &str,
        limit: usize,
        wanted: impl Fn(UnitIx) -> bool,
    ) -> Vec<UnitIx> {
        let folded = text::fold(q);
        let words: Vec<String> = folded.split_whitespace().map(|word| format!(" {word}")).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let typed = text::name_key(q);
        let fold_all = |unit: &Unit| {
            let mut line = String::new();
            for (_, face) in unit.faces() {
                let name = text::fold(&face.name);
                if !line.contains(&name) {
                    line.push(' ');
                    line.push_str(&name);
                }
            }
            line
        };
        let searchable =
            self.searchable.get_or_init(|| self.agencies.units().map(|(_, unit)| fold_all(unit)).collect());
        let mut found: Vec<(bool, usize, UnitIx)> = Vec::new();
        for ((ix, unit), line) in self.agencies.units().zip(searchable) {
            if words.iter().all(|word| line.contains(word.as_str())) && wanted(ix) {
                let exact = unit.faces().iter().any(|(_, face)| text::name_key(&face.name).contains(&typed));
                found.push((!exact, line.len(), ix));
            }
        }
        found.sort_unstable();
        found.into_iter().take(limit).map(|(_, _, ix)| ix).collect()
    }
}
