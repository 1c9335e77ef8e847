//! The text of one document as it was issued: its facts and articles, from what crate `papers` recognises.

use chrono::Datelike;
use kernel::time;
use papers::{Clause, ClauseKind, Paper};

use super::{Document, Link, Version, Words, find_references, kind_of};

/// Reads a document; its articles hold from `effect_from` (0: from the day the text itself tells, if it does).
pub fn plain(text: &str, effect_from: i64) -> Document {
    let paper = papers::recognise(text);
    let told = effect_of(&paper.text);
    let effect = if effect_from > 0 { effect_from } else { told };
    let kind = paper.kind.as_ref().map_or("khac", |kind| kind_of(&kind.value));
    let number = number_of(&paper).unwrap_or_default();
    let mut document = Document {
        kind: kind.to_owned(),
        title: paper.title.as_ref().map(|title| sentence_case(&title.value)).unwrap_or_default(),
        issuer: paper.issuer.as_ref().map(|issuer| issuer.value.clone()).unwrap_or_default(),
        issued_on: paper.date.as_ref().map_or(0, |date| time::date_to_int(date.value)),
        effect_from: effect,
        links: links(&paper.text, &number, told),
        articles: articles(&paper, effect),
        number,
        ..Document::default()
    };
    document.links.retain(|link| link.to != document.number);
    document
}

/// "LUẬT MẪU" is written "Luật mẫu"; words that are not all capitals stay.
fn sentence_case(title: &str) -> String {
    if title.chars().any(char::is_lowercase) {
        return title.to_owned();
    }
    let mut letters = title.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

/// Number and symbol: as recognised, or the first of three parts in the head of the paper ("Luật số: 14/2012/QH13").
fn number_of(paper: &Paper) -> Option<String> {
    if let Some(number) = &paper.number {
        return Some(number.value.clone());
    }
    let head = paper.text.lines().take(12);
    head.filter_map(|line| line.split_once("ố: ").or_else(|| line.split_once("ố ")))
        .map(|(_, number)| number.split_whitespace().next().unwrap_or_default().trim_end_matches([',', '.', ';']))
        .find(|number| number.matches('/').count() == 2 && number.starts_with(|sign: char| sign.is_ascii_digit()))
        .map(str::to_owned)
}

/// The day of "có hiệu lực (thi hành) (kể) từ ngày 01 tháng 01 năm 2013" or "… 01/01/2013" that a document says of itself; 0 when it does not.
pub fn effect_of(text: &str) -> i64 {
    for (at, words) in text.match_indices("có hiệu lực") {
        let before = text.get(..at).unwrap_or_default();
        let itself = before.trim_end().ends_with("này");
        let rest = text.get(at + words.len()..).unwrap_or_default().trim_start();
        let rest = rest.strip_prefix("thi hành").unwrap_or(rest).trim_start();
        let rest = rest.strip_prefix("kể").unwrap_or(rest).trim_start();
        let Some(day) = rest.strip_prefix("từ ngày ").filter(|_| itself) else { continue };
        let words: Vec<&str> = day.split([' ', '.', ',', ';', '\n']).filter(|word| !word.is_empty()).take(5).collect();
        let found = match words.as_slice() {
            [day, "tháng", month, "năm", year] => time::parse_date(&format!("{day}/{month}/{year}")),
            [day, ..] => time::parse_date(day),
            [] => None,
        };
        if let Some(day) = found.filter(|day| day.year() > 1944) {
            return time::date_to_int(day);
        }
    }
    0
}

/// What the document says that it replaces, ends or amends, by number. Only what is said in the same sentence as such a word is taken.
fn links(text: &str, own: &str, on: i64) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    for line in text.lines() {
        let found = find_references(line);
        for (range, _, article) in found {
            let (before, after) =
                (line.get(..range.start).unwrap_or_default(), line.get(range.end..).unwrap_or_default());
            let named = line.get(range).unwrap_or_default();
            let number = named.rsplit([' ']).next().unwrap_or_default();
            let relation = if !article.is_empty()
                || before.contains("Sửa đổi, bổ sung")
                || before.contains("sửa đổi, bổ sung một số điều của")
            {
                if before.contains("ửa đổi") || before.contains("ãi bỏ") { "amends" } else { continue }
            } else if before.contains("thay thế") {
                "replaces"
            } else if after.contains("hết hiệu lực") || before.contains("ãi bỏ") {
                "repeals"
            } else {
                continue;
            };
            let link = Link { from: own.to_owned(), relation, to: number.to_owned(), on };
            if !out.iter().any(|known| known.to == link.to) {
                out.push(link);
            }
        }
    }
    out
}

fn articles(paper: &Paper, effect: i64) -> Vec<(String, Vec<Version>)> {
    let mut out: Vec<(String, Vec<Version>)> = Vec::new();
    let mut parts: Vec<(ClauseKind, String)> = Vec::new();
    let bounds: Vec<&Clause> = paper.clauses.iter().filter(|clause| divides(clause)).collect();
    let end_of_words = paper.signer.as_ref().and_then(|signer| {
        let places = [&signer.authority, &signer.position, &signer.name];
        places.into_iter().flatten().filter_map(|field| field.span).map(|span| span.start).min()
    });
    for (at, clause) in bounds.iter().enumerate() {
        if clause.kind != ClauseKind::Article {
            parts.retain(|(kind, _)| rank(*kind) < rank(clause.kind));
            let label = clause.anchor.rsplit('.').next().unwrap_or_default();
            parts.push((clause.kind, format!("{label} {}", clause.heading).trim().to_owned()));
            continue;
        }
        let next = bounds.get(at + 1).map_or(paper.text.len(), |next| next.span.start);
        let end = end_of_words.filter(|end| *end > clause.span.start).map_or(next, |end| end.min(next));
        let words = paper.text.get(clause.span.start..end).unwrap_or_default();
        let Some((number, heading, body)) = article(words) else { continue };
        if out.iter().any(|(known, _)| *known == number) {
            continue;
        }
        let part = parts.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("\n");
        out.push((number, vec![Version::since(effect, Words { part, heading, body, ..Words::default() })]));
    }
    out
}

fn divides(clause: &Clause) -> bool {
    let division = matches!(clause.kind, ClauseKind::Part | ClauseKind::Chapter | ClauseKind::Section);
    // A roman heading is a section for papers of the administration; law has "Mục 1".
    let printed = clause.anchor.rsplit('.').next().unwrap_or_default();
    clause.kind == ClauseKind::Article || division && printed.contains(' ')
}

fn rank(kind: ClauseKind) -> u8 {
    match kind {
        ClauseKind::Part => 1,
        ClauseKind::Chapter => 2,
        _ => 3,
    }
}

/// Number, heading and paragraphs of "Điều 11. Heading⏎…"; an article whose first line is a whole sentence has no heading.
fn article(words: &str) -> Option<(String, String, String)> {
    let mut lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?.strip_prefix("Điều ")?;
    let end = first.find(['.', ':', ' ']).unwrap_or(first.len());
    let (number, rest) = first.split_at(end);
    let heading = rest.trim_start_matches(['.', ':', ' ']);
    let rest: Vec<&str> = lines.filter(|line| !line.starts_with("./.") && *line != "____").collect();
    let sentence = rest.is_empty() || heading.ends_with(['.', ';']);
    let (heading, body) = if sentence && !heading.is_empty() {
        (String::new(), std::iter::once(heading).chain(rest).collect::<Vec<_>>().join("\n"))
    } else {
        (heading.trim_end_matches('.').to_owned(), rest.join("\n"))
    };
    number.starts_with(|sign: char| sign.is_ascii_digit()).then(|| (number.to_owned(), heading, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "QUỐC HỘI\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nLuật số: 03/2020/VBM\n\nHà Nội, ngày 20 tháng 6 năm 2020\n\n\
        LUẬT\nĐỌC SÁCH\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi điều chỉnh\n\nLuật này quy định về đọc sách.\n\nChương II\nTRÁCH NHIỆM\n\nMục 1\nNHÀ NƯỚC\n\n\
        Điều 2. Trách nhiệm\n\n1. Nhà nước có sách, gồm:\n\na) Sách giấy;\n\nb) Sách điện tử.\n\n2. Sách để đọc theo Điều 1 của Luật này.\n\nChương III\nTHI HÀNH\n\n\
        Điều 3. Hiệu lực thi hành\n\n1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.\n\n2. Luật số 01/2010/VBM hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.\n";

    #[test]
    fn a_document_is_read_with_its_parts_and_facts() {
        let found = plain(TEXT, 0);
        assert_eq!((found.number.as_str(), found.kind.as_str()), ("03/2020/VBM", "luat"));
        assert_eq!((found.issued_on, found.effect_from), (20_200_620, 20_210_101));
        let numbers: Vec<&str> = found.articles.iter().map(|(number, _)| number.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "3"]);
        let words = &found.articles[1].1[0].words;
        assert_eq!(
            (words.heading.as_str(), words.part.as_str()),
            ("Trách nhiệm", "Chương II TRÁCH NHIỆM\nMục 1 NHÀ NƯỚC")
        );
        assert_eq!(words.body.lines().count(), 4);
        let link = Link { from: "03/2020/VBM".into(), relation: "repeals", to: "01/2010/VBM".into(), on: 20_210_101 };
        assert_eq!(found.links, [link]);
        assert_eq!(plain(TEXT, 20_220_101).articles[0].1[0].from, 20_220_101);
    }

    #[test]
    fn the_day_of_effect_is_that_of_the_document_itself() {
        assert_eq!(effect_of("Thông tư này có hiệu lực kể từ ngày 15/02/2024."), 20_240_215);
        assert_eq!(effect_of("Luật số 1 có hiệu lực từ ngày 15/02/2024."), 0);
        assert_eq!(effect_of("Luật này có hiệu lực thi hành kể từ ngày ký ban hành."), 0);
    }
}
