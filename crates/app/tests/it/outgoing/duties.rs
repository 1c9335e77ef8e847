//! A figure over plans leads to the very obligations that it counts.

use chrono::NaiveDate;
use kernel::{Permit, new_id};
use papers::{Deadline, DeadlineKind, Force, TaskClass};
use records::documents::{Confirmed, ConfirmedTask, Mode, Party, PartyRole, Target};

use super::{Scene, change, scene};

/// A paper with one task for a commune for each day.
async fn assign(scene: &Scene, days: &[(&str, &str)]) {
    let task = |(position, (day, text)): (i64, &(&str, &str))| ConfirmedTask {
        id: new_id(),
        position,
        anchor: format!("I.{position}"),
        heading: "Nhiệm vụ".into(),
        text: (*text).into(),
        force: Force::Assign,
        class: TaskClass::Task,
        deadline: Deadline { kind: DeadlineKind::Date, value: Some((*day).into()) },
        deadlines_more: Vec::new(),
        deadline_text: (*day).into(),
        product: None,
        parties: vec![Party {
            role: PartyRole::Lead,
            text: "Ủy ban nhân dân xã Mẫu".into(),
            force: Force::Assign,
            target: Target::Agency(scene.communes[0]),
        }],
    };
    let paper = Confirmed {
        id: new_id(),
        number: "12/KH-UBND".into(),
        kind: "Kế hoạch".into(),
        title: "Kế hoạch năm 2026".into(),
        date: NaiveDate::from_ymd_opt(2026, 1, 15),
        issuer_agency: Some(scene.province),
        owner_agency: scene.province,
        addressees: Vec::new(),
        mode: Mode::InForce,
        confirmed_on: NaiveDate::from_ymd_opt(2026, 1, 16).expect("a date"),
        amends: None,
        how: None,
        corrects: None,
        tasks: (1..).zip(days).map(task).collect(),
    };
    work::plans::service::expand(&scene.app.app, &Permit::system(), &paper, None)
        .await
        .expect("expanded")
        .expect("a plan");
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
