//! What changed between two versions of a form, in words.

use super::{Cell, Check, Form, Level, Source};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about ("Ô c3", "Tên biểu").
    pub what: String,
    /// How it was; empty when it is new.
    pub before: String,
    /// How it is; empty when it is gone.
    pub after: String,
}

/// Differences from one version to the next; empty when they mean the same.
pub fn differences(old: &Form, new: &Form) -> Vec<Change> {
    let mut out = Vec::new();
    head(old, new, &mut out);
    listed(&old.levels, &new.levels, |level| format!("Cấp {}", level.key), level_facts, &mut out);
    listed(&old.cells, &new.cells, |cell| format!("Ô {}", cell.key), cell_facts, &mut out);
    let places = |form: &Form| form.cells.iter().map(|cell| cell.key.clone()).collect::<Vec<_>>();
    let (before, after) = (places(old), places(new));
    let kept =
        |list: &[String], other: &[String]| list.iter().filter(|key| other.contains(key)).cloned().collect::<Vec<_>>();
    let (was, is) = (kept(&before, &after), kept(&after, &before));
    if was != is {
        out.push(Change { what: "Thứ tự các ô".into(), before: was.join(", "), after: is.join(", ") });
    }
    listed(&old.checks, &new.checks, |check| format!("Quy tắc {}", check.text), check_facts, &mut out);
    out
}

fn note(out: &mut Vec<Change>, what: &str, before: &str, after: &str) {
    if before != after {
        out.push(Change { what: what.to_owned(), before: before.to_owned(), after: after.to_owned() });
    }
}

fn head(old: &Form, new: &Form, out: &mut Vec<Change>) {
    let day = |date: Option<chrono::NaiveDate>| date.map(kernel::time::display_date).unwrap_or_default();
    let periods = |form: &Form| form.periods.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    note(out, "Mã biểu", &old.key, &new.key);
    note(out, "Bản", &old.version.to_string(), &new.version.to_string());
    note(out, "Tên biểu", &old.name, &new.name);
    note(out, "Số biểu", &old.code, &new.code);
    note(out, "Căn cứ", &old.legal_basis, &new.legal_basis);
    let narrowed = |form: &Form| {
        if form.programme { "một chương trình, đề án, kế hoạch" } else { "mọi hoạt động" }
    };
    note(out, "Phạm vi", narrowed(old), narrowed(new));
    note(out, "Có hiệu lực từ", &day(Some(old.valid_from)), &day(Some(new.valid_from)));
    note(out, "Hết hiệu lực sau ngày", &day(old.valid_to), &day(new.valid_to));
    note(out, "Tình trạng", old.status.label(), new.status.label());
    note(out, "Thay thế bởi", &old.followed_by, &new.followed_by);
    note(out, "Cách trình bày", old.layout.label(), new.layout.label());
    note(out, "Loại kỳ", &periods(old), &periods(new));
    note(out, "Ghi chú", &old.notes.join("\n"), &new.notes.join("\n"));
}

/// Compares two lists by name: what is gone, new, or says something else.
fn listed<T>(
    old: &[T],
    new: &[T],
    name: fn(&T) -> String,
    facts: fn(&T) -> Vec<(&'static str, String)>,
    out: &mut Vec<Change>,
) {
    let find = |list: &[T], wanted: &str| list.iter().position(|item| name(item) == wanted);
    let all = |item: &T| {
        let facts = facts(item).into_iter().filter(|(_, value)| !value.is_empty());
        facts.map(|(_, value)| value).collect::<Vec<_>>().join("; ")
    };
    for item in old {
        if find(new, &name(item)).is_none() {
            out.push(Change { what: name(item), before: all(item), after: String::new() });
        }
    }
    for item in new {
        let Some(before) = find(old, &name(item)).and_then(|at| old.get(at)) else {
            out.push(Change { what: name(item), before: String::new(), after: all(item) });
            continue;
        };
        for ((fact, before), (_, after)) in facts(before).into_iter().zip(facts(item)) {
            note(out, &format!("{}, {fact}", name(item)), &before, &after);
        }
    }
}

fn level_facts(level: &Level) -> Vec<(&'static str, String)> {
    let due = |(rule, due): &(Option<kernel::periods::Rule>, _)| match rule {
        Some(rule) => format!("{rule}: {due}"),
        None => format!("{due}"),
    };
    vec![
        ("tên", level.name.clone()),
        ("nơi lập", level.who.clone()),
        ("nơi nhận", level.to.clone().unwrap_or_default()),
        ("tự điền số", if level.fills { "có" } else { "không, chỉ tổng hợp" }.to_owned()),
        ("thời hạn", level.due.iter().map(due).collect::<Vec<_>>().join("; ")),
    ]
}

fn cell_facts(cell: &Cell) -> Vec<(&'static str, String)> {
    let yes = |is: bool| if is { "có" } else { "không" }.to_owned();
    vec![
        ("chỉ tiêu", cell.label.clone()),
        ("đề mục", cell.header.join(" › ")),
        ("đơn vị tính", cell.unit.clone()),
        ("kiểu", cell.kind.label().to_owned()),
        ("cộng dồn", yes(cell.additive)),
        ("bắt buộc", yes(cell.required)),
        ("nguồn", source(cell)),
        ("hướng dẫn", cell.note.clone()),
    ]
}

fn source(cell: &Cell) -> String {
    match &cell.source {
        Source::Typed => String::new(),
        Source::Activities(measure) => serde_json::to_string(measure).unwrap_or_default(),
        Source::Plans(figure) => format!("kế hoạch: {}", figure.key()),
        Source::Below { form, cell } => format!("biểu {form}, ô {cell}"),
        Source::Formula(_) => cell.formula.clone(),
        Source::Ratio { numerator, denominator, scale } => format!("{numerator} / {denominator} × {scale}"),
    }
}

fn check_facts(check: &Check) -> Vec<(&'static str, String)> {
    vec![("lời báo", check.message.clone()), ("mức", check.severity.label().to_owned()), ("ô", check.cells.join(", "))]
}
