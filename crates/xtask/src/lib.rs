//! Reading the source tree: what the checks in `tests/tidy.rs` share. `cargo test -p xtask` runs them in seconds.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

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

/// Calls whose words a person reads on screen.
const SAYING: [&str; 7] =
    ["Error::invalid", "Error::Conflict", "Error::Unavailable", "Flash::ok", "Flash::warn", "errors.add", "warn"];

/// What a source file says to people: the Vietnamese literals inside [`SAYING`] calls and every one that is a whole
/// sentence, with `{}` for each value.
pub fn messages(source: &str) -> Vec<String> {
    let said = |(text, within): (String, bool)| (vietnamese(&text) && (within || sentence(&text))).then_some(text);
    literals(source).into_iter().filter_map(said).collect()
}

/// The literals of a source file, with `{}` for each value, and whether they stand in a [`SAYING`] call. Its tests are left out.
pub fn literals(source: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    if let Ok(tokens) = source.parse() {
        gather(tokens, false, &mut found);
    }
    found
}

fn gather(tokens: TokenStream, within: bool, found: &mut Vec<(String, bool)>) {
    let mut called = String::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => match tokens.peek().map(ToString::to_string) {
                Some(attribute) if attribute.replace(' ', "") == "[cfg(test)]" => return,
                Some(attribute) if attribute.starts_with("[doc") => drop(tokens.next()),
                _ => {}
            },
            TokenTree::Punct(mark) if matches!(mark.as_char(), ':' | '.') => called.push(mark.as_char()),
            TokenTree::Ident(name) => called.push_str(&name.to_string()),
            TokenTree::Group(group) => {
                let says =
                    group.delimiter() == Delimiter::Parenthesis && SAYING.iter().any(|call| called.ends_with(call));
                gather(group.stream(), within || says, found);
                called.clear();
            }
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    found.push((plain(&text.value()), within));
                }
                called.clear();
            }
            TokenTree::Punct(_) => called.clear(),
        }
    }
}

/// The text of a literal, with `{}` for each place of a value.
fn plain(literal: &str) -> String {
    let mut out = String::new();
    let mut chars = literal.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' if chars.next_if_eq(&'{').is_some() => out.push('{'),
            '}' if chars.next_if_eq(&'}').is_some() => out.push('}'),
            '{' => {
                while chars.next_if(|c| *c != '}').is_some() {}
                out.push('{');
            }
            c => out.push(c),
        }
    }
    out
}

fn vietnamese(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

fn sentence(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '{');
    begins && text.contains(' ') && text.trim_end_matches(')').ends_with(['.', '?', '!'])
}
