//! Lists as workbooks, and the template for import.

use kernel::{Error, Paging, Permit, Result, Uuid, time};
use platform::App;
use press::{Cell, Sheet};

use super::list::{Query, listing};
use crate::activities::{
    model::{
        activity::Draft,
        definitions::definitions,
        sheet::{HEADINGS, cost_under, words},
    },
    policy::ReadActivities,
    store::{self, Line},
};

/// Most lines in an export.
const EXPORT: u32 = 50_000;

/// Columns around those that an import reads.
const BEFORE: [(&str, f64); 1] = [("Cơ quan", 34.0)];
const AFTER: [(&str, f64); 4] =
    [("Hình thức (Điều 11)", 12.0), ("Tổng kinh phí (đồng)", 14.0), ("Phục vụ nhiệm vụ", 44.0), ("Ghi chú", 26.0)];

fn day(stored: i64) -> Cell {
    let part = |number: i64| u8::try_from(number).unwrap_or(1);
    u16::try_from(stored / 10_000)
        .map_or(Cell::Empty, |year| Cell::Date(year, part(stored / 100 % 100), part(stored % 100)))
}

/// One line under a heading that an import reads; `words` are its words by heading.
fn cell(heading: &str, line: &Line, draft: &Draft, words: &[(&'static str, String)]) -> Cell {
    match heading {
        "Ngày" => day(line.held_on),
        "Đến ngày" if line.ends_on == line.held_on => Cell::Empty,
        "Đến ngày" => day(line.ends_on),
        "Loại" => definitions().kind(&line.kind).map_or(line.kind.as_str(), |kind| kind.name.as_str()).into(),
        "Tên hoạt động" => line.title.as_str().into(),
        "Xã, phường" => line.unit_name.clone().unwrap_or_default().into(),
        "Nơi tổ chức" => line.place.as_str().into(),
        "Trực tuyến" => if line.online { "có" } else { "" }.into(),
        "Số lượt người" => line.turns.into(),
        "Nữ" => line.women.into(),
        "Dân tộc thiểu số" => line.minorities.into(),
        "Thanh, thiếu niên" => line.young.into(),
        _ => match words.iter().find(|(name, _)| *name == heading) {
            Some((_, words)) => words.as_str().into(),
            None => cost_under(draft, heading).map_or(Cell::Empty, Cell::from),
        },
    }
}

fn cells(line: &Line, draft: &Draft) -> Vec<Cell> {
    let words = words(draft, definitions());
    let subjects: Vec<&str> = draft.subjects.iter().map(|one| one.label.as_str()).collect();
    let mut out: Vec<Cell> = vec![line.owner_name.as_str().into()];
    out.extend(HEADINGS.iter().map(|(heading, _)| cell(heading, line, draft, &words)));
    out.extend([
        definitions().kind(&line.kind).map_or("", |kind| kind.form.as_str()).into(),
        line.cost.into(),
        subjects.join("\n").into(),
        if line.generated { "dữ liệu phát sinh để trình diễn" } else { "" }.into(),
    ]);
    out
}

/// The whole list, in the order of the page, with everything that is said of each activity: the columns of an import and a few more. Statements
/// grow with blocks of lines, not with lines.
///
/// # Errors
/// See [`listing`].
pub(crate) async fn export(app: &App, permit: &Permit<ReadActivities>, query: &Query) -> Result<Sheet> {
    let lines = listing(app, permit, query, Paging { number: 1, size: EXPORT }).await?.page.rows;
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    let parts = store::parts(app.db.read(), &ids).await?;
    let nothing = Draft::default();
    let columns = BEFORE.iter().chain(&HEADINGS).chain(&AFTER);
    Ok(Sheet {
        name: "Hoạt động".into(),
        columns: columns.map(|(title, width)| ((*title).to_owned(), *width)).collect(),
        rows: lines.iter().map(|line| cells(line, parts.get(&line.id).unwrap_or(&nothing))).collect(),
    })
}

/// The template for import: one sheet to fill, with a line that shows how, and one with the lists to choose from.
///
/// # Errors
/// [`Error::Internal`] when it cannot be written.
pub(crate) fn template(today: chrono::NaiveDate) -> Result<Vec<u8>> {
    let held = time::date_to_int(today);
    let example = HEADINGS.map(|(heading, _)| match heading {
        "Ngày" => day(held),
        "Loại" => "Hội nghị phổ biến, quán triệt pháp luật".into(),
        "Tên hoạt động" => "Hội nghị giới thiệu Luật Đất đai (dòng ví dụ, hãy xóa)".into(),
        "Nơi tổ chức" => "Nhà văn hóa thôn".into(),
        "Số lượt người" => 85i64.into(),
        "Nữ" => 40i64.into(),
        "Dân tộc thiểu số" => 60i64.into(),
        "Thanh, thiếu niên" => 20i64.into(),
        "Đối tượng" => "Người dân".into(),
        "Lĩnh vực" => "Đất đai, nhà ở, xây dựng".into(),
        "Báo cáo viên" => "Nguyễn Văn A (Tuyên truyền viên pháp luật cấp xã)".into(),
        "Tài liệu phát hành" => "Tờ rơi, tờ gấp | Hỏi đáp về Luật Đất đai | 200 | bản in".into(),
        "Văn bản được phổ biến" => "Luật Đất đai năm 2024".into(),
        _ => Cell::Empty,
    });
    let lists = definitions();
    let names = |list: &[crate::activities::model::definitions::Entry]| -> Vec<String> {
        list.iter().map(|entry| entry.short().to_owned()).collect()
    };
    let kinds: Vec<String> = lists.kinds.iter().map(|kind| kind.name.clone()).collect();
    let full = |list: &[crate::activities::model::definitions::Entry]| -> Vec<String> {
        list.iter().map(|entry| entry.name.clone()).collect()
    };
    let columns = [kinds, names(&lists.groups), names(&lists.fields), full(&lists.materials), full(&lists.reporters)];
    let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
    let at = |row: usize| columns.iter().map(|list| list.get(row).cloned().unwrap_or_default().into()).collect();
    let sheets = [
        Sheet {
            name: "Hoạt động".into(),
            columns: HEADINGS.iter().map(|(title, width)| ((*title).to_owned(), *width)).collect(),
            rows: vec![example.into()],
        },
        Sheet {
            name: "Danh mục".into(),
            columns: ["Loại", "Đối tượng", "Lĩnh vực", "Loại tài liệu", "Loại báo cáo viên"]
                .map(|title| (title.to_owned(), 44.0))
                .into(),
            rows: (0..longest).map(at).collect(),
        },
    ];
    press::write_workbook(&sheets).map_err(Error::internal)
}
