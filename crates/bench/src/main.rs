//! `cargo run --profile demo -p bench -- plans [--large] | upload | reports | kill | trace | search | portal | media | index`: prints one line per figure. SQLite in a temporary folder;
//! PostgreSQL when `TEST_DATABASE_URL` is set. Data are generated: 34 provinces and their communes.

mod country;
mod durable;
mod media;
mod news;
mod plans;
mod portal;
mod readers;
mod reports;
mod scene;
mod search;
mod shelf;
mod upload;
mod wire;
mod years;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("plans") => plans::run(words.iter().any(|word| word == "--large")).await,
        Some("upload") => upload::run().await,
        Some("reports") => reports::run().await,
        Some("kill") => durable::kill().await,
        Some("trace") => durable::trace().await,
        Some("index") => media::index().await,
        Some("media") => media::run().await,
        Some("search") => search::run().await,
        Some("portal") => portal::run().await,
        Some("bare") => {
            let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
            portal::bare(word(1), word(2)).await;
        }
        _ => println!("bench plans [--large] | upload | reports | kill | trace | search | portal | media | index"),
    }
}
