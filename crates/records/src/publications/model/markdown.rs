//! The words of a text: Markdown as HTML that is safe to show, and as plain words.

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES
}

/// May a link lead there? The web, mail, telephone, and places of this site.
fn safe(target: &str) -> bool {
    let before = target.split(['/', '?', '#']).next().unwrap_or_default();
    match before.split_once(':') {
        Some((scheme, _)) => ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str()),
        None => !target.starts_with("//"),
    }
}

/// Headings of a text begin below the page's own.
fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        HeadingLevel::H3 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

/// HTML of a text. HTML inside it is shown as words; links lead only where [`safe`] says; pictures only from this site, with their words for who cannot see.
pub fn render(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, options()).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            Event::Start(Tag::Heading { level: lower(level), id: None, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        Event::Start(Tag::Link { dest_url, title, id, .. }) if !safe(&dest_url) => {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url: CowStr::Borrowed("#"), title, id })
        }
        Event::Start(Tag::Image { dest_url, title, id, .. }) if !dest_url.starts_with("/anh/") => {
            Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url: CowStr::Borrowed("#"), title, id })
        }
        other => other,
    });
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 4);
    html::push_html(&mut out, events);
    out
}

/// The words alone, blocks on lines of their own.
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::End(end) if block(end) && !out.ends_with('\n') => out.push('\n'),
            Event::End(TagEnd::TableCell) => out.push(' '),
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

fn block(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::CodeBlock
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn structure_is_kept_and_scripts_are_words() {
        let html =
            render("# Mở đầu\n\nMột **điều** quan trọng, [xem](https://vbpl.vn).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
        assert!(html.contains("<h2>Mở đầu</h2>") && html.contains("<strong>điều</strong>") && html.contains("<table>"));
        let html = render(
            "<script>alert(1)</script>\n\nXin <b onclick=x>chào</b> [a](javascript:alert(1)) ![x](http://a/b.png)",
        );
        assert!(
            !html.contains("<script")
                && !html.contains("<b ")
                && !html.contains("javascript:")
                && !html.contains("http://a")
        );
        assert!(render("[a](//evil.example)").contains("href=\"#\""));
        assert!(render("[a](JaVaScRiPt:x)").contains("href=\"#\""));
        assert!(render("[a](/tin/bai)").contains("href=\"/tin/bai\""));
    }

    #[test]
    fn the_words_alone() {
        assert_eq!(plain("# Một\n\nhai *ba*\nbốn\n\n- năm\n- sáu"), "Một\nhai ba bốn\nnăm\nsáu");
    }

    proptest! {
        #[test]
        fn no_words_make_a_tag_of_their_own(text in "\\PC{0,200}") {
            let html = render(&text).to_lowercase();
            for tag in ["<script", "<iframe", "<style", "<object", "<svg", "onerror=\"", "javascript:\""] {
                prop_assert!(!html.contains(tag), "{tag} in {html}");
            }
        }
    }
}
