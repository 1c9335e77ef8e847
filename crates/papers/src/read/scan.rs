//! Words of a scanned page with their places → lines with columns kept by spaces, as [`super::layout`] reads them.

use super::layout::shouting;
use super::median;

/// One word on the page; lengths in pixels.
struct Word<'t> {
    left: f32,
    right: f32,
    middle: f32,
    height: f32,
    text: &'t str,
    /// Line as the recogniser numbered it.
    line: (u32, u32, u32),
}

/// Lays out one page of the table that `tesseract … tsv` prints.
pub(super) fn page(tsv: &str, out: &mut String, sections: &mut usize) {
    let words: Vec<Word<'_>> = tsv.lines().filter_map(word).collect();
    let width =
        median(words.iter().map(|w| (w.right - w.left) / w.text.chars().count() as f32)).unwrap_or(1.0).max(1.0);
    let height = median(words.iter().map(|w| w.height)).unwrap_or(1.0).max(1.0);
    let mut before: Option<f32> = None;
    for line in lines(words, height) {
        let middle = line.iter().map(|w| w.middle).sum::<f32>() / line.len().max(1) as f32;
        if before.is_some_and(|before| middle - before > 2.3 * height) {
            out.push('\n');
        }
        before = Some(middle);
        let text = set(&line, width, height);
        out.push_str(&numbered(&text, sections));
        out.push('\n');
    }
}

/// One row of the table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
fn word(row: &str) -> Option<Word<'_>> {
    let mut cells = row.split('\t');
    let mut number = || cells.next()?.parse::<f32>().ok();
    let (level, _, block, paragraph, line, _) = (number()?, number()?, number()?, number()?, number()?, number()?);
    let (left, top, width, height, _) = (number()?, number()?, number()?, number()?, number()?);
    let text = cells.next()?.trim();
    // Rules of a table are taken for strokes.
    let stroke = text.chars().all(|c| matches!(c, '|' | '_' | '—' | '~' | '¦' | '[' | ']' | '=' | '\'' | '‘'));
    if level < 5.0 || text.is_empty() || stroke || !(width > 0.0 && height > 0.0) {
        return None;
    }
    Some(Word {
        left,
        right: left + width,
        middle: top + height / 2.0,
        height,
        text: text.trim_matches(['|', '¦']),
        line: (block as u32, paragraph as u32, line as u32),
    })
}

/// Words by printed line: the recogniser's lines, those of neighbouring columns joined.
fn lines(words: Vec<Word<'_>>, height: f32) -> Vec<Vec<Word<'_>>> {
    let mut parts: Vec<Vec<Word<'_>>> = vec![];
    for word in words {
        match parts.last_mut() {
            Some(part) if part.last().is_some_and(|last| last.line == word.line) => part.push(word),
            _ => parts.push(vec![word]),
        }
    }
    let middle = |part: &[Word<'_>]| part.iter().map(|w| w.middle).sum::<f32>() / part.len().max(1) as f32;
    let mut placed: Vec<(f32, Vec<Word<'_>>)> = parts.into_iter().map(|part| (middle(&part), part)).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f32, Vec<Word<'_>>)> = vec![];
    for (at, part) in placed {
        match out.last_mut() {
            Some((line, words)) if at - *line < height * 0.5 => words.extend(part),
            _ => out.push((at, part)),
        }
    }
    out.into_iter()
        .map(|(_, mut words)| {
            words.sort_by(|a, b| a.left.total_cmp(&b.left));
            words
        })
        .collect()
}

/// Words at their columns; those a space apart stay together.
fn set(line: &[Word<'_>], width: f32, height: f32) -> String {
    let mut out = String::new();
    let mut column = 0usize;
    let mut end = f32::MIN;
    for word in line {
        let aim = (word.left / width) as usize;
        let spaces = if end != f32::MIN && word.left - end < height * 1.1 {
            1
        } else {
            let least = if out.is_empty() { 0 } else { 3 };
            aim.saturating_sub(column).clamp(least, 400)
        };
        out.extend(std::iter::repeat_n(' ', spaces));
        out.push_str(word.text);
        column += spaces + word.text.chars().count();
        end = word.right;
    }
    out
}

/// A heading in capitals whose Roman number was misread ("IL", "HI.") gets the number that comes next.
fn numbered(line: &str, sections: &mut usize) -> String {
    const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let body = line.trim_start();
    let Some((first, rest)) = body.split_once(' ') else { return line.to_owned() };
    let core = first.trim_end_matches(['.', ',']);
    let rest = rest.trim_start();
    let strokes = !core.is_empty()
        && core.len() <= 5
        && core.chars().all(|c| matches!(c, 'I' | 'H' | 'L' | 'l' | '1' | 'V' | 'X'));
    let heading = rest.chars().count() >= 6 && shouting(rest) && !rest.contains("   ");
    if !strokes || !heading || core == "1" && first.len() == 2 {
        return line.to_owned();
    }
    let read = ROMAN.iter().position(|roman| *roman == core);
    let at = match read {
        Some(at) if at == *sections || at == 0 => at,
        _ => *sections,
    };
    *sections = at + 1;
    let indent = line.len() - body.len();
    ROMAN.get(at).map_or_else(|| line.to_owned(), |roman| format!("{}{roman}. {rest}", " ".repeat(indent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tsv(words: &[(u32, f32, f32, f32, &str)]) -> String {
        let row = |(line, left, top, width, text): &(u32, f32, f32, f32, &str)| {
            format!("5\t1\t1\t1\t{line}\t1\t{left}\t{top}\t{width}\t30\t95.0\t{text}\n")
        };
        words.iter().map(row).collect()
    }

    #[test]
    fn columns_are_kept_and_strokes_dropped() {
        let mut out = String::new();
        let words = [
            (1, 100.0, 100.0, 60.0, "SỞ"),
            (1, 175.0, 100.0, 40.0, "TƯ"),
            (2, 800.0, 104.0, 80.0, "Độc"),
            (2, 890.0, 104.0, 60.0, "lập"),
            (3, 90.0, 200.0, 5.0, "|"),
            (3, 100.0, 200.0, 60.0, "Số:"),
        ];
        page(&tsv(&words), &mut out, &mut 0);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 3, "{out}");
        assert!(lines[0].trim_start().starts_with("SỞ TƯ   ") && lines[0].ends_with("Độc lập"), "{out}");
        assert_eq!((lines[1], lines[2].trim()), ("", "Số:"));
    }

    #[test]
    fn misread_numbers_of_headings_are_counted_anew() {
        let mut sections = 0;
        for (line, want) in [
            ("  IL MỤC ĐÍCH, YÊU CẦU", "  I. MỤC ĐÍCH, YÊU CẦU"),
            ("1. Mục đích", "1. Mục đích"),
            ("HI. NHIỆM VỤ", "II. NHIỆM VỤ"),
            ("III. TỔ CHỨC THỰC HIỆN", "III. TỔ CHỨC THỰC HIỆN"),
            ("Hà Nội", "Hà Nội"),
        ] {
            assert_eq!(numbered(line, &mut sections), want);
        }
    }
}
