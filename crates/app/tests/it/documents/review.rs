//! The reviewer at work.

use kernel::Role;
use store::{FromQueryResult, all};

use super::{Office, TaskRow, id, plan};

#[derive(FromQueryResult)]
struct Named {
    id: kernel::Uuid,
    words: String,
    target: String,
}

impl Office {
    async fn named(&self, path: &str) -> Vec<Named> {
        let sql = "SELECT id, words, target FROM document_parties WHERE document_id = $1 ORDER BY words, id";
        all(self.app.app.db.read(), sql, vec![id(path).into()]).await.expect("parties")
    }
}

fn find<'a>(tasks: &'a [TaskRow], words: &str) -> &'a TaskRow {
    tasks.iter().find(|task| task.body.contains(words)).expect("a task with these words")
}

#[tokio::test]
async fn what_was_read_is_marked_in_the_text_and_beside_it() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let page = office.officer.get(&format!("{path}/ra-soat")).await.expect(200);
    let page = page.says("<mark data-f=\"number\">12/KH-UBND</mark>").says("data-review").says("cơ quan chưa khớp");
    let text = page.text();
    let unresolved = text.find("Văn phòng Điều phối tài liệu cơ sở” là cơ quan nào").expect("a question");
    assert!(unresolved < text.find("nhan\"").unwrap_or(usize::MAX) || unresolved > 0);
    let first = text.find("<article class=\"task").expect("a task");
    let tasks = text.get(first..).unwrap_or_default();
    let head = tasks.split("</article>").next().unwrap_or_default();
    assert!(head.contains("cơ quan chưa khớp"), "unresolved agencies come first:\n{head}");
    office.app.end().await;
}

#[tokio::test]
async fn tasks_are_edited_added_dropped_split_and_merged() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let tasks = office.tasks(&path).await;
    let count = tasks.len();
    let first = find(&tasks, "Rà soát, lập danh sách");
    let at = first.body.find("bảo đảm").expect("a second part").to_string();
    let action = |task: &TaskRow, verb: &str| format!("{path}/nhiem-vu/{}/{verb}", task.id);
    office.officer.post(&action(first, "tach"), &[("at", "7")]).await.expect(422);
    office.officer.post(&action(first, "tach"), &[("at", &at)]).await.expect(303);
    let tasks = office.tasks(&path).await;
    assert_eq!(tasks.len(), count + 1);
    let half = find(&tasks, "bảo đảm đủ số lượng");
    assert!(!half.body.contains("Rà soát") && half.anchor.contains('#'));
    office.officer.post(&action(find(&tasks, "Rà soát"), "gop"), &[]).await.expect(303);
    let tasks = office.tasks(&path).await;
    assert_eq!(tasks.len(), count);
    assert!(find(&tasks, "Rà soát").body.contains("bảo đảm đủ số lượng"));

    let contest = find(&tasks, "cuộc thi trực tuyến");
    let mut form = vec![("body", "Tổ chức cuộc thi."), ("deadline_kind", "date"), ("deadline", "32/13/2026")];
    office.officer.post(&action(contest, "sua"), &form).await.expect(422).says("Hãy viết ngày/tháng/năm");
    form[2] = ("deadline", "20/09/2026");
    form.extend([("lead", "Sở Tư pháp\nCông an tỉnh"), ("force", "assign"), ("class", "task")]);
    office.officer.post(&action(contest, "sua"), &form).await.expect(303);
    let tasks = office.tasks(&path).await;
    let contest = find(&tasks, "Tổ chức cuộc thi.");
    assert_eq!((contest.deadline_kind.as_str(), contest.deadline_value.as_str()), ("date", "2026-09-20"));
    assert_eq!(contest.state, "accepted");

    office.officer.post(&action(contest, "bo"), &[]).await.expect(303);
    assert_eq!(find(&office.tasks(&path).await, "Tổ chức cuộc thi.").state, "dropped");
    office.officer.post(&action(contest, "mo-lai"), &[]).await.expect(303);
    form[0] = ("body", "Biên soạn sổ tay.");
    form.push(("anchor", "II.9"));
    office.officer.post(&format!("{path}/nhiem-vu"), &form).await.expect(303);
    assert_eq!(find(&office.tasks(&path).await, "Biên soạn sổ tay").anchor, "II.9");
    office.app.end().await;
}

#[tokio::test]
async fn a_name_is_matched_once_and_remembered_for_the_next_paper() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let unknown = |rows: Vec<Named>| rows.into_iter().find(|row| row.words.contains("Điều phối"));
    let party = unknown(office.named(&path).await).expect("the unknown body");
    assert_eq!(party.target, "none");
    let action = format!("{path}/ben/{}", party.id);
    office.officer.post(&action, &[("called", "Cơ quan không hề có")]).await.expect(422);
    assert_eq!(unknown(office.named(&path).await).expect("it").target, "none");
    let justice = office.justice.to_string();
    office.officer.post(&action, &[("agency", &justice), ("remember", "1")]).await.expect(303);
    assert_eq!(unknown(office.named(&path).await).expect("it").target, "agency");
    let other = testkit::papers::plan_like("13/KH-UBND", "ngày 20 tháng 01 năm 2026", "Một kế hoạch khác");
    let path = office.draft(&other).await;
    assert_eq!(unknown(office.named(&path).await).expect("it").target, "agency");
    office.app.end().await;
}

#[tokio::test]
async fn the_certain_part_is_accepted_at_once() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    office.officer.post(&format!("{path}/chap-nhan-chac-chan"), &[]).await.expect(303);
    let tasks = office.tasks(&path).await;
    assert!(tasks.iter().any(|task| task.state == "accepted"));
    assert_eq!(find(&tasks, "loa truyền thanh").state, "open");
    office.officer.get(&format!("{path}/ra-soat?loc=can-xem")).await.expect(200).says("loa truyền thanh");
    office.app.end().await;
}

#[tokio::test]
async fn fields_are_corrected_and_count_as_certain_then() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let action = format!("{path}/thong-tin");
    let mut form = vec![("number", "99/KH-UBND"), ("kind", "Kế hoạch"), ("title", "Tên mới"), ("date", "31/02/2026")];
    office.officer.post(&action, &form).await.expect(422).says("Ngày không hợp lệ");
    form[3] = ("date", "01/02/2026");
    office.officer.post(&action, &form).await.expect(303);
    office.officer.get(&format!("{path}/ra-soat")).await.expect(200).says("99/KH-UBND").says("01/02/2026");
    office.app.end().await;
}

#[tokio::test]
async fn drafts_of_others_do_not_exist() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let task = office.tasks(&path).await.remove(0);
    let elsewhere = office.app.agency("Ủy ban nhân dân tỉnh khác", None).await;
    let mut stranger = office.app.person("nguoi-la", Role::Secretariat, elsewhere).await;
    for page in [path.clone(), format!("{path}/ra-soat"), format!("{path}/tep"), format!("{path}/xac-nhan")] {
        stranger.get(&page).await.expect(404);
    }
    for action in ["bo", "chap-nhan-chac-chan", "thong-tin", "xac-nhan", "dinh-chinh"] {
        stranger.post(&format!("{path}/{action}"), &[]).await.expect(404);
    }
    stranger.post(&format!("{path}/nhiem-vu/{}/nhan", task.id), &[]).await.expect(404);
    // The same file sent by somebody who may not know of the other is a document of its own.
    let text = plan();
    stranger.upload("/van-ban/tai-len", &[], &[("files", "ke-hoach.txt", text.as_bytes())]).await.expect(303);
    let mut viewer = office.app.person("nguoi-xem", Role::Viewer, office.committee).await;
    viewer.get(&path).await.expect(404);
    viewer.get(&format!("{path}/ra-soat")).await.expect(403);
    office.app.end().await;
}

#[tokio::test]
async fn what_was_typed_about_an_agency_is_not_lost_when_no_agency_has_the_name() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let named = office.named(&path).await;
    let unknown = named.iter().find(|party| party.target == "none").expect("an unresolved party");
    let typed = [("called", "Ban Quản lý chợ đầu mối"), ("agency", "")];
    let page = office.officer.post(&format!("{path}/ben/{}", unknown.id), &typed).await.expect(422);
    page.says("Không tìm thấy cơ quan có tên này").says("value=\"Ban Quản lý chợ đầu mối\"").says("<details open>");
    office.app.end().await;
}

/// The plan with a task for "the agencies concerned", whoever they are.
fn vague() -> String {
    plan()
        .replace("Cơ quan chủ trì: Văn phòng Điều phối tài liệu cơ sở", "Cơ quan chủ trì: Công an tỉnh")
        .replace("Cơ quan phối hợp: Sở Giáo dục và Đào tạo", "Cơ quan phối hợp: các cơ quan, đơn vị liên quan")
}

#[tokio::test]
async fn the_agencies_concerned_get_nothing_until_somebody_says_who_they_are() {
    let mut office = Office::new().await;
    let path = office.draft(&vague()).await;
    let vague = |rows: Vec<Named>| rows.into_iter().find(|row| row.words.contains("liên quan")).expect("the words");
    assert_eq!(vague(office.named(&path).await).target, "related");
    let page = office.officer.get(&format!("{path}/ra-soat")).await.expect(200);
    let page = page.says("chưa rõ là cơ quan nào: các cơ quan, đơn vị liên quan").says("là những cơ quan nào?");
    page.says("Mọi cơ quan được giao việc trong văn bản này").says("Không giao");
    for task in office.tasks(&path).await {
        office.officer.post(&format!("{path}/nhiem-vu/{}/nhan", task.id), &[]).await.expect(303);
    }
    let page = office.officer.get(&format!("{path}/xac-nhan")).await.expect(200);
    page.says("Chưa rõ là cơ quan nào nên không giao").says("các cơ quan, đơn vị liên quan").says("Vẫn xác nhận được");
    // Nothing is lacking that would have to be accepted.
    office.officer.post(&format!("{path}/xac-nhan"), &[("mode", "in_force")]).await.expect(303);
    office.app.run_jobs().await;
    let made =
        "SELECT COUNT(*) FROM obligations o JOIN plan_tasks t ON t.id = o.task_id WHERE t.body LIKE '%cuộc thi%'";
    assert_eq!(office.count(made).await, 1, "only who leads the contest");
    office.app.end().await;
}

#[tokio::test]
async fn the_agencies_concerned_may_be_everybody_in_the_paper_or_nobody() {
    let mut office = Office::new().await;
    let made = "SELECT COUNT(DISTINCT o.agency_id) FROM obligations o JOIN plan_tasks t ON t.id = o.task_id \
                JOIN plans p ON p.id = t.plan_id WHERE t.body LIKE '%cuộc thi%' AND p.number = ";
    for (number, choice, target, agencies) in [("41/KH-UBND", "tat-ca", "all", 3), ("42/KH-UBND", "khong", "nobody", 1)]
    {
        let path = office.draft(&vague().replace("12/KH-UBND", number)).await;
        let party = office.named(&path).await.into_iter().find(|row| row.words.contains("liên quan")).expect("it");
        office.officer.post(&format!("{path}/ben/{}", party.id), &[("agency", choice)]).await.expect(303);
        let party = office.named(&path).await.into_iter().find(|row| row.id == party.id).expect("it");
        assert_eq!(party.target, target);
        office.officer.post(&format!("{path}/xac-nhan"), &[("mode", "in_force"), ("blanks", "1")]).await.expect(303);
        office.app.run_jobs().await;
        assert_eq!(office.count(&format!("{made}'{number}'")).await, agencies, "{choice}");
    }
    office.app.end().await;
}

#[tokio::test]
async fn a_paper_that_the_register_has_already_is_told_of_while_it_is_reviewed() {
    let mut office = Office::new().await;
    let first = office.confirmed(&plan(), &[]).await;
    let copy = office.draft(&plan().replace("Nguyễn Văn Mẫu", "Nguyễn  Văn  Mẫu\n")).await;
    let page = office.officer.get(&format!("{copy}/ra-soat")).await.expect(200);
    page.says("Sổ đã có văn bản cùng số").says(&format!("<a href=\"{first}\">Kế hoạch 12/KH-UBND</a>"));
    office.officer.get(&format!("{copy}/xac-nhan")).await.expect(200).says(&format!("<a href=\"{first}\">Mở văn bản"));
    // Another day, another paper; a correction is the same paper on purpose.
    let other = testkit::papers::plan_like("12/KH-UBND", "ngày 16 tháng 01 năm 2026", "Một kế hoạch khác");
    let other = office.draft(&other).await;
    let correction = office.officer.post(&format!("{first}/dinh-chinh"), &[]).await.expect(303).location().to_owned();
    for page in [format!("{other}/ra-soat"), correction] {
        assert!(!office.officer.get(&page).await.expect(200).text().contains("Sổ đã có văn bản cùng số"), "{page}");
    }
    office.app.end().await;
}

#[tokio::test]
async fn several_deadlines_of_a_task_are_shown_written_and_kept() {
    let mut office = Office::new().await;
    let path = office.draft(&plan()).await;
    let task = office.tasks(&path).await.remove(0);
    let edit = format!("{path}/nhiem-vu/{}/sua", task.id);
    let mut form = vec![("body", "Báo cáo kết quả."), ("deadline_kind", "quarter"), ("deadline", "II/2027")];
    form.extend([("lead", "Sở Tư pháp"), ("deadlines_more", "hằng năm, 15/12\nsớm nhất có thể")]);
    let page = office.officer.post(&edit, &form).await.expect(422);
    page.says("“sớm nhất có thể”").says("hằng năm, 15/12\nsớm nhất có thể</textarea>");
    form[4] = ("deadlines_more", "hằng năm, 15/12\nquý II/2027\n20/01/2027");
    office.officer.post(&edit, &form).await.expect(303);
    let page = office.officer.get(&format!("{path}/ra-soat?sua={}", task.id)).await.expect(200);
    page.says("hằng năm, 15/12\nngày 20/01/2027</textarea>");
    let page = office.officer.get(&format!("{path}/ra-soat")).await.expect(200);
    page.says("<span class=\"pill plain\">quý II/2027</span><span class=\"pill plain\">hằng năm, 15/12</span>");
    office.officer.post(&format!("{path}/xac-nhan"), &[("blanks", "1"), ("mode", "in_force")]).await.expect(303);
    office.app.run_jobs().await;
    let sql = "SELECT COUNT(*) FROM obligations o JOIN plan_tasks t ON t.id = o.task_id \
               WHERE t.body = 'Báo cáo kết quả.' AND o.period IN ('2027-Q2', '2026-12-15', '2027-01-20')";
    assert_eq!(office.count(sql).await, 3);
    office.app.end().await;
}
