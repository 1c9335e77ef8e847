//! Page headers and footers of word processors: not part of the paper, but a stamp may stand there.

use super::Limits;
use super::package::Package;
use super::xml::{self, El};

/// Most parts looked into.
const MOST: usize = 64;

/// Every line of the page headers and footers of a DOCX or ODT package. What is broken there says nothing.
pub(super) fn read(package: &mut Package<'_>, limits: Limits) -> String {
    let names = package.names(|name| {
        let part = name.rsplit('/').next().unwrap_or(name);
        name == "styles.xml" || part.ends_with(".xml") && ["header", "footer"].iter().any(|kind| part.starts_with(kind))
    });
    let mut out = String::new();
    for name in names.iter().take(MOST) {
        let Some(tree) = package.part(name).ok().flatten().and_then(|text| xml::parse(&text, name).ok()) else {
            continue;
        };
        let root = if name == "styles.xml" { tree.root().find("master-styles") } else { Some(tree.root()) };
        if let Some(root) = root {
            lines(root, &mut out);
        }
        if out.len() > limits.text {
            break;
        }
    }
    out
}

fn lines(el: El<'_>, out: &mut String) {
    let words = match el.name() {
        "p" => el.text(),
        // A watermark.
        "textpath" => el.attr("string").unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    if !words.trim().is_empty() {
        out.push_str(words.trim());
        out.push('\n');
    }
    el.children().for_each(|child| lines(child, out));
}
