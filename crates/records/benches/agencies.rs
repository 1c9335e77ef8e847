//! How long it takes to load the places and agencies of the country and to resolve printed names.

#![expect(clippy::print_stdout, reason = "prints its figures")]

use std::{error::Error, hint::black_box, sync::Arc, time::Instant};

use records::agencies::model::{
    build,
    definitions::Definitions,
    directory::{Context, Directory},
    localities,
    tree::Tree,
};

const NAMES: [&str; 8] = [
    "Sở Tư pháp",
    "UBND các xã, phường, đặc khu",
    "Các sở, ban, ngành, đoàn thể tỉnh",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "UBND xã Đoàn Kết",
    "Kho bạc nhà nước khu vực XI",
    "Các sở, ban, ngành, đoàn thể tỉnh và UBND các xã, phường",
    "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh, Báo và Phát thanh, Truyền hình",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut load = Vec::new();
    let mut index = Vec::new();
    let definitions = Arc::new(Definitions::built_in()?);
    let mut directory = None;
    for _ in 0..7 {
        let start = Instant::now();
        let places = Arc::new(localities::load(&localities::BUILT_IN)?);
        load.push(start.elapsed().as_secs_f64() * 1e3);
        let home = places.find("p20").ok_or("Lạng Sơn")?;
        let agencies = Arc::new(Tree::replay(&build::events(&definitions, &places, &[home])?)?);
        let start = Instant::now();
        directory = Some((home, Directory::new(definitions.clone(), places, agencies, &[], Vec::new())));
        index.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let (home, directory) = directory.ok_or("no directory")?;
    let places = directory.places().len();
    figure(&format!("agencies: load {places} places"), median(&mut load), "ms", "< 100 with indexes");
    figure("agencies: build indexes of a province", median(&mut index), "ms", "< 100 with loading");

    let start = Instant::now();
    let events = build::events(&definitions, directory.places(), &[])?;
    let country = Tree::replay(&events)?;
    figure(
        &format!("agencies: build {} agencies of the country", country.len()),
        start.elapsed().as_secs_f64() * 1e3,
        "ms",
        "none",
    );
    let start = Instant::now();
    black_box(country.as_of("2026-01-01".parse()?).roots().len());
    figure("agencies: the country as of a day", start.elapsed().as_secs_f64() * 1e3, "ms", "none");
    let start = Instant::now();
    let country =
        Directory::new(definitions.clone(), Arc::new(directory.places().clone()), Arc::new(country), &[], Vec::new());
    figure("agencies: build indexes of the country", start.elapsed().as_secs_f64() * 1e3, "ms", "none");

    let context = Context { place: Some(home), date: "2026-01-01".parse()? };
    for (name, directory) in [("province", &directory), ("country", &country)] {
        let rounds = 2000;
        let start = Instant::now();
        for _ in 0..rounds {
            for printed in NAMES {
                black_box(directory.resolve(black_box(printed), &context));
            }
        }
        let each = start.elapsed().as_secs_f64() * 1e6 / f64::from(rounds) / 8.0;
        figure(&format!("agencies: resolve a name, {name}"), each, "µs", "constant");
        let start = Instant::now();
        black_box(directory.resolve("Sở Tư phap háp", &context));
        figure(
            &format!("agencies: nearest names, first time, {name}"),
            start.elapsed().as_secs_f64() * 1e3,
            "ms",
            "none",
        );
        let start = Instant::now();
        black_box(directory.resolve("Sở Tư phap háp", &context));
        figure(&format!("agencies: nearest names, {name}"), start.elapsed().as_secs_f64() * 1e3, "ms", "none");
    }
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn figure(name: &str, value: f64, unit: &str, goal: &str) {
    println!("figure: {name} = {value:.2} {unit} (goal {goal})");
}
