//! `lantoa import …`

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use kernel::{Actor, text::display_number};
use platform::{App, Config};
use records::{
    agencies::service,
    laws::service::{self as laws, Shelved},
};

use crate::{cli::ImportCommand, start};

pub(super) async fn run(settings: Config, command: ImportCommand) -> Result<()> {
    let app = start::open(settings).await?;
    let number = |count: usize| display_number(i64::try_from(count).unwrap_or(i64::MAX));
    match command {
        ImportCommand::Units => {
            let done = service::import_units(&app).await?;
            super::say(&format!(
                "Có {} đơn vị hành chính; {} dòng mới hoặc thay đổi.",
                number(done.units),
                number(done.changed)
            ));
        }
        ImportCommand::Agencies { provinces } => {
            let codes: Vec<&str> = provinces.iter().map(String::as_str).collect();
            let done = service::import_agencies(&app, &codes).await?;
            app.db.analyze().await?;
            super::say(&format!(
                "Có {} cơ quan (kể cả cơ quan đã kết thúc) ở {} đơn vị hành chính; {} dòng mới hoặc thay đổi.",
                number(done.agencies),
                number(done.units),
                number(done.changed)
            ));
        }
        ImportCommand::Laws { files } => {
            let done = import_laws(&app, &files).await?;
            app.db.analyze().await?;
            super::say(&format!(
                "Đã đọc {} văn bản, {} điều; {} văn bản mới hoặc thay đổi.",
                number(done.documents),
                number(done.articles),
                number(done.changed)
            ));
        }
    }
    Ok(())
}

/// Takes files of law in; of a folder, every Markdown file that is a topic of the codified law.
pub(super) async fn import_laws(app: &App, paths: &[PathBuf]) -> Result<Shelved> {
    let mut all = Shelved::default();
    for path in paths {
        let files = if path.is_dir() { markdown(path)? } else { vec![path.clone()] };
        for file in files {
            let bytes = fs::read(&file).with_context(|| format!("{}: không đọc được", file.display()))?;
            let name = file.file_name().and_then(|name| name.to_str());
            let source = papers::read(&bytes, name, papers::Limits::default())
                .with_context(|| format!("{}: không đọc được", file.display()))?;
            if path.is_dir() && !records::laws::model::is_codified(&source.text) {
                continue;
            }
            let done = laws::import(app, &Actor::system(), &source.text).await?;
            all.documents += done.documents;
            all.articles += done.articles;
            all.changed += done.changed;
        }
    }
    Ok(all)
}

fn markdown(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{}: không đọc được", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    Ok(files)
}
