//! A draft and the facts together: the paper as it is printed, where every figure leads, and what is to be said before it is signed.

use std::collections::BTreeMap;

use press::{Annex, Block as Printed, Level, Official, Run, Signature, Text};
use serde::{Deserialize, Serialize};

use super::{
    check::bare_figures,
    draft::{Block, Draft, Kind},
    facts::{Facts, Said, Silence},
    reference::{Piece, pieces},
    signer, tables,
};
use crate::reporting::model::{
    form::{Severity, Source as CellSource},
    value::display,
};

/// Coverage below which a warning is given, in per cent.
const ENOUGH: i64 = 90;

/// Something to be said before signing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Does it keep the paper from being signed?
    pub severity: Severity,
    /// The block it is about; none for the whole.
    pub block: Option<usize>,
    /// What.
    pub message: String,
}

/// Where a figure leads, and what it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// What is printed.
    pub text: String,
    /// The page behind it; empty for a figure with a named source.
    pub link: String,
    /// What the person named as source.
    pub named: String,
    /// Where several wrote the same: who, and where it is written. The page behind it lists them.
    pub writers: Vec<(String, String)>,
}

/// A paper with everything in it: this is what is frozen when it is signed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Composed {
    /// As it is printed.
    pub paper: Official,
    /// Figures by reference.
    pub sources: BTreeMap<String, Source>,
}

impl Composed {
    /// Its headings, paragraphs and items, in order, annexes too; tables are left out, whose words a file may give in any order.
    pub fn passages(&self) -> Vec<String> {
        let annexes = self.paper.annexes.iter().flat_map(|annex| &annex.body);
        let of = |block: &Printed| match block {
            Printed::Heading { text, .. } | Printed::Paragraph { text } | Printed::Centred { text } => {
                vec![text.words()]
            }
            Printed::Bullets { items } => items.iter().map(Text::words).collect(),
            Printed::Table(_) => Vec::new(),
        };
        self.paper.body.iter().chain(annexes).flat_map(of).collect()
    }
}

/// What is decided when a paper is signed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signing {
    /// Number.
    pub number: Option<u32>,
    /// Date.
    pub date: Option<chrono::NaiveDate>,
    /// Year printed while the date is open.
    pub year: Option<i32>,
}

pub(super) struct Writer<'a> {
    pub facts: &'a Facts,
    pub sources: BTreeMap<String, Source>,
    pub findings: Vec<Finding>,
    typed: usize,
}

impl Writer<'_> {
    pub fn find(&mut self, severity: Severity, block: Option<usize>, message: impl Into<String>) {
        let finding = Finding { severity, block, message: message.into() };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// A figure with where it leads; one too long for a content control is printed without.
    pub fn figure(&mut self, id: &str, text: String, link: String) -> Run {
        if id.chars().count() > 64 || id.is_empty() {
            return Run::plain(text);
        }
        self.sources.insert(id.to_owned(), Source { text: text.clone(), link, ..Source::default() });
        Run::reference(id, text)
    }

    /// A text with its references filled in.
    pub fn text(&mut self, text: &str, block: Option<usize>) -> Text {
        let mut runs = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Words(words) => {
                    for figure in bare_figures(&words) {
                        let message =
                            format!("Số không có nguồn: “{figure}”. Dùng tham chiếu, hoặc viết {{={figure} | nguồn}}.");
                        self.find(Severity::Error, block, message);
                    }
                    runs.push(Run::plain(words));
                }
                Piece::Sourced { figure, source } => {
                    self.typed += 1;
                    let id = format!("nguon.{}", self.typed);
                    let named = Source { text: figure.clone(), named: source, ..Source::default() };
                    self.sources.insert(id.clone(), named);
                    runs.push(Run::reference(id, figure));
                }
                Piece::Unknown(words) => {
                    self.find(Severity::Error, block, format!("Không đọc được tham chiếu {words}."));
                    runs.push(Run::plain(words));
                }
                Piece::Live(id, reference) => match self.facts.say(&reference) {
                    Ok(Said { text, link, .. }) if link.is_empty() => runs.push(Run::plain(text)),
                    Ok(said) => {
                        if said.blank {
                            let message = format!("{{{id}}} là “{}”: viết lại câu cho hợp.", said.text);
                            self.find(Severity::Warn, block, message);
                        }
                        runs.push(self.figure(&id, said.text, said.link));
                    }
                    Err(silence) => {
                        let (Silence::Unknown(why) | Silence::Missing(why)) = silence;
                        self.find(Severity::Error, block, format!("{{{id}}}: {why}"));
                        runs.push(Run::plain("…"));
                    }
                },
            }
        }
        runs.into()
    }

    fn block(&mut self, block: &Block, at: usize) -> Vec<Printed> {
        let place = Some(at);
        let mut out = Vec::new();
        match block.kind {
            Kind::Heading => {
                let (level, label, words) = heading(&block.text);
                let text = self.text(words, place);
                out.push(Printed::Heading { level, label: label.to_owned(), text });
            }
            Kind::Paragraph | Kind::Annex | Kind::WideAnnex => {
                for line in block.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    out.push(Printed::Paragraph { text: self.text(line, place) });
                }
            }
            Kind::Bullets => {
                let lines = block.text.lines().map(|line| line.trim().trim_start_matches("- "));
                let items: Vec<Text> =
                    lines.filter(|line| !line.is_empty()).map(|line| self.text(line, place)).collect();
                if !items.is_empty() {
                    out.push(Printed::Bullets { items });
                }
            }
            Kind::Answers => {
                if !block.text.trim().is_empty() {
                    out.push(Printed::Paragraph { text: self.text(block.text.trim(), place) });
                }
                out.extend(tables::answers(self, block, at));
            }
            Kind::Late | Kind::Difficulties => {
                let items = if block.kind == Kind::Late {
                    tables::late(self, block)
                } else {
                    tables::difficulties(self, block)
                };
                if items.is_empty() && block.kind == Kind::Late {
                    out.push(Printed::Paragraph { text: "Không có đơn vị nào gửi báo cáo chậm.".into() });
                    return out;
                }
                if !block.text.trim().is_empty() {
                    out.push(Printed::Paragraph { text: self.text(block.text.trim(), place) });
                }
                out.push(match items.is_empty() {
                    true => Printed::Paragraph { text: "Không có.".into() },
                    false => Printed::Bullets { items },
                });
            }
            Kind::Comparison | Kind::Table => {
                let caption = (!block.text.trim().is_empty()).then(|| self.text(block.text.trim(), place).words());
                let table = match block.kind {
                    Kind::Comparison => tables::comparison(self, block, at),
                    _ => tables::units(self, block, at),
                };
                out.extend(table.map(|table| Printed::Table(press::Table { caption, ..table })));
            }
        }
        out
    }

    /// What concerns the figures as a whole.
    fn whole(&mut self) {
        let (counted, expected) = self.facts.cover;
        if expected > 0 && counted * 100 < expected * ENOUGH {
            let message = format!("Độ phủ dưới {ENOUGH} %: mới có số liệu đã duyệt của {counted}/{expected} đơn vị.");
            self.find(Severity::Warn, None, message);
        }
        if !self.facts.now.settled {
            self.find(Severity::Warn, None, "Số liệu của kỳ chưa được gửi, còn có thể thay đổi.");
        }
        for (key, other) in self.facts.others.iter().filter(|(_, other)| !other.settled) {
            self.find(
                Severity::Warn,
                None,
                format!("Biểu “{}” ({key}) chưa được gửi, còn có thể thay đổi.", other.form.name),
            );
        }
        self.disagreement();
        let waiting = self.facts.late.iter().filter(|unit| !unit.sent).count();
        if waiting > 0 {
            self.find(Severity::Warn, None, format!("{waiting} đơn vị đã quá hạn mà chưa gửi báo cáo."));
        }
    }

    /// Another form that takes cells from this one, and says something else than this one says now.
    fn disagreement(&mut self) {
        let now = &self.facts.now;
        let mut told = Vec::new();
        for other in self.facts.others.values() {
            for cell in &other.form.cells {
                let CellSource::Below { form, cell: from } = &cell.source else { continue };
                if *form != now.form.key {
                    continue;
                }
                let (there, here) = (other.number(&cell.key).unwrap_or(0.0), now.number(from).unwrap_or(0.0));
                if (there - here).abs() > 0.5 {
                    told.push(format!(
                        "“{}” trong biểu “{}” là {}, số tổng hợp đã duyệt hiện nay là {}: đính chính biểu đó hoặc giải trình trong văn bản.",
                        cell.label,
                        other.form.name,
                        display(there),
                        display(here)
                    ));
                }
            }
        }
        for message in told {
            self.find(Severity::Warn, None, message);
        }
    }

    fn signed_by(&mut self, draft: &Draft) {
        if let Some(message) = signer::fault(&draft.authority, &draft.position) {
            self.find(Severity::Error, None, message);
        }
        for (text, message) in [
            (&draft.signer, "Chưa có người ký."),
            (&draft.position, "Chưa có chức vụ của người ký."),
            (&draft.issuer, "Chưa có cơ quan ban hành."),
            (&draft.symbol, "Chưa có ký hiệu văn bản."),
            (&draft.title, "Chưa có trích yếu."),
        ] {
            if text.trim().is_empty() {
                self.find(Severity::Error, None, message);
            }
        }
    }
}

/// Level, label and words of a heading.
pub fn heading(text: &str) -> (Level, &str, &str) {
    let text = text.trim();
    let (label, words) = text.split_once(char::is_whitespace).unwrap_or(("", text));
    let body = label.trim_end_matches(['.', ')']);
    let roman = !body.is_empty() && body.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let level = match () {
        () if body == label => None,
        () if roman => Some(Level::Roman),
        () if digits(body) => Some(Level::Arabic),
        () if body.split('.').count() > 1 && body.split('.').all(digits) => Some(Level::Decimal),
        () if body.chars().count() == 1 => Some(Level::Letter),
        () => None,
    };
    match level {
        Some(level) => (level, label, words.trim()),
        None => (Level::Roman, "", text),
    }
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The paper and what is to be said about it. A fragment has no head and foot, so nobody signs it.
pub fn compose(draft: &Draft, facts: &Facts, signing: &Signing, fragment: bool) -> (Composed, Vec<Finding>) {
    let mut writer = Writer { facts, sources: BTreeMap::new(), findings: Vec::new(), typed: 0 };
    writer.whole();
    if !fragment {
        writer.signed_by(draft);
    }
    let title = writer.text(&draft.title, None).words();
    let bases = draft.bases.iter().map(|base| writer.text(base, None)).collect();
    let (mut body, mut annexes): (Vec<Printed>, Vec<Annex>) = (Vec::new(), Vec::new());
    for (at, block) in draft.blocks.iter().enumerate() {
        if matches!(block.kind, Kind::Annex | Kind::WideAnnex) {
            let title = writer.text(&block.text, Some(at)).words();
            annexes.push(Annex { title, landscape: block.kind == Kind::WideAnnex, body: Vec::new() });
            continue;
        }
        let printed = writer.block(block, at);
        annexes.last_mut().map_or(&mut body, |annex| &mut annex.body).extend(printed);
    }
    if body.is_empty() {
        writer.find(Severity::Error, None, "Văn bản chưa có nội dung.");
    }
    let paper = Official {
        superior: some(&draft.superior),
        issuer: draft.issuer.trim().to_owned(),
        number: signing.number,
        symbol: draft.symbol.trim().to_owned(),
        place: draft.place.trim().to_owned(),
        date: signing.date,
        year: signing.year,
        kind: some(&draft.kind),
        title,
        addressees: draft.addressees.clone(),
        bases,
        body,
        signature: Signature {
            authority: draft.authority.clone(),
            position: draft.position.trim().to_owned(),
            concurrent: None,
            name: some(&draft.signer),
        },
        recipients: draft.recipients.clone(),
        drafter: None,
        urgency: None,
        annexes,
    };
    let mut findings = writer.findings;
    findings.sort_by_key(|finding| (finding.severity, finding.block));
    (Composed { paper, sources: writer.sources }, findings)
}

/// Figures that say something else than when they were last looked at: reference, before, now.
pub fn changes(seen: &BTreeMap<String, String>, sources: &BTreeMap<String, Source>) -> Vec<(String, String, String)> {
    let changed = |(id, source): (&String, &Source)| {
        let before = seen.get(id).filter(|before| **before != source.text)?;
        Some((id.clone(), before.clone(), source.text.clone()))
    };
    sources.iter().filter_map(changed).collect()
}
