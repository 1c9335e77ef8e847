//! From a configuration to a running application.

use std::{future::Future, sync::Arc};

use anyhow::{Context, Result};
use kernel::{Clock, SystemClock};
use platform::{
    App, Config, app::Parts, blobs::Blobs, jobs, mail::Mailer, memory::Memory, search, vault::Vault, visits, web,
    web::Attempts,
};
use records::accounts::DatabaseSessions;
use store::{Db, DbUrl};

use crate::slices::SLICES;

/// The application on its database, which is brought up to date.
///
/// # Errors
/// When the data folder or the database cannot be opened.
pub async fn open(config: Config) -> Result<App> {
    open_with_clock(config, Arc::new(SystemClock)).await
}

/// Like [`open`], with another clock.
///
/// # Errors
/// See [`open`].
pub async fn open_with_clock(config: Config, clock: Arc<dyn Clock>) -> Result<App> {
    let data = &config.storage.data;
    std::fs::create_dir_all(data).with_context(|| format!("không tạo được thư mục dữ liệu {}", data.display()))?;
    let url: DbUrl = config.database_url().parse()?;
    let db = Db::open(&url, config.storage.connections).await?;
    let blobs = Blobs::local(&data.join("blobs"))?;
    let mail = Mailer::new(&config.mail, data)?;
    let vault = Vault::open(&config.key_file())?;
    let sessions = Box::new(DatabaseSessions);
    let attempts = Attempts::default();
    Ok(App::new(Parts {
        db,
        clock,
        config,
        blobs,
        mail,
        vault,
        slices: SLICES,
        sessions,
        attempts,
        memory: Memory::default(),
    }))
}

/// Serves until `stop` resolves, then lets open requests end. Runs the worker too when `worker`.
///
/// # Errors
/// When the address is taken.
pub async fn serve(app: App, worker: bool, stop: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    let listen = app.config.server.listen.clone();
    let listener = tokio::net::TcpListener::bind(&listen)
        .await
        .with_context(|| format!("không mở được cổng {listen}: có thể chương trình khác đang dùng"))?;
    let metrics = app.config.logs.metrics.clone();
    let (site, handle) = web::front(&app, !metrics.is_empty())?;
    if let Some(handle) = handle {
        let listener = tokio::net::TcpListener::bind(&metrics).await.context("cổng đo lường")?;
        let page = axum::Router::new().route("/metrics", axum::routing::get(move || async move { handle.render() }));
        tokio::spawn(async move { axum::serve(listener, page).await });
    }
    if let Some(code) = records::accounts::service::setup::prepare(&app).await? {
        let page = format!("{}/cai-dat-lan-dau", app.config.server.public_url.trim_end_matches('/'));
        tracing::warn!(code, page, "chưa có tài khoản nào: dùng mã này để tạo người quản trị đầu tiên");
    }
    let worker = worker.then(|| jobs::spawn(app.clone()));
    let index = search::spawn(app.clone());
    let counter = visits::spawn(app.clone());
    tracing::info!(listen, url = app.config.server.public_url, "Lan Tỏa sẵn sàng");
    axum::serve(listener, site).with_graceful_shutdown(stop).await?;
    index.abort();
    counter.abort();
    // Not before it has let go of what it was writing: that goes back to be counted with the rest.
    counter.await.ok();
    visits::write(&app).await?;
    if let Some(worker) = worker {
        worker.abort();
    }
    Ok(())
}
