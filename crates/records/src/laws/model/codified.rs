//! A topic of the codified law (Pháp điển) as Markdown: its articles, regrouped by the documents they come from.
//!
//! An article begins with its codified number ("Điều 44.8.LQ.1. Phạm vi điều chỉnh"), then a line says where it comes from: "(Điều 1 Luật số
//! 14/2012/QH13 … ngày 20/06/2012 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/01/2013)", with what later changed it. The words are those in effect on
//! the day of the file; earlier words are not in it.

use std::collections::HashMap;

use kernel::time;

use super::{Document, Held, Link, Version, Words, kind_of, slug_of, timeline::FOREVER};

/// Does a text look like a topic of the codified law?
pub fn is_codified(text: &str) -> bool {
    text.lines().filter(|line| codified_number(line).is_some()).take(2).count() == 2 && text.contains("\n(Điều ")
}

/// Documents of a topic in order of first appearance; `today` is taken for the day of the file when it does not tell.
pub fn codified(text: &str, today: i64) -> Vec<Document> {
    let edited = text.lines().take(12).find_map(|line| line.strip_prefix("lastedit:"));
    let checked = edited.and_then(|day| time::parse_date(day.trim())).map_or(today, time::date_to_int);
    let title = text.lines().find_map(|line| line.strip_prefix("title:")).unwrap_or_default().trim();
    let source =
        if title.is_empty() { "Pháp điển".to_owned() } else { format!("Pháp điển, đề mục {title}") };
    let mut shelf = Shelf { checked, source, ..Shelf::default() };
    let mut lines = apart(text).into_iter().peekable();
    let mut open: Option<(Origin, String, String)> = None;
    let mut parts: Vec<(u8, String)> = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("## Danh sách điều khoản") {
            break;
        }
        if let Some((heading, main)) = codified_number(line) {
            shelf.close(open.take());
            let mut told = String::new();
            // A line that tells where it comes from may be broken where the title was.
            for _ in 0..6 {
                let Some(next) =
                    lines.next_if(|line| !told.is_empty() && codified_number(line).is_none() || tells(line))
                else {
                    break;
                };
                if !told.is_empty() {
                    told.push(' ');
                }
                told.push_str(next);
                if closes(&told) {
                    break;
                }
            }
            open = origin(&told).map(|mut origin| {
                origin.heading = heading.to_owned();
                if main {
                    origin.part = parts.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("\n");
                }
                (origin, String::new(), told)
            });
        } else if let Some((depth, label)) = division(line) {
            shelf.close(open.take());
            let name = lines
                .next_if(|line| codified_number(line).is_none() && division(line).is_none() && !line.starts_with('('))
                .unwrap_or_default();
            parts.retain(|(known, _)| *known < depth);
            parts.push((depth, format!("{label} {name}").trim().to_owned()));
        } else if let Some((_, body, _)) = &mut open
            && !ASIDES.iter().any(|aside| line.starts_with(aside))
        {
            body.push_str(&line.replace('*', ""));
            body.push('\n');
        }
    }
    shelf.close(open.take());
    shelf.documents
}

/// What the codified law adds to the words of an article.
const ASIDES: [&str; 3] = ["(Điều này có nội dung", "(Chương này có nội dung", "(Mục này có nội dung"];

/// Lines with words; a heading, or what the codified law adds, that was printed at the end of the paragraph before it stands on a line of its own.
fn apart(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut out = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let mut line = *line;
        let mut heading = None;
        if lines.get(at + 1).is_some_and(|next| tells(next)) {
            let glued = line.rmatch_indices("Điều ").map(|(at, _)| at).find(|at| {
                let (before, after) = line.split_at(*at);
                before.ends_with(|sign: char| !sign.is_whitespace() && sign != '(') && codified_number(after).is_some()
            });
            if let Some(at) = glued {
                heading = line.get(at..);
                line = line.get(..at).unwrap_or_default().trim_end();
            }
        }
        if let Some(at) = ASIDES.iter().filter_map(|aside| line.find(aside)).min().filter(|at| *at > 0) {
            line = line.get(..at).unwrap_or_default().trim_end();
        }
        out.push(line);
        out.extend(heading);
    }
    out
}

/// Does a line begin to tell where an article comes from?
fn tells(line: &str) -> bool {
    line.strip_prefix("(Điều ").is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()))
}

/// Do the brackets that a text opens all close?
fn closes(text: &str) -> bool {
    text.ends_with(')') && text.matches('(').count() <= text.matches(')').count()
}

/// The heading behind a codified number, and whether the article belongs to the topic's main document, whose chapters the topic has.
fn codified_number(line: &str) -> Option<(&str, bool)> {
    let rest = line.strip_prefix("Điều ")?;
    let (number, heading) = rest.split_once(' ').unwrap_or((rest, ""));
    let parts: Vec<&str> = number.strip_suffix('.')?.split('.').collect();
    let [topic, item, kind, ..] = parts.as_slice() else { return None };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits(topic) && digits(item) && kind.chars().all(char::is_uppercase) && parts.len() > 3;
    fits.then_some((heading.trim(), parts.len() == 4))
}

/// "Chương II", "Mục 1", "Tiểu mục 2" alone on their lines.
fn division(line: &str) -> Option<(u8, String)> {
    let roman = |text: &str| !text.is_empty() && text.chars().all(|sign| "IVXLCDM".contains(sign));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (depth, fits) = if let Some(number) = line.strip_prefix("Chương ") {
        (1, roman(number))
    } else if let Some(number) = line.strip_prefix("Mục ") {
        (2, digits(number))
    } else if let Some(number) = line.strip_prefix("Tiểu mục ") {
        (3, digits(number))
    } else {
        (0, false)
    };
    fits.then(|| (depth, line.to_owned()))
}

/// What the line below a codified number tells.
#[derive(Debug, Default)]
struct Origin {
    article: String,
    kind: &'static str,
    number: String,
    title: String,
    issuer: String,
    issued_on: i64,
    effect_from: i64,
    /// Article and number of what changed it, since when, and whether it ended it.
    changes: Vec<(String, String, i64, bool)>,
    heading: String,
    part: String,
}

fn origin(told: &str) -> Option<Origin> {
    let inner = told.trim().strip_prefix('(')?.trim_end().strip_suffix(')')?;
    let rest = inner.strip_prefix("Điều ")?;
    let (article, rest) = rest.split_once(' ')?;
    let (kind, rest) = rest.split_once(" số ")?;
    let (number, rest) = split_number(rest);
    let (named, effect) = rest.split_once(", có hiệu lực thi hành kể từ ngày ").unwrap_or((rest, ""));
    let mut out =
        Origin { article: article.to_owned(), kind: kind_of(kind), number: number.to_owned(), ..Origin::default() };
    // "Phổ biến, giáo dục pháp luật ngày 20/06/2012 của Quốc hội"
    if let Some((title, after)) = named.rsplit_once(" ngày ") {
        let (day, issuer) = after.split_once(' ').unwrap_or((after, ""));
        out.issued_on = day_of(day);
        out.title = title.trim().trim_start_matches(',').trim().to_owned();
        out.issuer = issuer.trim().strip_prefix("của ").unwrap_or(issuer).trim().to_owned();
    }
    let (day, tail) = effect.split_once([',', ' ']).unwrap_or((effect, ""));
    out.effect_from = day_of(day);
    let ends = tail.trim_start_matches([',', ' ']).starts_with("bị bãi bỏ");
    if let Some((_, list)) = tail.split_once(" bởi ") {
        for one in list.split(';').map(str::trim) {
            let (what, day) = one.split_once(" có hiệu lực thi hành kể từ ngày ").unwrap_or((one, ""));
            let what = what.trim().trim_end_matches(',');
            let number = what.rsplit_once(" số ").map_or("", |(_, number)| split_number(number).0);
            if !number.is_empty() {
                out.changes.push((what.to_owned(), number.to_owned(), day_of(day), ends));
            }
        }
    }
    Some(out)
}

fn split_number(text: &str) -> (&str, &str) {
    let end = text.find([' ', ',']).unwrap_or(text.len());
    text.split_at(end)
}

fn day_of(text: &str) -> i64 {
    time::parse_date(text.trim_matches([' ', ',', ')', '.'])).map_or(0, time::date_to_int)
}

/// Documents found so far.
#[derive(Default)]
struct Shelf {
    checked: i64,
    source: String,
    documents: Vec<Document>,
    places: HashMap<String, usize>,
}

impl Shelf {
    /// Adds an article to its document.
    fn close(&mut self, open: Option<(Origin, String, String)>) {
        let Some((origin, body, _)) = open else { return };
        let slug = slug_of(&origin.number);
        let next = self.documents.len();
        let at = *self.places.entry(slug).or_insert(next);
        if at == next {
            self.documents.push(Document {
                number: origin.number.clone(),
                kind: origin.kind.to_owned(),
                checked_on: self.checked,
                source: self.source.clone(),
                ..Document::default()
            });
        }
        let Some(document) = self.documents.get_mut(at) else { return };
        if document.title.is_empty() && !origin.title.is_empty() {
            document.title.clone_from(&origin.title);
            document.issuer.clone_from(&origin.issuer);
            document.issued_on = origin.issued_on;
        }
        // Articles may take effect later than their document.
        if origin.effect_from > 0 && (document.effect_from == 0 || origin.effect_from < document.effect_from) {
            document.effect_from = origin.effect_from;
        }
        for (_, number, on, ends) in &origin.changes {
            // That an article was repealed does not repeal the document.
            let link = Link { from: number.clone(), relation: "amends", to: origin.number.clone(), on: *on };
            if !*ends && !document.links.contains(&link) {
                document.links.push(link);
            }
        }
        let versions = versions(&origin, body.trim_end(), self.checked);
        if !document.articles.iter().any(|(number, _)| *number == origin.article) {
            document.articles.push((origin.article, versions));
        }
    }
}

/// The words hold since the last change; what they were before is not known. A change whose day is not known leaves only the day of the file.
fn versions(origin: &Origin, body: &str, checked: i64) -> Vec<Version> {
    let words = |held: Held, cause: &str| Words {
        held,
        part: origin.part.clone(),
        heading: origin.heading.clone(),
        body: if held == Held::Text { body.to_owned() } else { String::new() },
        cause: cause.to_owned(),
    };
    let begin = origin.effect_from;
    let Some((cause, _, on, ends)) =
        origin.changes.iter().max_by_key(|change| if change.2 == 0 { checked } else { change.2 })
    else {
        return vec![Version::since(begin, words(Held::Text, ""))];
    };
    let on = if *on == 0 { checked } else { (*on).max(begin) };
    let (before, after) = if *ends { (Held::Text, Held::Repealed) } else { (Held::Unknown, Held::Text) };
    let mut out = vec![
        Version { from: begin, to: on, words: words(before, "") },
        Version { from: on, to: FOREVER, words: words(after, cause) },
    ];
    out.retain(|version| version.from < version.to);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../../../../definitions/demo/codified.md");

    #[test]
    fn articles_are_regrouped_by_their_documents() {
        assert!(is_codified(SAMPLE) && !is_codified("Điều 1. Phạm vi"));
        let all = codified(SAMPLE, 20_261_109);
        let numbers: Vec<_> = all.iter().map(|one| (one.number.as_str(), one.articles.len())).collect();
        assert_eq!(numbers, [("01/2018/VBM", 3), ("02/2019/VBM-CP", 2)]);
        let law = &all[0];
        assert_eq!((law.title.as_str(), law.issuer.as_str()), ("Đọc sách ở thôn, bản", "Cơ quan mẫu"));
        assert_eq!((law.issued_on, law.effect_from, law.checked_on), (20_180_620, 20_190_101, 20_260_513));
        let first = &law.articles[0].1[0];
        assert_eq!((first.from, first.words.part.as_str()), (20_190_101, "Chương I NHỮNG QUY ĐỊNH CHUNG"));
        assert_eq!(first.words.body, "Văn bản mẫu này quy định việc đọc sách ở thôn, bản.");
        let changed = &law.articles[1].1;
        assert_eq!((changed[0].words.held, changed[0].to), (Held::Unknown, 20_210_701));
        assert_eq!(changed[1].words.cause, "Điều 1 Luật số 05/2021/VBM");
        assert_eq!(
            law.links,
            [Link { from: "05/2021/VBM".into(), relation: "amends", to: "01/2018/VBM".into(), on: 20_210_701 }]
        );
        let ended = &law.articles[2].1;
        assert_eq!((ended[0].words.held, ended[1].words.held, ended[1].from), (Held::Text, Held::Repealed, 20_220_101));
        assert_eq!(all[1].articles[0].1[0].words.part, "", "chapters are those of the main document");
        assert!(all[1].articles[0].1[0].words.body.lines().count() == 2);
    }
}
