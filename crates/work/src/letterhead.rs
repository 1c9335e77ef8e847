//! Head of a printed page, in the layout of Nghị định 30/2020: the template's part is `letterhead` in `plans/templates/parts.html`.

use kernel::{Actor, Result};
use platform::App;
use records::agencies;

/// Head of a printed page: the agency of the person who prints it, and today.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letterhead {
    pub superior: String,
    pub issuer: String,
    pub day: String,
}

impl Letterhead {
    /// The head for a person.
    pub(crate) async fn of(app: &App, actor: &Actor) -> Result<Self> {
        let Some(agency) = actor.agencies().first().copied() else { return Ok(Self::default()) };
        let head = agencies::letterhead(app.db.read(), agency).await?.unwrap_or_default();
        let day = head.place_and_day(app.clock.today());
        Ok(Self { superior: head.superior, issuer: head.issuer, day })
    }
}
