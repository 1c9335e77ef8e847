//! `cargo bench --profile demo -p platform --bench search`: prints one line per figure of the search.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod quality;

#[tokio::main]
async fn main() {
    quality::run().await;
}
