//! The application as tests see it: a database of its own, a clock that stands still, a client per person.
//!
//! `TEST_DATABASE_URL=postgres://…` runs the same tests on PostgreSQL (the user must be allowed to create databases);
//! without it they run on SQLite. A migrated template is made once and copied for each test.

mod client;
mod database;
pub mod objects;
mod open;
pub mod papers;
mod reports;

use std::sync::Arc;

use chrono::NaiveDate;
use kernel::{FixedClock, Permit, Role, Uuid, new_id, text};
use platform::{App, Config, app::Parts, blobs::Blobs, jobs, mail::Mailer, vault::Vault, web::Attempts};
use records::accounts::{DatabaseSessions, service};
use store::{Db, FromQueryResult, exec, insert, one};
use tempfile::TempDir;

pub use client::{Answer, Client};

/// The password of every account made by [`TestApp::person`].
pub const PASSWORD: &str = "Mat-khau-thu-nghiem-1";

#[derive(FromQueryResult)]
struct Identity {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Code {
    code: String,
}

/// A running application without a network.
pub struct TestApp {
    /// The application.
    pub app: App,
    /// Its clock.
    pub clock: FixedClock,
    /// Its data folder.
    pub folder: TempDir,
    database: database::TestDatabase,
}

impl TestApp {
    /// A fresh application on a migrated, empty database; today is 9 November 2026.
    pub async fn new() -> Self {
        Self::at(NaiveDate::from_ymd_opt(2026, 11, 9).expect("a date")).await
    }

    /// Like [`TestApp::new`], on another day.
    pub async fn at(today: NaiveDate) -> Self {
        Self::build(today, |_| {}, false).await
    }

    /// Like [`TestApp::new`], with its files on the disk, for large ones.
    pub async fn on_disk() -> Self {
        Self::build(NaiveDate::from_ymd_opt(2026, 11, 9).expect("a date"), |_| {}, true).await
    }

    /// Like [`TestApp::new`], with some settings changed.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::build(NaiveDate::from_ymd_opt(2026, 11, 9).expect("a date"), change, false).await
    }

    async fn build(today: NaiveDate, change: impl FnOnce(&mut Config), on_disk: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = database::TestDatabase::create(folder.path()).await;
        let mut config = Config::default();
        config.storage.data = folder.path().to_owned();
        config.storage.database = database.url.clone();
        config.storage.connections = 3;
        config.access.administrator_totp = false;
        // Tests ask nobody but themselves.
        config.links.outside = false;
        change(&mut config);
        let clock = FixedClock::at(today);
        let db = Db::open(&database.url.parse().expect("a database address"), config.storage.connections)
            .await
            .expect("a database");
        let key_file = config.key_file();
        let mail = Mailer::new(&config.mail, folder.path()).expect("an outbox");
        let app = App::new(Parts {
            db,
            clock: Arc::new(clock.clone()),
            config,
            blobs: if on_disk {
                Blobs::local(&folder.path().join("blobs")).expect("a folder")
            } else {
                Blobs::memory()
            },
            mail,
            vault: Vault::open(&key_file).expect("a key"),
            slices: app::slices::SLICES,
            sessions: Box::new(DatabaseSessions),
            attempts: Attempts::default(),
            memory: Default::default(),
        });
        Self { app, clock, folder, database }
    }

    /// An agency below another, since 2020; its id.
    pub async fn agency(&self, name: &str, parent: Option<Uuid>) -> Uuid {
        let id = new_id();
        let tx = self.app.db.begin().await.expect("a transaction");
        insert(
            "agencies",
            &["id", "code", "kind", "system", "name", "name_fold", "parent_id", "valid_from", "valid_to", "position"],
        )
        .row([
            id.into(),
            id.to_string().into(),
            "department".into(),
            "state".into(),
            name.into(),
            text::fold(name).into(),
            parent.into(),
            20_200_101i64.into(),
            99_991_231i64.into(),
            0i64.into(),
        ])
        .run(&*tx)
        .await
        .expect("an agency");
        let sql = "INSERT INTO agency_closure (ancestor_id, descendant_id) \
                   SELECT ancestor_id, $1 FROM agency_closure WHERE descendant_id = $2";
        exec(&*tx, sql, vec![id.into(), parent.into()]).await.expect("closure");
        insert("agency_closure", &["ancestor_id", "descendant_id"])
            .row([id.into(), id.into()])
            .run(&*tx)
            .await
            .expect("closure");
        insert("settings", &["key", "value", "updated_at"])
            .row(["agencies.tree".into(), id.to_string().into(), 0i64.into()])
            .run_with(&*tx, "ON CONFLICT (key) DO UPDATE SET value = excluded.value")
            .await
            .expect("a new version of the tree");
        tx.commit().await.expect("commit");
        id
    }

    /// The agencies of a real province by its official code ("20" is Lạng Sơn: one that was not merged), with the places they serve and the central
    /// ones, of every time since 2020. About two seconds in a debug build; a test that needs a few names only makes them with [`TestApp::agency`].
    pub async fn province(&self, code: &str) {
        records::agencies::service::import_agencies(&self.app, &[code]).await.expect("a province");
    }

    /// The agency with this code ("p20/so-tu-phap"; see the definitions).
    pub async fn agency_by_code(&self, code: &str) -> Uuid {
        let row: Option<Identity> =
            one(self.app.db.read(), "SELECT id FROM agencies WHERE code = $1", vec![code.into()])
                .await
                .expect("a query");
        row.unwrap_or_else(|| panic!("no agency {code}")).id
    }

    /// The code of an agency.
    pub async fn code_of(&self, agency: Uuid) -> String {
        let row: Option<Code> = one(self.app.db.read(), "SELECT code FROM agencies WHERE id = $1", vec![agency.into()])
            .await
            .expect("a query");
        row.expect("an agency").code
    }

    /// A person with one role over an agency, signed in.
    pub async fn person(&self, login: &str, role: Role, agency: Uuid) -> Client {
        let hash = platform::secrets::hash_password(PASSWORD).await.expect("a hash");
        self.account(login, Some(hash), &[role], agency).await;
        let mut client = self.anonymous();
        client.sign_in(login, PASSWORD).await;
        client
    }

    /// The account of a person with these roles over an agency; its id. `hash` is of the password; without it nobody can sign in by one.
    pub async fn account(&self, login: &str, hash: Option<String>, roles: &[Role], agency: Uuid) -> Uuid {
        let user = service::NewUser {
            login,
            name: login,
            position: "Chuyên viên",
            email: "",
            phone: "",
            home: agency,
            password: hash,
            must_change: false,
        };
        let roles: Vec<_> = roles.iter().map(|role| (*role, agency)).collect();
        service::create_account(&self.app, &Permit::system(), user, &roles).await.expect("an account")
    }

    /// A published form, valid since 2020; its id.
    pub async fn form(&self, key: &str, name: &str, source: &str) -> Uuid {
        let id = new_id();
        let columns = ["id", "form_key", "version", "name", "code", "status", "state", "source"];
        let more = ["valid_from", "valid_to", "created_by", "created_at"];
        let tx = self.app.db.begin().await.expect("a transaction");
        insert("form_versions", &[&columns[..], &more[..]].concat())
            .row([
                id.into(),
                key.into(),
                1i64.into(),
                name.into(),
                "".into(),
                "official".into(),
                "published".into(),
                source.into(),
                20_200_101i64.into(),
                99_991_231i64.into(),
                new_id().into(),
                0i64.into(),
            ])
            .run(&*tx)
            .await
            .expect("a form");
        tx.commit().await.expect("commit");
        id
    }

    /// A browser without a session.
    pub fn anonymous(&self) -> Client {
        Client::new(platform::web::router(&self.app).expect("the site"))
    }

    /// Runs every due job.
    pub async fn run_jobs(&self) -> usize {
        jobs::run_due(&self.app).await.expect("jobs")
    }

    /// Brings what can be found up to date.
    pub async fn index(&self) {
        platform::search::catch_up(&self.app).await.expect("an index");
    }

    /// Files in the outbox, as text.
    pub fn mails(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.folder.path().join("outbox")) else { return Vec::new() };
        let mut mails: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "eml"))
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .collect();
        mails.sort();
        mails
    }

    /// Drops the database again; a test that forgets leaves it to the next `make test`.
    pub async fn end(self) {
        let Self { app, database, .. } = self;
        let db = app.db.clone();
        drop(app);
        db.close().await.ok();
        database.remove().await;
    }
}

/// A JPEG of this size that differs by `shade`.
pub fn photo(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let dot = |x: u32, y: u32| {
        let square = if (x / 8 + y / 8).is_multiple_of(2) { 235 } else { 20 };
        image::Rgb([square, shade, 90])
    };
    let mut out = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 90);
    image::RgbImage::from_fn(width, height, dot).write_with_encoder(encoder).expect("a photo");
    out
}
