//! The rules of outgoing papers, pure.

pub mod check;
pub mod compose;
pub mod draft;
pub mod facts;
pub mod reference;
pub mod signature;
pub mod signer;
mod tables;
pub mod template;
#[cfg(test)]
mod tests;

pub use tables::number;

/// Where a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The maker works on it.
    Draft,
    /// It lies before the head of the agency.
    Waiting,
    /// Signed: its words and figures are frozen.
    Signed,
    /// The signed file is back: nothing can change any more.
    Issued,
}

impl State {
    /// All of them, in order.
    pub const ALL: [State; 4] = [State::Draft, State::Waiting, State::Signed, State::Issued];

    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Waiting => "waiting",
            State::Signed => "signed",
            State::Issued => "issued",
        }
    }

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            State::Draft => "đang soạn",
            State::Waiting => "chờ thủ trưởng ký",
            State::Signed => "đã ký duyệt",
            State::Issued => "đã phát hành",
        }
    }

    /// The state of this key.
    pub fn from_key(key: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Are its words and figures frozen?
    pub fn frozen(self) -> bool {
        matches!(self, State::Signed | State::Issued)
    }
}
