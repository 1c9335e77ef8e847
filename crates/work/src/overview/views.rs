//! The figures of the overview: each a chart and the table that says the same.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use kernel::{text, time};
use platform::web::{Chrome, guard};
use press::{
    Cell, Sheet,
    chart::{self, Chart, Dot, DotMap, Series},
};
use records::activities::PlaceSum;

use super::{
    model::{class, classes, key, last_day, share},
    service::Overview,
};

/// Bars drawn at most; the table holds all.
const BARS: usize = 15;

/// A row of a figure's table.
pub(super) struct FigureRow {
    pub name: String,
    /// Where its name leads; nowhere when empty.
    pub path: String,
    /// A second line under the name.
    pub under: String,
    pub cells: Vec<String>,
    /// It needs a look.
    pub late: bool,
}

/// A chart beside its table.
pub(super) struct Figure {
    pub key: &'static str,
    pub title: String,
    pub note: String,
    pub svg: String,
    /// Heading of the names, then of the figures.
    pub head: Vec<String>,
    pub rows: Vec<FigureRow>,
}

impl Figure {
    /// The table as a sheet.
    pub(super) fn sheet(&self) -> Sheet {
        let row = |row: &FigureRow| {
            let name = if row.under.is_empty() { row.name.clone() } else { format!("{} ({})", row.name, row.under) };
            std::iter::once(Cell::from(name.as_str())).chain(row.cells.iter().map(|cell| number(cell))).collect()
        };
        Sheet {
            name: text::shorten(&self.title, 30),
            columns: self.head.iter().map(|head| (head.clone(), 16.0)).collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

/// A shown figure as a number again.
fn number(shown: &str) -> Cell {
    let plain = shown.replace('.', "");
    plain.parse::<f64>().map_or_else(|_| Cell::from(shown), Cell::Number)
}

#[expect(clippy::cast_precision_loss, reason = "counts and turns stay far below 2^53")]
fn float(figure: i64) -> f64 {
    figure as f64
}

fn shown(figure: i64) -> String {
    text::display_number(figure)
}

fn heads<const N: usize>(p: &Chrome, heads: [&str; N]) -> Vec<String> {
    heads.iter().map(|head| p.t(head).to_owned()).collect()
}

/// A figure at the top of the page.
pub(super) struct Kpi {
    pub label: String,
    pub value: String,
    pub under: String,
    pub class: &'static str,
    pub path: String,
}

/// The figures at the top.
pub(super) fn kpis(p: &Chrome, overview: &Overview) -> Vec<Kpi> {
    let sum = |of: fn(&super::service::AgencyLine) -> i64| overview.agencies.rows.iter().map(of).sum::<i64>();
    let first = overview.months.first().copied().map_or(0, key);
    let now = overview.sums.iter().filter(|sum| sum.month >= first);
    let (activities, turns) = now.fold((0, 0), |(n, t), sum| (n + sum.activities, t + sum.turns));
    let before: i64 = overview.sums.iter().filter(|sum| sum.month < first).map(|sum| sum.activities).sum();
    let (total, done) = overview.plans.iter().fold((0, 0), |(t, d), plan| (t + plan.total, d + plan.done));
    let late: i64 = overview.plans.iter().map(|plan| plan.late).sum();
    let idle = overview.places.iter().filter(|place| place.activities == 0).count();
    let kpi = |label: &str, value: String, under: String, class, path: &str| Kpi {
        label: p.t(label).to_owned(),
        value,
        under,
        class,
        path: path.to_owned(),
    };
    let compared =
        if before > 0 { p.t1("12 tháng trước đó: {}", shown(before)) } else { p.t("12 tháng qua").to_owned() };
    let missing = sum(|line| line.reports.missing);
    let mut out = vec![
        kpi("Hoạt động", shown(activities), compared, "", "/hoat-dong"),
        kpi("Lượt người", shown(turns), p.t("12 tháng qua").to_owned(), "", "/hoat-dong/doi-tuong"),
        kpi(
            "Nhiệm vụ đã hoàn thành",
            format!("{} %", share(done, total)),
            format!("{}/{}", shown(done), shown(total)),
            "",
            "/nhiem-vu",
        ),
        kpi("Nhiệm vụ chậm", shown(late), String::new(), if late > 0 { "late" } else { "" }, "/nhiem-vu?khi=cham"),
    ];
    if !overview.places.is_empty() {
        let class = if idle > 0 { "soon" } else { "" };
        let under = p.t1("trên {} xã, phường, đặc khu", overview.places.len());
        out.push(kpi("Địa bàn chưa có hoạt động", shown(idle as i64), under, class, "/hoat-dong/ban-do"));
    }
    if missing > 0 {
        let under = p.t("của các cơ quan trong bảng cuối trang").to_owned();
        out.push(kpi("Báo cáo còn thiếu", shown(missing), under, "late", "/ky-bao-cao/bang"));
    }
    out
}

/// Every figure, in order of the page.
pub(super) fn figures(p: &Chrome, overview: &Overview, by_turns: bool) -> Vec<Figure> {
    let mut out = Vec::new();
    out.extend(plans(p, overview));
    out.push(trend(p, overview, false));
    out.push(trend(p, overview, true));
    if !overview.places.is_empty() {
        out.push(places(p, overview, by_turns));
        out.push(map(p, overview, by_turns));
    }
    out.extend(agencies(p, overview));
    out
}

fn plans(p: &Chrome, overview: &Overview) -> Option<Figure> {
    let plans: Vec<_> = overview.plans.iter().filter(|plan| plan.total > 0).collect();
    if plans.is_empty() {
        return None;
    }
    let title = p.t("Tiến độ các kế hoạch (% nhiệm vụ đã hoàn thành)").to_owned();
    let values = plans.iter().take(BARS).map(|plan| Some(float(share(plan.done, plan.total))));
    let svg = chart::bars(&Chart {
        id: "ke-hoach".into(),
        title: title.clone(),
        description: p.t1("{} kế hoạch đang thực hiện; số liệu ở bảng bên cạnh.", plans.len()),
        labels: plans.iter().take(BARS).map(|plan| plan.number.clone()).collect(),
        series: vec![Series { name: p.t("hoàn thành").to_owned(), values: values.collect() }],
    });
    let row = |plan: &&crate::plans::service::PlanProgress| FigureRow {
        name: plan.number.clone(),
        path: format!("/ke-hoach/{}", plan.id),
        under: text::shorten(&plan.title, 90),
        cells: vec![
            shown(plan.total),
            format!("{} ({} %)", shown(plan.done), share(plan.done, plan.total)),
            shown(plan.late),
            shown(plan.soon),
        ],
        late: plan.late > 0,
    };
    Some(Figure {
        key: "ke-hoach",
        title,
        note: String::new(),
        svg,
        head: heads(p, ["Kế hoạch", "Nhiệm vụ", "Hoàn thành", "Chậm", "Đến hạn trong 30 ngày"]),
        rows: plans.iter().map(row).collect(),
    })
}

fn trend(p: &Chrome, overview: &Overview, turns: bool) -> Figure {
    let of = |month: NaiveDate| {
        let sum = overview.sums.iter().find(|sum| sum.month == key(month));
        sum.map(|sum| if turns { sum.turns } else { sum.activities })
    };
    let earlier = |month: &NaiveDate| month.checked_sub_months(Months::new(12)).and_then(of);
    let label = |month: &NaiveDate| format!("{:02}/{}", month.month(), month.year());
    let known = overview.months.iter().any(|month| earlier(month).is_some());
    let (key, title) = if turns {
        ("luot-nguoi", p.t("Lượt người tham dự theo tháng"))
    } else {
        ("hoat-dong", p.t("Số hoạt động theo tháng"))
    };
    let figures = |of: &dyn Fn(&NaiveDate) -> Option<i64>| overview.months.iter().map(|m| of(m).map(float)).collect();
    let mut series =
        vec![Series { name: p.t("12 tháng qua").to_owned(), values: figures(&|month| Some(of(*month).unwrap_or(0))) }];
    if known {
        series.push(Series { name: p.t("cùng kỳ năm trước").to_owned(), values: figures(&earlier) });
    }
    let short = |month: &NaiveDate| format!("{:02}/{:02}", month.month(), month.year() % 100);
    let svg = chart::lines(&Chart {
        id: key.into(),
        title: title.to_owned(),
        description: p.t("Đường liền: 12 tháng qua; đường đứt: cùng kỳ năm trước.").to_owned(),
        labels: overview.months.iter().map(short).collect(),
        series,
    });
    let day = time::display_date;
    let row = |month: &NaiveDate| FigureRow {
        name: label(month),
        path: format!(
            "/hoat-dong?{}",
            guard::query([("tu", day(*month).as_str()), ("den", day(last_day(*month)).as_str())])
        ),
        under: String::new(),
        cells: vec![shown(of(*month).unwrap_or(0)), earlier(month).map_or_else(|| "–".to_owned(), shown)],
        late: false,
    };
    Figure {
        key,
        title: title.to_owned(),
        note: String::new(),
        svg,
        head: heads(p, ["Tháng", "12 tháng qua", "Cùng kỳ năm trước"]),
        rows: overview.months.iter().map(row).collect(),
    }
}

/// A locality of the comparison: a commune, or a province for those who see several.
struct Area {
    name: String,
    path: String,
    communes: i64,
    idle: i64,
    activities: i64,
    turns: i64,
}

fn areas(overview: &Overview) -> (Vec<Area>, bool) {
    let several = overview
        .places
        .iter()
        .any(|place| Some(&place.province_code) != overview.places.first().map(|p| &p.province_code));
    if !several {
        let area = |place: &PlaceSum| Area {
            name: place.name.clone(),
            path: format!("/hoat-dong?db={}", place.id),
            communes: 1,
            idle: i64::from(place.activities == 0),
            activities: place.activities,
            turns: place.turns,
        };
        return (overview.places.iter().map(area).collect(), false);
    }
    let mut provinces: BTreeMap<&str, Area> = BTreeMap::new();
    for place in &overview.places {
        let area = provinces.entry(&place.province_code).or_insert_with(|| Area {
            name: place.province.clone(),
            path: format!("/hoat-dong/ban-do?{}", guard::query([("tinh", place.province_code.as_str())])),
            communes: 0,
            idle: 0,
            activities: 0,
            turns: 0,
        });
        area.communes += 1;
        area.idle += i64::from(place.activities == 0);
        area.activities += place.activities;
        area.turns += place.turns;
    }
    (provinces.into_values().collect(), true)
}

fn places(p: &Chrome, overview: &Overview, by_turns: bool) -> Figure {
    let (mut areas, provinces) = areas(overview);
    let value = |area: &Area| if by_turns { area.turns } else { area.activities };
    areas.sort_by(|a, b| value(b).cmp(&value(a)).then_with(|| a.name.cmp(&b.name)));
    let title = match (provinces, by_turns) {
        (true, true) => p.t("So sánh các tỉnh, thành phố theo lượt người"),
        (true, false) => p.t("So sánh các tỉnh, thành phố theo số hoạt động"),
        (false, true) => p.t("So sánh địa bàn theo lượt người"),
        (false, false) => p.t("So sánh địa bàn theo số hoạt động"),
    };
    let note = if areas.len() > BARS {
        p.t2("Biểu đồ vẽ {} địa bàn đứng đầu trong {}; bảng có tất cả.", BARS, areas.len())
    } else {
        String::new()
    };
    let svg = chart::bars(&Chart {
        id: "dia-ban".into(),
        title: title.to_owned(),
        description: p.t("12 tháng qua, nhiều đứng trước; bảng bên cạnh có tất cả các địa bàn.").to_owned(),
        labels: areas.iter().take(BARS).map(|area| area.name.clone()).collect(),
        series: vec![Series {
            name: String::new(),
            values: areas.iter().take(BARS).map(|area| Some(float(value(area)))).collect(),
        }],
    });
    let mut head = heads(p, ["Địa bàn", "Hoạt động", "Lượt người"]);
    if provinces {
        head.push(p.t("Xã, phường chưa có hoạt động").to_owned());
    }
    let row = |area: &Area| {
        let mut cells = vec![shown(area.activities), shown(area.turns)];
        if provinces {
            cells.push(format!("{}/{}", shown(area.idle), shown(area.communes)));
        }
        FigureRow {
            name: area.name.clone(),
            path: area.path.clone(),
            under: String::new(),
            cells,
            late: area.activities == 0,
        }
    };
    Figure { key: "dia-ban", title: title.to_owned(), note, svg, head, rows: areas.iter().map(row).collect() }
}

fn map(p: &Chrome, overview: &Overview, by_turns: bool) -> Figure {
    let value = |place: &PlaceSum| if by_turns { place.turns } else { place.activities };
    let ends = classes(overview.places.iter().map(value));
    let title =
        if by_turns { p.t("Bản đồ theo lượt người") } else { p.t("Bản đồ theo số hoạt động") };
    let mut from = 1;
    let mut names = vec![p.t("chưa có").to_owned()];
    let mut spans = Vec::new();
    for end in &ends {
        names.push(if from == *end { shown(from) } else { format!("{}–{}", shown(from), shown(*end)) });
        spans.push((from, *end));
        from = end + 1;
    }
    let dot = |place: &PlaceSum| {
        let (latitude, longitude) = place.at?;
        let done = p.t2("{} hoạt động, {} lượt người", shown(place.activities), shown(place.turns));
        let label = format!("{}: {done}", place.name);
        Some(Dot { latitude, longitude, label, class: Some(class(value(place), &ends).map_or(0, |at| at + 1)) })
    };
    let svg = chart::dots(&DotMap {
        id: "ban-do".into(),
        title: title.to_owned(),
        description: p.t("Mỗi chấm là một xã, phường, đặc khu; đậm hơn là nhiều hơn.").to_owned(),
        classes: names.clone(),
        dots: overview.places.iter().filter_map(dot).collect(),
    });
    let within = |low: i64, high: i64| {
        let inside: Vec<&PlaceSum> =
            overview.places.iter().filter(|place| (low..=high).contains(&value(place))).collect();
        (inside.len() as i64, inside.iter().map(|place| value(place)).sum::<i64>())
    };
    let spans = std::iter::once((0, 0)).chain(spans);
    let rows = names.into_iter().zip(spans).map(|(name, (low, high))| {
        let (count, sum) = within(low, high);
        FigureRow {
            name,
            path: String::new(),
            under: String::new(),
            cells: vec![shown(count), shown(sum)],
            late: high == 0 && count > 0,
        }
    });
    let unit = if by_turns { "Lượt người" } else { "Hoạt động" };
    Figure {
        key: "ban-do",
        title: title.to_owned(),
        note: String::new(),
        svg,
        head: heads(p, ["Mức", "Số xã, phường, đặc khu", unit]),
        rows: rows.collect(),
    }
}

fn agencies(p: &Chrome, overview: &Overview) -> Option<Figure> {
    let lines = &overview.agencies.rows;
    if lines.is_empty() {
        return None;
    }
    let title = p.t("Theo người đứng đầu cơ quan").to_owned();
    let svg = chart::bars(&Chart {
        id: "co-quan".into(),
        title: p.t("Số nhiệm vụ chậm theo cơ quan").to_owned(),
        description: p.t("Cơ quan chậm nhiều đứng trước; số liệu ở bảng bên cạnh.").to_owned(),
        labels: lines.iter().take(BARS).map(|line| line.progress.name.clone()).collect(),
        series: vec![Series {
            name: String::new(),
            values: lines.iter().take(BARS).map(|line| Some(float(line.progress.late))).collect(),
        }],
    });
    let row = |line: &super::service::AgencyLine| {
        let heads = line.heads.iter().map(|head| {
            if head.position.is_empty() { head.name.clone() } else { format!("{}, {}", head.name, head.position) }
        });
        let heads = heads.collect::<Vec<_>>().join("; ");
        FigureRow {
            path: format!(
                "/nhiem-vu?{}",
                guard::query([
                    ("cq", line.progress.name.as_str()),
                    ("khi", if line.progress.late > 0 { "cham" } else { "" })
                ])
            ),
            under: if heads.is_empty() { p.t("chưa có tài khoản lãnh đạo").to_owned() } else { heads },
            cells: vec![
                shown(line.progress.total),
                shown(line.progress.done),
                shown(line.progress.late),
                format!("{}/{}/{}", line.reports.in_time, line.reports.late, line.reports.missing),
                shown(line.activities),
            ],
            late: line.progress.late > 0 || line.reports.missing > 0,
            name: line.progress.name.clone(),
        }
    };
    Some(Figure {
        key: "co-quan",
        title,
        note: p.t("Báo cáo: đúng hạn/chậm/thiếu trong 12 tháng qua. Chậm nhiều đứng trước.").to_owned(),
        svg,
        head: heads(p, ["Cơ quan, người đứng đầu", "Nhiệm vụ", "Hoàn thành", "Chậm", "Báo cáo", "Hoạt động"]),
        rows: lines.iter().map(row).collect(),
    })
}
