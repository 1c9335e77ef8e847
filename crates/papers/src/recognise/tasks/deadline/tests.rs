//! The grammar of deadlines, by example.

use super::*;

fn label(text: &str) -> String {
    show(&all_of_label(text, Some(2025))[0].deadline)
}

fn show(d: &Deadline) -> String {
    let kind = serde_json::to_value(d.kind).unwrap();
    let kind = kind.as_str().unwrap().to_owned();
    match &d.value {
        Some(v) => format!("{kind} {v}"),
        None => kind,
    }
}

fn prose(text: &str) -> Vec<String> {
    in_prose(text, Some(2025)).iter().map(|f| format!("{} [{}]", show(&f.deadline), &text[f.at.clone()])).collect()
}

#[test]
fn labels() {
    for (text, want) in [
        ("Hằng năm", "annual"),
        ("Hàng năm.", "annual"),
        ("Hoàn thành trong Quý I năm 2021", "quarter 2021-Q1"),
        ("Quý IV/2025- Quý II/2026", "quarter 2025-Q4/2026-Q2"),
        ("Quý III Năm 2026", "quarter 2026-Q3"),
        ("Quí I, II/2026", "quarter 2026-Q1/2026-Q2"),
        ("Quý IV năm 2025 và các năm tiếp theo", "quarter 2025-Q4/.."),
        ("Năm 2026 và các năm tiếp theo", "year 2026/.."),
        ("Từ năm 2026", "year 2026/.."),
        ("Năm 2021, 2022", "year 2021,2022"),
        ("2026 - 2030", "year 2026/2030"),
        ("2025", "year 2025"),
        ("Giai đoạn 2026-2030", "year 2026/2030"),
        ("Trước ngày 30/11/2025", "date 2025-11-30"),
        ("30/06/2025", "date 2025-06-30"),
        ("từ ngày 15/11 đến ngày 15/12", "date 2025-11-15/2025-12-15"),
        ("từ ngày 05 đến ngày 25 tháng 11 năm 2025", "date 2025-11-05/2025-11-25"),
        ("từ 01/7/2025", "date 2025-07-01/.."),
        ("trước 15/11 hằng năm", "annual 11-15"),
        ("Hằng năm (trước ngày 15/12)", "annual 12-15"),
        ("Trước ngày 15/6 và 15/12 hằng năm", "annual 06-15,12-15"),
        ("Tháng 12 hằng năm", "annual 12"),
        ("Tháng 12/2025", "month 2025-12"),
        ("xong trong tháng 12", "month 2025-12"),
        ("12/2025", "month 2025-12"),
        ("Thường xuyên, hằng năm", "continuous"),
        ("Theo tiến độ xây dựng dự thảo", "event"),
        ("Sau khi Nghị định được ban hành", "event"),
        ("Theo Kế hoạch riêng", "event"),
        ("Theo kế hoạch kiểm tra hàng năm", "annual"),
        ("trước ngày 20 hằng tháng", "periodic monthly-20"),
        ("vào thứ Sáu hàng tuần", "periodic weekly-5"),
        ("Hằng quý", "periodic quarterly"),
        ("Chậm nhất là ngày 20/12/2026", "date 2026-12-20"),
        ("Chậm nhất trong tháng 6/2026", "month 2026-06"),
        ("Trong thời gian từ ngày 01/11/2026 đến ngày 09/11/2026", "date 2026-11-01/2026-11-09"),
        ("Trong 10 ngày kể từ ngày ký", "event"),
        ("Quý I hằng năm", "annual 03"),
        ("Quý I, IV hằng năm", "annual 03,12"),
        ("Quý I, II, III/2026", "quarter 2026-Q1/2026-Q3"),
        ("Trong năm", "year 2025"),
        ("định kỳ", "none"),
        ("", "none"),
        ("ngày 31/02/2025", "none"),
    ] {
        assert_eq!(label(text), want, "{text}");
    }
}

#[test]
fn several_under_one_label() {
    let all =
        |text: &str| -> Vec<String> { all_of_label(text, Some(2026)).iter().map(|f| show(&f.deadline)).collect() };
    for (text, want) in [
        ("Trước ngày 30/6 và 15/12/2026", vec!["date 2026-06-30", "date 2026-12-15"]),
        (
            "Báo cáo 6 tháng: trước ngày 15/6/2026; báo cáo năm: trước ngày 05/12/2026",
            vec!["date 2026-06-15", "date 2026-12-05"],
        ),
        ("Xây dựng: Quý II/2026; ban hành: tháng 9/2026", vec!["quarter 2026-Q2", "month 2026-09"]),
        ("15/6 và 15/12 hằng năm", vec!["annual 06-15,12-15"]),
        ("Quý I, quý III/2026", vec!["quarter 2026-Q1", "quarter 2026-Q3"]),
        ("Quý I và quý III năm 2026", vec!["quarter 2026-Q1", "quarter 2026-Q3"]),
        ("Tháng 6, tháng 12", vec!["month 2026-06", "month 2026-12"]),
        ("Tháng 3, tháng 6, tháng 9/2026", vec!["month 2026-03", "month 2026-06", "month 2026-09"]),
        ("Hằng quý; hằng năm", vec!["periodic quarterly", "annual"]),
        ("Năm 2026", vec!["year 2026"]),
        ("Sau khi Nghị định được ban hành", vec!["event"]),
    ] {
        assert_eq!(all(text), want, "{text}");
    }
}

#[test]
fn sentences() {
    assert_eq!(
        prose("Rà soát quy trình, hoàn thành trước ngày 05 tháng 12 năm 2025."),
        ["date 2025-12-05 [hoàn thành trước ngày 05 tháng 12 năm 2025]"]
    );
    assert_eq!(prose("Thực hiện Quyết định số 12/QĐ-UBND ngày 05/3/2025 của UBND tỉnh."), Vec::<String>::new());
    assert_eq!(
        prose("Định kỳ thứ Hai hàng tuần tổng hợp; báo cáo trước ngày 06 tháng 7 năm 2026."),
        ["periodic weekly-1 [Định kỳ thứ Hai hàng tuần]", "date 2026-07-06 [trước ngày 06 tháng 7 năm 2026]"]
    );
    assert_eq!(
        prose("định kỳ trước ngày 30 tháng 11 hàng năm báo cáo kết quả"),
        ["annual 11-30 [định kỳ trước ngày 30 tháng 11 hàng năm]"]
    );
    assert_eq!(prose("Xây dựng kế hoạch kiểm tra hằng năm trình UBND"), Vec::<String>::new());
    assert_eq!(
        prose("Thời gian hoàn thành trong tháng 12 năm 2025."),
        ["month 2025-12 [Thời gian hoàn thành trong tháng 12 năm 2025]"]
    );
    assert_eq!(prose("Thường xuyên báo cáo kết quả"), ["continuous [Thường xuyên]"]);
    assert_eq!(prose("bố trí chi thường xuyên"), Vec::<String>::new());
}

#[test]
fn how_often_something_is_done() {
    for (text, want) in [
        ("Quản lý chợ đầu mối; thường xuyên đôn đốc các ban quản lý", vec!["continuous [thường xuyên]"]),
        ("Theo dõi thường xuyên mực nước hồ chứa", vec!["continuous [thường xuyên]"]),
        ("Đưa tin kịp thời, thường xuyên về vụ mùa", vec!["continuous [thường xuyên]"]),
        (
            "Thông báo thường xuyên lịch xả lũ, hoàn thành trước ngày 05/9/2025",
            vec!["date 2025-09-05 [hoàn thành trước ngày 05/9/2025]"],
        ),
        ("Phân bổ kinh phí chi thường xuyên bố trí cho trường học", vec![]),
        ("Trung tâm giáo dục thường xuyên tổ chức kỳ thi", vec![]),
        ("Giao kinh phí thường xuyên bố trí cho đội tuần tra", vec![]),
        ("Có mặt thường xuyên, liên tục tại chốt", vec!["continuous [thường xuyên]"]),
        ("Giảm số người làm việc thường xuyên tại bến", vec![]),
        ("Báo cáo số tàu về bến trước 17h30’ hằng ngày", vec!["continuous [trước 17h30’ hằng ngày]"]),
        ("Kiểm đếm lồng bè, gửi Sở Y tế 02 lần/ngày", vec!["continuous [02 lần/ngày]"]),
        ("Báo cáo nhanh 03 lần mỗi ngày về số ca bệnh", vec!["continuous [03 lần mỗi ngày]"]),
        ("Tưới cây vào giờ thấp điểm (trước 5h sáng hằng ngày)", vec![]),
        ("Lau sàn 02 lần/ngày", vec![]),
        ("Khắc phục ngay lỗi nêu tại báo cáo hằng ngày của Tổ công tác", vec![]),
    ] {
        assert_eq!(prose(text), want, "{text}");
    }
}

#[test]
fn a_day_in_the_sentence_of_every_year_comes_every_year() {
    for (text, want) in [
        ("Định kỳ hằng năm báo cáo số hộ nghèo trước ngày 20 tháng 11", vec!["annual 11-20 [trước ngày 20 tháng 11]"]),
        (
            "Định kỳ hằng năm báo cáo số hộ nghèo. Lập danh sách trước ngày 20 tháng 11",
            vec!["annual [Định kỳ hằng năm]", "date 2025-11-20 [trước ngày 20 tháng 11]"],
        ),
        (
            "Hằng năm rà soát hộ nghèo; năm nay xong trước ngày 20/11/2025",
            vec!["annual [Hằng năm]", "date 2025-11-20 [xong trước ngày 20/11/2025]"],
        ),
    ] {
        assert_eq!(prose(text), want, "{text}");
    }
}
