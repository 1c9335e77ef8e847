//! Papers are found by those who may read them, and by nobody else.

use platform::search;
use testkit::papers;

use super::*;

#[tokio::test]
async fn a_paper_is_found_by_those_who_may_read_it() {
    let mut office = Office::new().await;
    let draft = office.draft(&papers::plan_like("77/KH-UBND", "05/01/2026", "Kế hoạch còn là bản nháp")).await;
    let paper = office.confirmed(&papers::plan(), &[("audience", "internal")]).await;
    search::catch_up(&office.app.app).await.expect("an index");
    let page = office.officer.get("/tra-cuu?q=ke+hoach").await.expect(200).says(&paper);
    assert!(!page.text().contains(&draft), "a draft is nobody's to find");
    let elsewhere = office.app.agency("Hội Chữ thập đỏ", None).await;
    let mut stranger = office.app.person("nguoi-khac", Role::Viewer, elsewhere).await;
    let page = stranger.get("/tra-cuu?q=ke+hoach").await.expect(200);
    assert!(!page.text().contains(&paper), "an internal paper of another agency");
    let page = office.app.anonymous().get("/tim-kiem?q=ke+hoach").await.expect(200);
    assert!(!page.text().contains(&paper));
    office.app.end().await;
}
