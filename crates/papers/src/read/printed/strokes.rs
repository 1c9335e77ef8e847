//! The drawing of pages that `pdftocairo -svg` prints → straight strokes.

use super::{Stroke, Strokes};

/// A filled shape no wider than this is a stroke.
const THIN: f32 = 3.0;
/// Most strokes, and parts of one path, that are collected of a page, so that no drawing fills the memory; many strokes
/// of one border may lie in one line. A page with more is a picture.
const MOST: usize = 20_000;

/// The strokes of each page.
pub(super) fn pages(svg: &str) -> Vec<Strokes> {
    let mut pages = vec![Strokes::default()];
    let mut several = false;
    // Definitions hold letters and clipping paths.
    let mut defs = 0usize;
    for piece in svg.split('<') {
        if piece.starts_with("defs") {
            defs += 1;
        } else if piece.starts_with("/defs") {
            defs = defs.saturating_sub(1);
        } else if piece.starts_with("page>") || piece.starts_with("page ") {
            if several {
                pages.push(Strokes::default());
            }
            several = true;
        } else if defs == 0
            && let (Some(tag), Some(page)) = (piece.strip_prefix("path"), pages.last_mut())
            && !full(page)
        {
            path(tag, page);
        }
    }
    for page in pages.iter_mut().filter(|page| full(page)) {
        *page = Strokes::default();
    }
    pages
}

fn full(page: &Strokes) -> bool {
    page.across.len() + page.down.len() > MOST
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(name)?;
    rest.split_once('"').map(|(value, _)| value)
}

fn path(tag: &str, page: &mut Strokes) {
    let (Some(d), Some(style)) = (attribute(tag, " d=\""), attribute(tag, " style=\"")) else { return };
    // White on white parts nothing that is seen.
    if style.contains("rgb(100%,100%,100%)") {
        return;
    }
    let stroked = style.contains("fill:none");
    let matrix = tag.split_once("matrix(").and_then(|(_, rest)| matrix(rest));
    let Some(shapes) = shapes(d, matrix) else { return };
    for shape in shapes {
        if stroked {
            shape.windows(2).for_each(|pair| add(pair[0], pair[1], page));
        } else if let Some(first) = shape.first() {
            let (mut low, mut high) = (*first, *first);
            for (x, y) in &shape {
                low = (low.0.min(*x), low.1.min(*y));
                high = (high.0.max(*x), high.1.max(*y));
            }
            let (wide, tall) = (high.0 - low.0, high.1 - low.1);
            let (x, y) = (low.0.midpoint(high.0), low.1.midpoint(high.1));
            if tall <= THIN && wide > tall {
                add((low.0, y), (high.0, y), page);
            } else if wide <= THIN && tall > wide {
                add((x, low.1), (x, high.1), page);
            }
        }
    }
}

/// Six numbers, or none for a path that is not moved.
fn matrix(text: &str) -> Option<[f32; 6]> {
    let mut numbers = text.split(')').next()?.split(',').map(|number| number.trim().parse::<f32>().ok());
    let mut out = [0.0; 6];
    for place in &mut out {
        *place = numbers.next()??;
    }
    Some(out)
}

/// The corners of each straight-edged shape; `None` when a part is curved, or there are too many.
fn shapes(d: &str, matrix: Option<[f32; 6]>) -> Option<Vec<Vec<(f32, f32)>>> {
    let [a, b, c, e, x0, y0] = matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    let mut shapes: Vec<Vec<(f32, f32)>> = Vec::new();
    let mut tokens = d.split_whitespace();
    while let Some(token) = tokens.next() {
        match token {
            "M" | "L" => {
                let (x, y) = (tokens.next()?.parse::<f32>().ok()?, tokens.next()?.parse::<f32>().ok()?);
                let point = (a * x + c * y + x0, b * x + e * y + y0);
                if !(point.0.is_finite() && point.1.is_finite()) {
                    return None;
                }
                if shapes.len() > MOST {
                    return None;
                }
                match shapes.last_mut() {
                    Some(shape) if token == "L" => shape.push(point),
                    _ => shapes.push(vec![point]),
                }
            }
            "Z" => {
                let shape = shapes.last_mut()?;
                shape.push(*shape.first()?);
            }
            _ => return None,
        }
    }
    Some(shapes)
}

fn add(a: (f32, f32), b: (f32, f32), page: &mut Strokes) {
    let (wide, tall) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
    if full(page) {
        return;
    }
    if tall <= 0.5 && wide > 0.5 {
        page.across.push(Stroke { at: a.1, from: a.0.min(b.0), to: a.0.max(b.0) });
    } else if wide <= 0.5 && tall > 0.5 {
        page.down.push(Stroke { at: a.0, from: a.1.min(b.1), to: a.1.max(b.1) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str) -> Strokes {
        let svg = format!("<svg><defs><clipPath><path d=\"M 0 0 L 9 0\"/></clipPath></defs>{path}</svg>");
        pages(&svg).remove(0)
    }

    #[test]
    fn strokes_and_narrow_shapes() {
        let stroked = page(
            "<path style=\"fill:none;stroke:rgb(0%,0%,0%);\" d=\"M 10 20 L 90 20 L 90 60 \" transform=\"matrix(1,0,0,-1,0,842)\"/>",
        );
        assert_eq!(stroked.across, [Stroke { at: 822.0, from: 10.0, to: 90.0 }]);
        assert_eq!(stroked.down, [Stroke { at: 90.0, from: 782.0, to: 822.0 }]);
        let filled = page("<path style=\"fill:rgb(0%,0%,0%);\" d=\"M 10 20 L 90 20 L 90 20.5 L 10 20.5 Z M 10 20 \"/>");
        assert_eq!(filled.across, [Stroke { at: 20.25, from: 10.0, to: 90.0 }]);
        assert!(filled.down.is_empty());
    }

    #[test]
    fn curves_shades_and_white_are_none() {
        for path in [
            "<path style=\"fill:none;\" d=\"M 1 1 C 2 2 3 3 4 4 L 90 4\"/>",
            "<path style=\"fill:rgb(80%,80%,80%);\" d=\"M 10 20 L 90 20 L 90 60 L 10 60 Z \"/>",
            "<path style=\"fill:none;stroke:rgb(100%,100%,100%);\" d=\"M 10 20 L 90 20 \"/>",
        ] {
            let strokes = page(path);
            assert!(strokes.across.is_empty() && strokes.down.is_empty(), "{path}");
        }
    }

    #[test]
    fn every_page_has_its_own() {
        let line = "<path style=\"fill:none\" d=\"M 0 5 L 9 5\"/>";
        let pages = pages(&format!("<pageSet><page>{line}{line}</page><page></page><page>{line}</page></pageSet>"));
        assert_eq!(pages.iter().map(|page| page.across.len()).collect::<Vec<_>>(), [2, 0, 1]);
    }
}
