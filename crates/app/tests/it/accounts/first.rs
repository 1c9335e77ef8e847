//! The first administrator.

use kernel::Permit;
use records::accounts::service::setup;
use testkit::TestApp;

use super::password;

#[tokio::test]
async fn the_first_administrator_is_made_once_with_the_code_of_the_log() {
    let app = TestApp::new().await;
    let mut person = app.anonymous();
    assert_eq!(person.get("/").await.expect(303).location(), "/cai-dat-lan-dau");
    assert_eq!(person.get("/dang-nhap").await.expect(303).location(), "/cai-dat-lan-dau");
    let code = setup::prepare(&app.app).await.expect("a code").expect("no account yet");
    let good = password(1);
    let with = |code: &str| {
        [("login", "quantri"), ("name", "Quản Trị"), ("agency", "Sở Tư pháp")]
            .map(|(k, v)| (k, v.to_owned()))
            .into_iter()
            .chain([("code", code.to_owned()), ("password", good.clone()), ("again", good.clone())])
            .collect::<Vec<_>>()
    };
    let post = async |client: &mut testkit::Client, fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        client.post("/cai-dat-lan-dau", &fields).await
    };
    person.get("/cai-dat-lan-dau").await.expect(200);
    person.post("/cai-dat-lan-dau", &[]).await.expect(422);
    post(&mut person, with("AAAA-BBBB-CCCC")).await.expect(422).says("Mã không đúng");
    post(&mut person, with(&code)).await.expect(303);
    person.get("/tai-khoan").await.expect(200).says("Sở Tư pháp");
    post(&mut app.anonymous(), with(&code)).await.expect(404);
    app.anonymous().get("/cai-dat-lan-dau").await.expect(404);
    assert!(setup::prepare(&app.app).await.expect("an answer").is_none());
    app.end().await;
}

#[tokio::test]
async fn the_command_line_makes_an_administrator_over_the_whole_tree() {
    let app = TestApp::new().await;
    let province = app.agency("UBND tỉnh", None).await;
    app.agency("Sở Tư pháp", Some(province)).await;
    app.agency("Bộ Tư pháp", None).await;
    let slip = setup::administrator_from_command(&app.app, &Permit::system(), ("quantri", "Quản Trị", "so tu phap"))
        .await
        .expect("a slip");
    assert_eq!(slip.agency, "Sở Tư pháp");
    let unclear = setup::administrator_from_command(&app.app, &Permit::system(), ("khac", "Khác", "Sở Y")).await;
    assert!(matches!(unclear, Err(kernel::Error::Invalid(_))));
    let mut person = app.anonymous();
    let good = password(1);
    person.post("/kich-hoat", &[("code", &slip.code), ("password", &good), ("again", &good)]).await.expect(303);
    person.get("/tai-khoan/moi").await.expect(200).says("Sở Tư pháp").says("Bộ Tư pháp");
    let again = setup::administrator_from_command(&app.app, &Permit::system(), ("quantri", "Khác", "")).await;
    assert!(again.is_err());
    app.end().await;
}
