//! What stands on the pages, decided once: capitals, gaps, closing signs, line ends, widths. The writers only set it.

use serde::Serialize;

use super::blocks::{self, PrintedBlock};
use super::measure::{balance, width_mm};
use super::{Annex, Block, Layout, Official, PressError, Text, Urgency, clean};

/// First line of every paper.
const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Second line.
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// A gap that the registry fills in.
const GAP: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
const SMALL_GAP: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
/// Share of the line above that a rule takes (the decree: a third to a half).
const RULE: f32 = 0.42;

/// Lines with the rule under them.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct Lines {
    /// From top to bottom.
    pub lines: Vec<String>,
    /// Length of the rule in millimetres.
    pub rule: f32,
}

/// A paper ready to be set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Printed {
    pub layout: Layout,
    /// Name of the file's document property: kind, number, title.
    pub name: String,
    pub author: String,
    /// Widths of the two columns of the head in millimetres.
    pub head: (f32, f32),
    pub superior: Vec<String>,
    pub issuer: Lines,
    pub country: &'static str,
    pub motto: Lines,
    pub number: String,
    /// "V/v …" under the number of a công văn.
    pub subject: Vec<String>,
    pub place_date: String,
    /// Stamp and its width in millimetres.
    pub urgency: Option<(&'static str, f32)>,
    pub kind: Option<String>,
    pub title: Lines,
    pub addressees: Vec<String>,
    pub bases: Vec<Text>,
    pub blocks: Vec<PrintedBlock>,
    /// Lines above the signature, from the outside in.
    pub authority: Vec<String>,
    pub concurrent: Vec<String>,
    pub signer: String,
    pub recipients: Vec<String>,
    pub annexes: Vec<PrintedAnnex>,
}

/// A phụ lục ready to be set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PrintedAnnex {
    pub label: String,
    pub title: Lines,
    /// "(Kèm theo …)".
    pub attached: String,
    pub landscape: bool,
    pub blocks: Vec<PrintedBlock>,
}

impl Printed {
    /// Settles a paper.
    ///
    /// # Errors
    /// A measure out of its range, or a reference that cannot be kept.
    pub fn of(paper: &Official, layout: &Layout) -> Result<Self, PressError> {
        layout.check()?;
        let small = layout.head_size;
        let width = layout.text_width(false);
        let place_date = place_date(paper);
        let widest = [width_mm(COUNTRY, true, small), width_mm(MOTTO, true, small + 1.0)]
            .into_iter()
            .chain([width_mm(&place_date, false, small + 1.0)])
            .fold(0.0, f32::max);
        let right = (widest + 3.0).clamp(width * 0.5, width * 0.66);
        let left = width - right;
        let issuer = balance(&capitals(&paper.issuer), true, small, left - 6.0);
        let letter = paper.kind.is_none();
        let title = clean_lines(&paper.title);
        let title_lines = if letter { vec![] } else { balance(&title, true, layout.size, width - 16.0) };
        let subject = if letter && !title.is_empty() {
            balance(&format!("V/v {title}"), false, 12.0, left - 4.0)
        } else {
            vec![]
        };
        let half = width / 2.0 - 4.0;
        let signing = |text: &str| balance(&capitals(text), true, layout.size, half);
        let mut blocks = blocks::settle(&paper.body, layout, false)?;
        blocks::close(&mut blocks);
        let signature = &paper.signature;
        Ok(Self {
            layout: *layout,
            name: name(paper),
            author: clean(&paper.issuer),
            head: (left, right),
            superior: balance(&capitals(paper.superior.as_deref().unwrap_or("")), false, small, left - 6.0),
            issuer: ruled(issuer, small),
            country: COUNTRY,
            motto: Lines { lines: vec![MOTTO.to_owned()], rule: width_mm(MOTTO, true, small + 1.0) },
            number: format!("Số: {}", number(paper)),
            subject,
            place_date,
            urgency: paper.urgency.map(stamp),
            kind: paper.kind.as_deref().map(|kind| clean(kind).to_uppercase()),
            title: ruled(title_lines, layout.size),
            addressees: addressees(&paper.addressees),
            bases: blocks::bases(&paper.bases)?,
            blocks,
            authority: signature.authority.iter().chain([&signature.position]).flat_map(|line| signing(line)).collect(),
            concurrent: signing(signature.concurrent.as_deref().unwrap_or("")),
            signer: clean(signature.name.as_deref().unwrap_or("")).trim().to_owned(),
            recipients: recipients(paper),
            annexes: paper
                .annexes
                .iter()
                .enumerate()
                .map(|(at, annex)| self::annex(paper, annex, at, layout))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Printed {
    /// Settles only what a part of a paper says.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn blocks(body: &[Block], layout: &Layout) -> Result<Vec<PrintedBlock>, PressError> {
        layout.check()?;
        blocks::settle(body, layout, false)
    }
}

fn annex(paper: &Official, annex: &Annex, at: usize, layout: &Layout) -> Result<PrintedAnnex, PressError> {
    let label =
        if paper.annexes.len() > 1 { format!("Phụ lục {}", roman(at + 1)) } else { "Phụ lục".to_owned() };
    let width = layout.text_width(annex.landscape);
    let title = balance(&capitals(&annex.title), true, layout.size, width - 16.0);
    let kind = clean(paper.kind.as_deref().unwrap_or("Công văn"));
    let attached =
        format!("(Kèm theo {kind} số {} {} của {})", number(paper), date(paper), clean(&paper.issuer).trim());
    Ok(PrintedAnnex {
        label,
        title: ruled(title, layout.size),
        attached,
        landscape: annex.landscape,
        blocks: blocks::settle(&annex.body, layout, annex.landscape)?,
    })
}

/// Lines with a rule as long as the decree has it under the last of them.
fn ruled(lines: Vec<String>, size: f32) -> Lines {
    let rule = lines.last().map_or(0.0, |line| width_mm(line, true, size) * RULE);
    Lines { lines, rule }
}

/// [`clean`], with line breaks kept.
fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| clean(line).trim().to_owned()).collect();
    lines.join("\n").trim().to_owned()
}

fn capitals(text: &str) -> String {
    clean_lines(text).to_uppercase()
}

fn number(paper: &Official) -> String {
    let ordinal = paper.number.map_or_else(|| GAP.to_owned(), |number| format!("{number:02}"));
    format!("{ordinal}/{}", clean(&paper.symbol).trim())
}

/// Days below 10 and the months 1 and 2 are written with a nought.
fn date(paper: &Official) -> String {
    use chrono::Datelike as _;
    match paper.date {
        Some(date) if date.month() < 3 => {
            format!("ngày {:02} tháng {:02} năm {}", date.day(), date.month(), date.year())
        }
        Some(date) => format!("ngày {:02} tháng {} năm {}", date.day(), date.month(), date.year()),
        None => {
            let year = paper.year.map_or_else(|| SMALL_GAP.to_owned(), |year| year.to_string());
            format!("ngày {SMALL_GAP} tháng {SMALL_GAP} năm {year}")
        }
    }
}

fn place_date(paper: &Official) -> String {
    format!("{}, {}", clean(&paper.place).trim(), date(paper)).trim_start_matches(", ").to_owned()
}

/// "Báo cáo 05/BC-STP: Kết quả…", for the properties of the file.
fn name(paper: &Official) -> String {
    let kind = clean(paper.kind.as_deref().unwrap_or("Công văn"));
    let number = paper.number.map(|_| format!(" {}", number(paper))).unwrap_or_default();
    format!("{kind}{number}: {}", clean(&paper.title).trim())
}

fn stamp(urgency: Urgency) -> (&'static str, f32) {
    match urgency {
        Urgency::Urgent => ("KHẨN", 20.0),
        Urgency::VeryUrgent => ("THƯỢNG KHẨN", 40.0),
        Urgency::Express => ("HỎA TỐC", 30.0),
    }
}

/// Signs that close an item of a list or a paragraph.
pub(super) const CLOSING: [char; 5] = [';', '.', ',', '/', ' '];

/// Words without the signs that close them.
fn bare(text: &str) -> String {
    clean(text).trim().trim_end_matches(CLOSING).to_owned()
}

/// One body stands beside "Kính gửi:", several below it with a dash each.
fn addressees(all: &[String]) -> Vec<String> {
    let mut names: Vec<String> = all.iter().map(|name| bare(name)).filter(|name| !name.is_empty()).collect();
    if names.len() > 1 {
        let last = names.len() - 1;
        for (at, name) in names.iter_mut().enumerate() {
            *name = format!("- {name}{}", if at == last { "." } else { ";" });
        }
    }
    names
}

fn recipients(paper: &Official) -> Vec<String> {
    let names: Vec<String> = paper
        .recipients
        .iter()
        .map(|name| bare(name.trim_start_matches(['-', '–', ' '])))
        .filter(|name| !name.is_empty())
        .collect();
    let last = names.len().saturating_sub(1);
    let drafter = paper.drafter.as_deref().map(|mark| format!(" {}", clean(mark).trim())).unwrap_or_default();
    let close = |at: usize| if at == last { format!(".{drafter}") } else { ";".to_owned() };
    names.iter().enumerate().map(|(at, name)| format!("- {name}{}", close(at))).collect()
}

/// 4 → "IV".
fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_dates_and_signs_follow_the_decree() {
        let mut paper =
            Official { number: Some(5), symbol: "BC-STP".into(), place: "Thái Nguyên".into(), ..Official::default() };
        paper.date = chrono::NaiveDate::from_ymd_opt(2026, 2, 3);
        assert_eq!(number(&paper), "05/BC-STP");
        assert_eq!(place_date(&paper), "Thái Nguyên, ngày 03 tháng 02 năm 2026");
        paper.date = chrono::NaiveDate::from_ymd_opt(2026, 11, 20);
        assert_eq!(date(&paper), "ngày 20 tháng 11 năm 2026");
        paper.date = None;
        assert!(date(&paper).contains("tháng"));
        paper.recipients = vec!["- Như trên;".into(), "Lưu: VT, PBGDPL.".into()];
        paper.drafter = Some("NC.Son".into());
        assert_eq!(recipients(&paper), ["- Như trên;", "- Lưu: VT, PBGDPL. NC.Son"]);
        assert_eq!((roman(4), roman(19), roman(63)), ("IV".into(), "XIX".into(), "LXIII".into()));
    }

    #[test]
    fn rules_are_as_long_as_the_decree_has_them() {
        let paper = Official {
            issuer: "Sở Tư pháp".into(),
            kind: Some("Báo cáo".into()),
            title: "Kết quả công tác".into(),
            ..Official::default()
        };
        let layout = Layout::default();
        let printed = Printed::of(&paper, &layout).unwrap();
        for (lines, size) in [(&printed.issuer, layout.head_size), (&printed.title, layout.size)] {
            let share = lines.rule / width_mm(&lines.lines[0], true, size);
            assert!((1.0 / 3.0..=0.5).contains(&share));
        }
        let motto = &printed.motto;
        assert!((motto.rule / width_mm(&motto.lines[0], true, layout.head_size + 1.0) - 1.0).abs() < 0.01);
        assert!(Printed::of(&paper, &Layout { left: 25.0, ..layout }).is_err());
    }
}
