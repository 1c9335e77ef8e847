//! What the forms of the newsletter say.

use kernel::Uuid;
use records::subscriptions::model::Choice;
use serde::Deserialize;

/// An address and what it wants to read of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    pub email: String,
    nhip: String,
    chuyen_muc: Vec<Uuid>,
    linh_vuc: Vec<String>,
    co_quan: Vec<Uuid>,
    /// Nobody sees this field; programs fill it in.
    pub website: String,
}

impl AskForm {
    /// What is chosen, as far as it can be chosen.
    pub(super) fn choice(&self, fields: &[(String, String)]) -> Choice {
        Choice {
            period: self.nhip.clone(),
            sections: self.chuyen_muc.iter().copied().take(50).collect(),
            fields: self.linh_vuc.iter().filter(|key| fields.iter().any(|(known, _)| known == *key)).cloned().collect(),
            agencies: self.co_quan.iter().copied().take(50).collect(),
        }
    }
}
