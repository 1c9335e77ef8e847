//! What agencies make public, and what citizens ask.

mod lists;
mod requests;

use kernel::{Role, Uuid};
use store::scalar;
use testkit::{Client, TestApp};

const ASK: &str = "/cong-khai-thong-tin/yeu-cau";
const LOOK: &str = "/cong-khai-thong-tin/tra-cuu";
const NAME: &str = "Lường Văn Thịnh";
const CONTACT: &str = "Thinh.LV@vi-du.vn";

/// A department with its focal point, below a province.
async fn department(app: &TestApp) -> (Client, Uuid) {
    let province = app.agency("Ủy ban nhân dân tỉnh", None).await;
    let department = app.agency("Sở Tư pháp", Some(province)).await;
    (app.person("dau-moi", Role::FocalPoint, department).await, department)
}

fn asking<'a>(agency: &'a str, way: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("co_quan", agency),
        ("ho_ten", NAME),
        ("lien_he", CONTACT),
        ("dia_chi", "Bản Pá Khôm"),
        ("noi_dung", "Số hòa giải viên của xã năm 2025"),
        ("cach", way),
    ]
}

/// Sends a request; the code.
async fn asked(app: &TestApp, agency: Uuid, way: &str) -> String {
    let page = app.anonymous().post(ASK, &asking(&agency.to_string(), way)).await.expect(200).text();
    let (_, rest) = page.split_once("class=\"code\">").expect("a code");
    rest.split('<').next().expect("a code").to_owned()
}

/// The one request at hand, as staff opens it.
async fn path(staff: &mut Client) -> String {
    let list = staff.get("/tiep-can-thong-tin/yeu-cau").await.expect(200).text();
    let (_, rest) = list.split_once("href=\"/tiep-can-thong-tin/yeu-cau/").expect("a request");
    format!("/tiep-can-thong-tin/yeu-cau/{}", rest.split('"').next().expect("an address"))
}

async fn count(app: &TestApp, sql: &str) -> i64 {
    scalar(app.app.db.read(), sql, vec![]).await.expect("a count")
}
