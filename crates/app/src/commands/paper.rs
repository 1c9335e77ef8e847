//! `lantoa paper`

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use indicatif::ParallelProgressIterator;
use papers::{Limits, Paper};
use rayon::prelude::*;

use crate::cli::PaperCommand;

pub(super) async fn run(command: PaperCommand) -> Result<()> {
    let PaperCommand::Read { path, json, out } = command;
    tokio::task::spawn_blocking(move || read(&path, json, out.as_deref())).await?
}

fn read(path: &Path, json: bool, out: Option<&Path>) -> Result<()> {
    if !path.is_dir() {
        let paper = read_file(path)?;
        super::say(&if json { serde_json::to_string_pretty(&paper)? } else { table(&paper) });
        return Ok(());
    }
    let out = out.context("hãy cho biết thư mục ghi kết quả: --out THƯ MỤC")?;
    std::fs::create_dir_all(out)?;
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(path)?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    let bar = indicatif::ProgressBar::new(files.len() as u64);
    let failures: Vec<String> = files
        .par_iter()
        .progress_with(bar)
        .filter_map(|file| {
            let target = out.join(file.file_name()?).with_extension("json");
            let done =
                read_file(file).and_then(|paper| Ok(std::fs::write(target, serde_json::to_vec_pretty(&paper)?)?));
            done.err().map(|error| format!("{}: {error:#}", file.display()))
        })
        .collect();
    super::say(&format!("Đã đọc {} tệp.", files.len() - failures.len()));
    anyhow::ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

fn read_file(path: &Path) -> Result<Paper> {
    let bytes = std::fs::read(path).with_context(|| format!("không đọc được {}", path.display()))?;
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(papers::recognise(&papers::read(&bytes, name, Limits::default())?.text))
}

fn table(paper: &Paper) -> String {
    let text = |field: &Option<papers::Field<String>>| field.as_ref().map_or("(không rõ)", |f| &f.value).to_owned();
    let mut out = format!(
        "Cơ quan ban hành  {}\nSố, ký hiệu       {}\nLoại              {}\nTrích yếu         {}\n",
        text(&paper.issuer),
        text(&paper.number),
        text(&paper.kind),
        text(&paper.title)
    );
    for task in &paper.tasks {
        let names =
            |list: &[papers::Field<String>]| list.iter().map(|f| f.value.as_str()).collect::<Vec<_>>().join("; ");
        out.push_str(&format!(
            "\n{:<10} {}\n           Chủ trì: {}  Phối hợp: {}\n           Thời hạn: {}\n",
            task.anchor,
            kernel::text::shorten(&task.text, 90),
            names(&task.lead),
            names(&task.coordinating),
            task.deadline_text.as_ref().map_or("—", |field| &field.value)
        ));
    }
    for warning in &paper.warnings {
        out.push_str(&format!("\n! {}", warning.message));
    }
    out
}
