//! Who is meant: members of classes on a date, and those whom the assignments of a task name.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use kernel::{Result, Uuid, time};
use platform::App;
use records::{
    agencies::{self, Dir, directory},
    documents::{PartyRole, related},
};

use crate::plans::{
    model::due::Due,
    store::{self, Assignment},
};

/// Target of an assignment that means someone else for each addressee.
pub(super) const RELATIVE: &str = "relative";
/// Role of an assignment that gives no duty: it only says to whom relative ones are relative.
pub(super) const ADDRESSEE: &str = "addressee";

/// Which obligations are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Span {
    /// All, for the agencies of a day.
    Whole(NaiveDate),
    /// Of a paper of the past: what was due until it was filed, for the agencies of its own time.
    Past { on: NaiveDate, filed: NaiveDate },
    /// What is due from a day on, for the agencies of that day.
    From(NaiveDate),
}

impl Span {
    /// The day whose agencies are meant.
    pub(super) fn day(self) -> NaiveDate {
        match self {
            Span::Whole(day) | Span::From(day) | Span::Past { on: day, .. } => day,
        }
    }

    pub(super) fn holds(self, due: &Due) -> bool {
        due.date.is_none_or(|date| match self {
            Span::Whole(_) => true,
            Span::Past { filed, .. } => date <= filed,
            Span::From(day) => date >= day,
        })
    }
}

/// A class that means every agency of a kind below the scope, whatever the definitions say.
const BY_KIND: &str = "kind:";

/// Members of classes on one date, each asked for once.
pub(super) struct Members<'a> {
    app: &'a App,
    on: NaiveDate,
    directory: Option<Arc<Dir>>,
    known: HashMap<(String, Uuid), Vec<Uuid>>,
}

impl<'a> Members<'a> {
    /// On this date.
    pub(super) fn on(app: &'a App, on: NaiveDate) -> Self {
        Self { app, on, directory: None, known: HashMap::new() }
    }

    /// Members of a class seen from `scope`.
    pub(super) async fn of(&mut self, class: &str, scope: Uuid) -> Result<Vec<Uuid>> {
        let key = (class.to_owned(), scope);
        if let Some(members) = self.known.get(&key) {
            return Ok(members.clone());
        }
        let members = match class.strip_prefix(BY_KIND) {
            Some(kind) => {
                let on = time::date_to_int(self.on);
                agencies::members_by_kind(self.app.db.read(), kind, scope, on).await?
            }
            None => {
                let known = match self.directory.take() {
                    Some(known) => known,
                    None => directory(self.app).await?,
                };
                self.directory.insert(known).members(class, scope, self.on)
            }
        };
        self.known.insert(key, members.clone());
        Ok(members)
    }
}

/// Who carries on for an agency that ended, living on `on`; empty when nobody does.
pub(super) async fn heirs(app: &App, agency: Uuid, on: NaiveDate) -> Result<Vec<Uuid>> {
    let heirs = directory(app).await?.heirs(agency, on);
    Ok(heirs.into_iter().filter(|heir| *heir != agency).collect())
}

/// The agencies that each assignment of one task means, leads first; of what is added later only those that exist.
pub(super) async fn meant(
    app: &App,
    members: &mut Members<'_>,
    given: Vec<Assignment>,
    span: Span,
) -> Result<Vec<(Assignment, Vec<Uuid>)>> {
    let c = app.db.read();
    let mut out = Vec::with_capacity(given.len());
    for assignment in given {
        let agencies = match (&assignment.agency_id, &assignment.scope_id) {
            (Some(agency), _) => match span {
                Span::From(day) => store::living(c, &[*agency], time::date_to_int(day)).await?,
                Span::Whole(_) | Span::Past { .. } => vec![*agency],
            },
            (None, Some(scope)) => members.of(&assignment.class_key, *scope).await?,
            _ => Vec::new(),
        };
        out.push((assignment, agencies));
    }
    let role = |one: &Assignment| if one.role == "lead" { PartyRole::Lead } else { PartyRole::Coordinating };
    let named: Vec<_> = out.iter().filter(|(one, _)| one.role != ADDRESSEE).map(|(one, _)| one).collect();
    let named: Vec<(PartyRole, bool)> = named.into_iter().map(|one| (role(one), one.target == RELATIVE)).collect();
    for at in 0..out.len() {
        let Some((assignment, _)) = out.get(at).filter(|(one, _)| one.target == RELATIVE) else { continue };
        // Addressees stand behind the others, so that places among those named are places here too.
        let mut to = related(&named, role(assignment));
        if to.is_empty() {
            to = (named.len()..out.len()).collect();
        }
        let to: Vec<Uuid> = to.into_iter().filter_map(|at| out.get(at)).flat_map(|(_, to)| to.clone()).collect();
        let key = assignment.class_key.clone();
        let mut found: Vec<Uuid> = Vec::new();
        for addressee in to {
            let meant = members.of(&key, addressee).await?;
            found.extend(meant.into_iter().filter(|one| *one != addressee));
        }
        found.sort_unstable();
        found.dedup();
        if let Some((_, agencies)) = out.get_mut(at) {
            *agencies = found;
        }
    }
    out.retain(|(one, _)| one.role != ADDRESSEE);
    Ok(out)
}
