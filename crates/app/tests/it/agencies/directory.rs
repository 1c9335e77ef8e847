//! Who is meant by a printed name.

use kernel::Actor;
use records::agencies::{AliasTarget, Who, directory, remember_alias};
use testkit::TestApp;

use super::day;

#[tokio::test]
async fn names_and_classes_resolve_to_identifiers_of_the_tables() {
    let app = TestApp::new().await;
    app.province("20").await;
    let dir = directory(&app.app).await.expect("a directory");
    let date = day("2026-02-01");
    let issuer = app.agency_by_code("p20/ubnd").await;
    assert_eq!(dir.resolve_issuer("ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", date), Some(issuer));
    let justice = app.agency_by_code("p20/so-tu-phap").await;
    assert_eq!(dir.resolve("Sở Tư pháp", issuer, date).who, Who::Agency(justice));
    assert_eq!(dir.resolve_issuer("UBND TỈNH LẠNG SƠN\nSỞ TƯ PHÁP", date), Some(justice));
    let communes = dir.resolve("UBND các xã, phường", issuer, date);
    let Who::Class { key, members, .. } = communes.who else { panic!("{communes:?}") };
    assert!(communes.sure);
    assert_eq!(dir.members(&key, issuer, date).len(), members);
    assert_eq!(members, 65);
    assert!(dir.name(justice, date).expect("a name").starts_with("Sở Tư pháp"));
    assert_eq!(dir.province_of(justice, date).expect("a province").1, "Tỉnh Lạng Sơn");
    let commune = *dir.members(&key, issuer, date).first().expect("a commune");
    assert_eq!(dir.members("relative:ubnd-cap-tren", commune, date), [issuer]);
    app.end().await;
}

#[tokio::test]
async fn an_agency_of_the_past_leads_to_those_who_carry_on() {
    let app = TestApp::new().await;
    app.province("20").await;
    let dir = directory(&app.app).await.expect("a directory");
    let issuer = app.agency_by_code("p20/ubnd").await;
    let then = dir.resolve("Sở Tài nguyên và Môi trường", issuer, day("2024-05-01"));
    let Who::Agency(old) = then.who else { panic!("{then:?}") };
    let now = dir.resolve("Sở Tài nguyên và Môi trường", issuer, day("2026-05-01"));
    let Who::NotThen { agency, heirs } = now.who else { panic!("{now:?}") };
    assert_eq!(agency, old);
    let heir = dir.name(heirs[0], day("2026-05-01")).expect("a name");
    assert!(heir.starts_with("Sở Nông nghiệp và Môi trường"), "{heir}");
    assert_eq!(dir.heirs(old, day("2026-05-01")), heirs);
    app.end().await;
}

#[tokio::test]
async fn search_works_with_and_without_tone_marks() {
    let app = TestApp::new().await;
    app.province("20").await;
    let dir = directory(&app.app).await.expect("a directory");
    let date = day("2026-11-09");
    for q in ["Sở Tư pháp", "so tu phap", "SỞ  TƯ PHÁP"] {
        let (_, name, parent) = dir.search(q, date, 5).into_iter().next().expect("a hit");
        assert!(name.starts_with("Sở Tư pháp"), "{q}: {name}");
        assert!(!parent.is_empty());
    }
    assert!(dir.search("", date, 5).is_empty());
    app.end().await;
}

#[tokio::test]
async fn an_alias_that_was_remembered_resolves_next_time() {
    let app = TestApp::new().await;
    let province = app.agency("Ủy ban nhân dân tỉnh Mẫu", None).await;
    let justice = app.agency("Sở Tư pháp", Some(province)).await;
    let date = day("2026-11-09");
    let dir = directory(&app.app).await.expect("a directory");
    assert!(matches!(dir.resolve("Cơ quan thường trực", province, date).who, Who::Unresolved { .. }));
    let tx = app.app.db.begin().await.expect("a transaction");
    let target = AliasTarget::Agency(justice);
    remember_alias(&tx, &*app.app.clock, "Cơ quan  thường trực", Some(province), &target, &Actor::system())
        .await
        .expect("remembered");
    let class = AliasTarget::Class("relative:ubnd-cung-cap".into());
    remember_alias(&tx, &*app.app.clock, "Bên được giao", None, &class, &Actor::system()).await.expect("remembered");
    tx.commit().await.expect("commit");
    let dir = directory(&app.app).await.expect("a directory");
    assert_eq!(dir.resolve("cơ quan thường trực", province, date).who, Who::Agency(justice));
    assert!(matches!(dir.resolve("bên được giao", province, date).who, Who::Relative { .. }));
    app.end().await;
}

#[tokio::test]
async fn agencies_made_one_by_one_are_known_and_the_snapshot_is_read_once() {
    let app = TestApp::new().await;
    let justice = app.agency("Sở Tư pháp", None).await;
    let first = directory(&app.app).await.expect("a directory");
    let queries = app.app.db.queries();
    let second = directory(&app.app).await.expect("a directory");
    assert_eq!(app.app.db.queries() - queries, 1);
    assert!(std::sync::Arc::ptr_eq(&first, &second));
    assert_eq!(second.name(justice, day("2026-11-09")), Some("Sở Tư pháp"));
    let other = app.agency("Sở Nội vụ", None).await;
    let third = directory(&app.app).await.expect("a directory");
    assert_eq!(third.resolve("Sở Nội vụ", justice, day("2026-11-09")).who, Who::Agency(other));
    app.end().await;
}
