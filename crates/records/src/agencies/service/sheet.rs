//! Agencies as a table: for a spreadsheet, and back.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use kernel::{Error, Permit, Result, Uuid, text::name_key, time};
use platform::App;
use press::{Cell, Sheet};

use super::{Dir, directory, record};
use crate::agencies::{
    model::{
        event::{Change, Event, NewUnit},
        side::Side,
        tree::{Face, Unit, UnitIx},
    },
    policy::ManageAgencies,
};

/// Headings of the table, in order.
pub(in crate::agencies) const COLUMNS: [(&str, f64); 8] = [
    ("Mã", 26.0),
    ("Tên đầy đủ", 48.0),
    ("Tên gọi trong tỉnh", 32.0),
    ("Loại", 24.0),
    ("Mã cơ quan cấp trên", 26.0),
    ("Cơ quan cấp trên", 36.0),
    ("Từ ngày", 12.0),
    ("Đến ngày", 12.0),
];

/// All agencies living on a day.
pub(in crate::agencies) fn export(dir: &Dir, date: NaiveDate) -> Sheet {
    let tree = dir.agencies();
    let row = |unit: &Unit| {
        let face = unit.face(date);
        let parent = unit.parent(date).map(|ix| tree.unit(ix));
        vec![
            unit.key.clone().into(),
            face.name.clone().into(),
            face.short.clone().into(),
            dir.kind_name(&face.kind).into(),
            parent.map(|parent| parent.key.clone()).unwrap_or_default().into(),
            parent.map(|parent| parent.face(date).name.clone()).unwrap_or_default().into(),
            day(Some(unit.from)),
            day(unit.until.and_then(|until| until.pred_opt())),
        ]
    };
    let rows = tree.units().filter(|(_, unit)| unit.lives(date)).map(|(_, unit)| row(unit)).collect();
    let columns = COLUMNS.map(|(title, width)| (title.to_owned(), width)).to_vec();
    Sheet { name: "Cơ quan".into(), columns, rows }
}

fn day(date: Option<NaiveDate>) -> Cell {
    date.map_or(Cell::Empty, |date| {
        let small = |n: u32| u8::try_from(n).unwrap_or(1);
        Cell::Date(u16::try_from(date.year()).unwrap_or(2020), small(date.month()), small(date.day()))
    })
}

/// What a table changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableDone {
    /// New agencies.
    pub created: usize,
    /// Agencies with another name or kind.
    pub renamed: usize,
    /// Agencies with another superior.
    pub moved: usize,
    /// The event that was recorded, when anything differed.
    pub event: Option<Uuid>,
}

/// Reads a table of agencies and records what differs from the tree as one event of `date`: rows with a known code are renamed or moved, rows without
/// a code are looked for by full name and superior, and new when there is none; so are rows with an unknown code. Agencies that are not in the table
/// stay as they are.
///
/// # Errors
/// [`Error::Invalid`] with one message for each row that is wrong (field "dong-N"); then nothing is recorded.
pub async fn import_table(
    app: &App,
    permit: &Permit<ManageAgencies>,
    bytes: &[u8],
    date: NaiveDate,
    basis: &str,
) -> Result<TableDone> {
    let rows = press::read_rows(bytes).map_err(|e| Error::invalid("tep", e.to_string()))?;
    let dir = directory(app).await?;
    let (changes, done) = differences(&dir, &rows, date)?;
    if changes.is_empty() {
        return Ok(done);
    }
    let basis = Some(basis.trim().to_owned()).filter(|basis| !basis.is_empty());
    let title = format!("Nhập bảng cơ quan ngày {}", time::display_date(app.clock.today()));
    let event = Event { date, title, unverified: basis.is_none(), basis, changes };
    let recorded = record::record(app, permit, Side::Agencies, event).await.map_err(|error| match error {
        Error::NotFound => Error::invalid(
            "tep",
            "Bảng thay đổi cơ quan nằm ngoài phạm vi quản lý, hoặc lập cơ quan mới không có cơ quan cấp trên. Hãy chỉ giữ các dòng của cơ quan mình và cấp dưới.",
        ),
        other => other,
    })?;
    Ok(TableDone { event: Some(recorded), ..done })
}

/// Where the columns stand in a table.
struct Heads(HashMap<&'static str, usize>);

impl Heads {
    fn cell<'r>(&self, row: &'r [String], title: &str) -> &'r str {
        self.0.get(title).and_then(|at| row.get(*at)).map(|cell| cell.trim()).unwrap_or_default()
    }
}

fn differences(dir: &Dir, rows: &[Vec<String>], date: NaiveDate) -> Result<(Vec<Change>, TableDone)> {
    let mut errors = kernel::FieldErrors::default();
    let head = rows.first().map(Vec::as_slice).unwrap_or_default();
    let at = |title: &str| head.iter().position(|cell| kernel::text::fold(cell) == kernel::text::fold(title));
    let heads = Heads(COLUMNS.iter().filter_map(|(title, _)| Some((*title, at(title)?))).collect());
    for title in ["Tên đầy đủ", "Loại"] {
        if !heads.0.contains_key(title) {
            errors.add("tep", format!("Thiếu cột “{title}”. Hãy xuất bảng hiện có ra rồi sửa theo mẫu đó."));
        }
    }
    errors = errors.into_result(()).map(|()| kernel::FieldErrors::default())?;
    let (mut changes, mut done) = (Vec::new(), TableDone::default());
    let mut taken: Vec<String> = Vec::new();
    let mut new_names: HashMap<String, String> = HashMap::new();
    let mut named: HashMap<String, Vec<UnitIx>> = HashMap::new();
    for (ix, unit) in dir.agencies().units().filter(|(_, unit)| unit.lives(date)) {
        named.entry(name_key(&unit.face(date).name)).or_default().push(ix);
    }
    let mut made = HashSet::new();
    for (number, row) in rows.iter().enumerate().skip(1) {
        let mut reader = Row {
            dir,
            date,
            heads: &heads,
            row,
            named: &named,
            taken: &mut taken,
            new_names: &mut new_names,
            made: &mut made,
        };
        match reader.read() {
            Ok(found) => {
                for change in found {
                    match change {
                        Change::Create(_) => done.created += 1,
                        Change::Rename { .. } => done.renamed += 1,
                        _ => done.moved += 1,
                    }
                    changes.push(change);
                }
            }
            Err(message) => errors.add(&format!("dong-{:05}", number + 1), format!("Dòng {}: {message}", number + 1)),
        }
    }
    errors.into_result((changes, done))
}

struct Row<'a> {
    dir: &'a Dir,
    date: NaiveDate,
    heads: &'a Heads,
    row: &'a [String],
    /// Living agencies by name.
    named: &'a HashMap<String, Vec<UnitIx>>,
    taken: &'a mut Vec<String>,
    /// Names of agencies made by rows above → their codes.
    new_names: &'a mut HashMap<String, String>,
    /// Names and superiors of agencies made by rows above.
    made: &'a mut HashSet<(String, Option<String>)>,
}

impl Row<'_> {
    fn read(&mut self) -> Result<Vec<Change>, String> {
        let cell = |title| self.heads.cell(self.row, title);
        let (code, name, short) = (cell("Mã"), cell("Tên đầy đủ"), cell("Tên gọi trong tỉnh"));
        if name.is_empty() {
            return Err("thiếu tên đầy đủ.".into());
        }
        let short = if short.is_empty() { name } else { short };
        let kind_text = cell("Loại");
        let kinds = &self.dir.inner.definitions().kinds;
        let folded = kernel::text::fold(kind_text);
        let kind = kinds.iter().find(|kind| kind.key == kind_text || kernel::text::fold(&kind.name) == folded);
        let kind = kind.map(|kind| kind.key.clone()).ok_or_else(|| {
            format!(
                "không có loại cơ quan “{kind_text}”; các loại: {}.",
                kinds.iter().map(|k| k.name.as_str()).collect::<Vec<_>>().join(", ")
            )
        })?;
        let face = Face { name: name.to_owned(), short: short.to_owned(), kind };
        let parent = self.parent()?;
        let tree = self.dir.agencies();
        let known = if code.is_empty() { self.namesake(name, parent.as_deref())? } else { tree.find(code) };
        let Some(ix) = known else {
            if !self.made.insert((name_key(name), parent.clone())) {
                return Err(format!("“{name}” đã có ở dòng trên."));
            }
            return Ok(vec![self.create(code, face, parent)]);
        };
        let unit = tree.unit(ix);
        if !unit.lives(self.date) {
            return Err(format!("cơ quan có mã {code} không tồn tại vào ngày {}.", time::display_date(self.date)));
        }
        let mut changes = Vec::new();
        if *unit.face(self.date) != face {
            changes.push(Change::Rename { unit: unit.key.clone(), face });
        }
        let above = |ix: UnitIx| tree.unit(ix).key.clone();
        if parent.is_some() && unit.parent(self.date).map(above) != parent {
            changes.push(Change::Move { unit: unit.key.clone(), parent });
        }
        Ok(changes)
    }

    /// The agency of this name (and under this superior, when one is given) that is there already: the same table twice makes nothing twice.
    fn namesake(&self, name: &str, parent: Option<&str>) -> Result<Option<UnitIx>, String> {
        let tree = self.dir.agencies();
        let under = |ix: &&UnitIx| {
            parent.is_none_or(|key| tree.unit(**ix).parent(self.date).is_some_and(|above| tree.unit(above).key == key))
        };
        let found: Vec<UnitIx> = self.named.get(&name_key(name)).into_iter().flatten().filter(under).copied().collect();
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            many => Err(format!("có {} cơ quan tên “{name}”; hãy ghi mã hoặc cơ quan cấp trên.", many.len())),
        }
    }

    fn create(&mut self, code: &str, face: Face, parent: Option<String>) -> Change {
        let tree = self.dir.agencies();
        let place = parent.as_deref().and_then(|key| tree.find(key)).map(|ix| tree.unit(ix).place.clone());
        let place = place.unwrap_or_default();
        let key = match code {
            "" => self.dir.new_code(&place, &face.short, self.taken),
            code => code.to_owned(),
        };
        self.taken.push(key.clone());
        self.new_names.insert(name_key(&face.name), key.clone());
        Change::Create(NewUnit { key, place, role: String::new(), parent, face })
    }

    /// By code, else by name; agencies of rows above count.
    fn parent(&self) -> Result<Option<String>, String> {
        let cell = |title| self.heads.cell(self.row, title);
        let (code, name) = (cell("Mã cơ quan cấp trên"), cell("Cơ quan cấp trên"));
        let typed = if code.is_empty() { name } else { code };
        if typed.is_empty() {
            return Ok(None);
        }
        if self.taken.iter().any(|key| key == typed) {
            return Ok(Some(typed.to_owned()));
        }
        if let Some(key) = self.new_names.get(&name_key(typed)) {
            return Ok(Some(key.clone()));
        }
        let ix = self
            .dir
            .pick(Side::Agencies, typed, self.date)
            .map_err(|message| format!("cơ quan cấp trên: {message}"))?;
        Ok(Some(self.dir.agencies().unit(ix).key.clone()))
    }
}
