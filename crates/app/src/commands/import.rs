//! `lantoa import …`

use anyhow::Result;
use kernel::text::display_number;
use platform::Config;
use records::agencies::service;

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
    }
    Ok(())
}
