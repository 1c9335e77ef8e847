//! Agency trees made from the templates.

use super::{DEFINITIONS, PLACES, agencies_of, builder, day};
use crate::agencies::model::tree::Tree;

fn name(tree: &Tree, key: &str, date: &str) -> String {
    tree.unit(tree.find(key).unwrap_or_else(|| panic!("{key}"))).face(day(date)).name.clone()
}

fn heirs(tree: &Tree, key: &str, date: &str) -> Vec<String> {
    let unit = tree.find(key).unwrap_or_else(|| panic!("{key}"));
    tree.heirs(unit, day(date)).into_iter().map(|ix| tree.unit(ix).key.clone()).collect()
}

#[test]
fn an_unchanged_province_keeps_its_agencies() {
    let tree = agencies_of("p20");
    assert_eq!(name(&tree, "p20/so-tu-phap", "2026-01-01"), "Sở Tư pháp tỉnh Lạng Sơn");
    assert_eq!(name(&tree, "p20/cap-uy", "2026-01-01"), "Tỉnh ủy Lạng Sơn");
    assert_eq!(name(&tree, "p20/ubnd", "2026-01-01"), "Ủy ban nhân dân tỉnh Lạng Sơn");
    assert_eq!(heirs(&tree, "p20/so-ke-hoach-dau-tu", "2026-01-01"), ["p20/so-tai-chinh"]);
    assert_eq!(heirs(&tree, "p20/so-lao-dong", "2026-01-01"), ["p20/so-noi-vu", "p20/so-y-te", "p20/so-giao-duc"]);
    assert_eq!(heirs(&tree, "p20/dai-ptth", "2026-01-01"), ["p20/bao-ptth"]);
    assert_eq!(name(&tree, "p20/thue", "2025-04-01"), "Chi cục Thuế khu vực (Lạng Sơn)");
    assert_eq!(name(&tree, "p20/thue", "2025-07-01"), "Thuế tỉnh Lạng Sơn");
    let mass = tree.unit(tree.find("p20/hoi-phu-nu").unwrap());
    assert_eq!(mass.parent(day("2025-06-30")), tree.find("p20/dia-ban"));
    assert_eq!(mass.parent(day("2025-07-01")), tree.find("p20/mttq"));
    let ward = tree.unit(tree.find("c05977.2025/ubnd").unwrap());
    assert_eq!(ward.parent(day("2026-01-01")), tree.find("p20/ubnd"));
    assert_eq!(ward.face(day("2026-01-01")).short, "UBND phường Đông Kinh");
    let communes =
        tree.as_of(day("2026-01-01")).units().filter(|(_, u)| u.role == "ubnd" && u.place.starts_with('c')).count();
    let expected = PLACES.as_of(day("2026-01-01")).children(PLACES.find("p20").unwrap()).len();
    assert_eq!(communes, expected);
    // A district's committee goes to the province's, a divided commune's to its heirs'.
    assert_eq!(heirs(&tree, "d178/ubnd", "2026-01-01"), ["p20/ubnd"]);
    assert_eq!(heirs(&tree, "d178/cong-an", "2025-04-01"), ["p20/cong-an"]);
}

#[test]
fn agencies_of_merged_provinces_merge() {
    let tree = agencies_of("p19.2025");
    for old in ["p19/so-tu-phap", "p06/so-tu-phap"] {
        assert_eq!(heirs(&tree, old, "2026-01-01"), ["p19.2025/so-tu-phap"]);
    }
    assert_eq!(heirs(&tree, "p06/so-thong-tin", "2026-01-01"), ["p19.2025/so-khoa-hoc", "p19.2025/so-van-hoa"]);
    assert_eq!(heirs(&tree, "p06/bao", "2026-01-01"), ["p19.2025/bao-ptth"]);
    assert!(tree.find("p20/ubnd").is_none() && tree.find("p19/bien-phong").is_none());
    let mass = tree.unit(tree.find("p19.2025/hoi-phu-nu").unwrap());
    assert_eq!(mass.parent(day("2026-01-01")), tree.find("p19.2025/mttq"));
    assert_eq!(heirs(&tree, "d060/ubnd", "2026-01-01"), ["p19.2025/ubnd"]);
}

#[test]
fn courts_of_districts_hand_over_to_regional_ones_where_it_is_known() {
    let tree = agencies_of("p19.2025");
    assert_eq!(name(&tree, "p19.2025/toa-an-kv-9", "2026-01-01"), "Tòa án nhân dân khu vực 9 - Thái Nguyên");
    assert!(tree.find("p19.2025/toa-an-kv-10").is_none() && agencies_of("p20").find("p20/toa-an-kv-1").is_none());
    assert_eq!(heirs(&tree, "d171/toa-an", "2026-01-01"), ["p19.2025/toa-an-kv-3"]);
    assert_eq!(heirs(&tree, "d173/vien-kiem-sat", "2026-01-01"), ["p19.2025/vien-kiem-sat-kv-1"]);
    assert_eq!(heirs(&tree, "d060/toa-an", "2026-01-01"), ["p19.2025/toa-an"]);
    let court = tree.unit(tree.find("p19.2025/toa-an-kv-1").unwrap());
    assert_eq!(court.from, day("2025-07-01"));
    assert_eq!(court.parent(day("2026-01-01")), tree.find("p19.2025/toa-an"));
}

#[test]
fn a_province_that_becomes_a_city_renames_its_agencies() {
    let tree = agencies_of("p75.2025");
    assert_eq!(name(&tree, "p75.2025/ubnd", "2026-04-29"), "Ủy ban nhân dân tỉnh Đồng Nai");
    assert_eq!(name(&tree, "p75.2025/ubnd", "2026-04-30"), "Ủy ban nhân dân thành phố Đồng Nai");
    assert_eq!(name(&tree, "p75.2025/cap-uy", "2026-04-30"), "Thành ủy Đồng Nai");
    assert_eq!(name(&tree, "p75.2025/doan-thanh-nien", "2026-04-30"), "Thành đoàn Đồng Nai");
}

#[test]
fn every_province_can_be_built() {
    let today = day("2026-11-21");
    let all = Tree::replay(&builder::events(&DEFINITIONS, &PLACES, &[]).unwrap()).unwrap();
    for province in PLACES.as_of(today).roots() {
        let key = &PLACES.unit(*province).key;
        let tree = agencies_of(key);
        let view = tree.as_of(today);
        let roots: Vec<&str> = view.roots().iter().map(|ix| tree.unit(*ix).key.as_str()).collect();
        assert_eq!(roots, ["tw/trung-uong", &format!("{key}/dia-ban")]);
        assert!(view.units().count() > 150, "{key}");
        // What ended has someone who carries on.
        for (ix, unit) in tree.units().filter(|(_, unit)| unit.until.is_some()) {
            assert!(!tree.heirs(ix, today).is_empty(), "{}", unit.key);
            assert!(all.find(&unit.key).is_some());
        }
        for (_, unit) in view.units() {
            assert!(!unit.face(today).name.contains(['{', '}']), "{}", unit.face(today).name);
        }
    }
}
