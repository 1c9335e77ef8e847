//! A paper as PDF, set by Typst. The paper's words reach the template as data, so nothing in them can be read as markup.

mod world;

use comemo::evict;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::official::{Layout, Official, PressError, Printed};
use world::OnePaper;

/// Longest stretch of letters without a place to break the line; a longer one gets such a place.
const LONGEST_WORD: usize = 32;

/// The paper as PDF. Every figure is a link to `base` + `#ref-` + its reference; `base` is the address of the paper's page, and may be empty.
///
/// # Errors
/// A measure out of its range, or a reference that a word processor could not keep.
pub fn pdf(paper: &Official, layout: &Layout, base: &str) -> Result<Vec<u8>, PressError> {
    let printed = Printed::of(paper, layout)?;
    let mut data = serde_json::to_value(&printed).map_err(|e| PressError::Typesetting(e.to_string()))?;
    breakable(&mut data);
    if let Value::Object(fields) = &mut data {
        fields.insert("base".into(), Value::from(crate::official::clean(base)));
    }
    let data = data.to_string();
    let ident = hex(&Sha256::digest(&data));
    let world = OnePaper::new(data.into_bytes());
    let failed = |errors: &[SourceDiagnostic]| {
        PressError::Typesetting(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
    };
    let document = typst::compile::<PagedDocument>(&world).output.map_err(|errors| failed(&errors))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some(crate::PRINTER.to_owned())),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| failed(&errors));
    // what was remembered of this paper helps no other
    evict(0);
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Gives very long words places to break, in every text but the references.
fn breakable(value: &mut Value) {
    match value {
        Value::String(text) => *text = with_breaks(text),
        Value::Array(items) => items.iter_mut().for_each(breakable),
        Value::Object(fields) => {
            fields.iter_mut().filter(|(key, _)| *key != "reference").for_each(|(_, value)| breakable(value));
        }
        _ => {}
    }
}

fn with_breaks(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut run = 0;
    for c in text.chars() {
        run = if matches!(c, ' ' | '-' | '/') { 0 } else { run + 1 };
        if run > LONGEST_WORD {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_very_long_words_are_broken() {
        let long = "x".repeat(70);
        let mut value = serde_json::json!({"text": long, "reference": long, "more": ["ngắn gọn"]});
        breakable(&mut value);
        assert_eq!(value["text"].as_str().map(|text| text.matches('\u{200b}').count()), Some(2));
        assert_eq!(value["reference"], Value::from(long));
        assert_eq!(value["more"][0], "ngắn gọn");
    }
}
