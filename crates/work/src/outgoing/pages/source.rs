//! Behind a figure over activities or plans: the activities or obligations that are counted, each leading to its record and evidence.

use askama::Template;
use axum::extract::{Path, Query, State as Ctx};
use kernel::{Error, Page, Paging, Permit, Uuid, text::display_number, time};
use platform::{
    App,
    web::{Chrome, Result, day, page as show},
};
use records::documents::place;

use crate::{
    outgoing::{
        forms::PageQuery,
        model::{
            compose::{Composed, Source},
            number,
            reference::{plan_figure, plan_key},
        },
        policy::ReadPapers,
        service,
        store::Paper,
    },
    plans::{model::state::State, service as plans},
    reporting::model::{form::PlanFigure, value::display},
};

/// An activity behind the figure.
struct Row {
    id: Uuid,
    title: String,
    kind: String,
    day: String,
    place: String,
    owner: String,
    amount: String,
}

/// Words of the paper that several wrote, and where.
#[derive(Template)]
#[template(path = "outgoing/templates/writers.html")]
struct WritersPage {
    p: Chrome,
    row: Paper,
    source: Source,
}

/// The figure of a signed paper beside what the records say now.
struct Since {
    signed: String,
    now: String,
    /// With its sign; empty when there is none.
    difference: String,
}

impl Since {
    /// None before the paper is signed, and where it does not tell the figure.
    fn of(row: &Paper, reference: &str, now: f64) -> Option<Self> {
        let frozen: Composed = serde_json::from_str(&row.frozen).ok()?;
        let signed = frozen.sources.get(reference)?.text.clone();
        let difference = now - number(&signed)?;
        let sign = if difference > 0.0 { "+" } else { "" };
        let difference = if difference == 0.0 { String::new() } else { format!("{sign}{}", display(difference)) };
        Some(Self { signed, now: display(now), difference })
    }
}

#[derive(Template)]
#[template(path = "outgoing/templates/source.html")]
struct SourcePage {
    p: Chrome,
    row: Paper,
    label: String,
    since: Option<Since>,
    total: u64,
    rows: Vec<Row>,
    next: Option<u32>,
}

/// An obligation behind a figure over plans.
struct Duty {
    id: Uuid,
    title: String,
    plan: String,
    agency: String,
    due: String,
    state: &'static str,
    done: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "outgoing/templates/duties.html")]
struct DutiesPage {
    p: Chrome,
    row: Paper,
    label: &'static str,
    since: Option<Since>,
    list: Page<Duty>,
}

#[expect(clippy::cast_precision_loss, reason = "counts of obligations")]
async fn duties(app: &App, p: Chrome, row: Paper, figure: PlanFigure, paging: Paging) -> Result {
    let found = service::duties(app, &row, figure, paging).await?;
    let since = Since::of(&row, plan_key(figure), found.total as f64);
    let duty = |line: plans::Line| {
        let state = State::from_key(&line.state).unwrap_or(State::Ended);
        Duty {
            id: line.id,
            title: format!("{} {}", place(&line.anchor), line.title),
            plan: line.plan_number,
            agency: line.agency_name,
            due: day(line.due_date),
            state: state.label(),
            late: line.done_on.is_some_and(|done| done > line.due_date),
            done: line.done_on.map(day).unwrap_or_default(),
        }
    };
    let list = Page { rows: found.rows.into_iter().map(duty).collect(), total: found.total, paging: found.paging };
    let label = match figure {
        PlanFigure::Assigned => "Nhiệm vụ đến hạn trong kỳ",
        PlanFigure::Done => "Nhiệm vụ đến hạn trong kỳ đã hoàn thành",
        PlanFigure::InTime => "Nhiệm vụ đến hạn trong kỳ hoàn thành đúng hạn",
        PlanFigure::Late => "Nhiệm vụ đến hạn trong kỳ chậm hạn",
        PlanFigure::Open => "Nhiệm vụ đến hạn trong kỳ chưa hoàn thành",
    };
    show(&DutiesPage { p, row, label, since, list })
}

/// `GET /van-ban-di/{id}/nguon/{key}`: not for those who may see only their own part.
#[expect(clippy::cast_precision_loss, reason = "counts and turns, far below 2^53")]
pub(in crate::outgoing) async fn page(
    Ctx(app): Ctx<App>,
    p: Chrome,
    permit: Permit<ReadPapers>,
    Path((id, key)): Path<(Uuid, String)>,
    Query(query): Query<PageQuery>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    if sight.own.is_some() {
        return Err(Error::NotFound.into());
    }
    if let Some(figure) = plan_figure(&key) {
        return duties(&app, p, sight.row, figure, Paging::new(query.trang)).await;
    }
    if !sight.template.measures.contains_key(&key) {
        let whole = service::whole(&app, &sight).await?;
        let source = whole.composed.sources.get(&key).filter(|source| !source.writers.is_empty());
        return show(&WritersPage { source: source.cloned().ok_or(Error::NotFound)?, row: sight.row, p });
    }
    let (label, now, found) = service::behind(&app, &sight.row, sight.template, &key, Paging::new(query.trang)).await?;
    let since = Since::of(&sight.row, &format!("hd.{key}"), now as f64);
    let (total, next) = (found.total, found.next());
    let rows = found.rows.into_iter().map(|share| Row {
        id: share.line.id,
        title: share.line.title,
        kind: share.line.kind,
        day: time::display_date(share.line.held_on),
        place: share.line.place,
        owner: share.line.owner_name,
        amount: display_number(share.amount),
    });
    show(&SourcePage { rows: rows.collect(), since, row: sight.row, p, label, total, next })
}
