//! Confirming: what is still blank, who carries on for bodies that are no more, and the step itself.

use std::collections::{BTreeMap, HashSet};

use kernel::{Actor, Error, FieldErrors, Permit, Result, Uuid};
use papers::Relation;
use platform::{App, Forecast, jobs, search};
use serde_json::json;

use super::{
    confirmed::as_confirmed,
    directory::{Directory, directory},
    heirs::{self, Gone, chosen, endings, gone},
    lacks::{blanks, left_out, relatives, twin},
    review::{SheetOf, sheet_of},
    upload::note,
};
use crate::documents::{
    CONFIRMED,
    model::{self, Audience, Change, Mode, State},
    policy::Confirm,
    store::{self, Decision, Heir, Registered},
};

/// What confirming a draft has to settle.
pub struct Preparation {
    /// The draft.
    pub sheet: SheetOf,
    /// Bodies that are no more.
    pub gone: Vec<Gone>,
    /// What is lacking, in sentences; confirmed only when accepted as it is.
    pub blanks: Vec<String>,
    /// Whom it names and who get nothing to do since nobody said who they are.
    pub left_out: Vec<String>,
    /// The register has a paper with the same number, day and issuer.
    pub twin: Option<Registered>,
    /// Registered papers that it may change, and how, the likeliest first.
    pub amendable: Vec<(Registered, Option<Change>)>,
    /// The paper is not of this year: is it history?
    pub past: bool,
}

/// What the officer decided.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// History or in force.
    pub mode: Option<Mode>,
    /// Who may read it.
    pub audience: Audience,
    /// For each source: `agency:…`, `class:…@…` or `ended`, and the basis.
    pub heirs: BTreeMap<String, (String, String)>,
    /// Blanks are accepted.
    pub blanks_accepted: bool,
    /// The registered paper that it changes.
    pub amends: Option<(Uuid, Change)>,
}

/// What there is to settle.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is no draft.
pub async fn prepare(app: &App, permit: &Permit<Confirm>, id: Uuid) -> Result<Preparation> {
    let document = store::owned_document(app.db.read(), permit, id).await?;
    if document.state() != State::Draft {
        return Err(Error::Conflict("Văn bản này không còn chờ xác nhận.".into()));
    }
    let sheet = sheet_of(app, document).await?;
    let directory = directory(app).await?;
    let amendable = amendable(app, permit, &sheet).await?;
    let mut blanks = blanks(&sheet);
    let twin = twin(app, permit, &sheet.document).await?;
    let doubled =
        |twin: &Registered| format!("Sổ đã có {} {} cùng ngày, cùng cơ quan ban hành.", twin.kind, twin.number);
    blanks.extend(twin.as_ref().map(doubled));
    let today = app.clock.today();
    let endings = endings(app, &sheet, &directory).await?;
    let past = sheet.document.date().is_some_and(|date| chrono::Datelike::year(&date) < chrono::Datelike::year(&today));
    let left_out = left_out(&sheet);
    Ok(Preparation { gone: gone(&sheet, &directory, &endings), blanks, left_out, twin, amendable, past, sheet })
}

/// What confirming as a paper in force would make; as history it only keeps the tasks.
#[derive(Debug, Clone, Default)]
pub struct Foreseen {
    /// With the heirs chosen.
    pub in_force: Option<Forecast>,
    /// Bodies that are no more and for which nobody is chosen yet.
    pub undecided: usize,
}

/// Asks whoever will make work of the paper what that would be, with the heirs as typed.
///
/// # Errors
/// When the database refuses.
pub async fn foresee(
    app: &App,
    preparation: &Preparation,
    heirs: &BTreeMap<String, (String, String)>,
) -> Result<Foreseen> {
    let def = app.slices.iter().flat_map(|slice| slice.forecasts).find(|def| def.kind == CONFIRMED);
    let Some(def) = def else { return Ok(Foreseen::default()) };
    let SheetOf { document, tasks, recipients, .. } = &preparation.sheet;
    let (heirs, undecided) = chosen(&preparation.gone, heirs);
    let paper = as_confirmed(document, tasks, recipients, &heirs, (Mode::InForce, app.clock.today()));
    let paper = serde_json::to_value(&paper).map_err(Error::internal)?;
    Ok(Foreseen { in_force: Some((def.tell)(app, &paper).await?), undecided })
}

/// Page of what became of a confirmed paper, where the person may see it.
///
/// # Errors
/// When the database refuses.
pub async fn outcome(app: &App, actor: &Actor, id: Uuid) -> Result<Option<String>> {
    let def = app.slices.iter().flat_map(|slice| slice.forecasts).find(|def| def.kind == CONFIRMED);
    match def {
        Some(def) => (def.made)(app, actor, id).await,
        None => Ok(None),
    }
}

async fn amendable(app: &App, permit: &Permit<Confirm>, sheet: &SheetOf) -> Result<Vec<(Registered, Option<Change>)>> {
    let cited: Vec<&store::Citation> = sheet.citations.iter().filter(|one| !one.number_key.is_empty()).collect();
    let keys: Vec<String> = cited.iter().map(|one| one.number_key.clone()).collect();
    let own = sheet.document.previous_id;
    let found = store::registered(app.db.read(), permit, &keys).await?;
    let how = |paper: &Registered| {
        let citation = cited.iter().find(|one| {
            one.number_key == paper.number_key && (one.issued_on == 0 || one.issued_on == paper.issued_on)
        })?;
        match model::from_key(&citation.relation) {
            Some(Relation::Amends) => Some(Change::Amends),
            Some(Relation::Replaces) => Some(Change::Replaces),
            _ => None,
        }
    };
    let mut out: Vec<(Registered, Option<Change>)> = found
        .into_iter()
        .filter(|paper| own != Some(paper.id))
        .map(|paper| (how(&paper), paper))
        .map(|(h, p)| (p, h))
        .collect();
    out.sort_by_key(|(_, how)| how.is_none());
    Ok(out)
}

/// Confirms a draft.
///
/// # Errors
/// [`Error::Invalid`] by field for what is not settled; [`Error::Conflict`] when somebody was faster.
pub async fn confirm(app: &App, permit: &Permit<Confirm>, id: Uuid, wanted: Confirmation) -> Result<()> {
    let preparation = prepare(app, permit, id).await?;
    let (mode, heirs) = check(&preparation, &wanted)?;
    let directory = directory(app).await?;
    let readers = readers(&preparation.sheet, &heirs, &directory);
    let document = &preparation.sheet.document;
    let tx = app.db.begin().await?;
    let decision = Decision { mode, audience: wanted.audience, amends: wanted.amends };
    if store::set_confirmed(&*tx, id, &decision, permit.actor(), app.clock.now()).await? != 1 {
        return Err(Error::Conflict("Văn bản này vừa được người khác xác nhận.".into()));
    }
    let open: Vec<Uuid> =
        preparation.sheet.tasks.iter().filter(|one| one.task.state == "open").map(|one| one.task.id).collect();
    store::accept_tasks(&*tx, &open).await?;
    store::insert_heirs(&*tx, id, &heirs).await?;
    store::insert_readers(&*tx, id, &readers).await?;
    if let Some(previous) = document.previous_id {
        store::set_superseded(&*tx, previous).await?;
    }
    let changed: Vec<Uuid> = document.previous_id.into_iter().chain([id]).collect();
    search::changed(&*tx, super::find::KIND, &changed).await?;
    let detail = json!({
        "number": document.number, "mode": model::key(&mode), "audience": model::key(&wanted.audience),
        "blanks": preparation.blanks, "heirs": heirs.iter().map(|heir| json!([heir.source_label, heir.label, heir.basis])).collect::<Vec<_>>(),
        "amends": wanted.amends.map(|(id, how)| json!([id, model::key(&how)])), "corrects": document.previous_id,
    });
    note(&tx, app, permit.actor(), "documents.confirm", id, detail).await?;
    let key = format!("{CONFIRMED}:{id}");
    jobs::enqueue(&*tx, &*app.clock, CONFIRMED, &json!({ "document": id }), Some(&key)).await?;
    tx.commit().await
}

fn check(preparation: &Preparation, wanted: &Confirmation) -> Result<(Mode, Vec<Heir>)> {
    let mut errors = FieldErrors::default();
    if wanted.mode.is_none() {
        errors.add("mode", "Hãy chọn: hồ sơ lịch sử hay còn hiệu lực.");
    }
    if !preparation.blanks.is_empty() && !wanted.blanks_accepted {
        errors.add("blanks", "Hãy bổ sung những chỗ còn thiếu, hoặc đánh dấu chấp nhận để như vậy.");
    }
    if let Some((amended, _)) = wanted.amends
        && !preparation.amendable.iter().any(|(paper, _)| paper.id == amended)
    {
        errors.add("amends", "Hãy chọn văn bản bị tác động trong danh sách.");
    }
    let heirs = match wanted.mode {
        Some(Mode::InForce) => heirs::check(&preparation.gone, &wanted.heirs, &mut errors),
        _ => Vec::new(),
    };
    match wanted.mode {
        Some(mode) if errors.is_empty() => Ok((mode, heirs)),
        _ => Err(Error::Invalid(errors)),
    }
}

/// Every agency that the paper names, today's members of its classes and heirs included.
fn readers(sheet: &SheetOf, heirs: &[Heir], directory: &Directory) -> Vec<Uuid> {
    let mut out: HashSet<Uuid> = HashSet::new();
    let mut add = |agency: Option<Uuid>, class: &str, scope: Option<Uuid>| {
        out.extend(agency);
        out.extend(agency.into_iter().flat_map(|agency| directory.heirs(agency)));
        if let Some(scope) = scope {
            out.extend(directory.members(class, scope));
        }
    };
    for one in &sheet.recipients {
        add(one.agency_id, &one.class_key, one.scope_id);
    }
    for party in sheet.tasks.iter().filter(|one| one.task.state != "dropped").flat_map(|one| &one.parties) {
        add(party.agency_id, &party.class_key, party.scope_id);
    }
    for one in sheet.tasks.iter().filter(|one| one.task.state != "dropped") {
        for (relative, to) in relatives(&one.parties) {
            let named = to.iter().map(|party| (party.agency_id, party.class_key.as_str(), party.scope_id));
            let addressed = sheet.recipients.iter().filter(|one| to.is_empty() && one.role == "addressee");
            let addressed = addressed.map(|one| (one.agency_id, one.class_key.as_str(), one.scope_id));
            for (agency, class, scope) in named.chain(addressed) {
                let members = scope.map(|scope| directory.members(class, scope)).unwrap_or_default();
                for scope in agency.into_iter().chain(members) {
                    add(None, &relative.class_key, Some(scope));
                }
            }
        }
    }
    for heir in heirs {
        add(heir.agency_id, &heir.class_key, heir.scope_id);
    }
    let mut out: Vec<Uuid> = out.into_iter().collect();
    out.sort_unstable();
    out
}
