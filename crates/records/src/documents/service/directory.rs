//! Whom the words of a paper mean: the agencies slice's directory, as this slice asks it.

use chrono::NaiveDate;
use kernel::{Result, Uuid};
use platform::App;

use crate::documents::store;

/// What the words of a party or recipient were taken to mean.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::documents) struct Meaning {
    /// `agency`, `class`, `relative` or `none`.
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

/// Every agency, in memory.
pub(in crate::documents) struct Directory {
    agencies: Vec<store::Agency>,
}

/// The directory.
pub(in crate::documents) async fn directory(app: &App) -> Result<Directory> {
    Ok(Directory { agencies: store::agencies(app.db.read()).await? })
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
            None => Meaning {
                target: "none",
                agency: None,
                class: String::new(),
                scope: None,
                label: String::new(),
                members: 0,
                candidates: self.search(phrase, 4),
                request_only: false,
            },
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

    /// The name of an agency.
    pub(in crate::documents) fn name(&self, id: Uuid) -> Option<&str> {
        self.agencies.iter().find(|agency| agency.id == id).map(|agency| agency.name.as_str())
    }
}
