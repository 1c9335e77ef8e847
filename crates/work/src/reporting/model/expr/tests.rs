//! The language: binding, honest blanks, three outcomes, trees for the browser.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

struct Table(BTreeMap<&'static str, Quantity>);

impl Cells for Table {
    fn cell(&self, key: &str) -> Quantity {
        self.0.get(key).copied().unwrap_or(Quantity::Missing)
    }

    fn prev(&self, key: &str) -> Quantity {
        if key == "a" { Quantity::Number(5.0) } else { Quantity::Missing }
    }

    fn other(&self, form: &str, key: &str) -> Quantity {
        if (form, key) == ("khac", "c1") { Quantity::Number(7.0) } else { Quantity::Missing }
    }
}

fn table() -> Table {
    let cells = [
        ("a", Quantity::Number(10.0)),
        ("b", Quantity::Number(4.0)),
        ("z", Quantity::Number(0.0)),
        ("n", Quantity::None),
        ("u", Quantity::Unassigned),
    ];
    Table(cells.into_iter().collect())
}

fn value(text: &str) -> Outcome {
    parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).expr.eval(&table())
}

#[test]
fn arithmetic_binds_as_usual() {
    for (text, number) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("12 / 4 / 3", 1.0),
        ("-a + b", -6.0),
        ("a * 0.5", 5.0),
        ("prev(a) + other(\"khac\", \"c1\")", 12.0),
    ] {
        assert_eq!(value(text), Outcome::Quantity(Quantity::Number(number)), "{text}");
    }
}

#[test]
fn blanks_are_honest() {
    for (text, expected) in [
        ("a + n", Quantity::Number(10.0)),
        ("a + u", Quantity::Number(10.0)),
        ("u - a", Quantity::Number(-10.0)),
        ("n + n", Quantity::None),
        ("n + u", Quantity::None),
        ("u + u", Quantity::Unassigned),
        ("a + m", Quantity::Missing),
        ("a * n", Quantity::Number(0.0)),
        ("a * u", Quantity::Unassigned),
        ("a / z", Quantity::Missing),
        ("z / z", Quantity::Missing),
        ("a / n", Quantity::Missing),
        ("m * u", Quantity::Missing),
        ("-u", Quantity::Unassigned),
    ] {
        assert_eq!(value(text), Outcome::Quantity(expected), "{text}");
    }
}

#[test]
fn rules_have_three_outcomes() {
    for (text, truth) in [
        ("b <= a", Some(true)),
        ("b > a", Some(false)),
        ("a = 10 and b != 4", Some(false)),
        ("m > 1", None),
        ("u <= a", None),
        ("n = 0", Some(true)),
        ("m > 1 or a > 1", Some(true)),
        ("m > 1 and a < 1", Some(false)),
        ("m > 1 and a > 1", None),
        ("not (m > 1)", None),
        ("not a < 1", Some(true)),
        ("blank(m) and not blank(n) and none(n) and unassigned(u)", Some(true)),
        ("blank(prev(b))", Some(true)),
    ] {
        assert_eq!(value(text), Outcome::Truth(truth), "{text}");
    }
}

#[test]
fn trees_are_written_for_the_browser() {
    let expr = parse("not blank(c1) and c2 / 2 <= prev(c3) - other(\"f\", \"c4\")").unwrap().expr;
    assert_eq!(
        serde_json::to_string(&expr).unwrap(),
        r#"["and",["not",["blank",["cell","c1"]]],["<=",["/",["cell","c2"],2],["-",["prev","c3"],["other","f","c4"]]]]"#
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "[a-c0-9 ()+*/<>=!.,\"ấ-]{0,60}") {
        if let Ok(parsed) = parse(&text) {
            parsed.expr.eval(&table());
        }
    }
}
