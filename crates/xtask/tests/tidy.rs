//! The tree keeps its shape: each test names what is out of place.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use xtask::{files, interface_texts, labels, literals, messages, named_paths, root};

#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn sources() -> Vec<(String, String)> {
    files("crates", ".rs").into_iter().filter(|(path, _)| !path.starts_with("crates/xtask/")).collect()
}

#[test]
fn every_file_says_why_it_exists() {
    none(sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect());
}

#[test]
fn files_stay_short() {
    let allowed = fs::read_to_string(root().join("crates/xtask/allow.txt")).expect("the list of exceptions");
    let allowed: BTreeMap<&str, usize> = allowed
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' ').and_then(|(path, n)| Some((path, n.trim().parse().ok()?))))
        .collect();
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        let limit = allowed.get(path.as_str()).copied().unwrap_or(400);
        if lines > limit {
            faults.push(format!("{path}: {lines} lines, at most {limit}"));
        }
    }
    none(faults);
}

#[test]
fn nothing_is_left_for_somebody() {
    let mut faults = Vec::new();
    for (path, text) in sources().into_iter().chain(files("crates", ".html")) {
        for word in ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", "#[ignore", "#[allow("] {
            if text.contains(word) {
                faults.push(format!("{path}: {word}"));
            }
        }
    }
    none(faults);
}

#[test]
fn crates_depend_in_one_direction() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("kernel", &[][..]),
        ("papers", &[]),
        ("press", &["kernel"]),
        ("store", &["kernel"]),
        ("platform", &["kernel", "press", "store"]),
        ("records", &["kernel", "papers", "platform", "press", "store"]),
        ("work", &["kernel", "papers", "platform", "press", "records", "store"]),
        ("public", &["kernel", "platform", "press", "records", "store"]),
        ("app", &["kernel", "papers", "platform", "press", "public", "records", "store", "work"]),
    ]);
    let mut faults = Vec::new();
    for (name, may) in &allowed {
        let Ok(text) = fs::read_to_string(root().join(format!("crates/{name}/Cargo.toml"))) else { continue };
        let manifest: toml::Table = text.parse().expect("a manifest");
        let Some(dependencies) = manifest.get("dependencies").and_then(|value| value.as_table()) else { continue };
        for dependency in dependencies.keys() {
            let ours = root().join(format!("crates/{dependency}")).is_dir();
            if ours && !may.contains(&dependency.as_str()) {
                faults.push(format!("{name} may not depend on {dependency}"));
            }
        }
    }
    none(faults);
}

#[test]
fn a_slice_has_the_usual_files() {
    const FILES: [&str; 13] = [
        "mod",
        "model",
        "policy",
        "store",
        "service",
        "forms",
        "views",
        "pages",
        "api",
        "routes",
        "jobs",
        "samples",
        "templates",
    ];
    let mut faults = Vec::new();
    for side in ["records", "work", "public"] {
        let Ok(slices) = fs::read_dir(root().join(format!("crates/{side}/src"))) else { continue };
        for slice in slices.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()) {
            for entry in fs::read_dir(&slice).expect("a slice").filter_map(|entry| Some(entry.ok()?.path())) {
                let stem = entry.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
                if !FILES.contains(&stem.as_str()) {
                    faults.push(format!("{}: not one of a slice's names", entry.display()));
                }
            }
            let doc = fs::read_to_string(slice.join("mod.rs")).unwrap_or_default();
            for heading in ["**What.**", "**States.**", "**Invariants.**", "**Who may.**"] {
                if !doc.contains(heading) {
                    faults.push(format!("{}/mod.rs: no {heading}", slice.display()));
                }
            }
        }
    }
    none(faults);
}

#[test]
fn sql_stands_in_the_stores() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let slice =
            ["crates/records/src/", "crates/work/src/", "crates/public/src/"].iter().any(|top| path.starts_with(top));
        if !slice || path.ends_with("/store.rs") || path.contains("/store/") {
            continue;
        }
        for word in ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", " FROM agencies", "insert(\""] {
            if text.contains(word) {
                faults.push(format!("{path}: {word}"));
            }
        }
    }
    none(faults);
}

#[test]
fn templates_obey_the_content_security_policy() {
    let mut faults = Vec::new();
    for (path, text) in files("crates", ".html") {
        for word in [" style=\"", "<style", "<script>", " onclick=", " onchange=", " onsubmit=", "hx-on", "javascript:"]
        {
            if text.contains(word) {
                faults.push(format!("{path}: {word}"));
            }
        }
    }
    none(faults);
}

/// Where messages to people are put together; the pages find their English by [`platform::Lang::say`].
const SPEAKING: [&str; 6] = [
    "crates/platform/src/",
    "crates/records/src/",
    "crates/work/src/",
    "crates/papers/src/read/",
    "crates/papers/src/recognise/header/",
    "crates/papers/src/recognise/warnings.rs",
];

/// Vietnamese sentences there that are no messages: what demonstrations make up, tests, the words of papers, and faults of
/// uploaded forms and templates, which are written in Vietnamese themselves.
const DATA: [&str; 9] = [
    "tests",
    "made_up",
    "generate",
    "samples",
    "/demo.rs",
    "reporting/model/form/check",
    "reporting/model/expr",
    "reporting/model/book.rs",
    "work/src/outgoing/model/",
];

/// Of letters: they are written in Vietnamese.
const LETTERS: [&str; 1] = ["Kính gửi {},\n\nTại ngày {}: {}.\n"];

#[test]
fn a_message_is_found_wherever_it_is_said() {
    let source = r#"
        fn check(errors: &mut FieldErrors) {
            errors.add("ten", "họ tên"); // "Không phải lời nhắn."
            let text = format!("Còn {open} nhiệm vụ \
                 chưa nhận.");
            if c == '"' { return Err(Error::Conflict(format!("đã có {}", name(a)))); }
            log("không thành câu");
        }
        #[cfg(test)]
        mod tests { const A: &str = "Đây là một câu."; }
    "#;
    assert_eq!(messages(source), ["họ tên", "Còn {} nhiệm vụ chưa nhận.", "đã có {}"]);
}

#[test]
fn every_text_of_the_interface_has_its_english_and_none_is_left_over() {
    let dictionary: toml::Table =
        fs::read_to_string(root().join("locales/en.toml")).expect("a dictionary").parse().expect("TOML");
    let mut used: BTreeSet<String> =
        files("crates", ".html").iter().flat_map(|(_, text)| interface_texts(text)).collect();
    let (mut mentioned, mut made) = (String::new(), BTreeSet::new());
    for (path, text) in files("crates", ".rs") {
        if path.contains("/tests/") || path.starts_with("crates/xtask") {
            continue;
        }
        used.extend(interface_texts(&text));
        if SPEAKING.iter().any(|top| path.starts_with(top)) && !DATA.iter().any(|part| path.contains(part)) {
            used.extend(messages(&text).into_iter().filter(|text| !LETTERS.contains(&text.as_str())));
        }
        if path.starts_with("crates/records") || path.starts_with("crates/work") || path.starts_with("crates/platform")
        {
            used.extend(labels(&text));
        }
        made.extend(literals(&text).into_iter().map(|(text, _)| text));
        mentioned.push_str(&text);
    }
    mentioned.push_str(&fs::read_to_string(root().join("locales/labels.toml")).expect("names"));
    for file in ["definitions/agencies/kinds.toml", "definitions/languages.toml"] {
        mentioned.push_str(&fs::read_to_string(root().join(file)).expect(file));
    }
    let mut faults: Vec<String> = used
        .iter()
        .filter(|text| text.chars().any(char::is_alphabetic) && !dictionary.contains_key(*text))
        .map(|text| format!("no English: {text:?}"))
        .collect();
    // A text may also reach `t` through a constant; then it stands somewhere in the sources.
    for key in dictionary.keys() {
        if !used.contains(key) && !made.contains(key) && !mentioned.contains(&format!("\"{key}\"")) {
            faults.push(format!("not used any more: {key:?}"));
        }
    }
    none(faults);
}

/// Keys "slice.verb" of audit rows and jobs, as the sources write them: not those of actions (`policy.rs`) and settings (constants).
fn recorded_keys(slices: &BTreeSet<String>) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (path, text) in sources() {
        if !path.contains("/src/") || path.ends_with("/policy.rs") || path.starts_with("crates/testkit") {
            continue;
        }
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let setting = line.contains("const ") && !line.contains("JOB");
            for word in line.split('"').skip(1).step_by(2).filter(|_| !setting) {
                let Some((slice, verb)) = word.split_once('.') else { continue };
                let plain = !verb.is_empty() && verb.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                if plain && slices.contains(slice) && verb != "html" {
                    keys.insert(word.to_owned());
                }
            }
        }
    }
    keys
}

#[test]
fn every_audit_action_and_job_has_its_name_in_both_languages() {
    let table = |name: &str| -> toml::Table {
        fs::read_to_string(root().join("locales").join(name)).expect("a dictionary").parse().expect("TOML")
    };
    let (names, english) = (table("labels.toml"), table("en.toml"));
    let mut slices: BTreeSet<String> = names.keys().filter_map(|key| Some(key.split_once('.')?.0.to_owned())).collect();
    slices.remove("detail");
    // What is written without being an audit action or a job.
    let others = ["accounts.administrators", "platform.audit", "platform.jobs"];
    let mut faults: Vec<String> = recorded_keys(&slices)
        .into_iter()
        .filter(|key| !names.contains_key(key) && !others.contains(&key.as_str()))
        .map(|key| format!("locales/labels.toml has no name for {key:?}"))
        .collect();
    for (key, name) in &names {
        if name.as_str().is_none_or(|name| !english.contains_key(name)) {
            faults.push(format!("locales/en.toml has no English for {name} ({key})"));
        }
    }
    none(faults);
}

#[test]
fn every_path_named_in_the_documents_exists() {
    let mut faults = Vec::new();
    let mut documents = files("docs", ".md");
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        documents.push((name.into(), fs::read_to_string(root().join(name)).unwrap_or_default()));
    }
    for (document, text) in documents {
        if text.is_empty() {
            faults.push(format!("{document} is missing"));
        }
        for path in named_paths(&text) {
            if !root().join(&path).exists() {
                faults.push(format!("{document}: {path} does not exist"));
            }
        }
    }
    none(faults);
}

#[test]
fn decisions_are_numbered_and_listed() {
    let index = fs::read_to_string(root().join("docs/adr/README.md")).expect("an index");
    let mut faults = Vec::new();
    for (path, text) in files("docs/adr", ".md") {
        let name = path.rsplit('/').next().unwrap_or_default();
        if name == "README.md" {
            continue;
        }
        if !index.contains(name) {
            faults.push(format!("{name} is not in the index"));
        }
        let number = name.split('-').next().unwrap_or_default().trim_start_matches('0');
        if !text.starts_with(&format!("# {number}. ")) {
            faults.push(format!("{name} does not begin with its number"));
        }
    }
    none(faults);
}
