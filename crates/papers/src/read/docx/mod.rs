//! DOCX (Office Open XML), as Word and LibreOffice write it.

mod article;
mod markdown;
mod numbering;
mod styles;

pub use article::Article;
pub(super) use article::article;

use self::numbering::Numbering;
use self::styles::{Props, Styles, num_of};
use super::encoding::{self, Legacy};
use super::package::Package;
use super::shape::{self, Block, Grid, MAX_COLUMNS, Place};
use super::xml::{self, El, Tree};
use super::{Limits, ReadError};
use crate::Warning;

pub(super) use numbering::number;

/// Is the package a Word document?
pub(super) fn is_docx(package: &Package<'_>) -> bool {
    package.has("word/document.xml") || package.has_under("word/document")
}

/// Reads the main document of the package.
pub(super) fn read(package: &mut Package<'_>, limits: Limits) -> Result<(String, Vec<Warning>), ReadError> {
    let Opened { styles, numbering, tree, .. } = Opened::new(package)?;
    let body = body(&tree)?;
    let mut walker = Walker { styles, numbering, legacy: None, inserted: false };
    let mut blocks = Vec::new();
    walker.blocks(body, &mut blocks)?;
    let mut warnings: Vec<Warning> = walker.legacy.map(super::legacy_warning).into_iter().collect();
    if walker.inserted {
        warnings.push(Warning {
            code: "tracked_changes".into(),
            message: "Tệp còn nội dung theo dõi thay đổi: phần thêm được giữ, phần xóa được bỏ.".into(),
            span: None,
        });
    }
    Ok((shape::render(&blocks, limits)?, warnings))
}

/// The main part of a package with what its paragraphs and lists refer to.
struct Opened {
    /// Path of the main part.
    main: String,
    styles: Styles,
    numbering: Numbering,
    tree: Tree,
}

impl Opened {
    fn new(package: &mut Package<'_>) -> Result<Self, ReadError> {
        let main = main_part(package)?;
        let styles = side(package, &main, "styles.xml")?.map(|tree| Styles::new(&tree)).unwrap_or_default();
        let numbering = side(package, &main, "numbering.xml")?
            .map(|tree| Numbering::new(&tree, |style| styles.num(Some(style)).map(|(num, _)| num)))
            .unwrap_or_default();
        let text =
            package.part(&main)?.ok_or_else(|| ReadError::Damaged("thiếu phần nội dung chính của tệp Word".into()))?;
        let tree = xml::parse(&text, &main)?;
        Ok(Self { main, styles, numbering, tree })
    }
}

/// A part beside the main one. One that is broken costs only what it tells.
fn side(package: &mut Package<'_>, main: &str, name: &str) -> Result<Option<Tree>, ReadError> {
    let path = main.rsplit_once('/').map_or(name.to_owned(), |(folder, _)| format!("{folder}/{name}"));
    match package.part(&path) {
        Ok(Some(text)) => Ok(xml::parse(&text, name).ok()),
        Ok(None) | Err(ReadError::Damaged(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn body(tree: &Tree) -> Result<El<'_>, ReadError> {
    let body = tree.root().path(&["document", "body"]);
    body.ok_or_else(|| ReadError::Damaged("phần nội dung chính của tệp Word trống".into()))
}

/// Path of the main part, from the package relations when they name another than usual.
fn main_part(package: &mut Package<'_>) -> Result<String, ReadError> {
    let usual = "word/document.xml".to_owned();
    if package.has(&usual) {
        return Ok(usual);
    }
    let relations = package.part("_rels/.rels")?.and_then(|text| xml::parse(&text, "_rels/.rels").ok());
    let target = relations.as_ref().and_then(|tree| tree.root().child("Relationships")).and_then(|list| {
        list.children()
            .find(|el| el.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument")))
            .and_then(|el| el.attr("Target"))
    });
    Ok(target.map_or(usual, |target| target.trim_start_matches('/').to_owned()))
}

struct Walker {
    styles: Styles,
    numbering: Numbering,
    legacy: Option<Legacy>,
    inserted: bool,
}

/// What one paragraph gathers.
#[derive(Default)]
struct Para {
    text: String,
    /// Text boxes anchored in it.
    boxes: Vec<Block>,
    /// The paragraph holds letters only Unicode has, so legacy font names in it mean nothing.
    modern: bool,
}

impl Walker {
    fn blocks(&mut self, parent: El<'_>, out: &mut Vec<Block>) -> Result<(), ReadError> {
        for el in parent.children() {
            match el.name() {
                "p" => self.paragraph(el, out)?,
                "tbl" => {
                    let grid = self.table(el)?;
                    out.push(Block::Grid(grid));
                }
                "sdt" => {
                    if let Some(content) = el.child("sdtContent") {
                        self.blocks(content, out)?;
                    }
                }
                "ins" | "moveTo" => {
                    self.inserted = true;
                    self.blocks(el, out)?;
                }
                "customXml" | "smartTag" => self.blocks(el, out)?,
                "AlternateContent" => {
                    if let Some(choice) = choice(el) {
                        self.blocks(choice, out)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, el: El<'_>, out: &mut Vec<Block>) -> Result<(), ReadError> {
        let ppr = el.child("pPr");
        let style = ppr.and_then(|ppr| ppr.val("pStyle"));
        let base = self.styles.paragraph(style);
        let mut para = Para { modern: el.text().chars().any(encoding::is_modern), ..Para::default() };
        self.inline(el, &base, &mut para)?;
        let own = ppr.and_then(num_of);
        let inherited = self.styles.num(style);
        let (list, level) = match (own, inherited) {
            (Some((list, level)), Some((num, at))) => (Some(list.unwrap_or(num)), level.unwrap_or(at)),
            (Some((list, level)), None) => (list, level.unwrap_or(0)),
            (None, Some((num, at))) => (Some(num), at),
            (None, None) => (None, 0),
        };
        let empty = para.text.trim().is_empty();
        if let Some(list) = list.filter(|list| list != "0")
            && !(empty && para.boxes.is_empty())
            && let Some(number) = self.numbering.next(&list, level)
            && !empty
        {
            para.text = format!("{number} {}", para.text.trim_start());
        }
        if !empty {
            out.push(Block::Line(para.text));
        }
        out.append(&mut para.boxes);
        Ok(())
    }

    /// Runs and everything that wraps runs.
    fn inline(&mut self, parent: El<'_>, base: &Props, para: &mut Para) -> Result<(), ReadError> {
        for el in parent.children() {
            match el.name() {
                "r" => self.run(el, base, para)?,
                "ins" | "moveTo" => {
                    self.inserted = true;
                    self.inline(el, base, para)?;
                }
                "del" | "moveFrom" => self.inserted = true,
                "hyperlink" | "smartTag" | "fldSimple" | "customXml" | "dir" | "bdo" => self.inline(el, base, para)?,
                "sdt" => {
                    if let Some(content) = el.child("sdtContent") {
                        self.inline(content, base, para)?;
                    }
                }
                "AlternateContent" => {
                    if let Some(choice) = choice(el) {
                        self.inline(choice, base, para)?;
                    }
                }
                "oMath" | "oMathPara" => para.text.push_str(&el.text()),
                _ => {}
            }
        }
        Ok(())
    }

    fn run(&mut self, el: El<'_>, base: &Props, para: &mut Para) -> Result<(), ReadError> {
        let own = el.child("rPr");
        let mut props = own.map(Props::of).unwrap_or_default();
        if let Some(style) = own.and_then(|rpr| rpr.val("rStyle")) {
            props = props.or(&self.styles.run(style));
        }
        let props = props.or(base);
        if props.hidden == Some(true) {
            return Ok(());
        }
        let mut text = String::new();
        self.run_content(el, &mut text, para)?;
        let font = props.font.as_deref().unwrap_or_default();
        if !para.modern
            && let Some((converted, kind)) = encoding::convert_run(&text, font)
        {
            if *converted != text {
                self.legacy = Some(kind);
            }
            text = converted.into_owned();
        }
        if props.caps == Some(true) {
            text = text.to_uppercase();
        }
        para.text.push_str(&text);
        Ok(())
    }

    fn run_content(&mut self, parent: El<'_>, text: &mut String, para: &mut Para) -> Result<(), ReadError> {
        for el in parent.children() {
            match el.name() {
                "t" => text.push_str(&el.text()),
                "tab" | "ptab" => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "AlternateContent" => {
                    if let Some(choice) = choice(el) {
                        self.run_content(choice, text, para)?;
                    }
                }
                "drawing" | "pict" | "object" => self.boxes(el, para)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Text boxes inside a drawing.
    fn boxes(&mut self, el: El<'_>, para: &mut Para) -> Result<(), ReadError> {
        for child in el.children() {
            match child.name() {
                "txbxContent" => self.blocks(child, &mut para.boxes)?,
                "AlternateContent" => {
                    if let Some(choice) = choice(child) {
                        self.boxes(choice, para)?;
                    }
                }
                _ => self.boxes(child, para)?,
            }
        }
        Ok(())
    }

    fn table(&mut self, el: El<'_>) -> Result<Grid, ReadError> {
        let mut grid = Grid::default();
        let mut places = 0;
        self.rows(el, &mut grid, &mut places)?;
        Ok(grid)
    }

    fn rows(&mut self, parent: El<'_>, grid: &mut Grid, places: &mut usize) -> Result<(), ReadError> {
        for el in parent.children() {
            match el.name() {
                "tr" if el.path(&["trPr", "del"]).is_none() => {
                    let mut row = Vec::new();
                    let before = el.path(&["trPr"]).and_then(|pr| pr.val("gridBefore")).and_then(|v| v.parse().ok());
                    row.resize(before.unwrap_or(0usize).min(MAX_COLUMNS), None);
                    self.cells(el, &mut row)?;
                    *places += row.len();
                    Grid::check(*places)?;
                    grid.rows.push(row);
                }
                "sdt" => {
                    if let Some(content) = el.child("sdtContent") {
                        self.rows(content, grid, places)?;
                    }
                }
                "ins" | "moveTo" | "customXml" => self.rows(el, grid, places)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cells(&mut self, parent: El<'_>, row: &mut Vec<Place>) -> Result<(), ReadError> {
        for el in parent.children() {
            match el.name() {
                "tc" => {
                    let pr = el.child("tcPr");
                    let span = pr.and_then(|pr| pr.val("gridSpan")).and_then(|v| v.parse().ok()).unwrap_or(1usize);
                    // A cell that continues a merge is shown nowhere, though its numbers count.
                    let covered = pr.is_some_and(|pr| {
                        ["vMerge", "hMerge"].iter().any(|name| {
                            pr.child(name).is_some_and(|merge| merge.attr("val").is_none_or(|v| v == "continue"))
                        })
                    });
                    let mut cell = Vec::new();
                    self.blocks(el, &mut cell)?;
                    row.push((!covered).then_some(cell));
                    let full = row.len().saturating_add(span.saturating_sub(1)).min(MAX_COLUMNS.max(row.len()));
                    row.resize(full, None);
                }
                "sdt" => {
                    if let Some(content) = el.child("sdtContent") {
                        self.cells(content, row)?;
                    }
                }
                "ins" | "moveTo" | "customXml" => self.cells(el, row)?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The variant of alternative content to read: never more than one.
fn choice(el: El<'_>) -> Option<El<'_>> {
    let filled = |el: &El<'_>| el.find("txbxContent").is_some() || el.find("t").is_some();
    let choice = el.children().find(|child| child.name() == "Choice" && filled(child));
    choice.or_else(|| el.child("Fallback")).or_else(|| el.child("Choice"))
}

#[cfg(test)]
mod tests {
    use super::styles::switch;
    use super::*;

    #[test]
    fn on_off_values() {
        let tree = xml::parse("<rPr><caps w:val='0'/><vanish/></rPr>", "x").unwrap();
        let rpr = tree.root().child("rPr").unwrap();
        assert_eq!(switch(rpr, "caps"), Some(false));
        assert_eq!(switch(rpr, "vanish"), Some(true));
        assert_eq!(switch(rpr, "strike"), None);
    }
}
