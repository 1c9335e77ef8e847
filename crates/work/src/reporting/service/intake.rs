//! Reports from machines and offline pages: the same rules as the page, and the same answer however often one is sent.

use std::collections::BTreeMap;

use kernel::{Actor, Error, Permit, Result, Uuid};
use platform::{App, secrets};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    draft::Around,
    fill::{Filling, checked, filled, filled_detail, finished, sent},
    form_of,
    sight::at,
    taken::{Taken, answered, once, take_in},
};
use crate::reporting::{
    model::{flow::Act, value::Value},
    policy::{CheckReports, FillReports, SignReports},
    store::{self, Over},
};

/// What is sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Incoming {
    /// Made by the sender, once for each report: the same key gets the same answer.
    pub key: String,
    /// Key of the form.
    pub form: String,
    /// Key of the period.
    pub period: String,
    /// "official" or "estimate"; without it the official issue is preferred.
    #[serde(default)]
    pub stage: Option<String>,
    /// The plan on which the report looks back, for forms of final reviews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Uuid>,
    /// Whose report; may be left out by those who work for one agency only.
    #[serde(default)]
    pub agency: Option<Uuid>,
    /// Version on which it was based; without it the newest.
    #[serde(default)]
    pub version: Option<i64>,
    /// Cells; `null` empties one.
    pub values: BTreeMap<String, Option<Value>>,
    /// Why cells say something else than their sources.
    #[serde(default)]
    pub reasons: BTreeMap<String, String>,
    /// "save" (default), "finish" or "send".
    #[serde(default, rename = "do")]
    pub act: String,
}

/// Takes a report in; the answer as JSON.
///
/// # Errors
/// [`Error::NotFound`] when there is no such report for the person, [`Error::Invalid`] by cell, [`Error::Conflict`] for a key used for
/// something else and for reports that are no longer with the maker.
pub(crate) async fn intake(app: &App, permit: &Permit<FillReports>, incoming: &Incoming) -> Result<String> {
    let key = once(&incoming.key)?;
    let agency = match (incoming.agency, permit.roots()) {
        (Some(agency), _) => agency,
        (None, [only]) => *only,
        _ => return Err(Error::invalid("agency", "Hãy ghi cơ quan lập báo cáo (agency).")),
    };
    if !at(permit, agency) {
        return Err(Error::NotFound);
    }
    let digest = secrets::sha256(serde_json::to_string(incoming).map_err(Error::internal)?.as_bytes());
    if let Some(answer) = answered(app, agency, key, &digest).await? {
        return Ok(answer);
    }
    let stage = incoming.stage.as_deref();
    let named = (incoming.form.as_str(), incoming.period.as_str());
    let held = store::report_named(app.db.read(), agency, named, stage, Over::Plan(incoming.programme)).await?;
    let store::Held { report: row, round } = held.ok_or(Error::NotFound)?;
    let form = form_of(app, round.form_id).await?;
    let filling =
        Filling { version: incoming.version, values: incoming.values.clone(), reasons: incoming.reasons.clone() };
    let actor = permit.actor();
    let around = Around::of(app, &row, &round, &form).await?;
    let mut next = filled(&around, &row, &form, actor.user, &filling)?;
    let mut steps = vec![(Act::Fill, filled_detail(&filling))];
    if matches!(incoming.act.as_str(), "finish" | "send") {
        next = finished(&around, &next, &form, actor.user)?;
        steps.push((Act::Finish, "{}".to_owned()));
    }
    if incoming.act == "send" {
        allowed(actor, agency)?;
        next = checked(&next, actor)?;
        next = sent(app, &around, &next, &form, actor)?;
        steps.extend([(Act::Check, "{}".to_owned()), (Act::Send, "{}".to_owned())]);
    }
    let findings: Vec<_> = around
        .draft(&next, &form)?
        .findings
        .into_iter()
        .map(|finding| json!({ "severity": finding.severity, "message": finding.message, "cells": finding.cells }))
        .collect();
    let answer =
        json!({ "report": row.id, "state": next.state, "version": row.version + 1, "findings": findings }).to_string();
    take_in(app, actor, Taken { key: key.to_owned(), digest, answer, old: row, new: next, steps }).await
}

fn allowed(actor: &Actor, agency: Uuid) -> Result<()> {
    let checks = Permit::<CheckReports>::of(actor).is_some_and(|permit| at(&permit, agency));
    let signs = Permit::<SignReports>::of(actor).is_some_and(|permit| at(&permit, agency));
    if checks && signs { Ok(()) } else { Err(Error::Denied) }
}
