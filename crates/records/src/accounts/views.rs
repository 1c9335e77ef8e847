//! What the templates of the accounts slice receive.

use kernel::{Role, Timestamp, Uuid};

use super::{
    model::{
        State,
        import::{Row, Verdict},
    },
    store::{OpenSession, holdings::HoldingRow, users::UserRow},
};

/// A choice in a list.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Value sent.
    pub key: &'static str,
    /// Vietnamese text.
    pub label: &'static str,
    /// Chosen?
    pub on: bool,
}

/// All roles, one of them chosen.
pub fn roles(chosen: &str) -> Vec<Choice> {
    Role::ALL.iter().map(|role| Choice { key: role.key(), label: role.label(), on: role.key() == chosen }).collect()
}

/// A line of the list of accounts.
#[derive(Debug)]
pub struct Line {
    /// Which.
    pub id: Uuid,
    /// Full name.
    pub name: String,
    /// Login name.
    pub login: String,
    /// Position.
    pub position: String,
    /// Home agency.
    pub agency: String,
    /// Roles held today, as one line.
    pub roles: String,
    /// The state as a pill.
    pub pill: Pill,
    /// Last signed in, or nothing.
    pub seen: String,
    /// Waits for a slip?
    pub invited: bool,
}

/// A pill: class and Vietnamese text.
#[derive(Debug, Clone, Copy)]
pub struct Pill {
    /// Class.
    pub class: &'static str,
    /// Text.
    pub text: &'static str,
}

/// The state of an account as a pill.
pub fn pill(user: &UserRow, now: Timestamp) -> Pill {
    match State::from_key(&user.state) {
        State::Active if user.locked_until > now.0 => Pill { class: "late", text: "tạm khóa" },
        State::Active => Pill { class: "done", text: State::Active.label() },
        State::Invited => Pill { class: "soon", text: State::Invited.label() },
        State::Disabled => Pill { class: "late", text: State::Disabled.label() },
    }
}

/// When the person was last seen, or nothing before the first time.
pub fn seen(user: &UserRow) -> String {
    if user.seen_at == user.created_at { String::new() } else { Timestamp(user.seen_at).display() }
}

impl Line {
    /// Of an account and the roles of everybody on the page.
    pub fn new(user: UserRow, held: &[HoldingRow], now: Timestamp, today: i64) -> Self {
        let mut roles: Vec<String> = Vec::new();
        for held in held.iter().filter(|held| held.user_id == user.id && !held.ended(today) && held.valid_from <= today)
        {
            let text = if held.agency_id == user.home_agency {
                held.label().to_owned()
            } else {
                format!("{} ({})", held.label(), held.agency_name)
            };
            if !roles.contains(&text) {
                roles.push(text);
            }
        }
        Self {
            pill: pill(&user, now),
            seen: seen(&user),
            invited: State::from_key(&user.state) == State::Invited,
            id: user.id,
            name: user.name,
            login: user.login,
            position: user.position,
            agency: user.agency_name,
            roles: roles.join(", "),
        }
    }
}

/// A line of the check page of an invitation list.
#[derive(Debug)]
pub struct Checked {
    /// Line in the file.
    pub line: usize,
    /// Full name.
    pub name: String,
    /// Agency as written.
    pub agency: String,
    /// Role as written.
    pub role: String,
    /// The outcome as a pill.
    pub pill: Pill,
    /// What is wrong.
    pub faults: Vec<String>,
    /// Agencies it may have meant: id and name.
    pub candidates: Vec<(Uuid, String)>,
    /// Choose a role here?
    pub choose_role: bool,
}

impl Checked {
    /// Of a judged row.
    pub fn new(row: &Row) -> Self {
        let [name, _, agency, role, ..] = &row.raw;
        let (pill, faults) = match &row.verdict {
            Verdict::Good { .. } => (Pill { class: "done", text: "đạt" }, Vec::new()),
            Verdict::Known => (Pill { class: "plain", text: "đã có tài khoản" }, Vec::new()),
            Verdict::Bad(faults) => (Pill { class: "soon", text: "cần sửa" }, faults.clone()),
        };
        Self {
            line: row.line,
            name: name.clone(),
            agency: agency.clone(),
            role: role.clone(),
            pill,
            faults,
            candidates: row.candidates.iter().map(|place| (place.id, place.label())).collect(),
            choose_role: row.role_unknown,
        }
    }
}

/// A session in a list.
#[derive(Debug)]
pub struct SessionLine {
    /// Which.
    pub id: Uuid,
    /// Browser and system, in words.
    pub browser: String,
    /// Address.
    pub address: String,
    /// Since.
    pub since: String,
    /// Last used.
    pub seen: String,
    /// The one that is looking?
    pub this: bool,
}

impl SessionLine {
    /// Of an open session; `this` is the one that is looking.
    pub fn new(open: &OpenSession, this: Option<Uuid>) -> Self {
        Self {
            id: open.id,
            browser: browser(&open.browser),
            address: open.address.clone(),
            since: Timestamp(open.created_at).display(),
            seen: Timestamp(open.seen_at).display(),
            this: this == Some(open.id),
        }
    }
}

/// "Chrome, Windows" of what a browser calls itself.
fn browser(agent: &str) -> String {
    let first = |table: &[(&str, &'static str)]| table.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, n)| *n);
    let name = first(&[
        ("Edg/", "Edge"),
        ("coc_coc", "Cốc Cốc"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Trình duyệt không rõ".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(browser(edge), "Edge, Windows");
        assert_eq!(browser(""), "Trình duyệt không rõ");
    }
}
