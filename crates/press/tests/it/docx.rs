//! The Word document: measures in its XML, and the paper as read from it.

use std::io::{Cursor, Read};

use press::{Layout, PressError, Run, docx, docx_fragment};

use crate::samples::{letter, para, report};

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    let mut reader = quick_xml::Reader::from_str(&text);
    while !matches!(reader.read_event().expect("well-formed"), quick_xml::events::Event::Eof) {}
    text
}

#[track_caller]
fn has(text: &str, wanted: &str) {
    assert!(text.contains(wanted), "no {wanted}");
}

#[test]
fn the_page_is_as_the_decree_has_it() {
    let bytes = docx(&report(), &Layout::default()).unwrap();
    let document = part(&bytes, "word/document.xml");
    has(&document, r#"<w:pgSz w:w="11906" w:h="16838"/>"#);
    has(&document, r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#);
    has(&document, r#"<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567""#);
    assert_eq!(
        document.matches("<w:titlePg/>").count(),
        3,
        "no number on the first page of the paper and of each annex"
    );
    assert_eq!(document.matches(r#"<w:pgNumType w:start="1"/>"#).count(), 3);
    let header = part(&bytes, "word/header1.xml");
    has(&header, r#"<w:jc w:val="center"/>"#);
    has(&header, " PAGE ");
    let styles = part(&bytes, "word/styles.xml");
    has(&styles, r#"w:ascii="Times New Roman""#);
    has(&styles, r#"<w:sz w:val="28"/>"#);
    let body = styles.split("w:styleId=\"NoiDung\"").nth(1).unwrap();
    has(
        body,
        r#"<w:spacing w:before="120" w:after="0" w:line="264" w:lineRule="auto"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>"#,
    );
    for (name, text) in [("document", &document), ("styles", &styles), ("header", &header)] {
        assert!(!text.contains('\u{0}'), "{name}");
    }
}

#[test]
fn the_head_is_a_table_without_lines() {
    let document = part(&docx(&report(), &Layout::default()).unwrap(), "word/document.xml");
    let head = document.split("</w:tbl>").next().unwrap();
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        has(head, &format!(r#"<w:{side} w:val="nil"/>"#));
    }
    assert_eq!((head.matches("<w:tr>").count(), head.matches("<w:tc>").count()), (2, 4));
    has(
        head,
        r#"<w:rPr><w:b/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr><w:t xml:space="preserve">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t>"#,
    );
    has(
        head,
        r#"<w:rPr><w:b/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr><w:t xml:space="preserve">Độc lập - Tự do - Hạnh phúc</w:t>"#,
    );
    has(
        head,
        r#"<w:rPr><w:i/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr><w:t xml:space="preserve">Bình Hải, ngày 05 tháng 02 năm 2026</w:t>"#,
    );
    has(head, r#"<w:t xml:space="preserve">Số: 07/BC-STP</w:t>"#);
    assert_eq!(head.matches("<w:pBdr><w:top ").count(), 2, "rules under the issuer and under tiêu ngữ");
}

#[test]
fn every_figure_is_a_content_control_with_its_reference() {
    let document = part(&docx(&report(), &Layout::default()).unwrap(), "word/document.xml");
    for id in ["tong.hoat-dong", "tong.luot-nguoi", "nhom.dtts", "xa-59.c91"] {
        has(&document, &format!(r#"<w:tag w:val="{id}"/>"#));
    }
    let controls = document.matches("<w:sdt>").count();
    assert_eq!(controls, 4 + 1 + 2 + 60 * 7);
    has(&document, &format!(r#"<w:id w:val="{controls}"/>"#));
    let control = document.split(r#"<w:tag w:val="tong.hoat-dong"/>"#).nth(1).unwrap();
    assert!(control.split("</w:sdt>").next().unwrap().contains(">1.284</w:t>"));
}

#[test]
fn heads_of_tables_come_back_on_every_page_and_merge_their_cells() {
    let document = part(&docx(&report(), &Layout::default()).unwrap(), "word/document.xml");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 1 + 2 + 1);
    has(&document, r#"<w:gridSpan w:val="3"/>"#);
    assert_eq!(document.matches(r#"<w:vMerge w:val="restart"/>"#).count(), 3);
    assert_eq!(document.matches("<w:vMerge/>").count(), 3);
}

#[test]
fn a_paper_is_read_back_as_it_was_meant() {
    for paper in [report(), letter()] {
        let bytes = docx(&paper, &Layout::default()).unwrap();
        let source = papers::read(&bytes, None, papers::Limits::default()).expect("readable");
        crate::same(&papers::recognise(&source.text), &paper);
    }
}

#[test]
fn a_fragment_keeps_the_references_and_nothing_around_them() {
    let blocks =
        [para(vec![Run::plain("Đã tổ chức "), Run::reference("tong.hoat-dong", "12"), Run::plain(" hội nghị.")])];
    let document = part(&docx_fragment("Phần lồng ghép", &blocks, &Layout::default()).unwrap(), "word/document.xml");
    has(&document, r#"<w:tag w:val="tong.hoat-dong"/>"#);
    assert!(!document.contains("<w:tbl>") && !document.contains("CỘNG HÒA"));
    has(&document, "hội nghị.</w:t>");
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let bytes = docx(&report(), &Layout::default()).unwrap();
    assert_eq!(bytes, docx(&report(), &Layout::default()).unwrap());
}

#[test]
fn a_reference_that_word_could_not_keep_is_refused() {
    let mut paper = letter();
    paper.body.push(para(Run::reference("x".repeat(65), "1")));
    assert!(matches!(docx(&paper, &Layout::default()), Err(PressError::Reference(_))));
}
