//! One report: its figures, where they come from, what was said about them, what can be done next.

use askama::Template;
use axum::extract::{Path, State};
use kernel::{Permit, Uuid};
use platform::{
    App,
    web::{Chrome, Result, page as show},
};

use crate::reporting::{
    model::payload::differences,
    policy::{DecideReports, ReadReports},
    service, store,
    views::{ChangeRow, Head, QuestionRow, ReportRow, StepRow, change_rows, report_rows},
};

#[derive(Template)]
#[template(path = "reporting/templates/report.html")]
struct ReportPage {
    p: Chrome,
    head: Head,
    rows: Vec<ReportRow>,
    consolidated: bool,
    returned: String,
    before: Option<(String, Vec<ChangeRow>)>,
    /// What the sources of a report that left its maker, and what is approved below it, say otherwise now.
    moved: Vec<ChangeRow>,
    questions: Vec<QuestionRow>,
    history: Vec<StepRow>,
    /// The newest revision, seen from an old one; the one that counts, seen from a correction that is being prepared: id, number.
    other: Option<(Uuid, i64)>,
    /// Does this revision count?
    counted: bool,
    /// The report that the person can decide next, and how many wait.
    next: Option<store::NextWaiting>,
    /// Papers written from the report.
    papers: Vec<crate::outgoing::Row>,
}

/// `GET /bao-cao/{id}`
pub(in crate::reporting) async fn page(
    State(app): State<App>,
    p: Chrome,
    permit: Permit<ReadReports>,
    Path(id): Path<Uuid>,
) -> Result {
    let sight = service::sight(&app, &permit, id).await?;
    let (returned, reasons) = service::last_return(&app, &sight).await?;
    let head = Head::of(&p, &sight, app.clock.today());
    let history =
        store::steps(app.db.read(), id).await?.iter().map(|step| StepRow::of(&p, &sight.form, step)).collect();
    let questions = store::questions(app.db.read(), id).await?;
    let questions: Vec<_> = questions.iter().map(|question| QuestionRow::of(&sight, question)).collect();
    let (mut rows, mut before, mut moved, mut consolidated) = (Vec::new(), None, Vec::new(), false);
    if sight.figures {
        let draft = service::draft(&app, &sight.row, &sight.round, &sight.form).await?;
        let outliers = if sight.decides || !sight.row.state().with_agency() {
            service::outliers(&app, &sight, &draft.values).await?
        } else {
            Default::default()
        };
        consolidated = !draft.total.is_empty();
        if let Some((name, frozen)) = service::issue_before(&app, &sight).await? {
            let (old, new) =
                if consolidated { (frozen.whole(), &draft.total) } else { (&frozen.values, &draft.values) };
            before = Some((name, change_rows(&p, &sight.form, &differences(&sight.form, old, new))));
        }
        moved = change_rows(&p, &sight.form, &service::moved(&app, &sight, &draft).await?);
        if let Some(now) = &draft.total_now {
            let below = differences(&sight.form, &draft.total, now);
            moved.extend(change_rows(&p, &sight.form, &below).into_iter().map(|mut row| {
                if sight.row.fills {
                    row.label = p.t1("{} – gồm cấp dưới", row.label);
                }
                row
            }));
        }
        let names = service::names_elsewhere(&app, &sight.form, Some((sight.row.agency_id, &sight.round))).await?;
        rows = report_rows(&p, (&sight, &names), &draft, &outliers, &reasons);
    }
    let (c, row) = (app.db.read(), &sight.row);
    let other = if !row.live {
        store::report_of(c, row.round_id, row.agency_id).await?
    } else if row.revision > 1 && row.state().with_agency() {
        store::revision(c, row.round_id, row.agency_id, row.revision - 1).await?
    } else {
        None
    };
    let next = match Permit::<DecideReports>::of(permit.actor()) {
        Some(decide) if sight.decides && !head.can_approve => {
            store::next_waiting(c, decide.roots(), (row.id, row.round_id)).await?
        }
        _ => None,
    };
    let (other, counted) = (other.map(|other| (other.id, other.revision)), row.counted);
    let (papers, _) = crate::outgoing::of_round(&app, permit.actor(), sight.round.id, sight.row.agency_id).await?;
    show(&ReportPage {
        next,
        other,
        counted,
        papers,
        p,
        head,
        rows,
        consolidated,
        returned,
        before,
        moved,
        questions,
        history,
    })
}
