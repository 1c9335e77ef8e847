//! Where the configuration comes from: defaults, then a TOML file, then `LANTOA_SECTION__KEY` variables.

use std::path::Path;

use anyhow::{Context, Result};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use platform::Config;

/// Loads it. A file that was named must exist; `lantoa.toml` in the working folder is taken when it is there.
///
/// # Errors
/// For unknown keys and values of the wrong kind, naming where they stand.
pub fn load(file: Option<&Path>) -> Result<Config> {
    let mut figment = Figment::from(Serialized::defaults(Config::default()));
    match file {
        Some(path) => {
            anyhow::ensure!(path.is_file(), "không có tệp cấu hình {}", path.display());
            figment = figment.merge(Toml::file_exact(path));
        }
        None => figment = figment.merge(Toml::file("lantoa.toml")),
    }
    // Only names with a section are ours: other programs' `LANTOA_…` variables are left alone.
    let variables = Env::prefixed("LANTOA_").filter(|name| name.as_str().contains("__")).split("__");
    figment.merge(variables).extract().context("cấu hình không hợp lệ")
}
