//! Widths of words in the print font, whose letters are as wide as those of Times New Roman: rules as long as their words, titles in even lines.

use std::sync::OnceLock;

use ttf_parser::Face;

/// Tinos (SIL Open Font License, see `fonts/OFL.txt`): regular, bold, italic, bold italic.
pub(crate) const FONTS: [&[u8]; 4] = [
    include_bytes!("../../fonts/Tinos-Regular.ttf"),
    include_bytes!("../../fonts/Tinos-Bold.ttf"),
    include_bytes!("../../fonts/Tinos-Italic.ttf"),
    include_bytes!("../../fonts/Tinos-BoldItalic.ttf"),
];

const MM_PER_PT: f32 = 25.4 / 72.0;

fn face(bold: bool) -> Option<&'static Face<'static>> {
    static FACES: OnceLock<[Option<Face<'static>>; 2]> = OnceLock::new();
    let faces = FACES.get_or_init(|| [Face::parse(FONTS[0], 0).ok(), Face::parse(FONTS[1], 0).ok()]);
    faces[usize::from(bold)].as_ref()
}

/// Width of these words in millimetres at `size` points.
pub(crate) fn width_mm(text: &str, bold: bool, size: f32) -> f32 {
    let Some(face) = face(bold) else { return 0.0 };
    let em = f32::from(face.units_per_em());
    let advance = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).map_or(em / 2.0, f32::from);
    text.chars().map(advance).sum::<f32>() / em * size * MM_PER_PT
}

/// Breaks words into as few lines as fit `limit` millimetres, and those as even as they can be. Line breaks in `text` are kept; a number stays with the
/// word before it ("năm 2026").
pub(crate) fn balance(text: &str, bold: bool, size: f32, limit: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let mut words: Vec<String> = Vec::new();
        for word in part.split_whitespace() {
            match words.last_mut() {
                Some(last) if word.starts_with(|c: char| c.is_ascii_digit()) => {
                    last.push(' ');
                    last.push_str(word);
                }
                _ => words.push(word.to_owned()),
            }
        }
        let widths: Vec<f32> = words.iter().map(|word| width_mm(word, bold, size)).collect();
        let space = width_mm(" ", bold, size);
        let (mut low, mut high) = (widths.iter().copied().fold(0.0, f32::max), limit);
        let fewest = greedy(&widths, space, limit).len();
        for _ in 0..12 {
            let middle = (low + high) / 2.0;
            if greedy(&widths, space, middle).len() > fewest { low = middle } else { high = middle }
        }
        let mut words = words.into_iter();
        for count in greedy(&widths, space, high) {
            lines.push(words.by_ref().take(count).collect::<Vec<_>>().join(" "));
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// How many words each line takes.
fn greedy(widths: &[f32], space: f32, limit: f32) -> Vec<usize> {
    let mut lines = Vec::new();
    let (mut count, mut filled) = (0, 0.0);
    for width in widths {
        let wider = if count == 0 { *width } else { filled + space + width };
        if count > 0 && wider > limit {
            lines.push(count);
            (count, filled) = (1, *width);
        } else {
            (count, filled) = (count + 1, wider);
        }
    }
    if count > 0 {
        lines.push(count);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_every_vietnamese_letter() {
        let letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
        for font in FONTS {
            let face = Face::parse(font, 0).unwrap();
            for c in letters.chars().chain(letters.to_uppercase().chars()).chain("0–—“”…₫•".chars()) {
                assert!(face.glyph_index(c).is_some(), "{c}");
            }
        }
    }

    #[test]
    fn lines_are_few_and_even() {
        let title =
            "Kết quả công tác phổ biến, giáo dục pháp luật năm 2026 và phương hướng, nhiệm vụ công tác năm 2027";
        let lines = balance(title, true, 14.0, 150.0);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines.join(" "), title);
        let widths: Vec<f32> = lines.iter().map(|line| width_mm(line, true, 14.0)).collect();
        assert!((widths[0] - widths[1]).abs() < 30.0, "{widths:?}");
        assert!(lines.iter().all(|line| !line.ends_with("năm")));
        assert_eq!(balance("một\nhai ba", true, 14.0, 100.0), ["một", "hai ba"]);
        assert!(balance(" \n ", true, 14.0, 100.0).is_empty());
        assert_eq!(balance(&"x".repeat(500), true, 14.0, 50.0).len(), 1);
    }

    #[test]
    fn words_are_as_wide_as_in_times_new_roman() {
        // 0.5 em for a figure
        assert!((width_mm("0000", false, 12.0) - 24.0 * MM_PER_PT).abs() < 0.01);
    }
}
