//! The PDF: the paper as read from it, its pages as drawn, odd words, the same bytes.

use std::process::Command;

use press::{Annex, Block, Layout, Official, docx, pdf};
use proptest::prelude::*;

use crate::samples::{figures, letter, para, report};

fn layout() -> Layout {
    Layout::default()
}

/// Runs a program on a file; `None` when it is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(_) => {
            eprintln!("skipped: {program} is not installed");
            None
        }
    }
}

#[test]
fn a_paper_is_read_back_as_it_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    for (name, paper) in [("bao-cao.pdf", report()), ("cong-van.pdf", letter())] {
        let path = folder.path().join(name);
        std::fs::write(&path, pdf(&paper, &layout(), "https://lantoa.example/bao-cao/1").unwrap()).unwrap();
        let path = path.to_string_lossy();
        let Some(text) = run("pdftotext", &["-layout", &path, "-"]) else { return };
        crate::same(&papers::recognise(&papers::read_layout(&text).text), &paper);
        let Some(words) = run("pdftotext", &["-bbox", "-enc", "UTF-8", &path, "-"]) else { return };
        let Some(drawing) = run("pdftocairo", &["-svg", &path, "-"]) else { return };
        crate::same(&papers::recognise(&papers::read_words(&words, Some(&drawing)).text), &paper);
    }
}

#[test]
fn the_pages_hold_what_the_decree_puts_on_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bao-cao.pdf");
    std::fs::write(&path, pdf(&report(), &layout(), "").unwrap()).unwrap();
    let path = path.to_string_lossy().into_owned();
    let Some(info) = run("pdfinfo", &["-f", "1", "-l", "99", &path]) else { return };
    assert!(info.contains("595.276 x 841.89") || info.contains("595.28 x 841.89"), "{info}");
    assert!(info.contains("841.89 x 595.2"), "the annex lies on its side: {info}");
    assert!(!info.contains("CreationDate"), "{info}");
    let Some(fonts) = run("pdffonts", &[&path]) else { return };
    let all = fonts.lines().skip(2).collect::<Vec<_>>();
    assert!(!all.is_empty() && all.iter().all(|line| line.contains("Tinos") && line.contains("yes yes")), "{fonts}");
    let Some(text) = run("pdftotext", &["-layout", &path, "-"]) else { return };
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let number = |page: &str| page.lines().next().map(|line| line.trim().to_owned()).unwrap_or_default();
    assert_eq!(number(pages[1]), "2", "the number stands at the top of the second page");
    assert!(pages[0].trim_start().starts_with("ỦY BAN"), "and not on the first");
    let annex: Vec<&&str> = pages.iter().filter(|page| page.contains("Số cuộc thi")).collect();
    assert!(annex.len() >= 3, "the head of the table comes back on every page");
    assert!(annex[0].trim_start().starts_with("Phụ lục I"));
    assert_eq!(number(annex[1]), "2", "the pages of an annex are counted anew");
}

#[test]
fn every_annex_is_counted_from_one_however_its_pages_and_those_before_it_lie() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("phu-luc.pdf");
    let sides = [false, true, true, false, false, true];
    let mut paper = report();
    paper.annexes = sides
        .iter()
        .map(|landscape| Annex {
            title: "Số liệu".into(),
            landscape: *landscape,
            body: vec![Block::Table(figures(70))],
        })
        .collect();
    std::fs::write(&path, pdf(&paper, &layout(), "").unwrap()).unwrap();
    let Some(text) = run("pdftotext", &["-layout", &path.to_string_lossy(), "-"]) else { return };
    let (mut annexes, mut page_of) = (0, 1);
    for page in text.split('\u{c}').filter(|page| !page.trim().is_empty()).skip(1) {
        let first = page.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_owned();
        if first.starts_with("Phụ lục") {
            (annexes, page_of) = (annexes + 1, 1);
        } else {
            page_of += 1;
            assert_eq!(first, page_of.to_string(), "page {page_of} of annex {annexes}");
        }
        assert!(page_of < 9, "annex {annexes}");
    }
    assert_eq!(annexes, sides.len());
}

/// Words of a file with the heights of their boxes in points.
fn boxes(path: &str) -> Option<Vec<(String, f32)>> {
    let text = run("pdftotext", &["-bbox", "-f", "1", "-l", "9", path, "-"])?;
    let of = |line: &str| {
        let side = |name: &str| line.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.parse::<f32>().ok();
        let word = line.split('>').nth(1)?.split('<').next()?.to_owned();
        Some((word, side("yMax")? - side("yMin")?))
    };
    Some(text.lines().filter(|line| line.trim_start().starts_with("<word")).filter_map(of).collect())
}

#[test]
fn letters_have_the_sizes_of_the_decree() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("co-chu.pdf");
    std::fs::write(&path, pdf(&report(), &layout(), "").unwrap()).unwrap();
    let Some(boxes) = boxes(&path.to_string_lossy()) else { return };
    let height = |word: &str| boxes.iter().find(|(one, _)| one == word).unwrap_or_else(|| panic!("{word}")).1;
    // Every box is as high as its letters are large: the title, of 14 points, is the measure.
    let point = height("BÁO") / 14.0;
    for (word, size) in [
        ("CỘNG", 12.0),
        ("ỦY", 12.0),
        ("SỞ", 12.0),
        ("Độc", 13.0),
        ("Số:", 13.0),
        ("Hải,", 13.0),
        ("Kính", 14.0),
        ("Thực", 14.0),
        ("KT.", 14.0),
        ("Nơi", 12.0),
        ("Lưu:", 11.0),
    ] {
        let found = height(word) / point;
        assert!((found - size).abs() < 0.4, "{word}: {found} instead of {size}");
    }
}

/// A page as grey pixels: width, height, pixels.
fn drawn(path: &str, page: &str, resolution: &str) -> Option<(usize, usize, Vec<u8>)> {
    let out = format!("{path}-{page}-{resolution}");
    run("pdftoppm", &["-r", resolution, "-gray", "-f", page, "-l", page, "-singlefile", path, &out])?;
    let picture = std::fs::read(format!("{out}.pgm")).expect("a picture");
    let size = String::from_utf8_lossy(&picture[..20]).into_owned();
    let size: Vec<usize> = size.split_whitespace().skip(1).take(2).map(|side| side.parse().expect("a side")).collect();
    let pixels = picture[picture.len() - size[0] * size[1]..].to_vec();
    Some((size[0], size[1], pixels))
}

/// Longest run of dark pixels.
fn longest(dark: impl Iterator<Item = bool>) -> usize {
    let (mut best, mut now) = (0, 0);
    for dark in dark {
        now = if dark { now + 1 } else { 0 };
        best = best.max(now);
    }
    best
}

#[test]
fn a_full_page_keeps_its_bottom_margin_and_the_head_has_no_lines_of_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trang.pdf").to_string_lossy().into_owned();
    std::fs::write(&path, pdf(&report(), &layout(), "").unwrap()).unwrap();
    // One pixel to a millimetre; of the first pages the fullest ends just above the margin of 20 mm.
    let mut lowest = 0;
    for page in ["1", "2", "3"] {
        let Some((wide, high, pixels)) = drawn(&path, page, "25.4") else { return };
        lowest = lowest.max((0..high).rev().find(|y| (0..wide).any(|x| pixels[y * wide + x] < 160)).unwrap_or(0));
    }
    assert!((240..=277).contains(&lowest), "the last line ends at {lowest} mm");
    // Ten pixels to a millimetre.
    let Some((wide, _, pixels)) = drawn(&path, "1", "254") else { return };
    let dark = |x: usize, y: usize| pixels[y * wide + x] < 160;
    let head = 200..560;
    for x in 0..wide {
        let run = longest(head.clone().map(|y| dark(x, y)));
        assert!(run < 60, "a line of {run} pixels down the head at {x}");
    }
    // Across it lie the rules under the issuer and under the motto, and nothing longer.
    let runs: Vec<usize> = head.map(|y| longest((0..wide).map(|x| dark(x, y)))).collect();
    assert!(runs.iter().all(|run| *run < 700), "{:?}", runs.iter().max());
    assert!(runs.iter().any(|run| *run > 400), "the rule under the motto is as long as the motto");
}

#[test]
fn a_drawn_page_has_its_margins() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf").to_string_lossy().into_owned();
    std::fs::write(&path, pdf(&letter(), &layout(), "").unwrap()).unwrap();
    // one pixel is a millimetre
    let Some((wide, high, pixels)) = drawn(&path, "1", "25.4") else { return };
    assert!((210..=211).contains(&wide) && (297..=298).contains(&high), "{wide} x {high}");
    let dark = |x: usize, y: usize| pixels[y * wide + x] < 160;
    let row = |y: usize| (0..wide).any(|x| dark(x, y));
    let column = |x: usize| (0..high).any(|y| dark(x, y));
    assert!((0..29).all(|x| !column(x)) && (30..34).any(column), "left margin of 30 mm");
    assert!((196..wide).all(|x| !column(x)) && (190..196).any(column), "right margin of 15 mm");
    assert!((0..19).all(|y| !row(y)) && (20..24).any(row), "top margin of 20 mm");
}

#[test]
fn figures_lead_to_their_sources() {
    let bytes = pdf(&report(), &layout(), "https://lantoa.example/bao-cao/1").unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("https://lantoa.example/bao-cao/1#ref-tong.hoat-dong"));
}

#[test]
fn words_of_a_paper_are_never_markup() {
    let mut paper = letter();
    let words = "#panic(\"x\") $x$ *đậm* _nghiêng_ @nhan <nhãn> \\ [ngoặc] ```mã``` // = tiêu đề";
    paper.body = vec![para(words)];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, pdf(&paper, &layout(), "").unwrap()).unwrap();
    let Some(text) = run("pdftotext", &["-layout", &path.to_string_lossy(), "-"]) else { return };
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(joined.contains("#panic(\"x\") $x$ *đậm* _nghiêng_ @nhan <nhãn>"), "{joined}");
}

#[test]
fn the_same_paper_gives_the_same_bytes_however_often_and_after_others() {
    let first = pdf(&letter(), &layout(), "").unwrap();
    pdf(&Official::default(), &layout(), "").unwrap();
    assert!(first == pdf(&letter(), &layout(), "").unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_words_are_set(words in "\\PC{0,60}", control in "[\\x00-\\x1f\u{300}\u{323}\u{202e}\u{fffe}]{0,6}", long in 0usize..400) {
        let odd = format!("{words}{control}{}", "ỗ".repeat(long));
        let mut paper = letter();
        paper.title = odd.clone();
        paper.issuer = odd.clone();
        paper.recipients = vec![odd.clone(), String::new()];
        paper.signature.name = Some(odd.clone());
        paper.body = vec![para(odd.as_str()), para(""), para(odd)];
        prop_assert!(pdf(&paper, &layout(), "").is_ok());
        let first = docx(&paper, &layout()).unwrap();
        prop_assert_eq!(first, docx(&paper, &layout()).unwrap());
    }
}
