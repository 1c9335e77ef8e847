//! The figures of the overview: each a chart and the table that says the same.

mod places;

use chrono::{Datelike, Months, NaiveDate};
use kernel::{text, time};
use platform::web::{Chrome, Takeaway, guard};
use press::{
    Cell, Sheet,
    chart::{self, Chart, Series},
};

use self::places::{map, places};
use super::{
    model::{key, last_day, share},
    service::Overview,
};

/// Bars drawn at most; the table holds all.
const BARS: usize = 15;

/// A row of a figure's table.
pub(in crate::overview) struct FigureRow {
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
pub(in crate::overview) struct Figure {
    pub key: &'static str,
    pub title: String,
    pub note: String,
    pub svg: String,
    /// Heading of the names, then of the figures.
    pub head: Vec<String>,
    pub rows: Vec<FigureRow>,
}

impl Figure {
    /// The chart and its table as files.
    pub(in crate::overview) fn takeaway(self) -> Takeaway {
        Takeaway { name: self.key.to_owned(), sheet: self.sheet(), svg: self.svg }
    }

    fn sheet(&self) -> Sheet {
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
pub(in crate::overview) struct Kpi {
    pub label: String,
    pub value: String,
    pub under: String,
    pub class: &'static str,
    pub path: String,
}

/// The figures at the top.
pub(in crate::overview) fn kpis(p: &Chrome, overview: &Overview) -> Vec<Kpi> {
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
        kpi("Lượt người", shown(turns), p.t("12 tháng qua").to_owned(), "", "/hoat-dong/do-phu"),
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
pub(in crate::overview) fn figures(p: &Chrome, overview: &Overview, by_turns: bool) -> Vec<Figure> {
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

fn agencies(p: &Chrome, overview: &Overview) -> Option<Figure> {
    let lines = &overview.agencies.rows;
    if lines.is_empty() {
        return None;
    }
    let title = p.t("Theo người đứng đầu cơ quan").to_owned();
    // When nobody is late there is nothing to draw.
    let drawn = lines.iter().any(|line| line.progress.late > 0);
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
        svg: if drawn { svg } else { String::new() },
        head: heads(p, ["Cơ quan, người đứng đầu", "Nhiệm vụ", "Hoàn thành", "Chậm", "Báo cáo", "Hoạt động"]),
        rows: lines.iter().map(row).collect(),
    })
}
