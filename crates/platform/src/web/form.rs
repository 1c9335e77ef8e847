//! Reading forms: small parsers that collect what is wrong instead of stopping at the first fault.

use chrono::NaiveDate;
use kernel::{FieldErrors, Uuid, time};

/// Text that must be there; trimmed, at most `limit` characters.
pub fn required(errors: &mut FieldErrors, field: &str, text: &str, limit: usize) -> String {
    let text = text.trim();
    if text.is_empty() {
        errors.add(field, "Hãy điền mục này.");
    }
    bounded(errors, field, text, limit)
}

/// Text that may be empty; trimmed, at most `limit` characters.
pub fn bounded(errors: &mut FieldErrors, field: &str, text: &str, limit: usize) -> String {
    let text = text.trim();
    if text.chars().count() > limit {
        errors.add(field, format!("Dài quá {limit} ký tự; hãy rút gọn."));
    }
    text.to_owned()
}

/// A date as `dd/mm/yyyy` or ISO; empty is none.
pub fn date(errors: &mut FieldErrors, field: &str, text: &str) -> Option<NaiveDate> {
    if text.trim().is_empty() {
        return None;
    }
    let date = time::parse_date(text);
    if date.is_none() {
        errors.add(field, "Ngày không hợp lệ; hãy viết theo dạng ngày/tháng/năm, ví dụ 09/11/2026.");
    }
    date
}

/// A date that must be there.
pub fn required_date(errors: &mut FieldErrors, field: &str, text: &str) -> Option<NaiveDate> {
    if text.trim().is_empty() {
        errors.add(field, "Hãy điền ngày.");
    }
    date(errors, field, text)
}

/// An identifier chosen from a list; empty is none.
pub fn id(errors: &mut FieldErrors, field: &str, text: &str) -> Option<Uuid> {
    if text.trim().is_empty() {
        return None;
    }
    let id = Uuid::parse_str(text.trim()).ok();
    if id.is_none() {
        errors.add(field, "Lựa chọn không hợp lệ; hãy chọn trong danh sách.");
    }
    id
}

/// Is this an address that a link may lead to: a page of this site or another site over HTTP?
pub fn sound_link(link: &str) -> bool {
    let own = link.starts_with('/') && !link.starts_with("//") && !link.contains('\\');
    let other =
        ["https://", "http://"].iter().any(|scheme| link.strip_prefix(scheme).is_some_and(|rest| rest.contains('.')));
    (own || other) && !link.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stays_here_or_names_its_scheme() {
        for right in ["/tin/mot-bai", "https://vi-du.gov.vn/van-ban"] {
            assert!(sound_link(right), "{right}");
        }
        for wrong in ["//vi-du.vn", "javascript:alert(1)", "tin/mot-bai", "/a b", "https://", "/\\vi-du.vn"] {
            assert!(!sound_link(wrong), "{wrong}");
        }
    }
}
