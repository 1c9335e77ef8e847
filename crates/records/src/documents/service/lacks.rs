//! What a draft still lacks when it is about to be confirmed, and whether the register has it already.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Action, Permit, Result, text};
use platform::App;

use super::review::SheetOf;
use crate::documents::{
    model::{PartyRole, related},
    store::{self, Document, PartyRow, Registered},
};

/// Names told in one sentence.
const MOST: usize = 5;

/// The registered paper with the same number, day and issuer.
///
/// # Errors
/// When the database refuses.
pub(in crate::documents) async fn twin<A: Action>(
    app: &App,
    permit: &Permit<A>,
    document: &Document,
) -> Result<Option<Registered>> {
    if document.number_key.is_empty() {
        return Ok(None);
    }
    let found = store::registered(app.db.read(), permit, std::slice::from_ref(&document.number_key)).await?;
    let issuer = text::fold(&document.issuer);
    Ok(found.into_iter().find(|one| {
        one.issued_on == document.issued_on && text::fold(&one.issuer) == issuer && document.previous_id != Some(one.id)
    }))
}

/// What is lacking, in sentences; to be accepted as it is.
pub(super) fn blanks(sheet: &SheetOf) -> Vec<String> {
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
    let unknown = kept.flat_map(|one| &one.parties).filter(|party| party.target == "none");
    let leads: BTreeSet<&str> =
        unknown.filter(|party| party.role() == PartyRole::Lead).map(|party| party.words.as_str()).collect();
    if !leads.is_empty() {
        let more = leads.len().saturating_sub(MOST);
        let names = leads.into_iter().take(MOST).collect::<Vec<_>>().join("; ");
        let names = if more > 0 { format!("{names} và {more} tên khác") } else { names };
        out.push(format!("Chưa khớp cơ quan chủ trì: {names}; sẽ không giao được cho các nơi này."));
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

/// Who gets nothing to do although the paper names them, in sentences; the paper is confirmed all the same.
pub(super) fn left_out(sheet: &SheetOf) -> Vec<String> {
    let mut found: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for one in sheet.tasks.iter().filter(|one| one.task.state != "dropped") {
        let unresolved = one.parties.iter().filter(|party| party.unresolved());
        for party in unresolved.filter(|party| party.target == "related" || party.role() == PartyRole::Coordinating) {
            found.entry(&party.words).or_default().insert(one.task.position);
        }
    }
    let more = found.len().saturating_sub(MOST);
    let line = |(words, tasks): (&str, BTreeSet<i64>)| format!("“{words}” ({} nhiệm vụ)", tasks.len());
    let mut out: Vec<String> = found.into_iter().take(MOST).map(line).collect();
    if more > 0 {
        out.push(format!("và {more} cách gọi khác"));
    }
    out
}

/// The relative parties of a task, each with those that it is relative to.
pub(super) fn relatives(parties: &[PartyRow]) -> Vec<(&PartyRow, Vec<&PartyRow>)> {
    let roles: Vec<(PartyRole, bool)> = parties.iter().map(|one| (one.role(), one.target == "relative")).collect();
    let to = |one: &PartyRow| related(&roles, one.role()).into_iter().filter_map(|at| parties.get(at)).collect();
    parties.iter().filter(|one| one.target == "relative").map(|one| (one, to(one))).collect()
}
