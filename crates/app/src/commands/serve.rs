//! `lantoa serve`, `lantoa worker`

use anyhow::Result;
use platform::{Config, jobs};

use crate::start;

pub(super) async fn serve(settings: Config, worker: bool) -> Result<()> {
    let app = start::open(settings).await?;
    start::serve(app, worker, stop_signal()).await
}

pub(super) async fn worker(settings: Config) -> Result<()> {
    let app = start::open(settings).await?;
    let worker = jobs::spawn(app);
    stop_signal().await;
    worker.abort();
    Ok(())
}

/// Resolves on Ctrl-C or when the service manager asks to stop.
pub(super) async fn stop_signal() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
