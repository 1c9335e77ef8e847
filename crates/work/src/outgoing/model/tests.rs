//! Drafts and facts together.

use std::{collections::BTreeMap, sync::Arc};

use kernel::Uuid;

use super::{
    compose::{Composed, Finding, Signing, changes, compose, heading},
    draft::{Block, Draft, Kind},
    facts::{Difficulty, Earlier, Facts, LateUnit, Place, Progress, Standing, Unit},
    reference::Against,
    template::template,
};
use crate::reporting::model::{
    form::{Severity, shipped},
    value::{Value, Values},
};

fn values(list: &[(&str, f64)]) -> Values {
    list.iter().map(|(key, number)| ((*key).to_owned(), Value::Number(*number))).collect()
}

fn facts() -> Facts {
    let form = shipped::forms().iter().find(|(form, _)| form.key == "pbgdpl-cap-xa").map(|(form, _)| form.clone());
    let form = Arc::new(form.expect("the form of communes"));
    let standing = |list: &[(&str, f64)]| Standing {
        round: Uuid::nil(),
        form: form.clone(),
        place: Place::Round(Uuid::nil(), Uuid::max()),
        values: values(list),
        settled: true,
    };
    let unit = |name: &str, c1: f64| Unit {
        id: Uuid::max(),
        name: name.into(),
        place: Place::Report(Uuid::nil()),
        values: values(&[("c1", c1)]),
    };
    Facts {
        now: standing(&[("c1", 132.0), ("c2", 4_500.0), ("c5", 3.0)]),
        earlier: BTreeMap::from([(
            Against::Year,
            Earlier {
                name: "Năm 2025".into(),
                standing: Some(standing(&[("c1", 120.0), ("c2", 5_000.0), ("c5", 3.0), ("c6", 0.0)])),
            },
        )]),
        others: BTreeMap::new(),
        period: "Năm 2026".into(),
        days: ("15/12/2025".into(), "14/12/2026".into()),
        agency: "Sở Tư pháp".into(),
        programme: "Đề án Mẫu".into(),
        cover: (31, 33),
        answered: BTreeMap::from([("c1".into(), 30)]),
        units: vec![unit("Ủy ban nhân dân xã Mẫu", 100.0), unit("Xã Khác", 32.0)],
        late: vec![LateUnit { name: "Xã Khác".into(), days: 5, sent: true, link: "/bao-cao/1".into() }],
        difficulties: vec![Difficulty {
            agency: "Xã Mẫu".into(),
            text: "Thiếu\nkinh phí".into(),
            link: "/bao-cao/2".into(),
            cell: "kk".into(),
        }],
        activities: BTreeMap::from([("tatca".into(), 1_234)]),
        page: "/van-ban-di/7".into(),
        progress: Progress { assigned: 40, done: 30, in_time: 28, open: 10, late: 2 },
    }
}

fn signed(blocks: Vec<Block>) -> Draft {
    Draft {
        issuer: "Sở Tư pháp".into(),
        kind: "Báo cáo".into(),
        symbol: "BC-STP".into(),
        title: "Kết quả {ten.ky}".into(),
        position: "Giám đốc".into(),
        signer: "Trần Đức Long".into(),
        blocks,
        ..Draft::default()
    }
}

fn block(kind: Kind, text: &str) -> Block {
    Block { kind, text: text.into(), ..Block::default() }
}

fn paper(blocks: Vec<Block>, facts: &Facts) -> (Composed, Vec<Finding>) {
    compose(&signed(blocks), facts, &Signing::default(), false)
}

fn words(composed: &Composed) -> String {
    let block = |block: &press::Block| match block {
        press::Block::Heading { label, text, .. } => format!("{label} {}", text.words()),
        press::Block::Paragraph { text } | press::Block::Centred { text } => text.words(),
        press::Block::Bullets { items } => items.iter().map(press::Text::words).collect::<Vec<_>>().join("; "),
        press::Block::Table(table) => {
            let cells = table.head.iter().chain(&table.rows).flatten().map(|cell| cell.text.words());
            cells.collect::<Vec<_>>().join("|")
        }
    };
    let annexes = composed.paper.annexes.iter().flat_map(|annex| &annex.body);
    composed.paper.body.iter().chain(annexes).map(block).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_sentence_says_what_the_records_say_and_leads_there() {
    let text = "Tổ chức {ky.c1} cuộc ({sosanh.c1} so với {ten.truoc}), {tang.c2} lượt, {tyle.c2} %; {phu} đơn vị, {phu.c1}, {phu.tyle} %; \
                {hd.tatca} hoạt động; {kh.xong}/{kh.giao} nhiệm vụ, {kh.tyle} %; {muon} đơn vị muộn: {muon.ten}; {sosanh.c5}.";
    let (composed, found) = paper(vec![block(Kind::Paragraph, text)], &facts());
    assert_eq!(found, []);
    assert_eq!(
        words(&composed),
        "Tổ chức 132 cuộc (tăng 12 (10 %) so với năm 2025), -500 lượt, -10 %; 31/33 đơn vị, 30/33, 93,9 %; 1.234 hoạt động; \
         30/40 nhiệm vụ, 75 %; 1 đơn vị muộn: Xã Khác; bằng cùng kỳ."
    );
    assert_eq!(composed.paper.title, "Kết quả năm 2026");
    let link = &composed.sources["ky.c1"].link;
    assert_eq!(*link, format!("/ky-bao-cao/{}/o/c1?co={}", Uuid::nil(), Uuid::max()));
    assert_eq!(composed.sources["hd.tatca"].link, "/van-ban-di/7/nguon/tatca");
}

#[test]
fn figures_without_a_source_and_references_without_a_figure_keep_a_paper_from_being_signed() {
    let text = "Có 45 cuộc ngày 09/11/2026; {ky.c11} vụ; {ky.zz}; {la}; {tyle.c6} %; {=12 | Công văn số 3/STP} lớp";
    let (composed, found) = paper(vec![block(Kind::Paragraph, text)], &facts());
    let errors: Vec<&str> =
        found.iter().filter(|f| f.severity == Severity::Error).map(|f| f.message.as_str()).collect();
    assert_eq!(errors.len(), 5, "{errors:?}");
    assert!(errors[0].contains("Số không có nguồn: “45”"), "{errors:?}");
    assert!(errors[1].contains("chưa có số liệu"), "{errors:?}");
    assert!(errors[2].contains("không có ô “zz”"), "{errors:?}");
    assert!(errors[3].contains("Không đọc được tham chiếu {la}"), "{errors:?}");
    assert!(errors[4].contains("tyle.c6"), "{errors:?}");
    assert!(found.iter().all(|finding| finding.block == Some(0)));
    assert_eq!(composed.sources["nguon.1"].named, "Công văn số 3/STP");
}

#[test]
fn thin_coverage_late_data_and_an_open_signature_are_told() {
    let mut facts = facts();
    facts.cover = (20, 33);
    facts.late.push(LateUnit { name: "Xã Nữa".into(), days: 2, sent: false, link: String::new() });
    facts.now.values.entry("c3".into()).or_insert(Value::None);
    let draft = Draft { signer: String::new(), ..signed(vec![block(Kind::Paragraph, "Có {ky.c3} cuộc.")]) };
    let (_, found) = compose(&draft, &facts, &Signing::default(), false);
    let said: Vec<(Severity, &str)> = found.iter().map(|f| (f.severity, f.message.as_str())).collect();
    assert_eq!(said[0], (Severity::Error, "Chưa có người ký."));
    assert_eq!(said.iter().filter(|(severity, _)| *severity == Severity::Error).count(), 1, "{said:?}");
    assert!(said.iter().any(|(_, message)| message.contains("Độ phủ dưới 90 %")), "{said:?}");
    assert!(said.iter().any(|(_, message)| message.contains("1 đơn vị đã quá hạn")), "{said:?}");
    assert!(said.iter().any(|(_, message)| message.contains("không phát sinh")), "{said:?}");
    // A section of another paper is signed by nobody.
    assert!(!compose(&draft, &facts, &Signing::default(), true).1.iter().any(|f| f.message.contains("người ký")));
}

#[test]
fn lists_and_tables_write_themselves() {
    let table = |kind, cells: &[&str]| Block {
        kind,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        ..Block::default()
    };
    let blocks = vec![
        block(Kind::Late, "Muộn:"),
        block(Kind::Difficulties, ""),
        block(Kind::Annex, "So sánh"),
        table(Kind::Comparison, &["c1", "c9"]),
        block(Kind::WideAnnex, "Theo đơn vị"),
        table(Kind::Table, &["c1"]),
    ];
    let (composed, found) = paper(blocks, &facts());
    assert_eq!(found, []);
    assert_eq!(composed.paper.annexes.len(), 2);
    assert!(composed.paper.annexes[1].landscape);
    let words = words(&composed);
    assert!(words.contains("Muộn:\nXã Khác: gửi chậm 5 ngày\nThiếu kinh phí (Xã Mẫu)"), "{words}");
    assert!(words.contains("|132|120|+12|+10|"), "{words}");
    assert!(words.contains("|–|–|–|–") && words.contains("|Năm 2026|So với năm 2025|Số liệu|Tăng, giảm|"), "{words}");
    assert!(words.contains("1|Xã Mẫu|100|2|Xã Khác|32||Tổng số|132"), "{words}");
    let cell = format!("ky.c1@{}", Uuid::max());
    assert_eq!(composed.sources[&cell].link, format!("/bao-cao/{}/o/c1", Uuid::nil()));
    // What is frozen reads back as it was.
    let json = serde_json::to_string(&composed).expect("JSON");
    assert_eq!(serde_json::from_str::<Composed>(&json).expect("a paper"), composed);
}

#[test]
fn nobody_late_is_said_in_a_sentence() {
    let facts = Facts { late: Vec::new(), ..facts() };
    let (composed, _) = paper(vec![block(Kind::Late, "Có {muon} đơn vị gửi chậm:")], &facts);
    assert_eq!(words(&composed), "Không có đơn vị nào gửi báo cáo chậm.");
}

#[test]
fn a_changed_figure_is_told_with_before_and_now() {
    let blocks = || vec![block(Kind::Paragraph, "{ky.c1} và {ky.c2}")];
    let (first, _) = paper(blocks(), &facts());
    let seen = first.sources.iter().map(|(id, source)| (id.clone(), source.text.clone())).collect();
    let mut later = facts();
    *later.now.values.entry("c1".into()).or_insert(Value::None) = Value::Number(140.0);
    let (second, _) = paper(blocks(), &later);
    assert_eq!(changes(&seen, &first.sources), []);
    assert_eq!(changes(&seen, &second.sources), [("ky.c1".to_owned(), "132".to_owned(), "140".to_owned())]);
}

#[test]
fn headings_are_told_by_their_numbers() {
    use press::Level::{Arabic, Decimal, Letter, Roman};
    for (text, level, label) in [
        ("II. KẾT QUẢ", Roman, "II."),
        ("1. Ưu điểm", Arabic, "1."),
        ("1.2. Chi tiết", Decimal, "1.2."),
        ("a) Kết quả", Letter, "a)"),
        ("Kết quả chung", Roman, ""),
    ] {
        assert_eq!((heading(text).0, heading(text).1), (level, label), "{text}");
    }
}

#[test]
fn the_built_in_report_of_a_province_has_no_fault_of_its_own() {
    let template = template("bao-cao-pbgdpl-tinh").expect("a template");
    let mut facts = facts();
    for cell in facts.now.form.cells.iter().filter(|cell| cell.kind.numeric()) {
        facts.now.values.insert(cell.key.clone(), Value::Number(7.0));
    }
    for key in ["pbgdpl-cap-tinh", "pbgdpl-so-nganh"] {
        let form = shipped::forms().iter().find(|(form, _)| form.key == key).map(|(form, _)| form.clone());
        let form = Arc::new(form.expect("a form"));
        let values = form.cells.iter().map(|cell| (cell.key.clone(), Value::Number(7.0))).collect();
        let place = Place::Round(Uuid::nil(), Uuid::max());
        facts.others.insert(key.into(), Standing { round: Uuid::nil(), form, place, values, settled: true });
    }
    for key in template.measures.keys() {
        facts.activities.insert(key.clone(), 9);
    }
    let draft = Draft {
        signer: "A".into(),
        position: "Giám đốc".into(),
        issuer: "Sở Tư pháp".into(),
        ..template.draft.clone()
    };
    let (composed, found) = compose(&draft, &facts, &Signing::default(), false);
    assert_eq!(found, []);
    // What the province's form took from the communes' is no longer what they say together.
    facts.now.values.insert(String::from("c18"), Value::Number(9.0));
    let (_, found) = compose(&draft, &facts, &Signing::default(), false);
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert!(one.message.contains("Tổng kinh phí – cấp xã") && one.message.contains("là 7, số tổng hợp"), "{one:?}");
    assert_eq!(composed.paper.annexes.len(), 2);
    assert!(press::docx(&composed.paper, &press::Layout::default()).is_ok());
}

#[test]
fn the_same_words_of_several_agencies_stand_once_with_their_names() {
    let mut facts = facts();
    let said = |agency: &str, text: &str| Difficulty {
        agency: agency.into(),
        text: text.into(),
        link: "/bao-cao/3".into(),
        cell: "kk".into(),
    };
    facts.difficulties = vec![said("Ủy ban nhân dân xã Một", "Thiếu kinh phí")];
    for place in ["Hai", "Ba", "Bốn", "Năm", "Sáu"] {
        facts.difficulties.push(said(&format!("Ủy ban nhân dân xã {place}"), "Kinh phí cấp\nchậm."));
    }
    let (composed, _) = paper(vec![block(Kind::Difficulties, "")], &facts);
    assert_eq!(
        words(&composed),
        "Kinh phí cấp chậm. (Xã Hai, Xã Ba, Xã Bốn, Xã Năm và 1 đơn vị khác); Thiếu kinh phí (Xã Một)"
    );
    let together = &composed.sources["khokhan.1"];
    assert!(together.link.ends_with("/nguon/khokhan.1"), "{}", together.link);
    let all: Vec<&str> = together.writers.iter().map(|(who, _)| who.as_str()).collect();
    assert_eq!(all, ["Hai", "Ba", "Bốn", "Năm", "Sáu"].map(|place| format!("Ủy ban nhân dân xã {place}")));
    assert_eq!(composed.sources["khokhan.2"].link, "/bao-cao/3");
    // As an answer: the agency's own words, line by line, or those of the agencies below.
    let answer = || Block { cells: vec!["kk".into()], ..block(Kind::Answers, "") };
    let (composed, found) = paper(vec![answer()], &facts);
    assert!(words(&composed).starts_with("Kinh phí cấp chậm. (Xã Hai"), "{found:?}");
    facts.now.values.insert(String::from("kk"), Value::Text("Dòng một\nDòng hai".into()));
    let (composed, _) = paper(vec![answer()], &facts);
    assert_eq!(words(&composed), "Dòng một\nDòng hai");
}
