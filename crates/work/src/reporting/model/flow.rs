//! The way of a report: who does what next.

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The maker fills it in.
    Draft,
    /// The checker looks at it.
    Checking,
    /// It lies before the head of the agency.
    Signing,
    /// Sent; the level above looks at it.
    Submitted,
    /// Sent back with reasons.
    Returned,
    /// Approved: its figures count.
    Approved,
    /// Accepted: locked.
    Accepted,
}

/// What can be done to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Changes figures.
    Fill,
    /// The maker passes it on.
    Finish,
    /// The checker passes it on.
    Check,
    /// Checker or head give it back to the maker.
    GiveBack,
    /// The head sends it to the level above.
    Send,
    /// The level above sends it back with reasons.
    Return,
    /// The level above approves.
    Approve,
    /// The level above takes its approval back.
    Reopen,
    /// The level above locks.
    Accept,
    /// A corrected revision is begun.
    Correct,
}

impl State {
    /// All of them, in the order of the way.
    pub const ALL: [State; 7] = [
        State::Draft,
        State::Checking,
        State::Signing,
        State::Returned,
        State::Submitted,
        State::Approved,
        State::Accepted,
    ];

    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Checking => "checking",
            State::Signing => "signing",
            State::Submitted => "submitted",
            State::Returned => "returned",
            State::Approved => "approved",
            State::Accepted => "accepted",
        }
    }

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            State::Draft => "đang lập",
            State::Checking => "chờ kiểm tra",
            State::Signing => "chờ thủ trưởng",
            State::Submitted => "chờ duyệt",
            State::Returned => "bị trả lại",
            State::Approved => "đã duyệt",
            State::Accepted => "đã tiếp nhận",
        }
    }

    /// The state of this key.
    pub fn from_key(key: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Does the agency still work on it?
    pub fn with_agency(self) -> bool {
        matches!(self, State::Draft | State::Checking | State::Signing | State::Returned)
    }

    /// Has the maker it, so that its figures follow their sources?
    pub fn with_maker(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }

    /// Do its figures count above?
    pub fn counts(self) -> bool {
        matches!(self, State::Approved | State::Accepted)
    }

    /// Where an act leads; `None` when it is not possible from here.
    pub fn after(self, act: Act) -> Option<State> {
        match (self, act) {
            (State::Draft | State::Returned, Act::Fill) => Some(self),
            (State::Draft | State::Returned, Act::Finish) => Some(State::Checking),
            (State::Checking, Act::Check) => Some(State::Signing),
            (State::Checking | State::Signing, Act::GiveBack) => Some(State::Draft),
            (State::Signing, Act::Send) => Some(State::Submitted),
            (State::Submitted, Act::Return) => Some(State::Returned),
            (State::Submitted, Act::Approve) => Some(State::Approved),
            (State::Approved, Act::Reopen) => Some(State::Returned),
            (State::Approved, Act::Accept) => Some(State::Accepted),
            (State::Accepted, Act::Correct) => Some(State::Draft),
            _ => None,
        }
    }
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 10] = [
        Act::Fill,
        Act::Finish,
        Act::Check,
        Act::GiveBack,
        Act::Send,
        Act::Return,
        Act::Approve,
        Act::Reopen,
        Act::Accept,
        Act::Correct,
    ];

    /// As stored in the history.
    pub fn key(self) -> &'static str {
        match self {
            Act::Fill => "fill",
            Act::Finish => "finish",
            Act::Check => "check",
            Act::GiveBack => "give_back",
            Act::Send => "send",
            Act::Return => "return",
            Act::Approve => "approve",
            Act::Reopen => "reopen",
            Act::Accept => "accept",
            Act::Correct => "correct",
        }
    }

    /// Name in the history.
    pub fn label(self) -> &'static str {
        match self {
            Act::Fill => "điền số liệu",
            Act::Finish => "người lập trình kiểm tra",
            Act::Check => "người kiểm tra trình thủ trưởng",
            Act::GiveBack => "trả người lập",
            Act::Send => "thủ trưởng gửi cấp trên",
            Act::Return => "cấp trên trả lại",
            Act::Approve => "cấp trên duyệt",
            Act::Reopen => "cấp trên bỏ duyệt, trả lại",
            Act::Accept => "cấp trên tiếp nhận, khóa",
            Act::Correct => "mở bản đính chính",
        }
    }

    /// The act of this key.
    pub fn from_key(key: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_approving_makes_figures_count_and_only_reopening_takes_them_away() {
        for state in State::ALL {
            for act in Act::ALL {
                let Some(next) = state.after(act) else { continue };
                match (state.counts(), next.counts()) {
                    (false, true) => assert_eq!(act, Act::Approve),
                    // A correction is a new revision; what was accepted goes on counting until the new one is approved.
                    (true, false) => assert!(matches!(act, Act::Reopen | Act::Correct)),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn what_is_accepted_is_locked() {
        let open: Vec<Act> = Act::ALL.into_iter().filter(|act| State::Accepted.after(*act).is_some()).collect();
        assert_eq!(open, [Act::Correct]);
        for state in State::ALL {
            assert_eq!(State::from_key(state.key()), Some(state));
        }
    }
}
