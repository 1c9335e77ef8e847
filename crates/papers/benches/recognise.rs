//! Speed of [`papers::recognise`] on an invented paper, at its own length and a hundred times it; and on the shared
//! samples when they are at hand.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

mod common;

fn main() -> std::io::Result<()> {
    let once = paper(12);
    let hundred = paper(1200);
    let (short, long) = (speed(&once, 10, 100), speed(&hundred, 8, 1));
    let mut out = std::io::stdout();
    writeln!(out, "figure: papers.recognise_mb_per_s = {long:.1} MB/s (goal >= 20)")?;
    let ratio = short / long;
    writeln!(out, "figure: papers.linearity_100x = {ratio:.2} ratio of time per byte (goal <= 1.3)")?;
    writeln!(out, "figure: papers.read_docx_20_pages_ms = {:.1} ms", docx(&paper(18))?)?;
    writeln!(out, "1x: {} bytes at {short:.1} MB/s; 100x: {} bytes", once.len(), hundred.len())?;
    let samples = samples();
    if !samples.is_empty() {
        let bytes: usize = samples.iter().map(String::len).sum();
        let mut best = f64::MAX;
        for _ in 0..5 {
            let clock = Instant::now();
            let start = worked(clock);
            for text in &samples {
                std::hint::black_box(papers::recognise(text));
            }
            best = best.min(worked(clock) - start);
        }
        let rate = bytes as f64 / 1e6 / best;
        writeln!(out, "shared samples: {} papers, {bytes} bytes at {rate:.1} MB/s", samples.len())?;
    }
    for (name, text) in common::shapes(5_000_000) {
        let rate = speed(&text, 1, 1);
        if rate < 2.0 {
            writeln!(out, "slow: {name}, {} bytes at {rate:.2} MB/s", text.len())?;
        }
    }
    Ok(())
}

/// Milliseconds to read a paper of some twenty pages from a `.docx` and recognise it.
fn docx(text: &str) -> std::io::Result<f64> {
    let mut body = String::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let line = line.replace('&', "&amp;").replace('<', "&lt;");
        let _ = write!(
            body,
            "<w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"
        );
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default())?;
    archive.write_all(xml.as_bytes())?;
    let bytes = archive.finish()?.into_inner();
    let mut best = f64::MAX;
    for _ in 0..10 {
        let clock = Instant::now();
        let start = worked(clock);
        let read = papers::read(&bytes, Some("a.docx"), papers::Limits::default()).map_err(std::io::Error::other)?;
        std::hint::black_box(papers::recognise(&read.text));
        best = best.min(worked(clock) - start);
    }
    Ok(best * 1e3)
}

/// Seconds this thread has worked (where the system tells; else since the clock was first asked).
fn worked(since: Instant) -> f64 {
    common::worked().unwrap_or_else(|| since.elapsed().as_secs_f64())
}

/// Best of some runs of so many times each, in megabytes a second.
fn speed(text: &str, runs: usize, times: usize) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..runs {
        let clock = Instant::now();
        let start = worked(clock);
        for _ in 0..times {
            std::hint::black_box(papers::recognise(std::hint::black_box(text)));
        }
        best = best.min((worked(clock) - start) / times as f64);
    }
    text.len() as f64 / 1e6 / best
}

fn samples() -> Vec<String> {
    let shared = std::env::var("LANTOA_SHARED").unwrap_or_else(|_| "../../../shared".into());
    let Ok(folder) = std::fs::read_dir(std::path::Path::new(&shared).join("samples/papers")) else { return vec![] };
    folder
        .flatten()
        .filter_map(|e| std::fs::read(e.path()).ok())
        .map(|b| String::from_utf8_lossy(&b).into_owned())
        .collect()
}

/// An invented plan with `sections` groups of tasks in prose, and an annex with as many groups of rows.
fn paper(sections: usize) -> String {
    let mut t = String::from(
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 12/KH-UBND\n\nBình Minh, ngày 05 tháng 01 năm 2026\n\n\
         KẾ HOẠCH\nPhổ biến, giáo dục pháp luật năm 2026\n\nThực hiện Quyết định số 11/QĐ-TTg ngày 02/01/2026 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\n\
         I. MỤC ĐÍCH, YÊU CẦU\n\n1. Nâng cao nhận thức của cán bộ và Nhân dân.\n\nII. NỘI DUNG\n\n",
    );
    for i in 1..=sections {
        let _ = write!(
            t,
            "{i}. Tổ chức hội nghị phổ biến pháp luật lần thứ {i}\n\n- Nội dung: giới thiệu các luật mới có hiệu lực, chú trọng quy định liên quan trực tiếp đến người dân và doanh nghiệp trên địa bàn.\n\n\
             - Cơ quan chủ trì: Sở Tư pháp.\n\n- Cơ quan phối hợp: Sở Văn hóa, Thể thao và Du lịch; các sở, ban, ngành có liên quan và UBND các xã, phường.\n\n- Thời gian thực hiện: Quý II/2026.\n\n\
             {i}.1. Sở Nội vụ chủ trì, phối hợp với Công an tỉnh và các cơ quan liên quan rà soát đội ngũ báo cáo viên pháp luật theo Quyết định số {i}/QĐ-UBND ngày 03/02/2025, hoàn thành trước ngày 30/6/2026.\n\n",
        );
    }
    t.push_str("III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Tài chính\n\n- Tham mưu bố trí kinh phí thực hiện Kế hoạch.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\n");
    t.push_str("| STT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n");
    for i in 1..=sections * 3 {
        let _ = writeln!(
            t,
            "| {i} | Biên soạn tài liệu chuyên đề số {i} cho học sinh các trường trung học trên địa bàn tỉnh | Sở Giáo dục và Đào tạo | Sở Tư pháp; Tỉnh đoàn; UBND các xã, phường | Tháng {}/2026 |",
            i % 12 + 1
        );
    }
    t
}
