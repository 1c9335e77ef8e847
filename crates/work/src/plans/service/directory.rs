//! Who belongs to a class on a date.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::{Result, Uuid, time};
use platform::App;

use crate::plans::store;

/// Members of classes on one date, each asked for once.
pub(super) struct Members<'a> {
    app: &'a App,
    on: NaiveDate,
    known: HashMap<(String, Uuid), Vec<Uuid>>,
}

impl<'a> Members<'a> {
    /// On this date.
    pub(super) fn on(app: &'a App, on: NaiveDate) -> Self {
        Self { app, on, known: HashMap::new() }
    }

    /// Members of a class seen from `scope`.
    pub(super) async fn of(&mut self, class: &str, scope: Uuid) -> Result<Vec<Uuid>> {
        let key = (class.to_owned(), scope);
        if let Some(members) = self.known.get(&key) {
            return Ok(members.clone());
        }
        let on = time::date_to_int(self.on);
        let members = store::members_by_kind(self.app.db.read(), class, scope, on).await?;
        self.known.insert(key, members.clone());
        Ok(members)
    }
}
