//! Who carries on for the bodies of a paper that are no more.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use kernel::{FieldErrors, Result, Uuid};
use platform::App;

use super::{
    directory::{Directory, Ended, Endings, HeirOption},
    review::SheetOf,
};
use crate::documents::store::{self, Heir};

/// An agency or class that a paper names and that is no more.
#[derive(Debug, Clone)]
pub struct Gone {
    /// Its key (see [`store::PartyRow::source`]).
    pub source: String,
    /// As shown.
    pub label: String,
    /// In how many tasks it is named.
    pub tasks: usize,
    /// Who may carry on, the likeliest first.
    pub options: Vec<HeirOption>,
    /// The paper that ended it, when known.
    pub basis: String,
    /// Its last day, when known.
    pub last_day: Option<NaiveDate>,
    /// The first option follows from the events.
    pub settled: bool,
}

impl Gone {
    /// The events say who carries on, and on what basis: nothing is left to choose.
    pub fn decided(&self) -> bool {
        self.settled && !self.basis.is_empty()
    }

    /// What is chosen and its basis: as typed, else as the events have it.
    pub fn choice(&self, typed: &BTreeMap<String, (String, String)>) -> (String, String) {
        typed.get(&self.source).cloned().unwrap_or_else(|| {
            let first = self.options.first().filter(|_| self.settled).map(|option| option.value.clone());
            (first.unwrap_or_default(), self.basis.clone())
        })
    }

    /// The heir with this value among those offered.
    fn heir(&self, value: &str, basis: &str) -> Option<Heir> {
        let option = self.options.iter().find(|option| option.value == value)?;
        Some(Heir {
            source: self.source.clone(),
            source_label: self.label.clone(),
            target: option.target.into(),
            agency_id: option.agency,
            class_key: option.class.clone(),
            scope_id: option.scope,
            label: option.label.clone(),
            basis: basis.trim().chars().take(300).collect(),
        })
    }

    /// Until somebody chooses, nobody carries on.
    fn nobody(&self) -> Heir {
        let (target, label) = ("ended".to_owned(), String::new());
        let (source, source_label) = (self.source.clone(), self.label.clone());
        let (agency_id, class_key, scope_id) = (None, String::new(), None);
        Heir { source, source_label, target, agency_id, class_key, scope_id, label, basis: String::new() }
    }
}

/// The heirs as chosen, with how many still are not; for those nobody carries on.
pub(super) fn chosen(gone: &[Gone], typed: &BTreeMap<String, (String, String)>) -> (Vec<Heir>, usize) {
    let mut open = 0;
    let heir = |one: &Gone| {
        let (value, basis) = one.choice(typed);
        one.heir(&value, &basis).unwrap_or_else(|| {
            open += 1;
            one.nobody()
        })
    };
    (gone.iter().map(heir).collect(), open)
}

/// The heirs as chosen; everything that is missing is told at once, by the place of the row.
pub(super) fn check(gone: &[Gone], typed: &BTreeMap<String, (String, String)>, errors: &mut FieldErrors) -> Vec<Heir> {
    let mut out = Vec::new();
    for (at, one) in gone.iter().enumerate() {
        let (value, basis) = typed.get(&one.source).cloned().unwrap_or_default();
        match one.heir(&value, &basis) {
            None => errors.add(&heir_field(at), format!("Hãy chọn nơi tiếp nhận thay {}.", one.label)),
            Some(_) if basis.trim().is_empty() => {
                errors.add(&basis_field(at), format!("Hãy ghi căn cứ tiếp nhận thay {}.", one.label));
            }
            Some(heir) => out.push(heir),
        }
    }
    out
}

/// Name of the field in which the heir of a row is chosen.
pub(in crate::documents) fn heir_field(row: usize) -> String {
    format!("heir-{row:04}")
}

/// Name of the field in which the basis of a row is written.
pub(in crate::documents) fn basis_field(row: usize) -> String {
    format!("basis-{row:04}")
}

/// What is known about bodies of a paper that ended.
pub(super) async fn endings(app: &App, sheet: &SheetOf, directory: &Directory) -> Result<Endings> {
    let parties = sheet.tasks.iter().flat_map(|one| &one.parties);
    let classes: HashSet<(&str, Uuid)> =
        parties.filter_map(|party| Some((party.class_key.as_str(), party.scope_id?))).collect();
    let codes: Vec<String> =
        classes.into_iter().flat_map(|(class, scope)| directory.heir_codes(class, scope)).collect();
    let c = app.db.read();
    let agencies: HashSet<Uuid> =
        sheet.tasks.iter().flat_map(|one| &one.parties).filter_map(|party| party.agency_id).collect();
    let bases = agencies.into_iter().filter_map(|id| Some((id, directory.basis_of_end(id)?))).collect();
    Ok(Endings { codes: store::by_codes(c, &codes).await?, bases, day: sheet.document.date() })
}

/// The bodies of a paper that are no more, those for which somebody has to choose first.
pub(super) fn gone(sheet: &SheetOf, directory: &Directory, endings: &Endings) -> Vec<Gone> {
    let mut found: BTreeMap<String, Gone> = BTreeMap::new();
    for one in sheet.tasks.iter().filter(|one| one.task.state != "dropped") {
        let mut counted = HashSet::new();
        for party in &one.parties {
            let Some(source) = party.source() else { continue };
            if !found.contains_key(&source) {
                let Some(ended) = directory.ended(party.agency_id, &party.class_key, party.scope_id, endings) else {
                    continue;
                };
                let label = if party.target == "agency" { party.label.clone() } else { party.words.clone() };
                let Ended { options, basis, last_day, settled } = ended;
                let gone = Gone { source: source.clone(), label, tasks: 0, options, basis, last_day, settled };
                found.insert(source.clone(), gone);
            }
            if let Some(gone) = found.get_mut(&source).filter(|_| counted.insert(source)) {
                gone.tasks += 1;
            }
        }
    }
    let mut found: Vec<Gone> = found.into_values().collect();
    found.sort_by_key(|gone| (gone.decided(), gone.label.clone()));
    found
}
