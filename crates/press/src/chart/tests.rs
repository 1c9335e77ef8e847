//! Charts say what they show, keep to the policy, and stand any figures.

use super::*;

fn chart() -> Chart {
    let series = |name: &str, values: [Option<f64>; 4]| Series { name: name.into(), values: values.to_vec() };
    Chart {
        id: "hoat-dong".into(),
        title: "Số hoạt động theo quý".into(),
        description: "Tăng đều trong năm; quý III chưa có số liệu của năm trước.".into(),
        labels: ["Quý I", "Quý II", "Quý III", "Quý IV"].map(String::from).to_vec(),
        series: vec![
            series("Năm 2026", [Some(1200.0), Some(1340.5), Some(1500.0), Some(1710.0)]),
            series("Năm 2025 <&>", [Some(900.0), Some(1010.0), None, Some(1205.0)]),
        ],
    }
}

fn map() -> DotMap {
    let dot = |latitude, longitude, class| Dot { latitude, longitude, label: "Xã A: 12".into(), class };
    DotMap {
        id: "xa".into(),
        title: "Các xã".into(),
        description: "Đậm hơn là nhiều hơn.".into(),
        classes: vec!["Dưới 10".into(), "Từ 10".into()],
        dots: vec![
            dot(21.0, 105.8, Some(0)),
            dot(10.7, 106.6, Some(1)),
            dot(16.0, 108.2, None),
            dot(f64::NAN, 0.0, None),
        ],
    }
}

#[test]
fn every_chart_has_a_title_a_description_and_no_style() {
    for svg in [bars(&chart()), columns(&chart()), lines(&chart()), dots(&map())] {
        let mut reader = quick_xml::Reader::from_str(&svg);
        while !matches!(reader.read_event().expect("well-formed"), quick_xml::events::Event::Eof) {}
        assert!(svg.contains("role=\"img\"") && svg.contains("<title id=") && svg.contains("<desc id="), "{svg}");
        assert!(!svg.contains("style=") && !svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        #[cfg(feature = "png")]
        assert!(png(&svg, 400).unwrap().starts_with(b"\x89PNG"));
    }
}

#[test]
fn what_is_missing_is_not_drawn() {
    assert!(lines(&chart()).matches(" M").count() >= 1, "the line is interrupted");
    assert_eq!(columns(&chart()).matches("chart-mark").count(), 7 + 2);
    assert_eq!(dots(&map()).matches("chart-dot").count(), 3);
    let mut missing = chart();
    missing.series[0].values = vec![None, Some(f64::NAN), Some(f64::INFINITY)];
    assert_eq!(bars(&missing).matches(">chưa có số liệu<").count(), 4);
}

#[test]
fn any_figures_give_a_picture() {
    for value in [0.0, -1.0, 1e300, -1e14, 1e-9, f64::NAN] {
        let mut chart = chart();
        chart.series[0].values = vec![Some(value); 9];
        for svg in [bars(&chart), columns(&chart), lines(&chart)] {
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{value}: {svg}");
        }
    }
    for svg in [bars(&Chart::default()), columns(&Chart::default()), lines(&Chart::default()), dots(&DotMap::default())]
    {
        assert!(svg.starts_with("<svg") && !svg.contains("NaN"), "{svg}");
    }
    #[cfg(feature = "png")]
    assert!(png("not a picture", 10).is_err());
}

#[test]
fn figures_are_written_the_vietnamese_way() {
    assert_eq!([figure(1234.5), figure(-1000.0), figure(-0.01), figure(12.0)], ["1.234,5", "-1.000", "0", "12"]);
    assert_eq!(ticks(0.0, 1710.0), [0.0, 500.0, 1000.0, 1500.0, 2000.0]);
}

#[test]
fn a_long_name_is_cut_where_its_room_ends() {
    assert_eq!(fit("164/KH-UBND", 250.0), "164/KH-UBND");
    let cut = fit("Trung tâm phục vụ hành chính công và nghiệp vụ", 250.0);
    assert!(cut.ends_with('…') && cut.chars().map(breadth).sum::<f64>() <= 250.0 + 9.0, "{cut}");
    assert!(fit("MMMMMMMMMMMMMMMMMMMMMMMMMMMMMM", 250.0).chars().count() < 20, "wide letters need more room");
}
