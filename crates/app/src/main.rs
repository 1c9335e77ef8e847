//! The `lantoa` program.

use std::{
    io::{BufWriter, IsTerminal, Stderr, Write},
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::{cli::Cli, commands};
use clap::Parser;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let logs = app::config::load(cli.config.as_deref()).map(|config| config.logs).unwrap_or_default();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(&logs.level));
    // Lines are written together, ten times a second or when there are many: one by one they would cost more than the answers that they tell of.
    let mut lines = Lines(Arc::new(Mutex::new(BufWriter::with_capacity(64 << 10, std::io::stderr()))));
    let (writer, mut waiting) = (lines.clone(), lines.clone());
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(stderr_is_a_screen())
        .with_writer(move || writer.clone());
    if logs.json {
        subscriber.json().init()
    } else {
        subscriber.init()
    }
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let _ = waiting.flush();
        }
    });
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(commands::run(cli)));
    let _ = lines.flush();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("Lỗi: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Lines of the log that wait to be written; a log that cannot be written stops nothing.
#[derive(Clone)]
struct Lines(Arc<Mutex<BufWriter<Stderr>>>);

impl Write for Lines {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(line)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
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
