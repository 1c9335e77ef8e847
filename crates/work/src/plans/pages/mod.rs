//! Pages of the plans slice.

pub(super) mod board;
pub(super) mod handover;
pub(super) mod heat;
pub(super) mod list;
pub(super) mod mine;
pub(super) mod obligation;
pub(super) mod plans;
pub(super) mod products;
pub(super) mod settings;
pub(super) mod task;

use kernel::{Action, Permit, Result};
use platform::{App, Lang};

use crate::letterhead::Letterhead;

use super::{
    model::kind::PlanKind,
    policy::ManagePlans,
    service,
    store::Plan,
    views::{Pill, plan_pill, years},
};

/// What stands above every page of a plan.
pub(super) struct Head {
    pub id: kernel::Uuid,
    pub number: String,
    pub title: String,
    pub kind: &'static str,
    pub facts: String,
    pub state: Pill,
    pub document: Option<kernel::Uuid>,
    /// May the person manage it?
    pub manages: bool,
    /// Of a paper of the past.
    pub history: bool,
    pub letterhead: Letterhead,
}

impl Head {
    /// The head of a plan for a person.
    pub(super) async fn of<A: Action>(
        app: &App,
        p: &platform::web::Chrome,
        permit: &Permit<A>,
        plan: &Plan,
    ) -> Result<Self> {
        let manages = match Permit::<ManagePlans>::of(permit.actor()) {
            Some(manage) => service::plan_to_manage(app, &manage, plan.id).await.is_ok(),
            None => false,
        };
        let issued = super::views::day(plan.issued_on);
        Ok(Self {
            id: plan.id,
            number: plan.number.clone(),
            title: plan.title.clone(),
            kind: PlanKind::from_key(&plan.kind).label(),
            facts: format!("{} · {issued} · {} · {}", plan.number, plan.owner_name, years(p, plan)),
            state: plan_pill(p, plan),
            document: plan.document_id,
            manages,
            history: plan.history(),
            letterhead: Letterhead::of(app, permit.actor()).await?,
        })
    }
}

/// "Thứ Bảy, 21/11/2026".
fn today_in_words(lang: Lang, today: chrono::NaiveDate) -> String {
    use chrono::Datelike;
    let name = match today.weekday() {
        chrono::Weekday::Mon => "Thứ Hai",
        chrono::Weekday::Tue => "Thứ Ba",
        chrono::Weekday::Wed => "Thứ Tư",
        chrono::Weekday::Thu => "Thứ Năm",
        chrono::Weekday::Fri => "Thứ Sáu",
        chrono::Weekday::Sat => "Thứ Bảy",
        chrono::Weekday::Sun => "Chủ nhật",
    };
    format!("{}, {}", lang.t(name), kernel::time::display_date(today))
}
