//! `cargo run --profile demo -p bench -- plans [--large]`: prints one line per figure. SQLite in a temporary folder;
//! PostgreSQL when `TEST_DATABASE_URL` is set. Data are generated: 34 provinces, 3,366 communes, 5 plans.

mod plans;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == "plans") {
        plans::run(words.iter().any(|word| word == "--large")).await;
    } else {
        println!("bench plans [--large]");
    }
}
