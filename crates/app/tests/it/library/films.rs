//! Videos and sounds, where ffmpeg is installed: what is found, what is made of them.

use super::{id_of, people};
use kernel::{Actor, Holding, Role};
use platform::tools::{self, Limits};
use testkit::TestApp;

/// Draws a file; `None`, with a message, where ffmpeg is missing.
async fn draw(app: &TestApp, name: &str, how: &str) -> Option<Vec<u8>> {
    if let Some(program) = platform::media::missing(&app.app) {
        eprintln!("skipped: {program} is not installed");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut arguments = vec!["-v", "error", "-nostdin"];
    arguments.extend(how.split('|').map(str::trim));
    arguments.push(name);
    let limits = Limits { seconds: 120, memory_mb: 4096, file_mb: 100 };
    let printed = tools::run_within(limits, "ffmpeg", &arguments, folder.path()).await.expect("ffmpeg");
    assert!(printed.fine, "{}", String::from_utf8_lossy(&printed.reported));
    Some(std::fs::read(folder.path().join(name)).expect("a file"))
}

const GOOD: &str = "-f|lavfi|-i|testsrc2=size=1920x1080:rate=50:duration=3|-f|lavfi|-i|sine=frequency=440:sample_rate=48000:duration=3|-filter_complex|\
                    [0:v]tinterlace=interleave_top,fieldorder=tff[v];[1:a]volume=-1.2dB,aformat=channel_layouts=stereo[a]|-map|[v]|-map|[a]|-c:v|libx264|-preset|ultrafast|\
                    -flags|+ilme+ildct|-x264-params|tff=1|-b:v|9M|-c:a|aac|-metadata|comment=+21.85+106.76/";

fn said<'a>(agency: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("co_quan", agency), ("tieu_de", title), ("ban_quyen", "own"), ("ngon_ngu", "vi")]
}

#[tokio::test]
async fn a_good_film_passes_and_readers_get_a_copy_that_tells_nothing_more() {
    let app = TestApp::new().await;
    let Some(file) = draw(&app, "phong-su.mp4", GOOD).await else { return app.end().await };
    assert!(file.windows(6).any(|part| part == b"+21.85"), "the sample tells where it was made");
    let (mut editor, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let path = keeper
        .upload("/tu-lieu/moi", &said(&agency, "Phóng sự"), &[("tep", "phong-su.mp4", &file)])
        .await
        .expect(303)
        .location()
        .to_owned();
    let id = id_of(&path).to_owned();
    app.run_jobs().await;
    let page = keeper.get(&path).await.expect(200);
    let page = page.says("1920 × 1080").says("dòng trên trước").says("Không có điểm nào phải lưu ý").says("LUFS");
    page.says(&format!("/tep/{id}/web#video"));
    editor.post(&format!("{path}/cong-khai"), &[]).await.expect(303);
    let mut reader = app.anonymous();
    reader.get("/thu-vien/phong-su").await.expect(200).says("<video").says("poster1280.webp");
    let copy = reader.get(&format!("/tep/{id}/web")).await.expect(200);
    assert_eq!(copy.headers["content-type"], "video/mp4");
    assert!(!copy.body.windows(6).any(|part| part == b"+21.85"), "the copy tells where it was made");
    assert!(copy.body.len() < file.len());
    reader.ask("GET", &format!("/tep/{id}/web"), &[("range", "bytes=0-99")]).await.expect(206);
    assert_eq!(
        reader.get(&format!("/tep/{id}/poster320.webp")).await.expect(200).headers["content-type"],
        "image/webp"
    );
    app.end().await;
}

#[tokio::test]
async fn faults_of_films_and_sounds_are_told() {
    let app = TestApp::new().await;
    let (_, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let source = "-f|lavfi|-i|testsrc2=size=";
    let cases = [
        ("phone.mp4", format!("{source}1280x720:rate=30:duration=2|-f|lavfi|-i|sine=sample_rate=44100:duration=2|-c:v|libx264|-preset|ultrafast|-b:v|3M|-c:a|aac"),
            vec!["Cảnh báo", "Hình 720 dòng", "30,00 hình/giây", "Tiếng lấy mẫu 44100 Hz", "Quét liên tục"]),
        ("upright.mp4", format!("{source}1080x1920:rate=25:duration=1|-c:v|libx264|-preset|ultrafast|-b:v|8M"), vec!["Không đạt", "Hình đứng", "Không có tiếng"]),
        ("old.mpg", format!("{source}720x576:rate=25:duration=2|-f|lavfi|-i|sine=sample_rate=48000:duration=2|-c:v|mpeg2video|-b:v|5M|-c:a|mp2"), vec!["Không đạt", "Hình 576 dòng"]),
        ("black.mp4", "-f|lavfi|-i|color=black:size=1280x720:rate=25:duration=5|-f|lavfi|-i|anullsrc=r=48000:d=6|-shortest|-c:v|libx264|-preset|ultrafast|-c:a|aac".to_owned(),
            vec!["Có đoạn đen 5,0 giây"]),
        ("loud.mp3", "-f|lavfi|-i|sine=sample_rate=44100:duration=3|-af|volume=17dB|-b:a|128k".to_owned(), vec!["Cảnh báo", "Âm lượng", "Đỉnh thực", "Dạng sóng âm thanh"]),
    ];
    for (name, how, words) in cases {
        let Some(file) = draw(&app, name, &how).await else { return app.end().await };
        let path = keeper
            .upload("/tu-lieu/moi", &said(&agency, name), &[("tep", name, &file)])
            .await
            .expect(303)
            .location()
            .to_owned();
        app.run_jobs().await;
        let mut page = keeper.get(&path).await.expect(200);
        for word in words {
            page = page.says(word);
        }
    }
    // Broken off on its way, or nothing but a beginning.
    let how =
        format!("{source}1280x720:rate=25:duration=3|-c:v|libx264|-preset|ultrafast|-b:v|4M|-movflags|+faststart");
    let Some(file) = draw(&app, "whole.mp4", &how).await else { return app.end().await };
    for (title, file, words) in
        [("Cụt", &file[..file.len() / 2], "bị cụt hoặc hỏng"), ("Rỗng", &file[..60], "Không đọc được tệp này")]
    {
        let path = keeper
            .upload("/tu-lieu/moi", &said(&agency, title), &[("tep", "a.mp4", file)])
            .await
            .expect(303)
            .location()
            .to_owned();
        app.run_jobs().await;
        keeper.get(&path).await.expect(200).says(words);
    }
    app.end().await;
}

#[tokio::test]
async fn without_ffmpeg_the_file_is_kept_and_the_page_says_what_is_missing() {
    let app = TestApp::with(|config| config.tools.ffmpeg = "khong-co".into()).await;
    let (_, mut keeper, department) = people(&app).await;
    let agency = department.to_string();
    let file = b"\0\0\0\x18ftypisom\0\0\0\0isommp42 a beginning";
    let path = keeper
        .upload("/tu-lieu/moi", &said(&agency, "Phim"), &[("tep", "a.mp4", file)])
        .await
        .expect(303)
        .location()
        .to_owned();
    app.run_jobs().await;
    keeper.get(&path).await.expect(200).says("Máy chủ chưa cài khong-co").says("tệp gốc vẫn được giữ");
    assert_eq!(keeper.get(&format!("/tep/{}/goc", id_of(&path))).await.expect(200).body.as_ref(), file);
    app.end().await;
}

#[tokio::test]
async fn the_library_of_a_demonstration_fits_the_rules() {
    demonstration(TestApp::new().await).await;
}

#[tokio::test]
async fn a_demonstration_without_ffmpeg_has_tapes_and_practices() {
    demonstration(TestApp::with(|config| config.tools.ffmpeg = "khong-co".into()).await).await;
}

async fn demonstration(app: TestApp) {
    app.province("20").await;
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    let above = app.agency_by_code("p20/ubnd").await;
    let commune = app.agency("Ủy ban nhân dân xã Mẫu Sơn", Some(above)).await;
    let holding = Holding { role: Role::Editor, agency: justice, agency_name: "Sở Tư pháp".into() };
    let actor = Actor { user: kernel::new_id(), name: "Biên tập".into(), holdings: vec![holding] };
    let filled = records::library::service::generate(&app.app, &actor, commune).await.expect("a library");
    let drawn = platform::media::missing(&app.app).is_none();
    assert!(filled.practices >= 13 && filled.items >= if drawn { 18 } else { 7 }, "{filled:?}");
    assert_eq!(filled.pictures.len(), 6);
    if drawn {
        let mut reader = app.anonymous();
        reader.get("/thu-vien").await.expect(200).says("Ngày Pháp luật về với bản vùng cao");
        reader.get("/thu-vien/loai/audio").await.expect(200).says("Bài truyền thanh");
    }
    app.end().await;
}
