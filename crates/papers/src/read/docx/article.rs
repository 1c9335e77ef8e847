//! An article written in Word, as Markdown: headings, emphasis, lists, tables, quotes, links and footnotes.

use std::collections::HashMap;

use super::markdown::{Block, Piece, address, joined, marked, one_line, plain, settled, unmarked};
use super::numbering::Numbering;
use super::styles::{Props, Role, Styles, num_of, outline_of};
use super::{Opened, body, choice, side};
use crate::read::encoding;
use crate::read::package::Package;
use crate::read::xml::{El, Tree};
use crate::read::{Limits, ReadError};

/// Columns of a table that are kept.
const COLUMNS: usize = 30;
/// Spaces before an item of a list, for each level below the first.
const INDENT: &str = "   ";

/// What was written in Word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The heading of the whole, plain words; empty when none is marked as such.
    pub title: String,
    /// The rest.
    pub markdown: String,
    /// Pictures, which are left out.
    pub pictures: usize,
}

/// Reads the main document of the package.
pub(in crate::read) fn article(package: &mut Package<'_>, limits: Limits) -> Result<Article, ReadError> {
    let Opened { main, styles, numbering, tree } = Opened::new(package)?;
    let file = main.rsplit('/').next().unwrap_or(&main);
    let relations = side(package, &main, &format!("_rels/{file}.rels"))?;
    let links = relations.map(|tree| targets(&tree)).unwrap_or_default();
    let notes = side(package, &main, "footnotes.xml")?;
    let body = body(&tree)?;
    let mut writer = Writer { styles, numbering, links, title: String::new(), pictures: 0, cited: Vec::new() };
    let mut blocks = Vec::new();
    writer.blocks(body, &mut blocks);
    if let Some(notes) = notes.as_ref().and_then(|tree| tree.root().child("footnotes")) {
        for id in std::mem::take(&mut writer.cited) {
            if let Some(note) = notes.children().find(|note| note.attr("id") == Some(&id)) {
                let words = writer.flat(note);
                blocks.push(Block::Text(format!("[^{id}]: {words}")));
            }
        }
    }
    let markdown = encoding::nfc(joined(blocks));
    if markdown.trim().is_empty() && writer.title.is_empty() {
        return Err(ReadError::Empty);
    }
    if markdown.len() > limits.text {
        return Err(ReadError::TooLarge);
    }
    Ok(Article { title: encoding::nfc(writer.title), markdown, pictures: writer.pictures })
}

/// Addresses by the ids of relations.
fn targets(tree: &Tree) -> HashMap<String, String> {
    let list = tree.root().child("Relationships");
    let of = |el: El<'_>| Some((el.attr("Id")?.to_owned(), el.attr("Target")?.to_owned()));
    list.into_iter().flat_map(|list| list.children()).filter_map(of).collect()
}

struct Writer {
    styles: Styles,
    numbering: Numbering,
    links: HashMap<String, String>,
    title: String,
    pictures: usize,
    /// Ids of footnotes in the order in which they are cited.
    cited: Vec<String>,
}

impl Writer {
    fn blocks(&mut self, parent: El<'_>, out: &mut Vec<Block>) {
        for el in parent.children() {
            match el.name() {
                "p" => self.paragraph(el, out),
                "tbl" => out.extend(self.table(el).map(Block::Text)),
                "sdt" => el.child("sdtContent").into_iter().for_each(|content| self.blocks(content, out)),
                "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(el, out),
                "AlternateContent" => choice(el).into_iter().for_each(|choice| self.blocks(choice, out)),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, el: El<'_>, out: &mut Vec<Block>) {
        let ppr = el.child("pPr");
        let style = ppr.and_then(|ppr| ppr.val("pStyle"));
        let role = match ppr.and_then(outline_of) {
            Some(level) => Role::Heading(level),
            None => self.styles.role(style),
        };
        let base = self.styles.paragraph(style);
        let (mut pieces, mut boxes) = (Vec::new(), Vec::new());
        let modern = el.text().chars().any(encoding::is_modern);
        self.inline(el, (&base, modern, ""), &mut pieces, &mut boxes);
        let heading = matches!(role, Role::Title | Role::Heading(_));
        if heading {
            pieces.iter_mut().for_each(|piece| (piece.bold, piece.italic) = (false, false));
        }
        let words = marked(pieces);
        if !words.trim().is_empty() {
            let own = ppr.and_then(num_of);
            let list = match (own, self.styles.num(style)) {
                (Some((num, level)), inherited) => {
                    let (from, at) = inherited.unwrap_or_default();
                    Some((num.unwrap_or(from), level.unwrap_or(at)))
                }
                (None, inherited) => inherited,
            };
            let bulleted = list.as_ref().and_then(|(num, level)| self.numbering.bulleted(num, *level));
            match (role, list, bulleted) {
                (Role::Title, ..) if self.title.is_empty() => self.title = unmarked(&words),
                // The first words of the whole, marked as the highest heading, are its title.
                (Role::Heading(1), ..) if self.title.is_empty() && out.is_empty() => self.title = unmarked(&words),
                (Role::Title, ..) => out.push(Block::Text(format!("## {}", one_line(&words)))),
                (Role::Heading(level), ..) => {
                    let signs = "#".repeat(usize::from(level.clamp(2, 4)));
                    out.push(Block::Text(format!("{signs} {}", one_line(&words))));
                }
                (_, Some((_, level)), Some(bulleted)) => {
                    let sign = if bulleted { "- " } else { "1. " };
                    out.push(Block::Item(format!("{}{sign}{}", INDENT.repeat(level.min(6)), one_line(&words))));
                }
                (Role::Quote, ..) => {
                    let lines: Vec<String> = words.lines().map(|line| format!("> {}", settled(line))).collect();
                    out.push(Block::Text(lines.join("\n")));
                }
                (Role::Plain, ..) => {
                    let lines: Vec<String> = words.trim().lines().map(settled).collect();
                    out.push(Block::Text(lines.join("  \n")));
                }
            }
        }
        out.append(&mut boxes);
    }

    /// Runs and everything that wraps runs; `within`: how they look unless they say otherwise, whether only Unicode has their letters, where they lead.
    fn inline(&mut self, parent: El<'_>, within: (&Props, bool, &str), out: &mut Vec<Piece>, boxes: &mut Vec<Block>) {
        for el in parent.children() {
            match el.name() {
                "r" => self.run(el, within, out, boxes),
                "hyperlink" => {
                    let to = el.attr("id").and_then(|id| self.links.get(id)).cloned().unwrap_or_default();
                    let leads = ["http://", "https://", "mailto:"].iter().any(|start| to.starts_with(start));
                    let to: String = if leads { address(&to) } else { String::new() };
                    self.inline(el, (within.0, within.1, &to), out, boxes);
                }
                "ins" | "moveTo" | "smartTag" | "fldSimple" | "customXml" | "dir" | "bdo" => {
                    self.inline(el, within, out, boxes);
                }
                "sdt" => el.child("sdtContent").into_iter().for_each(|one| self.inline(one, within, out, boxes)),
                "AlternateContent" => choice(el).into_iter().for_each(|one| self.inline(one, within, out, boxes)),
                "oMath" | "oMathPara" => out.push(Piece { text: plain(&el.text()), ..Piece::default() }),
                _ => {}
            }
        }
    }

    fn run(&mut self, el: El<'_>, within: (&Props, bool, &str), out: &mut Vec<Piece>, boxes: &mut Vec<Block>) {
        let (base, modern, link) = within;
        let own = el.child("rPr");
        let mut props = own.map(Props::of).unwrap_or_default();
        if let Some(style) = own.and_then(|rpr| rpr.val("rStyle")) {
            props = props.or(&self.styles.run(style));
        }
        let props = props.or(base);
        if props.hidden == Some(true) {
            return;
        }
        let mut text = String::new();
        for el in el.children() {
            match el.name() {
                "t" => {
                    let words = el.text();
                    let converted = if modern {
                        None
                    } else {
                        encoding::convert_run(&words, props.font.as_deref().unwrap_or_default())
                    };
                    let words = converted.map_or(words.clone(), |(words, _)| words.into_owned());
                    text.push_str(&plain(&if props.caps == Some(true) { words.to_uppercase() } else { words }));
                }
                "tab" | "ptab" => text.push(' '),
                "br" if el.attr("type").is_some_and(|kind| kind != "textWrapping") => {}
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "footnoteReference" => {
                    if let Some(id) = el.attr("id").filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())) {
                        text.push_str(&format!("[^{id}]"));
                        self.cited.push(id.to_owned());
                    }
                }
                "drawing" | "pict" | "object" | "AlternateContent" => self.drawing(el, boxes),
                _ => {}
            }
        }
        let (bold, italic) = (props.bold == Some(true), props.italic == Some(true));
        out.push(Piece { text, bold, italic, link: link.to_owned() });
    }

    /// A picture is counted; the words of a text box follow its paragraph.
    fn drawing(&mut self, el: El<'_>, boxes: &mut Vec<Block>) {
        match el.name() {
            "blip" | "imagedata" => self.pictures += 1,
            "txbxContent" => self.blocks(el, boxes),
            "AlternateContent" => choice(el).into_iter().for_each(|one| self.drawing(one, boxes)),
            _ => el.children().for_each(|child| self.drawing(child, boxes)),
        }
    }

    /// All words below, in one line.
    fn flat(&mut self, el: El<'_>) -> String {
        let mut blocks = Vec::new();
        // What stands in a table or a note is no title.
        let title = std::mem::replace(&mut self.title, "-".into());
        self.blocks(el, &mut blocks);
        self.title = title;
        let words: Vec<String> = blocks
            .into_iter()
            .map(|block| match block {
                Block::Text(text) | Block::Item(text) => one_line(text.trim_start_matches(['#', '>', ' '])),
            })
            .collect();
        words.join(" ")
    }

    fn table(&mut self, el: El<'_>) -> Option<String> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for row in below(el, "tr") {
            let mut cells = Vec::new();
            for cell in below(row, "tc") {
                let pr = cell.child("tcPr");
                let span = pr.and_then(|pr| pr.val("gridSpan")).and_then(|v| v.parse().ok()).unwrap_or(1usize);
                cells.push(self.flat(cell).replace('|', "\\|"));
                cells.resize((cells.len() + span.saturating_sub(1)).min(COLUMNS.max(cells.len())), String::new());
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                cells.truncate(COLUMNS);
                rows.push(cells);
            }
        }
        let width = rows.iter().map(Vec::len).max()?;
        // A table of one column is there for its frame.
        if width < 2 {
            let lines: Vec<String> = rows.into_iter().flatten().map(|cell| settled(&cell)).collect();
            return Some(lines.join("\n\n"));
        }
        let line = |cells: &[String]| {
            let cell = |at: usize| cells.get(at).map_or("", String::as_str);
            (0..width).map(|at| format!("| {} ", cell(at))).collect::<String>() + "|"
        };
        let mut lines: Vec<String> = rows.iter().map(|cells| line(cells)).collect();
        lines.insert(1, format!("|{}", " --- |".repeat(width)));
        Some(lines.join("\n"))
    }
}

/// The elements of a name below one, through whatever only wraps them; deleted rows left out.
fn below<'t>(parent: El<'t>, name: &str) -> Vec<El<'t>> {
    let mut out = Vec::new();
    for el in parent.children() {
        if el.name() == name {
            if el.path(&["trPr", "del"]).is_none() {
                out.push(el);
            }
        } else if ["sdt", "sdtContent", "ins", "moveTo", "customXml"].contains(&el.name()) {
            out.extend(below(el, name));
        }
    }
    out
}
