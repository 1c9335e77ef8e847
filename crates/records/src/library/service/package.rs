//! Items put together for a broadcaster: originals as they came, a catalogue, what is said of rights, and check sums.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use kernel::{Error, FieldErrors, Permit, Result, Uuid, new_id, time};
use platform::{App, blobs::Opened, jobs, jobs::JobContext};
use press::{Block, Cell, Column, Official, Sheet, Table, Text};
use serde_json::json;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    list::seen,
    note,
    sight::{Given, above, at},
    upload::spool,
};
use crate::{
    activities::service::overseen_by,
    agencies::letterhead,
    library::{
        model::{KINDS, RIGHTS, name_of, sort, verdict_name},
        policy::{KeepLibrary, ReadLibrary},
        store::{self, Item, Package, PackageDraft},
    },
};

/// Most items of a package.
const MOST: usize = 200;

/// Days for which the file of a package is kept; it can be made again.
pub(super) const KEPT_DAYS: i64 = 30;

/// Packages that the person may see, the newest first.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn packages(app: &App, permit: &Permit<ReadLibrary>) -> Result<Vec<Package>> {
    let roots = overseen_by(app, permit.roots()).await?;
    store::packages(app.db.read(), roots.as_deref()).await
}

/// Why an item cannot go to a broadcaster; nothing when it can.
fn held_back(item: &Item) -> Option<&'static str> {
    if item.file_hash.is_empty() {
        Some("chỉ có băng, đĩa")
    } else if item.rights == "unknown" {
        Some("chưa rõ quyền sử dụng")
    } else if item.people && !item.consent {
        Some("người trong hình chưa đồng ý")
    } else {
        None
    }
}

/// Asks for a package; its id. A job makes it.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong, item by item.
pub(crate) async fn ask_package(app: &App, permit: &Permit<KeepLibrary>, draft: PackageDraft) -> Result<Uuid> {
    let mut errors = FieldErrors::default();
    let read = Permit::<ReadLibrary>::of(permit.actor()).ok_or(Error::Denied)?;
    if !at(permit, draft.agency) {
        errors.add("co_quan", "Hãy chọn cơ quan mà tài khoản này được lập gói.");
    }
    if draft.items.is_empty() || draft.items.len() > MOST {
        errors.add("tu_lieu", format!("Hãy chọn từ một đến {MOST} tư liệu trong danh sách."));
    }
    let seen = seen(app, &read, &draft.items).await?;
    let items = store::items(app.db.read(), &draft.items).await?;
    for id in &draft.items {
        match items.iter().find(|item| item.id == *id && seen.iter().any(|line| line.id == *id)) {
            None => errors.add("tu_lieu", "Có tư liệu không còn trong thư viện; hãy chọn lại."),
            Some(item) => {
                if let Some(why) = held_back(item) {
                    errors.add("tu_lieu", format!("“{}”: {why}.", item.title));
                }
            }
        }
    }
    errors.into_result(())?;
    let (id, actor) = (new_id(), permit.actor());
    let tx = app.db.begin().await?;
    store::insert_package(&*tx, id, &draft, (actor.user, &actor.name), app.clock.now()).await?;
    jobs::enqueue(&*tx, &*app.clock, "library.package", &id, None).await?;
    let detail = json!({ "title": draft.title, "receiver": draft.receiver, "items": draft.items });
    note(app, &tx, actor, ("library.package", "media_package", id), detail).await?;
    tx.commit().await?;
    Ok(id)
}

/// The file of a package, for who may see it.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn open_package(app: &App, permit: &Permit<ReadLibrary>, id: Uuid) -> Result<Given> {
    let package = store::package(app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if package.file_hash.is_empty() || !above(app, permit, package.agency_id).await? {
        return Err(Error::NotFound);
    }
    let day = kernel::Timestamp(package.made_at).date().format("%Y%m%d");
    Ok(Given {
        hash: package.file_hash,
        media_type: "application/zip".into(),
        size: u64::try_from(package.size).unwrap_or(0),
        name: format!("tu-lieu-phat-song-{day}.zip"),
        public: false,
    })
}

/// What goes into the archive.
struct Contents {
    /// Name, file, hash.
    files: Vec<(String, Opened, String)>,
    sheet: Sheet,
    paper: Official,
    rights: String,
}

/// Makes a package that was asked for; making it again gives the same.
///
/// # Errors
/// When the store of files refuses.
pub(crate) async fn make_package(app: &App, context: &JobContext) -> Result<()> {
    let id: Uuid = context.payload()?;
    let c = app.db.read();
    let Some(package) = store::package(c, id).await?.filter(|package| package.file_hash.is_empty()) else {
        return Ok(());
    };
    let wanted = package.ids();
    let mut items = store::items(c, &wanted).await?;
    items.sort_by_key(|item| wanted.iter().position(|id| *id == item.id));
    // What was withdrawn since then stays here.
    items.retain(|item| held_back(item).is_none());
    let contents = contents(app, &package, &items).await?;
    let path = spool(app, id);
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(Error::internal)?;
    }
    let target = path.clone();
    let written = tokio::task::spawn_blocking(move || write(&target, contents)).await.map_err(Error::internal)?;
    written?;
    let (hash, size) = app.blobs.put_file(path).await?;
    let left_out = wanted.len().saturating_sub(items.len());
    let note = if left_out == 0 {
        String::new()
    } else {
        format!("{left_out} tư liệu không còn đủ điều kiện nên không có trong gói.")
    };
    let tx = app.db.begin().await?;
    store::finish_package(&*tx, id, (&hash, i64::try_from(size).unwrap_or(i64::MAX)), &note).await?;
    tx.commit().await
}

fn day(stored: i64) -> String {
    time::date_from_int(stored).map(time::display_date).unwrap_or_default()
}

/// Minutes and seconds.
fn length(milliseconds: i64) -> String {
    if milliseconds == 0 { String::new() } else { format!("{}:{:02}", milliseconds / 60_000, milliseconds / 1000 % 60) }
}

fn shown(item: &Item) -> &'static str {
    match (item.people, item.minors, item.consent) {
        (false, ..) => "Không có người nhận ra được",
        (true, false, true) => "Có người, đã đồng ý",
        (true, true, true) => "Có trẻ em, người giám hộ đã đồng ý",
        (true, ..) => "Có người, chưa đồng ý",
    }
}

async fn contents(app: &App, package: &Package, items: &[Item]) -> Result<Contents> {
    let mut files = Vec::with_capacity(items.len());
    let mut rows = Vec::with_capacity(items.len());
    let mut printed = Vec::with_capacity(items.len());
    let mut rights = format!("{}\nNơi nhận: {}\n", package.title, package.receiver);
    for (number, item) in (1i64..).zip(items) {
        let name = format!("tu-lieu/{number:03}-{}.{}", item.slug, sort::ending(&item.file_type));
        let frame = if item.width > 0 { format!("{}×{}", item.width, item.height) } else { String::new() };
        let kind = name_of(&KINDS, &item.kind);
        let holder = name_of(&RIGHTS, &item.rights);
        let size = item.size as f64 / 1_048_576.0;
        rows.push(vec![
            Cell::from(number),
            item.title.as_str().into(),
            kind.into(),
            item.about.as_str().into(),
            item.author.as_str().into(),
            item.agency_name.as_str().into(),
            day(item.taken_on).into(),
            item.place.as_str().into(),
            length(item.duration).into(),
            frame.as_str().into(),
            Cell::Number((size * 10.0).round() / 10.0),
            verdict_name(&item.verdict).into(),
            holder.into(),
            item.rights_note.as_str().into(),
            shown(item).into(),
            name.as_str().into(),
            item.file_hash.as_str().into(),
        ]);
        let facts = [length(item.duration), frame].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        printed.push(vec![
            press::TableCell::of(Text::from(number.to_string())),
            press::TableCell::of(Text::from(item.title.as_str())),
            press::TableCell::of(Text::from([kind.to_owned()].into_iter().chain(facts).collect::<Vec<_>>().join(", "))),
            press::TableCell::of(Text::from(item.agency_name.as_str())),
            press::TableCell::of(Text::from(verdict_name(&item.verdict))),
            press::TableCell::of(Text::from(holder)),
        ]);
        rights += &format!(
            "\n{number:03}. {}\n  Tác giả: {}\n  Quyền sử dụng: {holder}. {}\n  Người trong hình, tiếng: {}\n",
            item.title,
            item.author,
            item.rights_note,
            shown(item)
        );
        files.push((name, app.blobs.open(&item.file_hash).await?, item.file_hash.clone()));
    }
    const COLUMNS: [(&str, f64); 17] = [
        ("STT", 6.0),
        ("Tên tư liệu", 44.0),
        ("Loại", 12.0),
        ("Nội dung", 60.0),
        ("Tác giả", 24.0),
        ("Cơ quan", 32.0),
        ("Ngày thực hiện", 14.0),
        ("Địa điểm", 24.0),
        ("Thời lượng", 10.0),
        ("Khuôn hình", 12.0),
        ("Dung lượng (MB)", 12.0),
        ("Khả năng sử dụng phát sóng", 18.0),
        ("Quyền sử dụng", 28.0),
        ("Ghi chú về quyền", 36.0),
        ("Người trong hình, tiếng", 30.0),
        ("Tệp trong gói", 50.0),
        ("SHA-256", 68.0),
    ];
    let columns = COLUMNS.map(|(name, width)| (name.to_owned(), width)).to_vec();
    Ok(Contents {
        files,
        sheet: Sheet { name: "Danh mục tư liệu".into(), columns, rows },
        paper: paper(app, package, printed).await?,
        rights,
    })
}

async fn paper(app: &App, package: &Package, rows: Vec<Vec<press::TableCell>>) -> Result<Official> {
    let head = letterhead(app.db.read(), package.agency_id).await?.unwrap_or_default();
    let heads = ["STT", "Tên tư liệu", "Loại", "Cơ quan", "Phát sóng", "Quyền sử dụng"];
    let weights = [0.7, 4.0, 2.0, 2.4, 1.4, 2.4];
    let columns = weights.map(|weight| Column::new(weight, press::Align::Left)).to_vec();
    let words = |text: &str| Block::Paragraph { text: Text::from(text) };
    Ok(Official {
        superior: Some(head.superior).filter(|name| !name.is_empty()),
        issuer: head.issuer,
        kind: Some("Danh mục".into()),
        title: package.title.clone(),
        place: head.place,
        date: Some(kernel::Timestamp(package.made_at).date()),
        addressees: Vec::new(),
        body: vec![
            words(&format!(
                "Nơi nhận: {}. Danh mục gồm {} tư liệu; tệp gốc, quyền sử dụng và mã kiểm tra SHA-256 kèm trong gói.",
                package.receiver,
                rows.len()
            )),
            Block::Table(Table {
                columns,
                head: vec![heads.map(|name| press::TableCell::of(Text::from(name))).to_vec()],
                rows,
                ..Table::default()
            }),
        ],
        ..Official::default()
    })
}

/// The catalogue as a printed paper: PDF, or DOCX where this program was built without.
pub(in crate::library) fn catalogue(paper: &Official) -> Result<(&'static str, Vec<u8>)> {
    let layout = press::Layout::default();
    #[cfg(feature = "pdf")]
    let made = press::pdf(paper, &layout, "").map(|bytes| ("danh-muc.pdf", bytes));
    #[cfg(not(feature = "pdf"))]
    let made = press::docx(paper, &layout).map(|bytes| ("danh-muc.docx", bytes));
    made.map_err(Error::internal)
}

fn write(path: &PathBuf, contents: Contents) -> Result<()> {
    let mut sums = String::new();
    let (name, printed) = catalogue(&contents.paper)?;
    let sheet = press::write_workbook(&[contents.sheet]).map_err(Error::internal)?;
    let small = [(name, printed), ("danh-muc.xlsx", sheet), ("ban-quyen.txt", contents.rights.into_bytes())];
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path).map_err(Error::internal)?));
    // Media do not get smaller.
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    let mut put = || -> io::Result<()> {
        for (name, file, hash) in &contents.files {
            zip.start_file(name.as_str(), plain)?;
            io::copy(&mut File::open(file.path())?, &mut zip)?;
            sums += &format!("{hash}  {name}\n");
        }
        for (name, bytes) in &small {
            zip.start_file(*name, plain)?;
            zip.write_all(bytes)?;
            sums += &format!("{}  {name}\n", platform::secrets::sha256(bytes));
        }
        zip.start_file("SHA256SUMS", plain)?;
        zip.write_all(sums.as_bytes())
    };
    put().map_err(Error::internal)?;
    zip.finish().map_err(Error::internal)?.into_inner().map_err(|e| Error::internal(e.into_error()))?;
    Ok(())
}
