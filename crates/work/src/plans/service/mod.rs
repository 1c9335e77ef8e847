//! Use cases of the plans slice, one file per verb.

mod amend;
mod decide;
mod directory;
mod event;
mod expand;
mod extend;
mod figures;
mod foresee;
mod generate;
mod handover;
mod list;
mod mine;
mod object;
mod overview;
mod product;
mod remind;
mod repair;
mod report;
mod request;
mod review;
mod settings;
mod subjects;

pub use expand::expand;
pub(crate) use figures::{Line, Part, behind_figure, difficulties, figures};
pub(crate) use foresee::FORECASTS;
pub use generate::generate;
pub(crate) use overview::{AgencyProgress, PlanProgress, agencies_progress, plans_progress};
pub(crate) use remind::{Note, days_to_remind, notes_of_duties, notify, send_daily};
pub use repair::{check_totals, repair_totals};

pub(super) use amend::{How, settle, settle_later};
pub(super) use decide::{Decision, confirm, decide, give_back};
pub(super) use event::{Told, record_event};
pub(super) use expand::expand_document;
pub(super) use extend::extend_all;
pub(super) use handover::{Heir, Left, hand_over, left_open};
pub(super) use list::{Counts, Query, days, export, listing, role_label, visible_plans};
pub(super) use mine::{FIRST, MyWork, my_work};
pub(super) use object::{Sight, may_act, plan_in_sight, plan_to_manage, sight};
pub(super) use remind::{mail, remind_late};
pub(super) use report::{Report, Upload, decline, receive, receive_many, report};
pub(super) use request::{Proposal, ask_for_time, propose};
pub(super) use review::{Review, record_review};
pub(super) use settings::{set_product, set_settings};
pub(super) use subjects::{KIND, SUBJECTS};
