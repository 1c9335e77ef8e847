//! `lantoa audit`

use anyhow::Result;
use platform::{Config, audit};

use crate::{cli::AuditCommand, start};

pub(super) async fn run(settings: Config, command: &AuditCommand) -> Result<()> {
    let app = start::open(settings).await?;
    match command {
        AuditCommand::Verify => {
            while audit::seal(&app.db, app.clock.now()).await? > 0 {}
            let (seals, entries) = audit::verify(&app.db).await?;
            super::say(&format!("Nhật ký nguyên vẹn: {entries} dòng trong {seals} niêm phong."));
            Ok(())
        }
    }
}
