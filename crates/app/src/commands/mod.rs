//! One file per command.

mod audit;
pub mod backup;
mod config;
mod definitions;
mod demo;
mod doctor;
mod import;
mod paper;
mod serve;
mod user;

use std::io::Write;

use anyhow::Result;

use crate::{
    cli::{Cli, Command},
    config as settings, start,
};

/// Does what the command line says.
///
/// # Errors
/// What went wrong, for a person to read.
pub async fn run(cli: Cli) -> Result<()> {
    let settings = settings::load(cli.config.as_deref())?;
    if let Command::Paper { command } = cli.command {
        return paper::run(settings.tools, command).await;
    }
    if let Command::Definitions { command } = cli.command {
        return definitions::run(command);
    }
    match cli.command {
        Command::Serve { no_worker } => serve::serve(settings, !no_worker).await,
        Command::Worker => serve::worker(settings).await,
        Command::Migrate => start::open(settings).await.map(drop),
        Command::Reindex => Ok(platform::search::reindex(&start::open(settings).await?).await?),
        Command::Import { command } => import::run(settings, command).await,
        Command::Config { command } => config::run(&settings, &command),
        Command::User { command } => user::run(settings, command).await,
        Command::Audit { command } => audit::run(settings, &command).await,
        Command::Backup { to } => backup::backup(settings, &to).await,
        Command::Restore { from, without_key } => backup::restore(settings, &from, without_key).await,
        Command::Doctor => doctor::run(settings).await,
        Command::Demo { province, data, no_serve } => {
            let mut settings = settings;
            if let Some(data) = data {
                settings.storage.data = data;
            }
            demo::run(settings, &province, !no_serve).await
        }
        Command::Paper { .. } | Command::Definitions { .. } => Ok(()),
    }
}

/// Prints a line for the person at the terminal; a reader that went away (`| head`) is no error.
fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").ok();
}
