//! Documents: states, who and what they name, and what a confirmed one gives to others; pure.

pub mod deadline;
pub(in crate::documents) mod highlight;
pub(in crate::documents) mod lineage;
pub(in crate::documents) mod reading;
pub(in crate::documents) mod secrecy;
pub mod task;

use chrono::NaiveDate;
use kernel::{Uuid, time};
use papers::{Deadline, Force, TaskClass};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The stable key of a unit enum, as stored.
pub(in crate::documents) fn key<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|json| Some(json.as_str()?.to_owned())).unwrap_or_default()
}

/// The value with this key.
pub(in crate::documents) fn from_key<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(key.to_owned())).ok()
}

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for a job to read it.
    Reading,
    /// Could not be read; can be tried again or discarded.
    Failed,
    /// Read, under review.
    Draft,
    /// Confirmed, immutable.
    Confirmed,
    /// Confirmed once, and corrected by a later version since.
    Superseded,
}

impl State {
    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            State::Reading => "đang đọc",
            State::Failed => "không đọc được",
            State::Draft => "chờ rà soát",
            State::Confirmed => "đã xác nhận",
            State::Superseded => "đã có bản đính chính",
        }
    }

    /// Class of its pill.
    pub fn pill(self) -> &'static str {
        match self {
            State::Reading | State::Superseded => "quiet",
            State::Failed => "late",
            State::Draft => "soon",
            State::Confirmed => "done",
        }
    }
}

/// Who may read a confirmed document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody signed in.
    Public,
    /// The owner's agency and those above it.
    Internal,
    /// Also the agencies that it names.
    Addressees,
}

impl Audience {
    /// All of them, in the order of forms.
    pub const ALL: [Audience; 3] = [Audience::Internal, Audience::Addressees, Audience::Public];

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            Audience::Public => "công khai",
            Audience::Internal => "nội bộ",
            Audience::Addressees => "nơi nhận",
        }
    }
}

/// What a confirmed document is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Hồ sơ lịch sử: as of its time, no reminders.
    History,
    /// Còn hiệu lực: duties from today.
    InForce,
}

impl Mode {
    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            Mode::History => "hồ sơ lịch sử",
            Mode::InForce => "còn hiệu lực",
        }
    }
}

/// What a paper was registered as, and when, from what is stored.
pub(in crate::documents) fn entry(mode: &str, on: i64) -> Option<(Mode, NaiveDate)> {
    from_key(mode).zip(time::date_from_int(on))
}

/// The same in words: "hồ sơ lịch sử, vào sổ 22/11/2026".
pub(in crate::documents) fn kept(entry: Option<(Mode, NaiveDate)>) -> String {
    entry.map(|(mode, on)| format!("{}, vào sổ {}", mode.label(), time::display_date(on))).unwrap_or_default()
}

/// What a document does to an earlier registered one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Sửa đổi, bổ sung.
    Amends,
    /// Thay thế.
    Replaces,
    /// Bãi bỏ, thu hồi.
    Withdraws,
}

impl Change {
    /// All of them.
    pub const ALL: [Change; 3] = [Change::Amends, Change::Replaces, Change::Withdraws];

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            Change::Amends => "sửa đổi, bổ sung",
            Change::Replaces => "thay thế",
            Change::Withdraws => "bãi bỏ",
        }
    }
}

/// Part of a party in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    /// Chủ trì.
    Lead,
    /// Phối hợp.
    Coordinating,
}

/// Whom the words of a party mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// One agency.
    Agency(Uuid),
    /// All members of a class under (or seated in) an agency.
    Class {
        /// Key of the class.
        key: String,
        /// The agency to which it is relative.
        scope: Uuid,
    },
    /// Another one for each addressee ("UBND cùng cấp"): see [`related`] and [`Confirmed::addressees`].
    Relative {
        /// Key of the phrase, as the directory of agencies knows it.
        key: String,
    },
    /// It is no more and nobody carries on.
    Ended {
        /// Why.
        basis: String,
    },
    /// Nobody that is registered.
    None,
}

/// Which parties of a task (role, relative?) a relative one with this role is relative to, by their places: who leads,
/// for one that helps; the others who lead, else who helps, for one that leads. None: the addressees of the paper.
pub fn related(parties: &[(PartyRole, bool)], role: PartyRole) -> Vec<usize> {
    let of = |wanted: PartyRole| -> Vec<usize> {
        let named = parties.iter().enumerate().filter(|(_, (role, relative))| *role == wanted && !relative);
        named.map(|(at, _)| at).collect()
    };
    let leads = of(PartyRole::Lead);
    if leads.is_empty() && role == PartyRole::Lead { of(PartyRole::Coordinating) } else { leads }
}

/// One party of a confirmed task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Leads or helps.
    pub role: PartyRole,
    /// As printed.
    pub text: String,
    /// Ordered or asked.
    pub force: Force,
    /// Who it is; heirs already in place for a document in force.
    pub target: Target,
}

/// One confirmed task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConfirmedTask {
    /// Its row.
    pub id: Uuid,
    /// Place in the document, from 1.
    pub position: i64,
    /// Address in the paper ("II.2.1").
    pub anchor: String,
    /// Nearest heading.
    pub heading: String,
    /// Its words.
    pub text: String,
    /// Ordered or asked.
    pub force: Force,
    /// Content or organisation.
    pub class: TaskClass,
    /// The rule of its due dates.
    pub deadline: Deadline,
    /// The words of the deadline, as printed.
    pub deadline_text: String,
    /// Further deadlines in the same task; each gives its own due dates.
    pub deadlines_more: Vec<Deadline>,
    /// Product expected.
    pub product: Option<String>,
    /// Who, in printed order.
    pub parties: Vec<Party>,
}

/// What other slices learn of a confirmed document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Its row.
    pub id: Uuid,
    /// Number and symbol.
    pub number: String,
    /// Kind ("Kế hoạch").
    pub kind: String,
    /// Trích yếu.
    pub title: String,
    /// Date of issue.
    pub date: Option<NaiveDate>,
    /// The agency that issued it, when registered.
    pub issuer_agency: Option<Uuid>,
    /// The agency that keeps it and follows it up.
    pub owner_agency: Uuid,
    /// As of its time, or duties from today.
    pub mode: Mode,
    /// The day on which it was confirmed.
    pub confirmed_on: NaiveDate,
    /// The registered document that it changes.
    pub amends: Option<Uuid>,
    /// How it changes that one.
    pub how: Option<Change>,
    /// The earlier version of this same document that it corrects.
    pub corrects: Option<Uuid>,
    /// Kính gửi: words and whom they mean. Relative parties of a task that names nobody else are relative to these.
    pub addressees: Vec<(String, Target)>,
    /// What it asks for; dropped tasks are left out.
    pub tasks: Vec<ConfirmedTask>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_party_is_relative_to_who_leads_else_to_who_helps() {
        use PartyRole::{Coordinating, Lead};
        let parties = [(Lead, false), (Coordinating, false), (Coordinating, true)];
        assert_eq!(related(&parties, Coordinating), [0]);
        let parties = [(Lead, true), (Coordinating, false), (Coordinating, false)];
        assert_eq!(related(&parties, Lead), [1, 2]);
        assert_eq!(related(&[(Lead, true), (Lead, false)], Lead), [1]);
        assert!(related(&[(Lead, true), (Coordinating, true)], Coordinating).is_empty());
    }

    #[test]
    fn keys_come_back_as_values() {
        assert_eq!(key(&State::Draft), "draft");
        assert_eq!(from_key::<Mode>("in_force"), Some(Mode::InForce));
        assert_eq!(from_key::<Change>("nothing"), None);
    }
}
