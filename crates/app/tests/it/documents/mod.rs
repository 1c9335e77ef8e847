//! Documents over HTTP.

mod confirm;
mod forms;
mod read;
mod review;
mod search;
mod upload;

use kernel::{Role, Uuid};
use store::{FromQueryResult, all};
use testkit::{Client, TestApp, papers};

/// A province's agencies, and an officer of its Department of Justice.
pub(super) struct Office {
    pub app: TestApp,
    pub officer: Client,
    pub committee: Uuid,
    pub justice: Uuid,
    pub police: Uuid,
}

impl Office {
    /// On an empty register.
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let committee = app.agency("Ủy ban nhân dân tỉnh Lạng Sơn", None).await;
        let justice = app.agency("Sở Tư pháp", Some(committee)).await;
        let police = app.agency("Công an tỉnh", None).await;
        app.agency("Sở Giáo dục và Đào tạo", Some(committee)).await;
        let officer = app.person("thu-ky", Role::Secretariat, committee).await;
        Self { app, officer, committee, justice, police }
    }

    /// In a real province, with all its agencies since 2020.
    pub async fn province() -> Self {
        let app = TestApp::new().await;
        app.province("20").await;
        let committee = app.agency_by_code("p20/ubnd").await;
        let justice = app.agency_by_code("p20/so-tu-phap").await;
        let police = app.agency_by_code("p20/cong-an").await;
        let officer = app.person("thu-ky", Role::Secretariat, committee).await;
        Self { app, officer, committee, justice, police }
    }

    /// Sends a file as the form does.
    pub async fn send(&mut self, name: &str, bytes: &[u8]) -> testkit::Answer {
        self.officer.upload("/van-ban/tai-len", &[], &[("files", name, bytes)]).await
    }

    /// A draft of the plan; its address.
    pub async fn draft(&mut self, text: &str) -> String {
        let answer = self.send("ke-hoach.txt", text.as_bytes()).await.expect(303);
        answer.location().trim_end_matches("/ra-soat").to_owned()
    }

    /// A confirmed document; its address.
    pub async fn confirmed(&mut self, text: &str, fields: &[(&str, &str)]) -> String {
        let path = self.draft(text).await;
        let mut form = vec![("blanks", "1")];
        if !fields.iter().any(|(name, _)| *name == "mode") {
            form.push(("mode", "in_force"));
        }
        form.extend_from_slice(fields);
        self.officer.post(&format!("{path}/xac-nhan"), &form).await.expect(303);
        path
    }

    /// Its tasks: id, address in the paper, text, state.
    pub async fn tasks(&self, path: &str) -> Vec<TaskRow> {
        let sql = "SELECT id, anchor, body, state, deadline_kind, deadline_value FROM document_tasks \
                   WHERE document_id = $1 ORDER BY position";
        all(self.app.app.db.read(), sql, vec![id(path).into()]).await.expect("tasks")
    }

    /// A number from the database.
    pub async fn count(&self, sql: &str) -> i64 {
        store::scalar(self.app.app.db.read(), sql, vec![]).await.expect("a count")
    }
}

/// A task as stored.
#[derive(Debug, FromQueryResult)]
pub(super) struct TaskRow {
    pub id: Uuid,
    pub anchor: String,
    pub body: String,
    pub state: String,
    pub deadline_kind: String,
    pub deadline_value: String,
}

/// The document of an address.
pub(super) fn id(path: &str) -> Uuid {
    let text = path.trim_start_matches("/van-ban/").split('/').next().unwrap_or_default();
    Uuid::parse_str(text).expect("an identifier")
}

/// The invented plan.
pub(super) fn plan() -> String {
    papers::plan()
}
