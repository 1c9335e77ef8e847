//! An invitation list from a spreadsheet: which column is what, what each row means, what is wrong with it.

use std::collections::{HashMap, HashSet};

use kernel::{Role, Uuid, text};

use crate::agencies;

/// An agency that an account may be made for.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is called within its province.
    pub short: String,
    /// What it stands under.
    pub parent: String,
}

impl Place {
    /// Name and superior, unmistakable on screen.
    pub fn label(&self) -> String {
        if self.parent.is_empty() { self.name.clone() } else { format!("{} – {}", self.name, self.parent) }
    }
}

/// Agencies by everything they may be called in a form or a list.
#[derive(Debug, Default)]
pub struct Places {
    all: Vec<(Place, String)>,
    by_key: HashMap<String, Vec<usize>>,
    /// By what they are called within their province; asked when no full name fits.
    by_short: HashMap<String, Vec<usize>>,
}

impl Places {
    /// Of these agencies.
    pub fn new(places: Vec<Place>) -> Self {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let all: Vec<(Place, String)> =
            places.into_iter().map(|place| (text::fold(&place.name), place)).map(|(key, place)| (place, key)).collect();
        for (at, (place, folded)) in all.iter().enumerate() {
            for key in [folded.clone(), text::fold(&place.label()), format!("#{}", place.code.to_lowercase())] {
                let list = by_key.entry(key).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
        }
        let mut by_short: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (place, _)) in all.iter().enumerate().filter(|(_, (place, _))| !place.short.is_empty()) {
            by_short.entry(text::fold(&place.short)).or_default().push(at);
        }
        Self { all, by_key, by_short }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.all.iter().map(|(place, _)| place)
    }

    /// The agency with this id, code, name, name and superior, or name within its province.
    ///
    /// # Errors
    /// The nearest candidates, when there is none or more than one.
    pub fn find(&self, typed: &str) -> Result<&Place, Vec<&Place>> {
        if let Ok(id) = Uuid::parse_str(typed.trim()) {
            return self.iter().find(|place| place.id == id).ok_or_else(Vec::new);
        }
        let code = format!("#{}", typed.trim().to_lowercase());
        // "UBND xã …" is how people write "Ủy ban nhân dân xã …".
        let full = agencies::in_full(typed);
        let found = self.by_key.get(&code).or_else(|| self.by_key.get(&text::fold(typed)));
        let found = found.or_else(|| self.by_key.get(&text::fold(&full)));
        let found = found.or_else(|| self.by_short.get(&text::fold(typed)));
        match found.map(Vec::as_slice) {
            Some([only]) => self.all.get(*only).map(|(place, _)| place).ok_or_else(Vec::new),
            Some(several) => Err(several.iter().filter_map(|&at| Some(&self.all.get(at)?.0)).take(6).collect()),
            None => Err(self.nearest(&full)),
        }
    }

    fn nearest(&self, typed: &str) -> Vec<&Place> {
        let folded = text::fold(typed);
        let words: HashSet<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut scored: Vec<(usize, usize, &Place)> = self
            .all
            .iter()
            .filter_map(|(place, key)| {
                let theirs: HashSet<&str> = key.split(' ').collect();
                let common = words.intersection(&theirs).count();
                (common * 2 > words.len()).then_some((common, theirs.len(), place))
            })
            .collect();
        scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.name.cmp(&b.2.name)));
        scored.into_iter().take(6).map(|(_, _, place)| place).collect()
    }
}

/// Roles that may be given to many at once; administrators are made one by one.
pub const ROLES: [Role; 6] =
    [Role::Secretariat, Role::Leader, Role::FocalPoint, Role::Contributor, Role::Editor, Role::Viewer];

/// The role meant by these words.
pub fn role(typed: &str) -> Option<Role> {
    let folded = text::fold(typed);
    let also = match folded.as_str() {
        "can bo dau moi" | "dau moi pbgdpl" => Some(Role::FocalPoint),
        "nguoi ghi" | "chuyen vien" => Some(Role::Contributor),
        "bien tap" => Some(Role::Editor),
        "thu ky hoi dong" => Some(Role::Secretariat),
        "xem" => Some(Role::Viewer),
        _ => None,
    };
    also.or_else(|| Role::from_key(typed.trim()))
        .or_else(|| Role::ALL.into_iter().find(|role| text::fold(role.label()) == folded))
}

/// The columns, as headed in the sample sheet.
pub const HEADINGS: [&str; 6] = ["Họ tên", "Chức vụ", "Cơ quan", "Vai trò", "Email", "Điện thoại"];

/// One row as it stands in the file, in the order of [`HEADINGS`].
pub type Raw = [String; 6];

/// Rows of a sheet in our order of columns, with their line numbers; the heading row says which is which.
///
/// # Errors
/// What is missing, in words.
pub fn columns(rows: &[Vec<String>]) -> Result<Vec<(usize, Raw)>, String> {
    let known = |cell: &str| {
        let folded = text::fold(cell);
        let at = match folded.as_str() {
            "ho ten" | "ho va ten" | "ten" => 0,
            "chuc vu" | "chuc danh" => 1,
            "co quan" | "don vi" | "co quan don vi" => 2,
            "vai tro" => 3,
            "email" | "e mail" | "thu dien tu" => 4,
            "dien thoai" | "so dien thoai" | "dt" => 5,
            _ => return None,
        };
        Some(at)
    };
    let heading = rows.iter().take(10).position(|row| row.iter().filter(|cell| known(cell).is_some()).count() >= 3);
    let Some(heading) = heading else {
        return Err(format!("Không thấy dòng tiêu đề. Cần các cột: {}.", HEADINGS.join(", ")));
    };
    let places: Vec<Option<usize>> = rows.get(heading).into_iter().flatten().map(|cell| known(cell)).collect();
    for (at, title) in HEADINGS.iter().enumerate().filter(|(at, _)| matches!(at, 0 | 2 | 3)) {
        if !places.contains(&Some(at)) {
            return Err(format!("Thiếu cột “{title}”."));
        }
    }
    let mut out = Vec::new();
    for (line, row) in rows.iter().enumerate().skip(heading + 1) {
        let mut raw = Raw::default();
        for (cell, place) in row.iter().zip(&places) {
            if let Some(target) = place.and_then(|at| raw.get_mut(at)) {
                cell.trim().clone_into(target);
            }
        }
        if raw.iter().any(|cell| !cell.is_empty()) {
            out.push((line + 1, raw));
        }
    }
    Ok(out)
}

/// What a row comes to.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// An account can be made.
    Good {
        /// For which agency.
        agency: Uuid,
        /// As what.
        roles: Vec<Role>,
    },
    /// This person has an account there already.
    Known,
    /// Something is to be corrected.
    Bad(Vec<String>),
}

/// A row with its verdict.
#[derive(Debug, Clone)]
pub struct Row {
    /// Line in the file.
    pub line: usize,
    /// As it stands there.
    pub raw: Raw,
    /// What it comes to.
    pub verdict: Verdict,
    /// Agencies it may have meant, when none fits.
    pub candidates: Vec<Place>,
    /// Is the role not understood?
    pub role_unknown: bool,
}

/// A person who is there already: folded name and agency.
pub type KnownPerson = (String, Uuid);

/// Judges every row.
pub fn judge(rows: Vec<(usize, Raw)>, places: &Places, known: &HashSet<KnownPerson>) -> Vec<Row> {
    let mut seen: HashSet<KnownPerson> = HashSet::new();
    rows.into_iter().map(|(line, raw)| judge_row(line, raw, places, known, &mut seen)).collect()
}

fn judge_row(
    line: usize,
    raw: Raw,
    places: &Places,
    known: &HashSet<KnownPerson>,
    seen: &mut HashSet<KnownPerson>,
) -> Row {
    let mut faults = Vec::new();
    let [name, position, agency, role_text, email, phone] = &raw;
    if name.is_empty() {
        faults.push("Thiếu họ tên.".to_owned());
    }
    for (what, text, limit) in [("Họ tên", name, 120), ("Chức vụ", position, 200), ("Điện thoại", phone, 40)]
    {
        if text.chars().count() > limit {
            faults.push(format!("{what} dài quá {limit} ký tự."));
        }
    }
    if !email.is_empty() && !is_email(email) {
        faults.push(format!("Email “{email}” không hợp lệ."));
    }
    let (mut roles, mut role_unknown) = (Vec::new(), false);
    for part in role_text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()) {
        match role(part) {
            Some(Role::Administrator) => faults.push("Vai trò quản trị phải cấp riêng từng người.".to_owned()),
            Some(found) if !roles.contains(&found) => roles.push(found),
            Some(_) => {}
            None => {
                role_unknown = true;
                faults.push(format!("Không rõ vai trò “{part}”."));
            }
        }
    }
    if roles.is_empty() && faults.iter().all(|fault| !fault.contains("ai trò")) {
        role_unknown = true;
        faults.push("Thiếu vai trò.".to_owned());
    }
    let mut candidates = Vec::new();
    let place = match places.find(agency) {
        Ok(place) => Some(place),
        Err(near) => {
            let fault = if agency.is_empty() {
                "Thiếu cơ quan."
            } else {
                "Chưa khớp cơ quan nào trong phạm vi quản lý."
            };
            faults.push(fault.to_owned());
            candidates = near.into_iter().cloned().collect();
            None
        }
    };
    let person = place.map(|place| (text::fold(name), place.id));
    let verdict = match (faults.is_empty(), person) {
        (true, Some(person)) if known.contains(&person) => Verdict::Known,
        (true, Some(person)) => {
            let agency = person.1;
            if seen.insert(person) {
                Verdict::Good { agency, roles }
            } else {
                Verdict::Bad(vec!["Trùng với một dòng ở trên.".to_owned()])
            }
        }
        _ => Verdict::Bad(faults),
    };
    Row { line, raw, verdict, candidates, role_unknown }
}

/// Does it look like a mail address?
pub fn is_email(text: &str) -> bool {
    let (Some((user, host)), false) = (text.split_once('@'), text.contains(char::is_whitespace)) else { return false };
    !user.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && text.len() <= 200
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        let place = |code: &str, name: &str, parent: &str| Place {
            id: kernel::new_id(),
            code: code.into(),
            name: name.into(),
            short: name.trim_end_matches(" tỉnh Mẫu").into(),
            parent: parent.into(),
        };
        Places::new(vec![
            place("s01", "Sở Tư pháp tỉnh Mẫu", "UBND tỉnh"),
            place("x01", "UBND xã Suối Mây", "UBND tỉnh"),
            place("x02", "UBND xã Phiêng Lanh", "UBND tỉnh"),
            place("p1", "Phòng Tư pháp", "UBND huyện A"),
            place("p2", "Phòng Tư pháp", "UBND huyện B"),
            place("x03", "Ủy ban nhân dân phường Phan Đình Phùng", "UBND tỉnh"),
        ])
    }

    fn sheet(rows: &[[&str; 6]]) -> Vec<Vec<String>> {
        let mut out = vec![HEADINGS.map(str::to_owned).to_vec()];
        out.extend(rows.iter().map(|row| row.map(str::to_owned).to_vec()));
        out
    }

    #[test]
    fn agencies_are_found_by_name_code_and_superior() {
        let places = places();
        assert_eq!(places.find("ubnd xa suoi may").unwrap().code, "x01");
        assert_eq!(places.find("sở tư pháp").unwrap().code, "s01");
        assert_eq!(places.find("X02").unwrap().code, "x02");
        assert_eq!(places.find("Phòng Tư pháp – UBND huyện B").unwrap().code, "p2");
        assert_eq!(places.find("Phòng Tư pháp").unwrap_err().len(), 2);
        assert_eq!(places.find("xã Phiêng Lành").map_err(|near| near[0].code.clone()).unwrap_err(), "x02");
        assert_eq!(places.find("UBND phường Phan Đình Phùng").unwrap().code, "x03");
        assert!(places.find("").unwrap_err().is_empty());
    }

    #[test]
    fn every_row_gets_its_verdict() {
        let places = places();
        let inh = places.find("x01").unwrap().id;
        let known = HashSet::from([(text::fold("Lò Văn Inh"), inh)]);
        let rows = columns(&sheet(&[
            ["Hà Thị Nga", "Công chức", "UBND xã Suối Mây", "Đầu mối; Người xem", "nga@xa.vn", "0900000001"],
            ["Lò Văn Inh", "", "x01", "Đầu mối", "", ""],
            ["", "", "UBND xã Suối Mây", "Đầu mối", "", ""],
            ["Giàng A Chứ", "", "xã Phiêng Lành", "chuyên trách", "", ""],
            ["Bùi Quang Huy", "", "x02", "Quản trị hệ thống", "", ""],
            ["hà thị nga", "", "x01", "Đầu mối", "", ""],
        ]))
        .unwrap();
        let rows = judge(rows, &places, &known);
        assert!(matches!(&rows[0].verdict, Verdict::Good { roles, .. } if roles.len() == 2));
        assert!(matches!(rows[1].verdict, Verdict::Known));
        assert!(matches!(&rows[2].verdict, Verdict::Bad(faults) if faults == &["Thiếu họ tên."]));
        assert!(matches!(&rows[3].verdict, Verdict::Bad(faults) if faults.len() == 2));
        assert!(rows[3].role_unknown && rows[3].candidates.len() == 1 && rows[3].line == 5);
        assert!(matches!(&rows[4].verdict, Verdict::Bad(faults) if faults.len() == 1));
        assert!(matches!(rows[5].verdict, Verdict::Bad(_)));
    }

    #[test]
    fn a_sheet_without_the_needed_columns_is_refused() {
        assert!(columns(&[vec!["a".into()]]).is_err());
        let rows = [["Họ tên", "Cơ quan", "Email"].map(str::to_owned).to_vec()];
        assert!(columns(&rows).unwrap_err().contains("Vai trò"));
        assert!(is_email("a@b.vn") && !is_email("a@b") && !is_email("a b@c.vn"));
    }
}
