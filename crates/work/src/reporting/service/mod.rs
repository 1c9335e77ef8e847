//! Use cases of the reporting slice.

mod behind;
mod board;
mod decide;
mod draft;
mod fill;
mod generate;
mod history;
mod intake;
mod library;
mod merge;
mod open;
mod question;
mod rank;
mod remind;
mod schedule;
mod settings;
mod sight;
mod sources;
mod standing;
mod table;
mod taken;

pub use decide::check_sums;
pub use generate::{Generated, generate};
pub use open::{Opening, open_round};
pub use settings::set_combined;

pub(crate) use super::store::Round;
pub(crate) use behind::{Behind, Origin, behind, duties_behind, moved, own_figure};
pub(crate) use board::{Board, BoardQuery, board, part_of};
pub(crate) use decide::{accept, approve, return_report};
pub(crate) use draft::{Draft, draft};
pub(crate) use fill::{Filling, check, correct, finish, give_back, issue_before, last_return, save, send};
pub(crate) use history::{Track, history};
pub(crate) use intake::{Incoming, intake};
pub(crate) use library::*;
pub(crate) use merge::{Away, beside_of, bring, bring_in, read_workbook, workbook};
pub(crate) use open::expand;
pub(crate) use question::{Outlier, all_outliers, answer, ask, follow, outliers};
pub(crate) use rank::rank;
pub(crate) use remind::remind;
pub(crate) use schedule::{JOB, Turn, open_due, plan, schedule, turn_schedule};
pub(crate) use sight::{Sight, reaches, round_in_sight, rounds_in_sight, sight};
pub(crate) use sources::last_day;
pub(crate) use standing::{Standing, Words, combined, reached, round_of, standing, standing_of, words};
pub(crate) use table::{Line, Table, table_at};
