//! The board of completeness and timeliness on screen.

use chrono::NaiveDate;
use kernel::{Page, Uuid, periods::Rule, time};
use platform::web::{Chrome, Takeaway};
use press::{
    Cell, Sheet,
    chart::{Chart, Series},
};

use super::day;
use crate::reporting::{
    model::flow::State,
    service::Board,
    store::{BoardCell, LevelCount, Round},
};

/// A column: a round.
pub(in crate::reporting) struct BoardColumn {
    pub id: Uuid,
    pub label: String,
    pub range: String,
    /// How each level stands in it.
    pub shares: Vec<BoardShare>,
}

/// How a level stands in a round.
pub(in crate::reporting) struct BoardShare {
    pub class: &'static str,
    pub text: String,
    pub detail: String,
}

/// A report of an agency.
pub(in crate::reporting) struct BoardMark {
    pub class: &'static str,
    pub text: String,
    pub path: String,
    pub hint: String,
}

/// An agency with its reports.
pub(in crate::reporting) struct BoardRow {
    pub name: String,
    pub path: String,
    pub late: i64,
    pub missing: i64,
    pub marks: Vec<BoardMark>,
}

/// The board.
pub(in crate::reporting) struct BoardView {
    pub columns: Vec<BoardColumn>,
    pub levels: Vec<String>,
    pub rows: Page<BoardRow>,
    pub rules: Vec<(String, &'static str)>,
    pub chart: String,
    pub generated: bool,
}

/// A short name, because many stand beside each other: "Quý IV/2026", "6T đầu/2026".
fn label(p: &Chrome, round: &Round) -> String {
    let short = round.period_label.replace(" năm ", "/").replace("6 tháng ", "6T ");
    if round.stage == "estimate" { format!("{short} ({})", p.t("ước")) } else { short }
}

fn share(p: &Chrome, count: Option<&LevelCount>) -> BoardShare {
    let Some(count) = count.filter(|count| count.expected > 0) else {
        return BoardShare { class: "h0", text: "–".into(), detail: String::new() };
    };
    let sent = count.in_time + count.late;
    let class = match (count.missing * 10 / count.expected, sent * 100 / count.expected) {
        _ if count.missing == 0 && sent < count.expected => "h4",
        _ if count.missing == 0 && count.late == 0 => "h5",
        (0, _) => "h3",
        _ => "h2",
    };
    let detail = [(count.in_time, "{} đúng hạn"), (count.late, "{} chậm"), (count.missing, "{} thiếu")];
    let detail = detail.iter().filter(|(n, _)| *n > 0).map(|(n, words)| p.t1(words, n)).collect::<Vec<_>>().join(" · ");
    BoardShare { class, text: format!("{sent}/{}", count.expected), detail }
}

fn mark(p: &Chrome, cell: Option<&BoardCell>, today: NaiveDate) -> BoardMark {
    let Some(cell) = cell else {
        let hint = p.t("không thuộc kỳ này").to_owned();
        return BoardMark { class: "h0", text: "–".into(), path: String::new(), hint };
    };
    let due = time::date_from_int(cell.due_date).unwrap_or(today);
    let sent = cell.first_submitted_on.and_then(time::date_from_int);
    let (class, text) = match sent {
        Some(sent) if sent > due => ("h2", p.t1("chậm {} ngày", (sent - due).num_days())),
        Some(_) => ("h5", p.t("đúng hạn").to_owned()),
        None if today > due => ("h1", p.t("thiếu").to_owned()),
        None => ("h4", p.t("chưa đến hạn").to_owned()),
    };
    let state = State::from_key(&cell.state).unwrap_or(State::Draft);
    let mut hint = p.t2("hạn {}, {}", day(cell.due_date), p.t(state.label()));
    if let Some(sent) = cell.first_submitted_on {
        hint = p.t2("{}; gửi ngày {}", hint, day(sent));
    }
    BoardMark { class, text, path: format!("/bao-cao/{}", cell.id), hint }
}

impl BoardView {
    pub(in crate::reporting) fn of(p: &Chrome, board: Board, today: NaiveDate) -> Self {
        let column = |round: &Round| BoardColumn {
            id: round.id,
            label: label(p, round),
            range: format!("{} – {}", day(round.date_from), day(round.date_to)),
            shares: board.levels.iter().map(|(key, _)| share(p, board.counts.get(&(key.clone(), round.id)))).collect(),
        };
        let levels = board.levels.iter().map(|(_, name)| name.clone()).collect();
        let chart = chart(p, &board);
        let rows = board.agencies.rows.iter().map(|row| BoardRow {
            name: row.name.clone(),
            path: format!("/co-quan/{}", row.agency_id),
            late: row.late,
            missing: row.missing,
            marks: board
                .rounds
                .iter()
                .map(|round| mark(p, board.cells.get(&(row.agency_id, round.id)), today))
                .collect(),
        });
        let rule = |key: &String| (key.clone(), key.parse::<Rule>().map_or("", Rule::label));
        Self {
            columns: board.rounds.iter().map(column).collect(),
            levels,
            rows: Page { rows: rows.collect(), total: board.agencies.total, paging: board.agencies.paging },
            rules: board.rules.iter().map(rule).collect(),
            chart,
            generated: board.rounds.iter().any(|round| round.generated),
        }
    }
}

/// The chart and the figures of every level as files.
pub(in crate::reporting) fn takeaway(p: &Chrome, board: &Board) -> Takeaway {
    let mut rows = Vec::new();
    for (round, (key, level)) in
        board.rounds.iter().flat_map(|round| board.levels.iter().map(move |level| (round, level)))
    {
        let Some(count) = board.counts.get(&(key.clone(), round.id)) else { continue };
        let counts = [count.expected, count.in_time, count.late, count.missing].map(Cell::from);
        rows.push([label(p, round).into(), level.as_str().into()].into_iter().chain(counts).collect());
    }
    let columns = ["Kỳ", "Cấp", "Phải gửi", "Đúng hạn", "Chậm", "Thiếu"];
    let columns = columns.map(|head| (p.t(head).to_owned(), 16.0)).into();
    let sheet = Sheet { name: p.t("Theo cấp").to_owned(), columns, rows };
    Takeaway {
        name: "do-day-du".into(),
        svg: if board.rounds.is_empty() { String::new() } else { chart(p, board) },
        sheet,
    }
}

/// Shares in time, late and missing of the level that is shown, period by period.
fn chart(p: &Chrome, board: &Board) -> String {
    let figure = |of: fn(&LevelCount) -> i64| {
        let values = board.rounds.iter().map(|round| {
            let count = board.counts.get(&(board.level.clone(), round.id)).filter(|count| count.expected > 0)?;
            #[expect(clippy::cast_precision_loss, reason = "counts of agencies")]
            Some((of(count) * 1000 / count.expected) as f64 / 10.0)
        });
        values.collect::<Vec<_>>()
    };
    let level = board.levels.iter().find(|(key, _)| *key == board.level).map(|(_, name)| name.as_str());
    let series = |name: &str, of: fn(&LevelCount) -> i64| Series { name: p.t(name).to_owned(), values: figure(of) };
    press::chart::columns(&Chart {
        id: "do-day-du".into(),
        title: p.t1("Tỷ lệ đúng hạn, chậm, thiếu theo kỳ (%), {}", level.unwrap_or_default()),
        description: p.t("Mỗi kỳ ba cột: đúng hạn, chậm, thiếu; số liệu ở bảng bên dưới.").to_owned(),
        labels: board.rounds.iter().map(|round| label(p, round)).collect(),
        series: vec![
            series("đúng hạn", |count| count.in_time),
            series("chậm", |count| count.late),
            series("thiếu", |count| count.missing),
        ],
    })
}
