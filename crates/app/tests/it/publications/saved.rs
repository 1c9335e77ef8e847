//! The portal as an application: its description, its worker, and what a page costs.

use super::*;

#[tokio::test]
async fn the_portal_can_be_installed_and_its_pages_saved() {
    let app = TestApp::new().await;
    let (mut editor, mut writer, department) = newsroom(&app).await;
    published(&mut editor, &mut writer, department, TITLE).await;
    let mut reader = app.anonymous();
    let page = reader.get("/tin/phien-toa-gia-dinh-ve-bao-luc-gia-dinh-o-xa-mau-son").await.expect(200);
    let page = page.says("data-save=\"/assets/saved.js?v=").says("/cong.webmanifest");
    assert!(!page.text().contains("src=\"/assets/saved.js"), "loaded only where it is used");
    reader.get("/da-luu").await.expect(200).says("data-saved").says("src=\"/assets/saved.js?v=");
    let manifest: serde_json::Value =
        serde_json::from_slice(&reader.get("/cong.webmanifest").await.expect(200).body).expect("a description");
    assert_eq!(manifest["start_url"], "/trang-chu");
    for icon in manifest["icons"].as_array().expect("icons") {
        let picture = reader.get(icon["src"].as_str().expect("an address")).await.expect(200);
        assert_eq!(picture.headers["content-type"], icon["type"].as_str().expect("a type"));
    }
    // The worker of readers is that of staff with less to fetch.
    let (staff, worker) = (reader.get("/sw.js").await.expect(200).text(), reader.get("/doc.js").await.expect(200));
    assert_eq!(worker.headers["cache-control"], "no-cache");
    let shell = |script: &str| -> Vec<String> {
        script.split('"').filter(|text| text.starts_with("/assets/")).map(str::to_owned).collect()
    };
    let (all, few) = (shell(&staff), shell(&worker.text()));
    assert!(few.iter().all(|path| all.contains(path)) && few.len() < all.len());
    for path in few {
        reader.get(&path).await.expect(200);
    }
    assert_eq!(
        staff.split_once('\n').map(|(_, rest)| rest.to_owned()),
        worker.text().split_once('\n').map(|(_, rest)| rest.to_owned())
    );
    app.end().await;
}
