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

impl AskForm {
    pub(super) fn read(&self, errors: &mut FieldErrors) -> Asking {
        Asking {
            agency: form::id(errors, "co_quan", &self.co_quan),
            name: form::required(errors, "ho_ten", &self.ho_ten, 120),
            contact: form::bounded(errors, "lien_he", &self.lien_he, 120),
            address: form::required(errors, "dia_chi", &self.dia_chi, 300),
            asked: form::required(errors, "noi_dung", &self.noi_dung.replace("\r\n", "\n"), 4_000),
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
