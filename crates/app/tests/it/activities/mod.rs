//! Activities over HTTP, and the figures that other slices ask of them.

mod alike;
mod evidence;
mod import;
mod lists;
mod measures;
mod offline;
mod photos;
mod record;
mod uses;

use kernel::{Permit, Role, Uuid};
use records::activities::{Draft, service};
use testkit::{Client, TestApp};

/// Fields of a plain entry of an agency.
pub(crate) fn entry<'a>(owner: &'a str, title: &'a str, day: &'a str, turns: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("co_quan", owner), ("loai", "hoi-nghi"), ("ten", title), ("ngay", day), ("luot", turns)]
}

/// Records through the form; the page of the activity.
async fn record(person: &mut Client, fields: &[(&str, &str)]) -> String {
    person.post("/hoat-dong/moi", fields).await.expect(303).location().to_owned()
}

/// A permit to record for an agency, without a session.
fn recorder(agency: Uuid) -> Permit<records::activities::policy::RecordActivities> {
    let holding = kernel::Holding { role: Role::FocalPoint, agency, agency_name: String::new() };
    let actor = kernel::Actor { user: kernel::new_id(), name: "Người ghi".into(), holdings: vec![holding] };
    Permit::of(&actor).expect("a permit")
}

/// Records without a form; its id.
async fn create(app: &TestApp, draft: Draft) -> Uuid {
    let permit = recorder(draft.owner);
    let wanted = service::Entry { draft, anyway: true, ..service::Entry::default() };
    let created = service::create(&app.app, &permit, wanted).await.expect("recorded");
    let ids = if let service::Created::Recorded(ids) = created { ids } else { Vec::new() };
    ids.first().copied().expect("recorded as new")
}

/// Some activity of an agency.
pub(crate) async fn some(app: &TestApp, agency: Uuid) -> Uuid {
    let draft = Draft {
        owner: agency,
        kind: "hoi-nghi".into(),
        title: "Hội nghị".into(),
        held_on: Some(app.app.clock.today()),
        turns: 20,
        ..Draft::default()
    };
    create(app, draft).await
}
