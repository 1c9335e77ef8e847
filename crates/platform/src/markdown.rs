//! The words of a text: Markdown as HTML that is safe to show, and as plain words.

use kernel::Uuid;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use crate::picture::widths;

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

/// What a text shows of the media library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Media {
    /// A photo: its item and its size in pixels, upright.
    Photo(Uuid, u32, u32),
    /// A video.
    Video(Uuid),
    /// A sound.
    Audio(Uuid),
}

impl Media {
    /// From an address in a text: `/anh/{id}/1600x900`, `/tep/{id}/web#video`, `/tep/{id}/web#audio`.
    fn parse(address: &str) -> Option<Self> {
        if let Some(rest) = address.strip_prefix("/anh/") {
            let (item, size) = rest.split_once('/')?;
            let (width, height) = size.split_once('x')?;
            let (width, height) = (width.parse().ok()?, height.parse().ok()?);
            return (width > 0 && height > 0).then_some(Self::Photo(Uuid::parse_str(item).ok()?, width, height));
        }
        let (item, kind) = address.strip_prefix("/tep/")?.split_once("/web#")?;
        let item = Uuid::parse_str(item).ok()?;
        match kind {
            "video" => Some(Self::Video(item)),
            "audio" => Some(Self::Audio(item)),
            _ => None,
        }
    }

    /// Its item.
    pub fn item(&self) -> Uuid {
        match self {
            Self::Photo(id, ..) | Self::Video(id) | Self::Audio(id) => *id,
        }
    }

    /// The file of it that every browser shows.
    fn file(&self) -> String {
        match self {
            Self::Photo(id, width, _) => {
                let width = widths(*width).find(|one| *one >= 640).or(widths(*width).last()).unwrap_or(320);
                format!("/anh/{id}/{width}.jpg")
            }
            Self::Video(id) | Self::Audio(id) => format!("/tep/{id}/web"),
        }
    }
}

/// HTML of a text. HTML inside it is shown as words; links lead only where [`safe`] says; pictures, videos and sounds come from the library of this site
/// only, with their words for who cannot see or hear.
pub fn render(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 4);
    let mut events = Parser::new_ext(markdown, options()).peekable();
    // What goes to the writer of HTML next; a paragraph waits until it is known whether it holds anything but a picture.
    let mut ready = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Paragraph) if matches!(events.peek(), Some(Event::Start(Tag::Image { .. }))) => {
                let shown = events.next().map(|first| figure(first, &mut events)).unwrap_or_default();
                if matches!(events.peek(), Some(Event::End(TagEnd::Paragraph))) {
                    events.next();
                    ready.push(Event::Html(shown.block.into()));
                } else {
                    ready.push(Event::Start(Tag::Paragraph));
                    ready.push(Event::InlineHtml(shown.inline.into()));
                }
            }
            first @ Event::Start(Tag::Image { .. }) => {
                ready.push(Event::InlineHtml(figure(first, &mut events).inline.into()));
            }
            Event::Html(text) | Event::InlineHtml(text) => ready.push(Event::Text(text)),
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                ready.push(Event::Start(Tag::Heading { level: lower(level), id: None, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => ready.push(Event::End(TagEnd::Heading(lower(level)))),
            Event::Start(Tag::Link { dest_url, title, id, .. }) if !safe(&dest_url) => {
                ready.push(Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url: CowStr::Borrowed("#"),
                    title,
                    id,
                }))
            }
            other => ready.push(other),
        }
    }
    html::push_html(&mut out, ready.into_iter());
    out
}

/// A picture in a text as HTML, standing alone and among words.
#[derive(Default)]
struct Figure {
    block: String,
    inline: String,
}

/// Reads a picture to its end. What is not from the library leaves its words.
fn figure<'a>(first: Event<'a>, events: &mut impl Iterator<Item = Event<'a>>) -> Figure {
    let Event::Start(Tag::Image { dest_url, title, .. }) = first else { return Figure::default() };
    let mut words = String::new();
    let mut depth = 1;
    for event in events {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    match Media::parse(&dest_url) {
        Some(Media::Photo(..)) => {
            Figure { block: picture(&dest_url, &words, &title), inline: picture(&dest_url, &words, "") }
        }
        Some(media) => {
            let player = player(&media, &words);
            let block = captioned(&player, if title.is_empty() { &words } else { &title });
            Figure { block, inline: player }
        }
        None => {
            let words = escaped(&words);
            Figure { block: format!("<p>{words}</p>"), inline: words }
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

fn captioned(shown: &str, caption: &str) -> String {
    if caption.is_empty() {
        return format!("<figure>{shown}</figure>");
    }
    format!("<figure>{shown}<figcaption>{}</figcaption></figure>", escaped(caption))
}

/// A photo of the library at `/anh/{id}/{width}x{height}` in all its sizes, with a caption or, without one, by itself; empty when the address is none.
pub fn picture(address: &str, words: &str, caption: &str) -> String {
    let Some(Media::Photo(id, width, height)) = Media::parse(address) else { return String::new() };
    let sizes: Vec<String> = widths(width).map(|one| format!("/anh/{id}/{one}.webp {}w", one.min(width))).collect();
    let file = Media::Photo(id, width, height).file();
    let shown = format!(
        "<picture><source type=\"image/webp\" srcset=\"{}\" sizes=\"(max-width: 46rem) 100vw, 44rem\"><img src=\"{file}\" \
         alt=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\"></picture>",
        sizes.join(", "),
        escaped(words)
    );
    if caption.is_empty() { shown } else { captioned(&shown, caption) }
}

/// A sound of the library with a caption.
pub fn sound(id: Uuid, caption: &str) -> String {
    captioned(&player(&Media::Audio(id), caption), caption)
}

fn player(media: &Media, words: &str) -> String {
    let (id, words) = (media.item(), escaped(words));
    match media {
        Media::Video(_) => format!(
            "<video controls preload=\"none\" poster=\"/tep/{id}/poster1280.webp\" aria-label=\"{words}\"><source src=\"/tep/{id}/web\" type=\"video/mp4\"></video>"
        ),
        _ => format!(
            "<audio controls preload=\"none\" aria-label=\"{words}\"><source src=\"/tep/{id}/web\" type=\"audio/mp4\"></audio>"
        ),
    }
}

/// What a text shows of the library, each with its words.
pub fn media(markdown: &str) -> Vec<(Media, String)> {
    let mut out = Vec::new();
    let mut open: Vec<(Option<Media>, String)> = Vec::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => open.push((Media::parse(&dest_url), String::new())),
            Event::Text(text) | Event::Code(text) => open.iter_mut().for_each(|(_, words)| words.push_str(&text)),
            Event::End(TagEnd::Image) => {
                if let Some((Some(media), words)) = open.pop() {
                    out.push((media, words.trim().to_owned()));
                }
            }
            _ => {}
        }
    }
    out
}

/// Where the links of a text lead and what it shows of the library, each with its words; what [`render`] makes harmless left out.
pub fn links(markdown: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => open.push((dest_url.into_string(), String::new())),
            Event::Start(Tag::Image { dest_url, .. }) => {
                open.push((Media::parse(&dest_url).map_or(String::new(), |media| media.file()), String::new()));
            }
            Event::Text(text) | Event::Code(text) => open.iter_mut().for_each(|(_, words)| words.push_str(&text)),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                out.extend(open.pop().filter(|(to, _)| !to.is_empty() && safe(to)));
            }
            _ => {}
        }
    }
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
    fn the_library_is_shown_and_nothing_else() {
        let id = "0193a000-0000-7000-8000-000000000001";
        let html = render(&format!("![Bà con \"dự\" họp](/anh/{id}/1600x900 \"Buổi họp\")"));
        assert!(html.starts_with("<figure><picture>") && html.contains("<figcaption>Buổi họp</figcaption>"), "{html}");
        assert!(html.contains(&format!("/anh/{id}/1280.webp 1280w, /anh/{id}/1920.webp 1600w")), "{html}");
        assert!(html.contains("alt=\"Bà con &quot;dự&quot; họp\" width=\"1600\" height=\"900\""), "{html}");
        let html = render(&format!("Xem ![ảnh](/anh/{id}/300x200) này"));
        assert!(html.starts_with("<p>Xem <picture>") && html.trim_end().ends_with("này</p>"), "{html}");
        let html = render(&format!("![Nghe bài](/tep/{id}/web#audio)\n\n![Xem](/tep/{id}/web#video)"));
        assert!(
            html.contains("<audio controls")
                && html.contains("<video controls")
                && html.contains("Nghe bài</figcaption>")
        );
        for other in [
            "/anh/../x/1x1",
            "/anh/x/1x1",
            &format!("/anh/{id}/0x9"),
            &format!("/tep/{id}/goc"),
            "https://a/b.png",
            "/tep/x/web#video",
        ] {
            let html = render(&format!("![chữ <b>](<{other}>)"));
            assert_eq!(html.trim_end(), "<p>chữ &lt;b&gt;</p>", "{other}");
        }
        let found = media(&format!("![a](/anh/{id}/5x4) ![](/tep/{id}/web#video) ![b](/x)"));
        let id = Uuid::parse_str(id).unwrap();
        assert_eq!(found, [(Media::Photo(id, 5, 4), "a".into()), (Media::Video(id), String::new())]);
    }

    #[test]
    fn where_a_text_leads_and_what_it_shows() {
        let id = "0195a7c2-0000-7000-8000-000000000001";
        let text = format!(
            "[a *b*](/x) [xấu](javascript:alert(1)) [![họp](/anh/{id}/1600x900)](/y) ![](/tep/{id}/web#video) ![c](https://a/b.png)"
        );
        let found = links(&text);
        let found: Vec<_> = found.iter().map(|(to, words)| (to.as_str(), words.as_str())).collect();
        let (photo, video) = (format!("/anh/{id}/640.jpg"), format!("/tep/{id}/web"));
        assert_eq!(found, [("/x", "a b"), (photo.as_str(), "họp"), ("/y", "họp"), (video.as_str(), "")]);
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
