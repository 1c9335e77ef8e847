//! `lantoa doctor`: is everything in order, and if not, what to do.

use anyhow::{Result, bail};
use kernel::Permit;
use platform::{Config, audit, jobs, tools};
use records::accounts::service::factor;

use crate::start;

pub(super) async fn run(settings: Config) -> Result<()> {
    let mut faults = 0;
    let mut check = |name: &str, outcome: Result<String, String>| match outcome {
        Ok(word) => super::say(&format!("[tốt] {name}: {word}")),
        Err(word) => {
            faults += 1;
            super::say(&format!("[HỎNG] {name}: {word}"));
        }
    };
    let data = settings.storage.data.clone();
    if !data.is_dir() {
        let data = data.display();
        check(
            "Thư mục dữ liệu",
            Err(format!("chưa có dữ liệu ở {data}; hãy xem lại cấu hình hoặc chạy lantoa serve một lần")),
        );
        bail!("chưa kiểm tra được phần còn lại");
    }
    let app = match start::open(settings).await {
        Ok(app) => app,
        Err(error) => {
            check("Khởi động", Err(format!("{error:#}")));
            bail!("chưa kiểm tra được phần còn lại");
        }
    };
    let engine = if app.db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    check("Cơ sở dữ liệu", Ok(format!("{engine}, lược đồ mới nhất")));
    let probe = data.join(".doctor");
    let writable = std::fs::write(&probe, b"ok").and_then(|()| std::fs::remove_file(&probe));
    check("Thư mục dữ liệu", writable.map(|()| data.display().to_string()).map_err(|e| format!("không ghi được: {e}")));
    let factors = factor::sealed(&app).await;
    check("Khóa niêm phong", factors.map_err(|e| e.to_string()).and_then(|sealed| key_word(&app.config, sealed)));
    let files = app.blobs.list().await;
    check("Kho tệp", files.map(|files| format!("{} tệp", files.len())).map_err(|e| e.to_string()));
    let chain = audit::verify(&app.db).await;
    check(
        "Nhật ký",
        chain.map(|(seals, rows)| format!("{rows} dòng trong {seals} niêm phong")).map_err(|e| e.to_string()),
    );
    let totals = work::plans::service::repair_totals(&app, &Permit::system()).await;
    let said = |repaired| match repaired {
        0 => "khớp với đếm lại".to_owned(),
        repaired => format!("đã sửa {repaired} tổng bị lệch"),
    };
    check("Tổng số nhiệm vụ của các cơ quan", totals.map(said).map_err(|e| e.to_string()));
    let failed = jobs::recent(&app.db, Some("failed"), 100).await?;
    check(
        "Công việc nền",
        match failed.first() {
            None => Ok("không có việc hỏng".into()),
            Some(job) => Err(format!(
                "{} việc hỏng, gần nhất {}: {}. Xem trang Công việc nền.",
                failed.len(),
                job.kind,
                job.error.as_deref().unwrap_or("không rõ")
            )),
        },
    );
    let programs = &app.config.tools;
    for (program, what) in [
        (&programs.pdftotext, "đọc PDF (gói poppler-utils)"),
        (&programs.pdftocairo, "đọc bảng trong PDF (gói poppler-utils)"),
        (&programs.pdftoppm, "đọc bản quét ở dạng PDF (gói poppler-utils)"),
        (&programs.soffice, "đọc .doc và .odt cũ (gói libreoffice-writer)"),
        (&programs.tesseract, "đọc bản quét (gói tesseract-ocr, tesseract-ocr-vie)"),
        (&programs.ffprobe, "nhận biết video, âm thanh (gói ffmpeg)"),
        (&programs.ffmpeg, "kiểm tra video, âm thanh, làm bản để xem (gói ffmpeg)"),
    ] {
        super::say(&if tools::which(program) {
            format!("[tốt] {program}: có {what}")
        } else {
            format!("[thiếu] {program}: chưa cài; cần khi {what}")
        });
    }
    if tools::which(&programs.tesseract) {
        let langs = tools::run(programs, &programs.tesseract, &["--list-langs"], &data).await.unwrap_or_default();
        if !String::from_utf8_lossy(&langs).lines().any(|lang| lang.trim() == "vie") {
            super::say("[thiếu] tesseract: chưa có tiếng Việt; hãy cài gói tesseract-ocr-vie");
        }
    }
    if faults > 0 {
        bail!("{faults} mục cần xem lại");
    }
    Ok(())
}

/// What there is to say about the key: does it open what is stored, and may others read it?
fn key_word(settings: &Config, (count, opens): (i64, bool)) -> Result<String, String> {
    let path = settings.key_file();
    let place = path.display();
    if !opens {
        return Err(format!(
            "{place} không phải khóa đã niêm phong {count} xác thực hai bước: chép lại tệp khóa cũ, hoặc cấp lại từng người bằng lantoa user reset"
        ));
    }
    if open_to_others(&path) {
        return Err(format!("người khác trên máy đọc được {place}: chạy chmod 600 {place}"));
    }
    Ok(format!("{place}, mở được {count} xác thực hai bước"))
}

#[cfg(unix)]
fn open_to_others(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_: &std::path::Path) -> bool {
    false
}
