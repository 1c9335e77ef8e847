//! Reading a definition: its cells, expressions and rules.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use records::activities::Measure;
use toml::Spanned;

use super::{Reader, is_key};
use crate::reporting::model::{
    expr::{self, Parsed},
    form::{
        Cell, Check, Kind, Severity, Source,
        raw::{RawCell, RawPart, RawRule, Text},
    },
};

/// Most cells.
const MOST_CELLS: usize = 400;

/// A cell as read, with the expressions that are still to be resolved.
struct Draft {
    cell: Cell,
    at: Range<usize>,
    formula: Option<(Parsed, Range<usize>)>,
    ratio: Vec<Text>,
}

impl Reader<'_> {
    pub(super) fn cells(&mut self, raw: Vec<RawCell>, form: &str) -> (Vec<Cell>, Vec<usize>) {
        let mut drafts: Vec<Draft> = Vec::new();
        for cell in raw {
            self.cell(cell, &mut drafts);
        }
        if drafts.is_empty() {
            self.error(0..0, "Biểu cần ít nhất một ô ([[cell]]).".into());
        }
        if drafts.len() > MOST_CELLS {
            self.error(0..0, format!("Biểu có quá {MOST_CELLS} ô."));
        }
        let mut seen = HashSet::new();
        for draft in &drafts {
            let key = &draft.cell.key;
            if !is_key(key, '_', 40) || ["and", "or", "not"].contains(&key.as_str()) {
                self.error(
                    draft.at.clone(),
                    format!("Mã ô “{key}” chỉ gồm chữ thường không dấu, chữ số, gạch dưới, bắt đầu bằng chữ."),
                );
            } else if !seen.insert(key.clone()) {
                self.error(draft.at.clone(), format!("Mã ô “{key}” đã dùng ở trên."));
            }
        }
        let kinds: HashMap<String, Kind> = drafts.iter().map(|d| (d.cell.key.clone(), d.cell.kind)).collect();
        let mut needs: Vec<Vec<String>> = Vec::new();
        for draft in &drafts {
            let mut names = Vec::new();
            if let Some((parsed, at)) = &draft.formula {
                self.references(parsed, at, &kinds, form);
                names
                    .extend(parsed.references.iter().filter(|r| r.form.is_none() && !r.before).map(|r| r.cell.clone()));
            }
            for name in &draft.ratio {
                match kinds.get(name.get_ref()) {
                    Some(kind) if kind.numeric() => names.push(name.get_ref().clone()),
                    Some(_) => self.error(name.span(), format!("Ô “{}” là lời văn, không chia được.", name.get_ref())),
                    None => self.error(name.span(), format!("Không có ô “{}”.", name.get_ref())),
                }
            }
            needs.push(names);
        }
        let order = self.order(&drafts, &needs);
        (drafts.into_iter().map(|draft| draft.cell).collect(), order)
    }

    fn cell(&mut self, raw: RawCell, out: &mut Vec<Draft>) {
        let at = raw.key.span();
        let kind = self.word(&raw.kind, Kind::Count);
        if raw.label.get_ref().trim().is_empty() {
            self.error(raw.label.span(), "Ô cần có tên chỉ tiêu.".into());
        }
        let given =
            [raw.from.is_some(), raw.formula.is_some(), raw.ratio.is_some()].into_iter().filter(|is| *is).count();
        if given > 1 {
            self.error(at.clone(), "Một ô chỉ có một nguồn: from, formula hoặc ratio.".into());
        }
        if kind == Kind::Text && given > 0 {
            self.error(at.clone(), "Ô lời văn do người lập viết, không có from, formula, ratio.".into());
        }
        if (kind == Kind::Ratio) != raw.ratio.is_some() {
            self.error(
                at.clone(),
                "Ô kiểu ratio cần ratio = { numerator = …, denominator = … }, và chỉ ô kiểu ratio mới có.".into(),
            );
        }
        let mut source = raw.from.as_ref().map_or(Source::Typed, |from| self.source(from));
        let formula = raw.formula.as_ref().and_then(|text| self.expression(text, false));
        if let Some((parsed, _)) = &formula {
            source = Source::Formula(parsed.expr.clone());
        }
        let mut ratio = Vec::new();
        if let Some(raw) = raw.ratio {
            source = Source::Ratio {
                numerator: raw.numerator.get_ref().clone(),
                denominator: raw.denominator.get_ref().clone(),
                scale: raw.scale.map_or(100.0, Spanned::into_inner),
            };
            ratio = vec![raw.numerator, raw.denominator];
        }
        let adds = matches!(kind, Kind::Count | Kind::Number | Kind::Money);
        if let Some(additive) = raw.additive.as_ref().filter(|additive| *additive.get_ref() && !adds) {
            self.error(additive.span(), "Tỷ lệ và lời văn không cộng được giữa các đơn vị.".into());
        }
        let cell = Cell {
            key: raw.key.into_inner(),
            label: raw.label.into_inner(),
            header: raw.header,
            unit: raw.unit,
            kind,
            additive: adds && raw.additive.is_none_or(Spanned::into_inner),
            required: raw.required.unwrap_or(kind != Kind::Text),
            source,
            part_of: None,
            note: raw.note,
            formula: raw.formula.map(Spanned::into_inner).unwrap_or_default(),
        };
        let parts: Vec<Draft> = raw.part.into_iter().map(|part| self.part(part, &cell)).collect();
        out.push(Draft { cell, at, formula, ratio });
        out.extend(parts);
    }

    fn part(&mut self, raw: RawPart, whole: &Cell) -> Draft {
        let at = raw.key.span();
        if matches!(whole.kind, Kind::Ratio | Kind::Text) {
            self.error(at.clone(), "Chỉ ô số mới có phân tổ (part).".into());
        }
        let mut header = whole.header.clone();
        header.push(whole.label.clone());
        let cell = Cell {
            key: format!("{}_{}", whole.key, raw.key.get_ref()),
            label: raw.label.into_inner(),
            header,
            source: raw.from.as_ref().map_or(Source::Typed, |from| self.source(from)),
            part_of: Some(whole.key.clone()),
            note: raw.note,
            formula: String::new(),
            ..whole.clone()
        };
        Draft { cell, at, formula: None, ratio: Vec::new() }
    }

    fn source(&mut self, from: &Spanned<toml::Value>) -> Source {
        if let Some(figure) = from.get_ref().get("plan") {
            return match figure.as_str().unwrap_or_default().parse() {
                Ok(figure) => Source::Plans(figure),
                Err(message) => {
                    self.error(from.span(), message);
                    Source::Typed
                }
            };
        }
        if let Some(form) = from.get_ref().get("below") {
            return self.below(from, form.as_str().unwrap_or_default());
        }
        match from.get_ref().clone().try_into::<Measure>() {
            Ok(measure) => {
                let unknown = measure.unknown(self.known.activities);
                if !unknown.is_empty() {
                    let message = format!("Danh mục hoạt động không có: {}.", unknown.join(", "));
                    self.error(from.span(), message);
                }
                Source::Activities(measure)
            }
            Err(error) => {
                self.error(
                    from.span(),
                    format!("Nguồn từ hoạt động chưa đúng: {}.", error.message().replace('\n', " ")),
                );
                Source::Typed
            }
        }
    }

    fn below(&mut self, from: &Spanned<toml::Value>, form: &str) -> Source {
        let cell = from.get_ref().get("cell").and_then(toml::Value::as_str).unwrap_or_default();
        match self.known.forms.get(form) {
            None => self.warn(from.span(), format!("Chưa có biểu “{form}”; ô này chưa tự điền được cho đến khi có.")),
            Some(cells) if !cells.iter().any(|known| known == cell) => {
                self.error(from.span(), format!("Biểu “{form}” không có ô “{cell}”."));
            }
            Some(_) => {}
        }
        Source::Below { form: form.to_owned(), cell: cell.to_owned() }
    }

    fn expression(&mut self, text: &Text, condition: bool) -> Option<(Parsed, Range<usize>)> {
        let inside = self.inside(&text.span());
        match expr::parse(text.get_ref()) {
            Ok(parsed) if parsed.is_condition != condition => {
                let wanted = if condition {
                    "Đây phải là một điều kiện, ví dụ c2 <= c1."
                } else {
                    "Công thức phải cho ra số."
                };
                self.error(text.span(), wanted.into());
                None
            }
            Ok(parsed) => Some((parsed, inside)),
            Err(error) => {
                self.error(inside.start + error.at..inside.end, error.message);
                None
            }
        }
    }

    /// The span of a text without its quotes.
    fn inside(&self, at: &Range<usize>) -> Range<usize> {
        let raw = self.text.get(at.clone()).unwrap_or_default();
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        at.start + quotes..at.end
    }

    fn references(&mut self, parsed: &Parsed, inside: &Range<usize>, kinds: &HashMap<String, Kind>, form: &str) {
        for name in &parsed.references {
            let at = inside.start + name.at..inside.end;
            if let Some(other) = &name.form {
                match self.known.forms.get(other) {
                    _ if other == form => {
                        self.error(at, "other(…) là để hỏi biểu khác; ô của biểu này viết thẳng mã.".into())
                    }
                    None => self.warn(at, format!("Chưa có biểu “{other}”; quy tắc này được bỏ qua cho đến khi có.")),
                    Some(cells) if !cells.contains(&name.cell) => {
                        self.error(at, format!("Biểu “{other}” không có ô “{}”.", name.cell));
                    }
                    Some(_) => {}
                }
                continue;
            }
            match kinds.get(&name.cell) {
                None => self.error(at, format!("Không có ô “{}”.", name.cell)),
                Some(Kind::Text) if !name.tested => {
                    self.error(at, format!("Ô “{}” là lời văn; chỉ hỏi được blank({0}).", name.cell));
                }
                Some(_) => {}
            }
        }
    }

    /// Computed cells, each after those it needs; says which go in circles.
    fn order(&mut self, drafts: &[Draft], needs: &[Vec<String>]) -> Vec<usize> {
        let mut open: Vec<usize> =
            drafts.iter().enumerate().filter(|(_, draft)| draft.cell.source.computed()).map(|(i, _)| i).collect();
        let mut order = Vec::with_capacity(open.len());
        while !open.is_empty() {
            let waiting: HashSet<&str> =
                open.iter().filter_map(|i| drafts.get(*i)).map(|draft| draft.cell.key.as_str()).collect();
            let ready =
                |i: &usize| needs.get(*i).is_none_or(|names| !names.iter().any(|name| waiting.contains(name.as_str())));
            let (now, later): (Vec<usize>, Vec<usize>) = open.iter().partition(|i| ready(i));
            if now.is_empty() {
                for draft in later.iter().filter_map(|i| drafts.get(*i)) {
                    let message = format!("Ô “{}” tính vòng tròn: công thức của nó cần đến chính nó.", draft.cell.key);
                    self.error(draft.at.clone(), message);
                }
                break;
            }
            order.extend(now);
            open = later;
        }
        order
    }

    pub(super) fn rules(&mut self, raw: Vec<RawRule>, cells: &[Cell], form: &str) -> Vec<Check> {
        let kinds: HashMap<String, Kind> = cells.iter().map(|cell| (cell.key.clone(), cell.kind)).collect();
        let mut checks = Vec::new();
        for rule in raw {
            let severity = self.word(&rule.severity, Severity::Warn);
            if rule.message.get_ref().trim().is_empty() {
                self.error(rule.message.span(), "Quy tắc cần lời báo khi không đúng.".into());
            }
            for cell in rule.cells.iter().filter(|cell| !kinds.contains_key(cell.get_ref())) {
                self.error(cell.span(), format!("Không có ô “{}”.", cell.get_ref()));
            }
            let Some((parsed, inside)) = self.expression(&rule.check, true) else { continue };
            self.references(&parsed, &inside, &kinds, form);
            let mut shown: Vec<String> = rule.cells.into_iter().map(Spanned::into_inner).collect();
            if shown.is_empty() {
                shown = parsed.references.iter().filter(|r| r.form.is_none()).map(|r| r.cell.clone()).collect();
                shown.dedup();
            }
            let (text, message) = (rule.check.into_inner(), rule.message.into_inner());
            checks.push(Check { text, expr: parsed.expr, message, severity, cells: shown });
        }
        checks
    }
}
