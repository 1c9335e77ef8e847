//! Activities that were typed without a line: sent again and again, recorded once.

use kernel::{Permit, Role};
use records::accounts::service;
use serde_json::{Value, json};
use store::scalar;
use testkit::{Answer, Client, PASSWORD, TestApp};

/// Who a page says is signed in.
async fn person(client: &mut Client) -> String {
    let page = client.get("/cho-gui").await.expect(200).text();
    page.split("data-person=\"").nth(1).and_then(|rest| rest.get(..36)).expect("a person").to_owned()
}

fn told(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).expect("JSON")
}

async fn count(app: &TestApp) -> i64 {
    scalar(app.app.db.read(), "SELECT COUNT(*) FROM activities", vec![]).await.expect("a count")
}

#[tokio::test]
async fn an_entry_sent_again_is_answered_as_the_first_time_and_belongs_to_who_typed_it() {
    let app = TestApp::new().await;
    let commune = app.agency("UBND xã A", None).await;
    let other = app.agency("UBND xã B", None).await;
    let mut typist = app.person("xa", Role::FocalPoint, commune).await;
    let mut stranger = app.person("khac", Role::FocalPoint, other).await;
    let mut viewer = app.person("xem", Role::Viewer, commune).await;
    let me = person(&mut typist).await;
    assert_eq!(told(&typist.get("/cho-gui/nguoi").await.expect(200))["person"], json!(me));
    let owner = commune.to_string();
    let entry = |key: &str, title: &str, owner: &str| {
        json!({ "person": me, "fields": [
            ["khoa", key], ["co_quan", owner], ["loai", "hoi-nghi"], ["ten", title], ["ngay", "02/11/2026"], ["luot", "1.200"],
            ["linh_vuc", "dat-dai"], ["linh_vuc", "hon-nhan-gia-dinh"],
        ] })
    };
    let first = entry("01a201f5-fe8e-77ff-a449-b8313490336d", "Hội nghị giới thiệu Luật Đất đai", &owner);
    // Only the person who typed it may send it.
    stranger.post_json("/api/hoat-dong", &first).await.expect(409).says("tài khoản khác");
    viewer.post_json("/api/hoat-dong", &first).await.expect(403);
    let answer = told(&typist.post_json("/api/hoat-dong", &first).await.expect(200));
    assert_eq!(answer["already"], json!(false));
    for _ in 0..2 {
        let again = told(&typist.post_json("/api/hoat-dong", &first).await.expect(200));
        assert_eq!((&again["id"], &again["already"]), (&answer["id"], &json!(true)));
    }
    let path = answer["path"].as_str().expect("a path");
    typist.get(path).await.expect(200).says("1.200").says("Hội nghị giới thiệu Luật Đất đai");
    assert_eq!(count(&app).await, 1);
    // After signing in anew the same holds.
    typist.sign_in("xa", PASSWORD).await;
    assert_eq!(told(&typist.post_json("/api/hoat-dong", &first).await.expect(200))["already"], json!(true));
    // What is wrong, and what may be there already, is said; nothing is recorded.
    let key = "01a201f5-fe8e-77ff-a449-b8313490336e";
    let wrong = told(&typist.post_json("/api/hoat-dong", &entry(key, "", &owner)).await.expect(422));
    assert!(wrong["errors"]["ten"].is_string(), "{wrong}");
    let alike = entry(key, "Hội nghị giới thiệu luật đất đai", &owner);
    let alike = told(&typist.post_json("/api/hoat-dong", &alike).await.expect(409));
    assert!(alike["alike"][0].as_str().expect("a line").contains("02/11/2026"), "{alike}");
    typist.post_json("/api/hoat-dong", &entry("khong-phai", "Tọa đàm", &owner)).await.expect(422).says("khoa");
    typist.post_json("/api/hoat-dong", &entry(key, "Tọa đàm", &other.to_string())).await.expect(422);
    typist.post_json("/api/hoat-dong", &json!({ "fields": [] })).await.expect(422);
    assert_eq!(count(&app).await, 1);
    app.end().await;
}

#[tokio::test]
async fn one_key_makes_one_record_even_when_the_agency_was_changed_meanwhile_or_both_come_at_once() {
    let app = TestApp::new().await;
    let (one, two) = (app.agency("Phòng A", None).await, app.agency("Phòng B", None).await);
    let both = service::NewUser {
        login: "hai",
        name: "hai",
        position: "",
        email: "",
        phone: "",
        home: one,
        password: Some(platform::secrets::hash_password(PASSWORD).await.expect("a hash")),
        must_change: false,
    };
    let roles = [(Role::FocalPoint, one), (Role::FocalPoint, two)];
    service::create_account(&app.app, &Permit::system(), both, &roles).await.expect("an account");
    let mut typist = app.anonymous();
    typist.sign_in("hai", PASSWORD).await;
    let me = person(&mut typist).await;
    let entry = |owner: kernel::Uuid| {
        json!({ "person": me, "fields": [
            ["khoa", "01a201f5-fe8e-77ff-a449-b8313490336d"], ["co_quan", owner.to_string()], ["loai", "toa-dam"],
            ["ten", "Tọa đàm"], ["ngay", "03/11/2026"],
        ] })
    };
    let (mut left, mut right) = (typist.clone(), typist.clone());
    let body = entry(one);
    let (first, second) =
        tokio::join!(left.post_json("/api/hoat-dong", &body), right.post_json("/api/hoat-dong", &body));
    assert_eq!(told(&first.expect(200))["id"], told(&second.expect(200))["id"]);
    assert_eq!(told(&typist.post_json("/api/hoat-dong", &entry(two)).await.expect(200))["already"], json!(true));
    assert_eq!(count(&app).await, 1);
    app.end().await;
}

#[tokio::test]
async fn the_worker_and_the_description_for_installing_are_served_at_the_root() {
    let app = TestApp::new().await;
    let mut anybody = app.anonymous();
    let worker = anybody.get("/sw.js").await.expect(200);
    assert_eq!(worker.headers["cache-control"], "no-cache");
    assert!(worker.headers["content-type"].to_str().expect("text").starts_with("text/javascript"));
    for path in worker.text().split('"').filter(|text| text.starts_with("/assets/")) {
        anybody.get(path).await.expect(200);
        assert!(path.contains("?v="), "{path}");
    }
    let manifest = anybody.get("/manifest.webmanifest").await.expect(200);
    assert_eq!(told(&manifest)["start_url"], json!("/"));
    assert!(manifest.headers["content-security-policy"].to_str().expect("text").contains("script-src 'self';"));
    app.end().await;
}
