//! Files that want harm: two hundred of them, none of which a browser would ever run and none of which holds anybody up.

use super::{id_of, jpeg, people};
use testkit::TestApp;

/// Name and bytes of hostile files of several kinds, the `n`-th of each.
fn hostile(n: u8) -> Vec<(String, Vec<u8>)> {
    let script = format!("<script>alert({n})</script>");
    let mut all: Vec<(&str, Vec<u8>)> = Vec::new();
    // Words and drawings that hold scripts, under any name.
    all.push(("svg.jpg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{script}</svg>").into_bytes()));
    all.push(("page.pdf", format!("<!doctype html>{script}").into_bytes()));
    all.push(("list.mp4", format!("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd?{n}\n").into_bytes()));
    all.push(("list.mp3", format!("ffconcat version 1.0\nfile '/etc/hostname'\n# {n}").into_bytes()));
    // Two things at once: a photo with a page behind it, one whose comment is a page, a PDF that is a page too.
    let mut behind = jpeg(64, 48, n);
    behind.extend(script.bytes());
    all.push(("behind.jpg", behind));
    let photo = jpeg(64, 48, n.wrapping_add(100));
    let mut comment = vec![0xFF, 0xD8, 0xFF, 0xFE, 0, u8::try_from(script.len() + 2).unwrap_or(60)];
    comment.extend(script.bytes());
    comment.extend_from_slice(photo.get(2..).unwrap_or_default());
    all.push(("comment.html", comment));
    all.push(("both.html", format!("%PDF-1.7\n{script}\n%%EOF").into_bytes()));
    all.push(("gif.js", format!("GIF89a/*\u{1}*/=1;alert({n})").into_bytes()));
    // Sizes that nobody has.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF\xFF\xFF\xF0\xFF\xFF\xFF\xF0\x08\x06\0\0\0".to_vec();
    png.push(n);
    all.push(("huge.png", png));
    let mut wide = b"RIFF\x24\0\0\0WEBPVP8X\x0A\0\0\0\x10\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF".to_vec();
    wide.push(n);
    all.push(("huge.webp", wide));
    // Beginnings of films without an end, and with nonsense.
    let mut film = b"\0\0\0\x18ftypisom\0\0\0\0isommp42\xFF\xFF\xFF\xFFmoov".to_vec();
    film.extend((0..200u16).map(|at| u8::try_from(at % 251).unwrap_or(0).wrapping_mul(n.wrapping_add(3))));
    all.push(("film.mp4", film));
    let mut matroska = vec![0x1A, 0x45, 0xDF, 0xA3, 0xFF, 0xFF, 0xFF, 0xFF];
    matroska.extend((0..100).map(|at: u8| at ^ n));
    all.push(("film.mkv", matroska));
    let mut wave = b"RIFF\xFF\xFF\xFF\xFFWAVEfmt \x10\0\0\0\x01\0\xFF\xFF\xFF\xFF\xFF\xFF".to_vec();
    wave.push(n);
    all.push(("sound.wav", wave));
    // An archive that swells, and a program.
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).expect("a part");
    std::io::Write::write_all(&mut zip, &vec![n; 300_000]).expect("bytes");
    all.push(("bomb.docx", zip.finish().expect("an archive").into_inner()));
    all.push(("program.exe", [b"MZ\x90\0".as_slice(), &[n]].concat()));
    all.push(("program.jpg", [b"\x7fELF\x02".as_slice(), &[n]].concat()));
    all.into_iter().map(|(name, bytes)| (format!("{n}-{name}"), bytes)).collect()
}

#[tokio::test]
async fn two_hundred_hostile_files_do_no_harm() {
    let app = TestApp::new().await;
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let files: Vec<(String, Vec<u8>)> = (0..13).flat_map(hostile).collect();
    assert!(files.len() >= 200, "{}", files.len());
    let mut kept = Vec::new();
    for (name, bytes) in &files {
        let fields = [
            ("co_quan", agency.as_str()),
            ("tieu_de", name.as_str()),
            ("mo_ta_anh", "x"),
            ("ban_quyen", "own"),
            ("ngon_ngu", "vi"),
        ];
        let answer = keeper.upload("/tu-lieu/moi", &fields, &[("tep", name, bytes)]).await;
        match answer.status.as_u16() {
            303 => kept.push(answer.location().to_owned()),
            422 => assert!(answer.text().contains("không nhận loại tệp này"), "{name}: {}", answer.text()),
            other => panic!("{name}: {other}"),
        }
    }
    assert!(kept.len() > 50 && kept.len() < files.len());
    app.run_jobs().await;
    let (mut reader, mut other) = (app.anonymous(), app.anonymous());
    let mut shown = 0;
    for path in &kept {
        keeper.get(path).await.expect(200);
        let id = id_of(path);
        shown += usize::from(editor.post(&format!("{path}/cong-khai"), &[]).await.status == 303);
        for (name, client) in
            [("goc", &mut keeper), ("web", &mut reader), ("w320.webp", &mut other), ("w320.jpg", &mut editor)]
        {
            let answer = client.get(&format!("/tep/{id}/{name}")).await;
            if answer.status != 200 {
                assert_eq!(answer.status, 404);
                continue;
            }
            let header = |name: &str| {
                answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
            };
            assert!(
                header("content-security-policy").contains("sandbox") && header("x-content-type-options") == "nosniff"
            );
            let media_type = header("content-type");
            assert!(
                !["html", "svg", "xml", "script"].iter().any(|word| media_type.starts_with("text/")
                    || media_type == format!("application/{word}")
                    || media_type == format!("image/{word}")),
                "{media_type}"
            );
            if name == "goc" {
                assert!(header("content-disposition").starts_with("attachment"));
            } else {
                // What is shown was made here: nothing of the script is in it.
                assert!(!answer.body.windows(7).any(|part| part == b"<script"), "{path} {name}");
            }
        }
    }
    assert!(shown >= 26, "the photos among them are shown: {shown}");
    app.end().await;
}
