//! What can happen to an obligation, and what it is afterwards.

use super::due::ClockKind;

/// Where an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Given, not yet received.
    New,
    /// Received by the agency.
    Received,
    /// Under way.
    Doing,
    /// Reported as done; waits for the plan's owner.
    Submitted,
    /// Done.
    Done,
    /// A request that the agency declined.
    Declined,
    /// Of a paper of the past.
    Historical,
    /// Goes on under another plan, or was dropped by it.
    Replaced,
    /// The plan was withdrawn.
    Withdrawn,
    /// The agency is no more.
    Ended,
}

impl State {
    /// All of them, in the order of a list of choices.
    pub const ALL: [State; 10] = [
        State::New,
        State::Received,
        State::Doing,
        State::Submitted,
        State::Done,
        State::Declined,
        State::Historical,
        State::Replaced,
        State::Withdrawn,
        State::Ended,
    ];

    /// Those in which the agency still has something to do.
    pub const OPEN: [State; 3] = [State::New, State::Received, State::Doing];

    /// Stable key, as stored.
    pub fn key(self) -> &'static str {
        match self {
            State::New => "new",
            State::Received => "received",
            State::Doing => "doing",
            State::Submitted => "submitted",
            State::Done => "done",
            State::Declined => "declined",
            State::Historical => "historical",
            State::Replaced => "replaced",
            State::Withdrawn => "withdrawn",
            State::Ended => "ended",
        }
    }

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            State::New => "chưa tiếp nhận",
            State::Received => "đã tiếp nhận",
            State::Doing => "đang thực hiện",
            State::Submitted => "chờ xác nhận",
            State::Done => "hoàn thành",
            State::Declined => "không nhận (đề nghị)",
            State::Historical => "hồ sơ lịch sử",
            State::Replaced => "đã thay thế",
            State::Withdrawn => "đã thu hồi",
            State::Ended => "đã chấm dứt",
        }
    }

    /// The state with this key.
    pub fn from_key(key: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Has the agency something to do?
    pub fn open(self) -> bool {
        State::OPEN.contains(&self)
    }

    /// Neither finished nor closed.
    pub fn alive(self) -> bool {
        self.open() || self == State::Submitted
    }
}

/// What somebody does to an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Tiếp nhận.
    Receive,
    /// Báo cáo tiến độ.
    Report,
    /// Báo hoàn thành.
    Submit,
    /// Không nhận (a request only).
    Decline,
    /// Kiến nghị điều chỉnh.
    Propose,
    /// Xin gia hạn (with a due date only).
    AskForTime,
    /// Xác nhận hoàn thành (owner).
    Confirm,
    /// Trả lại (owner).
    Return,
    /// The plan was replaced.
    Replace,
    /// The plan was withdrawn.
    Withdraw,
    /// The agency is no more.
    End,
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 11] = [
        Act::Receive,
        Act::Report,
        Act::Submit,
        Act::Decline,
        Act::Propose,
        Act::AskForTime,
        Act::Confirm,
        Act::Return,
        Act::Replace,
        Act::Withdraw,
        Act::End,
    ];

    /// Stable key, as stored in steps.
    pub fn key(self) -> &'static str {
        match self {
            Act::Receive => "receive",
            Act::Report => "report",
            Act::Submit => "submit",
            Act::Decline => "decline",
            Act::Propose => "adjust",
            Act::AskForTime => "extend",
            Act::Confirm => "confirm",
            Act::Return => "return",
            Act::Replace => "replace",
            Act::Withdraw => "withdraw",
            Act::End => "end",
        }
    }
}

/// What kind of duty it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nature {
    /// Asked for, not ordered.
    pub request: bool,
    /// What its day means.
    pub clock: ClockKind,
}

/// The state after an act; `None` when the act is not possible.
pub fn after(state: State, act: Act, nature: Nature) -> Option<State> {
    let open = state.open();
    match act {
        Act::Receive => (state == State::New).then_some(State::Received),
        Act::Report => open.then_some(State::Doing),
        // A check-in is a report of its period: nobody has to confirm it.
        Act::Submit if nature.clock == ClockKind::CheckIn => open.then_some(State::Done),
        Act::Submit => open.then_some(State::Submitted),
        Act::Decline => (open && nature.request).then_some(State::Declined),
        Act::Propose => open.then_some(if state == State::New { State::Received } else { state }),
        Act::AskForTime => {
            let received = if state == State::New { State::Received } else { state };
            (open && nature.clock == ClockKind::Dated).then_some(received)
        }
        Act::Confirm => (state == State::Submitted).then_some(State::Done),
        Act::Return => (state == State::Submitted).then_some(State::Doing),
        Act::Replace => state.alive().then_some(State::Replaced),
        Act::Withdraw => state.alive().then_some(State::Withdrawn),
        Act::End => state.alive().then_some(State::Ended),
    }
}

/// Can it become late? Only what was ordered, has a date, is not of the past, and waits for the agency.
pub fn urgent(state: State, nature: Nature, mark: &str) -> bool {
    state.open() && nature.clock == ClockKind::Dated && !nature.request && mark.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOCKS: [ClockKind; 4] = [ClockKind::Dated, ClockKind::CheckIn, ClockKind::Event, ClockKind::None];

    fn natures() -> impl Iterator<Item = Nature> {
        CLOCKS.into_iter().flat_map(|clock| [false, true].map(|request| Nature { request, clock }))
    }

    #[test]
    fn every_act_on_every_state_is_decided() {
        // Rows: states in order; columns: acts in order; for an ordered, dated duty.
        const TABLE: [[&str; 11]; 10] = [
            ["received", "doing", "submitted", "", "received", "received", "", "", "replaced", "withdrawn", "ended"],
            ["", "doing", "submitted", "", "received", "received", "", "", "replaced", "withdrawn", "ended"],
            ["", "doing", "submitted", "", "doing", "doing", "", "", "replaced", "withdrawn", "ended"],
            ["", "", "", "", "", "", "done", "doing", "replaced", "withdrawn", "ended"],
            [""; 11],
            [""; 11],
            [""; 11],
            [""; 11],
            [""; 11],
            [""; 11],
        ];
        let nature = Nature { request: false, clock: ClockKind::Dated };
        for (state, row) in State::ALL.into_iter().zip(TABLE) {
            for (act, expected) in Act::ALL.into_iter().zip(row) {
                let got = after(state, act, nature).map_or("", State::key);
                assert_eq!(got, expected, "{state:?} {act:?}");
            }
        }
    }

    #[test]
    fn only_requests_can_be_declined_and_only_dates_extended() {
        for nature in natures() {
            for state in State::ALL {
                assert_eq!(after(state, Act::Decline, nature).is_some(), state.open() && nature.request);
                let dated = nature.clock == ClockKind::Dated;
                assert_eq!(after(state, Act::AskForTime, nature).is_some(), state.open() && dated);
            }
        }
    }

    #[test]
    fn a_finished_obligation_stays_as_it_is() {
        for nature in natures() {
            for state in State::ALL.into_iter().filter(|state| !state.alive()) {
                assert!(Act::ALL.into_iter().all(|act| after(state, act, nature).is_none()), "{state:?}");
            }
        }
    }

    #[test]
    fn what_was_only_requested_is_never_late() {
        for nature in natures() {
            for state in State::ALL {
                let late = urgent(state, nature, "");
                assert_eq!(late, state.open() && !nature.request && nature.clock == ClockKind::Dated);
                assert!(!urgent(state, nature, "past"));
            }
        }
    }

    #[test]
    fn keys_come_back_as_states() {
        assert!(State::ALL.into_iter().all(|state| State::from_key(state.key()) == Some(state)));
    }
}
