//! Before the head of the agency: handing in, giving back, signing. Signing freezes words and figures.

use chrono::{Datelike, NaiveDate};
use kernel::{Actor, Error, FieldErrors, Permit, Result, Uuid, time};
use platform::App;
use records::accounts::service::directory;

use super::{
    draft::{faster, note},
    facts,
    sight::{acting, draft_of, stands},
};
use crate::{
    outgoing::{
        model::{
            State,
            compose::{Finding, Signing, compose},
            signer,
        },
        policy::DraftPapers,
        store::{self, Paper},
    },
    reporting::{
        model::form::Severity,
        policy::{ReadReports, SignReports},
        service as reporting,
    },
};

/// What the head decides.
#[derive(Debug, Clone, Default)]
pub(crate) struct Approval {
    /// The number.
    pub number: u32,
    /// The date.
    pub date: NaiveDate,
    /// Who signs.
    pub signer: String,
    /// As what.
    pub position: String,
    /// The lines over that; what follows from the position when none are given.
    pub authority: Option<Vec<String>>,
}

/// What is proposed to the head for signing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Proposal {
    /// The next number that is free this year.
    pub number: i64,
    /// Who signs.
    pub signer: String,
    /// As what.
    pub position: String,
    /// The lines over that.
    pub authority: Vec<String>,
}

/// What is proposed to the person who signs: the account's name and position, unless the draft names a signer.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn proposal(app: &App, actor: &Actor, row: &Paper) -> Result<Proposal> {
    let draft = draft_of(row);
    let year = i64::from(app.clock.today().year());
    let number = store::next_number(app.db.read(), row.owner_id, year, &draft.symbol).await?;
    let (mut signer, mut position) = (draft.signer.clone(), draft.position.clone());
    if signer.is_empty() {
        signer.clone_from(&actor.name);
        let account = directory::position_of(app, actor.user).await?;
        let short = signer::position(&account, &row.owner_name);
        if !short.is_empty() {
            position = short;
        }
    }
    Ok(Proposal { number, authority: signer::authority(&draft.authority, &position), signer, position })
}

fn blocking(findings: &[Finding]) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (n, finding) in findings.iter().filter(|finding| finding.severity == Severity::Error).take(20).enumerate() {
        errors.add(&format!("kiem-tra-{n}"), finding.message.clone());
    }
    errors.into_result(())
}

/// The maker puts the paper before the head. Only the signer may still be open.
///
/// # Errors
/// [`Error::Invalid`] with everything that keeps it from being signed, [`Error::NotFound`], [`Error::Conflict`].
pub(crate) async fn hand_in(app: &App, permit: &Permit<DraftPapers>, id: Uuid) -> Result<()> {
    let (row, template) = acting(app, permit, id, &[State::Draft]).await?;
    if row.fragment {
        let message = "Phần lồng ghép không ký riêng; hãy tải về và đưa vào báo cáo chung.";
        return Err(Error::Conflict(message.into()));
    }
    let mut draft = draft_of(&row);
    for open in [&mut draft.signer, &mut draft.position] {
        if open.is_empty() {
            "…".clone_into(open);
        }
    }
    let (_, findings, _) = stands(app, &row, template, &draft).await?;
    blocking(&findings)?;
    let mut next = row.clone();
    State::Waiting.key().clone_into(&mut next.state);
    (next.maker_id, next.maker_name) = (permit.actor().user, permit.actor().name.clone());
    let tx = app.db.begin().await?;
    if !store::change(&tx, &row, &next, None, app.clock.now()).await? {
        return Err(faster());
    }
    note(app, &tx, permit.actor(), id, ("hand_in", "outgoing.hand_in"), "").await?;
    tx.commit().await
}

/// The head gives the paper back to its maker.
///
/// # Errors
/// [`Error::Invalid`] without a reason, [`Error::NotFound`], [`Error::Conflict`].
pub(crate) async fn give_back(app: &App, permit: &Permit<SignReports>, id: Uuid, reason: &str) -> Result<()> {
    let (row, _) = acting(app, permit, id, &[State::Waiting]).await?;
    if reason.is_empty() {
        return Err(Error::invalid("ly_do", "Hãy nêu lý do trả người soạn."));
    }
    let mut next = row.clone();
    State::Draft.key().clone_into(&mut next.state);
    let tx = app.db.begin().await?;
    if !store::change(&tx, &row, &next, None, app.clock.now()).await? {
        return Err(faster());
    }
    note(app, &tx, permit.actor(), id, ("give_back", "outgoing.give_back"), reason).await?;
    tx.commit().await
}

/// The head signs: number, date and signer are set, every figure is read once more and frozen.
///
/// # Errors
/// [`Error::Invalid`] while an error stands, [`Error::Conflict`] when the number is taken or the maker would sign their own paper.
pub(crate) async fn sign(app: &App, permit: &Permit<SignReports>, id: Uuid, approval: &Approval) -> Result<()> {
    let (row, template) = acting(app, permit, id, &[State::Waiting]).await?;
    if row.maker_id == permit.actor().user && !reporting::combined(app, row.owner_id).await? {
        return Err(Error::Conflict(
            "Người soạn và người ký duyệt phải là hai người khác nhau, trừ khi cơ quan cho phép kiêm nhiệm (mục Thiết lập của Báo cáo).".into(),
        ));
    }
    let mut draft = draft_of(&row);
    (draft.signer, draft.position) = (approval.signer.clone(), approval.position.clone());
    let given = approval.authority.clone();
    draft.authority = given.unwrap_or_else(|| signer::authority(&draft.authority, &draft.position));
    if let Some(message) = signer::fault(&draft.authority, &draft.position) {
        return Err(Error::invalid("tham_quyen", message));
    }
    let facts = facts::load(app, &row, template, &draft).await?;
    let signing = Signing { number: Some(approval.number), date: Some(approval.date), year: None };
    let (composed, findings) = compose(&draft, &facts, &signing, row.fragment);
    blocking(&findings)?;
    let read = Permit::<ReadReports>::of(permit.actor()).ok_or(Error::NotFound)?;
    let (owner, round, node) = (row.owner_id, row.round_id, row.node_id);
    // Nobody opens to oneself or others, by citing it, what one may not read without.
    let mut cited = Vec::new();
    for other in facts.rounds() {
        if other == round || reporting::reaches(app, &read, other, node).await? {
            cited.push(other);
        }
    }
    let mut next = row.clone();
    State::Signed.key().clone_into(&mut next.state);
    next.frozen = serde_json::to_string(&composed).map_err(Error::internal)?;
    next.draft = serde_json::to_string(&draft).map_err(Error::internal)?;
    next.title.clone_from(&composed.paper.title);
    next.symbol.clone_from(&draft.symbol);
    next.number = Some(i64::from(approval.number));
    next.issued_on = Some(time::date_to_int(approval.date));
    next.signer.clone_from(&approval.signer);
    let tx = app.db.begin().await?;
    let year = i64::from(approval.date.year());
    let changed = store::change(&tx, &row, &next, Some(year), app.clock.now()).await.map_err(|error| match error {
        Error::Conflict(_) => Error::Conflict(format!(
            "Số {} của ký hiệu {} trong năm {year} đã dùng; hãy lấy số khác.",
            approval.number, draft.symbol
        )),
        other => other,
    })?;
    if !changed {
        return Err(faster());
    }
    reporting::cite(&tx, &reporting::Citing { paper: id, owner, round, node, cited: &cited }).await?;
    let body = format!("Số {:02}/{} ngày {}", approval.number, draft.symbol, time::display_date(approval.date));
    note(app, &tx, permit.actor(), id, ("sign", "outgoing.sign"), &body).await?;
    tx.commit().await
}
