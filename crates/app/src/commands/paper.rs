//! `lantoa paper`

use std::path::{Path, PathBuf};

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
    let bar = indicatif::ProgressBar::new(files.len() as u64);
    let failures: Vec<String> = files
        .par_iter()
        .progress_with(bar)
        .filter_map(|file| {
            let target = out.join(file.file_name()?).with_extension("json");
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
