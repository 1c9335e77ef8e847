//! Confirming: what is still blank, who carries on for bodies that are no more, and the step itself.

use std::collections::{BTreeMap, HashSet};

use kernel::{Error, FieldErrors, Permit, Result, Uuid};
use papers::Relation;
use platform::{App, jobs};
use serde_json::json;

use super::{
    directory::{Directory, Endings, HeirOption, directory},
    review::{SheetOf, sheet_of},
    upload::note,
};
use crate::documents::{
    CONFIRMED,
    model::{self, Audience, Change, Mode, PartyRole, State, related},
    policy::Confirm,
    store::{self, Decision, Heir, PartyRow, Registered},
};

/// An agency or class that a paper names and that is no more.
#[derive(Debug, Clone)]
pub struct Gone {
    /// Its key (see [`store::PartyRow::source`]).
    pub source: String,
    /// As shown.
    pub label: String,
    /// In how many tasks it is named.
    pub tasks: usize,
    /// Who may carry on, the likeliest first.
    pub options: Vec<HeirOption>,
    /// The paper that ended it, when known.
    pub basis: String,
    /// The first option follows from the events.
    pub settled: bool,
}

/// What confirming a draft has to settle.
pub struct Preparation {
    /// The draft.
    pub sheet: SheetOf,
    /// Bodies that are no more.
    pub gone: Vec<Gone>,
    /// What is lacking, in sentences; confirmed only when accepted as it is.
    pub blanks: Vec<String>,
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
    let number = [sheet.document.number_key.clone()];
    let twins = store::registered(app.db.read(), permit, &number).await?;
    let twin = twins.iter().find(|twin| {
        !twin.number_key.is_empty()
            && twin.issued_on == sheet.document.issued_on
            && twin.issuer == sheet.document.issuer
            && sheet.document.previous_id != Some(twin.id)
    });
    blanks.extend(twin.map(|twin| format!("Sổ đã có {} {} cùng ngày, cùng cơ quan ban hành.", twin.kind, twin.number)));
    let today = app.clock.today();
    let endings = endings(app, &sheet, &directory).await?;
    let past = sheet.document.date().is_some_and(|date| chrono::Datelike::year(&date) < chrono::Datelike::year(&today));
    Ok(Preparation { gone: gone(&sheet, &directory, &endings), blanks, amendable, past, sheet })
}

fn blanks(sheet: &SheetOf) -> Vec<String> {
    let document = &sheet.document;
    let mut out = Vec::new();
    let fields = [
        (document.number.is_empty(), "Chưa có số, ký hiệu."),
        (document.issued_on == 0, "Chưa có ngày ban hành."),
        (document.kind.is_empty(), "Chưa có loại văn bản."),
        (document.title.is_empty(), "Chưa có trích yếu."),
        (document.issuer.is_empty(), "Chưa có cơ quan ban hành."),
    ];
    out.extend(fields.into_iter().filter(|(blank, _)| *blank).map(|(_, message)| message.to_owned()));
    let open = sheet.tasks.iter().filter(|one| one.task.state == "open").count();
    if open > 0 {
        out.push(format!("Còn {open} nhiệm vụ chưa nhận hoặc bỏ; xác nhận là nhận tất cả."));
    }
    let kept = sheet.tasks.iter().filter(|one| one.task.state != "dropped");
    let unresolved: HashSet<&str> = kept
        .flat_map(|one| &one.parties)
        .filter(|party| party.target == "none")
        .map(|party| party.words.as_str())
        .collect();
    if !unresolved.is_empty() {
        let mut names: Vec<&str> = unresolved.into_iter().collect();
        names.sort_unstable();
        let more = if names.len() > 5 { format!(" và {} tên khác", names.len() - 5) } else { String::new() };
        let names: Vec<&str> = names.into_iter().take(5).collect();
        out.push(format!("Chưa khớp cơ quan: {}{more}; sẽ không giao được cho các nơi này.", names.join("; ")));
    }
    let addressed = sheet.recipients.iter().any(|one| one.role == "addressee");
    let kept = sheet.tasks.iter().filter(|one| one.task.state != "dropped");
    let mut alone = kept.flat_map(|one| relatives(&one.parties).into_iter().filter(|(_, to)| to.is_empty()));
    if let Some((party, _)) = alone.find(|_| !addressed) {
        let words = &party.words;
        out.push(format!(
            "Chưa rõ “{words}” là của nơi nào: nhiệm vụ không nêu cơ quan khác, văn bản không có Kính gửi."
        ));
    }
    out
}

/// The relative parties of a task, each with those that it is relative to.
fn relatives(parties: &[PartyRow]) -> Vec<(&PartyRow, Vec<&PartyRow>)> {
    let roles: Vec<(PartyRole, bool)> = parties.iter().map(|one| (one.role(), one.target == "relative")).collect();
    let to = |one: &PartyRow| related(&roles, one.role()).into_iter().filter_map(|at| parties.get(at)).collect();
    parties.iter().filter(|one| one.target == "relative").map(|one| (one, to(one))).collect()
}

/// What is known about bodies of a paper that ended.
async fn endings(app: &App, sheet: &SheetOf, directory: &Directory) -> Result<Endings> {
    let parties = sheet.tasks.iter().flat_map(|one| &one.parties);
    let classes: HashSet<(&str, Uuid)> =
        parties.filter_map(|party| Some((party.class_key.as_str(), party.scope_id?))).collect();
    let codes: Vec<String> =
        classes.into_iter().flat_map(|(class, scope)| directory.heir_codes(class, scope)).collect();
    let c = app.db.read();
    let agencies: HashSet<Uuid> =
        sheet.tasks.iter().flat_map(|one| &one.parties).filter_map(|party| party.agency_id).collect();
    let bases = agencies.into_iter().filter_map(|id| Some((id, directory.basis_of_end(id)?))).collect();
    Ok(Endings { codes: store::by_codes(c, &codes).await?, bases })
}

fn gone(sheet: &SheetOf, directory: &Directory, endings: &Endings) -> Vec<Gone> {
    let mut found: BTreeMap<String, Gone> = BTreeMap::new();
    for one in sheet.tasks.iter().filter(|one| one.task.state != "dropped") {
        let mut counted = HashSet::new();
        for party in &one.parties {
            let Some(source) = party.source() else { continue };
            if !found.contains_key(&source) {
                let Some(ended) = directory.ended(party.agency_id, &party.class_key, party.scope_id, endings) else {
                    continue;
                };
                let label = if party.target == "agency" { party.label.clone() } else { party.words.clone() };
                let (options, basis, settled) = (ended.options, ended.basis, ended.settled);
                let gone = Gone { source: source.clone(), label, tasks: 0, options, basis, settled };
                found.insert(source.clone(), gone);
            }
            if let Some(gone) = found.get_mut(&source).filter(|_| counted.insert(source)) {
                gone.tasks += 1;
            }
        }
    }
    let mut found: Vec<Gone> = found.into_values().collect();
    found.sort_by_key(|gone| (gone.settled && !gone.basis.is_empty(), gone.label.clone()));
    found
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
    let mut heirs = Vec::new();
    for gone in preparation.gone.iter().filter(|_| wanted.mode == Some(Mode::InForce)) {
        let (value, basis) = wanted.heirs.get(&gone.source).cloned().unwrap_or_default();
        match gone.options.iter().find(|option| option.value == value) {
            None => errors.add("heirs", format!("Hãy chọn nơi tiếp nhận thay {}.", gone.label)),
            Some(_) if basis.trim().is_empty() => {
                errors.add("heirs", format!("Hãy ghi căn cứ tiếp nhận thay {}.", gone.label));
            }
            Some(option) => heirs.push(Heir {
                source: gone.source.clone(),
                source_label: gone.label.clone(),
                target: option.target.into(),
                agency_id: option.agency,
                class_key: option.class.clone(),
                scope_id: option.scope,
                label: option.label.clone(),
                basis: basis.trim().chars().take(300).collect(),
            }),
        }
    }
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
