//! What forms ask of activities: a number ([`What`]) over those that a [`Filter`] lets pass. The store computes the same in SQL;
//! [`Measure::of`] is the definition that tests hold it to.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::definitions::Definitions;

/// What is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Activities.
    Activities,
    /// Turns of attendance.
    Turns,
    /// Of them women.
    Women,
    /// Of them ethnic minorities.
    Minorities,
    /// Of them young people.
    Young,
    /// Copies of materials.
    Copies,
    /// Titles of materials.
    Titles,
    /// Titles of materials published online.
    OnlineTitles,
    /// Money, in whole đồng.
    Cost,
    /// Law reporters who took part, each once.
    Reporters,
}

impl What {
    /// All of them.
    pub const ALL: [What; 10] = [
        What::Activities,
        What::Turns,
        What::Women,
        What::Minorities,
        What::Young,
        What::Copies,
        What::Titles,
        What::OnlineTitles,
        What::Cost,
        What::Reporters,
    ];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            What::Activities => "Số hoạt động",
            What::Turns => "Số lượt người",
            What::Women => "Nữ",
            What::Minorities => "Dân tộc thiểu số",
            What::Young => "Thanh niên, thiếu niên",
            What::Copies => "Số bản tài liệu",
            What::Titles => "Số tài liệu",
            What::OnlineTitles => "Số tài liệu đăng trên Internet",
            What::Cost => "Kinh phí (đồng)",
            What::Reporters => "Số người phổ biến",
        }
    }

    /// Is it read from materials, so that a filter on materials and `online` chooses materials and not activities?
    pub fn of_materials(self) -> bool {
        matches!(self, What::Copies | What::Titles | What::OnlineTitles)
    }
}

/// Which activities (and which of their materials, costs and reporters). An empty list lets everything pass.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Keys of kinds.
    pub kinds: Vec<String>,
    /// Forms of Điều 11, F1 to F8.
    pub forms: Vec<String>,
    /// Target groups: at least one of these.
    pub groups: Vec<String>,
    /// Fields of law: at least one of these.
    pub fields: Vec<String>,
    /// For figures on materials: published online or not. For the others: held online or not.
    pub online: Option<bool>,
    /// Sources of money: for costs only these; for the others at least one of these.
    pub sources: Vec<String>,
    /// Kinds of material: for figures on materials only these; for the others at least one of these.
    pub materials: Vec<String>,
    /// Kinds of reporter: for reporters only these; for the others at least one of these.
    pub reporters: Vec<String>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Measure {
    /// What is added up.
    pub what: What,
    /// Over which activities.
    #[serde(flatten)]
    pub filter: Filter,
}

/// A measure as a definition writes it: everything side by side, so that a misspelt word is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    what: What,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    fields: Vec<String>,
    online: Option<bool>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    materials: Vec<String>,
    #[serde(default)]
    reporters: Vec<String>,
}

impl From<Written> for Measure {
    fn from(w: Written) -> Self {
        let Written { what, kinds, forms, groups, fields, online, sources, materials, reporters } = w;
        Self { what, filter: Filter { kinds, forms, groups, fields, online, sources, materials, reporters } }
    }
}

impl Measure {
    /// Over everything.
    pub fn all(what: What) -> Self {
        Self { what, filter: Filter::default() }
    }

    /// Words that name nothing that is defined: kinds, forms, groups …
    pub fn unknown(&self, definitions: &Definitions) -> Vec<String> {
        let keys = |list: &[super::definitions::Entry]| list.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>();
        let kinds: Vec<String> = definitions.kinds.iter().map(|kind| kind.key.clone()).collect();
        let filter = &self.filter;
        [
            (&filter.kinds, kinds),
            (&filter.forms, keys(&definitions.forms)),
            (&filter.groups, keys(&definitions.groups)),
            (&filter.fields, keys(&definitions.fields)),
            (&filter.sources, keys(&definitions.sources)),
            (&filter.materials, keys(&definitions.materials)),
            (&filter.reporters, keys(&definitions.reporters)),
        ]
        .into_iter()
        .flat_map(|(words, known)| words.iter().filter(move |word| !known.contains(word)).cloned().collect::<Vec<_>>())
        .collect()
    }

    /// The figure over these activities, which all belong to one agency and count (state "recorded").
    pub fn of<'a>(&self, activities: impl IntoIterator<Item = &'a Facts>) -> i64 {
        let passing = activities.into_iter().filter(|facts| self.passes(facts));
        if self.what == What::Reporters {
            let names: HashSet<&str> = passing.flat_map(|facts| self.reporters(facts)).collect();
            return names.len() as i64;
        }
        passing.map(|facts| self.share(facts)).sum()
    }

    /// What one activity adds to the figure (for reporters: how many took part in it).
    pub fn share(&self, facts: &Facts) -> i64 {
        let filter = &self.filter;
        let materials = || {
            facts.materials.iter().filter(|material| {
                any(&filter.materials, [&material.kind]) && filter.online.is_none_or(|online| online == material.online)
            })
        };
        match self.what {
            What::Activities => 1,
            What::Turns => facts.turns,
            What::Women => facts.women,
            What::Minorities => facts.minorities,
            What::Young => facts.young,
            What::Copies => materials().map(|material| material.copies).sum(),
            What::Titles => materials().count() as i64,
            What::OnlineTitles => materials().filter(|material| material.online).count() as i64,
            What::Cost => {
                facts.costs.iter().filter(|(source, _)| any(&filter.sources, [source])).map(|(_, amount)| amount).sum()
            }
            What::Reporters => self.reporters(facts).collect::<HashSet<_>>().len() as i64,
        }
    }

    fn reporters<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = &'a str> {
        let wanted = |(kind, _): &&(String, String)| any(&self.filter.reporters, [kind]);
        facts.reporters.iter().filter(wanted).map(|(_, name)| name.as_str())
    }

    /// Is it one of the activities behind the figure?
    pub fn passes(&self, facts: &Facts) -> bool {
        let filter = &self.filter;
        let own = any(&filter.kinds, [&facts.kind])
            && any(&filter.forms, [&facts.form])
            && any(&filter.groups, &facts.groups)
            && any(&filter.fields, &facts.fields);
        let materials = self.what.of_materials()
            || any(&filter.materials, facts.materials.iter().map(|material| &material.kind))
                && filter.online.is_none_or(|online| online == facts.online);
        let money = any(&filter.sources, facts.costs.iter().map(|(source, _)| source));
        let people = any(&filter.reporters, facts.reporters.iter().map(|(kind, _)| kind));
        own && materials && money && people
    }
}

/// Is one of these wanted?
fn any<'a>(wanted: &[String], have: impl IntoIterator<Item = &'a String>) -> bool {
    wanted.is_empty() || have.into_iter().any(|one| wanted.contains(one))
}

/// What of an activity is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Key of the kind.
    pub kind: String,
    /// Its form.
    pub form: String,
    /// Held online?
    pub online: bool,
    /// Turns of attendance.
    pub turns: i64,
    /// Of them women.
    pub women: i64,
    /// Of them ethnic minorities.
    pub minorities: i64,
    /// Of them young people.
    pub young: i64,
    /// Keys of target groups.
    pub groups: Vec<String>,
    /// Keys of fields of law.
    pub fields: Vec<String>,
    /// Kind, copies, online.
    pub materials: Vec<MaterialFacts>,
    /// Source and amount in đồng.
    pub costs: Vec<(String, i64)>,
    /// Kind and folded name.
    pub reporters: Vec<(String, String)>,
}

/// What of a material is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaterialFacts {
    /// Key of its kind.
    pub kind: String,
    /// Copies.
    pub copies: i64,
    /// Published online?
    pub online: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activities::model::definitions::definitions;

    fn session() -> Facts {
        Facts {
            kind: "hoi-nghi".into(),
            form: "F2".into(),
            turns: 120,
            women: 60,
            groups: vec!["chung".into(), "can-bo".into()],
            materials: vec![
                MaterialFacts { kind: "to-gap".into(), copies: 300, online: false },
                MaterialFacts { kind: "video".into(), copies: 0, online: true },
            ],
            costs: vec![("thuong-xuyen".into(), 5_000_000), ("ho-tro".into(), 1_000_000)],
            reporters: vec![("tinh".into(), "tran van a".into())],
            ..Facts::default()
        }
    }

    #[test]
    fn a_measure_reads_like_the_form_definition_writes_it() {
        let measure: Measure =
            toml::from_str("what = \"turns\"\nkinds = [\"hoi-nghi\", \"tuyen-truyen-mieng\"]").unwrap();
        assert_eq!(measure.of([&session(), &session()]), 240);
        assert!(measure.unknown(definitions()).is_empty());
        let wrong: Measure = toml::from_str("what = \"online_titles\"\nkinds = [\"hoi-ngh\"]").unwrap();
        assert_eq!(wrong.unknown(definitions()), ["hoi-ngh"]);
        assert!(toml::from_str::<Measure>("what = \"turns\"\nkind = [\"hoi-nghi\"]").is_err());
    }

    #[test]
    fn filters_choose_materials_and_money_where_these_are_added_up() {
        let measure = |text: &str| toml::from_str::<Measure>(text).unwrap().of([&session(), &session()]);
        assert_eq!(measure("what = \"copies\"\nmaterials = [\"to-gap\"]"), 600);
        assert_eq!(measure("what = \"titles\""), 4);
        assert_eq!(measure("what = \"online_titles\""), 2);
        assert_eq!(measure("what = \"titles\"\nonline = false"), 2);
        assert_eq!(measure("what = \"cost\"\nsources = [\"ho-tro\"]"), 2_000_000);
        assert_eq!(measure("what = \"activities\"\nsources = [\"chuong-trinh\"]"), 0);
        assert_eq!(measure("what = \"activities\"\nonline = true"), 0);
        assert_eq!(measure("what = \"reporters\""), 1, "the same person twice");
        assert_eq!(measure("what = \"reporters\"\nreporters = [\"tuyen-truyen-vien\"]"), 0);
    }
}
