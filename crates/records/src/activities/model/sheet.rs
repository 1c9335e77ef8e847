//! A list of activities from a spreadsheet: which column is what, what each row means, what is wrong in which cell.

use kernel::{text, time};

use super::{
    activity::{Draft, Reporter},
    definitions::{Definitions, Entry, key_for},
};

/// The columns, as headed in the template.
pub const HEADINGS: [(&str, f64); 19] = [
    ("Ngày", 12.0),
    ("Đến ngày", 12.0),
    ("Loại", 34.0),
    ("Tên hoạt động", 50.0),
    ("Xã, phường", 24.0),
    ("Nơi tổ chức", 28.0),
    ("Trực tuyến", 10.0),
    ("Số lượt người", 10.0),
    ("Nữ", 8.0),
    ("Dân tộc thiểu số", 10.0),
    ("Thanh, thiếu niên", 10.0),
    ("Đối tượng", 30.0),
    ("Lĩnh vực", 30.0),
    ("Cơ quan phối hợp", 30.0),
    ("Báo cáo viên", 26.0),
    ("Kinh phí thường xuyên", 14.0),
    ("Kinh phí chương trình, đề án", 14.0),
    ("Kinh phí hỗ trợ khác", 14.0),
    ("Nội dung, kết quả", 50.0),
];

/// Most rows in one file.
pub const MOST: usize = 2_000;

/// One row as read.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The activity, still without owner, unit and partners.
    pub draft: Draft,
    /// The commune in words.
    pub unit: String,
    /// Agencies that took part, in words.
    pub partners: String,
    /// Cell and message.
    pub errors: Vec<(String, String)>,
}

impl Row {
    /// Adds a message about a field of [`Draft::check`] under the address of its cell.
    pub fn blame(&mut self, field: &str, message: &str) {
        let heading = match field {
            "ngay" => "Ngày",
            "den_ngay" => "Đến ngày",
            "loai" => "Loại",
            "dia_ban" => "Xã, phường",
            "luot" => "Số lượt người",
            "nu" => "Nữ",
            "dtts" => "Dân tộc thiểu số",
            "tre" => "Thanh, thiếu niên",
            "doi_tuong" => "Đối tượng",
            "linh_vuc" => "Lĩnh vực",
            "kinh_phi" => "Kinh phí thường xuyên",
            _ => "Tên hoạt động",
        };
        let column = HEADINGS.iter().position(|(name, _)| *name == heading).unwrap_or(0);
        let cell = address(column, self.number);
        if !self.errors.iter().any(|(at, _)| *at == cell) {
            self.errors.push((cell, message.to_owned()));
        }
    }
}

/// `(3, 12)` → `D12`.
pub fn address(column: usize, row: usize) -> String {
    let letter = u8::try_from(column % 26).map_or('A', |n| char::from(b'A' + n));
    format!("{letter}{row}")
}

/// The rows of a file whose first line is the heading; columns are found by their names, in any order.
///
/// # Errors
/// A message for the person when the file is not such a list.
pub fn read(cells: &[Vec<String>], definitions: &Definitions) -> Result<Vec<Row>, String> {
    let Some((head, rows)) = cells.split_first() else { return Err("Tệp không có dòng nào.".into()) };
    let folded: Vec<String> = head.iter().map(|name| text::fold(name)).collect();
    let columns: Vec<Option<usize>> =
        HEADINGS.iter().map(|(name, _)| folded.iter().position(|one| *one == text::fold(name))).collect();
    let missing: Vec<&str> = [0, 2, 3]
        .into_iter()
        .filter(|at| columns.get(*at).copied().flatten().is_none())
        .filter_map(|at| HEADINGS.get(at).map(|(name, _)| *name))
        .collect();
    if !missing.is_empty() {
        return Err(format!("Dòng 1 thiếu cột: {}. Hãy dùng bảng mẫu.", missing.join(", ")));
    }
    if rows.len() > MOST {
        return Err(format!("Tệp có {} dòng; mỗi lần nhập nhiều nhất {MOST} dòng.", rows.len()));
    }
    Ok(rows
        .iter()
        .zip(2..)
        .map(|(cells, number)| Reader { cells, columns: &columns, number }.row(definitions))
        .collect())
}

struct Reader<'a> {
    cells: &'a [String],
    columns: &'a [Option<usize>],
    number: usize,
}

impl Reader<'_> {
    fn column(&self, heading: &str) -> usize {
        HEADINGS.iter().position(|(name, _)| *name == heading).unwrap_or(0)
    }

    fn text(&self, heading: &str) -> &str {
        let at = self.columns.get(self.column(heading)).copied().flatten();
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    fn cell(&self, heading: &str) -> String {
        let at = self.columns.get(self.column(heading)).copied().flatten().unwrap_or(0);
        address(at, self.number)
    }

    fn number(&self, heading: &str, errors: &mut Vec<(String, String)>) -> i64 {
        let typed = self.text(heading);
        if typed.is_empty() {
            return 0;
        }
        let number = typed.replace(['.', ',', ' ', '\u{a0}'], "").parse::<i64>();
        number.unwrap_or_else(|_| {
            errors.push((self.cell(heading), format!("“{typed}” không phải số nguyên.")));
            0
        })
    }

    fn date(&self, heading: &str, errors: &mut Vec<(String, String)>) -> Option<chrono::NaiveDate> {
        let typed = self.text(heading);
        let date = time::parse_date(typed);
        if date.is_none() && !typed.is_empty() {
            errors.push((self.cell(heading), format!("“{typed}” không phải ngày; hãy viết như 09/11/2026.")));
        }
        date
    }

    fn keys(&self, heading: &str, list: &[Entry], errors: &mut Vec<(String, String)>) -> Vec<String> {
        let mut out = Vec::new();
        for name in self.text(heading).split([';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
            let long = list.iter().map(|entry| (entry.key.as_str(), entry.name.as_str()));
            let short = list.iter().map(|entry| (entry.key.as_str(), entry.short()));
            match key_for(long.chain(short), name) {
                Some(key) => out.push(key.to_owned()),
                None => errors.push((self.cell(heading), format!("“{name}” không có trong danh mục."))),
            }
        }
        out
    }

    fn row(&self, definitions: &Definitions) -> Row {
        let mut errors = Vec::new();
        let kinds = definitions.kinds.iter().map(|kind| (kind.key.as_str(), kind.name.as_str()));
        let typed = self.text("Loại");
        let kind = key_for(kinds, typed).unwrap_or_default().to_owned();
        if kind.is_empty() {
            errors.push((self.cell("Loại"), format!("“{typed}” không có trong danh mục loại hoạt động.")));
        }
        let online = text::fold(self.text("Trực tuyến"));
        let costs = [
            ("thuong-xuyen", "Kinh phí thường xuyên"),
            ("chuong-trinh", "Kinh phí chương trình, đề án"),
            ("ho-tro", "Kinh phí hỗ trợ khác"),
        ]
        .into_iter()
        .map(|(source, heading)| (source.to_owned(), self.number(heading, &mut errors)))
        .filter(|(_, amount)| *amount != 0)
        .collect();
        let names = self.text("Báo cáo viên").split([';', '\n']).map(str::trim).filter(|name| !name.is_empty());
        let reporters = names.map(|name| Reporter { kind: "khac".into(), name: name.to_owned() }).collect();
        let draft = Draft {
            kind,
            title: self.text("Tên hoạt động").chars().take(300).collect(),
            held_on: self.date("Ngày", &mut errors),
            ends_on: self.date("Đến ngày", &mut errors),
            place: self.text("Nơi tổ chức").chars().take(300).collect(),
            online: matches!(online.as_str(), "co" | "x" | "1" | "truc tuyen"),
            turns: self.number("Số lượt người", &mut errors),
            women: self.number("Nữ", &mut errors),
            minorities: self.number("Dân tộc thiểu số", &mut errors),
            young: self.number("Thanh, thiếu niên", &mut errors),
            summary: self.text("Nội dung, kết quả").chars().take(8_000).collect(),
            groups: self.keys("Đối tượng", &definitions.groups, &mut errors),
            fields: self.keys("Lĩnh vực", &definitions.fields, &mut errors),
            reporters,
            costs,
            ..Draft::default()
        };
        Row {
            number: self.number,
            draft,
            unit: self.text("Xã, phường").to_owned(),
            partners: self.text("Cơ quan phối hợp").to_owned(),
            errors,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activities::model::definitions::definitions;

    fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn columns_are_found_by_name_and_faults_named_by_cell() {
        let file = cells(&[
            &["Tên hoạt động", "ngay", "LOẠI", "Số lượt người", "Đối tượng"],
            &[
                "Tuyên truyền Luật Đất đai",
                "02/11/2026",
                "Tuyên truyền miệng, nói chuyện pháp luật",
                "1.200",
                "Người dân; Cán bộ, công chức",
            ],
            &["Hội nghị", "31/02/2026", "hoi-nghi", "nhiều", ""],
        ]);
        let rows = read(&file, definitions()).unwrap();
        assert_eq!(rows[0].draft.turns, 1_200);
        assert_eq!(rows[0].draft.kind, "tuyen-truyen-mieng");
        assert_eq!(rows[0].draft.groups, ["chung", "can-bo"]);
        assert!(rows[0].errors.is_empty());
        let cells: Vec<&str> = rows[1].errors.iter().map(|(cell, _)| cell.as_str()).collect();
        assert_eq!(cells, ["B3", "D3"]);
        assert!(read(&cells_without_date(), definitions()).unwrap_err().contains("Ngày"));
    }

    fn cells_without_date() -> Vec<Vec<String>> {
        cells(&[&["Tên hoạt động", "Loại"]])
    }
}
