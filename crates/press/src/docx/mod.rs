//! A paper as a Word document, written part by part (`docs/adr/0008`).

mod body;
mod foot;
mod head;
mod package;
mod paragraph;
mod table;

use crate::official::{Block, HEIGHT, Layout, Official, PressError, Printed, PrintedAnnex, PrintedBlock, WIDTH};
use crate::xml::Xml;
use paragraph::{Para, Writer, twips};

/// The paper as DOCX.
///
/// # Errors
/// A measure out of its range, or a reference that a word processor could not keep.
pub fn docx(paper: &Official, layout: &Layout) -> Result<Vec<u8>, PressError> {
    let printed = Printed::of(paper, layout)?;
    let mut w = Writer::new(layout);
    head::write(&mut w, &printed);
    body::write(&mut w, &printed.blocks);
    foot::write(&mut w, &printed);
    for (at, annex) in printed.annexes.iter().enumerate() {
        // the properties of a section stand at its end: those of the section before the annex close it here
        let before = at.checked_sub(1).and_then(|at| printed.annexes.get(at));
        section(&mut w, layout, before, true);
        annex_head(&mut w, annex);
        body::write(&mut w, &annex.blocks);
    }
    section(&mut w, layout, printed.annexes.last(), false);
    package::zip(w.x, &printed.name, &printed.author, layout)
}

/// A part of another paper as DOCX: only what it says, without head and foot, with the same references.
///
/// # Errors
/// As [`docx`].
pub fn docx_fragment(name: &str, blocks: &[Block], layout: &Layout) -> Result<Vec<u8>, PressError> {
    let blocks: Vec<PrintedBlock> = Printed::blocks(blocks, layout)?;
    let mut w = Writer::new(layout);
    body::write(&mut w, &blocks);
    section(&mut w, layout, None, false);
    package::zip(w.x, &crate::official::clean(name), "", layout)
}

fn annex_head(w: &mut Writer, annex: &PrintedAnnex) {
    let size = w.layout.size;
    w.line(Para { centre: true, outline: Some(0), next: true, ..Para::default() }, &annex.label, (true, false), 14.0);
    for line in &annex.title.lines {
        w.line(Para { centre: true, next: true, ..Para::default() }, line, (true, false), size);
    }
    w.line(Para { centre: true, next: true, ..Para::default() }, &annex.attached, (false, true), size);
    let width = w.layout.text_width(annex.landscape);
    w.rule(annex.title.rule, width);
    w.space(6.0);
}

/// Closes a section: `annex` is the one that it holds, or none for the paper itself. Its pages are counted from one and the first bears no number.
fn section(w: &mut Writer, layout: &Layout, annex: Option<&PrintedAnnex>, within: bool) {
    let landscape = annex.is_some_and(|annex| annex.landscape);
    let properties = |x: &mut Xml| {
        x.node("w:sectPr", &[], |x| {
            x.leaf("w:headerReference", &[("w:type", &"default"), ("r:id", &"rId2")]);
            x.leaf("w:type", &[("w:val", &"nextPage")]);
            let (wide, high) = if landscape { (HEIGHT, WIDTH) } else { (WIDTH, HEIGHT) };
            let (wide, high) = (twips(wide), twips(high));
            if landscape {
                x.leaf("w:pgSz", &[("w:w", &wide), ("w:h", &high), ("w:orient", &"landscape")]);
            } else {
                x.leaf("w:pgSz", &[("w:w", &wide), ("w:h", &high)]);
            }
            let [top, right, bottom, left] = [layout.top, layout.right, layout.bottom, layout.left].map(twips);
            x.leaf(
                "w:pgMar",
                &[
                    ("w:top", &top),
                    ("w:right", &right),
                    ("w:bottom", &bottom),
                    ("w:left", &left),
                    ("w:header", &twips(layout.top / 2.0)),
                    ("w:footer", &twips(layout.bottom / 2.0)),
                    ("w:gutter", &0),
                ],
            );
            x.leaf("w:pgNumType", &[("w:start", &1)]);
            x.leaf("w:titlePg", &[]);
        });
    };
    if within {
        w.x.node("w:p", &[], |x| {
            x.node("w:pPr", &[], |x| {
                x.leaf("w:spacing", &[("w:before", &0), ("w:after", &0), ("w:line", &20), ("w:lineRule", &"exact")]);
                properties(x);
            });
        });
    } else {
        properties(&mut w.x);
    }
}
