//! The foot: Nơi nhận on the left, the signature on the right.

use super::head::columns;
use super::paragraph::{Para, Writer};
use crate::official::Printed;

/// Room for the signature and the seal, in points.
const ROOM: f32 = 72.0;

pub(super) fn write(w: &mut Writer, paper: &Printed) {
    w.space(12.0);
    let half = w.layout.text_width(false) / 2.0;
    columns(w, (half, half), &[(&recipients, &signature)], paper);
}

fn recipients(w: &mut Writer, paper: &Printed) {
    w.line(Para::default(), "Nơi nhận:", (true, true), 12.0);
    for name in &paper.recipients {
        w.line(Para::default(), name, (false, false), 11.0);
    }
}

fn signature(w: &mut Writer, paper: &Printed) {
    let size = w.layout.size;
    let centre = Para { centre: true, ..Para::default() };
    for line in &paper.authority {
        w.line(centre, line, (true, false), size);
    }
    w.space(ROOM);
    for line in &paper.concurrent {
        w.line(centre, line, (true, false), size);
    }
    w.line(centre, &paper.signer, (true, false), size);
}
