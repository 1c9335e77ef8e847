//! ODT (OpenDocument text).

use std::collections::HashMap;

use super::docx::number;
use super::package::Package;
use super::shape::{self, Block, Grid, MAX_COLUMNS, Place};
use super::xml::{self, El};
use super::{Limits, ReadError};

/// Is the package an OpenDocument text? Other OpenDocument kinds are not read.
pub(super) fn is_odt(package: &mut Package<'_>) -> Result<bool, ReadError> {
    let Some(mimetype) = package.part("mimetype")? else { return Ok(false) };
    if !mimetype.trim().starts_with("application/vnd.oasis.opendocument.text") {
        return Ok(false);
    }
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") { Err(ReadError::Encrypted) } else { Ok(true) }
}

/// Reads `content.xml` of the package.
pub(super) fn read(package: &mut Package<'_>, limits: Limits) -> Result<String, ReadError> {
    let text = package
        .part("content.xml")?
        .ok_or_else(|| ReadError::Damaged("thiếu phần nội dung chính của tệp ODT".into()))?;
    let tree = xml::parse(&text, "content.xml")?;
    let styles = package.part("styles.xml").ok().flatten().and_then(|text| xml::parse(&text, "styles.xml").ok());
    let mut walker = Walker::default();
    for root in [styles.as_ref(), Some(&tree)].into_iter().flatten() {
        walker.learn(root.root());
    }
    let body = tree
        .root()
        .path(&["document-content", "body", "text"])
        .ok_or_else(|| ReadError::Damaged("phần nội dung chính của tệp ODT trống".into()))?;
    let mut blocks = Vec::new();
    walker.blocks(body, &List::default(), &mut blocks)?;
    shape::render(&blocks, limits)
}

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    prefix: String,
    suffix: String,
    bullet: Option<String>,
    shown: usize,
    start: u32,
}

/// The list that blocks stand in.
#[derive(Debug, Clone, Default)]
struct List {
    style: Option<String>,
    depth: usize,
}

#[derive(Debug, Default)]
struct Walker {
    lists: HashMap<String, HashMap<usize, Level>>,
    /// List style of a paragraph style.
    paragraph_lists: HashMap<String, String>,
    counters: HashMap<String, Vec<u32>>,
    capitals: HashMap<String, bool>,
}

impl Walker {
    fn learn(&mut self, root: El<'_>) {
        let Some(document) = root.children().find(|el| !el.is_text()) else { return };
        let groups = document.children().filter(|el| matches!(el.name(), "styles" | "automatic-styles"));
        for el in groups.flat_map(El::children) {
            let Some(name) = el.attr("name") else { continue };
            match el.name() {
                "list-style" => {
                    let levels = el.children().filter_map(level).collect();
                    self.lists.insert(name.to_owned(), levels);
                }
                "style" => {
                    if let Some(list) = el.attr("list-style-name").filter(|list| !list.is_empty()) {
                        self.paragraph_lists.insert(name.to_owned(), list.to_owned());
                    }
                    if el.child("text-properties").and_then(|p| p.attr("text-transform")) == Some("uppercase") {
                        self.capitals.insert(name.to_owned(), true);
                    }
                }
                _ => {}
            }
        }
    }

    fn blocks(&mut self, parent: El<'_>, list: &List, out: &mut Vec<Block>) -> Result<(), ReadError> {
        for el in parent.children() {
            match el.name() {
                "p" | "h" => {
                    let prefix = if el.name() == "h" && list.depth == 0 { self.heading_number(el) } else { None };
                    self.paragraph(el, prefix, out)?;
                }
                "list" => self.list(el, list, out)?,
                "table" => {
                    let grid = self.table(el)?;
                    out.push(Block::Grid(grid));
                }
                "section" | "text-box" | "index-body" | "table-of-content" => self.blocks(el, list, out)?,
                "frame" | "custom-shape" => {
                    if let Some(text) = el.child("text-box") {
                        self.blocks(text, &List::default(), out)?;
                    } else if el.name() == "custom-shape" {
                        self.blocks(el, &List::default(), out)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn list(&mut self, el: El<'_>, outer: &List, out: &mut Vec<Block>) -> Result<(), ReadError> {
        let style = el.attr("style-name").map(str::to_owned).or_else(|| outer.style.clone());
        let list = List { style, depth: outer.depth + 1 };
        let continued = matches!(el.attr("continue-numbering"), Some("true")) || el.attr("continue-list").is_some();
        if let Some(style) = list.style.as_ref().filter(|_| outer.depth == 0 && !continued) {
            // LibreOffice splits one list in many with xml:id chains; a list that opens afresh restarts.
            self.counters.remove(style);
        }
        for item in el.children().filter(|c| matches!(c.name(), "list-item" | "list-header")) {
            let numbered = item.name() == "list-item";
            let first_text = item.children().find(|c| !c.is_text());
            let own = first_text.is_some_and(|c| matches!(c.name(), "p" | "h"));
            let mut prefix = if numbered && own {
                let start = item.attr("start-value").and_then(|v| v.parse().ok());
                self.next(list.style.as_deref(), list.depth, start)
            } else {
                None
            };
            for child in item.children() {
                match child.name() {
                    "p" | "h" => self.paragraph(child, prefix.take(), out)?,
                    "list" => self.list(child, &list, out)?,
                    "table" => {
                        let grid = self.table(child)?;
                        out.push(Block::Grid(grid));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn heading_number(&mut self, el: El<'_>) -> Option<String> {
        let style = el.attr("style-name").and_then(|name| self.paragraph_lists.get(name)).cloned()?;
        let depth = el.attr("outline-level").and_then(|v| v.parse().ok()).unwrap_or(1);
        self.next(Some(&style), depth, None)
    }

    /// Counts one item and gives its printed number or bullet.
    fn next(&mut self, style: Option<&str>, depth: usize, start: Option<u32>) -> Option<String> {
        let style = style?;
        let levels = self.lists.get(style)?;
        let own = levels.get(&depth)?;
        let counters = self.counters.entry(style.to_owned()).or_default();
        counters.truncate(depth.min(10));
        while counters.len() < depth.min(10) {
            let fresh = levels.get(&(counters.len() + 1)).map_or(1, |level| level.start);
            // The level counted now is advanced below; the ones skipped stand at their start.
            counters.push(if counters.len() + 1 == depth { fresh.saturating_sub(1) } else { fresh });
        }
        let last = counters.last_mut()?;
        *last = start.unwrap_or(last.saturating_add(1));
        if let Some(bullet) = &own.bullet {
            return Some(match bullet.chars().next() {
                None => return None,
                Some('-' | '–' | '—' | '\u{f02d}') => "-".into(),
                Some('+') => "+".into(),
                Some('*') => "*".into(),
                Some(_) => "•".into(),
            });
        }
        if own.format.is_empty() && own.prefix.trim().is_empty() && own.suffix.trim().is_empty() {
            return None;
        }
        let from = depth.saturating_sub(own.shown.max(1));
        let numbers: Vec<String> = (from..depth.min(counters.len()))
            .map(|i| number(counters[i], levels.get(&(i + 1)).map_or("1", |level| level.format.as_str())))
            .filter(|n| !n.is_empty())
            .collect();
        Some(format!("{}{}{}", own.prefix, numbers.join("."), own.suffix))
    }

    fn paragraph(&mut self, el: El<'_>, prefix: Option<String>, out: &mut Vec<Block>) -> Result<(), ReadError> {
        let mut text = String::new();
        let mut boxes = Vec::new();
        let capitals = self.capital(el);
        self.inline(el, capitals, &mut text, &mut boxes)?;
        if !text.trim().is_empty() {
            let text = match prefix {
                Some(prefix) => format!("{} {}", prefix.trim(), text.trim_start()),
                None => text,
            };
            out.push(Block::Line(text));
        }
        out.append(&mut boxes);
        Ok(())
    }

    fn capital(&self, el: El<'_>) -> bool {
        el.attr("style-name").is_some_and(|name| self.capitals.contains_key(name))
    }

    fn inline(&mut self, el: El<'_>, caps: bool, text: &mut String, boxes: &mut Vec<Block>) -> Result<(), ReadError> {
        for child in el.children() {
            if child.is_text() {
                let own = child.own_text();
                // Line ends in the file are spaces; only `line-break` breaks.
                let own = own.replace(['\n', '\r', '\t'], " ");
                text.push_str(&if caps { own.to_uppercase() } else { own });
                continue;
            }
            match child.name() {
                "s" => text.push(' '),
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                // Notes, comments, deleted text and marks are not part of the paper's text.
                "note" | "annotation" | "tracked-changes" | "bookmark" | "change" | "change-start" | "change-end" => {}
                "frame" | "custom-shape" | "g" => self.shapes(child, boxes)?,
                _ => {
                    let caps = caps || self.capital(child);
                    self.inline(child, caps, text, boxes)?;
                }
            }
        }
        Ok(())
    }

    fn shapes(&mut self, el: El<'_>, boxes: &mut Vec<Block>) -> Result<(), ReadError> {
        if el.name() == "custom-shape" {
            return self.blocks(el, &List::default(), boxes);
        }
        for child in el.children() {
            match child.name() {
                "text-box" => self.blocks(child, &List::default(), boxes)?,
                "frame" | "custom-shape" | "g" => self.shapes(child, boxes)?,
                _ => {}
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
                "table-header-rows" | "table-rows" | "table-row-group" => self.rows(el, grid, places)?,
                "table-row" => {
                    let mut row: Vec<Place> = Vec::new();
                    for cell in el.children() {
                        match cell.name() {
                            "table-cell" => {
                                let mut blocks = Vec::new();
                                self.blocks(cell, &List::default(), &mut blocks)?;
                                row.push(Some(blocks));
                            }
                            "covered-table-cell" => row.push(None),
                            _ => continue,
                        }
                        let more = cell.attr("number-columns-repeated").and_then(|v| v.parse().ok()).unwrap_or(1usize);
                        let full = row.len().saturating_add(more.saturating_sub(1)).min(MAX_COLUMNS.max(row.len()));
                        row.resize(full, None);
                    }
                    *places += row.len();
                    Grid::check(*places)?;
                    grid.rows.push(row);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn level(el: El<'_>) -> Option<(usize, Level)> {
    let depth = el.attr("level")?.parse().ok()?;
    let bullet = (el.name() == "list-level-style-bullet").then(|| el.attr("bullet-char").unwrap_or("•").to_owned());
    if bullet.is_none() && el.name() != "list-level-style-number" {
        return None;
    }
    let text = |name: &str| el.attr(name).unwrap_or_default().to_owned();
    let level = Level {
        format: text("num-format"),
        prefix: text("num-prefix"),
        suffix: text("num-suffix"),
        bullet,
        shown: el.attr("display-levels").and_then(|v| v.parse().ok()).unwrap_or(1),
        start: el.attr("start-value").and_then(|v| v.parse().ok()).unwrap_or(1),
    };
    Some((depth, level))
}
