//! Files in pieces.

use super::{jpeg, people, photo_of};
use testkit::{Answer, Client, TestApp};

const TUS: (&str, &str) = ("tus-resumable", "1.0.0");

async fn piece(client: &mut Client, path: &str, offset: &str, bytes: &[u8]) -> Answer {
    let headers = [TUS, ("upload-offset", offset), ("content-type", "application/offset+octet-stream")];
    client.send_bytes("PATCH", path, &headers, bytes.to_vec()).await
}

fn far(answer: &Answer) -> &str {
    answer.headers.get("upload-offset").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test]
async fn a_file_comes_in_pieces_and_goes_on_where_it_broke_off() {
    let app = TestApp::new().await;
    let (mut editor, mut keeper, department) = people(&app).await;
    let file = jpeg(1600, 1000, 4);
    let size = file.len().to_string();
    let begin = "/tu-lieu/tai-len";
    keeper.send_bytes("POST", begin, &[TUS], Vec::new()).await.expect(400);
    keeper
        .send_bytes("POST", begin, &[("tus-resumable", "0.2.2"), ("upload-length", "5")], Vec::new())
        .await
        .expect(412);
    keeper.send_bytes("POST", begin, &[TUS, ("upload-length", "0")], Vec::new()).await.expect(422).says("Tệp rỗng");
    keeper
        .send_bytes("POST", begin, &[TUS, ("upload-length", "99999999999999")], Vec::new())
        .await
        .expect(422)
        .says("MB");
    let named = [TUS, ("upload-length", size.as_str()), ("upload-metadata", "filename YW5oLmpwZw==,x eA==")];
    let path = keeper.send_bytes("POST", begin, &named, Vec::new()).await.expect(201).location().to_owned();
    assert_eq!(far(&keeper.ask("HEAD", &path, &[TUS]).await.expect(200)), "0");
    assert_eq!(far(&piece(&mut keeper, &path, "0", &file[..1000]).await.expect(204)), "1000");
    // What does not continue where it stands is refused, and so is what is somebody else's.
    piece(&mut keeper, &path, "0", &file[..1000]).await.expect(409);
    piece(&mut keeper, &path, "1001", &file[1001..]).await.expect(409);
    keeper.send_bytes("PATCH", &path, &[TUS, ("upload-offset", "1000")], vec![1]).await.expect(415);
    editor.ask("HEAD", &path, &[TUS]).await.expect(404);
    piece(&mut editor, &path, "1000", &file[1000..]).await.expect(404);
    // More than was announced: what fits is not kept either way beyond its size.
    let mut long = file[1000..].to_vec();
    long.extend([0; 10]);
    piece(&mut keeper, &path, "1000", &long).await.expect(422);
    // A line that breaks keeps what came.
    let broken = keeper.send_broken(
        "PATCH",
        &path,
        &[TUS, ("upload-offset", "1000"), ("content-type", "application/offset+octet-stream")],
        file[1000..5000].to_vec(),
    );
    broken.await;
    let at = far(&keeper.ask("HEAD", &path, &[TUS]).await.expect(200)).to_owned();
    assert_eq!(at, "5000");
    // An item cannot have it before it is whole.
    let upload = path.rsplit('/').next().unwrap_or_default().to_owned();
    let agency = department.to_string();
    let mut fields = photo_of(&agency);
    fields.push(("tai_len", &upload));
    keeper.upload("/tu-lieu/moi", &fields, &[]).await.expect(422).says("Tệp chưa đến đủ").says("Ảnh góc pháp luật");
    assert_eq!(far(&piece(&mut keeper, &path, "5000", &file[5000..]).await.expect(204)), size);
    assert_eq!(far(&keeper.ask("HEAD", &path, &[TUS]).await.expect(200)), size);
    let item = keeper.upload("/tu-lieu/moi", &fields, &[]).await.expect(303).location().to_owned();
    let id = item.rsplit('/').next().unwrap_or_default();
    assert_eq!(keeper.get(&format!("/tep/{id}/goc")).await.expect(200).body, file);
    // Taken once.
    keeper.ask("HEAD", &path, &[TUS]).await.expect(404);
    app.end().await;
}

#[tokio::test]
async fn what_nobody_finishes_goes() {
    let app = TestApp::new().await;
    let (_, mut keeper, _) = people(&app).await;
    let begin = [TUS, ("upload-length", "50")];
    let first =
        keeper.send_bytes("POST", "/tu-lieu/tai-len", &begin, Vec::new()).await.expect(201).location().to_owned();
    let second =
        keeper.send_bytes("POST", "/tu-lieu/tai-len", &begin, Vec::new()).await.expect(201).location().to_owned();
    keeper.ask("DELETE", &first, &[TUS]).await.expect(204);
    keeper.ask("HEAD", &first, &[TUS]).await.expect(404);
    // Words are nothing that the library takes: said when they are whole, and forgotten.
    piece(&mut keeper, &second, "0", &[b'a'; 50]).await.expect(422).says("không nhận loại tệp này");
    keeper.ask("HEAD", &second, &[TUS]).await.expect(404);
    let third =
        keeper.send_bytes("POST", "/tu-lieu/tai-len", &begin, Vec::new()).await.expect(201).location().to_owned();
    piece(&mut keeper, &third, "0", &[b'a'; 5]).await.expect(204);
    let spool = app.app.config.storage.data.join("incoming-media");
    assert_eq!(std::fs::read_dir(&spool).expect("a folder").count(), 1);
    app.clock.advance_seconds(86_400 * 5);
    app.run_jobs().await;
    assert_eq!(std::fs::read_dir(&spool).expect("a folder").count(), 0);
    app.end().await;
}
