//! Reading the source tree: what the checks in `tests/tidy.rs` share. `cargo test -p xtask` runs them in seconds.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Top of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below a folder of the workspace with this ending, as (path from the top, text); build folders left out.
pub fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found.sort();
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !matches!(name, "target" | "node_modules" | ".git" | "fuzz") {
                walk(&path, ending, found);
            }
        } else if name.ends_with(ending)
            && let Ok(text) = fs::read_to_string(&path)
        {
            let shown = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().into_owned();
            found.push((shown, text));
        }
    }
}

/// The texts given to `.t("…")`, `.t1("…"`, `.t2("…"` in a template or a source file.
pub fn interface_texts(source: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for call in [".t(\"", ".t1(\"", ".t2(\"", ".tf(\""] {
        let mut rest = source;
        while let Some((_, after)) = rest.split_once(call) {
            let Some((text, after)) = after.split_once('"') else { break };
            texts.push(text.to_owned());
            rest = after;
        }
    }
    texts
}

/// The texts written as `label: "…"` in a manifest or an action's definition.
pub fn labels(source: &str) -> Vec<String> {
    source
        .split("label: \"")
        .skip(1)
        .filter_map(|after| after.split_once('"').map(|(text, _)| text.to_owned()))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Paths in backticks that name something of this tree.
pub fn named_paths(markdown: &str) -> Vec<String> {
    const TOPS: [&str; 9] =
        ["crates/", "docs/", "definitions/", "data/", "scripts/", "locales/", "browser/", ".ci/", "deploy/"];
    markdown
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| TOPS.iter().any(|top| word.starts_with(top)))
        .filter(|word| !word.contains(['*', '<', '{', '…', ' ', 'N']))
        .map(str::to_owned)
        .collect()
}
