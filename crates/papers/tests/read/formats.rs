//! Every format gives the one shape of text.

use papers::{Format, Limits, ReadError, Source, read};

use crate::build::{docx, odt, p, package, ps, table};

fn text(bytes: &[u8]) -> String {
    source(bytes).text
}

fn source(bytes: &[u8]) -> Source {
    read(bytes, None, Limits::default()).unwrap()
}

/// The paper that all formats below hold.
pub const PAPER: &str = "\
UBND TỈNH AN BÌNH
SỞ TƯ PHÁP
Số: 12/KH-STP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 05 tháng 6 năm 2025

KẾ HOẠCH
I. MỤC ĐÍCH
1. Nâng cao nhận thức của cán bộ.
2. Phổ biến kịp thời quy định mới.

| STT | Nội dung | Chủ trì |
| I | Tuyên truyền | |
| 1 | Biên soạn tài liệu hỏi đáp. | Phòng Phổ biến pháp luật |

II. TỔ CHỨC THỰC HIỆN

Nơi nhận:
- Như trên;
- Lưu: VT, PBPL.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Trần Văn Minh";

const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Muc"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

fn listed(level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn word_paper(item: impl Fn(u8, &str) -> String) -> String {
    let cell = |text: &str| p(text);
    let merged = format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc>"#, p("Tuyên truyền"));
    let plan = table(&[
        &[cell("STT"), cell("Nội dung"), cell("Chủ trì")],
        &[cell("1"), ps(&["Biên soạn tài liệu", "hỏi đáp."]), cell("Phòng Phổ biến pháp luật")],
    ])
    .replacen("</w:tr>", &format!("</w:tr><w:tr><w:tc>{}</w:tc>{merged}</w:tr>", p("I")), 1);
    [
        table(&[
            &[
                ps(&["UBND TỈNH AN BÌNH", "SỞ TƯ PHÁP"]),
                ps(&["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]),
            ],
            &[cell("Số: 12/KH-STP"), cell("An Bình, ngày 05 tháng 6 năm 2025")],
        ]),
        p("KẾ HOẠCH"),
        item(0, "MỤC ĐÍCH"),
        item(1, "Nâng cao nhận thức của cán bộ."),
        item(1, "Phổ biến kịp thời quy định mới."),
        plan,
        item(0, "TỔ CHỨC THỰC HIỆN"),
        table(&[&[
            ps(&["Nơi nhận:", "- Như trên;", "- Lưu: VT, PBPL."]),
            ps(&["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Trần Văn Minh"]),
        ]]),
    ]
    .concat()
}

#[test]
fn docx_with_direct_numbers() {
    let source = source(&docx(&word_paper(listed), &[("numbering.xml", NUMBERING)]));
    assert_eq!(source.text, PAPER);
    assert_eq!((source.format, source.warnings), (Format::Docx, vec![]));
}

#[test]
fn docx_with_numbers_from_styles() {
    let item = |level, text: &str| styled(if level == 0 { "Muc" } else { "Khoan" }, text);
    assert_eq!(text(&docx(&word_paper(item), &[("numbering.xml", NUMBERING), ("styles.xml", STYLES)])), PAPER);
}

#[test]
fn odt_paper() {
    let styles = r#"<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="I" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/></text:list-style>"#;
    let p = |text: &str| format!("<text:p>{text}</text:p>");
    let row = |cells: &[String]| {
        let cells: String = cells.iter().map(|c| format!("<table:table-cell>{c}</table:table-cell>")).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let list = |items: &str, more: &str| {
        format!(r#"<text:list text:style-name="L1" {more}><text:list-item>{items}</text:list-item></text:list>"#)
    };
    let inner = format!(
        "<text:list><text:list-item>{}</text:list-item><text:list-item>{}</text:list-item></text:list>",
        p(
            "Nâng cao nhận thức<text:s/>của cán bộ.<text:note><text:note-body><text:p>Chú thích.</text:p></text:note-body></text:note>"
        ),
        p("Phổ biến kịp thời quy định mới.")
    );
    let body = [
        "<text:tracked-changes><text:changed-region><text:p>Đã xóa</text:p></text:changed-region></text:tracked-changes>".into(),
        format!(
            "<table:table>{}{}</table:table>",
            row(&[
                p("UBND TỈNH AN BÌNH") + &p("SỞ TƯ PHÁP"),
                p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + &p("Độc lập - Tự do - Hạnh phúc")
            ]),
            row(&[p("Số: 12/KH-STP"), p("An Bình, ngày 05 tháng 6 năm 2025")])
        ),
        p("KẾ HOẠCH"),
        list(&(p("MỤC ĐÍCH") + &inner), ""),
        format!(
            r#"<table:table><table:table-header-rows>{}</table:table-header-rows><table:table-row><table:table-cell>{}</table:table-cell><table:table-cell table:number-columns-spanned="2">{}</table:table-cell><table:covered-table-cell/></table:table-row>{}</table:table>"#,
            row(&[p("STT"), p("Nội dung"), p("Chủ trì")]),
            p("I"),
            p("Tuyên truyền"),
            row(&[p("1"), p("Biên soạn tài liệu") + &p("hỏi đáp."), p("Phòng Phổ biến pháp luật")])
        ),
        list(&p("TỔ CHỨC THỰC HIỆN"), r#"text:continue-numbering="true""#),
        format!(
            "<table:table>{}</table:table>",
            row(&[
                p("Nơi nhận:") + &p("- Như trên;") + &p("- Lưu: VT, PBPL."),
                p("KT. GIÁM ĐỐC") + &p("PHÓ GIÁM ĐỐC") + &p("Trần Văn Minh")
            ])
        ),
    ]
    .concat();
    let source = source(&odt(styles, &body));
    assert_eq!(source.text, PAPER);
    assert_eq!(source.format, Format::Odt);
}

#[test]
fn html_paper() {
    let page = "<!DOCTYPE html><html><body><table border=0><tr><td><p>UBND TỈNH\n AN BÌNH</p><p><b>SỞ TƯ PHÁP</b></p><td>\
        <b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><tr><td>Số: 12/KH-STP<td>\
        <i>An Bình, ngày 05 tháng 6 năm 2025</i></table><h1>KẾ HOẠCH</h1><p>I. MỤC ĐÍCH</p>\
        <ol><li>Nâng cao nhận thức của cán bộ.<li>Phổ biến kịp thời quy định mới.</ol>\
        <table><tr><th>STT<th>Nội dung<th>Chủ trì<tr><td>I<td colspan=2>Tuyên truyền<tr><td>1<td>Biên soạn tài liệu<br>\
        hỏi đáp.<td>Phòng Phổ biến pháp luật</table><p>II. TỔ CHỨC THỰC HIỆN</p><table><tr><td>Nơi nhận:<br>- Như trên;<br>\
        - Lưu: VT, PBPL.<td>KT. GIÁM ĐỐC<br>PHÓ GIÁM ĐỐC<br><br>Trần Văn Minh</table></body></html>";
    assert_eq!(text(page.as_bytes()), PAPER);
    // A page saved with the name of a Word file is still a page.
    assert_eq!(read(page.as_bytes(), Some("ke-hoach.doc"), Limits::default()).unwrap().format, Format::Html);
}

#[test]
fn tracked_changes_fields_boxes_and_links() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">Giao </w:t></w:r><w:del><w:r><w:delText>Sở cũ</w:delText></w:r></w:del><w:ins><w:r><w:t>Sở mới</w:t></w:r></w:ins><w:r><w:footnoteReference w:id="2"/></w:r><w:hyperlink><w:r><w:t xml:space="preserve"> chủ trì</w:t></w:r></w:hyperlink><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>, trang 3</w:t></w:r><w:r><w:br/><w:t>dòng</w:t><w:tab/><w:t>hai</w:t></w:r></w:p>
      <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps><w:txbxContent><w:p><w:r><w:t>KHẨN</w:t></w:r></w:p></w:txbxContent></wps></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>KHẨN</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
      <w:sdt><w:sdtContent><w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>kế hoạch</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    let source = source(&docx(body, &[]));
    assert_eq!(source.text, "Giao Sở mới chủ trì, trang 3\ndòng hai\nKHẨN\nKẾ HOẠCH");
    assert_eq!(source.warnings[0].code, "tracked_changes");
}

#[test]
fn merged_and_nested_tables() {
    let merge = |kind: &str, text: &str| format!("<w:tc><w:tcPr><w:vMerge{kind}/></w:tcPr>{}</w:tc>", p(text));
    let inner = table(&[&[p("x"), p("y")]]);
    let body = format!(
        "<w:tbl><w:tr>{}<w:tc>{}</w:tc></w:tr><w:tr>{}<w:tc>{}{inner}</w:tc></w:tr></w:tbl>",
        merge(" w:val=\"restart\"", "Nhóm"),
        p("một"),
        merge("", ""),
        p("hai | ba")
    );
    assert_eq!(text(&docx(&body, &[])), "| Nhóm | một |\n| | hai ¦ ba |\n| x | y |");
    // What is merged is empty, what holds nothing says so.
    let blank = table(&[&[p("a"), p("b"), p("c")], &[p("d"), p(""), p("e")]]);
    assert_eq!(text(&docx(&blank, &[])), "| a | b | c |\n| d | - | e |");
}

#[test]
fn page_headers_and_footers_stand_beside() {
    let part = |kind: &str, words: &str| {
        format!(r#"<w:{kind} xmlns:w="w" xmlns:v="v">{}<v:textpath string="BẢN NHÁP"/></w:{kind}>"#, p(words))
    };
    let parts = [("header1.xml", &*part("hdr", "TUYỆT MẬT")), ("footer2.xml", &*part("ftr", "Trang 1"))];
    let source = source(&docx(&p("Nội dung"), &parts));
    assert_eq!(source.text, "Nội dung");
    assert_eq!(source.margins, "Trang 1\nBẢN NHÁP\nTUYỆT MẬT\nBẢN NHÁP\n");
}

#[test]
fn columns_made_with_tabs() {
    let line =
        |left: &str, right: &str| format!("<w:p><w:r><w:t>{left}</w:t><w:tab/><w:tab/><w:t>{right}</w:t></w:r></w:p>");
    let body = [
        line("UBND TỈNH AN BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        line("SỞ TƯ PHÁP", "Độc lập - Tự do - Hạnh phúc"),
        line("Số: 12/KH-STP", "An Bình, ngày 05 tháng 6 năm 2025"),
        p("KẾ HOẠCH"),
        line("1.", "Nội dung"),
        line("Nơi nhận:", "KT. GIÁM ĐỐC"),
        line("- Như trên;", "PHÓ GIÁM ĐỐC"),
        p("- Lưu: VT, PBPL."),
        line("", "Trần Văn Minh"),
    ]
    .concat();
    let (head, _) = PAPER.split_once("\nI. MỤC").unwrap();
    let (_, foot) = PAPER.split_once("HIỆN\n\n").unwrap();
    assert_eq!(text(&docx(&body, &[])), format!("{head}\n1. Nội dung\n{foot}"));
}

#[test]
fn legacy_fonts_in_word_files() {
    let run = |font: &str, text: &str| {
        format!(
            r#"<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#
        )
    };
    let body = format!(
        "<w:p>{}</w:p><w:p>{}{}</w:p><w:p>{}</w:p>",
        run(".VnTimeH", "ñy ban nh©n d©n"),
        run(".VnTime", "Céng hßa x· héi "),
        run("Times New Roman", "2009"),
        run("VNI-Times", "Ñoäc laäp - Töï do")
    );
    let source = source(&docx(&body, &[]));
    assert_eq!(source.text, "ỦY BAN NHÂN DÂN\nCộng hòa xã hội 2009\nĐộc lập - Tự do");
    assert_eq!(source.warnings[0].code, "legacy_encoding");
    // A font name alone does not make Unicode text legacy.
    let modern = docx(&format!("<w:p>{}</w:p>", run(".VnTime", "Quyết định só đã")), &[]);
    assert_eq!(text(&modern), "Quyết định só đã");
}

#[test]
fn other_packages_are_refused() {
    assert_eq!(
        read(&package(&[("xl/workbook.xml", "<x/>")]), Some("a.docx"), Limits::default()),
        Err(ReadError::Unsupported)
    );
    let sheet = package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>")]);
    assert_eq!(read(&sheet, None, Limits::default()), Err(ReadError::Unsupported));
    let locked = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"),
    ]);
    assert_eq!(read(&locked, None, Limits::default()), Err(ReadError::Encrypted));
    assert_eq!(read(&docx("", &[]), None, Limits::default()), Err(ReadError::Empty));
}
