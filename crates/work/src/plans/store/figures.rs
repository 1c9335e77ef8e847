//! Obligations of agencies that fall due in a period, counted for reports.

use kernel::{Page, Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, scalar};

use super::list::{JOINS, LINE, Line};

/// What became of the obligations that fell due in a period. What was only asked for is never late.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Figures {
    /// Fell due.
    pub assigned: i64,
    /// Done.
    pub done: i64,
    /// Done by the due date.
    pub in_time: i64,
    /// Not done.
    pub open: i64,
    /// Not done, ordered, and past the due date on the day asked for.
    pub late: i64,
}

/// One of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Assigned,
    Done,
    InTime,
    Open,
    Late,
}

impl Part {
    /// Which obligations of a period are counted; `today` is the mark of the day that decides what is late.
    fn condition(self, today: &str) -> String {
        match self {
            Part::Assigned => "1 = 1".into(),
            Part::Done => "o.state = 'done'".into(),
            Part::InTime => "o.state = 'done' AND o.done_on <= o.due_date".into(),
            Part::Open => "o.state <> 'done'".into(),
            Part::Late => format!("o.state <> 'done' AND o.force = 'assign' AND o.due_date < {today}"),
        }
    }
}

/// Obligations that figures are taken over: of these agencies, due from one day to another (yyyymmdd, both included), of these plans or any.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Due<'a> {
    pub agencies: &'a [Uuid],
    pub span: (i64, i64),
    pub plans: Option<&'a [Uuid]>,
}

impl Due<'_> {
    fn condition(self, params: &mut Params) -> String {
        let (from, to) = (params.mark(self.span.0), params.mark(self.span.1));
        let agencies = params.list(self.agencies.iter().copied());
        let mut out = format!("o.agency_id IN ({agencies}) AND o.due_date >= {from} AND o.due_date <= {to}");
        if let Some(plans) = self.plans {
            out.push_str(&format!(" AND o.plan_id IN ({})", params.list(plans.iter().copied())));
        }
        out
    }

    /// Those of them that count.
    fn counted(self, params: &mut Params) -> String {
        self.condition(params) + " AND o.state IN ('new', 'received', 'doing', 'submitted', 'done')"
    }
}

/// The obligations behind one figure, by due date; as many as the figure says.
pub(crate) async fn behind_figure(
    c: &impl ConnectionTrait,
    due: Due<'_>,
    (part, today): (Part, i64),
    paging: Paging,
) -> Result<Page<Line>> {
    let narrowed = || {
        let mut params = Params::new();
        let day = if part == Part::Late { params.mark(today) } else { String::new() };
        let which = format!("{} AND {}", due.counted(&mut params), part.condition(&day));
        (params, which)
    };
    let (params, which) = narrowed();
    let total = scalar(c, &format!("SELECT COUNT(*) FROM obligations o WHERE {which}"), params.values()).await?;
    let (mut params, which) = narrowed();
    let (limit, offset) =
        (params.mark(i64::from(paging.size)), params.mark(i64::try_from(paging.offset()).unwrap_or(0)));
    let sql = format!(
        "SELECT {LINE} FROM obligations o {JOINS} WHERE {which} ORDER BY o.due_date, a.name_fold, o.id LIMIT {limit} OFFSET {offset}"
    );
    let rows = all(c, &sql, params.values()).await?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0), paging })
}

/// The figures of these agencies together; `today` decides what is late.
pub(crate) async fn figures(c: &impl ConnectionTrait, due: Due<'_>, today: i64) -> Result<Figures> {
    let mut params = Params::new();
    let today = params.mark(today);
    let sum = |part: Part| {
        format!("CAST(COALESCE(SUM(CASE WHEN {} THEN 1 ELSE 0 END), 0) AS BIGINT)", part.condition(&today))
    };
    let sql = format!(
        "SELECT {} AS assigned, {} AS done, {} AS in_time, {} AS open, {} AS late FROM obligations o WHERE {}",
        sum(Part::Assigned),
        sum(Part::Done),
        sum(Part::InTime),
        sum(Part::Open),
        sum(Part::Late),
        due.counted(&mut params),
    );
    let rows: Vec<Figures> = all(c, &sql, params.values()).await?;
    Ok(rows.into_iter().next().unwrap_or_default())
}

/// A difficulty as it was reported with the progress of an obligation.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Difficulty {
    pub id: Uuid,
    pub agency_name: String,
    pub difficulty: String,
}

/// Difficulties of these obligations, the newest first.
pub(crate) async fn difficulties(c: &impl ConnectionTrait, due: Due<'_>, limit: i64) -> Result<Vec<Difficulty>> {
    let mut params = Params::new();
    let limit = params.mark(limit);
    let sql = format!(
        "SELECT o.id, a.name AS agency_name, o.difficulty FROM obligations o JOIN agencies a ON a.id = o.agency_id \
         WHERE {} AND o.difficulty <> '' ORDER BY o.reported_at DESC, o.id LIMIT {limit}",
        due.condition(&mut params),
    );
    all(c, &sql, params.values()).await
}
