//! `lantoa paper`

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use indicatif::ParallelProgressIterator;
use papers::Paper;
use platform::config::Tools;
use rayon::prelude::*;
use records::documents::extract;
use tokio::runtime::Handle;

use crate::cli::PaperCommand;

pub(super) async fn run(tools: Tools, command: PaperCommand) -> Result<()> {
    let PaperCommand::Read { path, json, out } = command;
    let reader = Reader { tools, handle: Handle::current() };
    tokio::task::spawn_blocking(move || read(&reader, &path, json, out.as_deref())).await?
}

/// Reads files as the upload page does, converters included.
struct Reader {
    tools: Tools,
    handle: Handle,
}

impl Reader {
    fn paper(&self, path: &Path) -> Result<Paper> {
        let bytes = std::fs::read(path).with_context(|| format!("không đọc được {}", path.display()))?;
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let source = self.handle.block_on(extract(&self.tools, bytes.into(), name))?;
        let mut paper = papers::recognise(&source.text);
        paper.warnings.extend(source.warnings);
        Ok(paper)
    }
}

fn read(reader: &Reader, path: &Path, json: bool, out: Option<&Path>) -> Result<()> {
    if !path.is_dir() {
        let paper = reader.paper(path)?;
        super::say(&if json { serde_json::to_string_pretty(&papers::to_json(&paper))? } else { table(&paper) });
        return Ok(());
    }
    let out = out.context("hãy cho biết thư mục ghi kết quả: --out THƯ MỤC")?;
    std::fs::create_dir_all(out)?;
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(path)?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    // "k1.docx" and "k1.pdf" side by side: each keeps the whole of its name.
    let mut stems = HashMap::<_, usize>::new();
    files.iter().for_each(|file| *stems.entry(file.file_stem()).or_default() += 1);
    let target = |file: &Path| {
        let alone = stems.get(&file.file_stem()).is_some_and(|count| *count == 1);
        let name = if alone { file.file_stem()? } else { file.file_name()? };
        Some(out.join(format!("{}.json", name.to_string_lossy())))
    };
    let bar = indicatif::ProgressBar::new(files.len() as u64);
    let failures: Vec<String> = files
        .par_iter()
        .progress_with(bar)
        .filter_map(|file| {
            let target = target(file)?;
            let done = reader
                .paper(file)
                .and_then(|paper| Ok(std::fs::write(target, serde_json::to_vec_pretty(&papers::to_json(&paper))?)?));
            done.err().map(|error| format!("{}: {error:#}", file.display()))
        })
        .collect();
    super::say(&format!("Đã đọc {} tệp.", files.len() - failures.len()));
    anyhow::ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

fn table(paper: &Paper) -> String {
    let text = |field: &Option<papers::Field<String>>| field.as_ref().map_or("(không rõ)", |f| &f.value).to_owned();
    let list = |list: &[papers::Field<String>]| list.iter().map(|f| f.value.as_str()).collect::<Vec<_>>().join("; ");
    let signed = paper.signer.iter().flat_map(|s| [&s.authority, &s.position, &s.name]).flatten();
    let signed: Vec<&str> = signed.map(|field| field.value.as_str()).collect();
    let bases = paper.citations.iter().filter(|c| c.relation == papers::Relation::Basis && c.of.is_none());
    let base = |c: &papers::Citation| {
        let (kind, name) =
            (c.kind.as_deref().unwrap_or_default(), c.number.as_deref().or(c.name.as_deref()).unwrap_or_default());
        if name.starts_with(kind) { name.to_owned() } else { format!("{kind} {name}") }
    };
    let date = paper.date.as_ref().map_or("(không rõ)".to_owned(), |date| kernel::time::display_date(date.value));
    let mut out = String::new();
    for (label, value) in [
        ("Cơ quan ban hành", text(&paper.issuer)),
        ("Số, ký hiệu", text(&paper.number)),
        ("Nơi, ngày ban hành", format!("{}, {date}", text(&paper.place))),
        ("Loại", text(&paper.kind)),
        ("Trích yếu", text(&paper.title)),
        ("Kính gửi", list(&paper.addressees)),
        ("Căn cứ", bases.map(base).collect::<Vec<_>>().join("; ")),
        ("Nơi nhận", list(&paper.recipients)),
        ("Người ký", signed.join(" – ")),
    ] {
        if !value.is_empty() {
            out.push_str(&format!("{label:<20}{value}\n"));
        }
    }
    for task in &paper.tasks {
        out.push_str(&format!(
            "\n{:<10} {}\n           Chủ trì: {}  Phối hợp: {}\n           Thời hạn: {}\n",
            records::documents::place(&task.anchor),
            kernel::text::shorten(&task.text, 90),
            list(&task.lead),
            list(&task.coordinating),
            task.deadline_text.as_ref().map_or("—", |field| &field.value)
        ));
    }
    for warning in &paper.warnings {
        out.push_str(&format!("\n! {}", warning.message));
    }
    out
}
