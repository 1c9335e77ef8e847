//! The `lantoa` program.

use std::{
    io::{BufWriter, IsTerminal},
    process::ExitCode,
};

use app::{cli::Cli, commands};
use clap::Parser;
use tracing_appender::non_blocking::NonBlockingBuilder;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let logs = app::config::load(cli.config.as_deref()).map(|config| config.logs).unwrap_or_default();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(&logs.level));
    // Lines are written together by a thread of their own, as soon as it has nothing better to do; none is lost, the last ones are written when this ends.
    let writer = NonBlockingBuilder::default().lossy(false).finish(BufWriter::new(std::io::stderr()));
    let (writer, _written_to_the_end) = writer;
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(stderr_is_a_screen()).with_writer(writer);
    if logs.json {
        subscriber.json().init()
    } else {
        subscriber.init()
    }
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(commands::run(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("Lỗi: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Colours are for screens only.
fn stderr_is_a_screen() -> bool {
    std::io::stderr().is_terminal()
}

#[expect(clippy::print_stderr, reason = "the last word of a failed command")]
fn report(line: &str) {
    eprintln!("{line}");
}
