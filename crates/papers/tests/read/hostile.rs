//! Files made, or broken, so as to do harm: every one gives text or a clear error.

use std::fmt::Write as _;

use papers::{Limits, ReadError, read, read_layout, read_words};
use proptest::prelude::*;

use crate::build::{docx, odt, p, package, ps, table};

fn sample() -> Vec<u8> {
    let body = [
        table(&[&[p("SỞ TƯ PHÁP"), ps(&["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"])]]),
        p("KẾ HOẠCH"),
        table(&[&[p("STT"), p("Nội dung"), p("Thời gian")], &[p("1"), p("Việc"), p("Quý I")]]),
    ]
    .concat();
    docx(&body, &[("styles.xml", "<w:styles/>"), ("numbering.xml", "<w:numbering/>")])
}

fn small() -> Limits {
    Limits { input: 4 << 20, text: 1 << 20, unpacked: 512 << 10 }
}

#[test]
fn bombs_and_swollen_parts() {
    let spaces = " ".repeat(9 << 20);
    let bomb = docx(&spaces, &[]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(read(&bomb, None, Limits::default()), Err(ReadError::TooLarge));
    assert_eq!(read(&bomb, None, small()), Err(ReadError::TooLarge));
    let long = p("a").repeat(4_000);
    assert!(read(&docx(&long, &[]), None, small()) == Err(ReadError::TooLarge));
    let wordy = read("chữ ".repeat(1 << 19).as_bytes(), None, small());
    assert_eq!(wordy, Err(ReadError::TooLarge));
}

#[test]
fn deep_nesting() {
    let deep = format!("{}{}", "<w:ins>".repeat(50_000), "</w:ins>".repeat(50_000));
    assert!(matches!(read(&docx(&deep, &[]), None, Limits::default()), Err(ReadError::Damaged(_))));
    let tables = format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(5_000), "</w:tc></w:tr></w:tbl>".repeat(5_000));
    assert!(matches!(read(&docx(&tables, &[]), None, Limits::default()), Err(ReadError::Damaged(_))));
    let lists =
        format!("{}{}", "<text:list><text:list-item>".repeat(5_000), "</text:list-item></text:list>".repeat(5_000));
    assert!(matches!(read(&odt("", &lists), None, Limits::default()), Err(ReadError::Damaged(_))));
    let page = format!("<html>{}chữ", "<table><tr><td>".repeat(20_000));
    assert!(read(page.as_bytes(), None, Limits::default()).is_ok());
}

#[test]
fn tables_without_end() {
    let cell = "<td colspan=100000 rowspan=100000>a";
    let page = format!("<table>{}</table>", format!("<tr>{}", cell.repeat(4)).repeat(8_000));
    assert!(matches!(read(page.as_bytes(), None, Limits::default()), Err(ReadError::TooLarge) | Ok(_)));
    let span = r#"<w:tc><w:tcPr><w:gridSpan w:val="4000000000"/></w:tcPr><w:p/></w:tc>"#;
    let body = format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{span}</w:tr>").repeat(8_000));
    assert_eq!(read(&docx(&body, &[]), None, Limits::default()), Err(ReadError::TooLarge));
    let odd = r#"<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999999999999999"/></w:trPr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    assert!(read(&docx(odd, &[]), None, Limits::default()).is_ok());
}

#[test]
fn circles_in_styles_and_lists() {
    let styles = r#"<w:styles><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>"#;
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
    let body = r#"<w:p><w:pPr><w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>chữ</w:t></w:r></w:p>"#;
    let file = docx(body, &[("styles.xml", styles), ("numbering.xml", numbering)]);
    assert_eq!(read(&file, None, Limits::default()).unwrap().text, "chữ");
}

#[test]
fn broken_side_parts_cost_only_themselves() {
    let file = docx(&p("chữ"), &[("styles.xml", "<w:styles><w:style"), ("numbering.xml", "\u{1}")]);
    assert_eq!(read(&file, None, Limits::default()).unwrap().text, "chữ");
    let file = package(&[("word/document.xml", "<w:document><w:body><w:p>")]);
    assert!(matches!(read(&file, None, Limits::default()), Err(ReadError::Damaged(_))));
}

#[test]
fn every_truncation() {
    let file = sample();
    for end in 4..file.len() {
        assert!(read(&file[..end], Some("a.docx"), Limits::default()).is_err(), "{end}");
    }
}

#[test]
fn wide_and_long_layout() {
    let mut text = String::new();
    for i in 0..4_000 {
        let _ = writeln!(text, "{i}    a    b    c{}d", " ".repeat(i % 300));
    }
    assert!(!read_layout(&text).text.is_empty());
    assert!(!read_layout(&"a  b  ".repeat(50_000)).text.is_empty());
    assert!(!read_layout(&"Nơi nhận:\n".repeat(20_000)).text.is_empty());
    assert!(!read_layout(&"STT   Nội dung   Thời gian\n".repeat(5_000)).text.is_empty());
    let _ = read_layout(&"1  a  b\n\u{c}".repeat(5_000));
}

/// A page of `words` words and `strokes` strokes in each direction.
fn sheet(words: usize, strokes: usize) -> (String, String) {
    let (mut text, mut drawing) = (String::from("<page>"), String::from("<page>"));
    for i in 0..words {
        let (x, y) = (i * 7 % 590, i / 40 * 9);
        let _ = write!(text, "<word xMin=\"{x}\" yMin=\"{y}\" xMax=\"{}\" yMax=\"{}\">chữ</word>", x + 9, y + 8);
    }
    for i in 0..strokes {
        let at = i as f32 * 590.0 / strokes as f32;
        let _ = write!(drawing, "<path style=\"fill:none\" d=\"M 0 {at} L 600 {at} M {at} 0 L {at} 800\"/>");
    }
    (text, drawing)
}

#[test]
fn pages_full_of_words_and_strokes() {
    for strokes in [0, 3, 20, 300, 1_400, 40_000] {
        let (words, drawing) = sheet(20_000, strokes);
        assert_eq!(read_words(&words, Some(&drawing)).text.matches("chữ").count(), 20_000, "{strokes}");
    }
    let (words, drawing) = sheet(20, 20);
    assert!(!read_words(&words.repeat(3_000), Some(&drawing.repeat(3_000))).text.is_empty());
}

/// Pieces that steer the readers into their branches.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "STT",
        "TT",
        "1",
        "II",
        "a)",
        "-",
        "   ",
        "  ",
        "\n",
        "\n\n",
        "\u{c}",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
        "VIỆT NAM",
        "Độc lập - Tự do",
        "ngày 1 tháng 2 năm 2025",
        "Nơi nhận:",
        "- Lưu: VT.",
        "KT. CHỦ TỊCH",
        "Nội dung",
        "Thời gian",
        "Kính gửi:",
        "V/v",
        "chữ thường nối dài",
        "|",
        "\t",
        "<table>",
        "<tr>",
        "<td colspan=3>",
        "</table>",
        "<p>",
        "<li>",
        "&amp;",
        "&#x1ea1;",
        "<!--",
        "Trần Văn A",
        "57-",
        "NQ/TW",
    ])
    .prop_map(str::to_owned);
    let any = "\\PC{0,6}";
    prop::collection::vec(prop_oneof![8 => known, 1 => any], 0..80).prop_map(|all| all.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000), name in prop::option::of("[a-z]{0,3}\\.(docx|pdf|odt|html|txt|doc)")) {
        let _ = read(&bytes, name.as_deref(), Limits::default());
    }

    #[test]
    fn any_bytes_after_a_mark(mark in 0usize..9, bytes in prop::collection::vec(any::<u8>(), 0..1200)) {
        let marks: [&[u8]; 9] = [b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe",
            b"\xfe\xff", b"{\\rtf", b"\xef\xbb\xbf", b"<!doctype html><table><tr><td"];
        let _ = read(&[marks[mark], &bytes].concat(), None, Limits::default());
    }

    #[test]
    fn corrupted_docx(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut file = sample();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = read(&file, Some("a.docx"), Limits::default());
    }

    #[test]
    fn any_markup_in_docx_and_odt(body in "(<(/)?(w:(p|r|t|tbl|tr|tc|ins|sdt|pPr|numPr)|text:(p|list|list-item|s)|table:table)( w:val=\"[0-9]{1,3}\")?(/)?>|chữ){0,30}") {
        let _ = read(&docx(&body, &[]), None, Limits::default());
        let _ = read(&odt("", &body), None, Limits::default());
    }

    #[test]
    fn any_words_and_strokes(
        words in prop::collection::vec((0u16..700, 0u16..900, 0u16..90, 0u16..30, pieces()), 0..40),
        strokes in prop::collection::vec((0u16..700, 0u16..900, 0u16..700, 0u16..900, any::<bool>()), 0..60),
        pages in 1usize..3,
        any in pieces(),
    ) {
        let mut table = String::from("<page>");
        for (x, y, wide, tall, text) in &words {
            table += &format!("<word xMin=\"{x}\" yMin=\"{y}\" xMax=\"{}\" yMax=\"{}\">{text}</word>", x + wide, y + tall);
        }
        let mut drawing = format!("<page>{any}");
        for (x, y, x1, y1, level) in &strokes {
            let end = if *level { (x1, y) } else { (x, y1) };
            drawing += &format!("<path style=\"fill:none\" d=\"M {x} {y} L {} {}\"/>", end.0, end.1);
        }
        let source = read_words(&table.repeat(pages), Some(&drawing.repeat(pages)));
        for line in source.text.lines().filter(|line| line.starts_with('|')) {
            prop_assert!(line.ends_with('|'));
        }
        let _ = read_words(&any, Some(&any));
    }

    #[test]
    fn any_text(text in pieces()) {
        let source = read_layout(&text);
        for line in source.text.lines().filter(|line| line.starts_with('|')) {
            prop_assert!(line.ends_with('|'));
        }
        let page = format!("<html>{text}");
        let _ = read(page.as_bytes(), None, Limits::default());
        if let Ok(source) = read(text.as_bytes(), None, Limits::default()) {
            prop_assert!(!source.text.contains('\r'));
        }
    }
}
