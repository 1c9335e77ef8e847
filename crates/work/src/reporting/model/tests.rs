//! Forms end to end: reading, faults, computing, sums, differences; the built-in ones.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use proptest::prelude::*;
use records::activities::definitions;

use super::{
    evaluate::{Beside, compute, findings},
    form::{Fault, Form, Known, Severity, Source, differences, header_rows, read, shipped},
    sums::Sums,
    value::{Value, Values},
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 9).unwrap()
}

fn look(text: &str) -> (Option<Form>, Vec<Fault>) {
    let forms = HashMap::from([("khac".to_owned(), vec!["c1".to_owned()])]);
    read(text, &Known { activities: definitions(), forms, today: today() })
}

fn form(text: &str) -> Form {
    let (form, faults) = look(text);
    form.unwrap_or_else(|| panic!("{faults:?}"))
}

const SMALL: &str = r#"key = "nho"
version = 1
name = "Biểu nhỏ"
legal_basis = "thử"
valid_from = "2026-01-01"
status = "official"
periods = ["nam"]
[[level]]
key = "xa"
name = "Cấp xã"
who = "each:ubnd@commune"
to = "tinh"
due = "+5"
[[level]]
key = "tinh"
name = "Cấp tỉnh"
who = "each:so-tu-phap@province"
[[cell]]
key = "c1"
label = "Một"
type = "count"
[[cell]]
key = "c2"
label = "Hai"
type = "number"
[[cell]]
key = "c3"
label = "Tổng"
type = "number"
formula = "c4 + 1"
[[cell]]
key = "c4"
label = "Cộng"
type = "number"
formula = "c1 + c2"
[[cell]]
key = "c5"
label = "Tỷ lệ"
type = "ratio"
ratio = { numerator = "c2", denominator = "c1" }
[[cell]]
key = "c6"
label = "Có mặt"
type = "count"
additive = false
required = false
[[cell]]
key = "t1"
label = "Lời"
type = "text"
[[rule]]
check = "c2 <= c1"
message = "Hai không lớn hơn một."
severity = "error"
[[rule]]
check = 'c1 >= prev(c1) and c1 <= other("khac", "c1")'
message = "So với kỳ trước và biểu khác."
severity = "warn"
"#;

#[test]
fn computed_cells_are_filled_in_order_and_rules_speak() {
    let form = form(SMALL);
    let typed: Values = serde_json::from_str(r#"{"c1": 4, "c2": 6.5, "c3": 99, "x": 1}"#).unwrap();
    let mut beside = Beside { prev: BTreeMap::from([("c1".into(), Value::Number(5.0))]), ..Beside::default() };
    let values = compute(&form, &typed, &beside);
    assert_eq!(serde_json::to_string(&values).unwrap(), r#"{"c1":4,"c2":6.5,"c3":11.5,"c4":10.5,"c5":162.5}"#);
    // What the other form says is not known: the second rule is false already by the first half.
    let said: Vec<(Severity, String)> =
        findings(&form, &values, &beside).into_iter().map(|f| (f.severity, f.cells.join(","))).collect();
    assert_eq!(said, [(Severity::Error, "c2,c1".into()), (Severity::Warn, "c1".into())]);
    beside.others = BTreeMap::from([("khac".into(), BTreeMap::from([("c1".into(), Value::Number(4.0))]))]);
    beside.prev.clear();
    assert_eq!(findings(&form, &values, &beside).len(), 1);
    let unanswered = findings(&form, &Values::new(), &Beside::default());
    assert_eq!(unanswered.len(), 2, "{unanswered:?}");
    let unfit: Values = serde_json::from_str(r#"{"c1": 1.5, "c2": "lời", "t1": 3}"#).unwrap();
    let wrong = findings(&form, &unfit, &Beside::default());
    assert_eq!(wrong.iter().filter(|f| f.severity == Severity::Error).count(), 3, "{wrong:?}");
}

#[test]
fn faults_name_line_and_column() {
    // The sign ¦ stands where the fault is to be shown.
    for (old, new, words) in [
        ("formula = \"c1 + c2\"", "formula = \"c1 + ¦c9\"", "Không có ô “c9”"),
        ("formula = \"c1 + c2\"", "formula = \"c1 + ¦\"", "phải là số hoặc ô"),
        (
            "key = \"c4\"\nlabel = \"Cộng\"\ntype = \"number\"\nformula = \"c1 + c2\"",
            "key = ¦\"c4\"\nlabel = \"Cộng\"\ntype = \"number\"\nformula = \"c3 + c2\"",
            "tính vòng tròn",
        ),
        ("formula = \"c1 + c2\"", "formula = ¦\"c1 > c2\"", "cho ra số"),
        ("formula = \"c1 + c2\"", "formula = \"c1 + ¦t1\"", "lời văn"),
        ("check = \"c2 <= c1\"", "check = ¦\"c2 + c1\"", "điều kiện"),
        ("type = \"count\"", "type = ¦\"so\"", "count, number"),
        ("key = \"c2\"", "key = ¦\"c1\"", "đã dùng"),
        ("periods = [\"nam\"]", "periods = [¦\"tuan\"]", "loại kỳ"),
        ("due = \"+5\"", "due = ¦\"5 ngày\"", "thời hạn"),
        ("to = \"tinh\"", "to = ¦\"trung-uong\"", "Không có cấp"),
        ("denominator = \"c1\"", "denominator = ¦\"t1\"", "lời văn"),
        ("additive = false", "¦aditive = false", "Không dùng “aditive” ở đây"),
        ("other(\"khac\", \"c1\")", "other(¦\"khac\", \"c7\")", "không có ô “c7”"),
        ("type = \"count\"", "from = ¦{ what = \"turns\", kinds = [\"khong-co\"] }\ntype = \"count\"", "khong-co"),
        ("version = 1", "version = ¦0", "từ 1"),
    ] {
        let marked = SMALL.replacen(old, new, 1);
        let (before, after) = marked.split_once('¦').expect("a marked place");
        let place = (before.matches('\n').count() + 1, before.rsplit('\n').next().unwrap().chars().count() + 1);
        let (form, faults) = look(&format!("{before}{after}"));
        assert!(form.is_none(), "{new}");
        let found = faults.iter().any(|f| (f.line, f.column) == place && f.message.contains(words));
        assert!(found, "{new}: {place:?} {faults:?}");
    }
}

/// Lines and messages of the faults of a text.
fn told(text: &str) -> Vec<(usize, String)> {
    look(text).1.into_iter().map(|fault| (fault.line, fault.message)).collect()
}

#[test]
fn one_look_tells_every_fault() {
    // Entries that nobody knows, wherever they stand, with what is wrong in what is known.
    let text = SMALL.replacen("version = 1", "version = 1\nban = 1", 1).replacen("\"count\"", "\"so\"\nloai = 1", 1);
    let text = text.replace("additive", "aditive").replace("ratio = { ", "ratio = { tu = 1, ");
    let faults = told(&text);
    let words = ["Không dùng “ban”", "count, number", "Không dùng “loai”", "Không dùng “tu”", "Không dùng “aditive”"];
    assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 22, 23, 42, 47], "{faults:?}");
    assert!(faults.iter().zip(words).all(|((_, said), words)| said.contains(words)), "{faults:?}");
    // Values of a wrong kind and missing ones too; what was told as wrong is not told as missing.
    let text = SMALL.replacen("version = 1", "version = \"1\"", 1).replacen("\"Hai\"", "5", 1);
    let text = text.replace("additive", "aditive").replacen("check = \"c2 <= c1\"\n", "", 1);
    let faults = told(&text);
    let words = ["đang là chữ", "đang là số nguyên", "Không dùng “aditive”", "Thiếu mục “check”"];
    assert!(faults.len() == 4 && faults.iter().zip(words).all(|((_, said), words)| said.contains(words)), "{faults:?}");
    // What is no TOML is told line by line.
    let faults = told(&SMALL.replacen("\"Một\"", "Một", 1).replacen("version = 1", "version =", 1));
    assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 20], "{faults:?}");
}

#[test]
fn an_expired_form_is_refused_with_what_followed() {
    let text = SMALL.replace("status =", "valid_to = \"2026-06-30\"\nfollowed_by = \"biểu mới\"\nstatus =");
    let (read, faults) = look(&text);
    assert!(faults.iter().any(|f| f.severity == Severity::Warn && f.message.contains("biểu mới")));
    let form = read.unwrap();
    let period = form.periods[0].find("2026").unwrap();
    let why = form.refusal(&period).unwrap();
    assert!(why.contains("30/06/2026") && why.contains("biểu mới"), "{why}");
    assert!(form.refusal(&form.periods[0].find("2024").unwrap()).unwrap().contains("có hiệu lực từ"));
}

#[test]
fn every_built_in_form_can_be_read() {
    let forms = shipped::forms();
    for text in shipped::TEXTS {
        let known: Vec<Form> = forms.iter().map(|(form, _)| form.clone()).collect();
        if let Err(faults) = shipped::read_with(text, &known, today()) {
            panic!("{}\n{}", &text[..80], faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
    }
    assert_eq!(forms.len(), shipped::TEXTS.len());
}

#[test]
fn form_09e_has_its_twelve_columns_and_its_end() {
    let forms = shipped::forms();
    let (form, _) = forms.iter().find(|(form, _)| form.key == "09e-btp-pbgdpl").unwrap();
    assert_eq!(form.code, "09e/BTP/PBGDPL");
    let keys: Vec<&str> = form.cells.iter().map(|cell| cell.key.as_str()).collect();
    assert_eq!(keys, ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12"]);
    let rows = header_rows(&form.cells);
    let show = |row: &[super::form::HeadCell]| {
        row.iter().map(|cell| format!("{}×{} {}", cell.columns, cell.rows, cell.text)).collect::<Vec<_>>()
    };
    assert_eq!(rows.len(), 3);
    assert_eq!(
        show(&rows[0]),
        [
            "2×1 Số báo cáo viên pháp luật cấp Trung ương",
            "2×1 Phổ biến, giáo dục pháp luật trực tiếp",
            "2×1 Thi tìm hiểu pháp luật",
            "2×1 Số tài liệu phổ biến, giáo dục pháp luật được phát hành",
            "4×1 Kinh phí phổ biến, giáo dục pháp luật"
        ]
    );
    assert!(show(&rows[1]).contains(&"2×1 Kinh phí từ ngân sách nhà nước".to_owned()));
    assert_eq!(show(&rows[2]), ["1×1 Phân bổ thường xuyên", "1×1 Cấp theo chương trình, đề án"]);
    let rule = form.periods[1];
    assert!(form.refusal(&rule.find("2024").unwrap()).is_none());
    assert!(form.refusal(&rule.find("2025").unwrap()).unwrap().contains("Thông tư số 17/2025/TT-BTP"));
}

#[test]
fn breakdowns_are_cells_of_their_own() {
    let forms = shipped::forms();
    let (form, _) = forms.iter().find(|(form, _)| form.key == "pbgdpl-cap-xa").unwrap();
    let women = form.cell("c2_nu").unwrap();
    assert_eq!(women.part_of.as_deref(), Some("c2"));
    assert!(matches!(women.source, Source::Activities(_)));
    assert_eq!(form.below("tinh").map(|level| level.key.as_str()).collect::<Vec<_>>(), ["xa"]);
    assert!(!form.level("tinh").unwrap().fills);
}

#[test]
fn differences_are_told_in_words() {
    let old = form(SMALL);
    assert_eq!(differences(&old, &old), []);
    let text = SMALL
        .replace("label = \"Hai\"", "label = \"Thứ hai\"")
        .replace("version = 1", "version = 2")
        .replace("c2 <= c1", "c2 < c1")
        .replace("due = \"+5\"", "due = \"+5w\"")
        .replace(
            "[[cell]]\nkey = \"c6\"\nlabel = \"Có mặt\"\ntype = \"count\"\nadditive = false\nrequired = false\n",
            "",
        );
    let changes = differences(&old, &form(&text));
    let names: Vec<&str> = changes.iter().map(|change| change.what.as_str()).collect();
    let expected = ["Bản", "Cấp xa, thời hạn", "Ô c6", "Ô c2, chỉ tiêu", "Quy tắc c2 <= c1", "Quy tắc c2 < c1"];
    assert_eq!(names, expected);
}

fn answers() -> impl Strategy<Value = Values> {
    let value = prop_oneof![
        Just(None),
        Just(Some(Value::None)),
        Just(Some(Value::Unassigned)),
        (0..5_000i32).prop_map(|n| Some(Value::Number(f64::from(n)))),
        (0..5_000i32).prop_map(|n| Some(Value::Number(f64::from(n) / 8.0))),
    ];
    proptest::collection::vec(value, 3).prop_map(|values| {
        let keys = ["c1", "c2", "c6"];
        keys.iter().zip(values).filter_map(|(key, value)| Some(((*key).to_owned(), value?))).collect()
    })
}

proptest! {
    #[test]
    fn sums_equal_a_recount_whatever_came_and_went(reports in proptest::collection::vec((answers(), any::<bool>()), 0..30)) {
        let form = form(SMALL);
        let mut sums = Sums::default();
        for (values, _) in &reports {
            sums.add(&form, values);
        }
        for (values, _) in reports.iter().filter(|(_, stays)| !stays) {
            sums.remove(&form, values);
        }
        let mut recount = Sums::default();
        for (values, _) in reports.iter().filter(|(_, stays)| *stays) {
            recount.add(&form, values);
        }
        prop_assert_eq!(&sums, &recount);
        let kept: Sums = serde_json::from_str(&serde_json::to_string(&sums).unwrap()).unwrap();
        prop_assert_eq!(&kept, &sums);
        // A ratio comes from the sums, never from the ratios; what is not additive is not summed.
        let values = sums.values(&form);
        prop_assert_eq!(values.get("c6"), None);
        if let (Some(Value::Number(one)), Some(Value::Number(two)), Some(Value::Number(ratio))) =
            (values.get("c1"), values.get("c2"), values.get("c5"))
        {
            prop_assert_eq!(*ratio, two / one * 100.0);
        }
    }

    #[test]
    fn no_definition_makes_the_reader_panic(cut in 0usize..1200, text in "[a-z=\\[\\]\"\\n{} ]{0,40}") {
        let mut broken = SMALL.to_owned();
        let cut = (0..=cut.min(broken.len())).rev().find(|at| broken.is_char_boundary(*at)).unwrap_or(0);
        broken.insert_str(cut, &text);
        look(&broken);
    }
}

#[test]
fn no_duty_is_a_certain_zero_and_no_activity_is_a_question() {
    use super::payload::{Payload, current};
    let text = SMALL
        .replace("label = \"Một\"\ntype = \"count\"", "label = \"Một\"\ntype = \"count\"\nfrom = { plan = \"late\" }");
    let form = form(&text.replace(
        "label = \"Hai\"\ntype = \"number\"",
        "label = \"Hai\"\ntype = \"count\"\nfrom = { what = \"activities\" }",
    ));
    let auto = Values::from([("c1".to_owned(), Value::Number(0.0)), ("c2".to_owned(), Value::Number(0.0))]);
    let values = current(&form, &Payload::default(), &auto);
    assert_eq!(values.get("c1"), Some(&Value::Number(0.0)));
    assert_eq!(values.get("c2"), None);
}

#[test]
fn behind_a_computed_cell_stand_the_fewest_behind_what_it_is_computed_from() {
    let form = &shipped::forms().iter().find(|(form, _)| form.key == "pbgdpl-cap-xa").unwrap().0;
    let mut sums = Sums::default();
    let number = |key: &str| (key.to_owned(), Value::Number(4.0));
    sums.add(form, &Values::from([number("c1"), number("c2")]));
    sums.add(form, &Values::from([number("c1")]));
    assert_eq!(sums.behind(form, "c1"), Some(2));
    assert_eq!(sums.behind(form, "c4"), Some(1), "a ratio of c2 to c1");
}

#[test]
fn a_cell_is_named_so_that_it_stands_alone() {
    let forms = shipped::forms();
    let form = |key: &str| &forms.iter().find(|(form, _)| form.key == key).unwrap().0;
    assert_eq!(form("pbgdpl-cap-xa").named("c2"), "Số lượt người tham dự");
    let part = form("pbgdpl-cap-xa").cells.iter().find(|cell| cell.part_of.is_some()).unwrap();
    assert_eq!(form("pbgdpl-cap-xa").named(&part.key), "Số lượt người tham dự – trong đó: nữ");
    assert_eq!(form("09e-btp-pbgdpl").named("c9"), "Kinh phí phổ biến, giáo dục pháp luật – tổng số");
    assert_eq!(form("09e-btp-pbgdpl").named("khac"), "khac");
}
