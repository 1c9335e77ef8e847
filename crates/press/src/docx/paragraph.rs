//! Paragraphs and runs.

use crate::official::{Layout, Run, Text};
use crate::xml::Xml;

/// Twentieths of a point in so many millimetres.
pub(super) fn twips(mm: f32) -> i64 {
    (mm * 1440.0 / 25.4).round() as i64
}

/// How a paragraph stands; sizes in points, widths in millimetres.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Para {
    pub style: Option<&'static str>,
    pub centre: bool,
    pub right: bool,
    pub before: f32,
    pub after: f32,
    pub left: f32,
    pub right_indent: f32,
    /// How far the first line stands out to the left.
    pub hanging: f32,
    /// Keep on the page of the next paragraph.
    pub next: bool,
    /// Place in the outline, from 0.
    pub outline: Option<u8>,
    /// A frame around it.
    pub framed: bool,
}

/// The document being written.
#[derive(Debug)]
pub(super) struct Writer {
    pub x: Xml,
    pub layout: Layout,
    /// Content controls so far; each has a number of its own.
    controls: u32,
}

impl Writer {
    pub fn new(layout: &Layout) -> Self {
        Self { x: Xml::default(), layout: *layout, controls: 0 }
    }

    /// A paragraph of one line in one appearance: (bold, italic), size.
    pub fn line(&mut self, para: Para, text: &str, (bold, italic): (bool, bool), size: f32) {
        self.paragraph(para, &Run { text: text.to_owned(), bold, italic, reference: None }.into(), Some(size));
    }

    /// A paragraph; without a size its letters are those of its style.
    pub fn paragraph(&mut self, para: Para, text: &Text, size: Option<f32>) {
        let controls = &mut self.controls;
        self.x.node("w:p", &[], |x| {
            properties(x, para);
            for run in &text.0 {
                match &run.reference {
                    None => write_run(x, run, size),
                    Some(id) => {
                        *controls += 1;
                        control(x, id, *controls, run, size);
                    }
                }
            }
        });
    }

    /// A rule of this length in the middle of a column.
    pub fn rule(&mut self, length: f32, column: f32) {
        let side = twips(((column - length) / 2.0).max(0.0));
        self.x.node("w:p", &[], |x| {
            x.node("w:pPr", &[], |x| {
                x.node("w:pBdr", &[], |x| border(x, "w:top", 6, 1));
                x.leaf("w:spacing", &[("w:before", &60), ("w:after", &0), ("w:line", &60), ("w:lineRule", &"exact")]);
                x.leaf("w:ind", &[("w:left", &side), ("w:right", &side), ("w:firstLine", &0)]);
                x.node("w:rPr", &[], |x| x.leaf("w:sz", &[("w:val", &2)]));
            });
        });
    }

    /// A gap of so many points.
    pub fn space(&mut self, points: f32) {
        let line = (points * 20.0).round().max(20.0) as i64;
        self.x.node("w:p", &[], |x| {
            x.node("w:pPr", &[], |x| {
                x.leaf("w:spacing", &[("w:before", &0), ("w:after", &0), ("w:line", &line), ("w:lineRule", &"exact")]);
            });
        });
    }
}

/// A line of `eighths` of a point, so many points away from the words.
pub(super) fn border(x: &mut Xml, side: &str, eighths: u8, away: u8) {
    x.leaf(side, &[("w:val", &"single"), ("w:sz", &eighths), ("w:space", &away), ("w:color", &"000000")]);
}

fn properties(x: &mut Xml, para: Para) {
    x.node("w:pPr", &[], |x| {
        if let Some(style) = para.style {
            x.leaf("w:pStyle", &[("w:val", &style)]);
        }
        if para.next {
            x.leaf("w:keepNext", &[]);
        }
        if para.framed {
            x.node("w:pBdr", &[], |x| {
                for side in ["w:top", "w:left", "w:bottom", "w:right"] {
                    border(x, side, 8, 1);
                }
            });
        }
        if para.before > 0.0 || para.after > 0.0 {
            let [before, after] = [para.before, para.after].map(|points| (points * 20.0).round() as i64);
            x.leaf("w:spacing", &[("w:before", &before), ("w:after", &after)]);
        }
        if para.left > 0.0 || para.right_indent > 0.0 {
            let (left, right) = (twips(para.left), twips(para.right_indent));
            x.leaf("w:ind", &[("w:left", &left), ("w:right", &right), ("w:hanging", &twips(para.hanging))]);
        }
        if para.centre || para.right {
            x.leaf("w:jc", &[("w:val", &(if para.centre { "center" } else { "right" }))]);
        }
        if let Some(level) = para.outline {
            x.leaf("w:outlineLvl", &[("w:val", &level)]);
        }
    });
}

/// A figure inside its content control.
fn control(x: &mut Xml, id: &str, number: u32, run: &Run, size: Option<f32>) {
    x.node("w:sdt", &[], |x| {
        x.node("w:sdtPr", &[], |x| {
            appearance(x, run, size);
            x.leaf("w:alias", &[("w:val", &"Số liệu")]);
            x.leaf("w:tag", &[("w:val", &id)]);
            x.leaf("w:id", &[("w:val", &number)]);
        });
        x.node("w:sdtContent", &[], |x| write_run(x, run, size));
    });
}

fn write_run(x: &mut Xml, run: &Run, size: Option<f32>) {
    x.node("w:r", &[], |x| {
        appearance(x, run, size);
        x.words("w:t", &[("xml:space", &"preserve")], &run.text);
    });
}

fn appearance(x: &mut Xml, run: &Run, size: Option<f32>) {
    if !run.bold && !run.italic && size.is_none() {
        return;
    }
    x.node("w:rPr", &[], |x| {
        for (name, on) in [("w:b", run.bold), ("w:i", run.italic)] {
            if on {
                x.leaf(name, &[]);
            }
        }
        if let Some(size) = size {
            let half = (size * 2.0).round() as i64;
            x.leaf("w:sz", &[("w:val", &half)]);
            x.leaf("w:szCs", &[("w:val", &half)]);
        }
    });
}
