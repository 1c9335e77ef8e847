//! The PDF: the paper as read from it, its pages as drawn, odd words, the same bytes.

use std::process::Command;

use press::{Layout, Official, docx, pdf};
use proptest::prelude::*;

use crate::samples::{letter, para, report};

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
        let Some(text) = run("pdftotext", &["-layout", &path.to_string_lossy(), "-"]) else { return };
        crate::same(&papers::recognise(&papers::read_layout(&text).text), &paper);
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
fn a_drawn_page_has_its_margins() {
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path().join("a.pdf"), folder.path().join("a"));
    std::fs::write(&path, pdf(&letter(), &layout(), "").unwrap()).unwrap();
    let arguments = ["-r", "25.4", "-gray", "-singlefile", &path.to_string_lossy(), &out.to_string_lossy()];
    if run("pdftoppm", &arguments).is_none() {
        return;
    }
    // one pixel is a millimetre: "P5", width, height, 255, then the pixels
    let picture = std::fs::read(out.with_extension("pgm")).unwrap();
    let size = String::from_utf8_lossy(&picture[..20]).into_owned();
    let size: Vec<usize> = size.split_whitespace().skip(1).take(2).map(|side| side.parse().unwrap()).collect();
    let (wide, high) = (size[0], size[1]);
    assert!((210..=211).contains(&wide) && (297..=298).contains(&high), "{wide} x {high}");
    let pixels = &picture[picture.len() - wide * high..];
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
