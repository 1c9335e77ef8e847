//! The form as a workbook: taken away, filled in, sent back.

use std::io::{Cursor, Read, Write};

use kernel::Role;
use testkit::Client;

use super::way::{Scene, report, scene};

/// What is put into a cell of a workbook.
enum Put<'a> {
    Number(f64),
    Words(&'a str),
    Nothing,
}

/// The workbook with cells changed, as a spreadsheet program would write it.
fn fill(bytes: &[u8], cells: &[(&str, Put<'_>)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), String::new());
        part.read_to_string(&mut text).expect("text");
        if name == "xl/worksheets/sheet1.xml" {
            for (address, put) in cells {
                let start = text.find(&format!("<c r=\"{address}\"")).expect("the cell");
                let rest = &text[start..];
                let style = rest.split("s=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a style");
                // A cell without content is one tag, one with content ends in its own.
                let tag = rest.find('>').expect("a tag") + 1;
                let empty = rest[..tag].ends_with("/>");
                let length = if empty { tag } else { rest.find("</c>").expect("its end") + 4 };
                let cell = match put {
                    Put::Number(number) => format!("<c r=\"{address}\" s=\"{style}\"><v>{number}</v></c>"),
                    Put::Words(words) => {
                        format!("<c r=\"{address}\" s=\"{style}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
                    }
                    Put::Nothing => format!("<c r=\"{address}\" s=\"{style}\"/>"),
                };
                text.replace_range(start..start + length, &cell);
            }
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        out.write_all(text.as_bytes()).expect("written");
    }
    out.finish().expect("a workbook").into_inner()
}

async fn send(person: &mut Client, page: &str, bytes: &[u8]) -> testkit::Answer {
    person.upload(&format!("{page}/nop-bieu"), &[], &[("tep", "bieu.xlsx", bytes)]).await
}

fn address(bytes: &[u8], cell: &str) -> String {
    let (_, entries) = press::read_form_book(bytes).expect("ours");
    entries.into_iter().find(|entry| entry.key == cell).expect("a cell").address
}

#[tokio::test]
async fn a_workbook_is_filled_in_and_sent_back_a_wrong_cell_is_refused_by_its_address_and_the_rest_is_kept() {
    let Scene { app, departments, round, .. } = scene(2).await;
    let id = report(&app, round, departments[0]).await;
    let mut maker = app.person("lap", Role::Contributor, departments[0]).await;
    let mut stranger = app.person("nguoi-la", Role::Contributor, departments[1]).await;
    let page = format!("/bao-cao/{id}");
    maker.get(&format!("{page}/dien")).await.expect(200).says("Tải biểu Excel");
    stranger.get(&format!("{page}/tai-bieu")).await.expect(404);
    let book = maker.get(&format!("{page}/tai-bieu")).await.expect(200).body;
    let at = |cell: &str| address(&book, cell);
    let (c1, c2, c4, why) = (at("c1"), at("c2"), at("c4"), at("r.c4"));

    let filled =
        fill(&book, &[(&c1, Put::Words("mười")), (&c2, Put::Number(1500.0)), (&c4, Put::Words("Không phát sinh"))]);
    stranger.upload(&format!("{page}/nop-bieu"), &[], &[("tep", "bieu.xlsx", &filled)]).await.expect(404);
    let answer = send(&mut maker, &page, &filled).await.expect(422);
    answer.says(&format!("Ô {c1}:")).says("“mười” không phải là số").says("Đã lưu 2 ô");
    maker
        .get(&format!("{page}/dien"))
        .await
        .expect(200)
        .says("value=\"1.500\"")
        .says("value=\"khong-phat-sinh\" selected");

    let book = maker.get(&format!("{page}/tai-bieu")).await.expect(200).body;
    // A rule between cells; a number without the reason that it needs; a number that is none of things counted.
    let filled = fill(&book, &[(&c1, Put::Number(0.0)), (&c2, Put::Number(1500.0)), (&c4, Put::Number(3.0))]);
    let answer = send(&mut maker, &page, &filled).await.expect(422);
    answer
        .says(&format!("Ô {c1}: Có lượt thì phải có cuộc."))
        .says(&format!("Ô {c4}: Hoạt động: số khác với số liệu tự điền"));
    let filled = fill(&book, &[(&c1, Put::Number(2.5))]);
    send(&mut maker, &page, &filled).await.expect(422).says(&format!("Ô {c1}: Số cuộc: Ô này là số nguyên, không âm."));
    let filled =
        fill(&book, &[(&c1, Put::Words("1.000")), (&c4, Put::Number(3.0)), (&why, Put::Words("Gồm ba buổi phối hợp"))]);
    // The fourth cell was answered again since the workbook was taken away.
    maker.post(&format!("{page}/dien"), &[("c.c4", ""), ("k.c4", "khong-duoc-giao")]).await.expect(303);
    send(&mut maker, &page, &filled)
        .await
        .expect(409)
        .says("Hai người cùng sửa")
        .says("không được giao")
        .says("Gồm ba buổi phối hợp");
    maker.get(&format!("{page}/dien")).await.expect(200).says("value=\"1.000\"");

    let book = maker.get(&format!("{page}/tai-bieu")).await.expect(200).body;
    let filled =
        fill(&book, &[(&c4, Put::Number(3.0)), (&why, Put::Words("Gồm ba buổi phối hợp")), (&c2, Put::Nothing)]);
    let answer = send(&mut maker, &page, &filled).await.expect(303);
    maker.get(answer.location()).await.expect(200).says("Đã lưu 2 ô").says("Gồm ba buổi phối hợp");
    // The same once more changes nothing.
    let version = || maker_version(&app, id);
    let before = version().await;
    send(&mut maker, &page, &filled).await.expect(303);
    assert_eq!(version().await, before);
    app.end().await;
}

async fn maker_version(app: &testkit::TestApp, id: kernel::Uuid) -> i64 {
    let sql = "SELECT version FROM reports WHERE id = $1";
    store::scalar(app.app.db.read(), sql, vec![id.into()]).await.expect("a version")
}

#[tokio::test]
async fn what_two_people_changed_is_laid_side_by_side_and_nothing_is_lost() {
    let Scene { app, departments, round, .. } = scene(1).await;
    let id = report(&app, round, departments[0]).await;
    let mut maker = app.person("lap", Role::Contributor, departments[0]).await;
    let mut other = app.person("nguoi-khac", Role::FocalPoint, departments[0]).await;
    let page = format!("/bao-cao/{id}");
    let book = maker.get(&format!("{page}/tai-bieu")).await.expect(200).body;
    let at = |cell: &str| address(&book, cell);
    other.post(&format!("{page}/dien"), &[("c.c1", "7"), ("k.c1", "so")]).await.expect(303);
    let filled = fill(&book, &[(&at("c1"), Put::Number(9.0)), (&at("c2"), Put::Number(40.0))]);
    let answer = send(&mut maker, &page, &filled).await.expect(409);
    let answer = answer.says("Đã lưu 1 ô").says("<b>9</b>").says("<b>7</b>").says("name=\"m.c1\" value=\"9\"");
    drop(answer.says(&format!("Ô {}", at("c1"))));
    maker.get(&format!("{page}/dien")).await.expect(200).says("value=\"7\"").says("value=\"40\"");
    // Neither side chosen: asked again. Theirs: nothing changes. Mine: it stands.
    let compare = format!("{page}/doi-chieu");
    let fields = [("buoc", "chon"), ("m.c1", "9"), ("w.c1", "7")];
    maker.post(&compare, &fields).await.expect(409).says("Hãy chọn một bên");
    let with = |whose| [fields[0], fields[1], fields[2], ("chon.c1", whose)];
    maker.post(&compare, &with("ho")).await.expect(303);
    maker.get(&format!("{page}/dien")).await.expect(200).says("value=\"7\"");
    // Somebody changes it again before the choice is made.
    other.post(&format!("{page}/dien"), &[("c.c1", "8"), ("k.c1", "so")]).await.expect(303);
    maker.post(&compare, &with("toi")).await.expect(409).says("<b>8</b>");
    maker.post(&compare, &[("buoc", "chon"), ("m.c1", "9"), ("w.c1", "8"), ("chon.c1", "toi")]).await.expect(303);
    maker.get(&format!("{page}/dien")).await.expect(200).says("value=\"9\"");
    maker.post(&compare, &[("m.c1", "{")]).await.expect(422);
    app.end().await;
}

#[tokio::test]
async fn other_files_are_refused_with_what_they_are() {
    let Scene { app, departments, round, .. } = scene(2).await;
    let id = report(&app, round, departments[0]).await;
    let other = report(&app, round, departments[1]).await;
    let mut maker = app.person("lap", Role::Contributor, departments[0]).await;
    let mut neighbour = app.person("ben-canh", Role::Contributor, departments[1]).await;
    let page = format!("/bao-cao/{id}");
    let foreign = neighbour.get(&format!("/bao-cao/{other}/tai-bieu")).await.expect(200).body;
    send(&mut maker, &page, &foreign).await.expect(422).says("biểu của cơ quan khác");
    send(&mut maker, &page, b"").await.expect(422).says("Hãy chọn tệp Excel");
    send(&mut maker, &page, b"khong phai bang tinh").await.expect(422).says("không phải là tệp Excel");
    let sheet = press::Sheet { name: "A".into(), columns: vec![("B".into(), 9.0)], rows: vec![] };
    let plain = press::write_workbook(&[sheet]).expect("a workbook");
    send(&mut maker, &page, &plain).await.expect(422).says("không phải biểu mẫu tải về từ hệ thống");
    send(&mut maker, &page, &vec![b'P'; 9 << 20]).await.expect(422).says("Tệp lớn quá 8 MB");

    // Every part of its identity counts.
    let own = maker.get(&format!("{page}/tai-bieu")).await.expect(200).body;
    let (identity, _) = press::read_form_book(&own).expect("ours");
    for (change, words) in [
        (
            (|i: &mut press::FormIdentity| i.form = "khac".into()) as fn(&mut press::FormIdentity),
            "không phải biểu “thu”",
        ),
        (|i: &mut press::FormIdentity| i.version = "2".into(), "theo bản 2 của biểu"),
        (|i: &mut press::FormIdentity| i.hash = "00".into(), "theo bản 1 của biểu"),
        (|i: &mut press::FormIdentity| i.period = "2025 official".into(), "biểu của kỳ khác"),
        (|i: &mut press::FormIdentity| i.report = "0".into(), "trước khi đính chính"),
    ] {
        let mut identity = identity.clone();
        change(&mut identity);
        let book = press::FormBook { identity, ..press::FormBook::default() };
        let bytes = press::write_form_book(&book).expect("a workbook");
        send(&mut maker, &page, &bytes).await.expect(422).says(words);
    }
    // Once it has gone on, nothing comes in.
    maker
        .post(
            &format!("{page}/dien"),
            &[("c.c1", "1"), ("c.c2", "2"), ("k.c4", "khong-phat-sinh"), ("c.c4", ""), ("lam", "trinh")],
        )
        .await
        .expect(303);
    send(&mut maker, &page, &own).await.expect(409);
    maker.get(&format!("{page}/tai-bieu")).await.expect(409);
    app.end().await;
}

#[tokio::test]
async fn random_workbooks_end_as_the_form_would_have() {
    let Scene { app, departments, round, .. } = scene(1).await;
    let id = report(&app, round, departments[0]).await;
    let mut maker = app.person("lap", Role::Contributor, departments[0]).await;
    let page = format!("/bao-cao/{id}");
    let mut seed = 20_261_122u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for turn in 0..12 {
        let book = maker.get(&format!("{page}/tai-bieu")).await.expect(200).body;
        let (c1, c2) = (random(50) + 1, random(9000));
        let words = ["không phát sinh", "KHÔNG ĐƯỢC GIAO", ""][random(3) as usize];
        let last = if words.is_empty() { Put::Nothing } else { Put::Words(words) };
        let cells = ["c1", "c2", "c4"].map(|cell| address(&book, cell));
        let filled = fill(
            &book,
            &[(&cells[0], Put::Number(c1 as f64)), (&cells[1], Put::Words(&c2.to_string())), (&cells[2], last)],
        );
        send(&mut maker, &page, &filled).await.expect(303);
        let (_, entries) =
            press::read_form_book(&maker.get(&format!("{page}/tai-bieu")).await.expect(200).body).expect("ours");
        let now: Vec<String> =
            entries.into_iter().filter(|entry| !entry.key.starts_with("r.")).map(|entry| entry.raw).collect();
        assert_eq!(now, [c1.to_string(), c2.to_string(), words.to_lowercase()], "turn {turn}");
    }
    app.end().await;
}
