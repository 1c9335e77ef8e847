//! `lantoa config`

use anyhow::Result;
use platform::Config;

use crate::cli::ConfigCommand;

pub(super) fn run(settings: &Config, command: &ConfigCommand) -> Result<()> {
    match command {
        ConfigCommand::Show => {
            let mut shown = settings.clone();
            shown.storage.database = without_password(&shown.storage.database);
            shown.mail.smtp = without_password(&shown.mail.smtp);
            super::say(&toml::to_string_pretty(&shown)?);
        }
        ConfigCommand::Check => super::say("Cấu hình hợp lệ."),
        ConfigCommand::Default => super::say(&toml::to_string_pretty(&Config::default())?),
    }
    Ok(())
}

fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((before, host))) => {
            let user = before.split_once("://").map_or("", |(_, rest)| rest).split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{host}")
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(without_password("postgres://lantoa:bí-mật@db/lantoa"), "postgres://lantoa:***@db/lantoa");
        assert_eq!(without_password("sqlite:a.db"), "sqlite:a.db");
    }
}
