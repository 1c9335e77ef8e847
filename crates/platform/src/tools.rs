//! Programs called from outside (pdftotext, LibreOffice, tesseract), with limits on time, memory and output.

use std::{path::Path, process::Stdio, time::Duration};

use kernel::{Error, Result};
use tokio::{io::AsyncReadExt, process::Command};

use crate::config::Tools;

/// Largest output taken from a program, bytes.
const MAX_OUTPUT: u64 = 64 << 20;

/// Runs a program in `folder` and gives what it printed. Memory is bounded by `prlimit` where that is installed.
///
/// # Errors
/// [`Error::Unavailable`] when the program is not installed, fails or takes too long.
pub async fn run(tools: &Tools, program: &str, arguments: &[&str], folder: &Path) -> Result<Vec<u8>> {
    let limit = format!("--as={}", tools.memory_mb.saturating_mul(1 << 20));
    let limited = which("prlimit");
    let mut command = if limited { Command::new("prlimit") } else { Command::new(program) };
    if limited {
        command.arg(limit).arg("--core=0").arg("--").arg(program);
    }
    command
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let missing = || Error::Unavailable(format!("Máy chủ chưa cài chương trình {program}."));
    if !which(program) {
        return Err(missing());
    }
    let mut child = command.spawn().map_err(|_| missing())?;
    let mut output = Vec::new();
    let mut pipe = child.stdout.take().map(|pipe| pipe.take(MAX_OUTPUT));
    let work = async {
        if let Some(pipe) = pipe.as_mut() {
            pipe.read_to_end(&mut output).await.map_err(Error::internal)?;
        }
        child.wait().await.map_err(Error::internal)
    };
    let status = tokio::time::timeout(Duration::from_secs(tools.timeout_seconds), work).await;
    match status {
        Ok(Ok(status)) if status.success() => Ok(output),
        Ok(Ok(_)) => Err(Error::Unavailable(format!("Chương trình {program} không đọc được tệp này."))),
        Ok(Err(error)) => Err(error),
        Err(_) => Err(Error::Unavailable(format!("Chương trình {program} chạy quá {} giây.", tools.timeout_seconds))),
    }
}

/// Is the program on the path?
pub fn which(program: &str) -> bool {
    if program.contains('/') {
        return Path::new(program).is_file();
    }
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}
