//! The states of an edition and what leads from one to another.

use kernel::text;

/// Where an edition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Waits for an editor.
    Submitted,
    /// Sent back with a reason.
    Returned,
    /// An editor found it good; not public yet.
    Accepted,
    /// Goes live by itself at its time.
    Scheduled,
    /// What readers see.
    Live,
    /// A later edition took its place.
    Past,
    /// Given up before it was public.
    Dropped,
}

impl State {
    /// All of them, in the order of work.
    pub const ALL: [State; 8] = [
        State::Draft,
        State::Submitted,
        State::Returned,
        State::Accepted,
        State::Scheduled,
        State::Live,
        State::Past,
        State::Dropped,
    ];

    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted => "submitted",
            State::Returned => "returned",
            State::Accepted => "accepted",
            State::Scheduled => "scheduled",
            State::Live => "live",
            State::Past => "past",
            State::Dropped => "dropped",
        }
    }

    /// From what is stored.
    pub fn from_key(key: &str) -> Option<State> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// On screen.
    pub fn label(self) -> &'static str {
        match self {
            State::Draft => "Bản thảo",
            State::Submitted => "Chờ biên tập",
            State::Returned => "Trả lại",
            State::Accepted => "Đã duyệt, chờ xuất bản",
            State::Scheduled => "Hẹn giờ xuất bản",
            State::Live => "Đã xuất bản",
            State::Past => "Bản cũ",
            State::Dropped => "Đã bỏ",
        }
    }

    /// Its words may still change.
    pub fn open(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }
}

/// What is done with an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Its words change.
    Write,
    /// The writer hands it in.
    Submit,
    /// The writer takes it back before an editor has decided.
    TakeBack,
    /// An editor sends it back.
    Return,
    /// An editor finds it good.
    Accept,
    /// It becomes public now.
    Publish,
    /// It becomes public at a later time.
    Schedule,
    /// It does not become public by itself any more.
    Unschedule,
    /// It is given up.
    Drop,
    /// A new edition of what is public begins.
    Correct,
    /// What is public is taken away.
    Withdraw,
}

impl Act {
    /// Where it leads from a state; none when it cannot be done there.
    pub fn from(self, state: State) -> Option<State> {
        match (self, state) {
            (Act::Write, State::Draft | State::Returned) => Some(State::Draft),
            (Act::Submit, State::Draft | State::Returned) => Some(State::Submitted),
            (Act::TakeBack, State::Submitted) => Some(State::Draft),
            (Act::Return, State::Submitted | State::Accepted | State::Scheduled) => Some(State::Returned),
            (Act::Accept, State::Submitted) => Some(State::Accepted),
            (Act::Publish, State::Accepted | State::Scheduled) => Some(State::Live),
            (Act::Schedule, State::Accepted | State::Scheduled) => Some(State::Scheduled),
            (Act::Unschedule, State::Scheduled) => Some(State::Accepted),
            (Act::Drop, State::Draft | State::Returned | State::Submitted) => Some(State::Dropped),
            (Act::Correct | Act::Withdraw, State::Live) => Some(State::Live),
            _ => None,
        }
    }
}

/// An address made from a headline; see [`text::slug`].
pub fn slug(title: &str) -> String {
    Some(text::slug(title)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "bai".into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ACTS: [Act; 11] = [
        Act::Write,
        Act::Submit,
        Act::TakeBack,
        Act::Return,
        Act::Accept,
        Act::Publish,
        Act::Schedule,
        Act::Unschedule,
        Act::Drop,
        Act::Correct,
        Act::Withdraw,
    ];

    #[test]
    fn an_address_is_made_of_plain_words() {
        assert_eq!(
            slug("Ngày Pháp luật 9/11: “Sống, làm việc theo pháp luật”"),
            "ngay-phap-luat-9-11-song-lam-viec-theo-phap-luat"
        );
        assert_eq!(slug("法"), "bai");
        assert!(slug(&"phổ biến ".repeat(40)).len() <= 80);
    }

    proptest! {
        #[test]
        fn nothing_becomes_public_that_no_editor_has_accepted(acts in proptest::collection::vec(0usize..ACTS.len(), 0..40)) {
            let (mut state, mut accepted) = (State::Draft, false);
            for act in acts {
                let act = ACTS[act];
                let Some(next) = act.from(state) else { continue };
                match act {
                    Act::Accept => accepted = true,
                    Act::Return | Act::Write | Act::TakeBack => accepted = false,
                    _ => {}
                }
                state = next;
                if state == State::Live {
                    prop_assert!(accepted);
                }
            }
        }

        #[test]
        fn an_address_is_always_one(title in "\\PC{0,120}") {
            let slug = slug(&title);
            prop_assert!(!slug.is_empty() && slug.len() <= 80);
            prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{slug}");
        }
    }
}
