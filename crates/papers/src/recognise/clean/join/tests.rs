//! Lines that go on and lines that do not, by example.

use super::super::clean;

fn lines(raw: &str) -> Vec<String> {
    let clean = clean(raw);
    (0..clean.lines.len()).map(|at| clean.line(at).to_owned()).collect()
}

#[test]
fn sentences_come_together() {
    let raw = "Thực hiện Quyết định số\n12/QĐ-TTg ngày 27 tháng 9 năm\n2025 của Thủ tướng Chính phủ, Ủy ban\nnhân dân tỉnh ban hành Kế hoạch:\n\n\
        **I. MỤC\nĐÍCH**\n\n1. Mục đích\n- Bảo đảm sự chỉ đạo thống\nnhất;\n- Nâng cao.";
    assert_eq!(
        lines(raw),
        [
            "Thực hiện Quyết định số 12/QĐ-TTg ngày 27 tháng 9 năm 2025 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch:",
            "I. MỤC ĐÍCH",
            "1. Mục đích",
            "- Bảo đảm sự chỉ đạo thống nhất;",
            "- Nâng cao.",
        ]
    );
}

#[test]
fn behind_the_last_bar_of_a_box_lines_are_prose() {
    let rest = "Hội Nông dân tỉnh biểu dương và tặng giấy khen đột xuất cho hội viên xuất sắc\n\
                Trần Văn Bình đã cứu người trong đợt lũ vừa qua tại ba xã ven sông lớn.\n";
    let joined = rest.trim().replace('\n', " ");
    let raw = format!("|\nSố: 5/QĐ-HND\n|\nQUYẾT ĐỊNH\nKhen thưởng\n|\n1. Nội dung\n{}", rest.repeat(30));
    assert!(lines(&raw).contains(&joined), "{:?}", lines(&raw));
    // in a cell they are not
    let raw = format!("QUYẾT ĐỊNH\nKhen thưởng\n\n1. Nội dung\n|\n{}|\n", rest.repeat(3));
    assert!(!lines(&raw).contains(&joined));
}

#[test]
fn a_full_first_line_of_a_dashed_paragraph_goes_on() {
    let dashed =
        "- Tổ chức tuyên truyền các\nquy định mới về phòng cháy chữa cháy đến từng hộ gia đình trong khu dân cư.\n";
    let raw = format!(
        "KẾ HOẠCH\nPhòng cháy\n\n1. Nội dung\n{}- Trình Ủy ban nhân dân\nTỉnh đoàn Bình Minh phương án tổ chức hội thi tìm hiểu pháp luật năm nay.\n\
         - Sở Y tế\nTrạm Y tế",
        dashed.repeat(6)
    );
    let read = lines(&raw);
    let whole = "- Trình Ủy ban nhân dân Tỉnh đoàn Bình Minh phương án tổ chức hội thi tìm hiểu pháp luật năm nay.";
    assert_eq!(read[9..], [whole, "- Sở Y tế", "Trạm Y tế"]);
}

#[test]
fn a_letter_without_its_head_begins_below_those_it_is_sent_to() {
    let sentence = "Thực hiện ý kiến của Bộ trưởng về việc chuẩn bị hội nghị toàn quốc lần thứ hai\n\
                    Ban Chỉ đạo trung ương tại Công văn số 8/VP-TH ngày 02/3/2026, Bộ trưởng giao:\n";
    let raw = format!("Kính gửi: Các đơn vị trong ngành\n{sentence}1. Vụ Pháp chế\n{}", sentence.repeat(5));
    let read = lines(&raw);
    assert_eq!(read[1], sentence.trim().replace('\n', " "));
}

#[test]
fn a_time_that_is_whole_ends_its_line() {
    for time in [
        "Hằng năm",
        "Hàng năm",
        "Hằng tháng",
        "Trong năm",
        "Cả năm",
        "Trước ngày 15/12 hằng năm",
        "Định kỳ 6 tháng",
        "Hằng ngày",
    ] {
        let raw = format!(
            "1. Tổ chức hội nghị\n- Thời gian thực hiện: {time}\n2. Biên soạn tài liệu\nNơi nhận:\n- Sở Tư pháp;"
        );
        let whole = format!("- Thời gian thực hiện: {time}");
        let read = ["1. Tổ chức hội nghị", &whole, "2. Biên soạn tài liệu", "Nơi nhận:", "- Sở Tư pháp;"];
        assert_eq!(lines(&raw), read, "{time}");
    }
    let raw = "Thực hiện Kế hoạch ngày\n15 tháng\n12 năm\n2025 của Ủy ban.";
    assert_eq!(lines(raw), ["Thực hiện Kế hoạch ngày 15 tháng 12 năm 2025 của Ủy ban."]);
}

#[test]
fn a_page_break_does_not_end_a_sentence() {
    let raw = "Các bộ chủ động phối\n\nCÔNG BÁO/Số 2/Ngày 02-06-2026\n75\n\n\nhợp với địa phương.";
    assert_eq!(lines(raw), ["Các bộ chủ động phối hợp với địa phương."]);
}

#[test]
fn signatures_and_cells_stay_apart() {
    let raw = "|\nNơi nhận:\n- Bộ Tư pháp;\n- Lưu: VT.\n|\n**TM. ỦY BAN\nNHÂN DÂN**\nKT. CHỦ TỊCH\n**PHÓ CHỦ TỊCH**\n**Nguyễn Văn A**\n|";
    assert_eq!(
        lines(raw),
        [
            "|",
            "Nơi nhận:",
            "- Bộ Tư pháp;",
            "- Lưu: VT.",
            "|",
            "TM. ỦY BAN NHÂN DÂN",
            "KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Nguyễn Văn A",
            "|"
        ]
    );
    assert_eq!(lines("**TL. BỘ TRƯỞNG\nVỤ TRƯỞNG\nVỤ PHÁP CHẾ**"), ["TL. BỘ TRƯỞNG", "VỤ TRƯỞNG", "VỤ PHÁP CHẾ"]);
}

#[test]
fn tables_without_bars_are_left() {
    assert_eq!(lines("TT\nNội dung\nCơ quan\nchủ trì\n1\nTăng cường công\ntác").len(), 7);
}
