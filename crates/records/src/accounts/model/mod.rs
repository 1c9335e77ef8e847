//! Accounts: states and the rules of signing in, pure; passwords, codes and invitation lists beside.

pub(super) mod import;
pub(super) mod login;
pub(super) mod password;
pub mod totp;

use kernel::{Timestamp, Uuid};
use platform::config::AccessRules;

/// May the account sign in?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Made, but the person has not set a password yet.
    Invited,
    /// In use.
    Active,
    /// Closed by an administrator or for want of use.
    Disabled,
}

impl State {
    /// Stable key, as stored.
    pub fn key(self) -> &'static str {
        match self {
            State::Invited => "invited",
            State::Active => "active",
            State::Disabled => "disabled",
        }
    }

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            State::Invited => "chưa kích hoạt",
            State::Active => "đang dùng",
            State::Disabled => "đã khóa",
        }
    }

    /// The state with this key; an unknown one is closed.
    pub fn from_key(key: &str) -> State {
        match key {
            "active" => State::Active,
            "invited" => State::Invited,
            _ => State::Disabled,
        }
    }
}

/// What signing in needs to know of an account.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The account.
    pub id: Uuid,
    /// Full name.
    pub name: String,
    /// May it sign in?
    pub state: State,
    /// Hash, once set.
    pub password: Option<String>,
    /// Wrong passwords in a row.
    pub failures: i64,
    /// Locked until.
    pub locked_until: Timestamp,
    /// Has a second factor?
    pub has_totp: bool,
}

impl SignIn {
    /// Is it locked at this instant?
    pub fn locked(&self, now: Timestamp) -> bool {
        self.locked_until > now
    }

    /// Failures and lock after one more wrong password or code.
    pub fn after_failure(&self, rules: &AccessRules, now: Timestamp) -> (i64, Timestamp) {
        let failures = self.failures + 1;
        if failures >= rules.lock_after {
            (0, now.plus_seconds(rules.lock_minutes * 60))
        } else {
            (failures, self.locked_until)
        }
    }
}

/// Days for which a slip can be used.
pub const SLIP_DAYS: i64 = 30;

/// A code as typed from a slip, in the form that is hashed: letters and digits only, capitals.
pub fn slip_key(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_wrong_password_locks_for_a_while() {
        let rules = AccessRules::default();
        let now = Timestamp(1_000_000);
        let mut account = SignIn {
            id: kernel::new_id(),
            name: String::new(),
            state: State::Active,
            password: None,
            failures: 0,
            locked_until: Timestamp(0),
            has_totp: false,
        };
        assert_eq!(slip_key(" k7qm-2xdr 94tb "), "K7QM2XDR94TB");
        for _ in 0..rules.lock_after {
            assert!(!account.locked(now));
            (account.failures, account.locked_until) = account.after_failure(&rules, now);
        }
        assert!(account.locked(now));
        assert!(!account.locked(now.plus_seconds(rules.lock_minutes * 60)));
    }
}
