//! Lists as workbooks, and the template for import.

use kernel::{Error, Paging, Permit, Result, time};
use platform::App;
use press::{Cell, Sheet};

use super::list::{Query, listing};
use crate::activities::{
    model::{definitions::definitions, sheet::HEADINGS},
    policy::ReadActivities,
    store::Line,
};

/// Most lines in an export.
const EXPORT: u32 = 50_000;

const COLUMNS: [(&str, f64); 15] = [
    ("Cơ quan", 34.0),
    ("Ngày", 12.0),
    ("Đến ngày", 12.0),
    ("Loại", 30.0),
    ("Hình thức (Điều 11)", 12.0),
    ("Tên hoạt động", 50.0),
    ("Xã, phường", 22.0),
    ("Nơi tổ chức", 28.0),
    ("Trực tuyến", 10.0),
    ("Số lượt người", 10.0),
    ("Nữ", 8.0),
    ("Dân tộc thiểu số", 10.0),
    ("Thanh, thiếu niên", 10.0),
    ("Kinh phí (đồng)", 14.0),
    ("Ghi chú", 26.0),
];

fn day(stored: i64) -> Cell {
    let part = |number: i64| u8::try_from(number).unwrap_or(1);
    u16::try_from(stored / 10_000)
        .map_or(Cell::Empty, |year| Cell::Date(year, part(stored / 100 % 100), part(stored % 100)))
}

fn cells(line: &Line) -> Vec<Cell> {
    let kind = definitions().kind(&line.kind);
    vec![
        line.owner_name.as_str().into(),
        day(line.held_on),
        if line.ends_on == line.held_on { Cell::Empty } else { day(line.ends_on) },
        kind.map_or(line.kind.as_str(), |kind| kind.name.as_str()).into(),
        kind.map_or("", |kind| kind.form.as_str()).into(),
        line.title.as_str().into(),
        line.unit_name.clone().unwrap_or_default().into(),
        line.place.as_str().into(),
        if line.online { "có" } else { "" }.into(),
        line.turns.into(),
        line.women.into(),
        line.minorities.into(),
        line.young.into(),
        line.cost.into(),
        if line.generated { "dữ liệu phát sinh để trình diễn" } else { "" }.into(),
    ]
}

/// The whole list, in the order of the page.
///
/// # Errors
/// See [`listing`].
pub(crate) async fn export(app: &App, permit: &Permit<ReadActivities>, query: &Query) -> Result<Sheet> {
    let list = listing(app, permit, query, Paging { number: 1, size: EXPORT }).await?;
    Ok(Sheet {
        name: "Hoạt động".into(),
        columns: COLUMNS.iter().map(|(title, width)| ((*title).to_owned(), *width)).collect(),
        rows: list.page.rows.iter().map(cells).collect(),
    })
}

/// The template for import: one sheet to fill, with a line that shows how, and one with the lists to choose from.
///
/// # Errors
/// [`Error::Internal`] when it cannot be written.
pub(crate) fn template(today: chrono::NaiveDate) -> Result<Vec<u8>> {
    let held = time::date_to_int(today);
    let example: Vec<Cell> = vec![
        day(held),
        Cell::Empty,
        "Hội nghị phổ biến, quán triệt pháp luật".into(),
        "Hội nghị giới thiệu Luật Đất đai (dòng ví dụ, hãy xóa)".into(),
        Cell::Empty,
        "Nhà văn hóa thôn".into(),
        Cell::Empty,
        85i64.into(),
        40i64.into(),
        60i64.into(),
        20i64.into(),
        "Người dân".into(),
        "Đất đai, nhà ở, xây dựng".into(),
    ];
    let lists = definitions();
    let names = |list: &[crate::activities::model::definitions::Entry]| -> Vec<String> {
        list.iter().map(|entry| entry.short().to_owned()).collect()
    };
    let kinds: Vec<String> = lists.kinds.iter().map(|kind| kind.name.clone()).collect();
    let columns = [kinds, names(&lists.groups), names(&lists.fields)];
    let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
    let at = |row: usize| columns.iter().map(|list| list.get(row).cloned().unwrap_or_default().into()).collect();
    let sheets = [
        Sheet {
            name: "Hoạt động".into(),
            columns: HEADINGS.iter().map(|(title, width)| ((*title).to_owned(), *width)).collect(),
            rows: vec![example],
        },
        Sheet {
            name: "Danh mục".into(),
            columns: ["Loại", "Đối tượng", "Lĩnh vực"].map(|title| (title.to_owned(), 44.0)).into(),
            rows: (0..longest).map(at).collect(),
        },
    ];
    press::write_workbook(&sheets).map_err(Error::internal)
}
