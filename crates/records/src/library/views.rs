//! What the library's templates receive.

use kernel::Timestamp;
use platform::{languages::language_name, web::day};

use super::{
    model::{Facts, KINDS, RIGHTS, name_of, verdict_name},
    service::{Sight, draft_of},
    store::{Item, Line},
};
use crate::activities::{definitions, name_in};

/// Minutes and seconds, or hours.
fn length(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    match (milliseconds, seconds / 3600) {
        (0, _) => String::new(),
        (_, 0) => format!("{}:{:02}", seconds / 60, seconds % 60),
        (_, hours) => format!("{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}

/// Bytes as people read them.
pub(super) fn weight(bytes: i64) -> String {
    let (value, unit) = match bytes {
        i64::MIN..1_024 => return format!("{bytes} B"),
        1_024..1_048_576 => (bytes as f64 / 1024.0, "KB"),
        1_048_576..1_073_741_824 => (bytes as f64 / 1_048_576.0, "MB"),
        1_073_741_824.. => (bytes as f64 / 1_073_741_824.0, "GB"),
    };
    format!("{value:.1} {unit}").replace('.', ",")
}

/// The colour of a verdict.
pub(super) fn verdict_pill(verdict: &str) -> &'static str {
    match verdict {
        "pass" => "done",
        "warn" => "soon",
        "fail" => "late",
        _ => "quiet",
    }
}

/// An item in a list, as shown.
pub(super) struct Row {
    pub id: String,
    pub title: String,
    pub kind: &'static str,
    pub facts: String,
    pub verdict: &'static str,
    pub pill: &'static str,
    pub shown: bool,
    pub picture: String,
    pub added: String,
    /// A state of the work on it that matters.
    pub state: &'static str,
}

impl Row {
    pub(super) fn of(line: &Line) -> Self {
        let taken = if line.taken_on > 0 { day(line.taken_on) } else { String::new() };
        let frame = if line.width > 0 { format!("{}×{}", line.width, line.height) } else { String::new() };
        let size = if line.size > 0 { weight(line.size) } else { String::new() };
        let facts = [line.agency_name.clone(), taken, length(line.duration), frame, size];
        Self {
            id: line.id.to_string(),
            title: line.title.clone(),
            kind: name_of(&KINDS, &line.kind),
            facts: facts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            verdict: verdict_name(&line.verdict),
            pill: verdict_pill(&line.verdict),
            shown: line.shown_at > 0,
            picture: line.picture.as_ref().map_or(String::new(), |name| format!("/tep/{}/{name}", line.id)),
            added: Timestamp(line.added_at).display(),
            state: match line.work.as_str() {
                _ if line.file_type.is_empty() => "Chỉ có băng, đĩa",
                "waiting" => "Đang kiểm tra",
                "failed" => "Không đọc được tệp",
                "lacking" => "Chưa kiểm tra được",
                _ => "",
            },
        }
    }
}

fn comma(value: f64, digits: usize) -> String {
    format!("{value:.digits$}").replace('.', ",").replace('-', "−")
}

/// What a job measured, for people: label and words.
fn facts(json: &str) -> Vec<(&'static str, String)> {
    let Ok(Facts { probe, measured, sharpness, located }) = serde_json::from_str::<Facts>(json) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let probe = probe.unwrap_or_default();
    if let Some(video) = probe.video {
        let scan = match video.scan.as_str() {
            "progressive" => "quét liên tục",
            "tt" | "tb" => "quét xen kẽ, dòng trên trước",
            "bb" | "bt" => "quét xen kẽ, dòng dưới trước",
            _ => "không ghi kiểu quét",
        };
        out.push(("Hình", format!("{} {}, {} hình/giây, {scan}", video.codec, video.profile, comma(video.rate, 2))));
        let bitrate = if video.bitrate > 0 { video.bitrate } else { probe.bitrate };
        out.push(("Tốc độ dữ liệu hình", format!("{} Mb/s", comma(bitrate as f64 / 1e6, 1))));
    }
    if let Some(sound) = probe.sound {
        out.push(("Tiếng", format!("{}, {} Hz, {} kênh", sound.codec, sound.rate, sound.channels)));
    }
    let measured = measured.unwrap_or_default();
    out.extend(measured.loudness.map(|value| ("Âm lượng (EBU R128)", format!("{} LUFS", comma(value, 1)))));
    out.extend(measured.range.map(|value| ("Dải âm lượng", format!("{} LU", comma(value, 1)))));
    out.extend(measured.peak.map(|value| ("Đỉnh thực", format!("{} dBTP", comma(value, 1)))));
    let all = [("Đoạn đen", measured.black), ("Đoạn đứng hình", measured.frozen), ("Đoạn mất tiếng", measured.silent)];
    for (label, stretches) in all.into_iter().filter(|(_, stretches)| !stretches.is_empty()) {
        let told = stretches.iter().take(6).map(|one| format!("{}–{} giây", comma(one.from, 1), comma(one.to, 1)));
        out.push((label, told.collect::<Vec<_>>().join("; ")));
    }
    out.extend(sharpness.map(|value| ("Độ nét", comma(value, 0))));
    if located {
        out.push(("Vị trí chụp", "Tệp gốc có tọa độ; bản công khai không có.".to_owned()));
    }
    out
}

/// What is said of an item, for people.
pub(super) fn said(sight: &Sight) -> Vec<(&'static str, String)> {
    let (item, lists) = (&sight.item, definitions());
    let draft = draft_of(sight);
    let names = |keys: &[String], list| keys.iter().map(|key| name_in(list, key)).collect::<Vec<_>>().join("; ");
    let people = match (item.people, item.consent, item.minors) {
        (false, ..) => "Không có người nhận ra được",
        (true, true, true) => "Có trẻ em; người giám hộ đã đồng ý",
        (true, true, false) => "Có người; đã đồng ý",
        (true, false, true) => "Có trẻ em; người giám hộ chưa đồng ý",
        (true, false, false) => "Có người; chưa đồng ý",
    };
    let all = [
        ("Nội dung", item.about.clone()),
        ("Mô tả ảnh", item.alt.clone()),
        ("Tác giả", item.author.clone()),
        ("Cơ quan", item.agency_name.clone()),
        ("Quyền sử dụng", name_of(&RIGHTS, &item.rights).to_owned()),
        ("Ghi chú về quyền", item.rights_note.clone()),
        ("Người trong hình, tiếng", people.to_owned()),
        ("Ngày thực hiện", if item.taken_on > 0 { day(item.taken_on) } else { String::new() }),
        ("Địa điểm", item.place.clone()),
        ("Ngôn ngữ", language_name(&item.lang).to_owned()),
        ("Lĩnh vực", names(&draft.fields, &lists.fields)),
        ("Đối tượng", names(&draft.groups, &lists.groups)),
        ("Nơi giữ băng, đĩa", item.carrier.clone()),
        ("Người đưa vào", format!("{}, {}", item.added_name, Timestamp(item.added_at).display())),
    ];
    all.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// What was measured of its file, for people.
pub(super) fn measured(item: &Item) -> Vec<(&'static str, String)> {
    let frame = if item.width > 0 { format!("{} × {}", item.width, item.height) } else { String::new() };
    let size = if item.size > 0 { weight(item.size) } else { String::new() };
    let mut all = vec![
        ("Tệp", item.file_name.clone()),
        ("Dung lượng", size),
        ("Khuôn hình (điểm ảnh)", frame),
        ("Thời lượng", length(item.duration)),
    ];
    all.extend(facts(&item.facts));
    all.push(("SHA-256", item.file_hash.clone()));
    all.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_weights() {
        assert_eq!([0, 65_000, 3_605_000].map(length), ["", "1:05", "1:00:05"]);
        assert_eq!([12, 2_048, 5_452_595, 1_610_612_736].map(weight), ["12 B", "2,0 KB", "5,2 MB", "1,5 GB"]);
    }
}
