//! What a password must be (TCVN 14423:2026, as configured).

use kernel::text;
use platform::config::AccessRules;

/// Longest password taken; hashing more would only cost time.
const LONGEST: usize = 200;

/// Is the password good enough for this account? The message says what is missing.
///
/// # Errors
/// The message.
pub fn check(rules: &AccessRules, password: &str, login: &str, has_totp: bool) -> Result<(), String> {
    let length = password.chars().count();
    let least = if has_totp { rules.password_with_totp } else { rules.password_alone };
    if length < least {
        return Err(format!("Mật khẩu phải có ít nhất {least} ký tự; mới có {length}."));
    }
    if length > LONGEST {
        return Err(format!("Mật khẩu dài quá {LONGEST} ký tự."));
    }
    let has = |test: fn(char) -> bool| password.chars().any(test);
    let classes =
        [has(char::is_lowercase), has(char::is_uppercase), has(char::is_numeric), has(|c| !c.is_alphanumeric())];
    if !has_totp && classes.contains(&false) {
        return Err("Mật khẩu phải có cả chữ thường, chữ hoa, chữ số và ký tự đặc biệt (ví dụ - . ! @).".into());
    }
    let squeezed = |text: &str| text::fold(text).replace(' ', "");
    if login.chars().count() >= 3 && squeezed(password).contains(&squeezed(login)) {
        return Err("Mật khẩu không được chứa tên đăng nhập.".into());
    }
    Ok(())
}

/// What to tell a person who chooses one.
pub fn advice(rules: &AccessRules, has_totp: bool) -> String {
    let history = rules.password_history;
    if has_totp {
        format!("Ít nhất {} ký tự, không trùng {history} mật khẩu gần nhất.", rules.password_with_totp)
    } else {
        format!(
            "Ít nhất {} ký tự, có chữ thường, chữ hoa, chữ số và ký tự đặc biệt; không trùng {history} mật khẩu gần nhất.",
            rules.password_alone
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alone_a_password_is_long_and_of_four_classes() {
        let rules = AccessRules::default();
        let with = |password: &str| check(&rules, password, "ha.hoang", false).is_ok();
        assert!(with("Ruong-bac-thang-7"));
        assert!(!with("Ruong-bac-th7"));
        assert!(!with("ruong-bac-thang-7"));
        assert!(!with("Ruong-bac-thang-x"));
        assert!(!with("Ruongbacthang77777"));
        assert!(!with(&format!("Aa-1{}", "x".repeat(300))));
    }

    #[test]
    fn with_a_second_factor_eight_signs_are_enough() {
        let rules = AccessRules::default();
        assert!(check(&rules, "bac-thang", "ha", true).is_ok());
        assert!(check(&rules, "bacthan", "ha", true).is_err());
    }

    #[test]
    fn the_login_name_may_not_be_in_it() {
        let rules = AccessRules::default();
        assert!(check(&rules, "Toi-La-HA.HOANG-2026", "ha.hoang", false).is_err());
    }
}
