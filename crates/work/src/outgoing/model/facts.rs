//! What the records say at the moment, and how a reference reads them. Everything is loaded before; nothing here asks a database.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use kernel::{Uuid, text::display_number};

use super::reference::{Against, Name, Reference, plan_key};
use crate::reporting::model::{
    form::{Form, Kind, PlanFigure},
    value::{Value, Values, display},
};

/// Where the figures of a form at an agency are kept, for links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the totals of a round at this agency.
    Round(Uuid, Uuid),
    /// In a report.
    Report(Uuid),
}

impl Place {
    /// The page behind a cell.
    pub fn cell(self, key: &str) -> String {
        match self {
            Place::Round(round, node) => format!("/ky-bao-cao/{round}/o/{key}?co={node}"),
            Place::Report(report) => format!("/bao-cao/{report}/o/{key}"),
        }
    }

    /// The page of the whole.
    pub fn page(self) -> String {
        match self {
            Place::Round(round, node) => format!("/ky-bao-cao/{round}?co={node}"),
            Place::Report(report) => format!("/bao-cao/{report}"),
        }
    }
}

/// An earlier period.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Its name.
    pub name: String,
    /// Its figures; none when there was no round or nothing in it.
    pub standing: Option<Standing>,
}

/// A form at an agency in a period.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The round.
    pub round: Uuid,
    /// The form.
    pub form: Arc<Form>,
    /// Where its figures are.
    pub place: Place,
    /// The figures.
    pub values: Values,
    /// Are they approved, or, of a report without a level below, at least sent?
    pub settled: bool,
}

/// An agency of the round's table.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Which.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Where its figures are.
    pub place: Place,
    /// Its figures.
    pub values: Values,
}

/// An agency that sent late, or has not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateUnit {
    /// Its name.
    pub name: String,
    /// Days late, up to today for one that has not sent.
    pub days: i64,
    /// Has it sent?
    pub sent: bool,
    /// Its page.
    pub link: String,
}

/// A difficulty as an agency reported it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difficulty {
    /// Who.
    pub agency: String,
    /// What.
    pub text: String,
    /// Where it is written.
    pub link: String,
    /// The cell of text, or empty for progress of an obligation.
    pub cell: String,
}

/// What became of the obligations of the period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Fell due.
    pub assigned: i64,
    /// Done.
    pub done: i64,
    /// Done by the due date.
    pub in_time: i64,
    /// Open.
    pub open: i64,
    /// Open and late.
    pub late: i64,
}

/// Everything that references of a paper can name.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The round at the agency.
    pub now: Standing,
    /// Earlier periods.
    pub earlier: BTreeMap<Against, Earlier>,
    /// Other forms in the same period.
    pub others: BTreeMap<String, Standing>,
    /// Name of the period.
    pub period: String,
    /// First and last day as written.
    pub days: (String, String),
    /// Name of the agency.
    pub agency: String,
    /// The programme, project or plan that the round looks back on; empty where it is none.
    pub programme: String,
    /// Agencies whose reports count, and those asked for.
    pub cover: (i64, i64),
    /// Agencies that answered a cell.
    pub answered: BTreeMap<String, i64>,
    /// Agencies of the table.
    pub units: Vec<Unit>,
    /// Late agencies, the latest first.
    pub late: Vec<LateUnit>,
    /// Difficulties.
    pub difficulties: Vec<Difficulty>,
    /// Figures over activities that the template defines.
    pub activities: BTreeMap<String, i64>,
    /// Page of the paper whose references these are; the activities behind a figure are listed below it.
    pub page: String,
    /// Obligations of the period.
    pub progress: Progress,
}

/// What a reference says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Where they come from; empty for names.
    pub link: String,
    /// Is it "không phát sinh" or "không được giao", which seldom fits a sentence?
    pub blank: bool,
}

/// Why a reference says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// It names something that is not there.
    Unknown(String),
    /// There is no figure yet.
    Missing(String),
}

/// A figure as it is printed.
pub fn printed(kind: Kind, value: &Value) -> String {
    match value {
        Value::Number(number) if kind == Kind::Ratio => display((number * 10.0).round() / 10.0),
        Value::Number(number) => display(*number),
        Value::None => "không phát sinh".to_owned(),
        Value::Unassigned => "không được giao".to_owned(),
        Value::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// With one decimal.
fn per_cent(number: f64) -> String {
    display((number * 10.0).round() / 10.0)
}

fn share(part: i64, whole: i64) -> Option<String> {
    #[expect(clippy::cast_precision_loss, reason = "counts of agencies and duties")]
    (whole > 0).then(|| per_cent(part as f64 * 100.0 / whole as f64))
}

impl Standing {
    fn said(&self, key: &str, period: &str) -> Result<Said, Silence> {
        let cell = self.form.cell(key).ok_or_else(|| Silence::Unknown(format!("Biểu không có ô “{key}”.")))?;
        let value = self.values.get(key);
        let value = value.ok_or_else(|| Silence::Missing(format!("Ô “{}” chưa có số liệu ({period}).", cell.label)))?;
        let blank = matches!(value, Value::None | Value::Unassigned);
        Ok(Said { text: printed(cell.kind, value), link: self.place.cell(key), blank })
    }

    /// The number in a cell; "không phát sinh" counts as 0.
    pub fn number(&self, key: &str) -> Option<f64> {
        match self.values.get(key)? {
            Value::Number(number) => Some(*number),
            Value::None => Some(0.0),
            _ => None,
        }
    }
}

impl Facts {
    /// The rounds whose figures are told.
    pub fn rounds(&self) -> BTreeSet<Uuid> {
        let earlier = self.earlier.values().filter_map(|earlier| earlier.standing.as_ref());
        std::iter::once(&self.now).chain(earlier).chain(self.others.values()).map(|standing| standing.round).collect()
    }

    /// What a reference says now.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn say(&self, reference: &Reference) -> Result<Said, Silence> {
        let linked = |text: String, link: &str| Ok(Said { text, link: link.to_owned(), blank: false });
        match reference {
            Reference::Cell(key) => self.now.said(key, &self.period),
            Reference::Before(against, key) => self.earlier(*against, key)?.said(key, &self.name_of(*against)),
            Reference::Change(against, key) => {
                let (now, before) = self.pair(*against, key)?;
                let change = now - before;
                let sign = if change > 0.0 { "+" } else { "" };
                linked(format!("{sign}{}", display(change)), &self.now.place.cell(key))
            }
            Reference::Percent(against, key) => {
                let (now, before) = self.pair(*against, key)?;
                if before == 0.0 {
                    let name = self.name_of(*against);
                    return Err(Silence::Missing(format!("{name} bằng 0, không tính được tỷ lệ tăng, giảm.")));
                }
                let change = (now - before) * 100.0 / before;
                let sign = if change > 0.0 { "+" } else { "" };
                linked(format!("{sign}{}", per_cent(change)), &self.now.place.cell(key))
            }
            Reference::Compared(against, key) => linked(self.compared(*against, key)?, &self.now.place.cell(key)),
            Reference::Other { form, cell } => {
                let missing = || {
                    Silence::Missing(format!(
                        "Chưa có số liệu của biểu “{form}” trong kỳ này: hãy mở kỳ cho biểu đó hoặc sửa lại câu."
                    ))
                };
                self.others.get(form).ok_or_else(missing)?.said(cell, &self.period)
            }
            Reference::Cover(None) => linked(format!("{}/{}", self.cover.0, self.cover.1), &self.now.place.page()),
            Reference::Cover(Some(key)) => {
                if self.now.form.cell(key).is_none() {
                    return Err(Silence::Unknown(format!("Biểu không có ô “{key}”.")));
                }
                let answered = self.answered.get(key).copied().unwrap_or(0);
                linked(format!("{answered}/{}", self.cover.1), &self.now.place.cell(key))
            }
            Reference::CoverPercent => {
                let share = share(self.cover.0, self.cover.1);
                linked(
                    share.ok_or_else(|| Silence::Missing("Kỳ này không có đơn vị báo cáo nào.".into()))?,
                    &self.now.place.page(),
                )
            }
            Reference::Activity(key) => {
                let figure = self.activities.get(key);
                let unknown = || Silence::Unknown(format!("Mẫu không có số liệu hoạt động “{key}”."));
                linked(display_number(*figure.ok_or_else(unknown)?), &format!("{}/nguon/{key}", self.page))
            }
            Reference::Plan(figure) => {
                let found = match figure {
                    PlanFigure::Assigned => self.progress.assigned,
                    PlanFigure::Done => self.progress.done,
                    PlanFigure::InTime => self.progress.in_time,
                    PlanFigure::Late => self.progress.late,
                    PlanFigure::Open => self.progress.open,
                };
                linked(display_number(found), &format!("{}/nguon/{}", self.page, plan_key(*figure)))
            }
            Reference::PlanRate => {
                let rate = share(self.progress.done, self.progress.assigned);
                let missing = || Silence::Missing("Không có nhiệm vụ nào đến hạn trong kỳ.".into());
                let assigned = plan_key(PlanFigure::Assigned);
                linked(rate.ok_or_else(missing)?, &format!("{}/nguon/{assigned}", self.page))
            }
            Reference::Late => {
                linked(display_number(i64::try_from(self.late.len()).unwrap_or(0)), &self.now.place.page())
            }
            Reference::LateNames => {
                let names: Vec<&str> = self.late.iter().take(3).map(|unit| unit.name.as_str()).collect();
                let text = if names.is_empty() { "không có".to_owned() } else { names.join(", ") };
                linked(text, &self.now.place.page())
            }
            Reference::Name(name) => Ok(Said { text: self.name(*name), link: String::new(), blank: false }),
        }
    }

    fn name(&self, name: Name) -> String {
        match name {
            Name::Period => self.period.to_lowercase(),
            Name::Before(against) => self.name_of(against).to_lowercase(),
            Name::From => self.days.0.clone(),
            Name::To => self.days.1.clone(),
            Name::Agency => self.agency.clone(),
            Name::Programme => self.programme.clone(),
        }
    }

    /// Name of an earlier period.
    pub fn name_of(&self, against: Against) -> String {
        let usual = match against {
            Against::Year => "cùng kỳ năm trước",
            Against::Last => "kỳ liền trước",
        };
        self.earlier.get(&against).map_or_else(|| usual.to_owned(), |earlier| earlier.name.clone())
    }

    /// The figures of an earlier period, where there are any.
    pub fn standing_of(&self, against: Against) -> Option<&Standing> {
        self.earlier.get(&against).and_then(|earlier| earlier.standing.as_ref())
    }

    fn earlier(&self, against: Against, key: &str) -> Result<&Standing, Silence> {
        if self.now.form.cell(key).is_none() {
            return Err(Silence::Unknown(format!("Biểu không có ô “{key}”.")));
        }
        let missing = || Silence::Missing(format!("Chưa có số liệu để so sánh ({}).", self.name_of(against)));
        self.standing_of(against).ok_or_else(missing)
    }

    /// The figure now and then.
    fn pair(&self, against: Against, key: &str) -> Result<(f64, f64), Silence> {
        let earlier = self.earlier(against, key)?;
        let missing = |period: &str| Silence::Missing(format!("Ô “{key}” chưa có số liệu ({period})."));
        let now = self.now.number(key).ok_or_else(|| missing(&self.period))?;
        let before = earlier.number(key).ok_or_else(|| missing(&self.name_of(against)))?;
        Ok((now, before))
    }

    fn compared(&self, against: Against, key: &str) -> Result<String, Silence> {
        let (now, before) = self.pair(against, key)?;
        let change = now - before;
        let word = match change {
            change if change > 0.0 => "tăng",
            change if change < 0.0 => "giảm",
            _ if against == Against::Year => return Ok("bằng cùng kỳ".to_owned()),
            _ => return Ok("bằng kỳ trước".to_owned()),
        };
        let share =
            if before == 0.0 { String::new() } else { format!(" ({} %)", per_cent(change.abs() * 100.0 / before)) };
        Ok(format!("{word} {}{share}", display(change.abs())))
    }
}
