//! Interim and final reviews of a plan: what its owner owes on a day, without being a task that is assigned to anybody.

/// Which review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewKind {
    /// Half way.
    Interim,
    /// At the end.
    Final,
}

impl ReviewKind {
    /// Both.
    pub const ALL: [ReviewKind; 2] = [ReviewKind::Interim, ReviewKind::Final];

    /// Stable key, as stored.
    pub fn key(self) -> &'static str {
        match self {
            ReviewKind::Interim => "interim",
            ReviewKind::Final => "final",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            ReviewKind::Interim => "Sơ kết",
            ReviewKind::Final => "Tổng kết",
        }
    }

    /// In words, of a stored key.
    pub fn label_of(key: &str) -> &'static str {
        ReviewKind::from_key(key).map_or("", ReviewKind::label)
    }

    /// The kind with this key.
    pub fn from_key(key: &str) -> Option<ReviewKind> {
        ReviewKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_as_kinds() {
        assert!(ReviewKind::ALL.into_iter().all(|kind| ReviewKind::from_key(kind.key()) == Some(kind)));
        assert_eq!(ReviewKind::from_key("so-ket"), None);
    }
}
