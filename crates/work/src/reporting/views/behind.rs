//! What stands behind a figure of a report, on screen.

use kernel::{Page, Uuid, text::display_number, time};
use platform::web::{Chrome, day};
use records::documents::place;

use super::shown;
use crate::{
    plans::{model::state::State, service::Line},
    reporting::{
        model::form::Kind,
        service::{Behind, Origin},
    },
};

/// An activity behind a figure.
pub(in crate::reporting) struct Evidence {
    pub id: Uuid,
    pub day: String,
    pub title: String,
    pub kind: String,
    pub place: String,
    pub amount: String,
}

/// An obligation behind a figure.
pub(in crate::reporting) struct Duty {
    pub id: Uuid,
    pub title: String,
    pub plan: String,
    pub agency: String,
    pub due: String,
    pub state: &'static str,
    pub done: String,
    pub late: bool,
}

impl Duty {
    fn of(line: Line) -> Self {
        Self {
            id: line.id,
            title: format!("{} {}", place(&line.anchor), line.title),
            plan: line.plan_number,
            agency: line.agency_name,
            due: day(line.due_date),
            state: State::from_key(&line.state).unwrap_or(State::Ended).label(),
            late: line.done_on.is_some_and(|done| done > line.due_date),
            done: line.done_on.map(day).unwrap_or_default(),
        }
    }
}

/// Another cell behind a figure.
pub(in crate::reporting) struct OriginRow {
    pub label: String,
    pub unit: String,
    pub value: String,
    pub path: Option<String>,
}

/// See the module.
pub(in crate::reporting) enum BehindView {
    Typed,
    Activities(Page<Evidence>),
    Duties(Page<Duty>),
    Cells(Vec<OriginRow>),
}

fn paged<A, B>(page: Page<A>, view: impl Fn(A) -> B) -> Page<B> {
    Page { rows: page.rows.into_iter().map(view).collect(), total: page.total, paging: page.paging }
}

impl BehindView {
    pub(in crate::reporting) fn of(p: &Chrome, kind: Kind, behind: Behind) -> Self {
        match behind {
            Behind::Typed => Self::Typed,
            Behind::Activities(page) => Self::Activities(paged(page, |share| Evidence {
                id: share.line.id,
                day: time::display_date(share.line.held_on),
                title: share.line.title,
                kind: share.line.kind,
                place: share.line.place,
                amount: display_number(share.amount),
            })),
            Behind::Duties(page) => Self::Duties(paged(page, Duty::of)),
            Behind::Cells(cells) => {
                let row = |origin: Origin| OriginRow {
                    value: shown(p, kind, origin.value.as_ref()),
                    label: origin.label,
                    unit: origin.unit,
                    path: origin.path,
                };
                Self::Cells(cells.into_iter().map(row).collect())
            }
        }
    }
}
