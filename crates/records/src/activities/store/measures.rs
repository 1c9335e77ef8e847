//! Figures of forms in SQL: at most four statements however many measures, and the activities behind one figure.

use std::collections::HashMap;

use kernel::{Paging, Result, Uuid};
use store::{ConnectionTrait, FromQueryResult, Params, all, scalar};

use super::{LINE, LINES, Line};
use crate::activities::model::measure::{Filter, Measure, What};

/// The table that a figure is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    Activities,
    Materials,
    Costs,
    Reporters,
}

const TABLES: [Table; 4] = [Table::Activities, Table::Materials, Table::Costs, Table::Reporters];

impl Table {
    fn of(what: What) -> Self {
        match what {
            What::Cost => Table::Costs,
            What::Reporters => Table::Reporters,
            what if what.of_materials() => Table::Materials,
            _ => Table::Activities,
        }
    }

    fn from(self) -> &'static str {
        match self {
            Table::Activities => "activities a",
            Table::Materials => "activities a JOIN activity_materials x ON x.activity_id = a.id",
            Table::Costs => "activities a JOIN activity_costs x ON x.activity_id = a.id",
            Table::Reporters => "activities a JOIN activity_reporters x ON x.activity_id = a.id",
        }
    }
}

/// What is added up per row of its table.
fn amount(what: What) -> &'static str {
    match what {
        What::Activities | What::Titles | What::OnlineTitles => "1",
        What::Turns => "a.turns",
        What::Women => "a.women",
        What::Minorities => "a.minorities",
        What::Young => "a.young",
        What::Copies => "x.copies",
        What::Cost => "x.amount",
        What::Reporters => "x.name_fold",
    }
}

/// What a filter asks of the activity `a`, and, with `row`, of the row `x` of its own table.
fn conditions(measure: &Measure, row: bool, params: &mut Params) -> String {
    let filter = &measure.filter;
    let table = Table::of(measure.what);
    let mut out: Vec<String> = Vec::new();
    let mut words = |params: &mut Params, column: &str, list: &[String]| {
        if !list.is_empty() {
            out.push(format!("{column} IN ({})", params.list(list.iter().map(String::as_str))));
        }
    };
    words(params, "a.kind", &filter.kinds);
    words(params, "a.form", &filter.forms);
    if row && table == Table::Materials {
        words(params, "x.kind", &filter.materials);
    }
    if row && table == Table::Costs {
        words(params, "x.source", &filter.sources);
    }
    if row && table == Table::Reporters {
        words(params, "x.kind", &filter.reporters);
    }
    online(measure, row, params, &mut out);
    exists(filter, table, params, &mut out);
    if out.is_empty() { "1 = 1".into() } else { out.join(" AND ") }
}

fn online(measure: &Measure, row: bool, params: &mut Params, out: &mut Vec<String>) {
    let of_materials = measure.what.of_materials();
    if let Some(online) = measure.filter.online
        && (row || !of_materials)
    {
        let column = if of_materials { "x.online" } else { "a.online" };
        out.push(format!("{column} = {}", params.mark(online)));
    }
    if row && measure.what == What::OnlineTitles {
        out.push(format!("x.online = {}", params.mark(true)));
    }
}

fn exists(filter: &Filter, table: Table, params: &mut Params, out: &mut Vec<String>) {
    let mut any = |params: &mut Params, table: &str, column: &str, more: &str, list: &[String]| {
        if !list.is_empty() {
            let list = params.list(list.iter().map(String::as_str));
            out.push(format!(
                "EXISTS (SELECT 1 FROM {table} e WHERE e.activity_id = a.id AND e.{column} IN ({list}){more})"
            ));
        }
    };
    any(params, "activity_marks", "key", " AND e.kind = 'group'", &filter.groups);
    any(params, "activity_marks", "key", " AND e.kind = 'field'", &filter.fields);
    any(params, "activity_costs", "source", "", &filter.sources);
    any(params, "activity_reporters", "kind", "", &filter.reporters);
    if table != Table::Materials {
        any(params, "activity_materials", "kind", "", &filter.materials);
    }
}

#[derive(FromQueryResult)]
struct Figure {
    owner_id: Uuid,
    at: i64,
    n: i64,
}

#[derive(FromQueryResult)]
struct Total {
    at: i64,
    n: i64,
}

/// Owners asked about in one statement: far below what both engines take as marks.
const OWNERS: usize = 20_000;

/// Which activities of the owners are meant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Only<'a> {
    All,
    /// Those that serve subjects of a kind which are part of one of these.
    Serving(&'a str, &'a [Uuid]),
    One(Uuid),
}

/// Owners, first and last day, what it is narrowed to.
type Over<'a> = (&'a [Uuid], (i64, i64), Only<'a>);

/// "`a` is one of those", with what goes before it.
fn narrowed(only: Only<'_>, params: &mut Params) -> String {
    match only {
        Only::All => String::new(),
        Only::Serving(kind, wholes) => {
            let (kind, wholes) = (params.mark(kind), params.list(wholes.iter().copied()));
            format!(
                " AND a.id IN (SELECT s.activity_id FROM activity_subjects s WHERE s.kind = {kind} AND s.within_id IN ({wholes}))"
            )
        }
        Only::One(id) => format!(" AND a.id = {}", params.mark(id)),
    }
}

/// A measure with its place among all that are asked.
type Placed<'a> = (usize, &'a Measure);

/// The statement of the figures that are read from one table, by owner or over all owners together.
fn statement((owners, (from, to), only): Over<'_>, measures: &[Placed<'_>], by_owner: bool) -> (String, Params) {
    let mut params = Params::new();
    let list = params.list(owners.iter().copied());
    let (from, to) = (params.mark(from), params.mark(to));
    let narrowed = narrowed(only, &mut params);
    let (owner, group) = if by_owner { ("a.owner_id, ", " GROUP BY a.owner_id") } else { ("", "") };
    let part = |(at, measure): &Placed<'_>| {
        let sum = match measure.what {
            What::Reporters => format!("COUNT(DISTINCT {})", amount(measure.what)),
            what => format!("CAST(COALESCE(SUM({}), 0) AS BIGINT)", amount(what)),
        };
        format!(
            "SELECT {owner}CAST({at} AS BIGINT) AS at, {sum} AS n FROM {} WHERE a.owner_id IN ({list}) \
             AND a.held_on >= {from} AND a.held_on <= {to} AND a.state = 'recorded'{narrowed} AND {}{group}",
            Table::of(measure.what).from(),
            conditions(measure, true, &mut params)
        )
    };
    let parts: Vec<String> = measures.iter().map(part).collect();
    (parts.join(" UNION ALL "), params)
}

/// The measures that are read from a table.
fn of_table(measures: &[Measure], table: Table) -> Vec<Placed<'_>> {
    measures.iter().enumerate().filter(|(_, measure)| Table::of(measure.what) == table).collect()
}

/// Figures of owners over what counts between two days, both included: for each owner as many numbers as measures. At most four statements
/// for up to 20,000 owners.
pub(crate) async fn measure(
    c: &impl ConnectionTrait,
    owners: &[Uuid],
    span: (i64, i64),
    measures: &[Measure],
) -> Result<Vec<(Uuid, Vec<i64>)>> {
    let mut found: HashMap<Uuid, Vec<i64>> = HashMap::new();
    for owners in owners.chunks(OWNERS) {
        for of_table in TABLES.map(|table| of_table(measures, table)).iter().filter(|some| !some.is_empty()) {
            let (sql, params) = statement((owners, span, Only::All), of_table, true);
            let figures: Vec<Figure> = all(c, &sql, params.values()).await?;
            for figure in figures {
                let numbers = found.entry(figure.owner_id).or_insert_with(|| vec![0; measures.len()]);
                if let Some(number) = usize::try_from(figure.at).ok().and_then(|at| numbers.get_mut(at)) {
                    *number = figure.n;
                }
            }
        }
    }
    let row = |owner: &Uuid| (*owner, found.remove(owner).unwrap_or_else(|| vec![0; measures.len()]));
    Ok(owners.iter().map(row).collect())
}

/// Figures of owners together, as many numbers as measures: who spoke for several of them counts once. At most four statements for up to
/// 20,000 owners.
pub(crate) async fn total(
    c: &impl ConnectionTrait,
    (owners, span, only): Over<'_>,
    measures: &[Measure],
) -> Result<Vec<i64>> {
    let mut sums = vec![0; measures.len()];
    for owners in owners.chunks(OWNERS) {
        for of_table in TABLES.map(|table| of_table(measures, table)).iter().filter(|some| !some.is_empty()) {
            let (sql, params) = statement((owners, span, only), of_table, false);
            let totals: Vec<Total> = all(c, &sql, params.values()).await?;
            for total in totals {
                if let Some(sum) = usize::try_from(total.at).ok().and_then(|at| sums.get_mut(at)) {
                    *sum += total.n;
                }
            }
        }
    }
    Ok(sums)
}

/// An activity behind a figure and what it adds.
#[derive(Debug, Clone)]
pub(crate) struct Share {
    pub line: Line,
    pub amount: i64,
}

#[derive(FromQueryResult)]
struct Amount {
    id: Uuid,
    amount: i64,
}

/// The activities behind one figure, the latest first, with what each adds (reporters: how many took part in it), and how many there are.
/// Three statements.
pub(crate) async fn behind(
    c: &impl ConnectionTrait,
    (owners, (from, to), only): Over<'_>,
    measure: &Measure,
    paging: Paging,
) -> Result<(Vec<Share>, i64)> {
    let table = Table::of(measure.what);
    let mut params = Params::new();
    let own = format!(
        "a.owner_id IN ({}) AND a.held_on >= {} AND a.held_on <= {} AND a.state = 'recorded'",
        params.list(owners.iter().copied()),
        params.mark(from),
        params.mark(to)
    ) + &narrowed(only, &mut params);
    let wanted = conditions(measure, true, &mut params);
    let ids = format!("SELECT DISTINCT a.id FROM {} WHERE {own} AND {wanted}", table.from());
    let total = scalar(c, &format!("SELECT COUNT(*) FROM ({ids}) AS t"), params.values()).await?;
    let sql = format!(
        "SELECT {LINE} FROM {LINES} WHERE a.id IN ({ids}) ORDER BY a.held_on DESC, a.id DESC LIMIT {} OFFSET {}",
        paging.size,
        paging.offset()
    );
    // The numbered marks of `ids` stand in both statements at the same places.
    let lines: Vec<Line> = all(c, &sql, params.values()).await?;
    let page = params.list(lines.iter().map(|line| line.id));
    let sum = match measure.what {
        What::Reporters => format!("COUNT(DISTINCT {})", amount(measure.what)),
        what => format!("CAST(SUM({}) AS BIGINT)", amount(what)),
    };
    let sql = format!(
        "SELECT a.id, {sum} AS amount FROM {} WHERE {own} AND {wanted} AND a.id IN ({page}) GROUP BY a.id",
        table.from()
    );
    let amounts: Vec<Amount> = all(c, &sql, params.values()).await?;
    let amounts: HashMap<Uuid, i64> = amounts.into_iter().map(|row| (row.id, row.amount)).collect();
    let share = |line: Line| Share { amount: amounts.get(&line.id).copied().unwrap_or(0), line };
    Ok((lines.into_iter().map(share).collect(), total))
}
