//! A paper as DOCX in the way Word writes it.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use crate::paper::Part;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"#;
const HEADER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#;

/// Widths of the columns of a task table, in twentieths of a point.
const WIDTHS: [u32; 6] = [650, 2700, 1500, 1900, 1450, 1250];

/// The file. Numbers begin anew below each heading of a higher level.
pub fn docx(parts: &[Part]) -> Vec<u8> {
    let body: String = parts.iter().map(part).collect();
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="720" w:footer="720" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>"#
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("word/document.xml", document.as_str()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELS),
        ("word/numbering.xml", &numbering()),
        ("word/styles.xml", STYLES),
        ("word/header1.xml", HEADER),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn numbering() -> String {
    let level = |at: u8, format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>"#
        )
    };
    let levels = level(0, "upperRoman", "%1.") + &level(1, "decimal", "%2.") + &level(2, "lowerLetter", "%3)");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    )
}

/// One paragraph; its run is split in the middle, as Word does while people type.
fn paragraph(text: &str, properties: &str, run: &str) -> String {
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let (a, b) = text.split_at(half);
    format!(
        r#"<w:p w:rsidR="00A1"><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{a}</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{b}</w:t></w:r></w:p>"#
    )
}

fn part(part: &Part) -> String {
    const CENTRE: &str = r#"<w:jc w:val="center"/>"#;
    const BODY: &str = r#"<w:spacing w:after="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>"#;
    match part {
        Part::Columns(rows) => columns(rows),
        Part::Centre(line) => paragraph(line, CENTRE, "<w:b/>"),
        Part::Line(line) => paragraph(line, BODY, ""),
        Part::Item(level, _, line) => {
            let list = format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>{BODY}"#);
            paragraph(line, &list, if *level < 2 && line.len() < 60 { "<w:b/>" } else { "" })
        }
        Part::Table(rows) => table(rows),
        Part::Page => r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#.into(),
    }
}

fn columns(rows: &[(&[&str], &[&str])]) -> String {
    let cell = |lines: &[&str], width: u32, small: bool| {
        let listed = lines.iter().any(|line| line.starts_with("- "));
        let (properties, run) = match (listed, small) {
            (true, true) => ("", r#"<w:sz w:val="22"/>"#),
            (true, false) => ("", ""),
            _ => (r#"<w:jc w:val="center"/>"#, r#"<w:sz w:val="24"/>"#),
        };
        let lines: String = lines.iter().map(|line| paragraph(line, properties, run)).collect();
        format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{lines}</w:tc>"#)
    };
    let rows: String = rows
        .iter()
        .map(|(left, right)| format!("<w:tr>{}{}</w:tr>", cell(left, 3900, true), cell(right, 5500, false)))
        .collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="9400" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="3900"/><w:gridCol w:w="5500"/></w:tblGrid>{rows}</w:tbl><w:p/>"#
    )
}

fn table(rows: &[&[&str]]) -> String {
    let grid: String = WIDTHS.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let border = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    let lines: String = rows.iter().enumerate().map(|(at, row)| table_row(rows, at, row)).collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="9450" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl><w:p/>"#
    )
}

fn table_row(rows: &[&[&str]], at: usize, row: &[&str]) -> String {
    let mut cells = String::new();
    let mut column = 0;
    while let Some(text) = row.get(column) {
        let span = 1 + row.iter().skip(column + 1).take_while(|cell| **cell == "<").count();
        let width: u32 = WIDTHS.iter().skip(column).take(span).sum();
        let below = rows.get(at + 1).and_then(|row| row.get(column)) == Some(&"^");
        let merge = match (*text, below) {
            ("^", _) => "<w:vMerge/>",
            (_, true) => r#"<w:vMerge w:val="restart"/>"#,
            _ => "",
        };
        let spanned = if span > 1 { format!(r#"<w:gridSpan w:val="{span}"/>"#) } else { String::new() };
        let words = if *text == "^" { "" } else { *text };
        let run = if at == 0 || span > 1 { r#"<w:b/><w:sz w:val="24"/>"# } else { r#"<w:sz w:val="24"/>"# };
        cells.push_str(&format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}</w:tcPr>{}</w:tc>"#,
            paragraph(words, "", run)
        ));
        column += span;
    }
    let header = if at == 0 { "<w:trPr><w:tblHeader/></w:trPr>" } else { "" };
    format!("<w:tr>{header}{cells}</w:tr>")
}
