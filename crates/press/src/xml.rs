//! Writing XML: every element that is opened is closed, every text is escaped.

use std::fmt::{Display, Write as _};

/// Attributes of an element.
pub type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

/// A document being written.
#[derive(Debug, Default)]
pub struct Xml {
    out: String,
}

impl Xml {
    /// A document with its declaration.
    pub fn document() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned() }
    }

    /// An element without content.
    pub fn leaf(&mut self, name: &str, attributes: Attributes<'_>) {
        self.open(name, attributes);
        self.out.push_str("/>");
    }

    /// An element and what stands in it.
    pub fn node(&mut self, name: &str, attributes: Attributes<'_>, inner: impl FnOnce(&mut Self)) {
        self.open_node(name, attributes);
        inner(self);
        self.close_node(name);
    }

    /// Begins an element that [`Self::close_node`] ends.
    pub fn open_node(&mut self, name: &str, attributes: Attributes<'_>) {
        self.open(name, attributes);
        self.out.push('>');
    }

    /// Ends an element.
    pub fn close_node(&mut self, name: &str) {
        let _ = write!(self.out, "</{name}>");
    }

    /// An element with words in it.
    pub fn words(&mut self, name: &str, attributes: Attributes<'_>, words: &str) {
        self.node(name, attributes, |x| x.text(words));
    }

    /// Words.
    pub fn text(&mut self, words: &str) {
        escape(words, &mut self.out);
    }

    /// What was written elsewhere.
    pub fn append(&mut self, other: Self) {
        self.out.push_str(&other.out);
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        let _ = write!(self.out, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.out, " {key}=\"");
            escape(&value.to_string(), &mut self.out);
            self.out.push('"');
        }
    }
}

fn escape(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_elements_closed() {
        let mut x = Xml::default();
        x.node("a", &[("b", &"<\"&>")], |x| {
            x.leaf("c", &[("n", &1)]);
            x.text("1 < 2\u{1}");
        });
        assert_eq!(x.finish(), "<a b=\"&lt;&quot;&amp;&gt;\"><c n=\"1\"/>1 &lt; 2 </a>");
    }
}
