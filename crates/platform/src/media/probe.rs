//! What a file says of itself.

use std::path::Path;

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{opened, run, unreadable};
use crate::App;

/// Most pixels of a picture that is looked at: beyond 8K it is an attack or a mistake.
const MOST_PIXELS: i64 = 8192 * 4608;

/// What a file is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Probe {
    /// As ffprobe names it.
    pub container: String,
    /// Seconds.
    pub seconds: f64,
    /// Bits per second of all of it.
    pub bitrate: i64,
    /// Its first moving picture.
    pub video: Option<Video>,
    /// Its first sound.
    pub sound: Option<Sound>,
}

/// A moving picture.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Video {
    /// h264, mpeg2video…
    pub codec: String,
    /// Main, High…
    pub profile: String,
    /// Pixels as shown, that is upright.
    pub width: i64,
    /// Pixels as shown.
    pub height: i64,
    /// Width to height as shown.
    pub aspect: f64,
    /// Frames per second.
    pub rate: f64,
    /// progressive, tt (top field first), bb, tb, bt; empty when the file does not say.
    pub scan: String,
    /// yuv420p…
    pub pixels: String,
    /// Bits per second; 0 when the file does not say.
    pub bitrate: i64,
}

/// A sound.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sound {
    /// aac, mp2, pcm_s16le…
    pub codec: String,
    /// Hertz.
    pub rate: i64,
    /// Channels.
    pub channels: i64,
    /// Bits per second; 0 when the file does not say.
    pub bitrate: i64,
}

/// Reads what a file is.
///
/// # Errors
/// [`Error::Invalid`] when it cannot be read; [`Error::Unavailable`] without ffprobe.
pub async fn probe(app: &App, path: &Path) -> Result<Probe> {
    let opened = opened(path)?;
    let mut arguments = vec!["-v", "error", "-show_format", "-show_streams", "-of", "json"];
    arguments.extend(opened.iter().map(String::as_str));
    let folder = path.parent().unwrap_or(Path::new("."));
    let printed = run(app, &app.config.tools.ffprobe, &arguments, folder).await?;
    if !printed.fine {
        return Err(unreadable(&String::from_utf8_lossy(&printed.reported)));
    }
    parse(&printed.out)
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A number, which ffprobe writes as one or as words.
fn number(value: &Value, key: &str) -> f64 {
    match value.get(key) {
        Some(Value::Number(number)) => number.as_f64().unwrap_or(0.0),
        Some(Value::String(words)) => words.parse().unwrap_or(0.0),
        _ => 0.0,
    }
}

fn whole(value: &Value, key: &str) -> i64 {
    number(value, key) as i64
}

/// "25/1", "16:9".
fn ratio(value: &Value, key: &str) -> f64 {
    let words = text(value, key);
    let parts = words.split_once(['/', ':']);
    let (over, under): (f64, f64) = match parts {
        Some((over, under)) => (over.parse().unwrap_or(0.0), under.parse().unwrap_or(0.0)),
        None => return 0.0,
    };
    if under == 0.0 { 0.0 } else { over / under }
}

/// What ffprobe printed.
pub(super) fn parse(printed: &[u8]) -> Result<Probe> {
    let all: Value = serde_json::from_slice(printed).map_err(|e| unreadable(&e.to_string()))?;
    let none = Vec::new();
    let streams = all.get("streams").and_then(Value::as_array).unwrap_or(&none);
    let of = |kind: &str| {
        // A cover picture in a sound is no video.
        let cover = |one: &&Value| one.pointer("/disposition/attached_pic").and_then(Value::as_i64) == Some(1);
        streams.iter().filter(|one| !cover(one)).find(|one| text(one, "codec_type") == kind)
    };
    let format = all.get("format").cloned().unwrap_or_default();
    let probe = Probe {
        container: text(&format, "format_name"),
        seconds: number(&format, "duration").clamp(0.0, 1e7),
        bitrate: whole(&format, "bit_rate"),
        video: of("video").map(video),
        sound: of("audio").map(|one| Sound {
            codec: text(one, "codec_name"),
            rate: whole(one, "sample_rate"),
            channels: whole(one, "channels"),
            bitrate: whole(one, "bit_rate"),
        }),
    };
    let pixels = probe.video.as_ref().map_or(0, |video| video.width.saturating_mul(video.height));
    if probe.video.is_none() && probe.sound.is_none() {
        return Err(unreadable("no streams"));
    }
    if pixels > MOST_PIXELS || probe.video.as_ref().is_some_and(|video| video.width < 1 || video.height < 1) {
        return Err(Error::invalid("tep", "Khuôn hình của tệp này lớn bất thường nên không xử lý."));
    }
    Ok(probe)
}

fn video(one: &Value) -> Video {
    let (mut width, mut height) = (whole(one, "width"), whole(one, "height"));
    let none = Vec::new();
    let sides = one.get("side_data_list").and_then(Value::as_array).unwrap_or(&none);
    let turned = sides.iter().map(|side| whole(side, "rotation")).find(|turn| *turn != 0).unwrap_or(0);
    let mut aspect = ratio(one, "display_aspect_ratio");
    if aspect <= 0.0 && height > 0 {
        aspect = width as f64 / height as f64;
    }
    if turned.rem_euclid(180) == 90 {
        (width, height) = (height, width);
        aspect = if aspect > 0.0 { 1.0 / aspect } else { 0.0 };
    }
    let rate = ratio(one, "avg_frame_rate");
    Video {
        codec: text(one, "codec_name"),
        profile: text(one, "profile"),
        width,
        height,
        aspect,
        rate: if rate > 0.0 { rate } else { ratio(one, "r_frame_rate") },
        scan: text(one, "field_order"),
        pixels: text(one, "pix_fmt"),
        bitrate: whole(one, "bit_rate"),
    }
}
