//! Reading the forms of public information.

use kernel::FieldErrors;
use platform::web::form;
use records::disclosures::service::Asking;
use serde::Deserialize;

/// Words in the name of the agency that is to be asked, and which was chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AgencyQuery {
    pub ten: String,
    pub co_quan: String,
}

/// A request as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    pub co_quan: String,
    pub ho_ten: String,
    pub lien_he: String,
    pub dia_chi: String,
    pub noi_dung: String,
    pub cach: String,
    pub muc_dich: String,
    /// Left empty by people, who do not see it.
    pub trang_web: String,
}

/// Nothing was asked for.
const MISSING: &str = "Hãy ghi thông tin cần được cung cấp.";

/// Text that must be there, with what to say when it is not.
fn needed(errors: &mut FieldErrors, (field, missing): (&str, &str), text: &str, limit: usize) -> String {
    if text.trim().is_empty() {
        errors.add(field, missing);
    }
    form::bounded(errors, field, text, limit)
}

impl AskForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> Asking {
        Asking {
            agency: form::id(errors, "co_quan", &self.co_quan),
            name: needed(errors, ("ho_ten", "Hãy ghi họ và tên."), &self.ho_ten, 120),
            contact: form::bounded(errors, "lien_he", &self.lien_he, 120),
            address: needed(errors, ("dia_chi", "Hãy ghi địa chỉ, nơi cư trú."), &self.dia_chi, 300),
            asked: needed(errors, ("noi_dung", MISSING), &self.noi_dung.replace("\r\n", "\n"), 4_000),
            way: self.cach.clone(),
            purpose: form::bounded(errors, "muc_dich", &self.muc_dich, 500),
            generated: false,
        }
    }
}

/// The code of a request and the contact of its asker.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LookForm {
    pub ma: String,
    pub lien_he: String,
}
