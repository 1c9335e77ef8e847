//! The parts of the package and their zip, whose entries bear a fixed time.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::official::{Layout, PressError};
use crate::xml::Xml;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PROPERTIES: &str = "application/vnd.openxmlformats-package.core-properties+xml";

/// Puts the package together around the body that was written.
pub(super) fn zip(body: Xml, name: &str, author: &str, layout: &Layout) -> Result<Vec<u8>, PressError> {
    let mut document = Xml::document();
    document.node("w:document", &[("xmlns:w", &MAIN), ("xmlns:r", &LINKS)], |x| {
        x.node("w:body", &[], |x| x.append(body));
    });
    let parts = [
        ("[Content_Types].xml", kinds()),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")])),
        ("docProps/core.xml", core(name, author)),
        ("word/document.xml", document.finish()),
        (
            "word/_rels/document.xml.rels",
            relations(&[("styles", "styles.xml"), ("header", "header1.xml"), ("settings", "settings.xml")]),
        ),
        ("word/styles.xml", styles(layout)),
        ("word/header1.xml", page_number(layout)),
        ("word/settings.xml", settings()),
    ];
    let unwritable = |e: zip::result::ZipError| PressError::Unwritable(e.to_string());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        archive.start_file(path, options).map_err(unwritable)?;
        archive.write_all(text.as_bytes()).map_err(|e| PressError::Unwritable(e.to_string()))?;
    }
    Ok(archive.finish().map_err(unwritable)?.into_inner())
}

fn kinds() -> String {
    let mut x = Xml::document();
    x.node("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |x| {
        let rels = "application/vnd.openxmlformats-package.relationships+xml";
        x.leaf("Default", &[("Extension", &"rels"), ("ContentType", &rels)]);
        x.leaf("Default", &[("Extension", &"xml"), ("ContentType", &"application/xml")]);
        x.leaf("Override", &[("PartName", &"/docProps/core.xml"), ("ContentType", &PROPERTIES)]);
        for (part, kind) in
            [("document", "document.main"), ("styles", "styles"), ("header1", "header"), ("settings", "settings")]
        {
            let (part, kind) = (format!("/word/{part}.xml"), format!("{KIND}.{kind}+xml"));
            x.leaf("Override", &[("PartName", &part), ("ContentType", &kind)]);
        }
    });
    x.finish()
}

fn relations(targets: &[(&str, &str)]) -> String {
    let mut x = Xml::document();
    x.node("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |x| {
        for (at, (kind, target)) in (1..).zip(targets) {
            let kind = match *kind {
                "core" => format!("{PACKAGE}/relationships/metadata/core-properties"),
                kind => format!("{LINKS}/{kind}"),
            };
            x.leaf("Relationship", &[("Id", &format!("rId{at}")), ("Type", &kind), ("Target", target)]);
        }
    });
    x.finish()
}

fn core(name: &str, author: &str) -> String {
    let mut x = Xml::document();
    let terms = "http://purl.org/dc/elements/1.1/";
    let names = format!("{PACKAGE}/metadata/core-properties");
    x.node("cp:coreProperties", &[("xmlns:cp", &names), ("xmlns:dc", &terms)], |x| {
        x.words("dc:title", &[], name);
        x.words("dc:creator", &[], author);
        x.words("dc:language", &[], "vi-VN");
    });
    x.finish()
}

fn settings() -> String {
    let mut x = Xml::document();
    x.node("w:settings", &[("xmlns:w", &MAIN)], |x| {
        x.leaf("w:defaultTabStop", &[("w:val", &720)]);
        x.node("w:compat", &[], |x| {
            let uri = "http://schemas.microsoft.com/office/word";
            x.leaf("w:compatSetting", &[("w:name", &"compatibilityMode"), ("w:uri", &uri), ("w:val", &15)]);
        });
    });
    x.finish()
}

/// The page's number in the middle of the top margin.
fn page_number(layout: &Layout) -> String {
    let mut x = Xml::document();
    let size = (layout.size * 2.0).round() as i64;
    let run = |x: &mut Xml, inner: &dyn Fn(&mut Xml)| {
        x.node("w:r", &[], |x| {
            x.node("w:rPr", &[], |x| x.leaf("w:sz", &[("w:val", &size)]));
            inner(x);
        });
    };
    x.node("w:hdr", &[("xmlns:w", &MAIN)], |x| {
        x.node("w:p", &[], |x| {
            x.node("w:pPr", &[], |x| x.leaf("w:jc", &[("w:val", &"center")]));
            run(x, &|x| x.leaf("w:fldChar", &[("w:fldCharType", &"begin")]));
            run(x, &|x| x.words("w:instrText", &[("xml:space", &"preserve")], " PAGE "));
            run(x, &|x| x.leaf("w:fldChar", &[("w:fldCharType", &"separate")]));
            run(x, &|x| x.words("w:t", &[], "2"));
            run(x, &|x| x.leaf("w:fldChar", &[("w:fldCharType", &"end")]));
        });
    });
    x.finish()
}

fn styles(layout: &Layout) -> String {
    let mut x = Xml::document();
    let half = (layout.size * 2.0).round() as i64;
    let font: [(&str, &dyn std::fmt::Display); 4] = [
        ("w:ascii", &"Times New Roman"),
        ("w:hAnsi", &"Times New Roman"),
        ("w:eastAsia", &"Times New Roman"),
        ("w:cs", &"Times New Roman"),
    ];
    x.node("w:styles", &[("xmlns:w", &MAIN)], |x| {
        x.node("w:docDefaults", &[], |x| {
            x.node("w:rPrDefault", &[], |x| {
                x.node("w:rPr", &[], |x| {
                    x.leaf("w:rFonts", &font);
                    x.leaf("w:color", &[("w:val", &"000000")]);
                    x.leaf("w:sz", &[("w:val", &half)]);
                    x.leaf("w:szCs", &[("w:val", &half)]);
                    x.leaf("w:lang", &[("w:val", &"vi-VN")]);
                });
            });
            x.node("w:pPrDefault", &[], |x| {
                x.node("w:pPr", &[], |x| {
                    let single = 240;
                    x.leaf(
                        "w:spacing",
                        &[("w:before", &0), ("w:after", &0), ("w:line", &single), ("w:lineRule", &"auto")],
                    );
                });
            });
        });
        x.node("w:style", &[("w:type", &"paragraph"), ("w:default", &1), ("w:styleId", &"Normal")], |x| {
            x.leaf("w:name", &[("w:val", &"Normal")]);
            x.leaf("w:qFormat", &[]);
        });
        style(x, layout, "NoiDung", "Nội dung", None);
        style(x, layout, "Giua", "Giữa dòng", None);
        style(x, layout, "Bang", "Chữ trong bảng", None);
        for level in 1..=6 {
            style(x, layout, &format!("Heading{level}"), &format!("heading {level}"), Some(level));
        }
    });
    x.finish()
}

/// One paragraph style: of the body, of its centred lines, of tables, or of a heading.
fn style(x: &mut Xml, layout: &Layout, id: &str, name: &str, heading: Option<u8>) {
    let centred = id == "Giua" || heading.is_some_and(|level| level < 4);
    let table = id == "Bang";
    x.node("w:style", &[("w:type", &"paragraph"), ("w:styleId", &id)], |x| {
        x.leaf("w:name", &[("w:val", &name)]);
        x.leaf("w:basedOn", &[("w:val", &"Normal")]);
        if heading.is_some() {
            x.leaf("w:next", &[("w:val", &"NoiDung")]);
        }
        x.leaf("w:qFormat", &[]);
        x.node("w:pPr", &[], |x| {
            if heading.is_some() || centred {
                x.leaf("w:keepNext", &[]);
            }
            let gap = if table { 20 } else { (layout.gap * 20.0).round() as i64 };
            let line = if table { 240 } else { (layout.leading * 240.0).round() as i64 };
            let after = if table { 20 } else { 0 };
            x.leaf("w:spacing", &[("w:before", &gap), ("w:after", &after), ("w:line", &line), ("w:lineRule", &"auto")]);
            if !centred && !table {
                x.leaf("w:ind", &[("w:firstLine", &super::paragraph::twips(layout.indent))]);
            }
            if !table {
                x.leaf("w:jc", &[("w:val", &(if centred { "center" } else { "both" }))]);
            }
            if let Some(level) = heading {
                x.leaf("w:outlineLvl", &[("w:val", &(level - 1))]);
            }
        });
    });
}
