//! Configuration: one struct per section, one default each; unknown keys are errors (the application loads it).

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Everything that can be set, in a TOML file or as `LANTOA_SECTION__KEY`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the program listens and how it is reached.
    pub server: Server,
    /// Database and files.
    pub storage: Storage,
    /// Outgoing mail.
    pub mail: Mail,
    /// Sessions and passwords.
    pub access: AccessRules,
    /// Logs and metrics.
    pub logs: Logs,
    /// Programs called from outside.
    pub tools: Tools,
    /// Looking at links to other sites.
    pub links: Links,
}

/// Section `server`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: String,
    /// Address in links and for the origin check; `https://` makes cookies secure.
    pub public_url: String,
    /// Take the client's address from `X-Forwarded-For` (only behind a proxy that sets it).
    pub behind_proxy: bool,
    /// Largest upload, megabytes.
    pub upload_mb: usize,
    /// Largest file of the media library, megabytes; it comes in pieces.
    pub media_mb: u64,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".into(),
            public_url: "http://127.0.0.1:8080".into(),
            behind_proxy: false,
            upload_mb: 50,
            media_mb: 4096,
        }
    }
}

/// Section `storage`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Storage {
    /// Data folder: database file, blobs, outbox.
    pub data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`; empty means `lantoa.db` in the data folder.
    pub database: String,
    /// Connections in a pool.
    pub connections: u32,
    /// The key that seals second factors; empty means `secret.key` in the data folder, made at the first start.
    pub key_file: PathBuf,
}

impl Default for Storage {
    fn default() -> Self {
        Self { data: "data-folder".into(), database: String::new(), connections: 8, key_file: PathBuf::new() }
    }
}

/// Section `mail`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Sender.
    pub from: String,
    /// `smtps://user:password@host`; empty writes mails as files into `outbox/` of the data folder.
    pub smtp: String,
}

impl Mail {
    /// Has somebody said how mail leaves: a server, or at least a sender (then mails lie in the outbox)?
    pub fn configured(&self) -> bool {
        !self.smtp.is_empty() || self.from != Self::default().from
    }
}

impl Default for Mail {
    fn default() -> Self {
        Self { from: "Lan Tỏa <khong-tra-loi@localhost.localdomain>".into(), smtp: String::new() }
    }
}

/// Section `access` (TCVN 14423:2026, suggested values of level 3; see domain notes in `docs/security.md`).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessRules {
    /// Minutes without activity after which a session locks.
    pub idle_minutes: i64,
    /// Hours after which a session ends in any case.
    pub session_hours: i64,
    /// Shortest password of an account with a second factor.
    pub password_with_totp: usize,
    /// Shortest password of an account without.
    pub password_alone: usize,
    /// Earlier passwords that may not come back.
    pub password_history: i64,
    /// Days after which an administrator's password must be changed; 0: never.
    pub administrator_password_days: i64,
    /// Wrong passwords in a row that lock an account.
    pub lock_after: i64,
    /// Minutes for which it stays locked.
    pub lock_minutes: i64,
    /// Days without signing in after which an account is disabled.
    pub unused_days: i64,
    /// Administrators must have a second factor.
    pub administrator_totp: bool,
}

impl Default for AccessRules {
    fn default() -> Self {
        Self {
            idle_minutes: 15,
            session_hours: 12,
            password_with_totp: 8,
            password_alone: 14,
            password_history: 10,
            administrator_password_days: 60,
            lock_after: 5,
            lock_minutes: 15,
            unused_days: 45,
            administrator_totp: true,
        }
    }
}

impl AccessRules {
    /// Is a password that was set at `since` too old for an administrator?
    pub fn outdated(&self, since: Option<i64>, now: kernel::Timestamp) -> bool {
        let days = self.administrator_password_days;
        days > 0 && since.is_some_and(|since| since < now.plus_seconds(-86_400 * days).0)
    }
}

/// Section `logs`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Logs {
    /// Filter, as for `RUST_LOG`.
    pub level: String,
    /// One JSON object per line instead of text.
    pub json: bool,
    /// Serve Prometheus metrics at this address (`127.0.0.1:9090`); empty: not at all.
    pub metrics: String,
    /// Days for which finished jobs are kept (the audit trail for ever; technical logs by whoever collects them).
    pub retention_days: i64,
}

impl Default for Logs {
    fn default() -> Self {
        Self { level: "info,sqlx=error".into(), json: false, metrics: String::new(), retention_days: 365 }
    }
}

/// Section `tools`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tools {
    /// pdftotext (poppler).
    pub pdftotext: String,
    /// pdftocairo (poppler), for the borders of tables.
    pub pdftocairo: String,
    /// pdftoppm (poppler), for scans.
    pub pdftoppm: String,
    /// LibreOffice.
    pub soffice: String,
    /// tesseract with the Vietnamese language data.
    pub tesseract: String,
    /// ffprobe, for what videos and sounds are.
    pub ffprobe: String,
    /// ffmpeg, for looking at them and making smaller ones.
    pub ffmpeg: String,
    /// Longest run of ffmpeg, seconds.
    pub media_seconds: u64,
    /// Longest run of one of the others, seconds.
    pub timeout_seconds: u64,
    /// Most memory one of them may take, megabytes.
    pub memory_mb: u64,
}

impl Default for Tools {
    fn default() -> Self {
        Self {
            pdftotext: "pdftotext".into(),
            pdftocairo: "pdftocairo".into(),
            pdftoppm: "pdftoppm".into(),
            soffice: "soffice".into(),
            tesseract: "tesseract".into(),
            ffprobe: "ffprobe".into(),
            ffmpeg: "ffmpeg".into(),
            media_seconds: 7200,
            timeout_seconds: 60,
            memory_mb: 2048,
        }
    }
}

/// Section `links`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Links {
    /// Ask other sites whether the pages that public articles link to are there.
    pub outside: bool,
    /// Also ask machines within the own network (addresses that the Internet does not know).
    pub inside_network: bool,
}

impl Default for Links {
    fn default() -> Self {
        Self { outside: true, inside_network: false }
    }
}

impl Config {
    /// Are cookies to be sent over TLS only?
    pub fn secure(&self) -> bool {
        self.server.public_url.starts_with("https://")
    }

    /// The file of the key that seals second factors.
    pub fn key_file(&self) -> PathBuf {
        let chosen = &self.storage.key_file;
        if chosen.as_os_str().is_empty() { self.storage.data.join("secret.key") } else { chosen.clone() }
    }

    /// The database's address.
    pub fn database_url(&self) -> String {
        if self.storage.database.is_empty() {
            format!("sqlite:{}", self.storage.data.join("lantoa.db").display())
        } else {
            self.storage.database.clone()
        }
    }
}
