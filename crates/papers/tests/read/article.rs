//! Articles written in Word become Markdown with their structure, and nothing else.

use papers::{Article, Limits, ReadError, article};
use proptest::prelude::*;

use crate::build::{docx, odt, package};

const STYLES: &str = r#"<w:styles>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="heading 2"/><w:basedOn w:val="u1"/></w:style>
<w:style w:type="paragraph" w:styleId="rieng"><w:name w:val="Mục riêng"/><w:basedOn w:val="u2"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style></w:styles>"#;

const NUMBERING: &str = r#"<w:numbering>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Target="https://vi-du.vn/a (1)"/><Relationship Id="r2" Target="javascript:alert(1)"/></Relationships>"#;

const NOTES: &str = r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>Theo báo cáo của xã.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

fn para(style: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>"#)
}

fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn item(level: u8, text: &str) -> String {
    let runs = run(text);
    format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>{runs}</w:p>"#)
}

fn read(body: &str) -> Article {
    let parts = [
        ("styles.xml", STYLES),
        ("numbering.xml", NUMBERING),
        ("_rels/document.xml.rels", RELATIONS),
        ("footnotes.xml", NOTES),
    ];
    article(&docx(body, &parts), Limits::default()).unwrap()
}

#[test]
fn structure_is_kept() {
    let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(text));
    let body = [
        para("Title", &run("Ra quân *hưởng ứng* Ngày Pháp luật")),
        para("", &format!("{}<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">ba trăm </w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr><w:t>người</w:t></w:r>{}", run("Có "), run(" dự."))),
        para("u1", &run("Diễn biến")),
        para("rieng", "<w:r><w:rPr><w:i/></w:rPr><w:t>Phần một</w:t></w:r>"),
        item(0, "Đoàn viên"),
        item(1, "đóng vai"),
        item(0, "Luật sư"),
        para("Quote", &run("Việc nhỏ mà xong thì dân tin.")),
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("Xã"), cell("Số | vụ"), cell("Mẫu Sơn"), cell("12")),
        format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("Chỉ là khung")),
        format!(
            "<w:p><w:hyperlink r:id=\"r1\">{}</w:hyperlink>{}<w:hyperlink r:id=\"r2\">{}</w:hyperlink><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
            run("Xem thêm"),
            run(" và "),
            run("bấm đây")
        ),
        "<w:p><w:r><w:drawing><a:blip r:embed=\"r9\"/></w:drawing></w:r></w:p>".to_owned(),
        "<w:p><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins><w:r><w:t>giữ</w:t><w:br/><w:t>dòng hai</w:t></w:r></w:ins></w:p>".to_owned(),
    ]
    .concat();
    let found = read(&body);
    assert_eq!(found.title, "Ra quân *hưởng ứng* Ngày Pháp luật");
    assert_eq!(found.pictures, 1);
    assert_eq!(
        found.markdown,
        "Có **ba trăm người** dự.\n\n## Diễn biến\n\n## Phần một\n\n- Đoàn viên\n   1. đóng vai\n- Luật sư\n\n> Việc nhỏ mà xong thì dân tin.\n\n\
         | Xã | Số \\| vụ |\n| --- | --- |\n| Mẫu Sơn | 12 |\n\nChỉ là khung\n\n[Xem thêm](https://vi-du.vn/a%20%281%29) và bấm đây[^2]\n\n\
         giữ  \ndòng hai\n\n[^2]: Theo báo cáo của xã."
    );
}

#[test]
fn words_stay_words() {
    let body: String = ["# không phải đề mục", "1. không phải mục", "- gạch", "---", "a_b [c](d) &lt;script&gt; \\"]
        .map(|text| para("", &run(text)))
        .concat();
    assert_eq!(
        read(&body).markdown,
        "\\# không phải đề mục\n\n1\\. không phải mục\n\n\\- gạch\n\n\\---\n\na\\_b \\[c\\](d) \\<script> \\\\"
    );
    // The first heading is the title only when it stands first.
    let body = para("u1", &run("Đầu đề")) + &para("u1", &run("Mục"));
    assert_eq!(read(&body), Article { title: "Đầu đề".into(), markdown: "## Mục".into(), pictures: 0 });
}

#[test]
fn what_is_no_article_is_refused_with_the_reason() {
    let limits = Limits::default();
    assert_eq!(article(b"", limits), Err(ReadError::Empty));
    assert_eq!(article(b"<html><body>x</body></html>", limits), Err(ReadError::Unsupported));
    assert_eq!(article(&odt("", "<text:p>a</text:p>"), limits), Err(ReadError::Unsupported));
    assert_eq!(article(&package(&[("a.txt", "a")]), limits), Err(ReadError::Unsupported));
    assert_eq!(article(&docx("", &[]), limits), Err(ReadError::Empty));
    let small = Limits { unpacked: 1000, ..limits };
    assert_eq!(article(&docx(&para("", &run(&"x".repeat(9000))), &[]), small), Err(ReadError::TooLarge));
    let whole = docx(&para("", &run("chữ")), &[]);
    assert!(article(&whole[..whole.len() / 2], limits).is_err());
}

proptest! {
    #[test]
    fn no_body_panics(text in "\\PC{0,60}", tags in proptest::collection::vec(0usize..12, 0..40)) {
        let open = ["<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:r>", "</w:r>", "<w:hyperlink r:id='r1'>", "</w:hyperlink>"];
        let escaped = text.replace(['&', '<'], "");
        let body: String = tags.iter().map(|at| format!("{}<w:t>{escaped}</w:t>", open[*at])).collect();
        let _ = article(&docx(&body, &[("styles.xml", STYLES), ("numbering.xml", NUMBERING)]), Limits::default());
        let words = read_or_empty(&para("", &run(&escaped)));
        prop_assert!(!words.contains('\n'));
    }

    #[test]
    fn no_bytes_panic(at in 0usize..600, byte in any::<u8>()) {
        let mut bytes = docx(&para("Title", &run("chữ")), &[("styles.xml", STYLES)]);
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let _ = article(&bytes, Limits::default());
    }
}

fn read_or_empty(body: &str) -> String {
    article(&docx(body, &[]), Limits::default()).map(|found| found.markdown).unwrap_or_default()
}
