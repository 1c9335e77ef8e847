//! Who is named by headings, brackets and lines of their own, in invented words.

use super::{directive, plan};
use crate::{DeadlineKind, Field, Paper};

/// Anchor, leads and helpers of each task.
fn who(paper: &Paper) -> Vec<String> {
    let names = |f: &[Field<String>]| f.iter().map(|f| f.value.as_str()).collect::<Vec<_>>().join(" + ");
    paper.tasks.iter().map(|t| format!("{} | {} | {}", t.anchor, names(&t.lead), names(&t.coordinating))).collect()
}

#[test]
fn lines_that_begin_with_those_who_help() {
    let paper = plan(
        "II. PHÂN CÔNG\n\n1. Sở Tư pháp\n\na) Chủ trì, phối hợp:\n\n- Sở Nội vụ tham mưu kiện toàn tổ hòa giải.\n\n\
         - Báo Bình Minh và các đơn vị liên quan đưa tin.\n\nb) Tổng hợp kết quả.",
    );
    assert_eq!(
        who(&paper),
        [
            "II.1.a#1 | Sở Tư pháp | Sở Nội vụ",
            "II.1.a#2 | Sở Tư pháp | Báo Bình Minh + các đơn vị liên quan",
            "II.1.b | Sở Tư pháp | ",
        ]
    );
}

#[test]
fn bodies_of_the_party_and_of_communes() {
    let paper = plan(
        "II. PHÂN CÔNG\n\n1. Tổ đảng ở Thường trực Hội đồng tư vấn\n\n- Rà soát quy chế.\n\n2. Đảng đoàn Liên minh\n\n\
         - Lãnh đạo việc góp ý.\n\n3. Công chức Văn hóa - Xã hội: phát thanh bản tin.\n\n4. Trưởng các thôn: Vận động các hộ dọn ngõ.\n\n\
         5. Đội Tuần tra, canh gác: phối hợp với Trạm Y tế lấy mẫu nước.\n\n6. Các hợp tác xã trồng chè, nuôi ong\n\n- Ký cam kết giữ nguồn nước.",
    );
    assert_eq!(
        who(&paper),
        [
            "II.1#1 | Tổ đảng ở Thường trực Hội đồng tư vấn | ",
            "II.2#1 | Đảng đoàn Liên minh | ",
            "II.3 | Công chức Văn hóa - Xã hội | ",
            "II.4 | Trưởng các thôn | ",
            "II.5 | Đội Tuần tra, canh gác | Trạm Y tế",
            "II.6#1 | Các hợp tác xã trồng chè, nuôi ong | ",
        ]
    );
}

#[test]
fn people_and_places_told_apart_in_headings() {
    let paper = directive(
        "1. UBND các xã\n\n- Lập danh sách tàu thuyền.\n\na) Đối với chủ tàu cá:\n\n- Neo đậu đúng bến.\n\n- Giữ liên lạc.\n\n\
         b) Đối với UBND các xã có đê:\n\n- Lập chốt canh đê.\n\n- Gia cố mái đê.",
    );
    let leads: Vec<&str> = paper.tasks.iter().flat_map(|t| &t.lead).map(|f| f.value.as_str()).collect();
    assert_eq!(leads, ["UBND các xã", "chủ tàu cá", "chủ tàu cá", "UBND các xã có đê", "UBND các xã có đê"]);
}

#[test]
fn brackets_at_the_end_name_the_body() {
    let paper = plan(
        "II. NHIỆM VỤ\n\n1. Thể chế\n\na) Soạn quy chế dùng chung kho dữ liệu (Vụ Pháp chế chủ trì, phối hợp với Văn phòng Bộ; \
         hoàn thành trong tháng 9/2026).\n\nb) Dọn kho lưu trữ cũ của cơ quan (giao Cục Lưu trữ thực hiện).\n\n\
         c) Số liệu của kho lưu trữ năm trước (theo Cục Thống kê).",
    );
    assert_eq!(who(&paper), ["II.1.a | Vụ Pháp chế | Văn phòng Bộ", "II.1.b | Cục Lưu trữ | ",]);
}

#[test]
fn the_sentence_of_another_body_keeps_its_time() {
    let paper = directive(
        "1. Đề nghị Hội Nông dân tỉnh vận động hội viên.\n\nGiao Sở Y tế tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 20/4/2026.",
    );
    let kinds: Vec<DeadlineKind> = paper.tasks.iter().map(|t| t.deadline.kind).collect();
    assert_eq!(kinds, [DeadlineKind::None, DeadlineKind::Date]);
}

#[test]
fn a_later_sentence_gives_the_order() {
    let paper = directive(
        "1. Đồng ý lùi ngày diễn tập. Yêu cầu Công an tỉnh thông báo các đơn vị trước ngày 20/4/2026.\n\n\
         2. Các huyện ủy, thành ủy, đảng ủy cơ sở phân công người trực.\n\n3. Các ban xây dựng Đảng theo dõi việc trực.",
    );
    assert_eq!(
        who(&paper),
        ["1 | Công an tỉnh | ", "2 | Các huyện ủy, thành ủy, đảng ủy cơ sở | ", "3 | Các ban xây dựng Đảng | "]
    );
}

#[test]
fn headers_of_two_rows_and_two_times() {
    let paper = plan(
        "II. NHIỆM VỤ\n\n| TT | Nội dung | Trách nhiệm thực hiện | | Thời gian bắt đầu | Thời gian hoàn thành |\n\
         | | | Chủ trì | Phối hợp | | |\n| 1 | Vẽ bản đồ cây xanh | Sở Xây dựng | Sở Nội vụ | 3/2026 | 5/2026 |\n\
         | 2 | Đếm cây di sản | Sở Nội vụ | | 4/2026 | 6/2026 |\n",
    );
    assert_eq!(who(&paper), ["II.1 | Sở Xây dựng | Sở Nội vụ", "II.2 | Sở Nội vụ | "]);
    let due: Vec<Option<&str>> = paper.tasks.iter().map(|t| t.deadline.value.as_deref()).collect();
    assert_eq!(due, [Some("2026-05"), Some("2026-06")]);
}
