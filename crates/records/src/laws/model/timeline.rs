//! Versions of an article as intervals of days.

/// The day after every other one, as stored.
pub const FOREVER: i64 = 99_991_231;

/// How an article stands in a version.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Held {
    /// Its words are at hand.
    #[default]
    Text,
    /// It has effect; its words are not at hand.
    Unknown,
    /// It was repealed.
    Repealed,
}

impl Held {
    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Unknown => "unknown",
            Self::Repealed => "repealed",
        }
    }

    /// From what is stored.
    pub fn from_key(key: &str) -> Self {
        match key {
            "text" => Self::Text,
            "repealed" => Self::Repealed,
            _ => Self::Unknown,
        }
    }
}

/// What an article says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Whether it does.
    pub held: Held,
    /// Chapter, section, sub-section above it, one a line.
    pub part: String,
    /// Its heading.
    pub heading: String,
    /// Paragraphs, one a line.
    pub body: String,
    /// What brought this version: "Điều 2 Nghị định số 07/2025/NĐ-CP".
    pub cause: String,
}

/// Words of an article from a day to a day (not included).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// First day, yyyymmdd.
    pub from: i64,
    /// The day after the last.
    pub to: i64,
    /// What it says.
    pub words: Words,
}

impl Version {
    /// From a day on.
    pub fn since(from: i64, words: Words) -> Self {
        Self { from, to: FOREVER, words }
    }

    /// Does it hold on a day?
    pub fn holds(&self, day: i64) -> bool {
        self.from <= day && day < self.to
    }
}

/// Versions with a newer knowledge laid over them: in its days it holds, elsewhere what was known before. Neighbours that say the same become one.
pub fn lay(old: &[Version], new: Version) -> Vec<Version> {
    let mut pieces = Vec::with_capacity(old.len() + 2);
    for version in old {
        if version.from < new.from {
            pieces.push(Version { to: version.to.min(new.from), ..version.clone() });
        }
        if version.to > new.to {
            pieces.push(Version { from: version.from.max(new.to), ..version.clone() });
        }
    }
    pieces.push(new);
    pieces.retain(|version| version.from < version.to);
    pieces.sort_by_key(|version| version.from);
    let mut out: Vec<Version> = Vec::with_capacity(pieces.len());
    for version in pieces {
        match out.last_mut() {
            Some(last) if last.to == version.from && same(&last.words, &version.words) => last.to = version.to,
            _ => out.push(version),
        }
    }
    out
}

/// The same words, whatever brought them.
fn same(one: &Words, other: &Words) -> bool {
    (one.held, &one.part, &one.heading, &one.body) == (other.held, &other.part, &other.heading, &other.body)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn says(versions: &[Version], day: i64) -> Option<&str> {
        let mut found = versions.iter().filter(|version| version.holds(day));
        let first = found.next();
        assert!(found.next().is_none(), "two versions on one day");
        first.map(|version| version.words.body.as_str())
    }

    fn version() -> impl Strategy<Value = Version> {
        (0i64..30, 1i64..30, "[ab]").prop_map(|(from, length, body)| Version {
            from,
            to: from + length,
            words: Words { body, ..Words::default() },
        })
    }

    proptest! {
        #[test]
        fn the_newer_knowledge_holds_in_its_days_and_the_older_elsewhere(all in prop::collection::vec(version(), 1..8)) {
            let mut held: Vec<Version> = Vec::new();
            for new in all {
                let next = lay(&held, new.clone());
                for day in 0..70 {
                    let expected = if new.holds(day) { Some(new.words.body.as_str()) } else { says(&held, day) };
                    prop_assert_eq!(says(&next, day), expected);
                }
                prop_assert!(next.windows(2).all(|pair| pair[0].to <= pair[1].from));
                prop_assert_eq!(lay(&next, new.clone()), next.clone(), "laying it twice changes nothing");
                held = next;
            }
        }
    }
}
