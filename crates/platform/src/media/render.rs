//! What readers get of a file: stills, waves, smaller copies. Nothing of what the file says of itself (place, device, names) is taken over.

use std::path::Path;

use kernel::Result;

use super::{Probe, opened, run, unreadable};
use crate::App;

const QUIET: [&str; 5] = ["-hide_banner", "-nostdin", "-nostats", "-v", "error"];
const BARE: [&str; 6] = ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"];

async fn make(app: &App, path: &Path, how: &[&str], out: &Path) -> Result<()> {
    let opened = opened(path)?;
    let target = format!("file:{}", out.display());
    let mut arguments: Vec<&str> = QUIET.to_vec();
    arguments.extend(opened.iter().map(String::as_str));
    arguments.extend(BARE);
    arguments.extend(how);
    arguments.extend(["-y", target.as_str()]);
    let printed = run(app, &app.config.tools.ffmpeg, &arguments, out.parent().unwrap_or(Path::new("."))).await?;
    if printed.fine && std::fs::metadata(out).is_ok_and(|made| made.len() > 0) {
        return Ok(());
    }
    Err(unreadable(&String::from_utf8_lossy(&printed.reported)))
}

/// A still as PNG: the picture that says most among those of the first minute.
///
/// # Errors
/// See [`super::measure()`].
pub async fn poster(app: &App, path: &Path, out: &Path) -> Result<()> {
    let how = [
        "-map",
        "0:v:0",
        "-t",
        "60",
        "-vf",
        "thumbnail=50,scale=w='min(1280,iw*sar)':h=-2",
        "-frames:v",
        "1",
        "-f",
        "image2",
        "-c:v",
        "png",
    ];
    make(app, path, &how, out).await
}

/// The wave of a sound as PNG, 1280 × 240.
///
/// # Errors
/// See [`super::measure()`].
pub async fn wave(app: &App, path: &Path, out: &Path) -> Result<()> {
    let graph = "[0:a:0]aformat=channel_layouts=mono,showwavespic=s=1280x240:colors=0x2f4b86[w]";
    let how = ["-filter_complex", graph, "-map", "[w]", "-frames:v", "1", "-f", "image2", "-c:v", "png"];
    make(app, path, &how, out).await
}

/// A copy for browsers: H.264 with at most 1280 × 720 (upright 720 × 1280), 30 frames a second at most, AAC, ready to begin before all of it has come.
///
/// # Errors
/// See [`super::measure()`].
pub async fn video_copy(app: &App, path: &Path, probe: &Probe, out: &Path) -> Result<()> {
    let video = probe.video.clone().unwrap_or_default();
    let (wide, high) = if video.width >= video.height { (1280, 720) } else { (720, 1280) };
    let lines = if matches!(video.scan.as_str(), "tt" | "bb" | "tb" | "bt") { "bwdif=mode=send_frame," } else { "" };
    let rate = if video.rate > 31.0 { format!("fps={},", video.rate / 2.0) } else { String::new() };
    let picture = format!(
        "{lines}{rate}scale=w='trunc(iw*sar/2)*2':h=ih,setsar=1,scale={wide}:{high}:force_original_aspect_ratio=decrease:force_divisible_by=2,format=yuv420p"
    );
    let mut how = vec!["-map", "0:v:0", "-map", "0:a:0?", "-vf", picture.as_str()];
    how.extend(["-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-maxrate", "2500k", "-bufsize", "5000k"]);
    how.extend(["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000", "-movflags", "+faststart", "-f", "mp4"]);
    make(app, path, &how, out).await
}

/// A sound for browsers: AAC, stereo.
///
/// # Errors
/// See [`super::measure()`].
pub async fn sound_copy(app: &App, path: &Path, out: &Path) -> Result<()> {
    let how = [
        "-map",
        "0:a:0",
        "-vn",
        "-c:a",
        "aac",
        "-b:a",
        "128k",
        "-ac",
        "2",
        "-ar",
        "48000",
        "-movflags",
        "+faststart",
        "-f",
        "mp4",
    ];
    make(app, path, &how, out).await
}
