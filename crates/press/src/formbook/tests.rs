//! What is filled in comes back under its key and address.

use super::*;
use crate::official::Run;

fn book() -> FormBook {
    let number = |key: &str, column, value: &str| FormCell {
        key: key.into(),
        row: 1,
        column,
        kind: FormKind::Number { min: 0, max: None },
        value: value.into(),
        hint: "Số cuộc trong kỳ".into(),
    };
    FormBook {
        identity: FormIdentity {
            form: "09e".into(),
            version: "1".into(),
            period: "2026-H1".into(),
            agency: "xa-an-loc".into(),
            hash: "ab12".into(),
            report: "r1".into(),
        },
        titles: vec!["Biểu số 09e/BTP/PBGDPL".into(), "Kỳ: 6 tháng đầu năm 2026".into()],
        widths: vec![30.0, 14.0, 14.0, 14.0, 30.0],
        head: vec![
            vec![Cell::over("Nội dung", 1, 2), Cell::over(Run::bold("Số cuộc"), 3, 1), Cell::over("Ghi chú", 1, 2)],
            vec![Cell::of("Trực tiếp"), Cell::of("Trực tuyến"), Cell::of("Thi")],
        ],
        labels: vec![(0, 0, "A".into()), (1, 0, "Toàn xã".into())],
        cells: vec![
            number("c1", 1, "12"),
            number("c2", 2, NONE),
            number("c3", 3, ""),
            FormCell {
                key: "note".into(),
                row: 1,
                column: 4,
                kind: FormKind::Text,
                value: "Đã kiểm tra\u{1}\n_x000D_ ".into(),
                hint: String::new(),
            },
            FormCell {
                key: "rate".into(),
                row: 2,
                column: 1,
                kind: FormKind::Decimal { places: 3 },
                value: "12.5".into(),
                hint: String::new(),
            },
        ],
    }
}

#[test]
fn a_form_comes_back_with_its_identity_and_addresses() {
    let bytes = write_form_book(&book()).unwrap();
    let (identity, entries) = read_form_book(&bytes).unwrap();
    assert_eq!(identity, book().identity);
    let told: Vec<_> = entries.iter().map(|e| (e.key.as_str(), e.address.as_str(), e.raw.as_str())).collect();
    assert_eq!(
        told,
        [
            ("c1", "B6", "12"),
            ("c2", "C6", NONE),
            ("c3", "D6", ""),
            ("note", "E6", "Đã kiểm tra\n_x000D_"),
            ("rate", "B7", "12.5")
        ]
    );
    assert!(entries.iter().all(|entry| entry.was == entry.raw), "{entries:?}");
    assert_eq!(entries.iter().filter_map(|entry| entry.number).collect::<Vec<_>>(), [12.0, 12.5]);
    assert_eq!(bytes, write_form_book(&book()).unwrap());
}

#[test]
fn the_sheet_is_locked_but_for_its_inputs_and_checks_them() {
    let bytes = write_form_book(&book()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let sheet = part("xl/worksheets/sheet1.xml");
    for wanted in [
        "<sheetProtection sheet=\"1\"",
        "<mergeCell ref=\"B3:D3\"/>",
        "<mergeCell ref=\"A3:A4\"/>",
        "type=\"custom\"",
        "AND(ISNUMBER(B6),B6=INT(B6),B6&gt;=0)",
        "Số cuộc trong kỳ",
    ] {
        assert!(sheet.contains(wanted), "no {wanted}");
    }
    assert!(part("xl/workbook.xml").contains("state=\"veryHidden\""));
    assert!(part("xl/styles.xml").contains("<protection locked=\"0\"/>"));
}

#[test]
fn other_workbooks_are_refused() {
    assert!(read_form_book(b"nothing").is_err());
    let other = crate::write_workbook(&[crate::Sheet { name: "A".into(), columns: vec![], rows: vec![] }]).unwrap();
    assert!(read_form_book(&other).is_err());
}

#[test]
fn addresses_are_those_of_a_spreadsheet() {
    for (row, column, name) in [(0, 0, "A1"), (11, 3, "D12"), (9, 25, "Z10"), (9, 26, "AA10"), (0, 16_383, "XFD1")] {
        assert_eq!(address(row, column), name);
        assert_eq!(place(name), Some((row, u32::from(column))));
    }
    assert!([("", None), ("12", None), ("d1", None), ("A0", None), ("A", None)].iter().all(|(t, p)| place(t) == *p));
}
