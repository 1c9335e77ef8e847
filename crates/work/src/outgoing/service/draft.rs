//! Beginning a paper, writing it, looking at its figures.

use std::collections::BTreeMap;

use ::store::Tx;
use kernel::{Actor, Error, Permit, Result, Uuid, new_id};
use platform::{
    App,
    audit::{self, Entry},
};
use records::agencies::{Letterhead, abbreviation, is_committee, letterhead};
use serde_json::json;

use super::sight::{acting, at, draft_of, stands};
use crate::{
    outgoing::{
        model::{
            State,
            compose::{Composed, Finding, Source},
            draft::Draft,
            signer::head_of,
            template::{Template, template, templates},
        },
        policy::DraftPapers,
        store::{self, NewPaper, Paper},
    },
    reporting::{policy::ReadReports, service as reporting, service::Round},
};

/// What a new paper is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Creating<'a> {
    /// Key of the template.
    pub template: &'a str,
    /// The round.
    pub round: Uuid,
    /// The agency whose figures it tells.
    pub node: Uuid,
    /// The agency that writes it.
    pub owner: Uuid,
}

pub(super) fn seen_of(sources: &BTreeMap<String, Source>) -> Result<String> {
    let seen: BTreeMap<&String, &String> = sources.iter().map(|(id, source)| (id, &source.text)).collect();
    serde_json::to_string(&seen).map_err(Error::internal)
}

/// Adds to history and trail.
pub(super) async fn note(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    id: Uuid,
    kind: (&str, &'static str),
    body: &str,
) -> Result<()> {
    store::insert_step(tx, app.clock.now(), actor, id, kind.0, body).await?;
    let entry = Entry { action: kind.1, subject: "outgoing", id: Some(id), detail: json!({}) };
    audit::record(&**tx, &*app.clock, actor, entry).await
}

pub(super) fn faster() -> Error {
    Error::Conflict("Người khác vừa thay đổi văn bản này. Hãy tải lại trang rồi làm tiếp.".into())
}

/// Begins a paper from a template and a round; its id.
///
/// # Errors
/// [`Error::NotFound`] for a round or agency out of sight, [`Error::Invalid`] when they do not go together.
pub(crate) async fn create(app: &App, permit: &Permit<DraftPapers>, wanted: Creating<'_>) -> Result<Uuid> {
    let template = template(wanted.template).ok_or_else(|| Error::invalid("mau", "Hãy chọn một mẫu."))?;
    if !at(permit, wanted.owner) {
        return Err(Error::NotFound);
    }
    let read = Permit::<ReadReports>::of(permit.actor()).ok_or(Error::NotFound)?;
    let round = reporting::round_in_sight(app, &read, wanted.round).await?;
    if !reporting::reaches(app, &read, round.id, wanted.node).await? {
        return Err(Error::NotFound);
    }
    let rank = reporting::rank(app, &round, wanted.node).await?;
    let rank = rank.filter(|rank| template.fits(&round.form_key, &round.rule, &rank.level));
    let Some(rank) = rank else {
        let message = "Mẫu này không lập được từ biểu, kỳ và cấp của cơ quan đã chọn; hãy chọn mẫu khác.";
        return Err(Error::invalid("mau", message));
    };
    let issuer = letterhead(app.db.read(), wanted.owner).await?.ok_or(Error::NotFound)?;
    let node = letterhead(app.db.read(), wanted.node).await?.ok_or(Error::NotFound)?;
    let draft = begin(template, &issuer, rank.receiver.as_deref());
    let mut paper = blank(&wanted, template, permit.actor());
    (paper.owner_name, paper.node_name) = (issuer.name, node.name);
    let (composed, ..) = stands(app, &paper, template, &draft).await.map_err(|error| match error {
        Error::Conflict(message) => Error::invalid("ky", message),
        other => other,
    })?;
    let tx = app.db.begin().await?;
    let new = NewPaper {
        id: paper.id,
        owner: wanted.owner,
        node: wanted.node,
        round: wanted.round,
        template: (&template.key, template.version),
        fragment: template.fragment,
        title: &composed.paper.title,
        draft: &serde_json::to_string(&draft).map_err(Error::internal)?,
        seen: &seen_of(&composed.sources)?,
        symbol: &draft.symbol,
        generated: round.generated,
    };
    store::insert_paper(&tx, app.clock.now(), permit.actor(), new).await?;
    note(app, &tx, permit.actor(), paper.id, ("create", "outgoing.create"), &template.name).await?;
    tx.commit().await?;
    Ok(paper.id)
}

/// A paper that is not kept yet.
fn blank(wanted: &Creating<'_>, template: &Template, actor: &Actor) -> Paper {
    Paper {
        id: new_id(),
        owner_id: wanted.owner,
        owner_name: String::new(),
        node_id: wanted.node,
        node_name: String::new(),
        round_id: wanted.round,
        template_key: template.key.clone(),
        fragment: template.fragment,
        title: String::new(),
        state: State::Draft.key().to_owned(),
        draft: String::new(),
        seen: String::new(),
        frozen: String::new(),
        version: 0,
        maker_id: actor.user,
        maker_name: actor.name.clone(),
        number: None,
        symbol: String::new(),
        issued_on: None,
        signer: String::new(),
        generated: false,
    }
}

/// The templates that fit a round at an agency on a day.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn fitting(app: &App, round: &Round, node: Uuid) -> Result<Vec<&'static Template>> {
    let Some(rank) = reporting::rank(app, round, node).await? else { return Ok(Vec::new()) };
    let today = app.clock.today();
    let fits = |one: &&Template| one.valid_on(today) && one.fits(&round.form_key, &round.rule, &rank.level);
    Ok(templates().iter().filter(fits).collect())
}

/// Is there a template for a round at an agency?
///
/// # Errors
/// When the database refuses.
pub(crate) async fn can_begin(app: &App, round: Uuid, node: Uuid) -> Result<bool> {
    let round = reporting::round_of(app, round).await?;
    Ok(!fitting(app, &round, node).await?.is_empty())
}

/// The template's text with head and foot of the agency that writes it; unless the template names somebody it goes to the one that receives its
/// reports, or to the one above it.
fn begin(template: &Template, issuer: &Letterhead, receiver: Option<&str>) -> Draft {
    let mut draft = template.draft.clone();
    draft.superior = issuer.superior.clone();
    if draft.addressees.is_empty() && !template.fragment {
        let above = receiver.or(issuer.above.as_deref());
        draft.addressees = above.into_iter().map(str::to_owned).collect();
    }
    draft.addressees.retain(|name| *name != issuer.name);
    if let Some(head) = head_of(&issuer.name) {
        head.clone_into(&mut draft.position);
    }
    draft.issuer = issuer.issuer.clone();
    draft.place = issuer.place.clone();
    if !draft.symbol.is_empty() {
        draft.symbol = format!("{}-{}", draft.symbol, abbreviation(&issuer.name));
    }
    if !is_committee(&issuer.name) {
        draft.authority.retain(|line| !line.contains("ỦY BAN"));
    }
    draft
}

/// Keeps what was written.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is no draft or somebody else was faster.
pub(crate) async fn save(app: &App, permit: &Permit<DraftPapers>, id: Uuid, version: i64, draft: &Draft) -> Result<()> {
    let (row, template) = acting(app, permit, id, &[State::Draft]).await?;
    if row.version != version {
        return Err(faster());
    }
    let (composed, ..) = stands(app, &row, template, draft).await?;
    let mut next = row.clone();
    next.draft = serde_json::to_string(draft).map_err(Error::internal)?;
    next.title.clone_from(&composed.paper.title);
    next.symbol.clone_from(&draft.symbol);
    next.seen = seen_of(&composed.sources)?;
    (next.maker_id, next.maker_name) = (permit.actor().user, permit.actor().name.clone());
    let tx = app.db.begin().await?;
    if !store::change(&tx, &row, &next, None, app.clock.now()).await? {
        return Err(faster());
    }
    let entry = Entry { action: "outgoing.save", subject: "outgoing", id: Some(id), detail: json!({}) };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await
}

/// What a draft would print, without keeping it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`].
pub(crate) async fn preview(
    app: &App,
    permit: &Permit<DraftPapers>,
    id: Uuid,
    draft: &Draft,
) -> Result<(Composed, Vec<Finding>)> {
    let (row, template) = acting(app, permit, id, &[State::Draft]).await?;
    let (composed, findings, _) = stands(app, &row, template, draft).await?;
    Ok((composed, findings))
}

/// Takes note that somebody looked at the figures as they are now.
///
/// # Errors
/// See [`save`].
pub(crate) async fn looked(app: &App, permit: &Permit<DraftPapers>, id: Uuid) -> Result<()> {
    let (row, template) = acting(app, permit, id, &[State::Draft]).await?;
    let (composed, ..) = stands(app, &row, template, &draft_of(&row)).await?;
    let mut next = row.clone();
    next.seen = seen_of(&composed.sources)?;
    let tx = app.db.begin().await?;
    if !store::change(&tx, &row, &next, None, app.clock.now()).await? {
        return Err(faster());
    }
    tx.commit().await
}

/// Throws a draft away.
///
/// # Errors
/// See [`save`].
pub(crate) async fn discard(app: &App, permit: &Permit<DraftPapers>, id: Uuid) -> Result<()> {
    let (row, _) = acting(app, permit, id, &[State::Draft]).await?;
    let tx = app.db.begin().await?;
    if !store::delete(&tx, &row).await? {
        return Err(faster());
    }
    let detail = json!({ "title": row.title });
    let entry = Entry { action: "outgoing.discard", subject: "outgoing", id: Some(id), detail };
    audit::record(&*tx, &*app.clock, permit.actor(), entry).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::{Letterhead, begin, template};

    #[test]
    fn a_ministry_prints_nobody_above_it_and_never_writes_to_itself() {
        let issuer = |name: &str, kind: &str, above: &str| Letterhead::of(name, kind, Some(above), None);
        let ministry = issuer("Bộ Tư pháp", "ministry", "Chính phủ");
        let draft = begin(template("bao-cao-pbgdpl-toan-quoc").expect("a template"), &ministry, None);
        assert_eq!((draft.superior.as_str(), draft.issuer.as_str()), ("", "Bộ Tư pháp"));
        assert_eq!((draft.place.as_str(), draft.position.as_str()), ("Hà Nội", "Bộ trưởng"));
        assert_eq!(draft.addressees, ["Thủ tướng Chính phủ"]);
        let wide = template("bao-cao-tong-hop-cap-xa").expect("a template");
        assert_eq!(begin(wide, &ministry, None).addressees, ["Chính phủ"]);
        let department = issuer("Sở Tư pháp tỉnh Mẫu", "department", "Ủy ban nhân dân tỉnh Mẫu");
        let draft = begin(wide, &department, Some("Bộ Tư pháp"));
        assert_eq!((draft.superior.as_str(), draft.issuer.as_str()), ("Ủy ban nhân dân tỉnh Mẫu", "Sở Tư pháp"));
        assert_eq!(
            (draft.addressees.as_slice(), draft.position.as_str()),
            (&["Bộ Tư pháp".to_owned()][..], "Giám đốc")
        );
        assert_eq!(draft.symbol, "BC-STP");
        let commune = issuer("Ủy ban nhân dân xã Mẫu", "committee", "Ủy ban nhân dân tỉnh Mẫu");
        let draft = begin(template("bao-cao-pbgdpl-don-vi").expect("a template"), &commune, Some("Sở Tư pháp"));
        assert_eq!((draft.superior.as_str(), draft.position.as_str()), ("", "Chủ tịch"));
        assert_eq!(draft.authority, ["TM. ỦY BAN NHÂN DÂN"]);
    }
}
