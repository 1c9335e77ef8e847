//! From draft to confirmed, and after.

use records::documents::{Mode, PartyRole, Target, confirmed};

use super::{Office, id, plan};

#[tokio::test]
async fn a_confirmed_document_gives_its_tasks_to_others_and_never_changes() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let form = format!("{path}/xac-nhan");
    office.officer.get(&form).await.expect(200).says("Những chỗ còn thiếu").says("Văn phòng Điều phối");
    office.officer.post(&form, &[("mode", "in_force")]).await.expect(422).says("Hãy bổ sung những chỗ còn thiếu");
    office.officer.post(&form, &[("blanks", "1")]).await.expect(422).says("hồ sơ lịch sử hay còn hiệu lực");
    confirmed(office.app.app.db.read(), id(&path)).await.expect_err("still a draft");
    let fields = [("mode", "in_force"), ("blanks", "1"), ("audience", "internal")];
    office.officer.post(&form, &fields).await.expect(303);

    let given = confirmed(office.app.app.db.read(), id(&path)).await.expect("a confirmed document");
    assert_eq!((given.number.as_str(), given.kind.as_str()), ("12/KH-UBND", "Kế hoạch"));
    assert_eq!((given.mode, given.owner_agency), (Mode::InForce, office.committee));
    let contest = given.tasks.iter().find(|task| task.text.contains("cuộc thi")).expect("a task");
    assert_eq!(contest.deadline.value.as_deref(), Some("2026-Q3"));
    let lead = contest.parties.iter().find(|party| party.role == PartyRole::Lead).expect("a lead");
    assert_eq!((lead.text.as_str(), &lead.target), ("Sở Tư pháp", &Target::Agency(office.justice)));
    assert_eq!(office.count("SELECT COUNT(*) FROM jobs WHERE kind = 'documents.confirmed'").await, 1);
    assert_eq!(office.count("SELECT COUNT(*) FROM audit WHERE action = 'documents.confirm'").await, 1);

    let task = office.tasks(&path).await.remove(0);
    for action in ["nhan", "bo", "gop", "mo-lai"] {
        office.officer.post(&format!("{path}/nhiem-vu/{}/{action}", task.id), &[]).await.expect(409);
    }
    office.officer.post(&format!("{path}/thong-tin"), &[("number", "1/KH-UBND")]).await.expect(409);
    office.officer.post(&format!("{path}/bo"), &[]).await.expect(409);
    office.officer.post(&form, &fields).await.expect(409);
    assert_eq!(confirmed(office.app.app.db.read(), id(&path)).await.expect("unchanged"), given);
    office.app.end().await;
}

#[tokio::test]
async fn a_correction_is_a_new_version_and_the_old_one_stays_readable() {
    let mut office = Office::new().await;
    let path = office.confirmed(&plan(), &[]).await;
    let copy = office.officer.post(&format!("{path}/dinh-chinh"), &[]).await.expect(303).location().to_owned();
    let again = office.officer.post(&format!("{path}/dinh-chinh"), &[]).await.expect(303).location().to_owned();
    assert_eq!(copy, again, "one correction at a time");
    let copy = copy.trim_end_matches("/ra-soat").to_owned();
    let task = office.tasks(&copy).await.remove(0);
    office.officer.post(&format!("{copy}/nhiem-vu/{}/bo", task.id), &[]).await.expect(303);
    office.officer.post(&format!("{copy}/xac-nhan"), &[("mode", "in_force"), ("blanks", "1")]).await.expect(303);
    let db = office.app.app.db.read();
    let (old, new) = (confirmed(db, id(&path)).await.expect("old"), confirmed(db, id(&copy)).await.expect("new"));
    assert_eq!(new.corrects, Some(id(&path)));
    assert_eq!(new.tasks.len() + 1, old.tasks.len());
    office.officer.get(&path).await.expect(200).says("đã có bản đính chính");
    office.officer.get(&format!("{copy}?muc=phien-ban")).await.expect(200).says(&path).says("mở bản đính chính");
    office.app.end().await;
}

#[tokio::test]
async fn a_paper_of_the_past_is_history_or_its_ended_bodies_get_heirs() {
    let mut office = Office::province().await;
    let old = testkit::papers::plan_like("31/KH-UBND", "ngày 10 tháng 02 năm 2021", "Kế hoạch của năm 2021")
        .replace("Văn phòng Điều phối tài liệu cơ sở", "UBND các huyện, thành phố")
        .replace("Cơ quan chủ trì: Công an tỉnh", "Cơ quan chủ trì: Sở Thông tin và Truyền thông");
    let path = office.draft(&old).await;
    let form = format!("{path}/xac-nhan");
    let page = office.officer.get(&form).await.expect(200);
    let page = page.says("ai tiếp nhận").says("UBND các huyện, thành phố").says("Sở Thông tin và Truyền thông").text();
    // In force: each needs an heir and a basis.
    let base = [("mode", "in_force"), ("blanks", "1")];
    office.officer.post(&form, &base).await.expect(422).says("Hãy chọn nơi tiếp nhận");
    let sources = sources(&page);
    let mut fields: Vec<(&str, &str)> = base.to_vec();
    let justice = format!("agency:{}", office.app.agency_by_code("p20/so-tu-phap").await);
    for source in &sources {
        let heir = if source.contains("each:") { "each:ubnd@commune" } else { justice.as_str() };
        fields.extend([("source", source.as_str()), ("heir", heir), ("basis", "Nghị quyết số 1/NQ ngày 01/7/2025")]);
    }
    // An agency that is no heir is no choice: take the one that the page offers.
    let answer = office.officer.post(&form, &fields).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    let given = confirmed(office.app.app.db.read(), id(&path)).await.expect("a confirmed document");
    let targets: Vec<&Target> = given.tasks.iter().flat_map(|task| &task.parties).map(|party| &party.target).collect();
    let communes = |target: &&&Target| matches!(target, Target::Class { key, .. } if key == "each:ubnd@commune");
    assert!(targets.iter().any(|target| communes(&target)), "{targets:?}");
    office.officer.get(&path).await.expect(200).says("Nghị quyết số 1/NQ ngày 01/7/2025");
    assert!(office.count("SELECT COUNT(*) FROM document_heirs").await >= 2);
    office.app.end().await;
}

/// The bodies that are no more, as the form names them.
fn sources(page: &str) -> Vec<String> {
    let named = page.split("name=\"source\" value=\"").skip(1);
    named.map(|rest| rest.split('"').next().unwrap_or_default().replace("&#58;", ":")).collect()
}

/// What the page of confirming says that will be made, "12 lượt giao nhiệm vụ cho 3 cơ quan": duties and agencies.
fn told(page: &str) -> (String, String) {
    let rest = page.split("id=\"se-tao\"").nth(1).expect("a forecast");
    let rest = rest.split("</span>").next().unwrap_or_default();
    let number = |behind: &str| {
        rest.split(behind).next().and_then(|head| head.split(' ').next_back()).map(|it| it.replace('.', ""))
    };
    (number(" lượt giao nhiệm vụ cho").expect("duties"), number(" cơ quan, đơn vị").expect("agencies"))
}

impl Office {
    /// Duties made of a document and agencies that have any.
    async fn made(&self, path: &str) -> (String, String) {
        let from = "FROM obligations o JOIN plans p ON p.id = o.plan_id WHERE p.document_id = $1 AND (o.mark <> 'past' OR p.mode = 'history')";
        let count = async |what: &str| -> i64 {
            let sql = format!("SELECT COUNT({what}) {from}");
            store::scalar(self.app.app.db.read(), &sql, vec![id(path).into()]).await.expect("a count")
        };
        (count("*").await.to_string(), count("DISTINCT o.agency_id").await.to_string())
    }
}

#[tokio::test]
async fn the_page_tells_beforehand_what_confirming_makes() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let page = office.officer.get(&format!("{path}/xac-nhan")).await.expect(200).text();
    assert!(!page.contains("khoảng"), "a plan of this year is counted to its end");
    let (duties, agencies) = told(&page);
    assert!(page.contains(" nhiệm vụ để tra cứu."), "history is told, too");
    office.officer.post(&format!("{path}/xac-nhan"), &[("mode", "in_force"), ("blanks", "1")]).await.expect(303);
    office.app.run_jobs().await;
    assert_eq!((duties, agencies), office.made(&path).await);

    let later = testkit::papers::plan_like("31/KH-UBND", "ngày 10 tháng 02 năm 2026", "Kế hoạch giai đoạn 2026 - 2030");
    let path = office.draft(&later).await;
    let page = office.officer.get(&format!("{path}/xac-nhan")).await.expect(200);
    page.says("Giao việc từ hôm nay: khoảng").says("Tính các kỳ đến hết năm 2027");
    office.app.end().await;
}

#[tokio::test]
async fn everything_missing_about_heirs_is_told_at_once_and_what_is_chosen_counts() {
    let mut office = Office::province().await;
    let old = testkit::papers::plan_like("31/KH-UBND", "ngày 10 tháng 02 năm 2021", "Kế hoạch 2021 - 2027")
        .replace("Văn phòng Điều phối tài liệu cơ sở", "UBND các huyện, thành phố")
        .replace("Cơ quan chủ trì: Công an tỉnh", "Cơ quan chủ trì: Phòng Tư pháp các huyện, thành phố")
        .replace("Sở Giáo dục và Đào tạo", "Sở Thông tin và Truyền thông");
    let path = office.draft(&old).await;
    let form = format!("{path}/xac-nhan");
    let page = office.officer.get(&form).await.expect(200);
    let page = page.says("đã kết thúc ngày 30/06/2025").says("đã kết thúc ngày 28/02/2025").says("Căn cứ chung");
    let page = page.says("Chưa tính 3 cơ quan").text();
    let sources = sources(&page);
    let mut fields = vec![("audience", "internal"), ("mode", "in_force"), ("blanks", "1")];
    fields.extend(sources.iter().flat_map(|source| [("source", source.as_str()), ("heir", ""), ("basis", "")]));
    let answer = office.officer.post(&form, &fields).await.expect(422);
    let text = answer.text();
    let beside = text.matches("data-field=\"validation\"").count();
    assert_eq!((beside, sources.len()), (3, 3), "one message beside each row");

    let justice = format!("agency:{}", office.app.agency_by_code("p20/so-tu-phap").await);
    let mut fields = vec![("audience", "internal"), ("mode", "in_force"), ("blanks", "1")];
    for source in &sources {
        let heir = if source.contains("ubnd@district") { "each:ubnd@commune" } else { justice.as_str() };
        fields.extend([("source", source.as_str()), ("heir", heir), ("basis", "")]);
    }
    fields.push(("basis_all", "Nghị quyết số 1/NQ"));
    // The form comes back for another reason, and tells what the choice makes.
    let open: Vec<(&str, &str)> = fields.iter().copied().filter(|(name, _)| *name != "blanks").collect();
    let page = office.officer.post(&form, &open).await.expect(422).text();
    assert!(!page.contains("Chưa tính"), "nobody is left to choose");
    let chosen = told(&page);
    office.officer.post(&form, &fields).await.expect(303);
    office.app.run_jobs().await;
    assert_eq!(chosen, office.made(&path).await);
    let heirs = "SELECT COUNT(*) FROM document_heirs WHERE basis = 'Nghị quyết số 1/NQ'";
    assert_eq!(office.count(heirs).await, 3, "the common basis");
    office.app.end().await;
}

#[tokio::test]
async fn history_needs_no_heirs_and_keeps_the_bodies_of_its_time() {
    let mut office = Office::province().await;
    let old = testkit::papers::plan_like("31/KH-UBND", "ngày 10 tháng 02 năm 2021", "Kế hoạch của năm 2021")
        .replace("Văn phòng Điều phối tài liệu cơ sở", "UBND các huyện, thành phố");
    let path = office.confirmed(&old, &[("mode", "history")]).await;
    let given = confirmed(office.app.app.db.read(), id(&path)).await.expect("a confirmed document");
    assert_eq!(given.mode, Mode::History);
    let parties = given.tasks.iter().flat_map(|task| &task.parties);
    let districts = |target: &Target| matches!(target, Target::Class { key, .. } if key.contains("@district"));
    assert!(parties.into_iter().any(|party| districts(&party.target)));
    assert_eq!(office.count("SELECT COUNT(*) FROM document_heirs").await, 0);
    office.app.end().await;
}

#[tokio::test]
async fn a_plan_that_replaces_another_says_so() {
    let mut office = Office::new().await;
    let old = office.confirmed(&plan(), &[]).await;
    let text = testkit::papers::plan_like("40/KH-UBND", "ngày 01 tháng 6 năm 2026", "Kế hoạch điều chỉnh").replace(
        "I. MỤC ĐÍCH, YÊU CẦU",
        "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 15/01/2026 của Ủy ban nhân dân tỉnh.\n\nI. MỤC ĐÍCH, YÊU CẦU",
    );
    let path = office.draft(&text).await;
    office.officer.get(&format!("{path}/xac-nhan")).await.expect(200).says("12/KH-UBND");
    let old_id = id(&old).to_string();
    let fields = [("mode", "in_force"), ("blanks", "1"), ("amends", old_id.as_str()), ("how", "replaces")];
    office.officer.post(&format!("{path}/xac-nhan"), &fields).await.expect(303);
    let given = confirmed(office.app.app.db.read(), id(&path)).await.expect("confirmed");
    assert_eq!((given.amends, given.how), (Some(id(&old)), Some(records::documents::Change::Replaces)));
    office.officer.get(&old).await.expect(200).says("thay thế").says("40/KH-UBND");
    office.app.end().await;
}
