//! The demonstration plan and the annotated papers: who is named in them is known.

use std::{fs, path::Path};

use super::{DEFINITIONS, PLACES, day, directory};
use crate::agencies::{
    model::directory::{Context, Directory, Meaning, Resolution},
    samples::demo_plan,
};

fn unknown(resolution: &Resolution) -> Vec<String> {
    match &resolution.meaning {
        Meaning::Unknown(_) => vec![resolution.printed.clone()],
        Meaning::Several(parts) => parts.iter().flat_map(unknown).collect(),
        _ => Vec::new(),
    }
}

/// Values of the agency labels and of the two agency columns.
fn named(plan: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in plan.lines() {
        if let Some((label, value)) = line.split_once(": ").filter(|(label, _)| label.starts_with("Cơ quan")) {
            assert!(!label.is_empty());
            names.extend(value.trim_end_matches('.').split("; ").map(ToOwned::to_owned));
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let [_, number, _, lead, with, ..] = cells.as_slice()
            && number.parse::<u8>().is_ok()
        {
            names.extend([(*lead).to_owned(), (*with).to_owned()]);
        }
    }
    // "đề nghị … phối hợp thực hiện" is a sentence, not a name.
    names.retain(|name| !name.starts_with("đề nghị") && !name.contains(" hoặc "));
    names
}

#[test]
fn everyone_in_the_demonstration_plan_is_known_in_every_province() {
    let date = day("2026-01-15");
    let today = day("2026-11-21");
    for province in PLACES.as_of(today).roots() {
        let unit = PLACES.unit(*province);
        let plan = demo_plan(&DEFINITIONS, unit, date);
        assert!(!plan.contains(['{', '}']));
        let directory: Directory = directory(&unit.key);
        let context = Context { place: Some(*province), date };
        let names = named(&plan);
        assert!(names.len() > 50);
        let wrong: Vec<String> = names.iter().flat_map(|name| unknown(&directory.resolve(name, &context))).collect();
        // Some agencies are not in every province.
        assert!(wrong.iter().all(|name| name == "Sở Dân tộc và Tôn giáo"), "{}: {wrong:?}", unit.face(date).name);
    }
}

#[test]
fn most_names_in_annotated_papers_are_known() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").display().to_string();
    let gold = Path::new(&std::env::var("LANTOA_SHARED").unwrap_or_else(|_| beside())).join("samples/gold");
    let papers = [
        ("002", "p12"),
        ("007", "p01"),
        ("008", "p40"),
        ("010", "p79.2025"),
        ("011", "p40"),
        ("164-KH-UBND-thai-nguyen", "p19"),
        ("CV-HDPH-lang-son-2024", "p20"),
    ];
    let (mut all, mut missed) = (0, Vec::new());
    for (paper, place) in papers {
        let Ok(text) = fs::read_to_string(gold.join(format!("{paper}.json"))) else {
            eprintln!("skipped: {paper} is not in {}", gold.display());
            continue;
        };
        let (_, date) = text.split_once("\"date\": \"").unwrap_or(("", "2024-03-01"));
        let context = Context {
            place: PLACES.find(place),
            date: date.get(..10).and_then(|d| d.parse().ok()).unwrap_or(day("2024-03-01")),
        };
        let today = PLACES.heirs(PLACES.find(place).unwrap(), day("2026-01-01"));
        let directory = directory(&PLACES.unit(today[0]).key);
        for name in strings(&text) {
            all += 1;
            missed.extend(unknown(&directory.resolve(&name, &context)));
        }
    }
    eprintln!("{} of {all}: {missed:#?}", missed.len());
    assert!(missed.len() * 5 <= all, "{missed:#?}");
}

/// Strings of the `lead` and `coordinating` lists of an annotation.
fn strings(json: &str) -> Vec<String> {
    let lists = ["\"lead\": [", "\"coordinating\": ["].into_iter().flat_map(|label| json.split(label).skip(1));
    let list = lists.filter_map(|rest| rest.split_once(']')).flat_map(|(list, _)| list.split('"').skip(1).step_by(2));
    list.map(ToOwned::to_owned).collect()
}
