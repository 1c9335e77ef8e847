//! Headers of the shared sample papers against what people annotated. Skipped where the samples are not at hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::Value;

/// The folder of samples: `$LANTOA_SHARED/samples`, or `shared` beside the repository.
fn samples() -> Option<PathBuf> {
    let shared = env::var_os("LANTOA_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("samples");
    folder.join("gold").is_dir().then_some(folder)
}

/// Case, white space and closing marks do not count.
fn fold(value: Option<&Value>) -> String {
    let text = value.and_then(Value::as_str).unwrap_or("").to_lowercase().replace("uỷ", "ủy");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches([' ', ';', '.', ',', ':']).to_owned()
}

fn set(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().map(|item| fold(Some(item))).collect()
}

/// Hits and expected per field.
type Score = BTreeMap<&'static str, (usize, usize)>;

fn compare(read: &Value, gold: &Value, score: &mut Score) {
    let mut count = |key, hit: bool| {
        let entry = score.entry(key).or_default();
        entry.0 += usize::from(hit);
        entry.1 += 1;
    };
    for key in ["number", "issuer", "place", "date", "type", "title"] {
        count(key, fold(read.get(key)) == fold(gold.get(key)));
    }
    for key in ["authority", "position", "name"] {
        let of = |value: &Value| fold(value.get("signer").and_then(|signer| signer.get(key)));
        count(key, of(read) == of(gold));
    }
    let optional = set(gold.get("legal_bases_optional"));
    for key in ["recipients", "addressees", "legal_bases"] {
        let (read, gold) = (set(read.get(key)), set(gold.get(key)));
        for item in &gold {
            count(key, read.contains(item));
        }
        for item in read.iter().filter(|item| !gold.contains(item) && !optional.contains(item)) {
            count(key, item.is_empty());
        }
    }
}

#[test]
fn headers_of_the_samples() -> std::io::Result<()> {
    let Some(folder) = samples() else {
        eprintln!("no shared samples here: skipped");
        return Ok(());
    };
    let mut score = Score::new();
    for entry in fs::read_dir(folder.join("gold"))? {
        let path = entry?.path();
        let gold: Value = serde_json::from_slice(&fs::read(&path)?)?;
        let stem = path.file_stem().unwrap_or_default();
        let text =
            String::from_utf8_lossy(&fs::read(folder.join("papers").join(stem).with_extension("txt"))?).into_owned();
        compare(&papers::to_json(&papers::recognise(&text)), &gold, &mut score);
    }
    for (key, (hit, all)) in &score {
        assert!(hit * 20 >= all * 19, "{key}: {hit} of {all}");
    }
    Ok(())
}
