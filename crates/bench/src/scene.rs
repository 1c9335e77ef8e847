//! A form of forty cells, its rounds of a year, people with sessions, what they send.

use std::sync::Arc;

use kernel::{Permit, Role, Uuid, new_id, periods::Rule};
use platform::secrets;
use store::{exec, insert};
use testkit::TestApp;
use work::reporting::service::{Opening, open_round};

/// Forty cells: thirty typed, three from activities, four sums, three ratios; six rules.
fn form() -> String {
    let mut toml = String::from(
        "key = \"do-tai\"\nversion = 1\nname = \"Biểu đo tải\"\nlegal_basis = \"Biểu của phép đo\"\nvalid_from = \"2020-01-01\"\n\
         status = \"official\"\nperiods = [\"thang-lich\"]\n\
         [[level]]\nkey = \"xa\"\nname = \"Xã\"\nwho = \"kind:commune\"\nto = \"tinh\"\ndue = \"+5\"\n\
         [[level]]\nkey = \"tinh\"\nname = \"Tỉnh\"\nwho = \"kind:province\"\nto = \"bo\"\ndue = \"+10\"\nfills = false\n\
         [[level]]\nkey = \"bo\"\nname = \"Trung ương\"\nwho = \"kind:department\"\n",
    );
    for n in 1..=30 {
        toml += &format!("[[cell]]\nkey = \"c{n}\"\nlabel = \"Chỉ tiêu {n}\"\nunit = \"Cuộc\"\ntype = \"count\"\n");
    }
    for (n, what) in (31..).zip(["activities", "turns", "women"]) {
        toml += &format!(
            "[[cell]]\nkey = \"c{n}\"\nlabel = \"Chỉ tiêu {n}\"\ntype = \"count\"\nfrom = {{ what = \"{what}\" }}\n"
        );
    }
    for n in 34..=37 {
        let first = (n - 34) * 7 + 1;
        toml += &format!(
            "[[cell]]\nkey = \"c{n}\"\nlabel = \"Cộng {n}\"\ntype = \"count\"\nformula = \"c{first} + c{} + c{}\"\n",
            first + 1,
            first + 2
        );
    }
    for n in 38..=40 {
        toml += &format!(
            "[[cell]]\nkey = \"c{n}\"\nlabel = \"Bình quân {n}\"\ntype = \"ratio\"\nratio = {{ numerator = \"c{}\", denominator = \"c{}\", scale = 1.0 }}\n",
            n - 37,
            n - 33
        );
    }
    for n in 1..=5 {
        toml += &format!(
            "[[rule]]\ncheck = \"c{} >= c{n} or c{n} > 0\"\nmessage = \"Chỉ tiêu {n} không hợp lý.\"\nseverity = \"error\"\n",
            n + 33
        );
    }
    toml + "[[rule]]\ncheck = \"c1 <= prev(c1) * 100 + 100000\"\nmessage = \"Chỉ tiêu 1 tăng bất thường.\"\nseverity = \"warn\"\n"
}

/// A person with these roles over an agency, signed in: the token of the session.
pub(crate) async fn signed_in(app: &TestApp, login: &str, roles: &[Role], agency: Uuid) -> String {
    let user = app.account(login, None, roles, agency).await;
    let token = secrets::token();
    let now = app.app.clock.now();
    let tx = app.app.db.begin().await.expect("a transaction");
    let columns =
        ["id", "token_hash", "user_id", "created_at", "seen_at", "expires_at", "second_factor", "address", "browser"];
    insert("sessions", &columns)
        .row([
            new_id().into(),
            secrets::sha256(token.as_bytes()).into(),
            user.into(),
            now.0.into(),
            now.0.into(),
            now.plus_seconds(86_400).0.into(),
            true.into(),
            "".into(),
            "".into(),
        ])
        .run(&*tx)
        .await
        .expect("a session");
    exec(&*tx, "UPDATE users SET state = 'active' WHERE id = $1", vec![user.into()]).await.expect("active");
    tx.commit().await.expect("commit");
    token
}

pub(crate) fn body(month: usize, key: &str, seed: usize) -> String {
    let mut values = serde_json::Map::new();
    for n in 1..=30usize {
        let value = match (seed + n) % 17 {
            0 => serde_json::json!("none"),
            1 => serde_json::json!("unassigned"),
            _ => serde_json::json!((seed * 31 + n * 7) % 900 + 1),
        };
        values.insert(format!("c{n}"), value);
    }
    // Nothing was done, says the list of activities; a person says so too.
    for n in 31..=33 {
        values.insert(format!("c{n}"), serde_json::json!("none"));
    }
    serde_json::json!({ "key": key, "form": "do-tai", "period": format!("2026-T{month:02}"), "do": "send", "values": values })
        .to_string()
}

/// One report to send.
pub(crate) struct Sending {
    pub(crate) token: Arc<str>,
    pub(crate) body: String,
}

/// An address that is free now.
pub(crate) fn free_address() -> String {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    socket.local_addr().expect("an address").to_string()
}

/// Opens the twelve rounds of the year.
pub(crate) async fn rounds(app: &TestApp, root: Uuid) -> Vec<Uuid> {
    let form_id = app.form("do-tai", "Biểu đo tải", &form()).await;
    let mut rounds = Vec::new();
    for month in 1..=12 {
        let opening = Opening {
            plan: None,
            form: form_id,
            owner: root,
            rule: Rule::CalendarMonth,
            period: format!("2026-T{month:02}"),
            estimate: false,
            on: None,
            compared: true,
            generated: true,
        };
        rounds.push(open_round(&app.app, &Permit::system(), opening).await.expect("a round"));
    }
    while app.run_jobs().await > 0 {}
    rounds
}
