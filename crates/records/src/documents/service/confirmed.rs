//! A confirmed document as other slices see it.

use std::collections::HashMap;

use ::store::ConnectionTrait;
use kernel::{Error, Result, Uuid, time};

use crate::documents::{
    model::{Confirmed, ConfirmedTask, Mode, Party, State, Target},
    store::{self, Heir, PartyRow},
};

/// The confirmed document with this id; five statements.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it is not confirmed.
pub async fn confirmed(c: &impl ConnectionTrait, id: Uuid) -> Result<Confirmed> {
    let document = store::document(c, id).await?;
    let (State::Confirmed | State::Superseded, Some(mode)) = (document.state(), document.mode()) else {
        return Err(Error::NotFound);
    };
    let heirs: HashMap<String, Heir> =
        store::heirs(c, id).await?.into_iter().map(|heir| (heir.source.clone(), heir)).collect();
    let mut parties: HashMap<Uuid, Vec<Party>> = HashMap::new();
    for row in store::parties(c, id).await? {
        let target = target(&row, mode, &heirs);
        let party = Party { role: row.role(), force: row.force(), target, text: row.words };
        parties.entry(row.task_id).or_default().push(party);
    }
    let tasks = store::tasks(c, id).await?.into_iter().filter(|task| task.state != "dropped");
    let tasks = tasks.zip(1..).map(|(task, position)| ConfirmedTask {
        id: task.id,
        position,
        force: task.force(),
        class: task.class(),
        deadline: task.deadline(),
        deadlines_more: task.deadlines_more(),
        parties: parties.remove(&task.id).unwrap_or_default(),
        product: (!task.product.is_empty()).then_some(task.product),
        anchor: task.anchor,
        heading: task.heading,
        text: task.body,
        deadline_text: task.deadline_text,
    });
    let tasks = tasks.collect();
    let addressees = store::recipients(c, id).await?.into_iter().filter(|one| one.role == "addressee").map(|one| {
        let target = named(&one.target, one.agency_id, &one.class_key, one.scope_id);
        (one.words, target)
    });
    Ok(Confirmed {
        id,
        date: document.date(),
        how: document.how(),
        number: document.number,
        kind: document.kind,
        title: document.title,
        issuer_agency: document.issuer_id,
        owner_agency: document.owner_id,
        mode,
        confirmed_on: time::date_from_int(document.confirmed_on).ok_or(Error::NotFound)?,
        amends: document.amends_id,
        corrects: document.previous_id,
        addressees: addressees.collect(),
        tasks,
    })
}

/// Papers followed back from one that cites, and from those that it cites.
const STEPS: usize = 3;

/// Registered papers that a confirmed document cites, and what those cite in turn, the nearest first.
///
/// # Errors
/// When the database refuses.
pub async fn cited(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Uuid>> {
    let mut found: Vec<Uuid> = Vec::new();
    let mut from = vec![id];
    for _ in 0..STEPS {
        let more = store::cited(c, &from).await?;
        from = more.into_iter().filter(|one| *one != id && !found.contains(one)).collect();
        found.extend(&from);
    }
    Ok(found)
}

fn target(row: &PartyRow, mode: Mode, heirs: &HashMap<String, Heir>) -> Target {
    let heir = row.source().filter(|_| mode == Mode::InForce).and_then(|source| heirs.get(&source));
    match heir {
        Some(heir) if heir.target == "ended" => Target::Ended { basis: heir.basis.clone() },
        Some(heir) => named(&heir.target, heir.agency_id, &heir.class_key, heir.scope_id),
        None => named(&row.target, row.agency_id, &row.class_key, row.scope_id),
    }
}

fn named(target: &str, agency: Option<Uuid>, class: &str, scope: Option<Uuid>) -> Target {
    match (target, agency, scope) {
        ("agency", Some(id), _) => Target::Agency(id),
        ("class", _, Some(scope)) => Target::Class { key: class.to_owned(), scope },
        ("relative", ..) => Target::Relative { key: class.to_owned() },
        _ => Target::None,
    }
}
