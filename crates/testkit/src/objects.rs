//! One real object of every kind that has an address of its own, all of them of one province: what the generated test of rights tries as strangers.
//!
//! A slice whose routes have a parameter adds its object to [`objects`] (or, when everybody signed in may open it, to [`OPEN`] in open.rs); the test names every
//! route that has neither.

use kernel::{Role, Uuid};
use store::{FromQueryResult, Value, one};

pub use crate::open::OPEN;

use crate::{
    Client, TestApp, papers,
    reports::{FORM, report},
};

/// An object of one province, as its addresses begin.
pub struct Object {
    /// Beginning of the routes it stands for: `/ke-hoach/{id}/nhiem-vu/{task}`.
    pub pattern: &'static str,
    /// A value for each parameter of the pattern.
    pub values: Vec<String>,
    /// Somebody who may open it.
    pub owner: Client,
}

impl Object {
    /// Does this route lead to an object of this kind?
    pub fn fits(&self, route: &str) -> bool {
        covers(self.pattern, route)
    }

    /// The route's address for this object, or, with other values, for another one.
    pub fn address(&self, route: &str, values: &[String]) -> String {
        let mut path = self.pattern.to_owned();
        for value in values {
            let (Some(begin), Some(end)) = (path.find('{'), path.find('}')) else { break };
            path.replace_range(begin..=end, value);
        }
        path + route.strip_prefix(self.pattern).unwrap_or_default()
    }
}

/// Is a route below a pattern, without a further parameter?
fn covers(pattern: &str, route: &str) -> bool {
    route.strip_prefix(pattern).is_some_and(|rest| (rest.is_empty() || rest.starts_with('/')) && !rest.contains('{'))
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

/// The first identifier that a query about one thing finds.
async fn find(app: &TestApp, what: &str, sql: &str, about: Value) -> String {
    let found: Option<Found> = one(app.app.db.read(), sql, vec![about]).await.expect("a query");
    found.unwrap_or_else(|| panic!("no {what} among the objects")).id.to_string()
}

/// The identifier in an address, after this beginning.
fn id_after(address: &str, beginning: &str) -> String {
    let rest = address.strip_prefix(beginning).unwrap_or_else(|| panic!("{address:?} does not begin with {beginning}"));
    rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned()
}

/// A province at work: its people's accounts, agencies, papers, plans, each once.
pub async fn objects(app: &TestApp) -> Vec<Object> {
    let committee = app.agency("Ủy ban nhân dân tỉnh Lạng Sơn", None).await;
    let justice = app.agency("Sở Tư pháp", Some(committee)).await;
    app.agency("Công an tỉnh", Some(committee)).await;
    app.agency("Sở Giáo dục và Đào tạo", Some(committee)).await;
    let admin = app.person("chu-nha-quan-tri", Role::Administrator, committee).await;
    let officer = app.person("chu-nha-thu-ky", Role::Secretariat, committee).await;
    let focal = app.person("chu-nha-dau-moi", Role::FocalPoint, justice).await;
    let focal_too = focal.clone();
    app.person("chu-nha-xem", Role::Viewer, justice).await;
    let mut all = Vec::new();
    all.extend(accounts(app, &admin, &officer).await);
    all.extend(agencies(app, &admin, justice).await);
    let (documents, confirmed) = documents(app, &officer).await;
    all.extend(documents);
    all.extend(plans(app, &officer, focal, justice, confirmed).await);
    all.push(form(&officer).await);
    all.extend(report(app, (&focal_too, &officer), justice).await);
    all.extend(activities(app, focal_too, justice).await);
    all.extend(publications(app, committee).await);
    all.extend(library(app, committee).await);
    all.extend(disclosures(app, &officer, committee).await);
    // Last, so that the agencies of a whole province are not in the way of the names above.
    all.push(locality(app).await);
    all
}

/// A change of a commune, recorded by the province around it.
async fn locality(app: &TestApp) -> Object {
    app.province("12").await;
    let mut owner = app.person("chu-nha-dia-ban", Role::Administrator, app.agency_by_code("p12/ubnd").await).await;
    let event = [
        ("loai", "thanh-lap"),
        ("ngay", "01/03/2026"),
        ("ten", "Xã Mẫu Sơn Thượng"),
        ("cap_tren", "Tỉnh Lai Châu"),
        ("can_cu", "Nghị quyết số 9/NQ-UBTVQH16 ngày 10/02/2026 của Ủy ban Thường vụ Quốc hội"),
        ("buoc", "ghi"),
    ];
    let event = id_after(owner.post("/dia-ban/su-kien", &event).await.expect(303).location(), "/dia-ban/su-kien/");
    Object { pattern: "/dia-ban/su-kien/{id}", values: vec![event], owner }
}

/// A photo, a file on its way, a collection, a package and an entry of the catalogue.
async fn library(app: &TestApp, committee: Uuid) -> Vec<Object> {
    let mut owner = app.person("chu-nha-thu-vien", Role::Editor, committee).await;
    let agency = committee.to_string();
    let said = [
        ("co_quan", agency.as_str()),
        ("tieu_de", "Ảnh mẫu"),
        ("mo_ta_anh", "Một tấm ảnh"),
        ("ban_quyen", "own"),
        ("ngon_ngu", "vi"),
    ];
    let photo = crate::photo(64, 48, 1);
    let item = owner.upload("/tu-lieu/moi", &said, &[("tep", "anh.jpg", &photo)]).await.expect(303);
    let item = id_after(item.location(), "/tu-lieu/");
    let begin = [("tus-resumable", "1.0.0"), ("upload-length", "10")];
    let upload = owner.ask("POST", "/tu-lieu/tai-len", &begin).await.expect(201);
    let upload = id_after(upload.location(), "/tu-lieu/tai-len/");
    let set = [("co_quan", agency.as_str()), ("ten", "Bộ mẫu")];
    owner.post("/tu-lieu/bo-suu-tap", &set).await.expect(303);
    let title: Value = "Bộ mẫu".into();
    let set = find(app, "collection", "SELECT id FROM media_collections WHERE title = $1", title).await;
    let package = [("co_quan", agency.as_str()), ("ten", "Gói mẫu"), ("noi_nhan", "Đài"), ("tu_lieu", item.as_str())];
    owner.post("/tu-lieu/goi", &package).await.expect(303);
    app.run_jobs().await;
    let package = find(app, "package", "SELECT id FROM media_packages WHERE title = $1", "Gói mẫu".into()).await;
    let entry = [("co_quan", agency.as_str()), ("loai", "model"), ("tieu_de", "Mô hình mẫu"), ("tom_tat", "Để thử.")];
    let entry = owner.post("/tu-lieu/mo-hinh/moi", &entry).await.expect(303);
    let entry = id_after(entry.location(), "/tu-lieu/mo-hinh/");
    let object = |pattern, value| Object { pattern, values: vec![value], owner: owner.clone() };
    vec![
        object("/tu-lieu/tai-len/{id}", upload),
        object("/tu-lieu/bo-suu-tap/{id}", set),
        object("/tu-lieu/goi/{id}", package),
        object("/tu-lieu/mo-hinh/{id}", entry),
        object("/tu-lieu/{id}", item),
    ]
}

async fn accounts(app: &TestApp, admin: &Client, officer: &Client) -> Vec<Object> {
    let user = find(app, "account", "SELECT id FROM users WHERE login = $1", "chu-nha-thu-ky".into()).await;
    let key: Value = Uuid::parse_str(&user).expect("an identifier").into();
    let holding = find(app, "role", "SELECT id FROM holdings WHERE user_id = $1", key.clone()).await;
    let sessions = "SELECT id FROM sessions WHERE user_id = $1";
    let session = find(app, "session", sessions, key).await;
    // Somebody whose session may be ended without anything else coming to an end.
    let viewer = find(app, "account", "SELECT id FROM users WHERE login = $1", "chu-nha-xem".into()).await;
    let theirs = find(app, "session", sessions, Uuid::parse_str(&viewer).expect("an identifier").into()).await;
    vec![
        Object { pattern: "/tai-khoan/{id}", values: vec![user.clone()], owner: admin.clone() },
        Object { pattern: "/tai-khoan/{id}/phien/{session}", values: vec![viewer, theirs], owner: admin.clone() },
        Object { pattern: "/tai-khoan/{id}/vai-tro/{holding}", values: vec![user, holding], owner: admin.clone() },
        Object { pattern: "/tai-khoan-cua-toi/phien/{id}", values: vec![session], owner: officer.clone() },
    ]
}

async fn agencies(app: &TestApp, admin: &Client, justice: Uuid) -> Vec<Object> {
    let mut owner = admin.clone();
    owner.post(&format!("/co-quan/{justice}/cach-goi"), &[("ten", "Cơ quan thường trực")]).await.expect(303);
    let alias = find(app, "alias", "SELECT id FROM agency_aliases WHERE agency_id = $1", justice.into()).await;
    let event = [
        ("loai", "thanh-lap"),
        ("ngay", "01/03/2026"),
        ("ten", "Sở Ngoại vụ tỉnh Lạng Sơn"),
        ("nhom", "department"),
        ("cap_tren", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("can_cu", "Nghị quyết số 01/NQ-HĐND ngày 10/02/2026 của Hội đồng nhân dân tỉnh"),
        ("buoc", "ghi"),
    ];
    let event = id_after(owner.post("/co-quan/su-kien", &event).await.expect(303).location(), "/co-quan/su-kien/");
    let object = |pattern, value| Object { pattern, values: vec![value], owner: admin.clone() };
    let council = council(app, &mut owner).await;
    vec![
        object("/co-quan/{id}", justice.to_string()),
        object("/co-quan/thanh-vien/{id}", council),
        object("/co-quan/cach-goi/{id}", alias),
        object("/co-quan/su-kien/{id}", event),
    ]
}

/// A member of the province's council.
async fn council(app: &TestApp, owner: &mut Client) -> String {
    let event = [
        ("loai", "thanh-lap"),
        ("ngay", "01/03/2026"),
        ("ten", "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh Lạng Sơn"),
        ("nhom", "council"),
        ("cap_tren", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("can_cu", "Quyết định số 77/QĐ-UBND ngày 20/02/2026 của Chủ tịch Ủy ban nhân dân tỉnh"),
        ("buoc", "ghi"),
    ];
    owner.post("/co-quan/su-kien", &event).await.expect(303);
    let council = find(app, "council", "SELECT id FROM agencies WHERE kind = $1", "council".into()).await;
    let member = [
        ("nguoi", "Nguyễn Thị Mẫu"),
        ("co_quan", "Sở Tư pháp"),
        ("chuc_vu", "Giám đốc"),
        ("tu_cach", "Phó Chủ tịch Thường trực"),
        ("tu_ngay", "01/03/2026"),
        ("can_cu", "Quyết định số 77/QĐ-UBND ngày 20/02/2026 của Chủ tịch Ủy ban nhân dân tỉnh"),
    ];
    owner.post(&format!("/co-quan/{council}/thanh-vien"), &member).await.expect(303);
    find(app, "member", "SELECT id FROM council_members WHERE person = $1", "Nguyễn Thị Mẫu".into()).await
}

/// A draft with a task and an agency named in it, and a confirmed paper; the confirmed one.
async fn documents(app: &TestApp, officer: &Client) -> (Vec<Object>, Uuid) {
    let mut owner = officer.clone();
    let mut ids = Vec::new();
    for number in ["12/KH-UBND", "13/KH-UBND"] {
        let text = papers::plan_like(number, "ngày 15 tháng 01 năm 2026", "Công tác pháp chế năm 2026");
        let answer = owner.upload("/van-ban/tai-len", &[], &[("files", "ke-hoach.txt", text.as_bytes())]).await;
        ids.push(id_after(answer.expect(303).location(), "/van-ban/"));
    }
    let (confirmed, draft) = (ids.remove(0), ids.remove(0));
    let confirm = [("blanks", "1"), ("mode", "in_force"), ("audience", "internal")];
    owner.post(&format!("/van-ban/{confirmed}/xac-nhan"), &confirm).await.expect(303);
    app.run_jobs().await;
    let key: Value = Uuid::parse_str(&draft).expect("an identifier").into();
    let task = find(app, "task", "SELECT id FROM document_tasks WHERE document_id = $1", key.clone()).await;
    let party = find(app, "named agency", "SELECT id FROM document_parties WHERE document_id = $1", key).await;
    let object = |pattern, values| Object { pattern, values, owner: officer.clone() };
    let objects = vec![
        object("/van-ban/{id}", vec![draft.clone()]),
        object("/van-ban/{id}", vec![confirmed.clone()]),
        object("/van-ban/{id}/nhiem-vu/{task}", vec![draft.clone(), task]),
        object("/van-ban/{id}/ben/{party}", vec![draft, party]),
    ];
    (objects, Uuid::parse_str(&confirmed).expect("an identifier"))
}

/// The plan of a confirmed paper, a task, an obligation of the department with a report, its evidence and a question about time.
async fn plans(app: &TestApp, officer: &Client, mut focal: Client, justice: Uuid, document: Uuid) -> Vec<Object> {
    let plan = find(app, "plan", "SELECT id FROM plans WHERE document_id = $1", document.into()).await;
    let key: Value = Uuid::parse_str(&plan).expect("an identifier").into();
    let task = find(app, "plan's task", "SELECT id FROM plan_tasks WHERE plan_id = $1", key).await;
    let sql =
        "SELECT id FROM obligations WHERE agency_id = $1 AND role = 'lead' AND state = 'new' ORDER BY due_date, id";
    let duty = find(app, "obligation", sql, justice.into()).await;
    let fields = [("phien_ban", "0"), ("phan_tram", "10"), ("ket_qua", "Đã mở ba lớp"), ("xong", "0")];
    let path = format!("/nghia-vu/{duty}");
    focal
        .upload(&format!("{path}/bao-cao"), &fields, &[("tep", "bien-ban.txt", b"Bi\xc3\xaan b\xe1\xba\xa3n")])
        .await
        .expect(303);
    focal.post(&format!("{path}/gia-han"), &[("den_ngay", "15/12/2027"), ("ly_do", "Mưa lũ")]).await.expect(303);
    let key: Value = Uuid::parse_str(&duty).expect("an identifier").into();
    let evidence = find(app, "evidence", "SELECT id FROM evidence WHERE obligation_id = $1", key.clone()).await;
    let request = find(app, "request", "SELECT id FROM obligation_requests WHERE obligation_id = $1", key).await;
    let object = |pattern, values| Object { pattern, values, owner: officer.clone() };
    vec![
        object("/ke-hoach/{id}", vec![plan.clone()]),
        object("/ke-hoach/{id}/nhiem-vu/{task}", vec![plan, task]),
        Object { pattern: "/nghia-vu/{id}", values: vec![duty], owner: focal },
        object("/de-nghi/{id}", vec![request]),
        object("/minh-chung/{id}", vec![evidence]),
    ]
}

/// The draft of a form.
async fn form(officer: &Client) -> Object {
    let mut owner = officer.clone();
    let answer = owner.upload("/bieu-mau/tai-len", &[("noi_dung", FORM)], &[]).await.expect(303);
    Object { pattern: "/bieu-mau/{id}", values: vec![id_after(answer.location(), "/bieu-mau/")], owner }
}

/// A draft of the newsroom and a special section.
async fn publications(app: &TestApp, committee: Uuid) -> Vec<Object> {
    let mut owner = app.person("chu-nha-bien-tap", Role::Editor, committee).await;
    let agency = committee.to_string();
    let fields = [("co_quan", agency.as_str()), ("loai", "article"), ("tieu_de", "Ra quân hưởng ứng Ngày Pháp luật")];
    let draft = id_after(owner.post("/toa-soan/moi", &fields).await.expect(303).location(), "/toa-soan/");
    let fields = [("co_quan", agency.as_str()), ("ten", "Ngày Pháp luật 9/11")];
    owner.post("/toa-soan/chuyen-muc", &fields).await.expect(303);
    let section = find(app, "section", "SELECT id FROM sections WHERE agency_id = $1", committee.into()).await;
    vec![
        Object { pattern: "/toa-soan/{id}", values: vec![draft], owner: owner.clone() },
        Object { pattern: "/toa-soan/chuyen-muc/{id}", values: vec![section], owner },
    ]
}

/// An entry of the list of what is public, and a citizen's request.
async fn disclosures(app: &TestApp, officer: &Client, committee: Uuid) -> Vec<Object> {
    let mut owner = officer.clone();
    let agency = committee.to_string();
    let fields =
        [("co_quan", agency.as_str()), ("loai", "thue-phi"), ("ten", "Mức thu phí"), ("trang_thai", "planned")];
    owner.post("/tiep-can-thong-tin/moi", &fields).await.expect(303);
    let entry = find(app, "entry", "SELECT id FROM disclosures WHERE agency_id = $1", committee.into()).await;
    let fields = [
        ("co_quan", agency.as_str()),
        ("ho_ten", "Nông Thị Mẫu"),
        ("lien_he", "mau@vi-du.vn"),
        ("dia_chi", "Bản Mẫu"),
        ("noi_dung", "Quy hoạch chợ"),
        ("cach", "mang"),
    ];
    app.anonymous().post("/cong-khai-thong-tin/yeu-cau", &fields).await.expect(200);
    let request = find(app, "request", "SELECT id FROM info_requests WHERE agency_id = $1", committee.into()).await;
    vec![
        Object { pattern: "/tiep-can-thong-tin/muc/{id}", values: vec![entry], owner: owner.clone() },
        Object { pattern: "/tiep-can-thong-tin/yeu-cau/{id}", values: vec![request], owner },
    ]
}

/// An activity with a file.
async fn activities(app: &TestApp, mut owner: Client, agency: Uuid) -> Vec<Object> {
    let agency = agency.to_string();
    let fields = [
        ("co_quan", agency.as_str()),
        ("loai", "hoi-nghi"),
        ("ten", "Hội nghị giới thiệu luật mới"),
        ("ngay", "02/11/2026"),
        ("luot", "20"),
    ];
    let activity = id_after(owner.post("/hoat-dong/moi", &fields).await.expect(303).location(), "/hoat-dong/");
    let path = format!("/hoat-dong/{activity}");
    owner.upload(&format!("{path}/tep"), &[], &[("tep", "bien-ban.txt", b"bien ban")]).await.expect(303);
    let key: Value = Uuid::parse_str(&activity).expect("an identifier").into();
    let file = find(app, "file", "SELECT id FROM activity_files WHERE activity_id = $1", key).await;
    vec![
        Object { pattern: "/hoat-dong/{id}", values: vec![activity], owner: owner.clone() },
        Object { pattern: "/tep-hoat-dong/{id}", values: vec![file], owner },
    ]
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_pattern_covers_what_is_below_it_without_a_further_parameter() {
        assert!(covers("/a/{id}", "/a/{id}"));
        assert!(covers("/a/{id}", "/a/{id}/sua"));
        assert!(!covers("/a/{id}", "/a/{id}/b/{other}"));
        assert!(!covers("/a/{id}", "/ab/{id}"));
    }
}
