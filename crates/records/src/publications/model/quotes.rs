//! Articles of law that a text names, as links, and what it quotes of them.

use kernel::text;

use crate::laws::model::find_references;

/// Address of a document and number of an article; the number is empty for the document as a whole.
pub type Named = (String, String);

/// Tags inside which words stay as they are: a link holds no link, and code is shown as it was typed.
const CLOSED: [&str; 3] = ["a", "code", "pre"];

/// Words of `html` between tags, each with whether a link may stand in it; tags come with `false`.
fn pieces(html: &str) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let mut inside = 0_usize;
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after, tag) = match rest.strip_prefix('<') {
            Some(tag) => {
                let end = tag.find('>').map_or(rest.len(), |at| at + 2);
                let (piece, after) = rest.split_at(end);
                (piece, after, true)
            }
            None => {
                let (piece, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
                (piece, after, false)
            }
        };
        if tag {
            let name = piece.trim_start_matches(['<', '/']).split([' ', '>']).next().unwrap_or_default();
            if CLOSED.contains(&name) {
                inside = if piece.starts_with("</") { inside.saturating_sub(1) } else { inside + 1 };
            }
        }
        out.push((piece, !tag && inside == 0));
        rest = after;
    }
    out
}

/// What the words of a text name, each once.
pub fn named(html: &str) -> Vec<Named> {
    let words = pieces(html).into_iter().filter(|(_, open)| *open);
    let mut out: Vec<Named> =
        words.flat_map(|(words, _)| find_references(words)).map(|(_, slug, article)| (slug, article)).collect();
    out.sort();
    out.dedup();
    out
}

/// The text with links where `lead` has an address. `html` is what [`super::render`] made.
pub fn linked<'a>(html: &str, lead: impl Fn(&Named) -> Option<&'a str>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    for (piece, open) in pieces(html) {
        let mut from = 0;
        for (range, slug, article) in if open { find_references(piece) } else { Vec::new() } {
            let Some(path) = lead(&(slug, article)) else { continue };
            out.push_str(piece.get(from..range.start).unwrap_or_default());
            out.push_str(&format!("<a href=\"{path}\">{}</a>", piece.get(range.clone()).unwrap_or_default()));
            from = range.end;
        }
        out.push_str(piece.get(from..).unwrap_or_default());
    }
    out
}

/// Words that a text gives as those of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Which article.
    pub of: Named,
    /// As the text names it: "Điều 11 Luật số 14/2012/QH13".
    pub name: String,
    /// What it says the article says.
    pub words: String,
}

/// Quoted blocks that begin with the name of an article: `> Điều 11 Luật số 14/2012/QH13: “…”`.
pub fn quotes(markdown: &str) -> Vec<Quote> {
    let mut blocks: Vec<String> = vec![String::new()];
    for line in markdown.lines() {
        match line.trim_start().strip_prefix('>') {
            Some(words) => {
                if let Some(block) = blocks.last_mut() {
                    block.push_str(words.trim());
                    block.push('\n');
                }
            }
            None => blocks.push(String::new()),
        }
    }
    blocks.iter().filter_map(|block| quote(&block.replace(['\\', '*', '_'], ""))).collect()
}

fn quote(block: &str) -> Option<Quote> {
    let (range, slug, article) = find_references(block).into_iter().find(|(_, _, article)| !article.is_empty())?;
    let after = block.get(range.end..)?;
    // Words before the article's own: "Khoản 2 Điều 5 … quy định:". What else is named in a sentence of the writer's own is no quote.
    if block.get(..range.start)?.split_whitespace().count() > 8 {
        return None;
    }
    let opens = after.find(['“', '"'])?;
    let inner = after.get(opens..)?.trim_start_matches(['“', '"']);
    let words = inner.get(..inner.rfind(['”', '"']).unwrap_or(inner.len()))?.trim().to_owned();
    let name = block.get(range)?.to_owned();
    (!words.is_empty()).then_some(Quote { of: (slug, article), name, words })
}

/// Words for comparison: tones where the new spelling has them, without case and punctuation.
fn tokens(words: &str) -> Vec<String> {
    let key = text::name_key(words);
    key.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Does an article say this, left-out parts ("…", "(...)") apart?
pub fn says(article: &str, quoted: &str) -> bool {
    let article = tokens(article);
    let mut rest = article.as_slice();
    quoted.replace("...", "…").split('…').map(tokens).filter(|part| !part.is_empty()).all(|part| {
        let found = rest.windows(part.len()).position(|words| words == part);
        rest = found.and_then(|at| rest.get(at + part.len()..)).unwrap_or_default();
        found.is_some()
    })
}

/// An article as a quoted block of Markdown, which shows its words as they are.
pub fn block(name: &str, words: &str) -> String {
    let lines: Vec<String> = words.lines().map(str::trim).filter(|line| !line.is_empty()).map(plainly).collect();
    format!("> {name}: “{}”\n", lines.join("\n>\n> "))
}

/// A line on which no sign of Markdown works.
fn plainly(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::with_capacity(line.len() + 4);
    for (at, sign) in line.char_indices() {
        let first = at == 0 && matches!(sign, '#' | '+' | '-' | '>' | '~' | '=' | ':');
        let number = digits > 0 && at == digits && matches!(sign, '.' | ')');
        if first || number || matches!(sign, '*' | '_' | '`' | '[' | ']' | '<' | '&' | '\\' | '|' | '!') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::publications::model::render;

    const LAW: &str = "14-2012-qh13";

    #[test]
    fn what_a_text_names_becomes_links_and_links_and_code_stay() {
        let html = render(
            "Theo khoản 1 **Điều 11 Luật số 14/2012/QH13** & Điều 5 Nghị định số 28/2013/NĐ-CP.\n\n[Điều 1 Luật số 14/2012/QH13](/luat) `Điều 2 Luật số 14/2012/QH13`",
        );
        assert_eq!(named(&html), [(LAW.into(), "11".into()), ("28-2013-nd-cp".into(), "5".into())]);
        let all = linked(&html, |(slug, _)| (slug == LAW).then_some("/luat/x"));
        assert!(all.contains("<strong><a href=\"/luat/x\">Điều 11 Luật số 14/2012/QH13</a></strong> &amp; Điều 5"));
        assert_eq!(all.matches("/luat/x").count(), 1);
        assert_eq!(linked(&html, |_| None), html);
    }

    #[test]
    fn quotes_are_compared_word_by_word() {
        let text = "Mở đầu.\n\n> **Khoản 2 Điều 5 Luật số 14/2012/QH13**: “2\\. Trả *sách* trong 10 ngày.”\n> \n> hết\n\n> Lời người dân.\n\nĐiều 1 Luật số 1/2012/QH13: “x”";
        let found = quotes(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].of, (LAW.into(), "5".into()));
        assert_eq!(found[0].words, "2. Trả sách trong 10 ngày.");
        let article = "Trả sách\n1. Mượn hai cuốn.\n2. Trả sách trong 10 ngày.\n3. Giữ gìn; hoà thuận.";
        for same in ["trả sách trong 10 ngày", "1. Mượn hai cuốn. … hòa thuận", "Mượn hai cuốn [...] Giữ gìn"]
        {
            assert!(says(article, same), "{same}");
        }
        for other in ["Trả sách trong 15 ngày", "Giữ gìn … Mượn hai cuốn", "trả sách, trong vòng 10 ngày"]
        {
            assert!(!says(article, other), "{other}");
        }
    }

    #[test]
    fn a_block_shows_the_words_of_the_article_and_is_found_again() {
        let words = "Họp báo *mở*\n1. Thông cáo [báo chí]\na) Một\n- hai";
        let made = block("Điều 11 Luật số 14/2012/QH13", words);
        let html = render(&made);
        assert!(html.starts_with("<blockquote>") && html.contains("1. Thông cáo [báo chí]") && !html.contains("<li>"));
        assert!(html.contains("*mở*") && !html.contains("<em>"));
        let found = quotes(&made);
        assert!(says(words, &found[0].words));
    }

    proptest! {
        #[test]
        fn links_change_no_words(text in "([<>&\"`*>\\[\\]()\n ]|Điều 1 |Luật số 1/2012/QH13|\\PC){0,40}") {
            let html = render(&text);
            let bare = linked(&html, |_| Some("/luat/x")).replace("<a href=\"/luat/x\">", "");
            prop_assert_eq!(bare.replace("</a>", ""), html.replace("</a>", ""));
            let _ = (quotes(&text), says(&text, &text), block("x", &text));
        }
    }
}
