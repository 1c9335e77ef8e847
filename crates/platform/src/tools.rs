//! Programs called from outside (pdftotext, LibreOffice, tesseract), with limits on time, memory and output.

use std::{path::Path, process::Stdio, time::Duration};

use kernel::{Error, Result};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::Command,
};

use crate::config::Tools;

/// Largest output taken from a program, bytes.
const MAX_OUTPUT: u64 = 64 << 20;

/// How far a program may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest run, seconds.
    pub seconds: u64,
    /// Most memory, megabytes.
    pub memory_mb: u64,
    /// Largest file it may write, megabytes.
    pub file_mb: u64,
}

/// What a program printed, and whether it said that all went well.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    /// To its output.
    pub out: Vec<u8>,
    /// What it reported beside.
    pub reported: Vec<u8>,
    /// Did it end well?
    pub fine: bool,
}

/// Runs a program in `folder` and gives what it printed. Memory is bounded by `prlimit` where that is installed.
///
/// # Errors
/// [`Error::Unavailable`] when the program is not installed, fails or takes too long.
pub async fn run(tools: &Tools, program: &str, arguments: &[&str], folder: &Path) -> Result<Vec<u8>> {
    let limits = Limits { seconds: tools.timeout_seconds, memory_mb: tools.memory_mb, file_mb: 2048 };
    let printed = run_within(limits, program, arguments, folder).await?;
    if !printed.fine {
        return Err(Error::Unavailable(format!("Chương trình {program} không đọc được tệp này.")));
    }
    Ok(printed.out)
}

/// Runs a program in `folder` within limits; how it ended is for the caller to judge.
///
/// # Errors
/// [`Error::Unavailable`] when the program is not installed or takes too long; then it is killed.
pub async fn run_within(limits: Limits, program: &str, arguments: &[&str], folder: &Path) -> Result<Printed> {
    let limited = which("prlimit");
    let mut command = if limited { Command::new("prlimit") } else { Command::new(program) };
    if limited {
        let bytes = |mb: u64| mb.saturating_mul(1 << 20);
        command
            .arg(format!("--as={}", bytes(limits.memory_mb)))
            .arg(format!("--fsize={}", bytes(limits.file_mb)))
            .arg("--core=0")
            .arg("--")
            .arg(program);
    }
    command
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let missing = || Error::Unavailable(format!("Máy chủ chưa cài chương trình {program}."));
    if !which(program) {
        return Err(missing());
    }
    let mut child = command.spawn().map_err(|_| missing())?;
    let (out, reported) = (child.stdout.take(), child.stderr.take());
    let work = async {
        let (out, reported, status) = tokio::join!(all_of(out), all_of(reported), child.wait());
        Ok(Printed { out: out?, reported: reported?, fine: status.map_err(Error::internal)?.success() })
    };
    match tokio::time::timeout(Duration::from_secs(limits.seconds), work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::Unavailable(format!("Chương trình {program} chạy quá {} giây.", limits.seconds))),
    }
}

/// What comes through a pipe, at most [`MAX_OUTPUT`]; the rest is let go, so that nobody waits for a reader.
async fn all_of(pipe: Option<impl AsyncRead + Unpin>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    if let Some(mut pipe) = pipe {
        (&mut pipe).take(MAX_OUTPUT).read_to_end(&mut out).await.map_err(Error::internal)?;
        tokio::io::copy(&mut pipe, &mut tokio::io::sink()).await.map_err(Error::internal)?;
    }
    Ok(out)
}

/// Is the program on the path?
pub fn which(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}
