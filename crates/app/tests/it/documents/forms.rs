//! Files that need a program from outside: PDF, scans, Word 97–2003, OpenDocument.

use std::{path::PathBuf, process::Command};

use papers::{Paper, recognise};
use platform::{config::Tools, tools};
use records::documents::extract;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../papers/tests/fixtures").join(name)
}

/// Are the programs here? Says which one is not.
fn here(programs: &[&str]) -> bool {
    let missing = programs.iter().find(|program| !tools::which(program));
    if let Some(missing) = missing {
        eprintln!("skipped: {missing} is not installed");
    }
    missing.is_none()
}

fn run(program: &str, arguments: &[&str], folder: &std::path::Path) {
    let status = Command::new(program).args(arguments).current_dir(folder).env("HOME", folder).output();
    assert!(status.is_ok_and(|output| output.status.success()), "{program}");
}

async fn paper(file: &std::path::Path) -> Paper {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let bytes = std::fs::read(file).expect("a file");
    recognise(&extract(&Tools::default(), bytes.into(), name).await.expect("its text").text)
}

/// Number, date and kind, which no slip of a scan may cost.
fn is_the_plan(paper: &Paper) {
    let number = paper.number.as_ref().map(|number| number.value.as_str());
    let date = paper.date.as_ref().map(|date| date.value.to_string());
    let kind = paper.kind.as_ref().map(|kind| kind.value.as_str());
    assert_eq!(
        (number, date.as_deref(), kind),
        (Some("47/KH-UBND"), Some("2026-02-09"), Some("Kế hoạch")),
        "{}",
        paper.text
    );
}

/// A PDF of one page that holds nothing but a picture.
fn scanned(jpeg: &[u8], (width, height): (u32, u32)) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = vec![];
    let draw = "q 595 0 0 842 0 0 cm /Im Do Q";
    let objects: [(String, &[u8]); 5] = [
        ("<</Type/Catalog/Pages 2 0 R>>".into(), b""),
        ("<</Type/Pages/Kids[3 0 R]/Count 1>>".into(), b""),
        (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</Im 5 0 R>>>>/Contents 4 0 R>>"
                .into(),
            b"",
        ),
        (format!("<</Length {}>>", draw.len()), draw.as_bytes()),
        (
            format!(
                "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length {}>>",
                jpeg.len()
            ),
            jpeg,
        ),
    ];
    for (at, (dictionary, stream)) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{dictionary}\n", at + 1).bytes());
        if !stream.is_empty() {
            out.extend(b"stream\n");
            out.extend(*stream);
            out.extend(b"\nendstream\n");
        }
        out.extend(b"endobj\n");
    }
    let table = out.len();
    out.extend(b"xref\n0 6\n0000000000 65535 f \n");
    out.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    out
}

#[tokio::test]
async fn a_pdf_an_odt_and_a_word_97_file_are_the_same_paper() {
    if !here(&["pdftotext", "soffice"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(fixture("ke-hoach.odt"), folder.path().join("cu.odt")).expect("a copy");
    run("soffice", &["--headless", "--convert-to", "doc", "cu.odt"], folder.path());
    for file in [fixture("ke-hoach.pdf"), fixture("ke-hoach.odt"), folder.path().join("cu.doc")] {
        let paper = paper(&file).await;
        is_the_plan(&paper);
        assert_eq!(paper.tasks.len(), 9, "{}: {}", file.display(), paper.text);
        assert_eq!(paper.recipients.len(), 6, "{}", file.display());
    }
}

#[tokio::test]
async fn scans_give_number_date_and_kind() {
    if !here(&["pdftoppm", "pdftotext", "tesseract"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let plan = fixture("ke-hoach.pdf");
    let plan = plan.to_str().expect("a path");
    let size = ["-scale-to-x", "2068", "-scale-to-y", "2924", "-gray", "-l", "1", plan, "trang"];
    for form in ["-png", "-jpeg"] {
        run("pdftoppm", &[&[form], size.as_slice()].concat(), folder.path());
    }
    let jpeg = std::fs::read(folder.path().join("trang-1.jpg")).expect("a picture");
    std::fs::write(folder.path().join("quet.pdf"), scanned(&jpeg, (2068, 2924))).expect("a file");
    for name in ["trang-1.png", "trang-1.jpg", "quet.pdf"] {
        let read = paper(&folder.path().join(name)).await;
        is_the_plan(&read);
        let issuer = read.issuer.as_ref().map(|issuer| issuer.value.as_str());
        assert_eq!(issuer, Some("Ủy ban nhân dân tỉnh An Bình"), "{name}");
        let leads: usize = read.tasks.iter().map(|task| task.lead.len()).sum();
        assert!(leads >= 3, "{name}: {}", read.text);
    }
    let late = Tools { timeout_seconds: 0, ..Tools::default() };
    assert!(extract(&late, jpeg.into(), "trang.jpg").await.is_err(), "a program that takes too long is stopped");
}
