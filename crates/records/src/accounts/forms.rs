//! Forms of the accounts slice, and what they come to.

use chrono::NaiveDate;
use kernel::{FieldErrors, Result, Role, Uuid};
use platform::web::form;
use serde::Deserialize;

use super::model::import::{self, Place, Places};

/// An account as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct UserForm {
    /// Login name; for a new account only.
    pub login: String,
    /// Full name.
    pub name: String,
    /// Position.
    pub position: String,
    /// Mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Home agency: its name, code or id.
    pub agency: String,
    /// Role; for a new account only.
    pub role: String,
}

/// An account as understood.
#[derive(Debug)]
pub struct UserInput {
    /// Full name.
    pub name: String,
    /// Position.
    pub position: String,
    /// Mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Home agency.
    pub home: Uuid,
}

impl UserForm {
    /// Reads it; what is wrong by field.
    ///
    /// # Errors
    /// [`kernel::Error::Invalid`].
    pub fn read(&self, places: &Places) -> Result<UserInput> {
        let mut errors = FieldErrors::default();
        let name = form::required(&mut errors, "name", &self.name, 120);
        let position = form::bounded(&mut errors, "position", &self.position, 200);
        let email = form::bounded(&mut errors, "email", &self.email, 200);
        if !email.is_empty() && !import::is_email(&email) {
            errors.add("email", "Địa chỉ thư không hợp lệ; ví dụ ten@tinh.gov.vn.");
        }
        let phone = form::bounded(&mut errors, "phone", &self.phone, 40);
        let home = place(&mut errors, "agency", &self.agency, places);
        errors.into_result(UserInput { name, position, email, phone, home })
    }
}

/// The agency meant by what was typed; a message with the nearest ones when it is none.
pub fn place(errors: &mut FieldErrors, field: &str, typed: &str, places: &Places) -> Uuid {
    if typed.trim().is_empty() {
        errors.add(field, "Hãy điền tên cơ quan.");
        return Uuid::nil();
    }
    match places.find(typed) {
        Ok(place) => place.id,
        Err(near) => {
            let names: Vec<String> = near.into_iter().map(Place::label).collect();
            let message = if names.is_empty() {
                "Không có cơ quan này trong phạm vi quản lý; hãy kiểm tra lại tên.".to_owned()
            } else {
                format!("Chưa rõ cơ quan nào. Có phải: {}?", names.join("; "))
            };
            errors.add(field, message);
            Uuid::nil()
        }
    }
}

/// A role to be granted, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    /// As what.
    pub role: String,
    /// Over which agency.
    pub agency: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Why.
    pub note: String,
}

/// A role to be granted, as understood.
#[derive(Debug)]
pub struct RoleInput {
    /// As what.
    pub role: Role,
    /// Over which agency.
    pub agency: Uuid,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it no longer holds.
    pub to: Option<NaiveDate>,
    /// Why.
    pub note: String,
}

impl RoleForm {
    /// Reads it; what is wrong by field.
    ///
    /// # Errors
    /// [`kernel::Error::Invalid`].
    pub fn read(&self, places: &Places, today: NaiveDate) -> Result<RoleInput> {
        let mut errors = FieldErrors::default();
        let role = role(&mut errors, &self.role);
        let agency = place(&mut errors, "agency", &self.agency, places);
        let from = form::date(&mut errors, "from", &self.from).unwrap_or(today);
        let to = form::date(&mut errors, "until", &self.until).and_then(|last| last.succ_opt());
        let note = form::bounded(&mut errors, "note", &self.note, 300);
        errors.into_result(RoleInput { role, agency, from, to, note })
    }
}

/// The role chosen in a form.
pub fn role(errors: &mut FieldErrors, typed: &str) -> Role {
    Role::from_key(typed).unwrap_or_else(|| {
        errors.add("role", "Hãy chọn vai trò.");
        Role::Viewer
    })
}

/// Password and repetition, in the forms that set one.
///
/// # Errors
/// [`kernel::Error::Invalid`] when they differ.
pub fn repeated(password: &str, again: &str) -> Result<()> {
    if password == again {
        return Ok(());
    }
    Err(kernel::Error::invalid("again", "Hai lần nhập mật khẩu không giống nhau."))
}
