//! Use cases of the activities slice.

mod alike;
mod export;
mod files;
mod generate;
mod import;
mod list;
mod measures;
mod overview;
mod published;
mod record;
mod sight;
mod subjects;
mod topics;
mod views;

pub(crate) use super::store::Topic;
pub(crate) use alike::join;
pub use alike::{Candidate, Whose};
pub(crate) use export::{export, template};
pub use files::{Kept, Shown, Upload};
pub(crate) use files::{add_files, drop_file, keep_files, mark_file, open_file, ticket};
pub use generate::generate;
pub(crate) use import::{IfAlike, Imported, Preview, RowOutcome, import, preview};
pub(crate) use list::{Query, above, at, listing, overseen_by, scope_of};
pub use measures::{Behind, Counted, Line, Over, Share, adds, behind, counted, measures, totals};
pub(crate) use overview::country;
pub use overview::{MonthSum, PlaceSum, by_month, by_place};
pub(crate) use published::{Published, published, published_as, taken_away};
pub use record::{Created, Entry, create, edit, withdraw};
pub(crate) use sight::{Sight, may_record, sight};
pub(crate) use subjects::{Words, offered, resolve_words, uses};
pub use subjects::{serving, serving_counts};
pub(crate) use topics::{
    Coverage, Reached, coverage, coverage_of, orientation, quarter, quarter_of, set_topics, topics_for_entry,
};
pub(crate) use views::{DayCell, Gap, MapDot, calendar, gaps, map};
