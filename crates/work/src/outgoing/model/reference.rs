//! Live references: what stands in braces in the text of a paper.

use crate::reporting::model::form::PlanFigure;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words as they are.
    Words(String),
    /// A reference that is known, with how it was written.
    Live(String, Reference),
    /// A figure that a person typed and for which they name the source.
    Sourced {
        /// The figure.
        figure: String,
        /// Where it is from.
        source: String,
    },
    /// Braces that say nothing known.
    Unknown(String),
}

/// With what a figure is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Against {
    /// The same period of the year before.
    Year,
    /// The period just before.
    Last,
}

impl Against {
    /// Both.
    pub const ALL: [Against; 2] = [Against::Year, Against::Last];

    /// How references begin that say: the figure then, the change, the change in per cent, the change in words.
    pub fn words(self) -> [&'static str; 4] {
        match self {
            Against::Year => ["truoc", "tang", "tyle", "sosanh"],
            Against::Last => ["truoclien", "tanglien", "tylelien", "sosanhlien"],
        }
    }
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A cell of the round.
    Cell(String),
    /// The same cell in an earlier period.
    Before(Against, String),
    /// By how much it changed.
    Change(Against, String),
    /// By how much it changed, in per cent.
    Percent(Against, String),
    /// The change in words: "tăng 12 (5,3 %)".
    Compared(Against, String),
    /// A cell of another form in the same period.
    Other {
        /// Key of the form.
        form: String,
        /// The cell.
        cell: String,
    },
    /// How many of the agencies asked for stand behind the figures, or behind one cell: "31/33".
    Cover(Option<String>),
    /// The same in per cent.
    CoverPercent,
    /// A measure over activities that the template defines.
    Activity(String),
    /// Progress of obligations that fell due in the period.
    Plan(PlanFigure),
    /// Done obligations in per cent.
    PlanRate,
    /// How many agencies were late.
    Late,
    /// Those that were latest, by name.
    LateNames,
    /// A word about the paper itself.
    Name(Name),
}

/// Words about the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Name of the period.
    Period,
    /// Name of an earlier period.
    Before(Against),
    /// First day.
    From,
    /// Last day.
    To,
    /// The agency whose figures they are.
    Agency,
    /// The programme, project or plan that the round looks back on.
    Programme,
}

const NAMES: [(&str, Name); 7] = [
    ("ten.ky", Name::Period),
    ("ten.truoc", Name::Before(Against::Year)),
    ("ten.truoclien", Name::Before(Against::Last)),
    ("ten.tu", Name::From),
    ("ten.den", Name::To),
    ("ten.coquan", Name::Agency),
    ("ten.chuongtrinh", Name::Programme),
];

/// The name of a figure over plans, as in `{kh.giao}`.
pub fn plan_key(figure: PlanFigure) -> &'static str {
    PLANS.iter().find(|(_, one)| *one == figure).map_or("", |(key, _)| key)
}

/// The figure over plans of this name.
pub fn plan_figure(key: &str) -> Option<PlanFigure> {
    PLANS.iter().find(|(one, _)| *one == key).map(|(_, figure)| *figure)
}

const PLANS: [(&str, PlanFigure); 5] = [
    ("kh.giao", PlanFigure::Assigned),
    ("kh.xong", PlanFigure::Done),
    ("kh.dunghan", PlanFigure::InTime),
    ("kh.cham", PlanFigure::Late),
    ("kh.dangmo", PlanFigure::Open),
];

impl Reference {
    /// Reads what stands between the braces.
    pub fn parse(text: &str) -> Option<Self> {
        let key = |key: &str| {
            let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
            (!key.is_empty() && key.len() <= 24 && key.chars().all(good)).then(|| key.to_owned())
        };
        if let Some((_, name)) = NAMES.iter().find(|(word, _)| *word == text) {
            return Some(Self::Name(*name));
        }
        if let Some((_, figure)) = PLANS.iter().find(|(word, _)| *word == text) {
            return Some(Self::Plan(*figure));
        }
        match text {
            "phu" => return Some(Self::Cover(None)),
            "phu.tyle" => return Some(Self::CoverPercent),
            "kh.tyle" => return Some(Self::PlanRate),
            "muon" => return Some(Self::Late),
            "muon.ten" => return Some(Self::LateNames),
            _ => {}
        }
        let (kind, rest) = text.split_once('.')?;
        for against in Against::ALL {
            if let Some(at) = against.words().iter().position(|word| *word == kind) {
                let make = [Self::Before, Self::Change, Self::Percent, Self::Compared];
                return make.get(at).map(|make| key(rest).map(|key| make(against, key)))?;
            }
        }
        Some(match kind {
            "ky" => Self::Cell(key(rest)?),
            "phu" => Self::Cover(Some(key(rest)?)),
            "hd" => Self::Activity(key(rest)?),
            "bieu" => {
                let (form, cell) = rest.split_once('.')?;
                Self::Other { form: key(form)?, cell: key(cell)? }
            }
            _ => return None,
        })
    }

    /// The cell of the round that it needs.
    pub fn cell(&self) -> Option<&str> {
        match self {
            Self::Cell(cell)
            | Self::Before(_, cell)
            | Self::Change(_, cell)
            | Self::Percent(_, cell)
            | Self::Compared(_, cell)
            | Self::Cover(Some(cell)) => Some(cell),
            _ => None,
        }
    }

    /// The earlier period that it needs.
    pub fn against(&self) -> Option<Against> {
        match self {
            Self::Before(against, _)
            | Self::Change(against, _)
            | Self::Percent(against, _)
            | Self::Compared(against, _) => Some(*against),
            _ => None,
        }
    }
}

/// The pieces of a text, in order; together they are the whole text.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(begin) = rest.find(['{', '}']) {
        let (words, from) = rest.split_at(begin);
        if !words.is_empty() {
            out.push(Piece::Words(words.to_owned()));
        }
        let inside = from.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let Some((inside, after)) = inside.filter(|(inside, _)| !inside.contains(['{', '\n'])) else {
            // A brace without its other half.
            let mut chars = from.chars();
            out.extend(chars.next().map(|brace| Piece::Unknown(brace.to_string())));
            rest = chars.as_str();
            continue;
        };
        out.push(piece(inside));
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Piece::Words(rest.to_owned()));
    }
    out
}

fn piece(inside: &str) -> Piece {
    let unknown = || Piece::Unknown(format!("{{{inside}}}"));
    if let Some(typed) = inside.strip_prefix('=') {
        let Some((figure, source)) = typed.split_once('|') else { return unknown() };
        let (figure, source) = (figure.trim().to_owned(), source.trim().to_owned());
        let good = !figure.is_empty() && !source.is_empty();
        return if good { Piece::Sourced { figure, source } } else { unknown() };
    }
    let word = inside.trim();
    Reference::parse(word).map_or_else(unknown, |reference| Piece::Live(word.to_owned(), reference))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sentence_keeps_its_references_apart_from_its_words() {
        let found = pieces("Tổ chức {ky.c1} cuộc, {sosanh.c1}; {=12 | Công văn số 5/STP}; {ky.} và {x");
        assert_eq!(
            found,
            [
                Piece::Words("Tổ chức ".into()),
                Piece::Live("ky.c1".into(), Reference::Cell("c1".into())),
                Piece::Words(" cuộc, ".into()),
                Piece::Live("sosanh.c1".into(), Reference::Compared(Against::Year, "c1".into())),
                Piece::Words("; ".into()),
                Piece::Sourced { figure: "12".into(), source: "Công văn số 5/STP".into() },
                Piece::Words("; ".into()),
                Piece::Unknown("{ky.}".into()),
                Piece::Words(" và ".into()),
                Piece::Unknown("{".into()),
                Piece::Words("x".into()),
            ]
        );
    }

    #[test]
    fn every_kind_of_reference_is_read() {
        for text in [
            "ky.c2_nu",
            "truoc.c1",
            "tang.c1",
            "tyle.c1",
            "sosanh.c1",
            "truoclien.c1",
            "sosanhlien.c1",
            "ten.truoclien",
            "bieu.pbgdpl-cap-tinh.t6",
            "phu",
            "phu.c1",
            "phu.tyle",
            "hd.x1",
            "kh.giao",
            "kh.tyle",
            "muon",
            "muon.ten",
            "ten.ky",
            "ten.chuongtrinh",
        ] {
            assert!(Reference::parse(text).is_some(), "{text}");
        }
        for text in ["", "ky", "ky.C1", "bieu.a", "kh.khac", "a.b.c", "ky.a b"] {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart_without_a_loss(text in r"[a-z0-9{}=| .\n]{0,60}") {
            let mut length = 0;
            for piece in pieces(&text) {
                length += match piece {
                    Piece::Words(words) => words.len(),
                    Piece::Unknown(words) => words.len(),
                    Piece::Live(..) | Piece::Sourced { .. } => 2,
                };
            }
            prop_assert!(length <= text.len());
        }
    }
}
