//! `lantoa backup`, `lantoa restore`: one ZIP with every table and every file, the same for both databases.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Write},
    path::Path,
};

use anyhow::{Context, Result, bail};
use platform::{App, Config};
use records::accounts::service::factor;
use store::backup::{Restore, Snapshot, tables};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::start;

/// First line of a backup's description; a later format gets another number.
const FORMAT: &str = "lantoa-backup 1";

/// Entry that says with which key second factors are sealed; the key itself is never in a backup.
const KEY: &str = "key.txt";

pub(super) async fn backup(settings: Config, to: &Path) -> Result<()> {
    anyhow::ensure!(
        !to.exists(),
        "{} đã có: hãy đặt tên khác cho bản sao lưu mới, hoặc xóa tệp này trước",
        to.display()
    );
    let app = start::open(settings).await?;
    let (rows, files) = write(&app, to).await?;
    super::say(&format!("Đã sao lưu {rows} dòng dữ liệu và {files} tệp vào {}.", to.display()));
    super::say(&format!(
        "Khóa của xác thực hai bước ({}) không nằm trong bản sao lưu: hãy cất một bản ở nơi khác.",
        app.config.key_file().display()
    ));
    Ok(())
}

pub(super) async fn restore(settings: Config, from: &Path, without_key: bool) -> Result<()> {
    let app = start::open(settings).await?;
    let (rows, files) = read(&app, from, without_key).await?;
    // An index of what was here before is of no use.
    platform::search::reindex(&app).await?;
    super::say(&format!("Đã khôi phục {rows} dòng dữ liệu và {files} tệp."));
    Ok(())
}

/// Writes a backup while the application may be in use; (rows, files). The target appears only when it is complete.
///
/// # Errors
/// When the database or the target refuses.
pub async fn write(app: &App, to: &Path) -> Result<(u64, usize)> {
    let draft = to.with_extension("part");
    let file = File::create(&draft).with_context(|| format!("không ghi được {}", draft.display()))?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    zip.start_file("format.txt", packed)?;
    zip.write_all(FORMAT.as_bytes())?;
    zip.start_file(KEY, packed)?;
    zip.write_all(app.vault.id().as_bytes())?;
    let snapshot = Snapshot::begin(&app.db).await?;
    let mut rows = 0;
    for table in tables() {
        zip.start_file(format!("tables/{}.jsonl", table.name), packed)?;
        rows += snapshot.write(&table, &mut zip).await?;
    }
    drop(snapshot);
    // Files never change and are kept before the rows that name them, so those of the snapshot are all there.
    let hashes = app.blobs.list().await?;
    let mut kept = 0;
    for hash in &hashes {
        // One that no row names may be removed meanwhile.
        let file = match app.blobs.open(hash).await {
            Err(kernel::Error::NotFound) => continue,
            other => other?,
        };
        let mut file = File::open(file.path())?;
        zip.start_file(format!("files/{hash}"), plain)?;
        std::io::copy(&mut file, &mut zip)?;
        kept += 1;
    }
    zip.finish()?.into_inner().map_err(|e| e.into_error())?.sync_all()?;
    std::fs::rename(&draft, to)?;
    Ok((rows, kept))
}

/// Fills an empty application from a backup; (rows, files). `without_key` takes away the second factors, for whose key there is no other way.
///
/// # Errors
/// When the database is not empty, the backup is damaged or sealed with another key; then nothing is kept.
pub async fn read(app: &App, from: &Path, without_key: bool) -> Result<(u64, usize)> {
    let file = File::open(from).with_context(|| format!("không mở được {}", from.display()))?;
    let mut zip = ZipArchive::new(BufReader::new(file)).context("không phải bản sao lưu của Lan Tỏa")?;
    let mut format = String::new();
    zip.by_name("format.txt").context("không phải bản sao lưu của Lan Tỏa")?.take(100).read_to_string(&mut format)?;
    if format != FORMAT {
        bail!("bản sao lưu có dạng “{format}”, chương trình này đọc “{FORMAT}”");
    }
    let other_key = sealed_otherwise(app, &mut zip)?;
    if other_key && !without_key {
        bail!(
            "xác thực hai bước trong bản sao lưu được niêm phong bằng khóa của hệ thống cũ: chép tệp secret.key của hệ thống đó đè lên {} \
             rồi chạy lại, hoặc thêm --without-key để mọi người bật lại xác thực hai bước",
            app.config.key_file().display()
        );
    }
    let restore = Restore::begin(&app.db).await?;
    let mut rows = 0;
    for table in tables() {
        let name = format!("tables/{}.jsonl", table.name);
        if zip.index_for_name(&name).is_none() {
            continue; // A table younger than the backup.
        }
        // The whole table is unpacked first: a reader into the archive must not be held across the database's work.
        let mut lines = Vec::new();
        zip.by_name(&name)?.read_to_end(&mut lines)?;
        rows += restore.read(&table, lines.as_slice()).await?;
    }
    let mut files = 0;
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at)?;
        let name = entry.name()?.into_owned();
        let Some(hash) = name.strip_prefix("files/").map(str::to_owned) else { continue };
        let mut file = tempfile::NamedTempFile::new_in(&app.config.storage.data)?;
        std::io::copy(&mut entry, &mut file)?;
        drop(entry);
        if app.blobs.put_file(file.into_temp_path().keep()?).await?.0 != hash {
            app.blobs.delete(&hash).await?;
            bail!("tệp {hash} trong bản sao lưu bị hỏng");
        }
        files += 1;
    }
    restore.commit().await?;
    if other_key {
        factor::forget_all(app).await?;
    }
    app.db.analyze().await?;
    Ok((rows, files))
}

/// Was the backup made with another key, and does it hold anything that needs it?
fn sealed_otherwise(app: &App, zip: &mut ZipArchive<BufReader<File>>) -> Result<bool> {
    let mut key = String::new();
    match zip.by_name(KEY) {
        Ok(entry) => entry.take(100).read_to_string(&mut key)?,
        Err(_) => return Ok(false),
    };
    if key == app.vault.id() {
        return Ok(false);
    }
    let mut users = String::new();
    zip.by_name("tables/users.jsonl")?.read_to_string(&mut users)?;
    Ok(users.contains(&format!("\"{}", platform::vault::VERSION)))
}
