//! Words and blocks as Markdown: what is words stays words.

/// Words of one look.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) link: String,
}

/// What stands on lines of its own.
pub(super) enum Block {
    Text(String),
    Item(String),
}

/// Words whose signs mean nothing in Markdown.
pub(super) fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for sign in words.chars() {
        match sign {
            '\\' | '`' | '*' | '[' | ']' | '<' | '_' => out.extend(['\\', sign]),
            '\u{a0}' | '\t' | '\n' | '\r' => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}

/// What would end an address in Markdown, as the web writes it.
pub(super) fn address(to: &str) -> String {
    to.chars()
        .map(|sign| match sign {
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            '<' | '>' | '\\' => String::new(),
            sign if sign.is_whitespace() || sign.is_control() => "%20".to_owned(),
            sign => sign.to_string(),
        })
        .collect()
}

/// Pieces of the same look become one, with their marks around words, never around spaces.
pub(super) fn marked(pieces: Vec<Piece>) -> String {
    let mut merged: Vec<Piece> = Vec::new();
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if (last.bold, last.italic, &last.link) == (piece.bold, piece.italic, &piece.link) => {
                last.text.push_str(&piece.text);
            }
            // Spaces between words of one look belong to them.
            Some(last) if piece.text.trim().is_empty() && !piece.text.contains('\n') && piece.link.is_empty() => {
                last.text.push_str(&piece.text);
            }
            _ => merged.push(piece),
        }
    }
    let mut out = String::new();
    for Piece { text, bold, italic, link } in merged {
        let words = text.trim();
        let before = text.len() - text.trim_start().len();
        out.push_str(text.get(..before).unwrap_or_default());
        if words.is_empty() {
            continue;
        }
        let sign = ["", "*", "**", "***"][usize::from(italic) + 2 * usize::from(bold)];
        // Marks do not reach over the end of a line.
        let inner: Vec<String> = words.split('\n').map(str::trim).map(|line| format!("{sign}{line}{sign}")).collect();
        let inner = inner.join("\n");
        out.push_str(&if link.is_empty() { inner } else { format!("[{}]({link})", inner.replace('\n', " ")) });
        out.push_str(text.get(before + words.len()..).unwrap_or_default());
    }
    out
}

/// Words without line breaks.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a heading as they stand on a page.
pub(super) fn unmarked(words: &str) -> String {
    one_line(words).replace('\\', "")
}

/// A line whose beginning would make it a heading, an item or a rule becomes words.
pub(super) fn settled(line: &str) -> String {
    let line = line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let first = line.split(' ').next().unwrap_or_default();
    let digits = first.trim_end_matches(['.', ')']);
    let numbered = first.len() == digits.len() + 1 && digits.len() < 10 && digits.bytes().all(|b| b.is_ascii_digit());
    if numbered && !digits.is_empty() {
        return line.replacen(digits, &format!("{digits}\\"), 1);
    }
    let sign = |of: &str| !first.is_empty() && first.chars().all(|one| of.contains(one));
    if sign("#") && first.len() < 7
        || ["-", "+", ">"].contains(&first)
        || first.starts_with(['=', '~', '|'])
        || sign("-")
    {
        return format!("\\{line}");
    }
    line
}

/// Blocks apart from each other; items of a list stand together.
pub(super) fn joined(blocks: Vec<Block>) -> String {
    let mut out = String::new();
    let mut item = false;
    for block in blocks {
        let (text, is_item) = match block {
            Block::Text(text) => (text, false),
            Block::Item(text) => (text, true),
        };
        if !out.is_empty() {
            out.push_str(if item && is_item { "\n" } else { "\n\n" });
        }
        out.push_str(&text);
        item = is_item;
    }
    out
}
