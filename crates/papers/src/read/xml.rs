//! A small element tree, bounded in depth and size, shared by the DOCX, ODT and HTML readers.
//!
//! Names are local names (prefixes dropped), so transitional, strict and LibreOffice-written files look alike.

use std::collections::HashMap;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;

/// Deepest nesting followed; real papers stay below 60.
pub(super) const MAX_DEPTH: usize = 200;
/// Most elements and texts kept.
pub(super) const MAX_NODES: usize = 1_500_000;

/// Name of a text node.
const TEXT: &str = "#text";

#[derive(Debug)]
struct Node {
    name: Rc<str>,
    attrs: Vec<(Rc<str>, String)>,
    text: String,
    children: Vec<u32>,
}

/// An element tree in one arena: dropped without recursion.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// Builds a [`Tree`] from start, end and text events in document order.
#[derive(Debug)]
pub(super) struct Builder {
    nodes: Vec<Node>,
    open: Vec<u32>,
    names: HashMap<String, Rc<str>>,
}

impl Builder {
    /// A tree that holds only its root.
    pub(super) fn new() -> Self {
        let root = Node { name: Rc::from(""), attrs: vec![], text: String::new(), children: vec![] };
        Self { nodes: vec![root], open: vec![0], names: HashMap::new() }
    }

    fn intern(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.names.get(name) {
            return Rc::clone(known);
        }
        let fresh: Rc<str> = Rc::from(name);
        // A file that invents names without end gains nothing from sharing them.
        if self.names.len() < 4096 {
            self.names.insert(name.to_owned(), Rc::clone(&fresh));
        }
        fresh
    }

    fn add(&mut self, node: Node) -> Result<u32, ReadError> {
        if self.nodes.len() >= MAX_NODES {
            return Err(ReadError::TooLarge);
        }
        let id = u32::try_from(self.nodes.len()).map_err(|_| ReadError::TooLarge)?;
        self.nodes.push(node);
        if let Some(parent) = self.open.last().and_then(|p| self.nodes.get_mut(*p as usize)) {
            parent.children.push(id);
        }
        Ok(id)
    }

    /// Opens an element; it stays open until [`Builder::end`].
    pub(super) fn start(&mut self, name: &str, attrs: Vec<(String, String)>) -> Result<(), ReadError> {
        if self.open.len() > MAX_DEPTH {
            return Err(ReadError::Damaged("cấu trúc lồng nhau quá sâu".into()));
        }
        self.leaf(name, attrs).map(|id| self.open.push(id))
    }

    /// Adds an element without content.
    pub(super) fn leaf(&mut self, name: &str, attrs: Vec<(String, String)>) -> Result<u32, ReadError> {
        let name = self.intern(name);
        let attrs = attrs.into_iter().map(|(key, value)| (self.intern(&key), value)).collect();
        self.add(Node { name, attrs, text: String::new(), children: vec![] })
    }

    /// Closes the innermost element; the root stays open.
    pub(super) fn end(&mut self) {
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// How many elements are open, the root not counted.
    pub(super) fn depth(&self) -> usize {
        self.open.len() - 1
    }

    /// Names of the open elements, innermost first.
    pub(super) fn open_names(&self) -> impl Iterator<Item = &str> {
        self.open.iter().rev().filter_map(|id| self.nodes.get(*id as usize)).map(|node| &*node.name)
    }

    /// Adds text, joining it to text directly before it.
    pub(super) fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if text.is_empty() {
            return Ok(());
        }
        let last = self.open.last().and_then(|p| self.nodes.get(*p as usize)).and_then(|p| p.children.last().copied());
        if let Some(node) = last.and_then(|id| self.nodes.get_mut(id as usize))
            && &*node.name == TEXT
        {
            node.text.push_str(text);
            return Ok(());
        }
        let name = self.intern(TEXT);
        self.add(Node { name, attrs: vec![], text: text.to_owned(), children: vec![] }).map(|_| ())
    }

    /// The finished tree; elements still open are closed.
    pub(super) fn finish(self) -> Tree {
        Tree { nodes: self.nodes }
    }
}

/// One element (or text) of a [`Tree`].
#[derive(Debug, Clone, Copy)]
pub(super) struct El<'t> {
    tree: &'t Tree,
    node: &'t Node,
}

impl Tree {
    /// The root; its children are the top-level elements.
    pub(super) fn root(&self) -> El<'_> {
        El { tree: self, node: &self.nodes[0] }
    }
}

impl<'t> El<'t> {
    /// Local name; [`El::is_text`] tells texts apart.
    pub(super) fn name(self) -> &'t str {
        &self.node.name
    }

    /// Is it a text node?
    pub(super) fn is_text(self) -> bool {
        &*self.node.name == TEXT
    }

    /// Own text of a text node.
    pub(super) fn own_text(self) -> &'t str {
        &self.node.text
    }

    /// Value of the attribute with this local name.
    pub(super) fn attr(self, name: &str) -> Option<&'t str> {
        self.node.attrs.iter().find(|(key, _)| &**key == name).map(|(_, value)| value.as_str())
    }

    /// Children in order, texts included.
    pub(super) fn children(self) -> impl Iterator<Item = El<'t>> {
        let tree = self.tree;
        self.node.children.iter().filter_map(move |id| tree.nodes.get(*id as usize)).map(move |node| El { tree, node })
    }

    /// First child element of that name.
    pub(super) fn child(self, name: &str) -> Option<El<'t>> {
        self.children().find(|el| el.name() == name)
    }

    /// Follows a path of child names.
    pub(super) fn path(self, names: &[&str]) -> Option<El<'t>> {
        names.iter().try_fold(self, |el, name| el.child(name))
    }

    /// The `val` attribute of a child, as WordprocessingML writes properties.
    pub(super) fn val(self, child: &str) -> Option<&'t str> {
        self.child(child).and_then(|el| el.attr("val"))
    }

    /// All text below.
    pub(super) fn text(self) -> String {
        let mut out = String::new();
        self.collect(&mut out);
        out
    }

    fn collect(self, out: &mut String) {
        out.push_str(&self.node.text);
        for child in self.children() {
            child.collect(out);
        }
    }

    /// First element of that name anywhere below (or itself).
    pub(super) fn find(self, name: &str) -> Option<El<'t>> {
        if self.name() == name { Some(self) } else { self.children().find_map(|child| child.find(name)) }
    }
}

fn attributes(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut list = Vec::new();
    for attr in start.attributes().with_checks(false).flatten().take(64) {
        let name = attr.key.local_name();
        let name = name.as_ref();
        // Revision marks on every Word run: never read, and most of the attributes there are.
        if name.starts_with("rsid") {
            continue;
        }
        let value = match quick_xml::escape::unescape(&attr.value) {
            Ok(value) => value.into_owned(),
            Err(_) => attr.value.clone().into_owned(),
        };
        list.push((name.to_owned(), value));
    }
    list
}

/// Parses well-formed XML; anything else is [`ReadError::Damaged`], named by `part`.
pub(super) fn parse(xml: &str, part: &str) -> Result<Tree, ReadError> {
    let broken = || ReadError::Damaged(format!("phần {part} bên trong tệp không đọc được"));
    let mut reader = Reader::from_str(xml);
    let mut tree = Builder::new();
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(start) => tree.start(start.local_name().as_ref(), attributes(&start))?,
            Event::Empty(start) => {
                tree.leaf(start.local_name().as_ref(), attributes(&start))?;
            }
            Event::End(_) => tree.end(),
            Event::Text(text) => tree.text(&text)?,
            Event::CData(text) => tree.text(&text)?,
            Event::GeneralRef(reference) => {
                let known = reference.resolve_char_ref().ok().flatten();
                match known.or_else(|| super::entities::named(&reference)) {
                    Some(c) => tree.text(c.encode_utf8(&mut [0; 4]))?,
                    None => tree.text("\u{fffd}")?,
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if tree.depth() > 0 { Err(broken()) } else { Ok(tree.finish()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_text_and_attributes() {
        let tree = parse("<w:p w:rsidR='1'><w:t w:val='a&amp;b'>S&#7889; &lt;1&gt;</w:t>.</w:p>", "x").unwrap();
        let p = tree.root().child("p").unwrap();
        assert_eq!(p.text(), "Số <1>.");
        assert_eq!(p.child("t").unwrap().attr("val"), Some("a&b"));
        assert_eq!(p.attr("rsidR"), None);
    }

    #[test]
    fn depth_and_truncation_are_errors() {
        let deep = "<a>".repeat(100_000);
        assert!(matches!(parse(&deep, "x"), Err(ReadError::Damaged(_))));
        assert!(matches!(parse("<a><b></b>", "x"), Err(ReadError::Damaged(_))));
        assert!(matches!(parse("<a></b>", "x"), Err(ReadError::Damaged(_))));
    }
}
