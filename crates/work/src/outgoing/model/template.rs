//! Templates of papers: definitions in TOML, read with what is wrong in them by line.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use chrono::NaiveDate;
use kernel::periods::Rule;
use records::activities::Measure;
use serde::Deserialize;
use toml::Spanned;

use super::{
    draft::{Block, Draft, Kind},
    reference::{Piece, Reference, pieces},
};
use crate::reporting::model::form::{Fault, Form, LONGEST, Severity, parse};

macro_rules! shipped {
    ($($name:literal),+ $(,)?) => {
        [$(include_str!(concat!("../../../../../definitions/outgoing/", $name, ".toml"))),+]
    };
}

/// The templates that are built into the program.
const TEXTS: [&str; 13] = shipped![
    "bao-cao-tinh",
    "bao-cao-tong-hop-cap-xa",
    "bao-cao-don-vi",
    "bao-cao-so-lieu-tinh",
    "bao-cao-toan-quoc",
    "bao-cao-so-nganh",
    "bao-cao-tong-hop-so-nganh",
    "bao-cao-nam",
    "bao-cao-thuc-hien-ke-hoach",
    "bao-cao-tong-ket",
    "bao-cao-bo-nganh",
    "bao-cao-tong-hop-bo-nganh",
    "phan-pbgdpl-bao-cao-tu-phap",
];

/// A figure over activities that texts of a template name as `{hd.<key>}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What it is called on screen.
    pub label: String,
    /// The figure.
    pub measure: Measure,
}

/// A template.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Key, the same in all versions.
    pub key: String,
    /// Version, from 1.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Where its outline comes from.
    pub legal_basis: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// Has it not been compared with the paper that prescribes it?
    pub unverified: bool,
    /// Forms whose rounds it is written from.
    pub forms: Vec<String>,
    /// Levels of those forms whose agencies write it.
    pub levels: Vec<String>,
    /// Rules of the periods that it is written for; empty stands for all.
    pub periods: Vec<String>,
    /// Is it a section of another paper, without head and foot?
    pub fragment: bool,
    /// Figures over activities.
    pub measures: BTreeMap<String, Named>,
    /// What a new paper begins with.
    pub draft: Draft,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    key: String,
    version: i64,
    name: String,
    legal_basis: String,
    valid_from: Spanned<String>,
    valid_to: Option<Spanned<String>>,
    status: Spanned<String>,
    forms: Spanned<Vec<String>>,
    levels: Spanned<Vec<String>>,
    #[serde(default)]
    periods: Vec<Spanned<String>>,
    #[serde(default)]
    fragment: bool,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    symbol: String,
    title: Spanned<String>,
    #[serde(default)]
    addressees: Vec<String>,
    #[serde(default)]
    bases: Vec<Spanned<String>>,
    #[serde(default)]
    recipients: Vec<String>,
    #[serde(default)]
    authority: Vec<String>,
    #[serde(default)]
    position: String,
    #[serde(default)]
    measure: Vec<Spanned<RawMeasure>>,
    block: Vec<Spanned<Block>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    key: String,
    label: String,
    from: Measure,
}

impl Template {
    /// May it be used for a paper of this day?
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Is it written from a round of this form and kind of period, by an agency of this level?
    pub fn fits(&self, form: &str, rule: &str, level: &str) -> bool {
        self.forms.iter().any(|one| one == form)
            && self.levels.iter().any(|one| one == level)
            && (self.periods.is_empty() || self.periods.iter().any(|one| one == rule))
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Forms of the template's rounds.
    forms: &'a [&'a Form],
    /// All forms.
    known: &'a [Form],
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn say(&mut self, span: Range<usize>, severity: Severity, message: impl Into<String>) {
        let before = self.text.get(..span.start.min(self.text.len())).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.faults.push(Fault { line, column, severity, message: message.into() });
    }

    fn error(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.say(span, Severity::Error, message);
    }

    fn date(&mut self, text: &Spanned<String>) -> NaiveDate {
        text.get_ref().parse().unwrap_or_else(|_| {
            self.error(text.span(), format!("“{}” không phải là ngày; viết 2026-01-31.", text.get_ref()));
            NaiveDate::MIN
        })
    }

    fn cell(&mut self, span: &Range<usize>, cell: &str) {
        let known = |form: &&Form| form.cell(cell).is_some();
        if !self.forms.is_empty() && !self.forms.iter().any(known) {
            self.error(span.clone(), format!("Không biểu nào của mẫu có ô “{cell}”."));
        }
    }

    fn references(&mut self, text: &str, span: &Range<usize>, measures: &BTreeMap<String, Named>) {
        for piece in pieces(text) {
            match piece {
                Piece::Unknown(words) => self.error(span.clone(), format!("Không đọc được tham chiếu {words}.")),
                Piece::Live(_, reference) => {
                    if let Some(cell) = reference.cell() {
                        self.cell(span, cell);
                    }
                    if let Reference::Other { form, cell } = &reference {
                        let there = |known: &Form| known.key == *form && known.cell(cell).is_some();
                        if !self.known.is_empty() && !self.known.iter().any(there) {
                            self.error(span.clone(), format!("Biểu “{form}” không có ô “{cell}”."));
                        }
                    }
                    if let Reference::Activity(key) = &reference
                        && !measures.contains_key(key)
                    {
                        self.error(span.clone(), format!("Mẫu không định nghĩa số liệu hoạt động “{key}”."));
                    }
                }
                Piece::Words(_) | Piece::Sourced { .. } => {}
            }
        }
    }

    fn template(&mut self, raw: Raw) -> Template {
        let valid_from = self.date(&raw.valid_from);
        let valid_to = raw.valid_to.as_ref().map(|text| self.date(text));
        if !matches!(raw.status.get_ref().as_str(), "official" | "unverified") {
            self.error(raw.status.span(), "Dùng status = \"official\" hoặc \"unverified\".");
        }
        for key in raw.forms.get_ref() {
            if !self.known.iter().any(|form| form.key == *key) {
                self.error(raw.forms.span(), format!("Không có biểu “{key}”."));
            }
        }
        for level in raw.levels.get_ref() {
            if !self.forms.is_empty() && !self.forms.iter().any(|form| form.levels.iter().any(|one| one.key == *level))
            {
                self.error(raw.levels.span(), format!("Không biểu nào của mẫu có cấp “{level}”."));
            }
        }
        for rule in &raw.periods {
            if rule.get_ref().parse::<Rule>().is_err() {
                self.error(rule.span(), format!("“{}” không phải là loại kỳ.", rule.get_ref()));
            }
        }
        let mut measures = BTreeMap::new();
        for measure in raw.measure {
            let span = measure.span();
            let measure = measure.into_inner();
            let named = Named { label: measure.label, measure: measure.from };
            if Reference::parse(&format!("hd.{}", measure.key)).is_none() {
                self.error(span.clone(), format!("“{}” không dùng làm khóa được.", measure.key));
            }
            if measures.insert(measure.key.clone(), named).is_some() {
                self.error(span, format!("Số liệu “{}” được định nghĩa hai lần.", measure.key));
            }
        }
        let outside = std::iter::once(&raw.title).chain(&raw.bases);
        let outside: Vec<_> = outside.map(|text| (text.get_ref().clone(), text.span())).collect();
        for (text, span) in &outside {
            self.references(text, span, &measures);
        }
        for block in &raw.block {
            self.references(&block.get_ref().text, &block.span(), &measures);
            if block.get_ref().kind.tabular() || matches!(block.get_ref().kind, Kind::Difficulties | Kind::Answers) {
                for cell in &block.get_ref().cells {
                    self.cell(&block.span(), cell);
                }
            }
        }
        if raw.block.is_empty() {
            self.error(0..0, "Mẫu chưa có nội dung: cần ít nhất một [[block]].");
        }
        let draft = Draft {
            kind: raw.kind,
            symbol: raw.symbol,
            title: raw.title.into_inner(),
            addressees: raw.addressees,
            bases: raw.bases.into_iter().map(Spanned::into_inner).collect(),
            recipients: raw.recipients,
            authority: raw.authority,
            position: raw.position,
            blocks: raw.block.into_iter().map(Spanned::into_inner).collect(),
            ..Draft::default()
        };
        Template {
            key: raw.key,
            version: raw.version,
            name: raw.name,
            legal_basis: raw.legal_basis,
            valid_from,
            valid_to,
            unverified: raw.status.get_ref() == "unverified",
            forms: raw.forms.into_inner(),
            levels: raw.levels.into_inner(),
            periods: raw.periods.into_iter().map(Spanned::into_inner).collect(),
            fragment: raw.fragment,
            measures,
            draft,
        }
    }
}

/// Reads a template beside the forms that it may name.
///
/// # Errors
/// Everything that is wrong.
pub fn read(text: &str, known: &[Form]) -> Result<Template, Vec<Fault>> {
    let raw = parse::<Raw>(text, LONGEST).map_err(|fault| vec![fault])?;
    let own: Vec<&Form> = known.iter().filter(|form| raw.forms.get_ref().contains(&form.key)).collect();
    let mut reader = Reader { text, forms: &own, known, faults: Vec::new() };
    let template = reader.template(raw);
    if reader.faults.is_empty() { Ok(template) } else { Err(reader.faults) }
}

/// The built-in templates.
pub fn templates() -> &'static [Template] {
    static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
        let forms: Vec<Form> =
            crate::reporting::model::form::shipped::forms().iter().map(|(form, _)| form.clone()).collect();
        TEXTS.iter().filter_map(|text| read(text, &forms).ok()).collect()
    });
    &TEMPLATES
}

/// The built-in template of this key and version.
pub fn template(key: &str) -> Option<&'static Template> {
    templates().iter().find(|template| template.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reporting::model::form::shipped;

    fn forms() -> Vec<Form> {
        shipped::forms().iter().map(|(form, _)| form.clone()).collect()
    }

    #[test]
    fn the_built_in_templates_are_right() {
        for text in TEXTS {
            if let Err(faults) = read(text, &forms()) {
                panic!("{faults:?}");
            }
        }
        assert_eq!(templates().len(), TEXTS.len());
        assert!(templates().iter().any(|template| template.fragment));
    }

    #[test]
    fn every_level_of_every_shipped_form_can_write_a_paper_for_every_kind_of_period() {
        for (form, _) in shipped::forms() {
            for level in &form.levels {
                for rule in &form.periods {
                    let fitting = templates().iter().filter(|one| one.fits(&form.key, &rule.to_string(), &level.key));
                    assert!(fitting.filter(|one| !one.fragment).count() > 0, "{}, {}, {rule}", form.key, level.key);
                }
            }
        }
    }

    #[test]
    fn faults_are_told_by_line() {
        let text = "key = \"a\"\nversion = 1\nname = \"A\"\nlegal_basis = \"B\"\nvalid_from = \"hôm nay\"\nstatus = \"official\"\n\
                    forms = [\"pbgdpl-cap-xa\"]\nlevels = [\"tinh\"]\ntitle = \"Kết quả {ky.c99}\"\n[[block]]\ntype = \"paragraph\"\ntext = \"{hd.x} {la}\"\n";
        let faults = read(text, &forms()).unwrap_err();
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(
            said.iter().any(|fault| fault.starts_with("dòng 5") && fault.contains("không phải là ngày")),
            "{said:?}"
        );
        assert!(said.iter().any(|fault| fault.starts_with("dòng 9") && fault.contains("c99")), "{said:?}");
        assert!(said.iter().any(|fault| fault.contains("số liệu hoạt động “x”")), "{said:?}");
        assert!(said.iter().any(|fault| fault.contains("{la}")), "{said:?}");
        let broken = read("key = 1", &forms()).unwrap_err();
        assert!(broken[0].message.contains("Sai kiểu: đang là số nguyên, phải là chữ"));
        assert!(read(&text.replace("type = \"paragraph\"", "type = \"tables\""), &forms()).is_err());
    }
}
