//! What a job finds out about a file, and what it makes of it for readers.

use std::path::{Path, PathBuf};

use kernel::{Error, Result, Timestamp, Uuid};
use platform::{
    App,
    jobs::JobContext,
    media::{self, Probe},
    picture::{self, Picture},
    revision, strays,
    tools::{self, Limits},
};

use super::{package, turn, upload};
use crate::library::{
    model::{Facts, broadcast},
    store::{self, Item, Outcome},
};

/// Looks at the file of an item; safe to repeat.
///
/// # Errors
/// When the database or the store of files refuses. What is wrong with the file is an outcome, not an error.
pub(crate) async fn check(app: &App, context: &JobContext) -> Result<()> {
    let id: Uuid = context.payload()?;
    let Some(item) = store::item(app.db.read(), id).await?.filter(|item| item.work == "waiting") else {
        return Ok(());
    };
    let outcome = match context.alive(app, look(app, &item)).await {
        Ok(outcome) => outcome,
        // Of the file: said to people. Of the machine: tried again.
        Err(Error::Invalid(errors)) => {
            let note = errors.get("tep").unwrap_or("Không đọc được tệp này.").to_owned();
            Outcome { work: "failed", note, findings: "[]".into(), ..Outcome::default() }
        }
        Err(error) => return Err(error),
    };
    let tx = app.db.begin().await?;
    store::keep_outcome(&*tx, id, &outcome).await?;
    if item.shown_at > 0 {
        turn(app, &tx, "media", &[id]).await?;
    }
    tx.commit().await?;
    revision::moved(app);
    Ok(())
}

async fn look(app: &App, item: &Item) -> Result<Outcome> {
    match item.kind.as_str() {
        "photo" => photo(app, item).await,
        "document" => document(app, item).await,
        _ => film(app, item).await,
    }
}

/// Something made of a file: name, hash, media type, size.
type Made = (String, String, &'static str, i64);

/// Keeps what was made, under its name.
async fn keep(app: &App, (name, media_type): (&str, &'static str), bytes: Vec<u8>) -> Result<Made> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Ok((name.to_owned(), app.blobs.put(bytes.into()).await?, media_type, size))
}

/// Reads a picture aside. A decoder that fails on a hostile file takes its own thread with it and nothing else.
async fn picture_of(path: PathBuf) -> Result<Picture> {
    let read = move || picture::read(&std::fs::read(path).map_err(Error::internal)?);
    match tokio::task::spawn_blocking(read).await {
        Ok(found) => found,
        Err(_) => Err(Error::invalid("tep", "Không đọc được ảnh này: tệp hỏng.")),
    }
}

async fn photo(app: &App, item: &Item) -> Result<Outcome> {
    let file = app.blobs.open(&item.file_hash).await?;
    let found = picture_of(file.path().to_owned()).await?;
    let mut renditions = Vec::with_capacity(found.copies.len());
    for copy in found.copies {
        renditions.push(keep(app, (&copy.name, copy.media_type), copy.bytes).await?);
    }
    let (width, height) = (i64::from(found.width), i64::from(found.height));
    let (verdict, findings) = broadcast::judge_photo(app.clock.today(), (width, height), found.sharpness);
    let facts = Facts { sharpness: Some(found.sharpness.round()), located: found.located, ..Facts::default() };
    Ok(Outcome {
        width,
        height,
        facts: serde_json::to_string(&facts).map_err(Error::internal)?,
        verdict,
        findings: serde_json::to_string(&findings).map_err(Error::internal)?,
        work: "done",
        renditions,
        ..Outcome::default()
    })
}

/// A document is given out as it came; of a PDF the first page is shown, where it can be drawn.
async fn document(app: &App, item: &Item) -> Result<Outcome> {
    let renditions = if item.file_type == "application/pdf" { first_page(app, item).await? } else { Vec::new() };
    Ok(Outcome { work: "done", findings: "[]".into(), renditions, ..Outcome::default() })
}

/// Longest side of the picture of a page, pixels, whatever size the page says it has.
const PAGE: &str = "1600";

/// Pictures of a PDF's first page; none when it cannot be drawn. A program apart draws it within limits, so that a hostile file harms nothing but its picture.
async fn first_page(app: &App, item: &Item) -> Result<Vec<Made>> {
    let tools = &app.config.tools;
    if !tools::which(&tools.pdftocairo) {
        return Ok(Vec::new());
    }
    let file = app.blobs.open(&item.file_hash).await?;
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let limits = Limits { seconds: tools.timeout_seconds, memory_mb: tools.memory_mb, file_mb: 64 };
    let path = file.path().to_string_lossy();
    let how = ["-png", "-singlefile", "-f", "1", "-l", "1", "-scale-to", PAGE, &*path, "page"];
    let drawn = tools::run_within(limits, &tools.pdftocairo, &how, folder.path()).await;
    let still = folder.path().join("page.png");
    let picture = match drawn {
        Ok(printed) if printed.fine && still.is_file() => picture_of(still).await,
        Ok(_) => Err(Error::NotFound),
        Err(error) => Err(error),
    };
    let Ok(picture) = picture else {
        tracing::info!(item = %item.id, "không vẽ được trang đầu của tài liệu");
        return Ok(Vec::new());
    };
    small_and_large(app, ("page320.webp", "page1280.webp"), picture).await
}

/// Keeps the smallest and the largest copy of a picture under these names.
async fn small_and_large(app: &App, names: (&str, &str), picture: Picture) -> Result<Vec<Made>> {
    let mut sizes = webp(picture);
    let Some(small) = sizes.next() else { return Ok(Vec::new()) };
    let first = keep(app, (names.0, "image/webp"), small.bytes.clone()).await?;
    let large = sizes.rfind(|copy| copy.name != "w1920.webp").map_or(small.bytes, |copy| copy.bytes);
    Ok(vec![first, keep(app, (names.1, "image/webp"), large).await?])
}

fn webp(picture: Picture) -> impl DoubleEndedIterator<Item = picture::Copy> {
    picture.copies.into_iter().filter(|copy| copy.media_type == "image/webp")
}

/// A video or a sound: what it is, how it looks and sounds, a still, a wave, a copy for browsers.
async fn film(app: &App, item: &Item) -> Result<Outcome> {
    if let Some(program) = media::missing(app) {
        let note =
            format!("Máy chủ chưa cài {program} nên chưa kiểm tra được và chưa có bản để xem; tệp gốc vẫn được giữ.");
        return Ok(Outcome { work: "lacking", note, findings: "[]".into(), ..Outcome::default() });
    }
    let file = app.blobs.open(&item.file_hash).await?;
    let probe = media::probe(app, file.path()).await?;
    if (item.kind == "video") != probe.video.is_some() {
        return Err(Error::invalid("tep", "Nội dung tệp không phải loại mà phần đầu của nó báo."));
    }
    let measured = media::measure(app, file.path(), &probe).await?;
    let (verdict, findings) = broadcast::judge(app.clock.today(), &probe, Some(&measured));
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let renditions = render(app, &probe, file.path(), folder.path()).await?;
    let video = probe.video.clone().unwrap_or_default();
    let duration = (probe.seconds.max(measured.seconds) * 1000.0) as i64;
    let facts = Facts { probe: Some(probe), measured: Some(measured), ..Facts::default() };
    Ok(Outcome {
        width: video.width,
        height: video.height,
        duration,
        facts: serde_json::to_string(&facts).map_err(Error::internal)?,
        verdict,
        findings: serde_json::to_string(&findings).map_err(Error::internal)?,
        work: "done",
        note: String::new(),
        renditions,
    })
}

async fn render(app: &App, probe: &Probe, path: &Path, folder: &Path) -> Result<Vec<Made>> {
    let mut made = Vec::new();
    let (still, copy) = (folder.join("still.png"), folder.join("copy.mp4"));
    if probe.video.is_some() {
        media::poster(app, path, &still).await?;
        made = small_and_large(app, ("poster320.webp", "poster1280.webp"), picture_of(still).await?).await?;
        media::video_copy(app, path, probe, &copy).await?;
    } else {
        media::wave(app, path, &still).await?;
        if let Some(wave) = webp(picture_of(still).await?).next_back() {
            made.push(keep(app, ("wave.webp", "image/webp"), wave.bytes).await?);
        }
        media::sound_copy(app, path, &copy).await?;
    }
    let (hash, size) = app.blobs.put_file(copy).await?;
    let media_type = if probe.video.is_some() { "video/mp4" } else { "audio/mp4" };
    made.push(("web".to_owned(), hash, media_type, i64::try_from(size).unwrap_or(i64::MAX)));
    Ok(made)
}

/// Forgets what nobody fetched: files that never came whole or were given to no item, and the files of old packages.
///
/// # Errors
/// When the database or the disk refuses.
pub(crate) async fn sweep(app: &App) -> Result<()> {
    let before = |days: i64| -> Timestamp { app.clock.now().plus_seconds(-86_400 * days) };
    for old in store::old_uploads(app.db.read(), before(upload::KEPT_DAYS)).await? {
        upload::forget(app, old.id).await?;
    }
    for old in store::old_packages(app.db.read(), before(package::KEPT_DAYS)).await? {
        let tx = app.db.begin().await?;
        store::finish_package(&*tx, old.id, ("", 0), "Đã quá 30 ngày nên tệp không còn; hãy lập gói mới.").await?;
        tx.commit().await?;
        strays::release(app, &old.file_hash).await?;
    }
    Ok(())
}
