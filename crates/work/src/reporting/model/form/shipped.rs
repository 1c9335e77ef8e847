//! The definitions that are built into the program.

use std::{collections::HashMap, sync::LazyLock};

use chrono::NaiveDate;
use records::activities::definitions;

use super::{Fault, Form, Known, read};

/// Their texts, in order of the list on screen.
pub const TEXTS: [&str; 7] = [
    include_str!("../../../../../../definitions/forms/pbgdpl-cap-xa.toml"),
    include_str!("../../../../../../definitions/forms/pbgdpl-cap-tinh.toml"),
    include_str!("../../../../../../definitions/forms/pbgdpl-so-nganh.toml"),
    include_str!("../../../../../../definitions/forms/thuc-hien-ke-hoach.toml"),
    include_str!("../../../../../../definitions/forms/bao-cao-nam-pbgdpl.toml"),
    include_str!("../../../../../../definitions/forms/tong-ket-de-an.toml"),
    include_str!("../../../../../../definitions/forms/09e-btp-pbgdpl.toml"),
];

/// Reads one definition that may name cells of `others`.
///
/// # Errors
/// Everything that is wrong.
pub fn read_with(text: &str, others: &[Form], today: NaiveDate) -> Result<(Form, Vec<Fault>), Vec<Fault>> {
    let cells = |form: &Form| form.cells.iter().map(|cell| cell.key.clone()).collect();
    let forms: HashMap<String, Vec<String>> = others.iter().map(|form| (form.key.clone(), cells(form))).collect();
    let known = Known { activities: definitions(), forms, today };
    match read(text, &known) {
        (Some(form), faults) => Ok((form, faults)),
        (None, faults) => Err(faults),
    }
}

/// The built-in forms with their texts.
pub fn forms() -> &'static [(Form, &'static str)] {
    static FORMS: LazyLock<Vec<(Form, &'static str)>> = LazyLock::new(|| {
        let mut out: Vec<(Form, &'static str)> = Vec::new();
        for text in TEXTS {
            let known: Vec<Form> = out.iter().map(|(form, _)| form.clone()).collect();
            // Only a warning depends on the day.
            out.extend(read_with(text, &known, NaiveDate::MIN).ok().map(|(form, _)| (form, text)));
        }
        out
    });
    &FORMS
}
