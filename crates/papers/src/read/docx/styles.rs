//! Styles: what a paragraph or run inherits.

use std::collections::HashMap;

use crate::read::xml::{El, Tree};

/// Longest chain of styles followed (chains in damaged files may be circular).
const CHAIN: usize = 24;

/// Properties that matter for the text.
#[derive(Debug, Default, Clone)]
pub(super) struct Props {
    /// Font of the run.
    pub(super) font: Option<String>,
    /// Shown as capitals.
    pub(super) caps: Option<bool>,
    /// Not shown.
    pub(super) hidden: Option<bool>,
    /// In bold letters.
    pub(super) bold: Option<bool>,
    /// In slanted letters.
    pub(super) italic: Option<bool>,
}

/// What a paragraph is, by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Words.
    Plain,
    /// The heading of the whole.
    Title,
    /// A heading of a level, the highest is 1.
    Heading(u8),
    /// Somebody else's words.
    Quote,
}

impl Props {
    /// Reads `w:rPr`.
    pub(super) fn of(rpr: El<'_>) -> Self {
        let fonts = rpr.child("rFonts");
        let font = fonts.and_then(|f| f.attr("ascii").or_else(|| f.attr("hAnsi")).or_else(|| f.attr("cs")));
        Self {
            font: font.map(str::to_owned),
            caps: switch(rpr, "caps"),
            hidden: switch(rpr, "vanish"),
            bold: switch(rpr, "b"),
            italic: switch(rpr, "i"),
        }
    }

    /// Fills what is not set from `other`.
    pub(super) fn or(mut self, other: &Self) -> Self {
        self.font = self.font.or_else(|| other.font.clone());
        self.caps = self.caps.or(other.caps);
        self.hidden = self.hidden.or(other.hidden);
        self.bold = self.bold.or(other.bold);
        self.italic = self.italic.or(other.italic);
        self
    }
}

/// An on/off property: present means on unless its value says otherwise.
pub(super) fn switch(el: El<'_>, name: &str) -> Option<bool> {
    el.child(name).map(|c| !matches!(c.attr("val"), Some("0" | "false" | "off")))
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    /// As the style is called, in small letters; built-in ones have English names in every language.
    name: String,
    outline: Option<u8>,
    num: Option<(Option<String>, Option<usize>)>,
    props: Props,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    default_paragraph: Option<String>,
    defaults: Props,
}

/// List and level of `w:numPr`.
pub(super) fn num_of(ppr: El<'_>) -> Option<(Option<String>, Option<usize>)> {
    let num = ppr.child("numPr")?;
    Some((num.val("numId").map(str::to_owned), num.val("ilvl").and_then(|v| v.parse().ok())))
}

/// Level of a paragraph in the outline of the document, the highest is 1; none for what is no heading.
pub(super) fn outline_of(ppr: El<'_>) -> Option<u8> {
    ppr.val("outlineLvl").and_then(|v| v.parse::<u8>().ok()).filter(|level| *level < 9).map(|level| level + 1)
}

impl Styles {
    /// What paragraphs of a style are: the nearest of the styles it is based on that tells.
    pub(super) fn role(&self, style: Option<&str>) -> Role {
        let told = |style: &Style| match style.name.as_str() {
            "title" => Some(Role::Title),
            "quote" | "intense quote" | "quotations" | "block text" => Some(Role::Quote),
            name => {
                let level = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
                level.or(style.outline).map(Role::Heading)
            }
        };
        self.chain(style).find_map(told).unwrap_or(Role::Plain)
    }

    /// Reads `styles.xml`.
    pub(super) fn new(tree: &Tree) -> Self {
        let mut made = Self::default();
        let Some(root) = tree.root().child("styles") else { return made };
        if let Some(rpr) = root.path(&["docDefaults", "rPrDefault", "rPr"]) {
            made.defaults = Props::of(rpr);
        }
        for el in root.children().filter(|el| el.name() == "style") {
            let Some(id) = el.attr("styleId") else { continue };
            if el.attr("type") == Some("paragraph") && matches!(el.attr("default"), Some("1" | "true" | "on")) {
                made.default_paragraph = Some(id.to_owned());
            }
            let style = Style {
                based_on: el.val("basedOn").map(str::to_owned),
                name: el.val("name").unwrap_or_default().to_lowercase(),
                outline: el.child("pPr").and_then(outline_of),
                num: el.child("pPr").and_then(num_of),
                props: el.child("rPr").map(Props::of).unwrap_or_default(),
            };
            made.all.insert(id.to_owned(), style);
        }
        made
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.and_then(|id| self.all.get(id));
        std::iter::successors(first, |style| style.based_on.as_deref().and_then(|id| self.all.get(id))).take(CHAIN)
    }

    /// List and level that a paragraph style carries.
    pub(super) fn num(&self, style: Option<&str>) -> Option<(String, usize)> {
        let mut list = None;
        let mut level = None;
        for (num, at) in self.chain(style.or(self.default_paragraph.as_deref())).filter_map(|s| s.num.as_ref()) {
            list = list.or_else(|| num.clone());
            level = level.or(*at);
        }
        list.map(|list| (list, level.unwrap_or(0)))
    }

    /// Run properties of a paragraph style, document defaults included.
    pub(super) fn paragraph(&self, style: Option<&str>) -> Props {
        self.chain(style.or(self.default_paragraph.as_deref()))
            .fold(Props::default(), |props, style| props.or(&style.props))
            .or(&self.defaults)
    }

    /// Run properties of a character style alone.
    pub(super) fn run(&self, style: &str) -> Props {
        self.chain(Some(style)).fold(Props::default(), |props, style| props.or(&style.props))
    }
}
