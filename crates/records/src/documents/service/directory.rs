//! Whom the words of a paper mean: the agencies slice's directory, asked in this slice's words.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use kernel::{Actor, Result, Uuid, time};
use platform::App;

use crate::agencies::{self, AliasTarget, Dir, Resolved, Who};

/// From where and when the words are read.
#[derive(Debug, Clone, Copy)]
pub(in crate::documents) struct Place {
    /// The issuer; the owner where that is not registered.
    pub scope: Uuid,
    /// Date of the paper; today while that is not known.
    pub date: NaiveDate,
}

/// What the words of a party or recipient were taken to mean.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Meaning {
    /// `agency`, `class`, `relative`; so chosen: `nobody`, `all` (whoever else the paper names); unresolved: `none`, `related`.
    pub target: &'static str,
    /// The agency.
    pub agency: Option<Uuid>,
    /// The class or relative phrase.
    pub class: String,
    /// To which agency the class is relative.
    pub scope: Option<Uuid>,
    /// What is shown.
    pub label: String,
    /// How many agencies that are.
    pub members: i64,
    /// The nearest, when there is no meaning: agency or class, and its name.
    pub candidates: Vec<(String, String)>,
    /// It can only be asked (Front, court, procuracy).
    pub request_only: bool,
    /// Nobody needs to look at it.
    pub sure: bool,
    /// Only those concerned were meant ("các sở, ngành có liên quan").
    pub related: bool,
}

impl Meaning {
    /// Without any meaning yet.
    pub(in crate::documents) fn none() -> Self {
        Self {
            target: "none",
            agency: None,
            class: String::new(),
            scope: None,
            label: String::new(),
            members: 0,
            candidates: Vec::new(),
            request_only: false,
            sure: true,
            related: false,
        }
    }

    /// Some of a class, the paper does not say which: they get nothing to do until a person says who they are.
    pub(in crate::documents) fn left_open(self) -> Self {
        let all = format!("{} ({} cơ quan)", self.label, kernel::text::display_number(self.members));
        let candidates = if self.members > 0 { vec![(self.class, all)] } else { Vec::new() };
        Self { target: "related", candidates, related: true, ..Self::none() }
    }
}

/// Somebody who may carry on for a body that is no more.
#[derive(Debug, Clone)]
pub struct HeirOption {
    /// As in a form: `agency:…`, the key of a class, or `ended`.
    pub value: String,
    /// As shown.
    pub label: String,
    /// `agency`, `class` or `ended`.
    pub target: &'static str,
    /// The agency.
    pub agency: Option<Uuid>,
    /// The class.
    pub class: String,
    /// To which agency the class is relative.
    pub scope: Option<Uuid>,
}

/// What is known about how bodies ended.
#[derive(Debug, Default)]
pub(in crate::documents) struct Endings {
    /// Agencies that may be heirs of classes, by code.
    pub codes: HashMap<String, (Uuid, String)>,
    /// The papers on which agencies ended.
    pub bases: HashMap<Uuid, String>,
    /// The day whose members of a class are meant: that of the paper.
    pub day: Option<NaiveDate>,
}

/// How a body ended.
pub(in crate::documents) struct Ended {
    /// Who may carry on, the likeliest first.
    pub options: Vec<HeirOption>,
    /// The paper that ended it, when known.
    pub basis: String,
    /// Its last day, of a class that of its last member, when known.
    pub last_day: Option<NaiveDate>,
    /// The first one follows from the events; nothing is to be chosen.
    pub settled: bool,
}

/// The directory on a day.
pub(in crate::documents) struct Directory {
    dir: Arc<Dir>,
    today: NaiveDate,
}

/// The directory as it is now.
pub(in crate::documents) async fn directory(app: &App) -> Result<Directory> {
    Ok(Directory { dir: agencies::directory(app).await?, today: app.clock.today() })
}

impl Directory {
    /// The place from which a paper is read.
    pub(in crate::documents) fn place(&self, issuer: Option<Uuid>, owner: Uuid, date: Option<NaiveDate>) -> Place {
        Place { scope: issuer.unwrap_or(owner), date: date.unwrap_or(self.today) }
    }

    /// The registered agency that issued a paper.
    pub(in crate::documents) fn issuer(&self, name: &str, date: Option<NaiveDate>) -> Option<Uuid> {
        if name.is_empty() { None } else { self.dir.resolve_issuer(name, date.unwrap_or(self.today)) }
    }

    /// What printed words mean; an enumeration means several, each with its words.
    pub(in crate::documents) fn meanings(&self, words: &str, place: Place) -> Vec<(String, Meaning)> {
        let mut out = Vec::new();
        self.flatten(self.dir.resolve(words, place.scope, place.date), place, &mut out);
        if let [(only, _)] = out.as_mut_slice() {
            words.clone_into(only);
        }
        out
    }

    fn flatten(&self, found: Resolved, place: Place, out: &mut Vec<(String, Meaning)>) {
        match found.who {
            Who::Several(parts) => parts.into_iter().for_each(|part| self.flatten(part, place, out)),
            who => {
                let mut meaning = self.meaning(who, place);
                meaning.related = found.related && meaning.target == "class";
                meaning.sure &= found.sure;
                out.push((found.printed, meaning));
            }
        }
    }

    fn meaning(&self, who: Who, place: Place) -> Meaning {
        match who {
            Who::Agency(id) => self.agency(id, place),
            // It may be named by what it became, or was renamed into: somebody should look.
            Who::NotThen { agency, heirs } => {
                Meaning { sure: false, ..self.agency(heirs.first().copied().unwrap_or(agency), place) }
            }
            Who::Class { key, label, .. } => self.class(key, label, place),
            Who::Relative { key, label } => self.relative(key, label, place),
            Who::Several(_) => Meaning::none(),
            Who::Unresolved { candidates, classes } => {
                let agencies = candidates.into_iter().map(|(id, name)| (id.to_string(), name));
                Meaning { candidates: agencies.chain(classes).take(6).collect(), ..Meaning::none() }
            }
        }
    }

    fn agency(&self, id: Uuid, place: Place) -> Meaning {
        let label = self.dir.name(id, place.date).unwrap_or_default().to_owned();
        Meaning {
            target: "agency",
            agency: Some(id),
            label,
            members: 1,
            request_only: self.dir.only_asks(place.scope, id),
            ..Meaning::none()
        }
    }

    fn class(&self, key: String, label: String, place: Place) -> Meaning {
        let found = self.dir.membership(&key, place.scope, place.date);
        // Of several some may be ordered: each member's duty says for itself.
        let only_asked = |id: &Uuid| self.dir.only_asks(place.scope, *id);
        Meaning {
            target: "class",
            scope: Some(place.scope),
            label,
            members: found.agencies.len() as i64,
            request_only: !found.agencies.is_empty() && found.agencies.iter().all(only_asked),
            sure: !found.vague,
            class: key,
            ..Meaning::none()
        }
    }

    fn relative(&self, key: String, label: String, place: Place) -> Meaning {
        let request_only = self.dir.only_asks_relative(place.scope, &key);
        Meaning { target: "relative", class: key, label, request_only, ..Meaning::none() }
    }

    /// The meaning of a chosen agency or class.
    pub(in crate::documents) fn chosen(&self, value: &str, place: Place) -> Option<Meaning> {
        if let Ok(id) = Uuid::parse_str(value) {
            return self.dir.name(id, place.date).is_some().then(|| self.agency(id, place));
        }
        let label = self.dir.label(value);
        if label == value {
            return None;
        }
        if value.starts_with("relative:") {
            return Some(self.relative(value.to_owned(), label, place));
        }
        Some(self.class(value.to_owned(), label, place))
    }

    /// The meaning of a typed name: as it would be read in the paper, else the one agency with these words.
    pub(in crate::documents) fn called(&self, name: &str, place: Place) -> Option<Meaning> {
        if let [(_, meaning)] = self.meanings(name, place).as_slice()
            && meaning.target != "none"
            && !meaning.related
        {
            return Some(Meaning { sure: true, ..meaning.clone() });
        }
        match self.dir.search(name, place.date, 2).as_slice() {
            [(id, ..)] => Some(self.agency(*id, place)),
            _ => None,
        }
    }

    /// How an agency, or all members of a class, ended before a day; `None` while there are any.
    pub(in crate::documents) fn ended(
        &self,
        agency: Option<Uuid>,
        class: &str,
        scope: Option<Uuid>,
        endings: &Endings,
    ) -> Option<Ended> {
        let today = self.today;
        let codes = &endings.codes;
        let (mut options, basis) = match (agency, scope) {
            (Some(id), _) if !self.dir.lives(id, today) => {
                let heirs = self.dir.heirs(id, today);
                let basis = endings.bases.get(&id).cloned().unwrap_or_default();
                let name = self.dir.name(id, today).unwrap_or_default();
                (heirs.into_iter().map(|heir| self.heir_of(heir, name)).collect::<Vec<_>>(), basis)
            }
            (None, Some(scope)) if self.is_extinct(class, scope) => {
                let known = self.dir.heirs_of_class(class);
                let heirs = known.iter().filter_map(|heir| self.class_heir(heir, scope, codes)).collect();
                (heirs, self.dir.basis_of_class_heirs(class).unwrap_or_default())
            }
            _ => return None,
        };
        let settled = agency.is_some() && options.len() == 1;
        let communes = "each:ubnd@commune";
        if let Some(scope) = scope.filter(|_| !options.iter().any(|option| option.class == communes)) {
            options.extend(self.class_heir(communes, scope, codes));
        }
        // Any department may have been given the work.
        for id in self.dir.members("class:so", scope.or(agency)?, today) {
            if !options.iter().any(|option| option.agency == Some(id)) {
                options.push(self.heir(id));
            }
        }
        let label = "Chấm dứt, không ai tiếp nhận".to_owned();
        let ended = HeirOption {
            value: "ended".into(),
            label,
            target: "ended",
            agency: None,
            class: String::new(),
            scope: None,
        };
        options.push(ended);
        Some(Ended { options, basis, settled, last_day: self.last_day(agency, class, scope, endings) })
    }

    fn last_day(&self, agency: Option<Uuid>, class: &str, scope: Option<Uuid>, endings: &Endings) -> Option<NaiveDate> {
        let last = |id: Uuid| self.dir.life(id)?.1;
        match (agency, scope) {
            (Some(id), _) => last(id),
            (None, Some(scope)) => {
                self.dir.members(class, scope, endings.day.unwrap_or(self.today)).into_iter().filter_map(last).max()
            }
            _ => None,
        }
    }

    /// Had members once and has none today; words that mean nobody in particular ("cơ quan chủ trì soạn thảo") never had any.
    fn is_extinct(&self, class: &str, scope: Uuid) -> bool {
        let membership = self.dir.membership(class, scope, self.today);
        membership.agencies.is_empty() && !membership.vague
    }

    fn heir(&self, id: Uuid) -> HeirOption {
        let label = self.dir.name(id, self.today).unwrap_or_default().to_owned();
        let value = format!("agency:{id}");
        HeirOption { value, label, target: "agency", agency: Some(id), class: String::new(), scope: None }
    }

    /// One that may have the name of the body that ended: said from when it is.
    fn heir_of(&self, id: Uuid, ended: &str) -> HeirOption {
        let heir = self.heir(id);
        match self.dir.life(id).filter(|_| heir.label == ended) {
            Some((from, _)) => {
                HeirOption { label: format!("{ended} (thành lập {})", time::display_date(from)), ..heir }
            }
            None => heir,
        }
    }

    fn class_heir(&self, heir: &str, scope: Uuid, codes: &HashMap<String, (Uuid, String)>) -> Option<HeirOption> {
        if let Some(role) = heir.strip_prefix("agency:") {
            let (id, _) = codes.get(&self.code(role, scope)?)?;
            return Some(self.heir(*id));
        }
        let members = self.dir.members(heir, scope, self.today).len();
        (members > 0).then(|| HeirOption {
            value: heir.to_owned(),
            label: format!("{} ({members} đơn vị)", self.dir.label(heir)),
            target: "class",
            agency: None,
            class: heir.to_owned(),
            scope: Some(scope),
        })
    }

    /// Code of the agency with a role ("so-tu-phap@province") in the province around another.
    fn code(&self, role: &str, scope: Uuid) -> Option<String> {
        let (role, _) = role.split_once('@')?;
        let (province, _) = self.dir.province_of(scope, self.today)?;
        Some(format!("{province}/{role}"))
    }

    /// Codes of agencies that may be asked for as heirs of a class.
    pub(in crate::documents) fn heir_codes(&self, class: &str, scope: Uuid) -> Vec<String> {
        let heirs = self.dir.heirs_of_class(class);
        heirs.iter().filter_map(|heir| self.code(heir.strip_prefix("agency:")?, scope)).collect()
    }

    /// Members of a class today.
    pub(in crate::documents) fn members(&self, class: &str, scope: Uuid) -> Vec<Uuid> {
        self.dir.members(class, scope, self.today)
    }

    /// The paper on which it ended, as far as the events tell.
    pub(in crate::documents) fn basis_of_end(&self, agency: Uuid) -> Option<String> {
        self.dir.basis_of_end(agency, self.today)
    }

    /// Those who carry on for an agency today: itself while it lives.
    pub(in crate::documents) fn heirs(&self, agency: Uuid) -> Vec<Uuid> {
        self.dir.heirs(agency, self.today)
    }
}

/// Keeps the words as another name of the agency or class, in papers of this place.
pub(in crate::documents) async fn remember(
    tx: &::store::Tx,
    app: &App,
    actor: &Actor,
    words: &str,
    meaning: &Meaning,
    place: Place,
) -> Result<()> {
    let target = match meaning.agency {
        Some(agency) => AliasTarget::Agency(agency),
        None if meaning.class.is_empty() => return Ok(()),
        None => AliasTarget::Class(meaning.class.clone()),
    };
    agencies::remember_alias(tx, &*app.clock, words, Some(place.scope), &target, actor).await.map(drop)
}
