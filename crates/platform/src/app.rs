//! The application value that every handler, job and command receives: a cheap clone, concrete, built once.

use std::{ops::Deref, sync::Arc};

use futures::future::BoxFuture;
use kernel::{Actor, Clock, Result, Uuid};
use store::Db;

use crate::{Config, Lang, Slice, blobs::Blobs, mail::Mailer, memory::Memory, vault::Vault, web::Attempts};

/// See the module.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] holds.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The configuration.
    pub config: Config,
    /// Files by content hash.
    pub blobs: Blobs,
    /// Outgoing mail.
    pub mail: Mailer,
    /// Seals what must be read again.
    pub vault: Vault,
    /// Every slice, in dependency order.
    pub slices: &'static [&'static Slice],
    /// Who is signed in.
    pub sessions: Box<dyn Sessions>,
    /// Attempts to guess passwords and codes.
    pub attempts: Attempts,
    /// What slices keep in memory.
    pub memory: Memory,
}

impl App {
    /// The application made of these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// A signed-in browser.
#[derive(Debug, Clone)]
pub struct Session {
    /// The session's row.
    pub id: Uuid,
    /// Who.
    pub actor: Actor,
    /// Language of the interface.
    pub lang: Lang,
    /// Set while something must be done first (give the second factor, change the password): the only page that this
    /// session may open (among [`crate::Access::Restricted`] routes), besides signing out.
    pub detour: Option<&'static str>,
    /// Minutes without activity after which the browser is locked.
    pub idle_minutes: i64,
}

/// What a session cookie comes to.
#[derive(Debug, Clone)]
pub enum Resolved {
    /// A session that is alive.
    Open(Session),
    /// One that is over.
    Over(Over),
}

/// Why a session is over, as far as its person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Nothing was done for too long.
    Idle,
    /// Its time was up, or somebody ended it.
    Ended,
}

/// Turns the session cookie into a [`Session`]; the accounts slice provides it.
pub trait Sessions: Send + Sync {
    /// The session with this token; also notes that it was seen.
    fn resolve<'a>(&'a self, app: &'a App, token: &'a str) -> BoxFuture<'a, Result<Resolved>>;
}
