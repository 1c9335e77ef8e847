//! A list of activities from a spreadsheet: which column is what, what each row means, what is wrong in which cell.

use kernel::{text, time};

use super::{
    activity::{Draft, Material, Reporter},
    definitions::{Definitions, Entry, key_for, name_in},
};

/// The columns, as headed in the template.
pub const HEADINGS: [(&str, f64); 21] = [
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
    ("Tài liệu phát hành", 44.0),
    ("Văn bản được phổ biến", 44.0),
    ("Nội dung, kết quả", 50.0),
];

/// Columns of the sources of money: key and heading.
const SOURCES: [(&str, &str); 3] = [
    ("thuong-xuyen", "Kinh phí thường xuyên"),
    ("chuong-trinh", "Kinh phí chương trình, đề án"),
    ("ho-tro", "Kinh phí hỗ trợ khác"),
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
    /// Documents made known, one a line.
    pub documents: String,
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
            "tl_loai" | "tl_so" => "Tài liệu phát hành",
            "bcv" => "Báo cáo viên",
            _ => "Tên hoạt động",
        };
        let column = HEADINGS.iter().position(|(name, _)| *name == heading).unwrap_or(0);
        let cell = address(column, self.number);
        if !self.errors.iter().any(|(at, _)| *at == cell) {
            self.errors.push((cell, message.to_owned()));
        }
    }
}

/// The address of a cell: its column from 0, its row as numbered in the file, from 1.
fn address(column: usize, row: usize) -> String {
    let row = u32::try_from(row.saturating_sub(1)).unwrap_or_default();
    press::address(row, u16::try_from(column).unwrap_or(u16::MAX))
}

/// What of an activity stands in the columns of [`HEADINGS`] after those with a type of their own, by heading: the words that [`read`] understands.
pub fn words(draft: &Draft, definitions: &Definitions) -> Vec<(&'static str, String)> {
    let short = |list: &[Entry], keys: &[String]| {
        let name = |key: &String| list.iter().find(|one| one.key == *key).map_or(key.as_str(), Entry::short).to_owned();
        keys.iter().map(name).collect::<Vec<_>>().join("; ")
    };
    let lines = |names: Vec<String>| names.join("\n");
    let reporter = |one: &Reporter| format!("{} ({})", one.name, name_in(&definitions.reporters, &one.kind));
    let material = |one: &Material| {
        let shape = if one.online { ONLINE } else { PRINTED };
        let title = one.title.replace('|', "/");
        format!("{} | {title} | {} | {shape}", name_in(&definitions.materials, &one.kind), one.copies)
    };
    vec![
        ("Đối tượng", short(&definitions.groups, &draft.groups)),
        ("Lĩnh vực", short(&definitions.fields, &draft.fields)),
        ("Cơ quan phối hợp", lines(draft.partners.iter().map(|one| one.name.clone()).collect())),
        ("Báo cáo viên", lines(draft.reporters.iter().map(reporter).collect())),
        ("Tài liệu phát hành", lines(draft.materials.iter().map(material).collect())),
        ("Văn bản được phổ biến", lines(draft.documents.iter().map(|one| one.title.clone()).collect())),
        ("Nội dung, kết quả", draft.summary.clone()),
    ]
}

/// What an activity cost under a heading.
pub fn cost_under(draft: &Draft, heading: &str) -> Option<i64> {
    let (source, _) = SOURCES.iter().find(|(_, one)| *one == heading)?;
    draft.costs.iter().find(|(one, _)| one == source).map(|(_, amount)| *amount)
}

/// How a material was published, as said in a cell.
const PRINTED: &str = "bản in";
/// See [`PRINTED`].
const ONLINE: &str = "đăng trên Internet";

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

    /// Who spoke: "Nguyễn Văn A (Báo cáo viên pháp luật cấp tỉnh)"; without a kind that is known somebody else.
    fn reporters(&self, definitions: &Definitions) -> Vec<Reporter> {
        let kinds = || definitions.reporters.iter().map(|one| (one.key.as_str(), one.name.as_str()));
        let reporter = |line: &str| {
            let parts = line.strip_suffix(')').and_then(|line| line.rsplit_once('('));
            let known = parts.and_then(|(name, kind)| Some((name.trim(), key_for(kinds(), kind.trim())?)));
            let (name, kind) = known.unwrap_or((line, "khac"));
            Reporter { kind: kind.to_owned(), name: name.chars().take(120).collect() }
        };
        let lines = self.text("Báo cáo viên").split([';', '\n']).map(str::trim).filter(|name| !name.is_empty());
        lines.take(50).map(reporter).collect()
    }

    /// Materials, one a line of the cell: kind | title | copies | shape.
    fn materials(&self, definitions: &Definitions, errors: &mut Vec<(String, String)>) -> Vec<Material> {
        let kinds = || definitions.materials.iter().map(|one| (one.key.as_str(), one.name.as_str()));
        let mut out = Vec::new();
        for line in self.text("Tài liệu phát hành").lines().map(str::trim).filter(|line| !line.is_empty()).take(50)
        {
            let mut parts = line.split('|').map(str::trim);
            let kind = key_for(kinds(), parts.next().unwrap_or_default());
            let title: String = parts.next().unwrap_or_default().chars().take(300).collect();
            let typed = parts.next().unwrap_or_default().replace(['.', ' ', '\u{a0}'], "");
            let copies = if typed.is_empty() { Some(0) } else { typed.parse().ok() };
            let shape = text::fold(parts.next().unwrap_or_default());
            let online = ["internet", "mang", "truc tuyen"].iter().any(|word| shape.contains(word));
            match kind.zip(copies) {
                Some((kind, copies)) => out.push(Material { kind: kind.to_owned(), title, copies, online }),
                None => errors.push((
                    self.cell("Tài liệu phát hành"),
                    format!("“{line}”: hãy viết mỗi dòng một tài liệu theo dạng Loại | Tên | Số bản | bản in hoặc đăng trên Internet."),
                )),
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
        let costs = SOURCES
            .into_iter()
            .map(|(source, heading)| (source.to_owned(), self.number(heading, &mut errors)))
            .filter(|(_, amount)| *amount != 0)
            .collect();
        let materials = self.materials(definitions, &mut errors);
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
            reporters: self.reporters(definitions),
            materials,
            costs,
            ..Draft::default()
        };
        Row {
            number: self.number,
            draft,
            unit: self.text("Xã, phường").to_owned(),
            partners: self.text("Cơ quan phối hợp").to_owned(),
            documents: self.text("Văn bản được phổ biến").to_owned(),
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

    #[test]
    fn what_hangs_on_an_activity_goes_into_cells_and_comes_back() {
        let definitions = definitions();
        let draft = Draft {
            groups: vec!["chung".into(), "can-bo".into()],
            fields: vec!["dat-dai".into()],
            reporters: vec![
                Reporter { kind: "tinh".into(), name: "Nông Văn Hòa".into() },
                Reporter { kind: "khac".into(), name: "Lý Thị (B)".into() },
            ],
            materials: vec![
                Material {
                    kind: "to-gap".into(), title: "Hỏi đáp; Luật Đất đai".into(), copies: 1_200, online: false
                },
                Material { kind: "video".into(), title: String::new(), copies: 0, online: true },
            ],
            costs: vec![("ho-tro".into(), 5_000_000)],
            summary: "Hai dòng\nnhư đã gõ".into(),
            ..Draft::default()
        };
        let words = words(&draft, definitions);
        let mut head: Vec<String> = words.iter().map(|(heading, _)| (*heading).to_owned()).collect();
        let mut line: Vec<String> = words.into_iter().map(|(_, words)| words).collect();
        head.extend(["Ngày", "Loại", "Tên hoạt động", "Kinh phí hỗ trợ khác"].map(str::to_owned));
        let cost = cost_under(&draft, "Kinh phí hỗ trợ khác").unwrap().to_string();
        line.extend(["02/11/2026", "hoi-nghi", "Hội nghị", &cost].map(str::to_owned));
        let row = read(&[head, line], definitions).unwrap().remove(0);
        assert_eq!(row.errors, []);
        let back = row.draft;
        assert_eq!((back.groups, back.fields), (draft.groups, draft.fields));
        assert_eq!((back.reporters, back.materials), (draft.reporters, draft.materials));
        assert_eq!((back.costs, back.summary), (draft.costs, draft.summary));
    }

    #[test]
    fn a_material_that_is_not_understood_is_named_by_its_cell() {
        let file = cells(&[
            &["Ngày", "Loại", "Tên hoạt động", "Tài liệu phát hành"],
            &["02/11/2026", "hoi-nghi", "Hội nghị", "Tờ rơi, tờ gấp | A | 5\nthứ gì đó | B | 1"],
        ]);
        let rows = read(&file, definitions()).unwrap();
        assert_eq!((rows[0].errors.len(), rows[0].errors[0].0.as_str()), (1, "D2"));
        assert!(rows[0].errors[0].1.contains("thứ gì đó"));
    }

    #[test]
    fn every_source_of_money_has_its_column() {
        let keys: Vec<&str> = definitions().sources.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(SOURCES.map(|(key, _)| key).as_slice(), keys);
        assert!(SOURCES.iter().all(|(_, heading)| HEADINGS.iter().any(|(name, _)| name == heading)));
    }

    fn cells_without_date() -> Vec<Vec<String>> {
        cells(&[&["Tên hoạt động", "Loại"]])
    }
}
