//! What the programs print, and which files reach them.

use proptest::prelude::*;

use super::{measure::parse as report, probe::parse, *};

#[test]
fn only_known_containers_have_a_reader() {
    assert_eq!(demuxer(b"\0\0\0\x18ftypisom"), Some("mov,mp4,m4a,3gp,3g2,mj2"));
    assert_eq!(demuxer(&[0x1A, 0x45, 0xDF, 0xA3]), Some("matroska,webm"));
    assert_eq!(demuxer(b"RIFF\0\0\0\0WAVE"), Some("wav"));
    assert_eq!(demuxer(b"ID3\x04"), Some("mp3"));
    for other in [
        &b"#EXTM3U\nfile:/etc/passwd"[..],
        b"ffconcat version 1.0\n",
        b"v=0\r\no=-",
        b"<svg/>",
        b"GIF89a",
        b"\x89PNG",
        b"",
    ] {
        assert_eq!(demuxer(other), None);
    }
}

#[test]
fn a_file_turned_on_its_side_is_told_upright() {
    let printed = r#"{"streams":[{"codec_type":"video","codec_name":"h264","width":1920,"height":1080,"avg_frame_rate":"30000/1001",
        "field_order":"progressive","side_data_list":[{"rotation":-90}]},{"codec_type":"audio","codec_name":"aac","sample_rate":"44100","channels":2}],
        "format":{"format_name":"mov","duration":"4.5","bit_rate":"8000000"}}"#;
    let probe = parse(printed.as_bytes()).unwrap();
    let video = probe.video.unwrap();
    assert_eq!((video.width, video.height, video.scan.as_str()), (1080, 1920, "progressive"));
    assert!((video.rate - 29.97).abs() < 0.01 && (video.aspect - 0.5625).abs() < 0.001);
    assert_eq!((probe.sound.unwrap().rate, probe.seconds, probe.bitrate), (44_100, 4.5, 8_000_000));
    for wrong in [
        "",
        "{}",
        r#"{"streams":[{"codec_type":"video","width":60000,"height":60000}]}"#,
        r#"{"streams":[{"codec_type":"video"}]}"#,
    ] {
        assert!(parse(wrong.as_bytes()).is_err(), "{wrong}");
    }
}

#[test]
fn what_ffmpeg_reports() {
    let said = "[blackdetect @ 0x1] black_start:0 black_end:5.04 black_duration:5.04\n\
                [silencedetect @ 0x2] silence_start: -0.01\n[silencedetect @ 0x2] silence_end: 3.5 | silence_duration: 3.5\n\
                [silencedetect @ 0x2] silence_start: 9\n\
                [freezedetect @ 0x3] lavfi.freezedetect.freeze_start: 1\n[freezedetect @ 0x3] lavfi.freezedetect.freeze_end: 4\n\
                [Parsed_ebur128_0 @ 0x4] Summary:\n\n  Integrated loudness:\n    I:         -21.1 LUFS\n    Threshold: -31.1 LUFS\n\n\
                  Loudness range:\n    LRA:         4.0 LU\n    LRA low:   -41.1 LUFS\n\n  True peak:\n    Peak:      -18.1 dBFS\n";
    let measured = report(said, "out_time_us=12000000\nprogress=end\n", 12.0);
    let stretch = |from, to| Stretch { from, to };
    assert_eq!(measured.black, [stretch(0.0, 5.04)]);
    assert_eq!(measured.silent, [stretch(0.0, 3.5), stretch(9.0, 12.0)]);
    assert_eq!(measured.frozen, [stretch(1.0, 4.0)]);
    assert_eq!((measured.loudness, measured.range, measured.peak), (Some(-21.1), Some(4.0), Some(-18.1)));
    assert!(!measured.damaged);
    assert!(report(said, "out_time_us=5000000\n", 12.0).damaged);
    assert_eq!(report("x ebur128 Summary:\n I: -70.0 LUFS\n Peak: -inf dBFS", "", 0.0).loudness, None);
}

proptest! {
    #[test]
    fn nothing_printed_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[a-z_:0-9 .\\-\n]{0,300}") {
        let _ = parse(&bytes);
        let _ = demuxer(&bytes);
        let _ = report(&text, &text, 3.0);
    }
}
