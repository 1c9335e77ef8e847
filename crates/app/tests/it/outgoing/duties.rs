//! A figure over plans leads to the very obligations that it counts.

use papers::DeadlineKind;

use super::{Scene, change, scene};
use crate::plans::{expand, lead, paper, task};

/// A paper with one task for a commune for each day.
pub async fn assign(scene: &Scene, days: &[(&str, &str)]) {
    let given = |(day, text): &(&str, &str)| task("I", text, DeadlineKind::Date, day, vec![lead(scene.communes[0])]);
    let mut paper = paper(&scene.app, scene.province, days.iter().map(given).collect());
    paper.confirmed_on = chrono::NaiveDate::from_ymd_opt(2026, 1, 16).expect("a date");
    expand(&scene.app, &paper).await;
}

#[tokio::test]
async fn a_figure_over_plans_leads_to_the_obligations_that_are_counted() {
    let mut scene = scene().await;
    let tasks = [
        ("2026-10-15", "Mở hội nghị đã chậm"),
        ("2026-12-10", "In tài liệu sắp đến hạn"),
        ("2026-10-20", "Thi tìm hiểu đã xong"),
        ("2027-03-10", "Việc của kỳ sau"),
    ];
    assign(&scene, &tasks).await;
    let sql = "UPDATE obligations SET state = 'done', done_on = 20261025 WHERE due_date = 20261020";
    change(&scene.app, sql, vec![]).await;
    let paper = scene.paper("bao-cao-pbgdpl-tinh").await;
    scene
        .write(&paper, "0", "Giao {kh.giao}, chậm {kh.cham}, xong {kh.xong}, đúng hạn {kh.dunghan}.")
        .await
        .expect(303);
    let page = scene.secretary.get(&paper).await.expect(200).text();
    for (key, number, shown) in [
        ("kh.giao", "3", &[0usize, 1, 2][..]),
        ("kh.cham", "1", &[0]),
        ("kh.xong", "1", &[2]),
        ("kh.dunghan", "0", &[]),
        ("kh.dangmo", "2", &[0, 1]),
    ] {
        let behind = format!("{paper}/nguon/{key}");
        if key != "kh.dangmo" {
            let link = format!("href=\"{behind}\" id=\"ref-{key}\">{number}</a>");
            assert!(page.contains(&link), "{link}");
        }
        let list =
            scene.secretary.get(&behind).await.expect(200).says(&format!("<span class=\"pill plain\">{number}</span>"));
        let list = list.text();
        for (at, (_, text)) in tasks.iter().enumerate() {
            assert_eq!(list.contains(text), shown.contains(&at), "{key}: {text}");
        }
    }
    scene.secretary.get(&format!("{paper}/nguon/kh.khac")).await.expect(404);
    scene.app.end().await;
}
