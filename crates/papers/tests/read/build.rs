//! Small DOCX and ODT files written in the forms Word and LibreOffice write.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

/// A package of named parts.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A DOCX with this body and further parts under `word/`.
pub fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}<w:sectPr/></w:body></w:document>"#
    );
    let names: Vec<String> = more.iter().map(|(name, _)| format!("word/{name}")).collect();
    let mut parts = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", document.as_str())];
    parts.extend(names.iter().map(String::as_str).zip(more.iter().map(|(_, text)| *text)));
    package(&parts)
}

/// An ODT with these automatic styles and this text.
pub fn odt(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:draw="d"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"#
    );
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

/// One Word paragraph; runs are split in the middle, as Word does while people type.
pub fn p(text: &str) -> String {
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(i, _)| i);
    let (a, b) = text.split_at(half);
    format!(
        r#"<w:p w:rsidR="00A1"><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t xml:space="preserve">{a}</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t xml:space="preserve">{b}</w:t></w:r></w:p>"#
    )
}

/// A Word table of cells given as XML.
pub fn table(rows: &[&[String]]) -> String {
    let rows: String = rows
        .iter()
        .map(|cells| {
            let cells: String = cells.iter().map(|cell| format!("<w:tc><w:tcPr/>{cell}</w:tc>")).collect();
            format!("<w:tr>{cells}</w:tr>")
        })
        .collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
}

/// Paragraphs of one cell.
pub fn ps(lines: &[&str]) -> String {
    lines.iter().map(|line| p(line)).collect()
}
