//! Where in the text each field of a document was read, and how surely.

use papers::{Field, Paper, SURE, Span};
use serde::{Deserialize, Serialize};

/// One field's place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::documents) struct Mark {
    /// Key of the field ("number").
    pub field: String,
    /// Where it stands, when it was printed.
    pub span: Option<Span>,
    /// In percent; 100 once a person has looked.
    pub confidence: i64,
}

impl Mark {
    /// Should a person look first?
    pub(in crate::documents) fn low(&self) -> bool {
        low(self.confidence)
    }
}

/// Should a person look at a piece of this confidence (in percent)?
pub(in crate::documents) fn low(confidence: i64) -> bool {
    confidence < (SURE * 100.0).round() as i64
}

/// A confidence in percent.
pub(in crate::documents) fn percent(confidence: f32) -> i64 {
    (confidence.clamp(0.0, 1.0) * 100.0).round() as i64
}

/// What the reader noted besides the values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::documents) struct Reading {
    /// Fields that were read.
    pub marks: Vec<Mark>,
    /// What deviates or could not be read.
    pub warnings: Vec<String>,
}

impl Reading {
    /// From its stored form; nothing when that cannot be read.
    pub(in crate::documents) fn from_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// As stored.
    pub(in crate::documents) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The mark of a field.
    pub(in crate::documents) fn of(&self, field: &str) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.field == field)
    }

    /// Notes that a person has set the field.
    pub(in crate::documents) fn settle(&mut self, field: &str) {
        match self.marks.iter_mut().find(|mark| mark.field == field) {
            Some(mark) => mark.confidence = 100,
            None => self.marks.push(Mark { field: field.to_owned(), span: None, confidence: 100 }),
        }
    }

    /// The notes on a paper.
    pub(in crate::documents) fn of_paper(paper: &Paper) -> Self {
        let mut marks = Vec::new();
        let signer = paper.signer.as_ref();
        let texts = [
            ("number", paper.number.as_ref()),
            ("kind", paper.kind.as_ref()),
            ("title", paper.title.as_ref()),
            ("issuer", paper.issuer.as_ref()),
            ("parent_body", paper.parent_body.as_ref()),
            ("place", paper.place.as_ref()),
            ("urgency", paper.urgency.as_ref()),
            ("signer_authority", signer.and_then(|signer| signer.authority.as_ref())),
            ("signer_position", signer.and_then(|signer| signer.position.as_ref())),
            ("signer_name", signer.and_then(|signer| signer.name.as_ref())),
        ];
        for (field, value) in texts {
            marks.extend(value.map(|value| mark(field, value)));
        }
        marks.extend(paper.date.as_ref().map(|date| mark("date", date)));
        Self { marks, warnings: paper.warnings.iter().map(|warning| warning.message.clone()).collect() }
    }
}

fn mark<T>(field: &str, value: &Field<T>) -> Mark {
    Mark { field: field.to_owned(), span: value.span, confidence: percent(value.confidence) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_set_by_a_person_is_sure() {
        let mark = Mark { field: "number".into(), span: Some(Span { start: 1, end: 4 }), confidence: 40 };
        let mut reading = Reading { marks: vec![mark], warnings: vec![] };
        assert!(reading.of("number").unwrap().low());
        reading.settle("number");
        reading.settle("title");
        assert!(!reading.of("number").unwrap().low() && !reading.of("title").unwrap().low());
        assert_eq!(Reading::from_json(&reading.to_json()), reading);
        assert_eq!(Reading::from_json("nonsense"), Reading::default());
    }
}
