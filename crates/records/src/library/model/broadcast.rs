//! Use for broadcasting ("khả năng sử dụng phát sóng"): measured figures against the rules of `definitions/library/broadcast.toml`.

use std::sync::OnceLock;

use chrono::NaiveDate;
use platform::media::{Measured, Probe, Stretch};
use serde::{Deserialize, Serialize};

/// A rule; see the README of the definitions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    of: Of,
    what: What,
    pass: Option<[f64; 2]>,
    also: Option<[f64; 2]>,
    warn: Option<[f64; 2]>,
    #[serde(default)]
    words: Vec<String>,
    says: String,
    source: String,
    checked: bool,
    from: toml::value::Datetime,
    to: Option<toml::value::Datetime>,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Of {
    Video,
    Sound,
    Photo,
}

/// Which figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Lines,
    Aspect,
    Rate,
    Scan,
    Codec,
    Bitrate,
    Sound,
    Black,
    Frozen,
    SampleRate,
    Loudness,
    Peak,
    Silent,
    LongSide,
    Sharpness,
}

impl What {
    /// On screen, with its unit.
    fn told(self, value: f64) -> String {
        let number = |digits: usize| format!("{value:.digits$}").replace('.', ",");
        match self {
            What::Lines => format!("Hình {} dòng", number(0)),
            What::Aspect if value < 1.0 => "Hình đứng".to_owned(),
            What::Aspect => format!("Khuôn hình {}:1", number(2)),
            What::Rate => format!("{} hình/giây", number(2)),
            What::Scan => "Quét liên tục".to_owned(),
            What::Codec => "Mã hóa khác".to_owned(),
            What::Bitrate => format!("Hình {} Mb/s", number(1)),
            What::Sound => "Không có tiếng".to_owned(),
            What::Black => format!("Có đoạn đen {} giây", number(1)),
            What::Frozen => format!("Có đoạn đứng hình {} giây", number(1)),
            What::SampleRate => format!("Tiếng lấy mẫu {} Hz", number(0)),
            What::Loudness => format!("Âm lượng {} LUFS", number(1)),
            What::Peak => format!("Đỉnh thực {} dBTP", number(1)),
            What::Silent => format!("Có đoạn mất tiếng {} giây", number(1)),
            What::LongSide => format!("Cạnh dài {} điểm ảnh", number(0)),
            What::Sharpness => format!("Ảnh mờ (độ nét {})", number(0)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Rule>,
}

/// Something that speaks against using an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// warn or fail.
    pub weight: String,
    /// What was found, and what is asked for.
    pub words: String,
    /// Where that is asked for.
    pub source: String,
}

/// What comes of the rules: pass, warn, fail or unknown, and why.
pub type Verdict = (&'static str, Vec<Finding>);

fn read(text: &str) -> Result<Vec<Rule>, toml::de::Error> {
    toml::from_str::<File>(text).map(|file| file.rule)
}

fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let text = include_str!("../../../../../definitions/library/broadcast.toml");
        // A test reads the same file.
        read(text).unwrap_or_default()
    })
}

fn date(stored: &toml::value::Datetime) -> Option<NaiveDate> {
    let day = stored.date?;
    NaiveDate::from_ymd_opt(i32::from(day.year), u32::from(day.month), u32::from(day.day))
}

/// A value against a rule.
enum Value<'a> {
    Number(f64),
    Word(&'a str),
}

impl Rule {
    fn holds(&self, day: NaiveDate) -> bool {
        date(&self.from).is_none_or(|from| day >= from) && self.to.as_ref().and_then(date).is_none_or(|to| day <= to)
    }

    fn against(&self, value: &Value<'_>) -> Option<Finding> {
        let within =
            |range: &Option<[f64; 2]>, value: f64| range.is_some_and(|[from, to]| (from..=to).contains(&value));
        let (fine, unfit, told) = match value {
            Value::Word(word) => (self.words.iter().any(|one| one == word), false, format!("Mã hóa {word}")),
            Value::Number(value) => (
                within(&self.pass, *value) || within(&self.also, *value),
                self.warn.is_some() && !within(&self.warn, *value),
                self.what.told(*value),
            ),
        };
        let unseen = if self.checked { "" } else { " (chưa kiểm chứng)" };
        (!fine).then(|| Finding {
            weight: if unfit { "fail" } else { "warn" }.to_owned(),
            words: format!("{told}. Yêu cầu: {}.", lower(&self.says)),
            source: format!("{}{unseen}", self.source),
        })
    }
}

/// With a small first letter, as inside a sentence; abbreviations stay.
fn lower(text: &str) -> String {
    let mut signs = text.chars();
    match (signs.next(), signs.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(signs).collect(),
        _ => text.to_owned(),
    }
}

/// A figure on its way to the rules.
type Figure<'a> = (Of, What, Value<'a>);

fn verdict(day: NaiveDate, figures: &[Figure<'_>], unknown: bool) -> Verdict {
    let mut findings: Vec<Finding> = figures
        .iter()
        .flat_map(|(of, what, value)| {
            let mine = rules().iter().filter(|rule| rule.of == *of && rule.what == *what && rule.holds(day));
            mine.filter_map(|rule| rule.against(value))
        })
        .collect();
    findings.sort_by_key(|finding| finding.weight != "fail");
    let fails = findings.iter().any(|finding| finding.weight == "fail");
    let verdict = match (fails, unknown, findings.is_empty()) {
        (true, ..) => "fail",
        (_, true, _) => "unknown",
        (.., true) => "pass",
        _ => "warn",
    };
    (verdict, findings)
}

fn longest(stretches: &[Stretch]) -> f64 {
    stretches.iter().map(Stretch::seconds).fold(0.0, f64::max)
}

/// Use of a video or a sound on a day. Without measurements what speaks for it is not known.
pub fn judge(day: NaiveDate, probe: &Probe, measured: Option<&Measured>) -> Verdict {
    use Value::{Number, Word};
    let mut figures: Vec<Figure<'_>> = Vec::new();
    if let Some(video) = &probe.video {
        let portrait = video.height > video.width;
        let lines = if portrait { video.width } else { video.height };
        let bitrate = if video.bitrate > 0 { video.bitrate } else { probe.bitrate };
        figures.extend([
            (Of::Video, What::Lines, Number(lines as f64)),
            (Of::Video, What::Aspect, Number(video.aspect)),
            (Of::Video, What::Rate, Number((video.rate * 1000.0).round() / 1000.0)),
            (Of::Video, What::Codec, Word(&video.codec)),
            (Of::Video, What::Sound, Number(if probe.sound.is_some() { 1.0 } else { 0.0 })),
        ]);
        if !video.scan.is_empty() && video.scan != "unknown" {
            figures.push((Of::Video, What::Scan, Number(if video.scan == "progressive" { 0.0 } else { 1.0 })));
        }
        if bitrate > 0 {
            figures.push((Of::Video, What::Bitrate, Number(bitrate as f64 / 1e6)));
        }
        if let Some(measured) = measured {
            figures.push((Of::Video, What::Black, Number(longest(&measured.black))));
            figures.push((Of::Video, What::Frozen, Number(longest(&measured.frozen))));
        }
    }
    if let Some(sound) = &probe.sound {
        figures.push((Of::Sound, What::SampleRate, Number(sound.rate as f64)));
        if let Some(measured) = measured {
            figures.extend(measured.loudness.map(|value| (Of::Sound, What::Loudness, Number(value))));
            figures.extend(measured.peak.map(|value| (Of::Sound, What::Peak, Number(value))));
            figures.push((Of::Sound, What::Silent, Number(longest(&measured.silent))));
        }
    }
    let (verdict, mut findings) = verdict(day, &figures, measured.is_none());
    if measured.is_some_and(|measured| measured.damaged) {
        findings.insert(
            0,
            Finding {
                weight: "fail".into(),
                words: "Tệp bị cụt hoặc hỏng giữa chừng. Yêu cầu: đọc được từ đầu đến cuối.".into(),
                source: String::new(),
            },
        );
        return ("fail", findings);
    }
    (verdict, findings)
}

/// Use of a photo on a day: pixels and sharpness.
pub fn judge_photo(day: NaiveDate, (width, height): (i64, i64), sharpness: f64) -> Verdict {
    let figures = [
        (Of::Photo, What::LongSide, Value::Number(width.max(height) as f64)),
        (Of::Photo, What::Sharpness, Value::Number(sharpness)),
    ];
    verdict(day, &figures, false)
}

#[cfg(test)]
mod tests {
    use platform::media::{Sound, Video};

    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 9).unwrap()
    }

    fn good() -> (Probe, Measured) {
        let video = Video {
            codec: "h264".into(),
            width: 1920,
            height: 1080,
            aspect: 16.0 / 9.0,
            rate: 25.0,
            scan: "tt".into(),
            bitrate: 12_000_000,
            ..Video::default()
        };
        let sound = Sound { codec: "aac".into(), rate: 48_000, channels: 2, bitrate: 192_000 };
        let probe = Probe { seconds: 60.0, video: Some(video), sound: Some(sound), ..Probe::default() };
        let measured = Measured {
            loudness: Some(-23.2),
            range: Some(5.0),
            peak: Some(-2.0),
            seconds: 60.0,
            ..Measured::default()
        };
        (probe, measured)
    }

    /// Verdict and number of findings after a change.
    fn after(change: impl FnOnce(&mut Probe, &mut Measured)) -> (&'static str, usize) {
        let (mut probe, mut measured) = good();
        change(&mut probe, &mut measured);
        let (verdict, findings) = judge(day(), &probe, Some(&measured));
        (verdict, findings.len())
    }

    fn video(probe: &mut Probe) -> &mut Video {
        probe.video.as_mut().unwrap()
    }

    #[test]
    fn every_rule_is_read_and_has_a_source() {
        let all = read(include_str!("../../../../../definitions/library/broadcast.toml")).unwrap();
        assert!(all.len() >= 15);
        for rule in &all {
            assert!(!rule.says.is_empty() && !rule.source.is_empty(), "{:?}", rule.what);
            assert_ne!(rule.pass.is_some(), !rule.words.is_empty(), "{:?}", rule.what);
            assert!(date(&rule.from).is_some(), "{:?}", rule.what);
        }
        assert!(
            read("[[rule]]\nof = \"video\"\nwhat = \"lines\"\nlimit = 3\n").unwrap_err().to_string().contains("line")
        );
    }

    #[test]
    fn what_is_good_passes_and_each_fault_is_told() {
        assert_eq!(after(|_, _| {}), ("pass", 0));
        assert_eq!(after(|p, _| video(p).scan = "progressive".into()), ("warn", 1));
        assert_eq!(after(|p, _| video(p).scan.clear()), ("pass", 0));
        assert_eq!(after(|p, _| video(p).rate = 29.97), ("warn", 1));
        assert_eq!(after(|p, _| video(p).rate = 50.0), ("pass", 0));
        assert_eq!(after(|p, _| (video(p).width, video(p).height) = (1280, 720)), ("warn", 1));
        assert_eq!(after(|p, _| (video(p).width, video(p).height, video(p).aspect) = (720, 576, 1.25)), ("fail", 2));
        assert_eq!(
            after(|p, _| (video(p).width, video(p).height, video(p).aspect) = (1080, 1920, 9.0 / 16.0)),
            ("warn", 1)
        );
        assert_eq!(after(|p, _| video(p).bitrate = 3_000_000), ("warn", 1));
        assert_eq!(after(|p, _| video(p).bitrate = 1_000_000), ("fail", 1));
        assert_eq!(after(|p, _| video(p).codec = "vp9".into()), ("warn", 1));
        assert_eq!(after(|p, _| p.sound = None), ("fail", 1));
        assert_eq!(after(|p, _| p.sound.as_mut().unwrap().rate = 44_100), ("warn", 1));
        assert_eq!(after(|_, m| m.loudness = Some(-14.0)), ("warn", 1));
        assert_eq!(after(|_, m| m.peak = Some(0.3)), ("warn", 1));
        assert_eq!(after(|_, m| m.black = vec![Stretch { from: 2.0, to: 7.0 }]), ("warn", 1));
        assert_eq!(after(|_, m| m.silent = vec![Stretch { from: 2.0, to: 9.0 }]), ("warn", 1));
        assert_eq!(after(|_, m| m.frozen = vec![Stretch { from: 2.0, to: 22.0 }]), ("warn", 1));
        assert_eq!(after(|_, m| m.damaged = true), ("fail", 1));
        let (probe, _) = good();
        assert_eq!(judge(day(), &probe, None).0, "unknown");
        // Before there were rules there is nothing to say.
        assert_eq!(
            judge(NaiveDate::from_ymd_opt(2010, 1, 1).unwrap(), &Probe::default(), Some(&Measured::default())).0,
            "pass"
        );
    }

    #[test]
    fn photos_by_pixels_and_sharpness() {
        assert_eq!(judge_photo(day(), (4000, 3000), 200.0).0, "pass");
        assert_eq!(judge_photo(day(), (1500, 1000), 200.0).0, "warn");
        assert_eq!(judge_photo(day(), (800, 600), 200.0).0, "fail");
        let (verdict, findings) = judge_photo(day(), (4000, 3000), 20.0);
        assert_eq!(verdict, "warn");
        assert!(
            findings[0].words.starts_with("Ảnh mờ (độ nét 20). Yêu cầu: ảnh rõ nét")
                && findings[0].source.contains("chưa kiểm chứng")
        );
    }
}
