//! HTML: a tolerant walk that keeps paragraphs and tables.

mod markup;

use self::markup::build;
use super::encoding::{self, Legacy};
use super::shape::{self, Block, Grid, MAX_COLUMNS, Place};
use super::xml::El;
use super::{Limits, ReadError};

/// Elements whose content is never text of the paper.
const SKIPPED: &[&str] = &[
    "script",
    "style",
    "head",
    "title",
    "nav",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "select",
    "button",
    "textarea",
    "form-hidden",
    "footer",
    "aside",
    "math",
    "audio",
    "video",
];
/// Elements that do not break a line.
const INLINE: &[&str] = &[
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "small", "big", "sup", "sub", "abbr", "acronym", "cite",
    "code", "q", "mark", "label", "tt", "strike", "del", "ins", "bdo", "bdi", "time", "var", "kbd", "samp", "o:p",
];

/// Reads a page.
pub(super) fn read(bytes: &[u8], limits: Limits) -> Result<(String, Option<Legacy>), ReadError> {
    let (text, legacy) = decode(bytes);
    let tree = build(&text)?;
    let mut walk = Walk { out: vec![], line: String::new() };
    walk.flow(tree.root())?;
    walk.flush();
    let text = encoding::nfc(shape::render(&walk.out, limits)?);
    let (text, repaired) = encoding::repair(text);
    Ok((text, legacy.or(repaired)))
}

/// Text files are told by statistics; the charset a page names only decides between equals, so it is not needed.
fn decode(bytes: &[u8]) -> (String, Option<Legacy>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    encoding::decode(bytes)
}

struct Walk {
    out: Vec<Block>,
    line: String,
}

impl Walk {
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        for part in line.split('\n').filter(|part| !part.trim().is_empty()) {
            self.out.push(Block::Line(shape::squeeze(part)));
        }
    }

    /// Text that stands in a table outside its cells is shown before the table.
    fn strays(&mut self, parent: El<'_>) -> Result<(), ReadError> {
        for el in parent.children() {
            match el.name() {
                "td" | "th" | "colgroup" => {}
                "tr" | "tbody" | "thead" | "tfoot" => self.strays(el)?,
                _ if el.is_text() => self.line.push_str(el.own_text()),
                "caption" => {
                    self.flush();
                    self.flow(el)?;
                }
                _ if skipped(el) => {}
                _ => self.flow(el)?,
            }
        }
        self.flush();
        Ok(())
    }

    fn flow(&mut self, parent: El<'_>) -> Result<(), ReadError> {
        let mut item = parent.attr("start").and_then(|v| v.parse().ok()).unwrap_or(1u32);
        for el in parent.children() {
            let name = el.name();
            if el.is_text() {
                // Line ends in the source are spaces.
                self.line.push_str(&el.own_text().replace(['\n', '\r', '\t'], " "));
            } else if name == "br" {
                self.line.push('\n');
            } else if name == "table" {
                self.flush();
                self.strays(el)?;
                let grid = table(el)?;
                self.out.push(Block::Grid(grid));
            } else if name == "li" {
                self.flush();
                if parent.name() == "ol" {
                    let format = parent.attr("type").filter(|f| matches!(*f, "a" | "A" | "i" | "I")).unwrap_or("1");
                    let end = if format == "a" { ")" } else { "." };
                    self.line = format!("{}{end} ", super::docx::number(item, format));
                    item = item.saturating_add(1);
                } else {
                    self.line = "- ".into();
                }
                let before = self.out.len();
                self.flow(el)?;
                self.flush();
                // An item that brings its own dash or number needs none of ours.
                if let Some(Block::Line(line)) = self.out.get_mut(before)
                    && let Some(own) = line.strip_prefix("- ").map(str::trim_start)
                    && own.starts_with(['-', '+', '•', '–'])
                {
                    *line = own.to_owned();
                }
            } else if skipped(el) {
            } else if INLINE.contains(&name) || name.contains(':') {
                self.flow(el)?;
            } else {
                // A list item may open with a block; its number stays on that line.
                if !(parent.name() == "li" && self.line.len() < 6) {
                    self.flush();
                }
                self.flow(el)?;
                self.flush();
            }
        }
        Ok(())
    }
}

fn skipped(el: El<'_>) -> bool {
    let hidden = |style: &str| style.to_ascii_lowercase().replace(' ', "").contains("display:none");
    SKIPPED.contains(&el.name())
        || el.attr("hidden").is_some()
        || matches!(el.attr("title"), Some("header" | "footer"))
        || el.attr("style").is_some_and(hidden)
}

fn table(el: El<'_>) -> Result<Grid, ReadError> {
    let mut grid = Grid::default();
    // Rows still to be covered by a cell above, by column.
    let mut covered: Vec<usize> = Vec::new();
    let mut places = 0;
    let mut rows = Vec::new();
    gather(el, &mut rows);
    for tr in rows {
        let mut row: Vec<Place> = Vec::new();
        let skip = |row: &mut Vec<Place>, covered: &mut Vec<usize>| {
            while let Some(left @ 1..) = covered.get_mut(row.len()) {
                *left -= 1;
                row.push(None);
            }
        };
        for cell in tr.children().filter(|c| matches!(c.name(), "td" | "th")) {
            skip(&mut row, &mut covered);
            if row.len() >= MAX_COLUMNS * 8 {
                return Err(ReadError::TooLarge);
            }
            let count = |name: &str| cell.attr(name).and_then(|v| v.trim().parse().ok()).unwrap_or(1usize).max(1);
            let mut walk = Walk { out: vec![], line: String::new() };
            walk.flow(cell)?;
            walk.flush();
            let at = row.len();
            row.push(Some(walk.out));
            row.resize((at + count("colspan").min(MAX_COLUMNS)).min(MAX_COLUMNS.max(at + 1)), None);
            if count("rowspan") > 1 {
                covered.resize(covered.len().max(row.len()), 0);
                covered[at..row.len()].fill(count("rowspan") - 1);
            }
        }
        skip(&mut row, &mut covered);
        places += row.len();
        Grid::check(places)?;
        grid.rows.push(row);
    }
    Ok(grid)
}

fn gather<'t>(el: El<'t>, rows: &mut Vec<El<'t>>) {
    for child in el.children() {
        match child.name() {
            "tr" => rows.push(child),
            "tbody" | "thead" | "tfoot" => gather(child, rows),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        read(html.as_bytes(), Limits::default()).unwrap().0
    }

    #[test]
    fn paragraphs_entities_and_noise() {
        let page = "<html><head><title>x</title><style>p{}</style></head><body><nav>Menu</nav><p>K&#7871; ho&#7841;ch \
                    <b>s&#7889;</b> 1<br>d&ograve;ng hai<script>if (a < b) {}</script><p>Hai &amp; ba</body>";
        assert_eq!(text(page), "Kế hoạch số 1\ndòng hai\nHai & ba");
    }

    #[test]
    fn tables_with_spans() {
        let page = "<p>A</p><table><tr><th>TT<th>Nội dung<th>Thời gian<tr><td rowspan=2>1<td>Việc một<td>Quý I\
                    <tr><td><p>Việc</p><p>hai</p><td>Quý II<tr><td colspan=2>Chung<td>x|y</table><p>B";
        assert_eq!(
            text(page),
            "A\n\n| TT | Nội dung | Thời gian |\n| 1 | Việc một | Quý I |\n| | Việc hai | Quý II |\n| Chung | | x¦y |\n\nB"
        );
    }

    #[test]
    fn header_table_gives_columns() {
        let page = "<table><tr><td><b>SỞ TƯ PHÁP<br>-------</b><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc\
                    <tr><td>Số: 12/KH-STP<td><i>Huế, ngày 05 tháng 6 năm 2025</i></table><p>KẾ HOẠCH";
        assert_eq!(
            text(page),
            "SỞ TƯ PHÁP\n-------\nSố: 12/KH-STP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
             Huế, ngày 05 tháng 6 năm 2025\n\nKẾ HOẠCH"
        );
    }

    #[test]
    fn lists_and_broken_markup() {
        assert_eq!(text("<ul><li>một<li>- hai</ul><ol type=a start=2><li><p>ba</p></ol>"), "- một\n- hai\nb) ba");
        assert_eq!(text("<p>a < b & c &unknown; <b>d</i> <"), "a < b & c &unknown; d <");
        assert!(read("<div>".repeat(100_000).as_bytes(), Limits::default()).is_ok());
    }
}
