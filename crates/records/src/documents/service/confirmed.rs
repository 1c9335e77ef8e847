//! A confirmed document as other slices see it.

use std::collections::{HashMap, HashSet};

use ::store::ConnectionTrait;
use chrono::NaiveDate;
use kernel::{Error, Result, Uuid, time};
use papers::Force;

use super::review::{Assigned, assigned};
use crate::documents::{
    model::{Confirmed, ConfirmedTask, Mode, Party, State, Target},
    store::{self, Document, Heir, PartyRow, Recipient},
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
    let day = time::date_from_int(document.confirmed_on).ok_or(Error::NotFound)?;
    let heirs = store::heirs(c, id).await?;
    let tasks = assigned(c, id).await?;
    let recipients = store::recipients(c, id).await?;
    Ok(as_confirmed(&document, &tasks, &recipients, &heirs, (mode, day)))
}

/// What a document gives to others when it is confirmed in this way on this day, with these heirs.
pub(super) fn as_confirmed(
    document: &Document,
    tasks: &[Assigned],
    recipients: &[Recipient],
    heirs: &[Heir],
    (mode, day): (Mode, NaiveDate),
) -> Confirmed {
    let heirs: HashMap<&str, &Heir> = heirs.iter().map(|heir| (heir.source.as_str(), heir)).collect();
    let kept: Vec<&Assigned> = tasks.iter().filter(|one| one.task.state != "dropped").collect();
    let everybody = everybody(&kept);
    let party = |row: &PartyRow, role, force, text: &str| Party {
        role,
        force,
        target: target(row, mode, &heirs),
        text: text.to_owned(),
    };
    let parties = |one: &Assigned| {
        let mut out = Vec::new();
        for row in &one.parties {
            if row.target != "all" {
                out.push(party(row, row.role(), row.force(), &row.words));
                continue;
            }
            out.extend(everybody.iter().map(|(of, only_asked)| {
                let force = if *only_asked { Force::Request } else { row.force() };
                party(of, row.role(), force, if of.label.is_empty() { &of.words } else { &of.label })
            }));
        }
        out
    };
    let tasks = kept.iter().zip(1..).map(|(one, position)| ConfirmedTask {
        id: one.task.id,
        position,
        anchor: one.task.anchor.clone(),
        heading: one.task.heading.clone(),
        text: one.task.body.clone(),
        force: one.task.force(),
        class: one.task.class(),
        deadline: one.task.deadline(),
        deadline_text: one.task.deadline_text.clone(),
        deadlines_more: one.task.deadlines_more(),
        product: (!one.task.product.is_empty()).then(|| one.task.product.clone()),
        parties: parties(one),
    });
    let addressees = recipients.iter().filter(|one| one.role == "addressee");
    Confirmed {
        id: document.id,
        number: document.number.clone(),
        kind: document.kind.clone(),
        title: document.title.clone(),
        date: document.date(),
        issuer_agency: document.issuer_id,
        owner_agency: document.owner_id,
        mode,
        confirmed_on: day,
        amends: document.amends_id,
        how: document.how(),
        corrects: document.previous_id,
        addressees: addressees
            .map(|one| (one.words.clone(), named(&one.target, one.agency_id, &one.class_key, one.scope_id)))
            .collect(),
        tasks: tasks.collect(),
    }
}

/// Every agency and class to which the paper gives something, once each, and whether it can only be asked.
fn everybody<'a>(tasks: &[&'a Assigned]) -> Vec<(&'a PartyRow, bool)> {
    let mut known = HashSet::new();
    let mut out = Vec::new();
    for one in tasks {
        for row in &one.parties {
            if row.source().is_some_and(|source| known.insert(source)) {
                out.push((row, row.force() == Force::Request && one.task.force() == Force::Assign));
            }
        }
    }
    out
}

/// The registered agency whose word a document is.
///
/// # Errors
/// When the database refuses.
pub async fn issuer(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Uuid>> {
    match store::document(c, id).await {
        Ok(document) => Ok(document.issuer_id),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
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

fn target(row: &PartyRow, mode: Mode, heirs: &HashMap<&str, &Heir>) -> Target {
    let heir = row.source().filter(|_| mode == Mode::InForce).and_then(|source| heirs.get(source.as_str()));
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
