//! Random forms with random values, and what the program says of them: `browser/specs/rules.spec.js` asks the interpreter in the browser the same.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use records::activities::definitions;
use serde_json::json;
use work::reporting::model::{
    evaluate::{Beside, compute, findings},
    form::{Form, Kind, Known, read},
    payload::{Payload, put, typed},
    portable::portable,
    value::{Value, Values, display},
};

/// Forms, and for each of them so many sets of values.
const FORMS: usize = 800;
const SETS: usize = 5;

struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// A formula over cells of which `n` are numbers.
    fn formula(&mut self, n: usize, depth: usize) -> String {
        match self.below(if depth == 0 { 4 } else { 8 }) {
            0 | 1 => format!("c{}", self.below(n)),
            2 => format!("prev(c{})", self.below(n)),
            3 if self.below(2) == 0 => format!("other(\"khac\", \"c{}\")", self.below(4)),
            3 => self.of(&["0", "1", "0.1", "3", "1000", "0.0005"]).to_owned(),
            4 => format!("-({})", self.formula(n, depth - 1)),
            _ => {
                let (left, right) = (self.formula(n, depth - 1), self.formula(n, depth - 1));
                format!("({left} {} {right})", self.of(&["+", "-", "*", "/"]))
            }
        }
    }

    fn condition(&mut self, n: usize, depth: usize) -> String {
        match self.below(if depth == 0 { 4 } else { 7 }) {
            0..=2 => {
                let (left, right) = (self.formula(n, 2), self.formula(n, 2));
                format!("{left} {} {right}", self.of(&["=", "!=", "<", "<=", ">", ">="]))
            }
            3 => format!("{}({})", self.of(&["blank", "none", "unassigned"]), format_args!("c{}", self.below(n))),
            4 => format!("not ({})", self.condition(n, depth - 1)),
            _ => {
                let (left, right) = (self.condition(n, depth - 1), self.condition(n, depth - 1));
                format!("({left}) {} ({right})", self.of(&["and", "or"]))
            }
        }
    }

    fn form(&mut self) -> String {
        let n = 3 + self.below(6);
        let mut text =
            "key = \"thu\"\nversion = 1\nname = \"Thử\"\nlegal_basis = \"thử\"\nvalid_from = \"2026-01-01\"\n\
                        status = \"official\"\nperiods = [\"nam\"]\n"
                .to_owned();
        for cell in 0..n {
            let kind = self.of(&["count", "number", "money"]);
            let _ = write!(text, "[[cell]]\nkey = \"c{cell}\"\nlabel = \"Ô thứ {cell}\"\n");
            let _ = match self.below(5) {
                0 => writeln!(text, "type = \"count\"\nfrom = {{ what = \"activities\" }}"),
                1 if cell > 1 => writeln!(text, "type = \"number\"\nformula = '{}'", self.formula(cell, 3)),
                2 if cell > 1 => {
                    let (above, below) = (self.below(cell), self.below(cell));
                    let scale = self.of(&["1.0", "100.0", "0.1"]);
                    writeln!(
                        text,
                        "type = \"ratio\"\nratio = {{ numerator = \"c{above}\", denominator = \"c{below}\", scale = {scale} }}"
                    )
                }
                3 => writeln!(text, "type = \"{kind}\"\nrequired = false"),
                _ => writeln!(text, "type = \"{kind}\""),
            };
        }
        text.push_str("[[cell]]\nkey = \"t\"\nlabel = \"Lời\"\ntype = \"text\"\n");
        for rule in 0..1 + self.below(6) {
            let check = if self.below(8) == 0 { "blank(t)".to_owned() } else { self.condition(n, 2) };
            let severity = self.of(&["error", "warn"]);
            let _ = writeln!(
                text,
                "[[rule]]\ncheck = '{check}'\nmessage = \"Quy tắc {rule}.\"\nseverity = \"{severity}\"\ncells = [\"c0\"]"
            );
        }
        text
    }

    fn value(&mut self, text: bool) -> Option<Value> {
        const NUMBERS: [f64; 22] = [
            0.0,
            -0.0,
            1.0,
            2.0,
            3.0,
            10.0,
            999.0,
            1000.0,
            0.1,
            0.2,
            0.3,
            0.0625,
            62.5,
            -1.5,
            12.3456,
            1e15,
            1e300,
            -1e300,
            9_007_199_254_740_992.0,
            9_007_199_254_740_994.0,
            0.0005,
            1_234_567.891,
        ];
        let words = ["", " ", "\u{85}", "\u{feff}", "\u{3000} ", "lời", "không phát sinh"];
        match self.below(12) {
            0 => None,
            1 => Some(Value::None),
            2 => Some(Value::Unassigned),
            3 => Some(Value::Text(self.of(&words).to_owned())),
            4 if text && self.below(40) == 0 => Some(Value::Text("ắ".repeat(19_999 + self.below(3)))),
            _ if text => Some(Value::Text(self.of(&words).to_owned())),
            5..=7 => Some(Value::Number(self.below(2000) as f64 / 8.0)),
            8 => Some(Value::Number(self.below(20) as f64)),
            _ => Some(Value::Number(NUMBERS[self.below(NUMBERS.len())])),
        }
    }

    fn values(&mut self, form: &Form) -> Values {
        let cells = form.cells.iter();
        cells.filter_map(|cell| Some((cell.key.clone(), self.value(cell.kind == Kind::Text)?))).collect()
    }

    /// What a person may type.
    fn typing(&mut self) -> String {
        let pieces = [
            "1", "12", "123", "1234", ".", ",", "-", " ", "\u{a0}", "\u{feff}", "0", "000", "5", "x", "٣", "1.234",
            "\r\n",
        ];
        (0..self.below(6)).map(|_| self.of(&pieces)).collect()
    }
}

/// What the program makes of one set of values.
fn case(form: &Form, chance: &mut Chance) -> serde_json::Value {
    let others = [("khac", 4), ("la", 1)].into_iter().filter(|_| chance.below(4) > 0).collect::<Vec<_>>();
    let mut beside = Beside { prev: chance.values(form), ..Beside::default() };
    for (key, n) in others {
        let values = (0..n).filter_map(|cell| Some((format!("c{cell}"), chance.value(false)?))).collect();
        beside.others.insert(key.to_owned(), values);
    }
    let (filled, auto) = (chance.values(form), chance.values(form));
    let values = compute(form, &filled, &beside);
    let said: Vec<_> = findings(form, &values, &beside)
        .into_iter()
        .map(|found| json!({ "severity": found.severity, "message": found.message, "cells": found.cells }))
        .collect();
    let mut wrong = BTreeMap::new();
    for cell in form.cells.iter().filter(|cell| !cell.source.computed()) {
        let reason = chance.of(&["", " ", "vì thế"]);
        let mut payload = Payload::default();
        let message = put(cell, &mut payload, &auto, filled.get(&cell.key), reason).err();
        wrong.insert(cell.key.clone(), json!([reason, message]));
    }
    let cell = &form.cells[chance.below(form.cells.len())];
    let (text, choice) = (chance.typing(), chance.of(&["so", "so", "none", "unassigned"]));
    let chosen = match choice {
        "none" => Some(Value::None),
        "unassigned" => Some(Value::Unassigned),
        _ => None,
    };
    let read = match typed(cell, &text, chosen) {
        Ok(value) => json!({ "value": value }),
        Err(error) => json!({ "error": error }),
    };
    let shown: Vec<_> = values
        .values()
        .filter_map(Value::number)
        .map(|number| json!([number, display(number), display((number * 10.0).round() / 10.0)]))
        .collect();
    json!({
        "prev": beside.prev, "others": beside.others, "typed": filled, "auto": auto, "values": values, "findings": said,
        "wrong": wrong, "read": [cell.key, text, choice, read], "shown": shown,
    })
}

#[test]
fn random_forms_are_judged_and_written_down_for_the_browser_to_judge() {
    let mut chance = Chance(20_261_122);
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 9).expect("a date");
    let cells = (0..4).map(|n| format!("c{n}")).collect();
    let known = Known { activities: definitions(), forms: HashMap::from([("khac".to_owned(), cells)]), today };
    let mut out = Vec::new();
    let (mut broken, mut computed, mut refused) = (0, 0, 0);
    while out.len() < FORMS {
        let text = chance.form();
        let (form, faults) = read(&text, &known);
        let form = form.unwrap_or_else(|| panic!("{faults:?}\n{text}"));
        let cases: Vec<_> = (0..SETS).map(|_| case(&form, &mut chance)).collect();
        for case in &cases {
            broken += case["findings"].as_array().map_or(0, |all| {
                all.iter().filter(|one| one["message"].as_str().is_some_and(|text| text.starts_with("Quy tắc"))).count()
            });
            computed += form.order.iter().filter(|at| !case["values"][&form.cells[**at].key].is_null()).count();
            refused += case["wrong"].as_object().map_or(0, |all| all.values().filter(|one| !one[1].is_null()).count());
        }
        out.push(json!({ "form": portable(&form), "cases": cases }));
    }
    // Enough of everything that can happen.
    assert!(broken > FORMS && computed > FORMS && refused > FORMS, "{broken} {computed} {refused}");
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("rules.json");
    std::fs::write(&file, serde_json::to_vec(&out).expect("JSON")).expect("written");
}
