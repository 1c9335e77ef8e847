//! One report of a demonstration, written, put before the head and signed by the same rules as a real one.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use kernel::{Action, Actor, Error, FixedClock, Permit, Result, Uuid, time};
use platform::App;

use super::{
    draft::{Creating, create},
    sign::{Approval, hand_in, proposal, sign},
};
use crate::{
    outgoing::{policy::DraftPapers, store},
    reporting::{
        policy::{ReadReports, SignReports},
        service as reporting,
    },
};

/// Days after a period until its report is signed: by then the last have reported.
const LATER: u64 = 40;

fn permit<A: Action>(actor: &Actor) -> Result<Permit<A>> {
    Permit::of(actor).ok_or(Error::Denied)
}

/// The first day of work from this one on, but not past today.
fn at_work(day: NaiveDate, today: NaiveDate) -> NaiveDate {
    let rest = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    (day + Days::new(rest)).min(today)
}

/// Writes the report about the last half-year of a department of justice and has its head sign it; its id, or none where no half-year is over. `app`
/// must run on `clock`, which stands on today again afterwards.
///
/// # Errors
/// When the database refuses, or a rule does: then the demonstration contradicts the program.
pub async fn generate(app: &App, clock: &FixedClock, justice: Uuid, people: (&Actor, &Actor)) -> Result<Option<Uuid>> {
    let (writer, head) = people;
    let today = app.clock.today();
    let rounds = reporting::rounds_in_sight(app, &permit::<ReadReports>(writer)?).await?;
    let over = |round: &&reporting::Round| {
        round.form_key == "pbgdpl-cap-xa" && round.rule == "6-thang" && round.date_to < time::date_to_int(today)
    };
    let Some(round) = rounds.iter().filter(over).max_by_key(|round| round.date_to) else { return Ok(None) };
    let end = time::date_from_int(round.date_to).unwrap_or(today);
    let written = at_work(end + Days::new(LATER), today);
    clock.set(written);
    let draft: Permit<DraftPapers> = permit(writer)?;
    let wanted = Creating { template: "bao-cao-pbgdpl-tinh", round: round.id, node: justice, owner: justice };
    let id = create(app, &draft, wanted).await?;
    hand_in(app, &draft, id).await?;
    clock.set(at_work(written + Days::new(1), today));
    let row = store::paper(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let proposed = proposal(app, head, &row).await?;
    let approval = Approval {
        number: u32::try_from(proposed.number).unwrap_or(1),
        date: app.clock.today(),
        signer: proposed.signer,
        position: proposed.position,
        authority: Some(proposed.authority),
    };
    sign(app, &permit::<SignReports>(head)?, id, &approval).await?;
    clock.set(today);
    Ok(Some(id))
}
