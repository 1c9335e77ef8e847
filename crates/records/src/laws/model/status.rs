//! Whether a document has effect on a day, as far as that follows from what is known.

/// What is known of a document's effect. Days are yyyymmdd, 0 when not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// First day of effect.
    pub effect_from: i64,
    /// First day without effect.
    pub ended_on: i64,
    /// Something ends it, on a day that is not known.
    pub ends_sometime: bool,
    /// First day on which words of it were changed or ceased.
    pub changed_on: i64,
    /// Last day for which somebody, or the source, says what is known.
    pub checked_on: i64,
}

/// Effect of a document on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Before its first day.
    NotYet,
    /// All of it.
    InForce,
    /// Some of its first words no longer (a document loses effect in part when words of it are amended, replaced or repealed).
    Partly,
    /// None of it.
    Ended,
    /// It does not follow from what is known.
    Unknown,
}

impl Status {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotYet => "Chưa có hiệu lực",
            Self::InForce => "Còn hiệu lực",
            Self::Partly => "Hết hiệu lực một phần",
            Self::Ended => "Hết hiệu lực",
            Self::Unknown => "Không rõ",
        }
    }

    /// As style sheets know it.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotYet => "not-yet",
            Self::InForce => "in-force",
            Self::Partly => "partly",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }
}

/// Effect on a day. What has ended stays ended, what has not begun has not; in between, nothing is said of days after the last one that was checked.
pub fn status(facts: &Facts, day: i64) -> Status {
    if facts.ended_on > 0 && day >= facts.ended_on {
        Status::Ended
    } else if facts.effect_from == 0 {
        Status::Unknown
    } else if day < facts.effect_from {
        Status::NotYet
    } else if facts.ends_sometime || day > facts.checked_on {
        Status::Unknown
    } else if facts.changed_on > 0 && day >= facts.changed_on {
        Status::Partly
    } else {
        Status::InForce
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_guessed() {
        let all = Facts {
            effect_from: 20_130_101,
            ended_on: 20_270_101,
            changed_on: 20_200_101,
            checked_on: 20_260_513,
            ..Facts::default()
        };
        let rows = [
            (all, 20_121_231, Status::NotYet),
            (all, 20_130_101, Status::InForce),
            (all, 20_191_231, Status::InForce),
            (all, 20_200_101, Status::Partly),
            (all, 20_260_513, Status::Partly),
            (all, 20_260_514, Status::Unknown),
            (all, 20_270_101, Status::Ended),
            (Facts { ended_on: 0, ..all }, 20_300_101, Status::Unknown),
            (Facts { effect_from: 0, ..all }, 20_190_101, Status::Unknown),
            (Facts { effect_from: 0, ..all }, 20_280_101, Status::Ended),
            (Facts { ends_sometime: true, ended_on: 0, ..all }, 20_190_101, Status::Unknown),
            (Facts { ends_sometime: true, ended_on: 0, ..all }, 20_120_101, Status::NotYet),
            (Facts::default(), 20_260_101, Status::Unknown),
        ];
        for (facts, day, expected) in rows {
            assert_eq!(status(&facts, day), expected, "{facts:?} {day}");
        }
    }
}
