//! `cargo bench --profile demo -p platform --bench search`: prints one line per figure of the search.

mod quality;

#[tokio::main]
async fn main() {
    quality::run().await;
}
