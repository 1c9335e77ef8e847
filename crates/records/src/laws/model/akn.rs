//! A document on a day as Akoma Ntoso 3.0 (OASIS LegalDocML), the open standard for texts of law.

use std::collections::HashSet;

use press::xml::Xml;

use super::{Held, Level, Words, article_slug, find_within, kind_name, paragraphs};

/// What the head of the file tells. Days are yyyymmdd.
#[derive(Debug, Clone, Default)]
pub struct Work {
    /// Address of the portal, without a slash at its end.
    pub base: String,
    /// Address of the document.
    pub slug: String,
    /// Number and symbol.
    pub number: String,
    /// One of [`super::KINDS`].
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// When; 0 when not known.
    pub issued_on: i64,
    /// First day of effect; 0 when not known.
    pub effect_from: i64,
    /// The day for which it is written out.
    pub day: i64,
}

const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Writes a document's articles, in order.
pub fn akn(work: &Work, articles: &[(String, Words)]) -> String {
    let mut x = Xml::document();
    let kind = kind_name(&work.kind);
    let uri = format!("/akn/vn/act/{}/{}", work.kind, work.slug);
    x.node("akomaNtoso", &[("xmlns", &NAMESPACE)], |x| {
        x.node("act", &[("name", &work.kind), ("contains", &"singleVersion")], |x| {
            x.node("meta", &[], |x| meta(x, work, &uri));
            x.node("preface", &[], |x| {
                x.node("p", &[], |x| {
                    x.words("docType", &[], kind);
                    x.text(" số ");
                    x.words("docNumber", &[], &work.number);
                });
                x.node("p", &[], |x| x.words("docTitle", &[], &work.title));
            });
            x.node("body", &[], |x| body(x, work, articles));
        });
    });
    x.finish()
}

fn meta(x: &mut Xml, work: &Work, uri: &str) {
    let known = |day: i64| if day > 0 { day } else { work.day };
    let (issued, today) = (iso(known(work.issued_on)), iso(work.day));
    let expression = format!("{uri}/vie@{today}");
    let called = if work.issued_on > 0 { "Generation" } else { "unknown" };
    x.node("identification", &[("source", &"#lantoa")], |x| {
        x.node("FRBRWork", &[], |x| {
            x.leaf("FRBRthis", &[("value", &format!("{uri}/!main"))]);
            x.leaf("FRBRuri", &[("value", &uri)]);
            x.leaf("FRBRdate", &[("date", &issued), ("name", &called)]);
            x.leaf("FRBRauthor", &[("href", &"#issuer")]);
            x.leaf("FRBRcountry", &[("value", &"vn")]);
            x.leaf("FRBRnumber", &[("value", &work.number)]);
            x.leaf("FRBRname", &[("value", &work.title)]);
        });
        x.node("FRBRExpression", &[], |x| {
            x.leaf("FRBRthis", &[("value", &format!("{expression}/!main"))]);
            x.leaf("FRBRuri", &[("value", &expression)]);
            x.leaf("FRBRdate", &[("date", &today), ("name", &"Generation")]);
            x.leaf("FRBRauthor", &[("href", &"#lantoa")]);
            x.leaf("FRBRlanguage", &[("language", &"vie")]);
        });
        x.node("FRBRManifestation", &[], |x| {
            x.leaf("FRBRthis", &[("value", &format!("{expression}/!main.xml"))]);
            x.leaf("FRBRuri", &[("value", &format!("{expression}.xml"))]);
            x.leaf("FRBRdate", &[("date", &today), ("name", &"Generation")]);
            x.leaf("FRBRauthor", &[("href", &"#lantoa")]);
        });
    });
    x.node("lifecycle", &[("source", &"#lantoa")], |x| {
        x.leaf("eventRef", &[("eId", &"evt_1"), ("date", &issued), ("type", &"generation"), ("source", &"#original")]);
        if work.effect_from > 0 {
            let from = iso(work.effect_from);
            x.leaf("eventRef", &[("eId", &"evt_2"), ("date", &from), ("type", &"amendment"), ("source", &"#original")]);
        }
    });
    x.node("references", &[("source", &"#lantoa")], |x| {
        x.leaf("original", &[("eId", &"original"), ("href", &uri), ("showAs", &work.number)]);
        let organization = |x: &mut Xml, id: &str, name: &str| {
            x.leaf(
                "TLCOrganization",
                &[("eId", &id), ("href", &format!("/akn/ontology/organization/vn/{id}")), ("showAs", &name)],
            );
        };
        organization(x, "issuer", &work.issuer);
        organization(x, "lantoa", "Lan Tỏa");
    });
}

/// yyyy-mm-dd.
fn iso(day: i64) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

fn body(x: &mut Xml, work: &Work, articles: &[(String, Words)]) {
    let mut ids = HashSet::new();
    let mut open: Vec<(&str, String, &'static str)> = Vec::new();
    for (number, words) in articles {
        let parts: Vec<&str> = words.part.lines().collect();
        let shared = open.iter().zip(&parts).take_while(|((known, ..), part)| known == *part).count();
        while open.len() > shared {
            if let Some((_, _, name)) = open.pop() {
                x.close_node(name);
            }
        }
        for part in parts.iter().skip(shared) {
            let (element, short, label, heading) = division(part);
            let above = open.last().map_or(String::new(), |(_, id, _)| format!("{id}__"));
            let number = label.rsplit(' ').next().unwrap_or_default();
            let id = fresh(&mut ids, format!("{above}{short}_{number}"));
            x.open_node(element, &[("eId", &id)]);
            x.words("num", &[], label);
            if !heading.is_empty() {
                x.words("heading", &[], heading);
            }
            open.push((part, id, element));
        }
        let id = fresh(&mut ids, format!("art_{number}"));
        article(x, work, &id, (number, words));
    }
    while let Some((_, _, name)) = open.pop() {
        x.close_node(name);
    }
}

/// Element, short name, label ("Chương I") and heading of a division.
fn division(part: &str) -> (&'static str, &'static str, &str, &str) {
    let (element, short, words) = if part.starts_with("Phần") {
        ("part", "part", 2)
    } else if part.starts_with("Chương") {
        ("chapter", "chp", 2)
    } else if part.starts_with("Tiểu mục") {
        ("subsection", "subsec", 3)
    } else {
        ("section", "sec", 2)
    };
    let end = part.match_indices(' ').nth(words - 1).map_or(part.len(), |(at, _)| at);
    let (label, heading) = part.split_at(end);
    (element, short, label, heading.trim())
}

/// An identifier that was not given before.
fn fresh(ids: &mut HashSet<String>, wanted: String) -> String {
    let mut id = wanted.clone();
    let mut next = 2;
    while !ids.insert(id.clone()) {
        id = format!("{wanted}_{next}");
        next += 1;
    }
    id
}

/// A Khoản or Điểm (or the article itself) with its own paragraphs and what is below it.
#[derive(Default)]
struct Branch<'a> {
    element: &'static str,
    short: &'static str,
    number: &'a str,
    words: Vec<&'a str>,
    below: Vec<Branch<'a>>,
}

impl<'a> Branch<'a> {
    /// The branch to which a paragraph without number belongs: the last one, however deep.
    fn last(&mut self) -> &mut Self {
        if self.below.is_empty() {
            return self;
        }
        let at = self.below.len() - 1;
        self.below[at].last()
    }
}

fn tree(body: &str) -> Branch<'_> {
    let mut root = Branch::default();
    for para in paragraphs(body) {
        let branch = |element, short| Branch {
            element,
            short,
            number: para.number,
            words: vec![para.text.get(para.text.len() - para.words().len()..).unwrap_or_default()],
            below: Vec::new(),
        };
        match para.level {
            Level::Plain => root.last().words.push(para.text),
            Level::Clause => root.below.push(branch("paragraph", "para")),
            Level::Point => {
                let under = match root.below.last_mut().filter(|last| last.element == "paragraph") {
                    Some(clause) => &mut clause.below,
                    None => &mut root.below,
                };
                under.push(branch("point", "point"));
            }
        }
    }
    root
}

fn article(x: &mut Xml, work: &Work, id: &str, (number, words): (&str, &Words)) {
    let label = format!("Điều {number}");
    let status = match words.held {
        Held::Text => "edited",
        Held::Unknown => "incomplete",
        Held::Repealed => "removed",
    };
    x.node("article", &[("eId", &id), ("status", &status)], |x| {
        x.words("num", &[], &label);
        if !words.heading.is_empty() {
            x.words("heading", &[], &words.heading);
        }
        branch(x, work, id, &tree(&words.body));
    });
}

/// Its words as an introduction to what is below, or as its content.
fn branch(x: &mut Xml, work: &Work, id: &str, branch: &Branch<'_>) {
    if !branch.words.is_empty() || branch.below.is_empty() {
        x.node(if branch.below.is_empty() { "content" } else { "intro" }, &[], |x| {
            if branch.words.is_empty() {
                x.leaf("p", &[]);
            }
            for words in &branch.words {
                x.node("p", &[], |x| linked(x, work, words));
            }
        });
    }
    let mut given = HashSet::new();
    for below in &branch.below {
        let id = fresh(&mut given, format!("{id}__{}_{}", below.short, below.number));
        let sign = if below.element == "point" { ")" } else { "." };
        x.node(below.element, &[("eId", &id)], |x| {
            x.words("num", &[], &format!("{}{sign}", below.number));
            self::branch(x, work, &id, below);
        });
    }
}

/// Words with what they name as references.
fn linked(x: &mut Xml, work: &Work, words: &str) {
    let mut from = 0;
    for (range, slug, article) in find_within(words, &work.slug) {
        x.text(words.get(from..range.start).unwrap_or_default());
        let below = if article.is_empty() { String::new() } else { format!("/{}", article_slug(&article)) };
        let href = format!("{}/luat/{slug}{below}", work.base);
        x.words("ref", &[("href", &href)], words.get(range.clone()).unwrap_or_default());
        from = range.end;
    }
    x.text(words.get(from..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(body: &str, held: Held) -> String {
        let words = Words {
            held,
            part: "Chương I CHUNG\nMục 1 SÁCH".into(),
            heading: "Đọc & viết".into(),
            body: body.into(),
            ..Words::default()
        };
        let work = Work {
            base: "https://vi.du".into(),
            slug: "1-2020-vbm".into(),
            kind: "luat".into(),
            day: 20_261_109,
            ..Work::default()
        };
        akn(&work, &[("1".into(), words.clone()), ("2".into(), Words { part: "Chương II".into(), ..words })])
    }

    #[test]
    fn the_structure_of_an_article_is_that_of_the_standard() {
        let out =
            written("Mở đầu:\n1. Gồm:\na) Giấy;\nb) Theo Điều 5 Luật số 2/2020/VBM.\nThêm.\n2. Hết < đây.", Held::Text);
        for piece in [
            r#"<chapter eId="chp_I"><num>Chương I</num><heading>CHUNG</heading><section eId="chp_I__sec_1"><num>Mục 1</num>"#,
            r#"<article eId="art_1" status="edited"><num>Điều 1</num><heading>Đọc &amp; viết</heading><intro><p>Mở đầu:</p></intro>"#,
            r#"<paragraph eId="art_1__para_1"><num>1.</num><intro><p>Gồm:</p></intro><point eId="art_1__para_1__point_a"><num>a)</num>"#,
            r#"<ref href="https://vi.du/luat/2-2020-vbm/dieu-5">Điều 5 Luật số 2/2020/VBM</ref>.</p><p>Thêm.</p></content></point></paragraph>"#,
            r#"<content><p>Hết &lt; đây.</p></content></paragraph></article></section></chapter><chapter eId="chp_II"><num>Chương II</num><article"#,
        ] {
            assert!(out.contains(piece), "{piece}\n{out}");
        }
        assert!(
            written("", Held::Repealed).contains(
                r#"status="removed"><num>Điều 1</num><heading>Đọc &amp; viết</heading><content><p/></content>"#
            )
        );
    }

    #[test]
    fn no_identifier_is_given_twice() {
        let out = written("1. Một\n\"1. Một\n1. Lại một\na) Chữ\na) Chữ", Held::Text);
        let ids: Vec<&str> = out.split("eId=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{ids:?}");
    }
}
