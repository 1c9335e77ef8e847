//! Lists and requests of a demonstration, by the same rules as real people.

use chrono::{Days, NaiveDate};
use kernel::{Action, Actor, Error, FieldErrors, FixedClock, Holding, Permit, Result, Role, Uuid};
use platform::App;

use super::{Asking, Decision, EntryDraft, act, ask::ask_where, look_up, save};
use crate::disclosures::{
    samples::{Request, disclosures},
    store::{self, Named},
};

fn permit<A: Action>(actor: &Actor) -> Result<Permit<A>> {
    Permit::of(actor).ok_or(Error::Denied)
}

fn official(agency: &Named) -> Actor {
    let holding = Holding { role: Role::FocalPoint, agency: agency.id, agency_name: agency.name.clone() };
    Actor {
        user: Uuid::nil(), name: "Đầu mối cung cấp thông tin (trình diễn)".into(), holdings: vec![holding]
    }
}

/// Fills the lists of agencies beside `home` and of one commune, and their requests; how many of each. `app` must run on `clock`, which stands on today
/// again afterwards. Agencies in which nobody answers requests are left out.
///
/// # Errors
/// When the database refuses, or a rule does: then the demonstration contradicts the program.
pub async fn generate(app: &App, clock: &FixedClock, home: Uuid, commune: Uuid) -> Result<(usize, usize)> {
    let today = app.clock.today();
    let samples = disclosures().map_err(Error::internal)?;
    let mut made = (0, 0);
    for one in &samples.entry {
        let Some(agency) = find(app, home, commune, &one.agency).await? else { continue };
        let draft = EntryDraft {
            agency: agency.id,
            kind: one.kind.clone(),
            field: one.field.clone(),
            title: one.title.clone(),
            note: one.note.clone(),
            made_on: today.checked_sub_days(Days::new(one.days)),
            link: one.link.clone(),
            public: !one.planned,
            generated: true,
        };
        save(app, &permit(&official(&agency))?, None, &draft).await?;
        made.0 += 1;
    }
    for one in &samples.request {
        let Some(agency) = find(app, home, commune, &one.agency).await? else { continue };
        clock.set(today.checked_sub_days(Days::new(one.days)).unwrap_or(today));
        let outcome = request(app, clock, &agency, one, today).await;
        clock.set(today);
        match outcome {
            Ok(()) => made.1 += 1,
            // Nobody answers requests there.
            Err(Error::Invalid(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(made)
}

async fn find(app: &App, home: Uuid, commune: Uuid, role: &str) -> Result<Option<Named>> {
    if role == "xa" {
        return Ok(store::agencies(app.db.read(), &[commune]).await?.into_iter().next());
    }
    crate::agencies::beside(app.db.read(), home, role).await
}

async fn request(app: &App, clock: &FixedClock, agency: &Named, one: &Request, today: NaiveDate) -> Result<()> {
    let asking = Asking {
        agency: Some(agency.id),
        name: one.name.clone(),
        contact: one.contact.clone(),
        address: one.address.clone(),
        asked: one.asked.trim().to_owned(),
        way: one.way.clone(),
        purpose: one.purpose.clone(),
        generated: true,
    };
    let code = ask_where(app, &asking, FieldErrors::default(), today).await?;
    let (row, _) = look_up(app, &code, &one.contact).await?.ok_or(Error::NotFound)?;
    let handle = permit(&official(agency))?;
    let mut steps = Vec::new();
    if one.state != "received" {
        steps.push(Decision::Accept { simple: false });
    }
    match one.state.as_str() {
        "answered" => steps.push(Decision::Answer(one.answer.trim().to_owned())),
        "refused" => steps.push(Decision::Refuse { reason: one.reason.clone(), why: one.answer.trim().to_owned() }),
        _ => {}
    }
    if let Some((question, answer)) = &one.public {
        steps.push(Decision::Publish { question: question.clone(), answer: answer.clone() });
    }
    for (version, step) in (0i64..).zip(&steps) {
        // Every step a day later.
        let days = one.days.saturating_sub(u64::try_from(version).unwrap_or(0) + 1);
        clock.set(today.checked_sub_days(Days::new(days)).unwrap_or(today));
        act(app, &handle, (row.id, version), step).await?;
    }
    Ok(())
}
