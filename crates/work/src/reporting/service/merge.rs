//! Figures filled in away from the program: by workbook, or by a browser without a line.

use std::collections::BTreeMap;

use kernel::{Error, Permit, Result, Uuid};
use platform::{App, secrets};
use press::FormIdentity;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    draft::{Around, draft},
    fill::{open_to_maker, step, write},
    sight::{self, Sight},
    sources::beside,
    taken::{Taken, answered, once, take_in},
};
use crate::reporting::{
    model::{
        book::{Returned, lay_out, returned},
        evaluate::Beside,
        flow::Act,
        form::Form,
        merge::{Merged, Patch, merge},
        payload::Payload,
        value::Value,
    },
    policy::FillReports,
    store::{self, Report, Round},
};

/// How often to begin anew when others write at the same time.
const TRIES: usize = 4;

/// A report with patches brought in, not yet written.
fn merged(
    around: &Around,
    (row, form): (&Report, &Form),
    maker: Uuid,
    patches: Vec<Patch>,
) -> Result<(Report, Merged)> {
    open_to_maker(row)?;
    let mut payload = around.payload(row);
    let found = merge(form, &mut payload, &around.auto, &around.beside, patches);
    let mut next = row.clone();
    next.payload = serde_json::to_string(&payload).map_err(Error::internal)?;
    next.maker_id = Some(maker);
    Ok((next, found))
}

/// What a report is looked at together with, for the scripts of its page.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn beside_of(app: &App, sight: &Sight) -> Result<Beside> {
    Ok(beside(app, &sight.row, &sight.round, &sight.form, false).await?.0)
}

fn merged_detail(found: &Merged) -> String {
    json!({ "cells": found.saved }).to_string()
}

/// Brings patches into a report and keeps what can be kept.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is no longer with the maker.
pub(crate) async fn bring(app: &App, permit: &Permit<FillReports>, id: Uuid, patches: Vec<Patch>) -> Result<Merged> {
    for turn in 1.. {
        let (row, round, form) = sight::for_agency(app, permit, id).await?;
        let around = Around::of(app, &row, &round, &form).await?;
        let (next, found) = merged(&around, (&row, &form), permit.actor().user, patches.clone())?;
        if found.saved.is_empty() {
            return Ok(found);
        }
        let tx = app.db.begin().await?;
        match write(app, &tx, permit.actor(), (&row, &next), Act::Fill, "", &merged_detail(&found)).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(found);
            }
            Err(Error::Conflict(_)) if turn < TRIES => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::NotFound)
}

/// What a page says that had no line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Away {
    /// Made by the page: the same key gets the same answer.
    pub key: String,
    /// The very report.
    pub report: Uuid,
    /// Who filled it in; refused when another person is signed in.
    pub person: Uuid,
    /// What stood in the cells when the page was loaded: what others changed since is not overwritten but answered.
    pub base: BTreeMap<String, Option<Value>>,
    /// Cells; `null` empties one.
    pub values: BTreeMap<String, Option<Value>>,
    /// Why cells say something else than their sources.
    #[serde(default)]
    pub reasons: BTreeMap<String, String>,
}

/// Takes in what was filled in without a line: what nobody else changed is kept, the rest is answered, each time the same.
///
/// # Errors
/// See [`super::intake`].
pub(crate) async fn bring_in(app: &App, permit: &Permit<FillReports>, away: &Away) -> Result<String> {
    let key = once(&away.key)?;
    if away.person != permit.actor().user {
        return Err(Error::Conflict("Trình duyệt đang đăng nhập bằng tài khoản khác với người đã điền.".into()));
    }
    let (row, round, form) = sight::for_agency(app, permit, away.report).await?;
    let agency = row.agency_id;
    let digest = secrets::sha256(serde_json::to_string(away).map_err(Error::internal)?.as_bytes());
    if let Some(answer) = answered(app, agency, key, &digest).await? {
        return Ok(answer);
    }
    let patch = |(cell, mine): (&String, &Option<Value>)| Patch {
        cell: cell.clone(),
        was: away.base.get(cell).cloned().flatten(),
        mine: mine.clone(),
        reason: away.reasons.get(cell).cloned(),
    };
    let patches = away.values.iter().map(patch).collect();
    let around = Around::of(app, &row, &round, &form).await?;
    let (next, found) = merged(&around, (&row, &form), permit.actor().user, patches)?;
    let answer = answer(&form, &next, &found);
    let steps = if found.saved.is_empty() { Vec::new() } else { vec![(Act::Fill, merged_detail(&found))] };
    take_in(app, permit.actor(), Taken { key: key.to_owned(), digest, answer, old: row, new: next, steps }).await
}

fn answer(form: &Form, row: &Report, found: &Merged) -> String {
    let refused = found.refused.iter().map(|(patch, message)| json!({ "cell": patch.cell, "message": message }));
    let conflicts = found.clashes.iter().map(|(patch, theirs)| {
        json!({ "cell": patch.cell, "label": form.named(&patch.cell), "mine": patch.mine, "theirs": theirs })
    });
    json!({
        "report": row.id,
        "state": row.state,
        "saved": found.saved,
        "refused": refused.collect::<Vec<_>>(),
        "conflicts": conflicts.collect::<Vec<_>>(),
    })
    .to_string()
}

async fn identity(app: &App, row: &Report, round: &Round, form: &Form) -> Result<FormIdentity> {
    let source = store::form_source(app.db.read(), round.form_id).await?.ok_or(Error::NotFound)?;
    Ok(FormIdentity {
        form: form.key.clone(),
        version: form.version.to_string(),
        period: format!("{} {}", round.period_key, round.stage),
        agency: row.agency_id.to_string(),
        hash: secrets::sha256(source.as_bytes()),
        report: row.id.to_string(),
    })
}

/// The report as a workbook to be filled in, with its name.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it is not with the maker.
pub(crate) async fn workbook(app: &App, permit: &Permit<FillReports>, id: Uuid) -> Result<(String, Vec<u8>)> {
    let (row, round, form) = sight::for_agency(app, permit, id).await?;
    step(&row, Act::Fill)?;
    let now = draft(app, &row, &round, &form).await?;
    let identity = identity(app, &row, &round, &form).await?;
    let code =
        if form.code.is_empty() { form.name.clone() } else { format!("Biểu số {}: {}", form.code, form.name) };
    let titles = vec![
        code,
        format!("Kỳ báo cáo: {}", round.period_label),
        format!("Đơn vị lập: {}; nơi nhận: {}", row.agency_name, row.parent_name),
        format!(
            "Chỉ điền ô nền vàng: ghi số, “{}” hoặc “{}”; để trống là chưa có số liệu. Xong thì nộp lại ở trang điền số liệu.",
            press::NONE,
            press::UNASSIGNED
        ),
    ];
    let name = format!("bieu-{}-{}.xlsx", form.key, round.period_key);
    let payload = Payload { values: now.values, auto: now.auto, reasons: now.reasons, cover: now.cover };
    let book = lay_out(&form, identity, titles, &payload);
    Ok((name, press::write_form_book(&book).map_err(Error::internal)?))
}

/// Reads a workbook that came back for a report.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`], [`Error::Invalid`] when it is no workbook or that of another report.
pub(crate) async fn read_workbook(app: &App, permit: &Permit<FillReports>, id: Uuid, bytes: &[u8]) -> Result<Returned> {
    let wrong = |message: String| Error::invalid("tep", message);
    let (row, round, form) = sight::for_agency(app, permit, id).await?;
    step(&row, Act::Fill)?;
    if bytes.is_empty() {
        return Err(wrong("Hãy chọn tệp Excel (.xlsx) đã điền.".into()));
    }
    let (told, entries) = press::read_form_book(bytes).map_err(|error| wrong(format!("{error}.")))?;
    let own = identity(app, &row, &round, &form).await?;
    let message = if told.form != own.form {
        format!("Tệp này là biểu “{}”, không phải biểu “{}” của báo cáo này.", told.form, own.form)
    } else if (&told.version, &told.hash) != (&own.version, &own.hash) {
        format!("Tệp này theo bản {} của biểu, báo cáo này theo bản {}.", told.version, own.version)
    } else if told.agency != own.agency {
        format!("Tệp này là biểu của cơ quan khác, không phải của {}.", row.agency_name)
    } else if told.period != own.period {
        format!("Tệp này là biểu của kỳ khác, không phải {}.", round.period_label)
    } else if told.report != own.report {
        "Tệp này thuộc bản trước của báo cáo, trước khi đính chính.".to_owned()
    } else {
        return Ok(returned(&form, &entries));
    };
    Err(wrong(format!("{message} Hãy tải biểu Excel ở đúng trang điền số liệu rồi điền lại.")))
}
