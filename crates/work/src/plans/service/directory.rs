//! Who belongs to a class on a date.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use kernel::{Result, Uuid, time};
use platform::App;
use records::agencies::{self, Dir, directory};

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
