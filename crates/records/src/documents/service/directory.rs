//! Whom the words of a paper mean: the agencies slice's directory, as this slice asks it.

use chrono::NaiveDate;
use kernel::{Actor, Result, Uuid};
use platform::App;

use crate::documents::store;

/// What the words of a party or recipient were taken to mean.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Meaning {
    /// `agency`, `class`, `relative`, `nobody` (so chosen) or `none` (unresolved).
    pub target: &'static str,
    /// The agency.
    pub agency: Option<Uuid>,
    /// The class.
    pub class: String,
    /// To which agency the class is relative.
    pub scope: Option<Uuid>,
    /// What is shown.
    pub label: String,
    /// How many agencies that are.
    pub members: i64,
    /// The nearest, when there is no meaning.
    pub candidates: Vec<(Uuid, String)>,
    /// It can only be asked (Front, court, procuracy).
    pub request_only: bool,
}

impl Meaning {
    /// No meaning.
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
        }
    }
}

/// Somebody who may carry on for a body that is no more.
#[derive(Debug, Clone)]
pub struct HeirOption {
    /// As in a form: `agency:…`, `class:…@…` or `ended`.
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

impl HeirOption {
    fn agency(id: Uuid, name: &str) -> Self {
        let value = format!("agency:{id}");
        Self { value, label: name.to_owned(), target: "agency", agency: Some(id), class: String::new(), scope: None }
    }

    fn ended() -> Self {
        let label = "Chấm dứt, không ai tiếp nhận".to_owned();
        Self { value: "ended".into(), label, target: "ended", agency: None, class: String::new(), scope: None }
    }
}

/// How a body ended.
pub(in crate::documents) struct Ended {
    /// Who may carry on, the likeliest first.
    pub options: Vec<HeirOption>,
    /// The paper that ended it, when known.
    pub basis: String,
}

/// Every agency, in memory.
pub(in crate::documents) struct Directory {
    agencies: Vec<store::Agency>,
    heirs: Vec<store::AgencyHeir>,
}

/// The directory.
pub(in crate::documents) async fn directory(app: &App) -> Result<Directory> {
    let c = app.db.read();
    Ok(Directory { agencies: store::agencies(c).await?, heirs: store::agency_heirs(c).await? })
}

impl Directory {
    /// The registered agency that issued a paper.
    pub(in crate::documents) fn issuer(&self, name: &str, date: Option<NaiveDate>) -> Option<Uuid> {
        if name.is_empty() { None } else { self.meaning(name, None, date).agency }
    }

    /// What a phrase means in a paper of this issuer and date.
    pub(in crate::documents) fn meaning(&self, phrase: &str, _: Option<Uuid>, _: Option<NaiveDate>) -> Meaning {
        let folded = kernel::text::fold(phrase);
        match self.agencies.iter().find(|agency| agency.name_fold == folded) {
            Some(agency) => self.agency(agency),
            None => Meaning { candidates: self.search(phrase, 4), ..Meaning::none() },
        }
    }

    fn agency(&self, agency: &store::Agency) -> Meaning {
        Meaning {
            target: "agency",
            agency: Some(agency.id),
            class: String::new(),
            scope: None,
            label: agency.name.clone(),
            members: 1,
            candidates: Vec::new(),
            request_only: matches!(agency.system.as_str(), "front" | "court" | "procuracy"),
        }
    }

    /// The meaning of a chosen agency.
    pub(in crate::documents) fn chosen(&self, id: Uuid) -> Option<Meaning> {
        self.agencies.iter().find(|agency| agency.id == id).map(|agency| self.agency(agency))
    }

    /// Agencies whose name has these words.
    pub(in crate::documents) fn search(&self, words: &str, limit: usize) -> Vec<(Uuid, String)> {
        let folded = kernel::text::fold(words);
        let words: Vec<&str> = folded.split(' ').filter(|word| word.len() > 1).collect();
        let mut found: Vec<(usize, &store::Agency)> = self
            .agencies
            .iter()
            .map(|agency| (words.iter().filter(|word| agency.name_fold.contains(**word)).count(), agency))
            .filter(|(hits, _)| *hits > 0)
            .collect();
        found.sort_by_key(|(hits, agency)| (std::cmp::Reverse(*hits), agency.name_fold.len()));
        found.into_iter().take(limit).map(|(_, agency)| (agency.id, agency.name.clone())).collect()
    }

    /// How an agency, or all members of a class, ended before a day; `None` while there are any.
    pub(in crate::documents) fn ended(
        &self,
        agency: Option<Uuid>,
        _: &str,
        _: Option<Uuid>,
        today: NaiveDate,
    ) -> Option<Ended> {
        let agency = self.agencies.iter().find(|one| Some(one.id) == agency)?;
        if agency.valid_to > kernel::time::date_to_int(today) {
            return None;
        }
        let heirs = self.heirs.iter().filter(|heir| heir.from_id == agency.id);
        let basis = heirs.clone().map(|heir| heir.basis.clone()).next().unwrap_or_default();
        let named = |heir: &store::AgencyHeir| Some(HeirOption::agency(heir.to_id, self.name(heir.to_id)?));
        let mut options: Vec<HeirOption> = heirs.filter_map(named).collect();
        let near = self.search(&agency.name, 12).into_iter().filter(|(id, _)| *id != agency.id);
        for (id, name) in near {
            if !options.iter().any(|option| option.agency == Some(id)) {
                options.push(HeirOption::agency(id, &name));
            }
        }
        options.push(HeirOption::ended());
        Some(Ended { options, basis })
    }

    /// Members of a class on a day.
    pub(in crate::documents) fn members(&self, _: &str, _: Uuid, _: NaiveDate) -> Vec<Uuid> {
        Vec::new()
    }

    /// The name of an agency.
    pub(in crate::documents) fn name(&self, id: Uuid) -> Option<&str> {
        self.agencies.iter().find(|agency| agency.id == id).map(|agency| agency.name.as_str())
    }
}

/// Keeps the words as another name of the agency.
pub(in crate::documents) async fn remember(
    tx: &::store::Tx,
    app: &App,
    actor: &Actor,
    words: &str,
    meaning: &Meaning,
) -> Result<()> {
    match meaning.agency {
        Some(agency) => store::insert_alias(&**tx, words, agency, actor.user, app.clock.now()).await,
        None => Ok(()),
    }
}
