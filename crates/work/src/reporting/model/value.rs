//! Values of cells. Zero, "không phát sinh", "không được giao" and nothing at all are four different things.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The greatest number that a browser, a spreadsheet and this program hold without loss.
pub const GREATEST: f64 = 9_007_199_254_740_992.0;

/// What stands in a cell. A cell that is missing has no value at all.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// "Không phát sinh": nothing of the kind happened.
    None,
    /// "Không được giao": it is not this agency's task.
    Unassigned,
    /// Words, in cells of text.
    Text(String),
}

/// Values by key of cell. As JSON: `{"c3": 12, "c4": "none", "c5": "unassigned", "t1": "lời văn"}`.
pub type Values = BTreeMap<String, Value>;

impl Value {
    /// The number, when it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// A whole number of this size is exact in an `f64`.
fn whole(number: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and within 2^53")]
    (number.fract() == 0.0 && number.abs() <= GREATEST).then_some(number as i64)
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Number(number) => match whole(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(*number),
            },
            Value::None => serializer.serialize_str("none"),
            Value::Unassigned => serializer.serialize_str("unassigned"),
            Value::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Value;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("một số, \"none\", \"unassigned\" hoặc lời văn")
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
                Ok(Value::Number(number))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
                #[expect(clippy::cast_precision_loss, reason = "greater numbers are refused by the form")]
                Ok(Value::Number(number as f64))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
                #[expect(clippy::cast_precision_loss, reason = "greater numbers are refused by the form")]
                Ok(Value::Number(number as f64))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
                Ok(match text {
                    "none" => Value::None,
                    "unassigned" => Value::Unassigned,
                    text => Value::Text(text.to_owned()),
                })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A number as written in Vietnamese: `1.234,5`; at most three decimals.
pub fn display(number: f64) -> String {
    if let Some(whole) = whole(number) {
        return kernel::text::display_number(whole);
    }
    let text = format!("{number:.3}");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let whole = kernel::text::display_number(whole.trim_start_matches('-').parse().unwrap_or(0));
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{decimals}") }
}

/// Reads a number as people write it: `1.234`, `1234`, `1.234,5`, `12,5`. Dots group by three; a comma begins the decimals.
pub fn parse_number(text: &str) -> Option<f64> {
    let text: String = text.trim().chars().filter(|c| !c.is_whitespace()).collect();
    let (sign, rest) = text.strip_prefix('-').map_or((1.0, text.as_str()), |rest| (-1.0, rest));
    let (whole, decimals) = rest.split_once(',').unwrap_or((rest, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split('.').collect();
    let grouped = groups.iter().enumerate().all(|(i, group)| {
        digits(group)
            && !group.is_empty()
            && (groups.len() == 1 || if i == 0 { group.len() <= 3 } else { group.len() == 3 })
    });
    if !grouped || !digits(decimals) || (rest.contains(',') && decimals.is_empty()) || rest.len() > 24 {
        return None;
    }
    format!("{}.{decimals}0", groups.concat()).parse::<f64>().ok().map(|number| sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_and_written_as_the_contract_says() {
        let json = r#"{"c3":12,"c4":"none","c5":"unassigned","c6":1.5,"t1":"Khó khăn"}"#;
        let values: Values = serde_json::from_str(json).unwrap();
        assert_eq!(values["c4"], Value::None);
        assert_eq!(values["t1"], Value::Text("Khó khăn".into()));
        assert_eq!(serde_json::to_string(&values).unwrap(), json);
        assert_eq!(values.get("c7"), None);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in
            [("1.234", 1234.0), ("1234", 1234.0), ("12,5", 12.5), (" 1 234 ", 1234.0), ("0", 0.0), ("-3", -3.0)]
        {
            assert_eq!(parse_number(text), Some(number), "{text}");
        }
        for text in ["", "1.23", "1,", "a", "1.2345", "1..234", "--1", "1,2,3", ","] {
            assert_eq!(parse_number(text), None, "{text}");
        }
        assert_eq!(display(1_234_567.5), "1.234.567,5");
        assert_eq!(display(-0.5), "-0,5");
        assert_eq!(display(12.0), "12");
    }
}
