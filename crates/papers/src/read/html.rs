//! HTML: a tolerant walk that keeps paragraphs and tables.

use super::encoding::{self, Legacy};
use super::shape::{self, Block, Grid, MAX_COLUMNS, Place};
use super::xml::{Builder, El, MAX_DEPTH, Tree};
use super::{Limits, ReadError, entities};

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
/// Elements without content or end tag.
const VOID: &[&str] =
    &["br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "track", "wbr", "param"];
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

/// Attributes read from a tag.
const ATTRS: &[&str] = &["colspan", "rowspan", "hidden", "style", "type", "start", "title"];

fn build(html: &str) -> Result<Tree, ReadError> {
    let mut tree = Builder::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        tree.text(&unescape(&rest[..at]))?;
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
            continue;
        }
        let closing = rest[1..].starts_with('/');
        let tag = &rest[if closing { 2 } else { 1 }..];
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            tree.text("<")?;
            rest = &rest[1..];
            continue;
        }
        let name_end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len());
        let name = tag[..name_end].to_ascii_lowercase();
        let (attrs, after) = attributes(&tag[name_end..]);
        rest = after;
        if closing {
            close(&mut tree, &name);
            continue;
        }
        if VOID.contains(&name.as_str()) {
            tree.leaf(&name, vec![])?;
            continue;
        }
        if SKIPPED.contains(&name.as_str()) && matches!(name.as_str(), "script" | "style" | "title" | "textarea") {
            rest = skip_raw(rest, &name);
            continue;
        }
        implied_ends(&mut tree, &name);
        // Deeper elements are read as if they were not there: pages in the wild nest without sense.
        if tree.depth() < MAX_DEPTH - 2 {
            tree.start(&name, attrs)?;
        }
    }
    tree.text(&unescape(rest))?;
    Ok(tree.finish())
}

/// Attributes of a tag and what follows the tag.
fn attributes(tag: &str) -> (Vec<(String, String)>, &str) {
    let mut attrs = Vec::new();
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (attrs, after);
        }
        if rest.is_empty() || rest.starts_with('<') {
            return (attrs, rest);
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        // A stray sign is stepped over.
        let end = if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            rest = after.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
                None => rest.split_at(rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len())),
            };
        }
        if ATTRS.contains(&name.as_str()) && attrs.len() < 16 {
            attrs.push((name, unescape(value)));
        }
    }
}

fn skip_raw<'h>(rest: &'h str, name: &str) -> &'h str {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at + 2;
        if bytes.get(start..start + name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name.as_bytes())) {
            return rest[start..].find('>').map_or("", |end| &rest[start + end + 1..]);
        }
        from = start;
    }
    ""
}

/// Start tags that close an element left open before them.
fn implied_ends(tree: &mut Builder, name: &str) {
    let (closes, within): (&[&str], &[&str]) = match name {
        "li" => (&["li"], &["ul", "ol"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
        "option" => (&["option"], &["select"]),
        "dd" | "dt" => (&["dd", "dt"], &["dl"]),
        _ if !INLINE.contains(&name) => (&["p"], &["td", "th", "table", "div", "li", "body"]),
        _ => return,
    };
    let mut depth = 0;
    for open in tree.open_names() {
        if within.contains(&open) || depth > 40 {
            return;
        }
        depth += 1;
        if closes.contains(&open) {
            break;
        }
    }
    if tree.open_names().take(depth).last().is_some_and(|open| closes.contains(&open)) {
        (0..depth).for_each(|_| tree.end());
    }
}

/// An end tag closes its element when it is open, cells and tables never from inside out of turn.
fn close(tree: &mut Builder, name: &str) {
    let mut depth = 0;
    for open in tree.open_names() {
        depth += 1;
        if open == name {
            break;
        }
        if (open == "table" || (matches!(open, "td" | "th") && !matches!(name, "tr" | "table" | "tbody"))) || depth > 60
        {
            return;
        }
    }
    if tree.open_names().take(depth).last() == Some(name) {
        (0..depth).for_each(|_| tree.end());
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(12).position(|b| !(b.is_ascii_alphanumeric() || b == b'#'));
        let end = end.unwrap_or(rest.len().min(12));
        let known = match rest.get(..end) {
            Some(name) => name.strip_prefix('#').map_or_else(|| entities::named(name), entities::numeric),
            None => None,
        };
        match known {
            Some(c) => {
                out.push(c);
                rest = &rest[end..];
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
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
            if row.len() >= MAX_COLUMNS {
                break;
            }
            let count = |name: &str| cell.attr(name).and_then(|v| v.trim().parse().ok()).unwrap_or(1usize).max(1);
            let mut walk = Walk { out: vec![], line: String::new() };
            walk.flow(cell)?;
            walk.flush();
            let at = row.len();
            row.push(Some(walk.out));
            row.resize((at + count("colspan").min(MAX_COLUMNS)).min(MAX_COLUMNS), None);
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
            "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => gather(child, rows),
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
