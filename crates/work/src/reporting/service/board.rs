//! The board of completeness and timeliness across periods: rows are levels and agencies, columns the rounds of a form. Its number of statements
//! does not depend on the number of agencies.

use std::collections::HashMap;

use kernel::{Error, Page, Paging, Permit, Result, Uuid, time};
use platform::App;

use super::form_of;
use crate::reporting::{
    policy::ReadReports,
    store::{self, BoardAgency, BoardCell, BoardFilter, LevelCount, Part, Round},
};

/// Most rounds beside each other.
const COLUMNS: usize = 8;

/// What is asked of the board.
#[derive(Debug, Clone)]
pub(crate) struct BoardQuery {
    /// Key of the form; the one of the newest round without.
    pub form: String,
    /// Kind of period; all without.
    pub rule: String,
    /// Level of the agencies; the lowest without.
    pub level: String,
    /// Only those who report to this agency.
    pub receiver: Option<Uuid>,
    /// By name instead of those who miss most first.
    pub by_name: bool,
    /// Which page of agencies.
    pub paging: Paging,
}

/// The board.
pub(crate) struct Board {
    /// Forms with rounds: key, title.
    pub forms: Vec<(String, String)>,
    /// Kinds of period of the form.
    pub rules: Vec<String>,
    /// Levels that report: key, name.
    pub levels: Vec<(String, String)>,
    /// The rounds, the oldest first.
    pub rounds: Vec<Round>,
    /// By level and round.
    pub counts: HashMap<(String, Uuid), LevelCount>,
    /// The level whose agencies are shown.
    pub level: String,
    /// Its agencies.
    pub agencies: Page<BoardAgency>,
    /// Their reports by agency and round.
    pub cells: HashMap<(Uuid, Uuid), BoardCell>,
}

/// What a person sees of rounds.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn part_of(app: &App, permit: &Permit<ReadReports>, rounds: &[Uuid]) -> Result<Part> {
    if permit.everywhere() {
        return Ok(Part::whole(rounds.to_vec()));
    }
    store::part(app.db.read(), rounds, permit.roots()).await
}

/// See the module: five statements.
///
/// # Errors
/// [`Error::NotFound`] for a form that has no round in sight.
pub(crate) async fn board(app: &App, permit: &Permit<ReadReports>, query: &BoardQuery) -> Result<Board> {
    let c = app.db.read();
    let all = store::rounds(c, permit.roots(), Paging { number: 1, size: 200 }).await?;
    let mut forms: Vec<(String, String)> = Vec::new();
    for round in &all {
        if !forms.iter().any(|(key, _)| *key == round.form_key) {
            forms.push((round.form_key.clone(), round.title.clone()));
        }
    }
    let wanted =
        if query.form.is_empty() { forms.first().map(|(key, _)| key.as_str()) } else { Some(query.form.as_str()) };
    if wanted.is_some_and(|wanted| !forms.iter().any(|(key, _)| key == wanted)) {
        return Err(Error::NotFound);
    }
    let of_form = all.iter().filter(|round| Some(round.form_key.as_str()) == wanted);
    let mut rules: Vec<String> = Vec::new();
    for round in of_form.clone() {
        if !rules.contains(&round.rule) {
            rules.push(round.rule.clone());
        }
    }
    let mut rounds: Vec<Round> =
        of_form.filter(|round| query.rule.is_empty() || round.rule == query.rule).take(COLUMNS).cloned().collect();
    rounds.reverse();
    let levels = match rounds.last() {
        Some(round) => {
            let form = form_of(app, round.form_id).await?;
            let reports = form.levels.iter().filter(|level| level.to.is_some());
            reports.map(|level| (level.key.clone(), level.name.clone())).collect()
        }
        None => Vec::new(),
    };
    let known = levels.iter().any(|(key, _): &(String, String)| *key == query.level);
    let level =
        if known { query.level.clone() } else { levels.first().map(|(key, _)| key.clone()).unwrap_or_default() };
    let ids: Vec<Uuid> = rounds.iter().map(|round| round.id).collect();
    let filter = BoardFilter {
        part: part_of(app, permit, &ids).await?,
        level: level.clone(),
        receiver: query.receiver,
        today: time::date_to_int(app.clock.today()),
    };
    let counts = store::level_counts(c, &filter).await?;
    let mut paging = query.paging;
    let mut rows = store::board_agencies(c, &filter, query.by_name, paging).await?;
    if rows.is_empty() && paging.number > 1 {
        // Fewer pages than the address thinks, since the filter has changed: the first one.
        paging.number = 1;
        rows = store::board_agencies(c, &filter, query.by_name, paging).await?;
    }
    let total = rows.first().map_or(0, |row| row.total);
    let agencies: Vec<Uuid> = rows.iter().map(|row| row.agency_id).collect();
    let cells = store::board_cells(c, &ids, &agencies).await?;
    Ok(Board {
        forms,
        rules,
        levels,
        rounds,
        counts: counts.into_iter().map(|row| ((row.level.clone(), row.round_id), row)).collect(),
        level,
        agencies: Page { rows, total: u64::try_from(total).unwrap_or(0), paging },
        cells: cells.into_iter().map(|cell| ((cell.agency_id, cell.round_id), cell)).collect(),
    })
}
