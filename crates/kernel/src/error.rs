//! What can go wrong, for everyone above. Slices have their own small enums that become one of these;
//! one place in the web kit makes HTTP of them. Messages are Vietnamese sentences that say what to do next.

use std::collections::BTreeMap;

/// Field name → message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldErrors(pub BTreeMap<String, String>);

impl std::fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let messages: Vec<&str> = self.0.values().map(String::as_str).collect();
        f.write_str(&messages.join(" "))
    }
}

impl FieldErrors {
    /// Adds a message to a field; the first one stays.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.entry(field.to_owned()).or_insert_with(|| message.into());
    }

    /// The message of a field, or nothing.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value`, or these errors.
    ///
    /// # Errors
    /// [`Error::Invalid`] when there is at least one.
    pub fn into_result<T>(self, value: T) -> Result<T> {
        if self.is_empty() { Ok(value) } else { Err(Error::Invalid(self)) }
    }
}

/// The outcome of nearly everything.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// See the module.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none, or it is not for this person: the two are not told apart.
    #[error("không tìm thấy")]
    NotFound,
    /// Signed in, but no role has the action.
    #[error("không có quyền thực hiện việc này")]
    Denied,
    /// Input to be corrected, by field ("" for the whole form).
    #[error("{0}")]
    Invalid(FieldErrors),
    /// The state of things does not allow it (any more).
    #[error("{0}")]
    Conflict(String),
    /// Something outside is missing or down; trying later or installing it helps.
    #[error("{0}")]
    Unavailable(String),
    /// A fault of ours; logged once at the boundary.
    #[error("lỗi bên trong: {0}")]
    Internal(String),
}

impl Error {
    /// One message on one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(field, message);
        Error::Invalid(errors)
    }

    /// A fault of ours, from whatever caused it.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Error::Internal(cause.to_string())
    }
}
