//! Videos and sounds: what they are ([`probe`]), how they look and sound ([`measure`]), and what is made of them for readers ([`render`]). All of it is done by
//! ffprobe and ffmpeg within limits on time, memory and disk; nothing but files of known kinds reaches them, and they open nothing but that file.

mod measure;
mod probe;
mod render;
#[cfg(test)]
mod tests;

use std::path::Path;

use kernel::{Error, Result};

use crate::{
    App,
    tools::{self, Limits, Printed},
};

pub use measure::{Measured, Stretch, measure};
pub use probe::{Probe, Sound, Video, probe};
pub use render::{poster, sound_copy, video_copy, wave};

/// Bytes of the head by which a container is told.
const HEAD: usize = 564;

/// The demuxer for a file with these first bytes. Lists of other files, descriptions of streams and pictures have none: they never reach the programs.
fn demuxer(head: &[u8]) -> Option<&'static str> {
    let at = |from: usize, text: &[u8]| head.get(from..from + text.len()) == Some(text);
    Some(match () {
        () if at(4, b"ftyp") || at(4, b"moov") || at(4, b"mdat") || at(4, b"wide") => "mov,mp4,m4a,3gp,3g2,mj2",
        () if at(0, &[0x1A, 0x45, 0xDF, 0xA3]) => "matroska,webm",
        () if at(0, &[0, 0, 1, 0xBA]) => "mpeg",
        () if at(0, b"\x47") && at(188, b"\x47") && at(376, b"\x47") => "mpegts",
        () if at(0, &[0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01]) => "mxf",
        () if at(0, b"RIFF") && at(8, b"AVI ") => "avi",
        () if at(0, b"RIFF") && at(8, b"WAVE") => "wav",
        () if at(0, b"RF64") => "wav",
        () if at(0, b"fLaC") => "flac",
        () if at(0, b"OggS") => "ogg",
        () if at(0, b"ID3") || (at(0, b"\xFF") && head.get(1).is_some_and(|byte| byte & 0xE6 == 0xE2)) => "mp3",
        () if at(0, b"\xFF") && head.get(1).is_some_and(|byte| byte & 0xF6 == 0xF0) => "aac",
        () => return None,
    })
}

/// Arguments that open a file and nothing else.
fn opened(path: &Path) -> Result<[String; 6]> {
    use std::io::Read;
    let mut head = Vec::with_capacity(HEAD);
    let file = std::fs::File::open(path).map_err(|_| Error::NotFound)?;
    file.take(HEAD as u64).read_to_end(&mut head).map_err(Error::internal)?;
    let demuxer = demuxer(&head).ok_or_else(|| unreadable(""))?;
    let path = path.to_str().ok_or(Error::NotFound)?;
    // The first of the names chooses the reader; the list keeps it from handing over to another.
    let first = demuxer.split(',').next().unwrap_or(demuxer);
    let words = ["-protocol_whitelist", "file,pipe", "-f", first, "-i"].map(str::to_owned);
    let [a, b, c, d, e] = words;
    Ok([a, b, c, d, e, format!("file:{path}")])
}

/// The file is at fault, not the machine.
fn unreadable(why: &str) -> Error {
    tracing::debug!(why, "tệp nghe nhìn");
    Error::invalid("tep", "Không đọc được tệp này: tệp hỏng, thiếu hoặc không phải video, âm thanh.")
}

/// Is there what looking at videos and sounds takes? Else the program that is missing.
pub fn missing(app: &App) -> Option<&str> {
    let tools = &app.config.tools;
    [&tools.ffprobe, &tools.ffmpeg].into_iter().find(|program| !tools::which(program)).map(String::as_str)
}

/// Runs one of the two on files of a folder.
async fn run(app: &App, program: &str, arguments: &[&str], folder: &Path) -> Result<Printed> {
    let tools = &app.config.tools;
    let limits = Limits {
        seconds: tools.media_seconds,
        memory_mb: tools.memory_mb.saturating_mul(2),
        file_mb: app.config.server.media_mb,
    };
    tools::run_within(limits, program, arguments, folder).await
}
