//! How a file looks and sounds, measured in one pass over all of it.

use std::path::Path;

use kernel::Result;
use serde::{Deserialize, Serialize};

use super::{Probe, opened, run, unreadable};
use crate::App;

/// What was measured.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measured {
    /// Integrated loudness, LUFS (EBU R128); none without sound, or for silence.
    pub loudness: Option<f64>,
    /// Loudness range, LU.
    pub range: Option<f64>,
    /// True peak, dBTP.
    pub peak: Option<f64>,
    /// Where the picture is black.
    pub black: Vec<Stretch>,
    /// Where it does not move.
    pub frozen: Vec<Stretch>,
    /// Where nothing is heard.
    pub silent: Vec<Stretch>,
    /// Seconds that could be read.
    pub seconds: f64,
    /// Did reading break off, or complain?
    pub damaged: bool,
}

/// A part of a file, seconds from its beginning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// First.
    pub from: f64,
    /// Last.
    pub to: f64,
}

impl Stretch {
    /// How long.
    pub fn seconds(&self) -> f64 {
        self.to - self.from
    }
}

/// Measures a file. Reads all of it, about as fast as a film is shown ten times over.
///
/// # Errors
/// [`kernel::Error::Invalid`] when nothing of it can be read; [`kernel::Error::Unavailable`] without ffmpeg or beyond the time.
pub async fn measure(app: &App, path: &Path, probe: &Probe) -> Result<Measured> {
    let opened = opened(path)?;
    let mut graph = Vec::new();
    let mut maps = Vec::new();
    if probe.video.is_some() {
        // A small picture shows black and standing still as well as a large one.
        graph.push("[0:v:0]scale=320:-2,blackdetect=d=0.5:pix_th=0.10,freezedetect=n=-60dB:d=2[v]");
        maps.extend(["-map", "[v]"]);
    }
    if probe.sound.is_some() {
        graph.push("[0:a:0]ebur128=peak=true:framelog=verbose,silencedetect=n=-60dB:d=2[a]");
        maps.extend(["-map", "[a]"]);
    }
    let graph = graph.join(";");
    let mut arguments = vec!["-hide_banner", "-nostdin", "-nostats", "-v", "info", "-progress", "pipe:1"];
    arguments.extend(opened.iter().map(String::as_str));
    arguments.extend(["-filter_complex", graph.as_str()]);
    arguments.extend(maps);
    arguments.extend(["-f", "null", "-"]);
    let folder = path.parent().unwrap_or(Path::new("."));
    let printed = run(app, &app.config.tools.ffmpeg, &arguments, folder).await?;
    let mut measured =
        parse(&String::from_utf8_lossy(&printed.reported), &String::from_utf8_lossy(&printed.out), probe.seconds);
    measured.damaged |= !printed.fine;
    if measured.seconds <= 0.0 {
        return Err(unreadable(&String::from_utf8_lossy(&printed.reported)));
    }
    Ok(measured)
}

fn after(line: &str, mark: &str) -> Option<f64> {
    let rest = line.split_once(mark)?.1.trim_start();
    let end = rest.find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '.' | '-' | 'e'))).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok().filter(|number: &f64| number.is_finite())
}

/// What ffmpeg reported and its progress; `announced`: seconds that the file says it has.
pub(super) fn parse(reported: &str, progress: &str, announced: f64) -> Measured {
    let mut out = Measured::default();
    let (mut silent, mut frozen): (Option<f64>, Option<f64>) = (None, None);
    let mut summary = false;
    for line in reported.lines() {
        if line.contains("Summary:") && line.contains("ebur128") {
            summary = true;
        }
        if let (Some(from), Some(to)) = (after(line, "black_start:"), after(line, "black_end:")) {
            out.black.push(Stretch { from, to });
        } else if let Some(from) = after(line, "silence_start:") {
            silent = Some(from.max(0.0));
        } else if let Some(to) = after(line, "silence_end:") {
            out.silent.extend(silent.take().map(|from| Stretch { from, to }));
        } else if let Some(from) = after(line, "freeze_start:") {
            frozen = Some(from);
        } else if let Some(to) = after(line, "freeze_end:") {
            out.frozen.extend(frozen.take().map(|from| Stretch { from, to }));
        } else if summary {
            // Silence has a loudness of -70 by definition, and a peak of minus infinity, which is no number.
            let line = line.trim();
            if line.starts_with("I:") {
                out.loudness = after(line, "I:").filter(|loudness| *loudness > -70.0);
            } else if line.starts_with("LRA:") {
                out.range = after(line, "LRA:");
            } else if line.starts_with("Peak:") {
                out.peak = after(line, "Peak:");
            }
        }
        out.damaged |=
            ["Error while decoding", "error while decoding", "Invalid data found", "corrupt", "partial file"]
                .iter()
                .any(|sign| line.contains(sign));
    }
    let last = progress.lines().rev().find_map(|line| after(line, "out_time_us=").or(after(line, "out_time_ms=")));
    out.seconds = last.map_or(0.0, |microseconds| microseconds / 1e6);
    let end = out.seconds.max(0.0);
    // What lasts to the end is never said to have ended.
    out.silent.extend(silent.map(|from| Stretch { from, to: end.max(from) }));
    out.frozen.extend(frozen.map(|from| Stretch { from, to: end.max(from) }));
    // A second or two are lost by rounding and sound that is shorter than the picture.
    out.damaged |= announced > 0.0 && out.seconds < announced * 0.97 - 1.0;
    out
}
