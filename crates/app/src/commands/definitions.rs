//! `lantoa definitions`

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use kernel::{Clock, SystemClock};
use work::{
    outgoing::model::template,
    reporting::model::form::{Fault, Form, differences, shipped},
};

use crate::cli::DefinitionsCommand;

pub(super) fn run(command: DefinitionsCommand) -> Result<()> {
    match command {
        DefinitionsCommand::Check { path } => check(&path),
        DefinitionsCommand::Diff { old, new } => {
            let (old, new) = (form(&old)?, form(&new)?);
            let changes = differences(&old, &new);
            if changes.is_empty() {
                super::say("Hai bản không khác nhau.");
            }
            for change in changes {
                super::say(&change.what);
                for (sign, text) in [("-", change.before), ("+", change.after)] {
                    if !text.is_empty() {
                        super::say(&format!("  {sign} {}", text.replace('\n', "\n    ")));
                    }
                }
            }
            Ok(())
        }
    }
}

/// The built-in forms, of which a file may name cells.
fn known() -> Vec<Form> {
    shipped::forms().iter().map(|(form, _)| form.clone()).collect()
}

/// Something with its warnings, or what is wrong with it.
type Checked<T> = std::result::Result<(T, Vec<Fault>), Vec<Fault>>;

fn read(path: &Path) -> Result<Checked<Form>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("không đọc được {}", path.display()))?;
    Ok(shipped::read_with(&text, &known(), SystemClock.today()))
}

fn form(path: &Path) -> Result<Form> {
    match read(path)? {
        Ok((form, _)) => Ok(form),
        Err(faults) => {
            for fault in faults {
                super::say(&format!("{}: {fault}", path.display()));
            }
            bail!("{} có lỗi, chưa so sánh được", path.display())
        }
    }
}

/// Is it a template of papers? Those have blocks, forms have cells.
fn is_template(text: &str) -> bool {
    text.lines().any(|line| line.trim() == "[[block]]")
}

/// What is said of a definition that is right, and its warnings; or its errors.
fn look(path: &Path) -> Result<Checked<String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("không đọc được {}", path.display()))?;
    if is_template(&text) {
        return Ok(template::read(&text, &known()).map(|template| {
            let said = format!("{} bản {}, {} khối", template.key, template.version, template.draft.blocks.len());
            (said, Vec::new())
        }));
    }
    Ok(read(path)?
        .map(|(form, faults)| (format!("{form}, {} ô, {} quy tắc", form.cells.len(), form.checks.len()), faults)))
}

fn check(path: &Path) -> Result<()> {
    let files: Vec<PathBuf> = if path.is_dir() {
        let entries = std::fs::read_dir(path)?.filter_map(|entry| Some(entry.ok()?.path()));
        let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
        files.sort();
        files
    } else {
        vec![path.to_owned()]
    };
    let mut wrong = 0;
    for file in &files {
        let (faults, good) = match look(file)? {
            Ok((said, faults)) => {
                super::say(&format!("{}: {said}", file.display()));
                (faults, true)
            }
            Err(faults) => (faults, false),
        };
        wrong += usize::from(!good);
        for fault in faults {
            super::say(&format!("{}: {fault}", file.display()));
        }
    }
    anyhow::ensure!(wrong == 0, "{wrong} tệp có lỗi");
    Ok(())
}
