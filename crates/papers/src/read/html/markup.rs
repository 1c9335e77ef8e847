//! Tags and attributes as pages in the wild write them → an element tree.

use super::{INLINE, SKIPPED};
use crate::read::xml::{Builder, MAX_DEPTH, Tree};
use crate::read::{ReadError, entities};

/// Elements without content or end tag.
const VOID: &[&str] =
    &["br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "track", "wbr", "param"];
/// Attributes read from a tag.
const ATTRS: &[&str] = &["colspan", "rowspan", "hidden", "style", "type", "start", "title"];

/// Builds the tree; nothing in the markup is an error, only its size.
pub(super) fn build(html: &str) -> Result<Tree, ReadError> {
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
